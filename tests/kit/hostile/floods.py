"""Questions within every limit that cost the server or the database much, asked again and again. Out: kinds."""

import json
from random import Random
from typing import Any

from graphql import get_introspection_query

from tests.kit.hostile.documents import new
from tests.kit.hostile.kind import Kind, bodies, documents
from tests.kit.hostile.peer import Peer, request

WIDE = (
    "id since { earliest latest } until { latest } note name aliases location { latitude longitude } population populationYear "
    "sizeClass geonamesId wikidataId confidence marking recordedAt rows country { id name }"
)
LARGEST = f"{{ countries(first: 100) {{ nodes {{ id name cities(first: 98) {{ nodes {{ {WIDE} }} }} }} }} }}"
"""Nearly 10,000 rows of many columns, about half of which exist: nearly the largest cost."""
MANY_LISTS = "{ %s }" % " ".join(
    f"a{n}: cities(first: 90) {{ nodes {{ {WIDE} sources {{ id title url }} }} }}" for n in range(18)
)


def medium(random: Random) -> str:
    """Write a document that nobody asked before, with a statement that nobody planned."""
    fields = [
        "id",
        "name",
        "note",
        "population",
        "wikidataId",
        "sizeClass",
        "confidence",
        "populationYear",
        "country { name }",
    ]
    ways = [
        "twins",
        "residents",
        "visitsMade",
        "visitsHosted",
        "lessons",
        "objectives",
        "events",
        "practicesBorn",
        "offices",
    ]
    chosen = " ".join(random.sample(fields, 5))
    lists = " ".join(
        f"{way}(first: {random.randrange(1, 5)}) {{ totalCount nodes {{ id note }} }}" for way in random.sample(ways, 5)
    )
    return f"query {new(random)} {{ {new(random)}: cities(first: {random.randrange(2, 9)}) {{ nodes {{ {chosen} {lists} }} }} }}"


def heavy(random: Random) -> str:
    """Write a question whose statement takes long."""
    none = " ".join("{population: {eq: -%d}}" % random.randrange(1, 10**6) for _ in range(8))
    one = "{country: {cities: {some: {twins: {some: {or: [%s]}}}}}}" % none
    return "query %s { cities(where: {or: [%s]}) { totalCount } }" % (new(random), " ".join([one] * 3))


def _introspection(random: Random) -> str:
    """Write what tools ask about the schema, with details that differ each time."""
    depth, text = random.randrange(3, 9), get_introspection_query(type_depth=random.randrange(3, 9))
    return text.replace("query IntrospectionQuery", f"query {new(random)}").replace(
        "fields(", f"f{depth}{new(random)}: fields("
    )


def _type_after_type(random: Random) -> str:
    names = [
        "City",
        "Person",
        "Visit",
        "CityWhere",
        "PersonWhere",
        "Query",
        "VisitWhere",
        "CityOrder",
        "Lesson",
        "Practice",
    ]
    inside = "kind name fields { name args { name type { name ofType { name } } } } inputFields { name } possibleTypes { name }"
    return (
        f"query {new(random)} {{ "
        + " ".join(f'{new(random)}: __type(name: "{name}") {{ {inside} }}' for name in names)
        + " }"
    )


def _hints(random: Random) -> str:
    """Ask for names that nobody has, so that a local server looks each up to give a hint."""
    asked = (
        f'{new(random)}: cities(where: {{name: {{eq: "Seatle{random.randrange(10**6)}"}}}}) {{ nodes {{ id }} }}'
        for _ in range(19)
    )
    return f"{{ {' '.join(asked)} }}"


def _grouped(random: Random) -> str:
    parts = " ".join(
        f"{new(random)}: visits {{ aggregate {{ count groupBy(by: kind, first: 9) {{ nodes {{ count }} }} }} }}"
        for _ in range(8)
    )
    return f"query {new(random)} {{ {parts} }}"


def _paths(random: Random) -> str:
    ways = " ".join(
        f'{new(random)}: path(from: "city/us-wa-seattle", to: "city/br-pr-curitiba", through: [TWINNED_WITH]) {{ length }}'
        for _ in range(3)
    )
    return f"query {new(random)} {{ {ways} }}"


async def _gone_at_once(peer: Peer, random: Random) -> None:
    """Leave right after sending, so that work for nobody piles up."""
    for _ in range(12):
        write = random.choice([medium, heavy])
        await peer.vanish(request(json.dumps({"query": write(random)}).encode()), random.random() * 0.1)


TRUSTED = (
    "from-leader-to-leader",
    "from-curitiba-to-jakarta",
    "exchanges-by-year",
    "chains-of-experiments",
    "council-as-of-2018",
    "effort-by-year",
    "chain-of-a-lesson",
    "aims-met-as-pages-say",
)


def _trusted(random: Random) -> dict[str, Any]:
    """Ask a trusted document with variables that are large, or of the wrong type."""
    values = [random.choice([["x"] * 3_000, "%" * 30_000, {"first": 100}, 100, None, f"city/{random.randrange(9)}"])]
    names = ("id", "city", "from", "to", "first", "year", "topic", "where")
    return {"documentId": random.choice(TRUSTED), "variables": {name: random.choice(values) for name in names}}


FLOODS: tuple[Kind, ...] = (
    documents("new medium documents", "Valid documents that nobody asked before.", medium, times=4),
    documents("heavy statements", "Questions within every limit whose statements take long.", heavy),
    documents("the largest answers", "Nearly 10,000 wide rows.", lambda _: LARGEST, times=2),
    documents("many lists", "Eighteen pages of cities with their sources.", lambda _: MANY_LISTS, times=2),
    documents(
        "new largest answers",
        "Nearly 10,000 wide rows, asked with a document that is always new.",
        lambda r: LARGEST.replace("countries(", f"{new(r)}: countries("),
    ),
    documents("introspection", "What tools ask about the schema, each time a little different.", _introspection),
    documents("ten types", "Ten types of the schema, each time a little different.", _type_after_type),
    documents(
        "names that nobody has", "Nineteen names that nobody has, for each of which a hint is looked up.", _hints
    ),
    documents("groups", "Groups of all visits, eight times.", _grouped),
    documents("paths", "Three paths between cities.", _paths),
    bodies("trusted documents", "Trusted documents with expensive variables.", _trusted, times=4),
    Kind("gone at once", "New and heavy questions whose client leaves right after sending.", _gone_at_once),
)

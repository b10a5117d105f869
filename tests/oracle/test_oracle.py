"""The oracle against answers worked out by hand from twelve facts and seven ties."""

import hashlib
from pathlib import Path
from typing import Any

import pytest

from tests.oracle.answer import answer
from tests.oracle.view import Viewer
from tests.oracle.world import World

AT = "2026-01-31T12:00:00Z"
WORLD = Path(__file__).with_name("small.jsonl")
PUBLIC = Viewer()
MEMBER = Viewer(1, frozenset({"2:us-wa-seattle"}))
STEWARD = Viewer(1, frozenset({"2:us-wa-seattle", "3:us-wa-seattle"}))


PAIR = b"person/ann\nperson/bob\n"
FIRST, SECOND = (hashlib.blake2b(PAIR + wave, digest_size=8).hexdigest() for wave in (b"wave/1", b"wave/2"))


def ask(document: str, viewer: Viewer = PUBLIC, **variables: Any) -> Any:
    found = answer(World.read([WORLD], AT), document, variables, viewer)
    assert "errors" not in found, found
    return found["data"]


LISTS: list[tuple[Viewer, str, str]] = [
    (PUBLIC, 'visits(where: {since: {gte: "2009"}})', "1 2"),
    (PUBLIC, 'visits(where: {since: {gt: "2009"}})', "2"),
    (PUBLIC, 'visits(where: {since: {ne: "2009"}})', "2"),
    (PUBLIC, 'visits(where: {not: {since: {gt: "2009"}}})', "1 3"),
    (PUBLIC, "visits(where: {since: {isNull: true}})", "3"),
    (PUBLIC, 'visits(where: {costPerDelegate: {amount: {gte: 2950}, currency: {eq: "USD"}}})', "1"),
    (PUBLIC, "visits(where: {costPerDelegate: {isNull: true}})", "2 3"),
    (PUBLIC, 'visits(where: {recordedAt: {eq: "2026-01-31T13:00:00+01:00"}}, first: 2)', "1 2"),
    (PUBLIC, 'offices(where: {until: {lte: "2017-06-30"}})', "mayor"),
    (PUBLIC, 'offices(where: {until: {lte: "2017-06"}})', ""),
    (MEMBER, 'people(where: {name: {lt: "a"}})', "ann zoe"),
    (PUBLIC, 'people(where: {name: {contains: "B"}})', ""),
    (MEMBER, "people(where: {sector: {notIn: [CIVIC]}})", "ann"),
    (MEMBER, "people(where: {marking: {gte: AMBER}})", "zoe"),
    (PUBLIC, "people(where: {name: {eq: null}})", ""),
    (PUBLIC, "people(where: {or: []})", ""),
    (PUBLIC, 'cities(where: {aliases: {has: "Emerald City"}})', "us-wa-seattle"),
    (PUBLIC, 'people(where: {trusts: {some: {id: {eq: "person/bob"}}}})', "ann"),
    (PUBLIC, "people(where: {trusts: {count: {eq: 2}}})", "ann"),
    (MEMBER, "people(where: {trusts: {count: {eq: 3}}})", ""),
    (STEWARD, "people(where: {trusts: {count: {eq: 3}}})", "ann"),
    (PUBLIC, "people(where: {trusts: {every: {sector: {isNull: true}}}})", "ann bob"),
    (STEWARD, "people(where: {trusts: {every: {sector: {isNull: true}}}})", "zoe"),
    (STEWARD, "people(where: {trustedBy: {none: {}}})", "ann"),
    (PUBLIC, "cities(orderBy: {population: ASC})", "us-wa-seattle it-12-turin us-or-portland"),
    (PUBLIC, "cities(orderBy: {population: DESC})", "it-12-turin us-wa-seattle us-or-portland"),
    (PUBLIC, "visits(orderBy: [{since: DESC}])", "2 1 3"),
    (PUBLIC, "visits(orderBy: [{status: DESC}, {title: ASC}])", "1 3 2"),
    (PUBLIC, "visits(orderBy: [{status: DESC}])", "1 2 3"),
    (PUBLIC, 'visits(asOf: "2010")', "1 3"),
    (PUBLIC, 'visits(asOf: "2011-01-01")', "1 2 3"),
    (PUBLIC, 'offices(asOf: "2017-06-30")', "mayor"),
    (PUBLIC, 'offices(asOf: "2017-06-30", where: {holders: {some: {}}})', ""),
    (PUBLIC, 'offices(asOf: "2014", where: {holders: {some: {}}})', "mayor"),
    (PUBLIC, 'offices(asOf: "2017")', ""),
    (PUBLIC, 'offices(where: {body: {type: {eq: CITY}, name: {startsWith: "S"}}})', "mayor"),
]


@pytest.mark.parametrize(("viewer", "field", "expected"), LISTS)
def test_lists(viewer: Viewer, field: str, expected: str) -> None:
    nodes = ask(f"{{ found: {field} {{ nodes {{ id }} }} }}", viewer)["found"]["nodes"]
    assert " ".join(node["id"].partition("/")[2] for node in nodes) == expected


def test_values_and_hidden_facts() -> None:
    document = """{ nodes(ids: ["visit/2", "person/zoe", "visit/2", "x"]) { __typename id }
      visit(id: "visit/2") { since { text earliest latest } until { text } costPerDelegate { amount }
        marking } city(id: "city/us-wa-seattle") { sources { title } aliases recordedAt }
      person(id: "visit/2") { id } office(id: "office/mayor") { body { __typename } } }"""
    visit = {"__typename": "Visit", "id": "visit/2"}
    since = {"text": "[2011..2013]", "earliest": "2011-01-01", "latest": "2013-12-31"}
    city = {"sources": [{"title": "A"}], "aliases": ["Emerald City"], "recordedAt": AT}
    found = ask(document)
    assert found.pop("visit") == {"since": since, "until": None, "costPerDelegate": None, "marking": "CLEAR"}
    office = {"body": {"__typename": "City"}}
    assert found == {"nodes": [visit, None, visit, None], "city": city, "person": None, "office": office}
    assert ask(document, STEWARD)["city"]["sources"] == [{"title": "A"}, {"title": "B"}]


def test_an_undirected_tie_is_found_from_both_ends_once() -> None:
    tie = "twinned-with/city/it-12-turin/city/us-wa-seattle"
    for near, far in (("it-12-turin", "Seattle"), ("us-wa-seattle", "Turin")):
        twins = ask(f'{{ city(id: "city/{near}") {{ twins {{ edges {{ id node {{ name }} }} }} }} }}')["city"]
        assert twins == {"twins": {"edges": [{"id": tie, "node": {"name": far}}]}}


def test_pages_have_a_row_for_each_tie() -> None:
    document = """query ($after: String) { person(id: "person/ann") { trusts(first: 1, after: $after,
      orderBy: {edge: {strength: ASC}}) { totalCount edges { cursor id strength node { id } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }"""
    after = None
    for wave, strength, more in ((SECOND, 3, True), (FIRST, 5, False)):
        page = ask(document, after=after)["person"]["trusts"]
        ends = {"startCursor": page["edges"][0]["cursor"], "endCursor": page["edges"][0].pop("cursor")}
        row = {
            "id": f"trusts/person/ann/person/bob/{wave}",
            "strength": strength,
            "node": {"id": "person/bob"},
        }
        info = {"hasNextPage": more, "hasPreviousPage": after is not None, **ends}
        assert page == {"totalCount": 2, "edges": [row], "pageInfo": info}
        after = ends["endCursor"]

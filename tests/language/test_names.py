"""Names: `is` folds case and accents and looks at aliases; in local mode an empty answer says what it would have found.

The rows are those of `worlds/edges.jsonl` and the cities of the seeds.
"""

from collections.abc import Callable
from typing import Any

import pytest

from app.start.settings import Profile, Settings
from graph.bolt.connect import Address
from graph.bolt.profile import measure
from graph.question.compile import Limits
from graph.question.engine import Engine, Question
from tests.conftest import Asker

EDGES = ", ".join(f'"organization/edge-{n}"' for n in range(7))


def named(data: Any, text: str, viewer: str = "anonymous") -> str:
    asked = "query ($is: String) { organizations(where: {id: {in: [%s]}, name: {is: $is}}) { nodes { id } } }" % EDGES
    return "".join(node["id"][-1] for node in data(asked, {"is": text}, viewer)["organizations"]["nodes"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Zurich", "1"),
        ("ZÜRICH", "1"),
        ("zürich haus", "0"),
        ('Zürich "Haus"', "0"),
        ("zurich hau", ""),
        ("haus", ""),
        ("e", "45"),
        ("É", "45"),
        ("a b c", "2"),
        ("q", "3"),
        ("grin", "6"),
        ("", ""),
        ("!", ""),
        (None, ""),
    ],
)
def test_is_compares_words_without_case_and_accents(data: Any, text: str, found: str) -> None:
    """The names: Zürich "Haus", zurich, A'b\\c, `{$q}`, é (once in one character, once in two), and a face that grins."""
    assert named(data, text) == found


def test_not_is_holds_for_what_has_no_such_name(data: Any) -> None:
    asked = '{ organizations(where: {id: {in: [%s]}, not: {name: {is: "ZURICH"}}}) { totalCount } }' % EDGES
    assert data(asked)["organizations"]["totalCount"] == 6


@pytest.mark.parametrize("text", ["Bogota", "bogotá", "BOGOTA", "Bogotá"])
def test_a_city_is_found_by_its_folded_name(data: Any, text: str) -> None:
    asked = "query ($is: String) { cities(where: {name: {is: $is}}) { nodes { id } } }"
    assert data(asked, {"is": text})["cities"]["nodes"] == [{"id": "city/co-34-bogota"}]


def test_a_city_is_found_by_an_alias(data: Any) -> None:
    """Ghent is an alias of Gent, and of no other city."""
    ghent = data('{ cities(where: {name: {is: "GHENT"}}) { nodes { name aliases } } }')["cities"]["nodes"]
    assert ghent == [{"name": "Gent", "aliases": ["Ghent"]}]
    assert data('{ cities(where: {name: {eq: "Ghent"}}) { totalCount } }') == {"cities": {"totalCount": 0}}
    places = '{ measurements(where: {takenIn: {some: {name: {is: "ghent"}}}}) { totalCount } }'
    assert data(places)["measurements"]["totalCount"] == 0


@pytest.mark.parametrize(
    ("plural", "indexes"),
    [
        ("cities", {"City(nameWords)", "City(aliasesWords)"}),
        ("organizations", {"Organization(nameWords)"}),
        ("practices", {"Practice(nameWords)"}),
        ("people", {"Person(nameWords)"}),
    ],
)
def test_is_uses_indexes(ask: Asker, address: Address, plural: str, indexes: set[str]) -> None:
    """Names that feeds match have an index of texts, all others a range index."""
    text = '{ %s(where: {name: {is: "Ghent"}}) { nodes { id } } }' % plural
    prepared = ask.engine.bound(ask.engine.ready(Question(text)), {}, ask.rights("anonymous"))
    compiled, bound = prepared.compiled, prepared.bound
    assert compiled.statement is not None
    done = measure(address, compiled.statement, bound.parameters)
    assert indexes <= done.indexes
    assert done.total < 100


def test_a_text_that_is_too_long_is_refused(offline: Asker) -> None:
    (error,) = offline('{ cities(where: {name: {is: "%s"}}) { totalCount } }' % ("a" * 201)).errors
    assert "at most 200" in error.as_dict()["message"]


# Hints -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def hinting(ask: Asker, new_engine: Callable[[Limits], Engine]) -> Asker:
    """Ask a server that gives hints."""
    return Asker(new_engine(Limits(synthetic=True, hints=True)), ask.reader, ask.runner, ask.audiences)


def hints(asker: Asker, text: str, viewer: str = "anonymous") -> list[str]:
    found = asker(text, {}, viewer).as_dict()
    return [f"{hint['field']}: {hint['message']}" for hint in found.get("extensions", {}).get("hints", ())]


BOGOTA = "No City that you may see has exactly the name 'Bogota'. `name: {is: ...}` ignores case and accents and finds 'Bogotá'."


@pytest.mark.parametrize("asked", ["totalCount", "nodes { id }", "edges { cursor }", "n: totalCount nodes { id }"])
def test_an_empty_list_says_what_a_folded_name_would_find(hinting: Asker, asked: str) -> None:
    assert hints(hinting, '{ found: cities(where: {name: {eq: "Bogota"}}) { %s } }' % asked) == [f"found: {BOGOTA}"]


def test_a_name_in_a_nested_filter_gets_a_hint_too(hinting: Asker) -> None:
    text = '{ lessons(where: {or: [{learnedBy: {name: {eq: "Bogota"}}}]}) { totalCount } }'
    assert hints(hinting, text) == [f"lessons: {BOGOTA}"]


@pytest.mark.parametrize(
    "text",
    [
        '{ cities(where: {name: {eq: "Bogotá"}}) { totalCount } }',
        '{ cities(where: {name: {eq: "Bogotá"}, population: {lt: 5}}) { totalCount } }',
        '{ cities(where: {name: {eq: "No such place"}}) { totalCount } }',
        '{ cities(where: {name: {is: "Bogota"}, population: {lt: 5}}) { totalCount } }',
        '{ cities(where: {name: {eq: "Bogota"}}) { aggregate { count } } }',
        "{ cities(first: 1) { totalCount } }",
    ],
)
def test_there_is_no_hint_without_a_reason(hinting: Asker, text: str) -> None:
    assert hints(hinting, text) == []


def test_a_hint_tells_of_what_the_viewer_may_see_only(hinting: Asker) -> None:
    text = '{ organizations(where: {name: {eq: "HIDDEN in Turin"}}) { totalCount } }'
    assert hints(hinting, text) == []
    assert len(hints(hinting, text, "steward")) == 1


def test_a_hardened_server_gives_no_hints(ask: Asker) -> None:
    assert hints(ask, '{ cities(where: {name: {eq: "Bogota"}}) { totalCount } }') == []
    secret = "s" * 32
    settings = {profile: Settings(profile=profile, key_secret=secret).limits().hints for profile in Profile}
    assert settings == {Profile.LOCAL: True, Profile.HARDENED: False}

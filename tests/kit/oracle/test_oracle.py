"""The oracle against answers worked out by hand, from twenty-six nodes and fifteen relationships."""

import hashlib
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.code import Module, for_each, modules
from tests.kit.oracle.answer import answer
from tests.kit.oracle.view import Viewer
from tests.kit.oracle.words import words
from tests.kit.oracle.world import World

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
    (PUBLIC, 'offices(where: {until: {lte: "2017-06"}})', "mayor"),
    (PUBLIC, 'offices(where: {until: {gt: "2017-06"}})', ""),
    (PUBLIC, 'offices(where: {until: {gt: "2017-05"}})', "mayor"),
    (PUBLIC, 'offices(where: {until: {lt: "2017-06"}})', ""),
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
    (PUBLIC, "visits(orderBy: [{status: DESC}])", "3 2 1"),
    (PUBLIC, 'visits(asOf: "2010")', "1 3"),
    (PUBLIC, 'visits(asOf: "2011-01-01")', "1 2 3"),
    (PUBLIC, 'offices(asOf: "2017-06-30")', "mayor"),
    (PUBLIC, 'offices(asOf: "2017-06-30", where: {heldBy: {some: {}}})', ""),
    (PUBLIC, 'offices(asOf: "2014", where: {heldBy: {some: {}}})', "mayor"),
    (PUBLIC, 'offices(asOf: "2017")', ""),
    (PUBLIC, 'offices(where: {body: {type: {eq: CITY}, name: {startsWith: "S"}}})', "mayor"),
    (PUBLIC, "offices(where: {body: {edge: {since: {isNull: true}}}})", "mayor"),
    (PUBLIC, "people(where: {trusts: {some: {edge: {strength: {gte: 4}}}}})", "ann"),
    (PUBLIC, "people(where: {trusts: {some: {edge: {strength: {gte: 4}, not: {strength: {gte: 4}}}}}})", ""),
    (PUBLIC, "people(where: {trusts: {some: {and: [{edge: {strength: {eq: 5}}}, {edge: {strength: {eq: 3}}}]}}})", ""),
    (PUBLIC, "people(where: {trusts: {some: {edge: {or: [{strength: {eq: 9}}, {strength: {eq: 3}}]}}}})", "ann"),
    (PUBLIC, "people(where: {trusts: {every: {edge: {strength: {gte: 4}}}}})", "bob"),
    (PUBLIC, 'people(where: {trusts: {none: {name: {eq: "bob"}, edge: {strength: {lt: 3}}}}})', "ann bob"),
    (STEWARD, "people(where: {trusts: {some: {edge: {strength: {eq: 4}}, trustedBy: {count: {gt: 1}}}}})", "ann"),
    (PUBLIC, "cities(orderBy: {country: {name: DESC}})", "us-wa-seattle it-12-turin us-or-portland"),
    (PUBLIC, "cities(orderBy: {country: {name: ASC}})", "it-12-turin us-wa-seattle us-or-portland"),
    (PUBLIC, "cities(orderBy: {twins: {count: ASC}})", "us-or-portland it-12-turin us-wa-seattle"),
    (PUBLIC, "cities(orderBy: {twins: {count: DESC}})", "us-wa-seattle it-12-turin us-or-portland"),
    (PUBLIC, "cities(orderBy: [{residents: {count: DESC}}, {id: ASC}])", "it-12-turin us-wa-seattle us-or-portland"),
    (PUBLIC, 'cities(asOf: "2010", orderBy: [{residents: {count: DESC}}])', "it-12-turin us-wa-seattle us-or-portland"),
    (PUBLIC, 'cities(asOf: "2009", orderBy: [{residents: {count: ASC}}])', "us-or-portland us-wa-seattle it-12-turin"),
    (PUBLIC, "visits(orderBy: [{marking: ASC}, {marking: DESC}])", "3 2 1"),
    (STEWARD, 'people(where: {name: {search: "ZO"}})', "zoe"),
    (PUBLIC, 'cities(where: {aliases: {search: "city émer"}})', "us-wa-seattle"),
    (PUBLIC, 'cities(where: {aliases: {search: "merald"}})', ""),
    (PUBLIC, "cities(where: {name: {search: null}})", ""),
    (PUBLIC, "cities(last: 2)", "us-or-portland us-wa-seattle"),
    (PUBLIC, "cities(last: 9, orderBy: {population: ASC})", "us-wa-seattle it-12-turin us-or-portland"),
    (PUBLIC, 'search(text: "zurich")', "t u s"),
    (PUBLIC, 'search(text: "ZÜR")', "t u s"),
    (PUBLIC, 'search(text: "zurich tram")', "u s"),
    (PUBLIC, 'search(text: "tram zurich")', "s u"),
    (PUBLIC, 'search(text: "a")', "a ann s"),
    (STEWARD, 'search(text: "B", types: [SOURCE, PERSON])', "b bob"),
    (PUBLIC, 'search(text: "emerald", types: [PERSON])', ""),
    (PUBLIC, 'search(text: "emerald", types: [])', ""),
    (PUBLIC, 'search(text: "emerald", types: null)', "us-wa-seattle"),
    (PUBLIC, 'search(text: "mayor", asOf: "2018")', ""),
    (PUBLIC, 'search(text: "zurich", last: 2)', "u s"),
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


def test_an_undirected_relationship_is_found_from_both_ends_once() -> None:
    relationship = "twinned-with/city/it-12-turin/city/us-wa-seattle"
    for near, far in (("it-12-turin", "Seattle"), ("us-wa-seattle", "Turin")):
        twins = ask(f'{{ city(id: "city/{near}") {{ twins {{ edges {{ relationshipId node {{ name }} }} }} }} }}')[
            "city"
        ]
        assert twins == {"twins": {"edges": [{"relationshipId": relationship, "node": {"name": far}}]}}


def test_pages_have_a_row_for_each_relationship() -> None:
    document = """query ($after: String) { person(id: "person/ann") { trusts(first: 1, after: $after,
      orderBy: {edge: {strength: ASC}}) { totalCount edges { cursor relationshipId strength node { id } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }"""
    after = None
    for wave, strength, more in ((SECOND, 3, True), (FIRST, 5, False)):
        page = ask(document, after=after)["person"]["trusts"]
        ends = {"startCursor": page["edges"][0]["cursor"], "endCursor": page["edges"][0].pop("cursor")}
        row = {
            "relationshipId": f"trusts/person/ann/person/bob/{wave}",
            "strength": strength,
            "node": {"id": "person/bob"},
        }
        info = {"hasNextPage": more, "hasPreviousPage": after is not None, **ends}
        assert page == {"totalCount": 2, "edges": [row], "pageInfo": info}
        after = ends["endCursor"]


def test_years_from_lesson_to_use() -> None:
    document = "{ adoptions { nodes { lagYears { earliest latest } } } }"
    for viewer, latest in ((PUBLIC, 11), (MEMBER, None)):
        years = [node["lagYears"] for node in ask(document, viewer)["adoptions"]["nodes"]]
        assert years == [{"earliest": 3, "latest": latest}, None]


def page(arguments: str, viewer: Viewer = PUBLIC, **variables: Any) -> tuple[str, bool, bool, Any, Any]:
    """Return the names on a page of the four trusts of Ann, whether there is more on either side, and its cursors."""
    declared = "query ($after: String, $before: String)"
    row = "edges { cursor strength } pageInfo { hasPreviousPage hasNextPage startCursor endCursor }"
    trusts = f"trusts({arguments}, after: $after, before: $before) {{ {row} }}"
    found = ask(f'{declared} {{ person(id: "person/ann") {{ {trusts} }} }}', viewer, **variables)["person"]["trusts"]
    info = found["pageInfo"]
    shown = " ".join(str(edge["strength"]) for edge in found["edges"])
    return shown, info["hasPreviousPage"], info["hasNextPage"], info["startCursor"], info["endCursor"]


def test_pages_are_cut_on_both_sides() -> None:
    order = "orderBy: {edge: {strength: DESC}}"
    shown, before, more, start, end = page(f"first: 1, {order}", STEWARD)
    assert (shown, before, more, start == end) == ("5", False, True, True)
    assert page(f"first: 1, {order}", STEWARD, after=end)[:3] == ("4", True, True)
    assert page(f"first: 2, {order}", STEWARD, after=end)[:3] == ("4 3", True, False)
    shown, before, more, last, _ = page(f"last: 1, {order}", STEWARD)
    assert (shown, before, more) == ("3", True, False)
    assert page(f"last: 1, {order}", STEWARD, before=last)[:3] == ("4", True, True)
    assert page(f"last: 5, {order}", STEWARD, before=last)[:3] == ("5 4", False, True)
    assert page(f"first: 5, {order}", STEWARD, before=last)[:3] == ("5 4", False, False)
    assert page(f"first: 5, {order}", STEWARD, after=end, before=last)[:3] == ("4", True, False)
    assert page(f"last: 5, {order}", STEWARD, after=end, before=last)[:3] == ("4", False, True)
    assert page(f"first: 5, {order}", STEWARD, after=last, before=end) == ("", True, False, None, None)
    assert page(f"first: null, last: 1, {order}", STEWARD)[0] == "3"


@pytest.mark.parametrize(
    "field",
    [
        "cities(first: 1, last: 1) { totalCount }",
        "cities(last: -1) { totalCount }",
        "cities(first: 101) { totalCount }",
        "cities { aggregate { groupBy(by: []) { nodes { count } } } }",
        "cities { aggregate { groupBy(by: [name, name]) { nodes { count } } } }",
        "cities { aggregate { groupBy(by: [name], first: -1) { nodes { count } } } }",
        "cities { aggregate { groupBy(by: [name]) { nodes { key { sizeClass } } } } }",
        'search(text: "?!") { totalCount }',
        'search(text: "a b c d e f g h i j k") { totalCount }',
        f'search(text: "{"a" * 201}") {{ totalCount }}',
        'cities(where: {name: {search: ""}}) { totalCount }',
        'path(from: "person/ann", to: "person/bob", through: []) { length }',
        'path(from: "person/ann", to: "person/bob", through: [TRUSTS], maxHops: 7) { length }',
        'path(from: "person/ann", to: "person/bob", through: [TRUSTS], maxHops: 0) { length }',
        'cities(asOf: "2017/..") { totalCount }',
    ],
)
def test_what_is_refused(field: str) -> None:
    assert "errors" in answer(World.read([WORLD], AT), f"{{ {field} }}")


SOUGHT = (
    """{ search(text: "%s") { edges { highlights { property text ranges { start end } } node { __typename id } } } }"""
)


def marked(text: str) -> list[tuple[str, list[str]]]:
    """Return for each text of the first fact found its property and the words that are marked."""
    lit = ask(SOUGHT % text)["search"]["edges"][0]["highlights"]
    return [(each["property"], [each["text"][at["start"] : at["end"]] for at in each["ranges"]]) for each in lit]


def test_highlights_mark_whole_words_as_written() -> None:
    assert marked("strassen lodz") == [("name", ["Straßenbahn"]), ("summary", ["Łódź"])]
    assert marked("zürich stras") == [("name", ["Straßenbahn", "Zürich"]), ("summary", ["Zürich", "Zürich"])]
    assert marked("emerald") == [("aliases", ["Emerald"])]
    found = ask(SOUGHT % "lodz")["search"]["edges"]
    assert found[0]["highlights"][0]["ranges"] == [{"start": 28, "end": 32}]
    assert found[0]["node"] == {"__typename": "Practice", "id": "practice/s"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cafe\u0301 x", [("cafe", 0, 5), ("x", 6, 7)]),
        ("Zu\u0308rich", [("zurich", 0, 7)]),
        ("a\u0301-b", [("a", 0, 2), ("b", 3, 4)]),
        ("Ærø, Øst & Ðor", [("aero", 0, 3), ("ost", 5, 8), ("dor", 11, 14)]),
        ("İstanbul ısı", [("istanbul", 0, 8), ("isi", 9, 12)]),
        ("東京 2020年", [("東京", 0, 2), ("2020年", 3, 8)]),
        ("😀grin_ﬁn", [("grin", 1, 5), ("fin", 6, 8)]),
        ("½", [("1", 0, 1), ("2", 0, 1)]),
        ("", []),
    ],
)
def test_words(text: str, expected: list[tuple[str, int, int]]) -> None:
    assert words(text) == expected


NUMBERS = """{ efforts { aggregate { count
  min { hours spent { amount currency } people since until recordedAt }
  max { hours spent { amount currency } people since until }
  avg { hours spent people } sum { hours spent people } } } }"""


def test_aggregates() -> None:
    public, member = (ask(NUMBERS, viewer)["efforts"]["aggregate"] for viewer in (PUBLIC, MEMBER))
    ten, thirty = {"amount": 10, "currency": "USD"}, {"amount": 30, "currency": "USD"}
    assert public == {
        "count": 3,
        "min": {
            "hours": 0.1,
            "spent": ten,
            "people": 3,
            "since": "2010-01-01",
            "until": "2012-12-31",
            "recordedAt": AT,
        },
        "max": {"hours": 0.3, "spent": thirty, "people": 4, "since": "2010-05-01", "until": "2012-12-31"},
        "avg": {"hours": 0.6000000000000001 / 3, "spent": 20, "people": 3.5},
        "sum": {"hours": 0.6000000000000001, "spent": 40, "people": 7},
    }
    assert member["count"] == 4
    assert member["min"]["spent"] is member["max"]["spent"] is member["avg"]["spent"] is member["sum"]["spent"] is None
    assert (member["sum"]["people"], member["avg"]["people"], member["min"]["people"]) == (0, 0, -7)
    assert member["min"]["since"] == "2008-01-01"


def test_an_aggregate_of_nothing() -> None:
    document = """{ efforts(where: {id: {eq: "x"}}) { aggregate { count distinct avg { hours } min { since }
      groupBy(by: [note]) { totalCount nodes { count } } } } }"""
    none = {"count": 0, "distinct": 0, "avg": {"hours": None}, "min": {"since": None}}
    assert ask(document)["efforts"]["aggregate"] == none | {"groupBy": {"totalCount": 0, "nodes": []}}


def groups(field: str, key: str, viewer: Viewer = PUBLIC) -> list[tuple[Any, int]]:
    found = ask(f"{{ {field} {{ nodes {{ key {{ {key} }} count }} }} }} }} }}", viewer)
    for _ in range(4):
        found = next(iter(found.values()))
    return [(next(iter(group["key"].values())), group["count"]) for group in found]


def test_groups_come_by_size_then_key_and_nulls_last() -> None:
    assert groups("efforts { aggregate { groupBy(by: [sinceYear])", "sinceYear") == [(2010, 2), (None, 1)]
    years = [(2010, 2), (None, 2)]
    assert groups("efforts { aggregate { groupBy(by: [sinceYear])", "sinceYear", MEMBER) == years
    assert groups("efforts { aggregate { groupBy(by: [sinceYear], first: 1)", "sinceYear", MEMBER) == years[:1]
    assert groups("efforts { aggregate { groupBy(by: [untilYear])", "untilYear") == [(None, 2), (2012, 1)]
    assert groups("efforts { aggregate { groupBy(by: [people])", "people") == [(3, 1), (4, 1), (None, 1)]
    countries = [({"name": "Italy"}, 1), ({"name": "United States"}, 1), (None, 1)]
    assert groups("cities { aggregate { groupBy(by: [country])", "country { name }") == countries
    assert groups("people { aggregate { groupBy(by: [marking])", "marking", STEWARD) == [("CLEAR", 2), ("AMBER", 1)]
    names = [("Ann", 1), ("Zoe", 1), ("bob", 1)]
    assert groups("people { aggregate { groupBy(by: [name])", "name", STEWARD) == names


def test_groups_by_two_keys_have_aggregates_of_their_own() -> None:
    document = """{ efforts { aggregate { groupBy(by: [untilYear, sinceYear]) { nodes {
      key { sinceYear untilYear } sum { people } max { hours } } } } } }"""
    group = {"key": {"sinceYear": 2010, "untilYear": None}, "sum": {"people": 7}, "max": {"hours": 0.2}}
    other = {"key": {"sinceYear": None, "untilYear": 2012}, "sum": {"people": None}, "max": {"hours": 0.3}}
    assert ask(document)["efforts"]["aggregate"]["groupBy"]["nodes"] == [group, other]


def test_a_fact_that_two_relationships_reach_counts_twice() -> None:
    document = """{ person(id: "person/ann") { trusts(first: 1, where: {%s}) { totalCount
      aggregate { count groupBy(by: [name]) { nodes { key { name } count } } } } } }"""
    for where, count in (("", 2), ("edge: {strength: {gt: 3}}", 1)):
        trusts = ask(document % where)["person"]["trusts"]
        assert trusts["totalCount"] == trusts["aggregate"]["count"] == count
        assert trusts["aggregate"]["groupBy"]["nodes"] == [{"key": {"name": "bob"}, "count": count}]


PATHS: list[tuple[Viewer, str, str | None]] = [
    (PUBLIC, 'from: "person/ann", to: "person/bob", through: [TRUSTS]', "ann bob"),
    (PUBLIC, 'from: "person/bob", to: "person/ann", through: [TRUSTS, KNOWS]', "bob ann"),
    (PUBLIC, 'from: "person/ann", to: "person/ann", through: [TRUSTS]', "ann"),
    (PUBLIC, 'from: "person/ann", to: "person/zoe", through: [TRUSTS]', None),
    (MEMBER, 'from: "person/ann", to: "person/zoe", through: [TRUSTS]', "ann bob zoe"),
    (STEWARD, 'from: "person/ann", to: "person/zoe", through: [TRUSTS]', "ann zoe"),
    (MEMBER, 'from: "person/ann", to: "person/zoe", through: [TRUSTS], maxHops: 1', None),
    (PUBLIC, 'from: "person/ann", to: "person/bob", through: [LIVES_IN]', "ann it-12-turin bob"),
    (PUBLIC, 'from: "person/ann", to: "person/bob", through: [LIVES_IN], asOf: "2012"', None),
    (
        PUBLIC,
        'from: "country/it", to: "country/us", through: [IN_COUNTRY, TWINNED_WITH]',
        "it it-12-turin us-wa-seattle us",
    ),
    (
        PUBLIC,
        'from: "country/it", to: "country/us", through: [IN_COUNTRY, LIVES_IN]',
        "it it-12-turin ann us-wa-seattle us",
    ),
    (PUBLIC, 'from: "country/it", to: "x", through: [IN_COUNTRY]', None),
]


@pytest.mark.parametrize(("viewer", "arguments", "expected"), PATHS)
def test_paths(viewer: Viewer, arguments: str, expected: str | None) -> None:
    found = ask(f"{{ path({arguments}) {{ length nodes {{ id }} ties {{ type start end id }} }} }}", viewer)["path"]
    if expected is None:
        assert found is None
        return
    ids = [node["id"] for node in found["nodes"]]
    assert " ".join(id_.partition("/")[2] for id_ in ids) == expected
    assert found["length"] == len(found["ties"]) == len(ids) - 1
    for relationship, *ends in zip(found["ties"], ids, ids[1:], strict=False):
        assert {relationship["start"], relationship["end"]} == set(ends)


def test_of_parallel_relationships_a_path_takes_the_first_by_id() -> None:
    tie = ask('{ path(from: "person/bob", to: "person/ann", through: [TRUSTS]) { ties { id start type note } } }')[
        "path"
    ]["ties"]
    id_ = f"trusts/person/ann/person/bob/{min(FIRST, SECOND)}"
    assert tie == [{"id": id_, "start": "person/ann", "type": "TRUSTS", "note": None}]


def of_oracle() -> list[Module]:
    return [module for module in modules() if module.path.parent == WORLD.parent and module.path != Path(__file__)]


def test_the_modules_of_the_oracle_are_there() -> None:
    assert len(of_oracle()) > 10


@for_each(of_oracle)
def test_each_module_is_short_enough_to_be_believed(module: Module) -> None:
    assert len(module.text.splitlines()) <= 150


@for_each(of_oracle)
def test_it_shares_nothing_with_what_it_judges_but_the_declared_model(module: Module) -> None:
    """What is declared in `schema` holds for both; how a question is planned, written or decoded may not be shared."""
    own = [name for name in module.imports() if name.partition(".")[0] in ("app", "graph", "schema", "seeds", "tests")]
    assert all(name.startswith(("schema.", "tests.kit.oracle")) for name in own), own

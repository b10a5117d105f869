"""Groups, distinct facts, empty pages and orders by count, with answers worked out by hand.

The rows are those of `worlds/edges.jsonl` and `worlds/language.jsonl`.
"""

from typing import Any

import pytest

from app.viewers.tokens import ANONYMOUS
from graph.bolt.connect import Address
from graph.bolt.profile import measure
from graph.question.engine import Question
from tests.conftest import Asker
from tests.kit.family import hide_cursors
from tests.kit.oracle.answer import answer as oracle
from tests.kit.oracle.view import Viewer
from tests.kit.oracle.world import World

IDS = 'id: {in: ["effort/lang-1", "effort/lang-2", "effort/lang-3", "effort/lang-4", "effort/lang-5"]}'
EFFORTS = "query ($after: String) { efforts(where: {%s}) { aggregate { groupBy(%s) { %s } } } }"
HOST = '{ organization(id: "organization/lang-host") { visitsHosted { aggregate%s { %s } } } }'


def groups(data: Any, arguments: str, selected: str, viewer: str = "anonymous", **variables: Any) -> Any:
    text = EFFORTS if "$after" in arguments else EFFORTS.replace("($after: String) ", "")
    found = data(text % (IDS, arguments, selected), variables, viewer)
    return found["efforts"]["aggregate"]["groupBy"]


def years(page: Any) -> list[int | None]:
    return [group["key"]["sinceYear"] for group in page["nodes"]]


# Pages of groups ---------------------------------------------------------------------------------------------------


def test_groups_say_how_many_there_are(data: Any) -> None:
    """Efforts 1 and 2 began in 2001, 3 in 2003, 4 without a date; 5, of 1900, is for Turin alone."""
    page = groups(
        data, "by: [sinceYear], first: 1", "totalCount pageInfo { hasNextPage hasPreviousPage } nodes { count }"
    )
    info = {"hasNextPage": True, "hasPreviousPage": False}
    assert page == {"totalCount": 3, "pageInfo": info, "nodes": [{"count": 2}]}
    assert groups(data, "by: [sinceYear], first: 0", "totalCount nodes { count }") == {"totalCount": 3, "nodes": []}
    assert groups(data, "by: [sinceYear], first: 3", "pageInfo { hasNextPage }") == {"pageInfo": {"hasNextPage": False}}
    assert groups(data, "by: [sinceYear]", "totalCount", "steward") == {"totalCount": 4}


def test_groups_by_a_relationship_are_counted_with_the_group_of_none(data: Any) -> None:
    page = groups(data, "by: [city], first: 1", "totalCount nodes { count key { city { name } } }")
    assert page == {"totalCount": 3, "nodes": [{"count": 2, "key": {"city": {"name": "Seattle"}}}]}


@pytest.mark.parametrize(
    ("order", "found"),
    [
        ("[]", [2001, 2003, None]),
        ("[{count: ASC}]", [2003, None, 2001]),
        ("[{key: DESC}]", [2003, 2001, None]),
        ("[{count: DESC}, {key: DESC}]", [2001, 2003, None]),
        ("[{sum: {people: ASC}}]", [2003, 2001, None]),
        ("[{sum: {people: DESC}}]", [2001, 2003, None]),
        ("[{avg: {people: DESC}}]", [2003, 2001, None]),
        ("[{sum: {hours: DESC}}]", [2001, 2003, None]),
        ("[{sum: {spent: DESC}}]", [2003, 2001, None]),
        ("[{min: {spent: ASC}}]", [2001, 2003, None]),
        ("[{max: {since: DESC}}]", [2003, 2001, None]),
        ("[{max: {until: ASC}}, {key: DESC}]", [2003, 2001, None]),
        ("[{distinct: DESC}, {max: {recordedAt: ASC}}, {key: DESC}]", [2001, 2003, None]),
    ],
)
def test_groups_are_sorted_by_their_numbers_and_pages_walk_through_them(
    data: Any, order: str, found: list[int | None]
) -> None:
    """People: 2 and 3 of 2001, 4 of 2003. Hours: 1.5 and 2.25 of 2001. Spent, in dollars: 100 and 50 of 2001, 900 of 2003."""
    selected = "pageInfo { hasNextPage endCursor } nodes { key { sinceYear } }"
    assert years(groups(data, f"by: [sinceYear], orderBy: {order}", selected)) == found
    after, walked = None, list[int | None]()
    for _ in found:
        page = groups(data, f"by: [sinceYear], first: 1, after: $after, orderBy: {order}", selected, after=after)
        walked += years(page)
        after = page["pageInfo"]["endCursor"]
    assert walked == found
    assert not page["pageInfo"]["hasNextPage"]


PAGE = """query ($after: String) { cities(where: {visitsHosted: {some: {}}}) { visits: aggregate {
  groupBy(by: [country, sizeClass], first: %d, after: $after, orderBy: %s) {
    totalCount pageInfo { hasNextPage endCursor } nodes { count key { sizeClass country { id } } } } } } }"""


@pytest.mark.parametrize("order", ["[]", "[{sum: {population: ASC}}]", "[{avg: {population: DESC}}, {key: DESC}]"])
def test_pages_of_groups_are_all_groups_once(ask: Asker, world: World, order: str) -> None:
    whole = oracle(world, PAGE % (100, order), {}, Viewer())["data"]["cities"]["visits"]["groupBy"]
    assert not whole["pageInfo"]["hasNextPage"]
    after, walked = None, list[Any]()
    for _ in range(100):
        found: Any = ask(PAGE % (4, order), {"after": after}, "anonymous").data
        page = found["cities"]["visits"]["groupBy"]
        walked += page["nodes"]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert len(walked) == page["totalCount"] > 20
    assert walked == whole["nodes"]


@pytest.mark.parametrize(
    ("size", "selected", "tells"),
    [
        ("20", "__typename", False),
        ("20", "nodes { __typename }", True),
        ("20", "pageInfo { __typename }", True),
        ("20", "totalCount", True),
        ("0", "nodes { count key { lessons { id } } }", False),
        ("0", "pageInfo { startCursor hasPreviousPage }", False),
        ("0", "pageInfo { hasNextPage }", True),
        ("0", "nodes { count } totalCount", True),
    ],
)
@pytest.mark.parametrize("as_variable", [False, True])
def test_groups_tell_of_synthetic_facts_when_they_are_read(
    ask: Asker, world: World, size: str, selected: str, tells: bool, as_variable: bool
) -> None:
    """Many lessons are made up, and so are the groups of cities by them."""
    head, first = ("query ($n: Int) ", "$n") if as_variable else ("", size)
    text = f"{head}{{ cities {{ aggregate {{ groupBy(by: [lessons], first: {first}) {{ {selected} }} }} }} }}"
    variables = {"n": int(size)} if as_variable else {}
    found = hide_cursors(ask(text, variables, "anonymous").as_dict())
    assert found == hide_cursors(oracle(world, text, variables, Viewer()))
    assert ("extensions" in found) == tells


def test_a_cursor_of_groups_fits_their_list_keys_order_and_viewer_only(ask: Asker, data: Any) -> None:
    page = groups(data, "by: [sinceYear], first: 1", "pageInfo { endCursor }")
    after = {"after": page["pageInfo"]["endCursor"]}
    same = "by: [sinceYear], after: $after"
    selected = "nodes { count }"
    assert not ask(EFFORTS % (IDS, same, selected), after, "anonymous").errors
    others = [
        (EFFORTS % (IDS, "by: [untilYear], after: $after", selected), "anonymous"),
        (EFFORTS % (IDS, f"{same}, orderBy: [{{count: ASC}}]", selected), "anonymous"),
        (EFFORTS % ("", same, selected), "anonymous"),
        (EFFORTS % (IDS, same, selected), "steward"),
        (EFFORTS.replace("aggregate", "aggregate(distinct: true)") % (IDS, same, selected), "anonymous"),
        (
            "query ($after: String) { efforts(after: $after, where: {%s}) { totalCount nodes { id } } }" % IDS,
            "anonymous",
        ),
    ]
    for text, viewer in others:
        (error,) = ask(text, after, viewer).errors
        assert "the cursor belongs to another" in error.as_dict()["message"], text


@pytest.mark.parametrize(
    ("order", "says"),
    [
        ("[{sum: {since: ASC}}]", "sum has no since"),
        ("[{max: {delegates: ASC}}]", "`Effort` has no property `delegates`"),
        ("[{key: ASC}, {count: null}]", "exactly one"),
    ],
)
def test_an_order_by_what_groups_do_not_have_is_refused(offline: Asker, order: str, says: str) -> None:
    text = EFFORTS.replace("($after: String) ", "") % (IDS, f"by: [sinceYear], orderBy: {order}", "totalCount")
    errors = offline(text, {}, "anonymous").errors
    assert any(says in error.as_dict()["message"] for error in errors), errors


# Distinct facts ----------------------------------------------------------------------------------------------------


def test_two_stops_of_one_visit_are_two_entries_and_one_fact(data: Any) -> None:
    """Visit 1, of 10 delegates, stopped twice there; visit 2, of 4, once."""
    selected = """count distinct sum { delegates } avg { delegates }
      groupBy(by: [status]) { totalCount nodes { count distinct sum { delegates } key { status } } }"""
    unknown, planned = {"key": {"status": "UNKNOWN"}}, {"key": {"status": "PLANNED"}}
    entries = data(HOST % ("", selected))["organization"]["visitsHosted"]["aggregate"]
    assert entries == {
        "count": 3,
        "distinct": 2,
        "sum": {"delegates": 24},
        "avg": {"delegates": 8.0},
        "groupBy": {
            "totalCount": 2,
            "nodes": [
                {"count": 2, "distinct": 1, "sum": {"delegates": 20}} | unknown,
                {"count": 1, "distinct": 1, "sum": {"delegates": 4}} | planned,
            ],
        },
    }
    assert data(HOST % ("(distinct: false)", selected))["organization"]["visitsHosted"]["aggregate"] == entries
    assert data(HOST % ("(distinct: true)", selected))["organization"]["visitsHosted"]["aggregate"] == {
        "count": 2,
        "distinct": 2,
        "sum": {"delegates": 14},
        "avg": {"delegates": 7.0},
        "groupBy": {
            "totalCount": 2,
            "nodes": [
                {"count": 1, "distinct": 1, "sum": {"delegates": 4}} | planned,
                {"count": 1, "distinct": 1, "sum": {"delegates": 10}} | unknown,
            ],
        },
    }


def test_distinct_may_be_a_variable(data: Any) -> None:
    text = HOST.replace("{ organization", "query ($d: Boolean) { organization", 1) % ("(distinct: $d)", "count")
    for given, count in ({}, 3), ({"d": None}, 3), ({"d": False}, 3), ({"d": True}, 2), ({"d": False}, 3):
        assert data(text, given)["organization"]["visitsHosted"]["aggregate"] == {"count": count}


def test_trust_of_two_waves_in_one_person_is_two_entries(data: Any) -> None:
    """Person 0 trusts person 1 in two waves, person 2 and himself in one."""
    text = '{ person(id: "person/edge-0") { trusts { totalCount aggregate { count distinct } } } }'
    assert data(text)["person"]["trusts"] == {"totalCount": 4, "aggregate": {"count": 4, "distinct": 3}}


# Empty pages -------------------------------------------------------------------------------------------------------

INFO = "pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"


@pytest.mark.parametrize(
    ("size", "more"), [("first: 0", {"hasNextPage": True}), ("last: 0", {"hasPreviousPage": True})]
)
def test_a_page_of_nothing_has_the_count_and_no_rows(data: Any, size: str, more: dict[str, bool]) -> None:
    page = data(f"{{ efforts({size}, where: {{{IDS}}}) {{ totalCount nodes {{ id }} edges {{ cursor }} {INFO} }} }}")[
        "efforts"
    ]
    none = {"hasNextPage": False, "hasPreviousPage": False, "startCursor": None, "endCursor": None}
    assert page == {"totalCount": 4, "nodes": [], "edges": [], "pageInfo": none | more}


def test_a_page_of_nothing_says_whether_there_is_anything(data: Any) -> None:
    text = """query ($first: Int, $id: ID) { efforts(first: $first, where: {id: {eq: $id}}) {
      nodes { id } pageInfo { hasNextPage } } }"""
    for id_, size, shown, more in [
        ("effort/lang-1", 0, [], True),
        ("effort/lang-1", 1, [{"id": "effort/lang-1"}], False),
        ("effort/lang-5", 0, [], False),
        ("effort/lang-1", 0, [], True),
    ]:
        found = data(text, {"first": size, "id": id_})["efforts"]
        assert found == {"nodes": shown, "pageInfo": {"hasNextPage": more}}


@pytest.mark.parametrize(
    "asked", ["nodes { name }", "nodes { name } pageInfo { hasNextPage endCursor }", "edges { cursor }"]
)
@pytest.mark.parametrize("order", ["[]", "[{visitsHosted: {count: DESC}}]"])
@pytest.mark.parametrize("as_variable", [False, True])
def test_a_page_of_nothing_reads_no_rows(
    ask: Asker, address: Address, asked: str, order: str, as_variable: bool
) -> None:
    size, head = ("$n", "query ($n: Int)") if as_variable else ("0", "")
    text = f'{head} {{ cities(first: {size}, orderBy: {order}) {{ {asked} }} p: person(id: "person/nobody") {{ id }} }}'
    prepared = ask.engine.bound(ask.engine.ready(Question(text)), {"n": 0} if as_variable else {}, ANONYMOUS)
    compiled, bound = prepared.compiled, prepared.bound
    assert compiled.statement is not None
    assert measure(address, compiled.statement, bound.parameters).total < 10


# Orders by count ---------------------------------------------------------------------------------------------------


def test_an_order_by_count_counts_what_the_filter_leaves(data: Any) -> None:
    """Anonymous viewers see that person 0 trusts 4 times, 2 of them with strength 5; nobody else trusts more than once."""
    text = "{ people(where: {id: {in: [%s]}}, orderBy: [{trusts: {count: DESC%s}}]) { nodes { id } } }"
    people = ", ".join(f'"person/edge-{n}"' for n in range(3))

    def order(where: str) -> str:
        return "".join(node["id"][-1] for node in data(text % (people, where))["people"]["nodes"])

    assert order("") == "021"
    assert order(", where: {edge: {strength: {eq: 5}}}") == "021"
    assert order(', where: {id: {eq: "person/none"}}') == "210"
    hosts = "{ organizations(first: 1, orderBy: [{visitsHosted: {count: DESC, where: %s}}]) { nodes { name } } }"
    assert data(hosts % '{title: {startsWith: "Lang visit"}}')["organizations"]["nodes"] == [{"name": "Lang host"}]


def test_the_filter_of_a_count_belongs_to_the_cursor(ask: Asker, data: Any) -> None:
    text = """query ($after: String, $kind: VisitKind) { cities(first: 1, after: $after,
      orderBy: [{visitsHosted: {count: DESC, where: {kind: {eq: $kind}}}}]) { nodes { name } pageInfo { endCursor } } }"""
    first = data(text, {"kind": "MISSION"})["cities"]
    after = first["pageInfo"]["endCursor"]
    assert data(text, {"kind": "MISSION", "after": after})["cities"]["nodes"] != first["nodes"]
    (error,) = ask(text, {"kind": "STUDY_TOUR", "after": after}, "anonymous").errors
    assert "the cursor belongs to another" in error.as_dict()["message"]

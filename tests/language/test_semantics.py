"""What must not be left to chance: a test for each sentence of the design of the language, with answers worked out by hand.

The rows are those of `worlds/edges.jsonl` and `worlds/language.jsonl`.
"""

from typing import Any

import pytest

from schema.model import model
from tests.conftest import Asker

EFFORTS = 'id: {in: ["effort/lang-1", "effort/lang-2", "effort/lang-3", "effort/lang-4", "effort/lang-5"]}'
LANG = ", ".join(f'"person/lang-{name}"' for name in ("ann", "ben", "cem", "dia", "eve", "fox"))
EDGE = ", ".join(f'"person/edge-{n}"' for n in range(6))
VISITS = ", ".join(f'"visit/edge-{n}"' for n in range(8))
TRUSTS = '{ person(id: "person/edge-0") { trusts%s { %s } } }'


def ids(connection: Any) -> list[str]:
    return [node["id"].partition("/")[2].partition("-")[2] for node in connection["nodes"]]


def efforts(data: Any, where: str, viewer: str = "anonymous") -> list[str]:
    return ids(data(f"{{ efforts(where: {{{EFFORTS}, {where}}}) {{ nodes {{ id }} }} }}", None, viewer)["efforts"])


# Filters -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("operator", "found"), [("eq", "13"), ("gt", "4"), ("gte", "134"), ("lt", "2"), ("lte", "123")]
)
@pytest.mark.parametrize("where", ["value: {%s}", "or: [{value: {%s}}, {role: {eq: null}}]"], ids=["index", "no index"])
@pytest.mark.parametrize("zero", ["0", "0.0", "-0.0"])
def test_minus_zero_is_zero(data: Any, operator: str, found: str, where: str, zero: str) -> None:
    """Measurement 1 is stated as -0.0 and 3 as 0; an index would put the one before the other."""
    ids_ = ", ".join(f'"measurement/edge-{number}"' for number in range(5))
    for within in ("", f", id: {{in: [{ids_}]}}"):
        text = (
            f"{{ measurements(first: 100, where: {{{where % f'{operator}: {zero}'}{within}}}) {{ nodes {{ id }} }} }}"
        )
        nodes = data(text, None, "steward")["measurements"]["nodes"]
        assert "".join(node["id"][-1] for node in nodes if node["id"].startswith("measurement/edge-")) == found


@pytest.mark.parametrize("operator", ["eq: 2.25", "ne: 2.25", "in: [2.25]", "notIn: [2.25]", "lt: 9", "gte: 0"])
def test_a_filter_on_an_absent_value_is_false_except_is_null(data: Any, operator: str) -> None:
    """Efforts 3 and 4 have no hours."""
    assert not {"3", "4"} & set(efforts(data, f"hours: {{{operator}}}"))
    assert efforts(data, "hours: {isNull: true}") == ["3", "4"]
    assert efforts(data, "hours: {isNull: false}") == ["1", "2"]


def test_not_turns_true_and_false_only(data: Any) -> None:
    """What is absent is not equal to 2.25, and not not equal to it either."""
    assert efforts(data, "not: {hours: {eq: 2.25}}") == ["1", "3", "4"]
    assert efforts(data, "not: {hours: {ne: 2.25}}") == ["2", "3", "4"]
    assert efforts(data, "not: {not: {hours: {ne: 2.25}}}") == ["1"]
    assert efforts(data, "not: {or: [{hours: {lt: 2}}, {people: {gt: 3}}]}") == ["2", "4"]
    assert efforts(data, "not: {hours: {eq: null}}") == ["1", "2", "3", "4"]


# Aggregates --------------------------------------------------------------------------------------------------------


def test_aggregate_and_total_count_are_over_all_rows_that_match_where_before_paging(data: Any) -> None:
    text = "{ efforts(first: 1, where: {%s, people: {gte: 3}}) { totalCount nodes { id } aggregate { count sum { people } } } }"
    found = data(text % EFFORTS)["efforts"]
    assert found == {
        "totalCount": 2,
        "nodes": [{"id": "effort/lang-2"}],
        "aggregate": {"count": 2, "sum": {"people": 7}},
    }


def test_group_by_leaves_out_empty_groups(data: Any) -> None:
    """Nobody among these is of the public sector or of another one that exists; nobody without a sector is left out."""
    text = (
        "{ people(where: {id: {in: [%s]}}) { aggregate { groupBy(by: [sector]) { nodes { count key { sector } } } } } }"
    )
    assert data(text % LANG)["people"]["aggregate"]["groupBy"]["nodes"] == [
        {"count": 2, "key": {"sector": "CIVIC"}},
        {"count": 1, "key": {"sector": "BUSINESS"}},
        {"count": 1, "key": {"sector": "ELECTED"}},
        {"count": 1, "key": {"sector": None}},
    ]


@pytest.mark.parametrize(("first", "groups"), [("", 20), (", first: 2", 2), (", first: 100", 100)])
def test_group_by_caps_their_number_like_a_page(data: Any, first: str, groups: int) -> None:
    """There are more than 100 countries with cities."""
    found = data("{ cities { aggregate { groupBy(by: [country]%s) { nodes { count } } } } }" % first)
    counts = [group["count"] for group in found["cities"]["aggregate"]["groupBy"]["nodes"]]
    assert len(counts) == groups
    assert counts == sorted(counts, reverse=True)


def test_averages_of_nothing_are_null(data: Any) -> None:
    text = """{ efforts(where: {%s, hours: {isNull: true}, since: {isNull: true}}) {
      aggregate { count avg { hours people } sum { hours } } } }"""
    assert data(text % EFFORTS)["efforts"]["aggregate"] == {
        "count": 1,
        "avg": {"hours": None, "people": None},
        "sum": {"hours": None},
    }


# Relationships -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("city", "other"), [("us-wa-seattle", "it-12-turin"), ("it-12-turin", "us-wa-seattle")])
def test_an_undirected_relation_is_found_from_both_ends_and_appears_once(data: Any, city: str, other: str) -> None:
    text = '{ city(id: "city/%s") { twins(where: {id: {eq: "city/%s"}}) { totalCount edges { kind node { id } } } } }'
    found = data(text % (city, other))["city"]["twins"]
    assert found == {"totalCount": 1, "edges": [{"kind": "SISTER", "node": {"id": f"city/{other}"}}]}


def test_a_relationship_to_itself_is_allowed(data: Any) -> None:
    """Also an undirected one, which is found once and not from both of its ends."""
    text = '{ city(id: "city/us-or-portland") { twins(where: {id: {eq: "city/us-or-portland"}}) { totalCount nodes { id } } } }'
    assert data(text)["city"]["twins"] == {"totalCount": 1, "nodes": [{"id": "city/us-or-portland"}]}
    itself = data(TRUSTS % ('(where: {id: {eq: "person/edge-0"}})', "edges { strength }"))
    assert itself["person"]["trusts"]["edges"] == [{"strength": 1}]


def test_a_row_reached_on_two_ways_appears_once_per_relationship(data: Any) -> None:
    """Two waves found that person 0 trusts person 1."""
    found = data(
        TRUSTS
        % ('(where: {id: {eq: "person/edge-1"}})', "totalCount aggregate { count } edges { relationshipId strength }")
    )
    trusts = found["person"]["trusts"]
    assert trusts["totalCount"] == trusts["aggregate"]["count"] == 2
    assert sorted(edge["strength"] for edge in trusts["edges"]) == [3, 5]
    assert len({edge["relationshipId"] for edge in trusts["edges"]}) == 2


def test_on_an_edge_id_times_sources_and_markings_are_the_relationships_own(data: Any) -> None:
    text = """{ organization(id: "organization/edge-0") {
      members(where: {id: {eq: "person/edge-0"}}) { edges { %s node { %s } } } } }"""
    own = "since { text } until { text } sources { id } marking recordedAt"
    (edge,) = data(text % (f"relationshipId {own}", f"id {own}"))["organization"]["members"]["edges"]
    node = edge.pop("node")
    assert (edge["since"], edge["until"], edge["sources"], edge["marking"]) == (
        {"text": "2000"},
        {"text": "2010"},
        [],
        "CLEAR",
    )
    assert (node["since"], node["until"], node["sources"], node["marking"]) == ({"text": "1970"}, None, [], "CLEAR")
    assert edge["relationshipId"].startswith("member-of/")
    assert node["id"] == "person/edge-0"
    marked = data(
        TRUSTS % ('(where: {id: {eq: "person/edge-3"}})', "edges { marking node { marking } }"), None, "steward"
    )
    assert marked["person"]["trusts"]["edges"] == [{"marking": "CLEAR", "node": {"marking": "GREEN"}}]


# Orders and pages --------------------------------------------------------------------------------------------------


def test_order_by_nulls_come_last_both_ways(data: Any) -> None:
    text = "{ visits(where: {id: {in: [%s]}}, orderBy: [{delegates: %s}]) { nodes { id } } }"
    assert ids(data(text % (VISITS, "ASC"))["visits"]) == ["3", "4", "6", "0", "2", "7", "1", "5"]
    assert ids(data(text % (VISITS, "DESC"))["visits"]) == ["7", "2", "0", "6", "4", "3", "5", "1"]


def test_order_by_nulls_come_last_behind_another_key_too(data: Any) -> None:
    text = """{ visits(where: {title: {startsWith: "Edge"}}, first: 100, orderBy: [{kind: ASC}, {since: %s}]) {
      nodes { since { earliest } } } }"""
    for direction in ("ASC", "DESC"):
        dates = [node["since"] and node["since"]["earliest"] for node in data(text % direction)["visits"]["nodes"]]
        present = sorted((date for date in dates if date), reverse=direction == "DESC")
        assert 0 < len(present) < len(dates)
        assert dates == present + [None] * (len(dates) - len(present))


def test_a_list_without_order_by_is_in_id_order(data: Any) -> None:
    asked = ", ".join(f'"person/lang-{name}"' for name in ("eve", "ann", "dia", "fox", "cem", "ben"))
    assert ids(data("{ people(where: {id: {in: [%s]}}) { nodes { id } } }" % asked)["people"]) == [
        "ann",
        "ben",
        "cem",
        "dia",
        "eve",
    ]
    assert ids(data(TRUSTS % ("", "nodes { id }"))["person"]["trusts"]) == ["0", "1", "1", "2"]


PAGES = """query ($first: Int, $last: Int, $after: String, $before: String) {
  visits(first: $first, last: $last, after: $after, before: $before,
         where: {id: {in: [%s]}}, orderBy: [{delegates: %s}, {since: ASC}]) {
    pageInfo { hasPreviousPage hasNextPage startCursor endCursor } nodes { id } } }"""


@pytest.mark.parametrize("direction", ["ASC", "DESC"])
def test_backward_paging_returns_the_same_order_as_forward(data: Any, direction: str) -> None:
    """Pages of three from the end, each before the one after it, are the whole list; so are pages from the beginning."""
    text = PAGES % (VISITS, direction)
    whole = ids(data(text, {"first": 100})["visits"])
    walked: list[str] = []
    before = None
    for _ in range(3):
        page = data(text, {"last": 3, "before": before})["visits"]
        assert page["pageInfo"]["hasNextPage"] is (before is not None)
        walked = ids(page) + walked
        before = page["pageInfo"]["startCursor"]
    assert not page["pageInfo"]["hasPreviousPage"]
    assert walked == whole
    assert len(whole) == 8


def test_after_and_before_together_cut_both_ends(data: Any) -> None:
    text = PAGES % (VISITS, "ASC")
    whole = data(text, {"first": 100})["visits"]
    first = data(text, {"first": 2})["visits"]["pageInfo"]["endCursor"]
    last = data(text, {"last": 2})["visits"]["pageInfo"]["startCursor"]
    between = data(text, {"first": 3, "after": first, "before": last})["visits"]
    assert ids(between) == ids(whole)[2:5]
    assert (between["pageInfo"]["hasPreviousPage"], between["pageInfo"]["hasNextPage"]) == (True, True)
    ending = data(text, {"last": 3, "after": first, "before": last})["visits"]
    assert ids(ending) == ids(whole)[3:6]
    assert (ending["pageInfo"]["hasPreviousPage"], ending["pageInfo"]["hasNextPage"]) == (True, True)
    assert ids(data(text, {"first": 9, "after": last, "before": first})["visits"]) == []


def test_a_cursor_from_another_order_or_filter_is_a_clear_error(ask: Asker, data: Any) -> None:
    text = PAGES % (VISITS, "ASC")
    cursor = data(text, {"first": 1})["visits"]["pageInfo"]["endCursor"]
    for other in (PAGES % (VISITS, "DESC"), PAGES % ('"visit/edge-1", "visit/edge-2"', "ASC")):
        for place in ("after", "before"):
            (error,) = ask(other, {place: cursor}, "anonymous").errors
            assert error.code == "BAD_USER_INPUT"
            assert "order" in error.message
            assert "filter" in error.message


def test_nodes_keeps_the_order_asked_and_null_for_absent_or_hidden(data: Any) -> None:
    asked = (
        '"person/lang-eve", "person/lang-fox", "city/nowhere", "effort/lang-1", "person/lang-ann", "person/lang-eve"'
    )
    found = data("{ nodes(ids: [%s]) { id } }" % asked)["nodes"]
    assert [node and node["id"] for node in found] == [
        "person/lang-eve",
        None,
        None,
        "effort/lang-1",
        "person/lang-ann",
        "person/lang-eve",
    ]


# As of a date ------------------------------------------------------------------------------------------------------

MEMBERS = """{ organizations(asOf: "%s", where: {id: {eq: "organization/edge-0"}, members: {count: {gte: 1}}}) { nodes {
  members(where: {type: {eq: PERSON}}) { totalCount aggregate { count } nodes { id } } } } }"""


@pytest.mark.parametrize(
    ("day", "members"),
    [
        ("1999", ["2"]),
        ("2000", ["0", "2"]),
        ("2005-06-14", ["0", "2"]),
        ("2005-06-15", ["0", "1", "2"]),
        ("2011", ["1"]),
    ],
)
def test_as_of_holds_for_every_node_relationship_and_count_below_the_field(
    data: Any, day: str, members: list[str]
) -> None:
    """Person 0 from 2000 to 2010, 1 from 15 June 2005, 2 until then; person 1 is there since some year of the 1970s."""
    ((found,),) = (data(MEMBERS % day)["organizations"]["nodes"],)
    assert ids(found["members"]) == members
    assert found["members"]["totalCount"] == found["members"]["aggregate"]["count"] == len(members)


WAY = """{ path(from: "person/lang-ann", to: "person/lang-eve", through: [WORKS_WITH], asOf: "%s") {
  nodes { id ... on Person { worksWith { totalCount } } } } }"""


@pytest.mark.parametrize(
    ("day", "between"),
    [("1999", None), ("2002", ("ben", 1)), ("2004", ("ben", 1)), ("2005", ("ben", 1)), ("2006-01-01", ("cem", 0))],
)
def test_as_of_holds_for_paths_included_and_what_is_below_them(
    data: Any, day: str, between: tuple[str, int] | None
) -> None:
    """Ben and Eve work together from 2000 to 2005, Eve and Cem since 2003."""
    path = data(WAY % day)["path"]
    if between is None:
        assert path is None
    else:
        assert path["nodes"][1] == {"id": f"person/lang-{between[0]}", "worksWith": {"totalCount": between[1]}}


def as_of(data: Any, day: str) -> list[str]:
    found = data(
        'query ($day: Edtf) { projects(asOf: $day, where: {name: {startsWith: "Lang"}}) { nodes { id } } }',
        {"day": day},
    )
    return ids(found["projects"])


def test_a_fact_without_since_counts_as_always_begun(data: Any) -> None:
    assert as_of(data, "0001-01-01") == ["5"]
    assert "5" in as_of(data, "1969")


def test_a_fact_without_until_counts_as_still_going_on(data: Any) -> None:
    """Projects 3 and 4 have ended by then."""
    assert as_of(data, "9999") == ["1", "2", "5"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1969-12-31", ["5"]),
        ("196X", ["5"]),
        ("197X", ["2", "5"]),
        ("1970-01-01", ["2", "5"]),
        ("[1985..1989]", ["2", "3", "5"]),
        ("1991~", ["1", "2", "3", "5"]),
        ("1997", ["1", "2", "3", "5"]),
        ("1998-01-01", ["1", "2", "5"]),
        ("2013", ["1", "2", "4", "5"]),
        ("2006~/2013~", ["1", "2", "4", "5"]),
        ("2014", ["1", "2", "5"]),
    ],
)
def test_edtf_text_or_a_date_is_accepted_and_read_as_its_latest_day(data: Any, text: str, found: list[str]) -> None:
    assert as_of(data, text) == found


def test_an_as_of_of_null_is_as_absent(data: Any) -> None:
    text = 'query ($day: Edtf) { projects(asOf: $day, where: {name: {startsWith: "Lang"}}) { totalCount } }'
    assert data(text, {"day": None})["projects"]["totalCount"] == 5


# Interfaces in filters ---------------------------------------------------------------------------------------------

MEMBERSHIPS = """{ organizations(where: {id: {in: ["organization/edge-0", "organization/edge-1"]}, members: {%s}}) {
  nodes { id } } }"""


@pytest.mark.parametrize(
    ("members", "found"),
    [
        ("some: {type: {in: [CITY, COUNTRY]}}", ["0"]),
        ("some: {type: {eq: ORGANIZATION}}", ["1"]),
        ("some: {type: {ne: PERSON}}", ["0", "1"]),
        ("every: {type: {notIn: [PERSON, CITY]}}", ["1"]),
        ("some: {type: {in: []}}", []),
        ('some: {name: {eq: "Seattle"}, type: {eq: PERSON}}', []),
        ('some: {type: {eq: PERSON}, since: {lte: "1970"}, confidence: {eq: SYNTHETIC}}', ["0"]),
    ],
)
def test_interfaces_in_filters_have_common_fields_and_types(data: Any, members: str, found: list[str]) -> None:
    """Members of 0 are three visible people and a city; 1 is a member of itself."""
    assert ids(data(MEMBERSHIPS % members)["organizations"]) == found


@pytest.mark.parametrize("label", [name for name, spec in model().concepts.items() if "name" in spec.properties])
def test_a_list_that_is_null_holds_nothing_whatever_index_serves_it(ask: Asker, label: str) -> None:
    """Neo4j's search in an index fails on a null where a list should be; which index serves depends on what is stored."""
    plural = model().concepts[label].plural
    answer = ask(f"{{ {plural}(where: {{name: {{in: null}}}}) {{ nodes {{ __typename }} }} }}", {}, "anonymous")
    assert answer.as_dict() == {"data": {plural: {"nodes": []}}}

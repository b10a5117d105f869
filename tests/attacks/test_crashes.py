"""No document and no variables end in INTERNAL, nor in a refusal of what is right."""

from typing import Any

import pytest

from tests.conftest import Asker

NULLS = {
    "ids": ('query ($x: [ID!] = ["a"]) { nodes(ids: $x) { id } }', "internal"),
    "marking in a list": (
        "query ($x: Marking = CLEAR) { people(where: {marking: {in: [$x]}}) { totalCount } }",
        "internal",
    ),
    "type in a list": (
        "query ($x: FactType = CITY) { organizations(where: {members: {some: {type: {in: [$x]}}}}) { totalCount } }",
        "internal",
    ),
    "id": ('query ($x: ID = "a") { node(id: $x) { id } }', "read as absent"),
    "skip": ("query ($x: Boolean = true) { people { totalCount @skip(if: $x) } }", "read as false"),
    "filter in a list": (
        "query ($x: PersonWhere = {}) { people(where: {or: [$x]}) { totalCount } }",
        "read as true",
    ),
}
"""A variable that may be null, because it has a default, where null is not accepted: the specification asks for an error."""


@pytest.mark.parametrize("case", NULLS)
def test_null_where_it_is_not_accepted_is_bad_input(ask: Asker, case: str) -> None:
    answer = ask(NULLS[case][0], {"x": None}, "anonymous")
    assert [error.code for error in answer.errors] == ["BAD_USER_INPUT"]


MOMENTS = (
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "2026-01-01T00:00:00+00:00:30",
    "2026-01-31T12:00:00+23:59:59",
)
RECORDED = "query ($at: Instant!) { sources(where: {recordedAt: {%s: $at}}) { totalCount } }"


@pytest.mark.parametrize("moment", MOMENTS)
def test_moments_at_the_edge_of_time_are_compared_or_refused(ask: Asker, moment: str) -> None:
    answer = ask(RECORDED % "gt", {"at": moment}, "anonymous")
    assert [error.code for error in answer.errors] in ([], ["BAD_USER_INPUT"])


@pytest.mark.parametrize("operator", ["eq", "ne", "gte", "lte", "gt", "lt"])
@pytest.mark.parametrize("same", ["2026-01-31T13:00:00+01:00", "2026-01-31T11:00:00-01:00"])
def test_one_moment_is_the_same_in_every_zone(ask: Asker, operator: str, same: str) -> None:
    found = ask(RECORDED % operator, {"at": same}, "anonymous")
    assert found.data == ask(RECORDED % operator, {"at": "2026-01-31T12:00:00Z"}, "anonymous").data


@pytest.mark.parametrize(("default", "given"), [("", {"m": "CLEAR"}), (" = CLEAR", {})])
def test_introspection_stands_beside_a_variable_of_an_enum(ask: Asker, default: str, given: dict[str, Any]) -> None:
    text = (
        "query ($m: Marking%s) { __schema { queryType { name } } people(where: {marking: {eq: $m}}) { totalCount } }"
        % default
    )
    assert not ask(text, given, "anonymous").errors


def test_a_cursor_of_another_order_is_refused_however_long_the_order(ask: Asker) -> None:
    first: Any = ask("{ people(first: 1) { pageInfo { endCursor } } }", {}, "anonymous").data
    given = {"o": [{"name": "ASC"}] * 5_000, "a": first["people"]["pageInfo"]["endCursor"]}
    text = "query ($o: [PersonOrder!], $a: String) { people(first: 1, orderBy: $o, after: $a) { nodes { id } } }"
    codes = [error.code for error in ask(text, given, "anonymous").errors]
    assert codes in (["BAD_USER_INPUT"], ["QUERY_TOO_EXPENSIVE"])


def test_looked_up_facts_show_their_sources(ask: Asker) -> None:
    text = "{ %s { ... on Fact { sources { id } } } }"
    one: Any = ask(text % 'node(id: "organization/edge-0")', {}, "anonymous").data
    several = ask(text % 'nodes(ids: ["organization/edge-0"])', {}, "anonymous")
    assert not several.errors
    assert several.data == {"nodes": [one["node"]]}


@pytest.mark.parametrize("field", ["cities(first: %s)", "cities(where: {population: {gt: %s}})"])
def test_a_number_of_many_digits_says_nothing_of_the_inside(ask: Asker, field: str) -> None:
    answer = ask("{ %s { totalCount } }" % (field % ("9" * 5_000)), {}, "anonymous")
    assert [error.code for error in answer.errors] == ["GRAPHQL_VALIDATION_FAILED"]
    assert "sys." not in answer.errors[0].message

"""Comparisons of dates: a date that is given is a span of days. The rows are those of `worlds/edges.jsonl`."""

from typing import Any

import pytest

from tests.conftest import Asker

PEOPLE = (
    '{ people(where: {id: {in: ["person/edge-0", "person/edge-1", "person/edge-2"]}, since: {%s}}) { nodes { id } } }'
)
MEMBERS = '{ organization(id: "organization/edge-0") { members(where: {edge: {until: {%s}}}) { nodes { id } } } }'


def ids(connection: Any) -> str:
    return "".join(node["id"][-1] for node in connection["nodes"])


@pytest.mark.parametrize(
    ("compared", "found"),
    [
        ('gt: "1970"', "2"),
        ('gte: "1970"', "012"),
        ('lt: "1970"', ""),
        ('lte: "1970"', "01"),
        ('gte: "1971-05"', "2"),
        ('gt: "1971-05"', ""),
        ('lte: "1971-05"', "012"),
        ('lt: "1971-05-31"', "01"),
        ('gt: "1971-05-30"', "2"),
        ('gt: "197X"', ""),
        ('lte: "197X"', "012"),
        ('gt: "1970~"', "2"),
        ('gt: "1970/1971-04"', "2"),
        ('gte: "1970/1971-04"', "012"),
        ('gt: "[1969,1970]"', "2"),
        ('lt: "[1971..1975]"', "01"),
        ('lte: "../1970"', "01"),
        ('gte: "1971/.."', "2"),
        ('gte: "1971", lte: "1971"', "2"),
        ('eq: "1970", gt: "1970"', ""),
        ('eq: "1970", lte: "1970"', "0"),
    ],
)
def test_a_beginning_is_compared_with_a_span(data: Any, compared: str, found: str) -> None:
    """People 0 and 1 are there since 1970 and since some year of the 1970s, so from 1 January 1970; 2 since 31 May 1971."""
    assert ids(data(PEOPLE % compared)["people"]) == found


@pytest.mark.parametrize(
    ("compared", "found"),
    [
        ('gt: "2010"', ""),
        ('lte: "2010"', "02"),
        ('gte: "2010"', "0"),
        ('lt: "2010"', "2"),
        ('gt: "2009"', "0"),
        ('gt: "2010-11"', "0"),
        ('lte: "2010-12"', "02"),
        ('lt: "2010-12-31"', "2"),
        ('gte: "2010-12-31"', "0"),
        ('gt: "2005-06-15"', "0"),
        ('gte: "2005-06-15"', "02"),
        ('lt: "2005-06-15"', ""),
        ('lte: "2005-06-15"', "2"),
        ('gt: "200X"', "0"),
        ('lte: "2001/2005-06"', "2"),
        ('lt: "2005"', ""),
        ('eq: "2010", gt: "2010"', ""),
        ('eq: "2010", lte: "2010"', "0"),
    ],
)
def test_an_end_is_compared_with_a_span(data: Any, compared: str, found: str) -> None:
    """Person 0 is a member until 2010, so to its last day; 2 until 15 June 2005; 1 without an end."""
    assert ids(data(MEMBERS % compared)["organization"]["members"]) == found


def test_a_span_in_a_variable_means_the_same(data: Any) -> None:
    text = (
        'query ($w: PersonWhere!) { people(where: {and: [$w, {id: {in: ["person/edge-0", "person/edge-1", "person/edge-2"]}}]})'
        " { nodes { id } } }"
    )
    for compared, found in ({"gt": "1970"}, "2"), ({"lte": "1970"}, "01"):
        assert ids(data(text, {"w": {"since": compared}})["people"]) == found


def test_a_span_is_compared_with_the_date_of_what_a_reference_names(data: Any) -> None:
    """Of the two waves of the seeds one took place in May 2023, the other in May 2025."""
    text = "{ people(where: {trusts: {some: {edge: {wave: {since: {%s}}}}}}) { totalCount } }"
    spans = ('gt: "2025"', 'lte: "2019"', 'gt: "2025-04"', 'gte: "2025"')
    counts = [data(text % each, None, "steward")["people"]["totalCount"] for each in spans]
    assert counts[:2] == [0, 0]
    assert counts[2] == counts[3] > 0


@pytest.mark.parametrize(
    ("compared", "side"),
    [('gt: "2017/.."', "last"), ('lte: "[2017..]"', "last"), ('gte: "../2012"', "first"), ('lt: "[..2012]"', "first")],
)
@pytest.mark.parametrize("property", ["since", "until"])
def test_an_open_side_that_is_needed_is_refused(offline: Asker, compared: str, side: str, property: str) -> None:
    (error,) = offline(f"{{ people(where: {{{property}: {{{compared}}}}}) {{ totalCount }} }}").errors
    assert f"has no {side} day to compare with" in error.as_dict()["message"]

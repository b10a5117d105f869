"""A refusal is small and soon made, however large what it refuses: for our own errors and for those of graphql-core."""

import time
from collections.abc import Callable
from typing import Any, TypeVar

import pytest
from graphql import ValuesOfCorrectTypeRule, parse, validate

from graph.errors import LONGEST
from graph.question.document.literals import LiteralsRule
from schema.derived.graphql.build import core, schema
from tests.http.conftest import Client

T = TypeVar("T")
UNKNOWN = " ".join(f"x{n:04}: 1" for n in range(3_300))
WIDE = " ".join("x%02d: [%s]" % (n, "1 " * 90) for n in range(80))
LARGE = {
    "unknown fields": "{ cities(where: {%s}) { totalCount } }" % UNKNOWN,
    "unknown fields of a default": "query ($w: CityWhere = {%s}) { cities(where: $w) { totalCount } }" % UNKNOWN,
    "unknown fields with large values": "{ cities(where: {%s}) { totalCount } }" % WIDE,
    "unknown fields within one another": "{ cities(where: %s{%s}%s) { totalCount } }"
    % ("{x: 1, not: " * 100, WIDE, "}" * 100),
    "a long value of an enum": "{ people(where: {sector: {eq: %s}}) { totalCount } }" % ("A" * 90_000),
    "numbers for a date": "{ people(asOf: [%s]) { totalCount } }" % ("1 " * 9_900),
    "a long name": "{ %s }" % ("a" * 90_000),
}
ASKED = {
    "numbers for a date": ("query ($v: Edtf) { people(asOf: $v) { totalCount } }", [1] * 45_000),
    "unknown fields": (
        "query ($v: CityWhere) { cities(where: $v) { totalCount } }",
        {f"x{n:04}": 1 for n in range(7_000)},
    ),
    "a long value of an enum": (
        "query ($v: Sector) { people(where: {sector: {eq: $v}}) { totalCount } }",
        "A" * 90_000,
    ),
    "a long date": ("query ($v: Edtf) { people(asOf: $v) { totalCount } }", "9" * 90_000),
}
YARDSTICK = "{ %s }" % ("a " * 9_900)
MOST, TRIES, BYTES = 20, 3, 40_000
"""Times what graphql-core takes to read the yardstick. A rule that prints whole objects took hundreds of them."""


def cpu(work: Callable[[], T]) -> tuple[float, T]:
    """Return the seconds of this process that some work took, and what came of it."""
    begun = time.process_time()
    found = work()
    return time.process_time() - begun, found


def refused(make: Callable[[], Client], query: str, **more: Any) -> None:
    """Ask a new server on each try, for a refusal is kept; what else the process does may disturb one of them."""
    ratios: list[float] = []
    while len(ratios) < TRIES and min(ratios, default=MOST) >= MOST:
        ratios.append(refused_once(make(), query, **more))
    assert min(ratios) < MOST, ratios


def refused_once(client: Client, query: str, **more: Any) -> float:
    unit, _ = cpu(lambda: parse(YARDSTICK))
    took, response = cpu(lambda: client.ask(query, **more))
    assert response.status_code == 400
    assert len(response.content) < BYTES
    assert all(len(error["message"]) <= LONGEST for error in response.json()["errors"])
    return took / unit


@pytest.mark.parametrize("profile", ["local", "hardened"])
@pytest.mark.parametrize("case", LARGE)
def test_of_documents(make_client: Callable[..., Client], profile: str, case: str) -> None:
    refused(lambda: make_client(profile=profile), LARGE[case])


@pytest.mark.parametrize("profile", ["local", "hardened"])
@pytest.mark.parametrize("case", ASKED)
def test_of_variables(make_client: Callable[..., Client], profile: str, case: str) -> None:
    query, value = ASKED[case]
    refused(lambda: make_client(profile=profile, max_body=200_000), query, variables={"v": value})


def test_errors_count_in_the_largest_answer(make_client: Callable[..., Client]) -> None:
    response = make_client(max_result=300).ask("{ %s }" % " ".join(f"x{n}" for n in range(20)))
    assert response.json()["errors"][0]["extensions"]["code"] == "PAYLOAD_TOO_LARGE"


SAME = (
    "where: {name: {eq: 1}}",
    "where: {name: {in: [null]}}",
    "where: {name: {in: $x}}",
    "where: {and: {name: {eq: true}}}",
    "where: {and: [{nam: {eq: $x}}, null, 7, []]}",
    "where: 7",
    "where: [{name: {eq: 1}}]",
    "where: null",
    "where: {country: {cities: {some: {name: {eqq: 1, eq: {}}}}}}",
    "where: {population: {gt: 1.5, lt: 99999999999999999999}, marking: {eq: RED, in: [GREEEN]}}",
    "orderBy: {name: ASC, id: ASC}",
    "orderBy: {name: null}",
    "orderBy: {}",
    "orderBy: [{visitsHosted: {}}, {visitsHosted: {count: UP}}, {visitsHosted: $x}]",
    "orderBy: {nam: ASC}",
    "first: null, asOf: 7, after: A",
    'first: "1"',
)


@pytest.mark.parametrize("arguments", SAME)
def test_literals_are_refused_where_graphql_core_refuses_them(arguments: str) -> None:
    document, of = parse("{ cities(%s) { totalCount } }" % arguments), core(schema())
    ours, theirs = (
        [(error.locations, error.message.partition(",")[0][:40]) for error in validate(of, document, [rule])]
        for rule in (LiteralsRule, ValuesOfCorrectTypeRule)
    )
    assert ours == theirs

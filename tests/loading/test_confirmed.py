"""`lastConfirmed`: for states alone, and between their beginning and their end. What is stored of the dates of a row."""

from datetime import date
from typing import Any

import pytest

from graph.facts.check import check
from graph.facts.rows import Row
from schema.model import model

SEAT = {
    "type": "SITS_ON",
    "from": "organization/load-1",
    "to": "council/load-1",
    "confidence": "SYNTHETIC",
}
VISIT = {
    "label": "Visit",
    "id": "visit/load-1",
    "title": "V",
    "kind": "MISSION",
    "status": "HELD",
    "confidence": "SYNTHETIC",
}


def problems(row: dict[str, Any]) -> list[tuple[str, str]]:
    return [(problem.field, problem.reason) for problem in check([Row("a:1", row)], model()).problems]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"since": "2010", "lastConfirmed": "2009-12-31"}, "'2009-12-31' is before since, '2010'"),
        ({"until": "2010", "lastConfirmed": "2011"}, "'2011' is after until, '2010'"),
        ({"lastConfirmed": "2009/2011"}, "is a period"),
        ({"lastConfirmed": "last year"}, "accepted are EDTF dates"),
    ],
)
def test_a_state_cannot_be_seen_outside_its_time(given: dict[str, str], reason: str) -> None:
    ((field, said),) = problems(SEAT | given)
    assert field == "lastConfirmed"
    assert reason in said


@pytest.mark.parametrize(
    "given", [{"since": "2010", "until": "2012", "lastConfirmed": day} for day in ("2010", "2012~", "2011")]
)
def test_a_state_may_be_seen_from_its_first_to_its_last_day(given: dict[str, str]) -> None:
    assert problems(SEAT | given) == []


def test_what_happened_once_is_not_confirmed() -> None:
    ((field, said),) = problems(VISIT | {"since": "2010", "lastConfirmed": "2011"})
    assert (field, said) == ("lastConfirmed", "is for states, which go on; this happened once, at since")


@pytest.mark.parametrize(
    ("given", "days"),
    [
        ({"since": "2010", "until": "2012"}, (date(2010, 12, 31), date(2012, 1, 1))),
        ({"since": "[2010..2012]", "until": "2015-05-31"}, (date(2012, 12, 31), date(2015, 5, 31))),
        ({"since": "2010-02~", "until": "[..2012]"}, (date(2010, 2, 28), None)),
        ({"since": "197X"}, (date(1979, 12, 31), None)),
        ({}, (None, None)),
    ],
)
def test_the_days_between_which_a_fact_certainly_holds_are_stored(
    given: dict[str, str], days: tuple[date | None, ...]
) -> None:
    (fact,) = check([Row("a:1", SEAT | given)], model()).facts
    assert (fact.properties.get("sinceLastDay"), fact.properties.get("untilFirstDay")) == days

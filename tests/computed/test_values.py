"""The value of each kind of computed field, from what its Cypher returns."""

from typing import Any

import pytest

from graph.computed import computation
from schema.derived.graphql.build import core, schema
from schema.language.computed import ComputedField
from schema.model import model


def field(owner: str, name: str) -> ComputedField:
    """Find a computed field of a concept."""
    return model().concepts[owner].computed[name]


def years(*stored: list[Any]) -> Any:
    """Return the years between dates of learning and of use, or as stated."""
    return computation(field("Adoption", "lagYears")).value(list(stored))


@pytest.mark.parametrize(
    ("learned", "used", "fewest", "most"),
    [
        ("2009-12-31", "2010-01-01", 1, 1),
        ("2009-01-01", "2009-12-31", 0, 0),
        ("2009", "2012-06", 3, 3),
        ("199X", "2001", 2, 11),
        ("2012", "2009", -3, -3),
        ("../2009", "2012", 3, None),
        ("2009/..", "2012", None, 3),
        ("2009", "2012/..", 3, None),
        ("2009", "../2012", None, 3),
    ],
)
def test_years_are_calendar_years_and_an_open_date_leaves_them_open(
    learned: str, used: str, fewest: int | None, most: int | None
) -> None:
    assert years([learned], [used], []) == {"earliest": fewest, "latest": most, "stated": False}


def test_years_of_several_dates_are_the_fewest_and_the_most() -> None:
    assert years(["2000", "2005"], ["2006", "2010"], [99]) == {"earliest": 1, "latest": 10, "stated": False}
    assert years(["2000", "../2005"], ["2006", "2010"], []) == {"earliest": 1, "latest": None, "stated": False}


@pytest.mark.parametrize(("learned", "used"), [([], ["2012"]), (["2009"], []), ([], [])])
def test_without_two_dates_a_text_states_the_years(learned: list[str], used: list[str]) -> None:
    assert years(learned, used, [12, 10]) == {"earliest": 10, "latest": 12, "stated": True}
    assert years(learned, used, [0]) == {"earliest": 0, "latest": 0, "stated": True}
    assert years(learned, used, []) is None


def test_years_are_described_as_calendar_years() -> None:
    described = core(schema()).type_map["LagYears"].description
    assert described is not None
    assert described.startswith("Calendar years")


@pytest.mark.parametrize(
    ("part", "whole", "share"),
    [(3, 4, 0.75), (0, 4, 0.0), (None, 4, None), (3, None, None), (3, 0, None), (0, 0, None)],
)
def test_there_is_no_share_of_nothing_or_of_what_is_missing(
    part: int | None, whole: int | None, share: float | None
) -> None:
    assert computation(field("Wave", "responseRate")).value([part, whole]) == share


@pytest.mark.parametrize(
    ("counts", "unknown"), [([0, 0, 0, 0], 0), ([1, 2, 3, 6], 0), ([1, 2, 3, 10], 4), ([0, 0, 0, 5], 5)]
)
def test_what_is_not_known_of_the_other_wave_remains(counts: list[int], unknown: int) -> None:
    lasted, appeared, ended, _ = counts
    assert computation(field("Wave", "tieChange")).value(counts) == {
        "lasted": lasted,
        "appeared": appeared,
        "ended": ended,
        "unknown": unknown,
    }


@pytest.mark.parametrize("name", ["inWaveBefore", "inNextWave"])
def test_a_word_is_shown_as_it_is(name: str) -> None:
    declared = model().relationships["Trusts"].computed[name]
    assert computation(declared).value("ABSENT") == "ABSENT"

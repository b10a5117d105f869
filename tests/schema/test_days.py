"""The stored day of a date: the earliest of a beginning; of an end, the first day on which the fact no longer holds."""

from datetime import date, timedelta

import pytest

from schema.language.days import operand_day, shown_day, stored_day
from schema.language.edtf import parse
from schema.language.kinds import Kind


@pytest.mark.parametrize(
    ("kind", "text", "stored"),
    [
        (Kind.WHEN, "1969", date(1969, 1, 1)),
        (Kind.WHEN, "1969-02", date(1969, 2, 1)),
        (Kind.WHEN, "../1969", None),
        (Kind.END, "1969", date(1970, 1, 1)),
        (Kind.END, "1968-02", date(1968, 3, 1)),
        (Kind.END, "1969-12-31", date(1970, 1, 1)),
        (Kind.END, "1969/..", None),
        (Kind.END, "9999", None),
    ],
)
def test_a_date_has_one_stored_day(kind: Kind, text: str, stored: date | None) -> None:
    assert stored_day(kind, parse(text)) == stored


@pytest.mark.parametrize("text", ["1969", "1968-02", "2012-12-31"])
def test_an_end_is_shown_as_the_last_day_on_which_the_fact_held(text: str) -> None:
    stored = stored_day(Kind.END, parse(text))
    assert stored is not None
    assert shown_day(Kind.END, stored) == parse(text).latest
    assert shown_day(Kind.WHEN, stored) == stored


def test_an_operand_is_compared_as_ends_are_stored() -> None:
    """A fact that ended on the operand's own day has a stored day equal to it."""
    for last in (False, True):
        assert operand_day(Kind.END, parse("2012-12-31"), last=last) == stored_day(Kind.END, parse("2012-12-31"))
        assert operand_day(Kind.END, parse("9999-12-31"), last=last) == date.max


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2012", date(2012, 1, 1), date(2012, 12, 31)),
        ("2012-02", date(2012, 2, 1), date(2012, 2, 29)),
        ("197X", date(1970, 1, 1), date(1979, 12, 31)),
        ("1991~", date(1991, 1, 1), date(1991, 12, 31)),
        ("2016/2022", date(2016, 1, 1), date(2022, 12, 31)),
        ("../2012", None, date(2012, 12, 31)),
        ("2017/..", date(2017, 1, 1), None),
    ],
)
def test_an_operand_is_a_span_of_days(text: str, first: date | None, last: date | None) -> None:
    assert operand_day(Kind.WHEN, parse(text), last=False) == first
    assert operand_day(Kind.WHEN, parse(text), last=True) == last
    ends = [day and day + timedelta(days=1) for day in (first, last)]
    assert [operand_day(Kind.END, parse(text), last=each) for each in (False, True)] == ends

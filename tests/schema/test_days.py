"""The stored day of a date: the earliest of a beginning; of an end, the first day on which the fact no longer holds."""

from datetime import date

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
    assert operand_day(Kind.END, parse("2012-12-31")) == stored_day(Kind.END, parse("2012-12-31"))
    assert operand_day(Kind.END, parse("9999-12-31")) == date.max
    assert operand_day(Kind.WHEN, parse("2012")) == date(2012, 1, 1)
    assert operand_day(Kind.END, parse("../2012")) is None

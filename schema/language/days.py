"""The day that stands for a date with precision. In: a kind of date. Out: the day that is stored, compared and shown for it.

A beginning (WHEN) is stored as the earliest day that it may mean. An end (END) is stored as the day after the latest day that
it may mean, so that `asOf` is one comparison. This module alone knows the difference.
"""

from datetime import date, timedelta

from schema.language.edtf import When, parse
from schema.language.kinds import Kind

SINCE_LAST, UNTIL_FIRST = "sinceLastDay", "untilFirstDay"
"""Columns of the days from which, and to which, a fact certainly holds."""
ONE_DAY = timedelta(days=1)


def stored_day(kind: Kind, when: When) -> date | None:
    """Return the day that is stored beside a date; None if that day is open or beyond the calendar."""
    if kind is not Kind.END:
        return when.earliest
    return None if when.latest in (None, date.max) else _day_after(when.latest)


def certain_days(since: str | None, until: str | None) -> dict[str, date]:
    """Return the stored days between which a fact certainly holds: the latest day of its beginning, the earliest of its end."""
    days = {SINCE_LAST: parse(since).latest if since else None, UNTIL_FIRST: parse(until).earliest if until else None}
    return {column: day for column, day in days.items() if day is not None}


def operand_day(kind: Kind, when: When, *, last: bool) -> date | None:
    """Return the day that a stored day is compared with, if a filter gives this date; None if that day is open.

    A date is a span of days. `last` chooses its last day, which `gt` and `lte` need; `gte` and `lt` need its first day.
    """
    day = when.latest if last else when.earliest
    return _day_after(day) if kind is Kind.END else day


def shown_day(kind: Kind, stored: date) -> date:
    """Return the day that people mean by a stored day."""
    return stored - ONE_DAY if kind is Kind.END else stored


def _day_after(day: date | None) -> date | None:
    return day if day is None or day == date.max else day + ONE_DAY

"""Dates that may be uncertain, EDTF (ISO 8601-2). In: text. Out: When: the text, the earliest and the latest day it may mean.

The subset: years, months and days; qualifiers ? ~ %; unspecified digits X; sets [a..b] and [a,b]; intervals a/b.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from schema.language.meant import meant_dates

ACCEPTED = (
    "accepted are EDTF dates: 1993, 2009-04, 2009-04-17, 1991~ (about), 1991? (uncertain), 197X (the 1970s), "
    "[1989..1992] or [2024,2025] (one of), 2016/2022, 2017/.. and ../2012 (periods)"
)
MAX_LENGTH = 100
_DATE = re.compile(r"(\d{4}|\d{3}X|\d{2}XX)(?:-(\d{2}|XX)(?:-(\d{2}|XX))?)?([?~%])?", re.ASCII)


class EdtfError(ValueError):
    """A text is not a date of the accepted subset; the message says what is accepted, and `meant` what is nearest."""

    def __init__(self, text: str) -> None:
        dates = [each for each in meant_dates(text) if _is_date(each)] if len(text) <= MAX_LENGTH else []
        # A month is proposed only if its day does not exist.
        self.meant = tuple(
            each for at, each in enumerate(dates) if not any(d.startswith(each.rstrip("~?")) for d in dates[:at])
        )
        nearest = f"did you mean {' or '.join(self.meant)}? " if self.meant else ""
        super().__init__(f"{text[:MAX_LENGTH]!r} is not a date; {nearest}{ACCEPTED}")


@dataclass(frozen=True)
class When:
    """A date as written, with the first and the last day it may mean; None if that side is open."""

    text: str
    earliest: date | None
    latest: date | None


Span = tuple[date | None, date | None]


def _simple(text: str) -> tuple[date, date]:
    """Read one date without sets or intervals."""
    match = _DATE.fullmatch(text)
    if match is None:
        raise ValueError(text)
    year, month, day, _ = match.groups()
    first_year, last_year = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if "X" in year and month:
        raise ValueError(text)
    first_month, last_month = (1, 12) if month in (None, "XX") else (int(month), int(month))
    if month == "XX" and day not in (None, "XX"):
        raise ValueError(text)
    if day in (None, "XX"):
        last_day = monthrange(last_year, last_month)[1]
        return date(max(first_year, 1), first_month, 1), date(last_year, last_month, last_day)
    return date(first_year, first_month, int(day)), date(last_year, last_month, int(day))


def _is_date(text: str) -> bool:
    try:
        _choice(text)
    except ValueError:
        return False
    return True


def _choice(text: str) -> Span:
    """Read one side of an interval, or a whole text: a date or a set of dates."""
    if not (text.startswith("[") and text.endswith("]")):
        return _simple(text)
    spans = [_range(part.strip()) for part in text[1:-1].split(",")]
    firsts, lasts = [first for first, _ in spans], [last for _, last in spans]
    earliest = None if None in firsts else min(day for day in firsts if day)
    latest = None if None in lasts else max(day for day in lasts if day)
    return earliest, latest


def _range(text: str) -> Span:
    """Read one member of a set: a date, or a range a..b that may be open on one side."""
    first, dots, last = text.partition("..")
    if not dots:
        return _simple(text)
    if not first and not last:
        raise ValueError(text)
    return (_simple(first)[0] if first else None), (_simple(last)[1] if last else None)


def _interval(first: str, last: str) -> Span:
    if first in ("", "..") and last in ("", ".."):
        raise ValueError(first)
    start = None if first in ("", "..") else _choice(first)[0]
    end = None if last in ("", "..") else _choice(last)[1]
    return start, end


@lru_cache(maxsize=10_000)
def parse(text: str) -> When:
    """Read EDTF text; raise EdtfError, whose message says what is accepted, if it cannot be read."""
    if len(text) > MAX_LENGTH:
        raise EdtfError(text)
    first, slash, last = text.partition("/")
    try:
        earliest, latest = _interval(first, last) if slash else _choice(text)
    except ValueError as error:
        raise EdtfError(text) from error
    if earliest and latest and earliest > latest:
        raise EdtfError(text)
    return When(text, earliest, latest)

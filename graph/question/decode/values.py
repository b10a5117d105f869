"""How stored values look in an answer. In: a value of the record. Out: a value of GraphQL, None where it is absent."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import lru_cache
from math import isfinite
from typing import Any

from graph.question.plan.columns import SPLIT
from graph.question.plan.shapes import Format, ValueShape
from schema.language.days import shown_day
from schema.language.edtf import parse
from schema.language.kinds import Kind, Marking

MARKINGS = {level.value: level.name for level in Marking}
LARGEST = 2**53

Parts = tuple[tuple[str, str], ...]


@lru_cache(maxsize=50_000)
def when(text: str) -> dict[str, Any]:
    """Show a stored date: its text, and the first and last day that it may mean."""
    read = parse(text)
    return {
        "text": text,
        "earliest": read.earliest.isoformat() if read.earliest else None,
        "latest": read.latest.isoformat() if read.latest else None,
        "__typename": "When",
    }


def money(pair: list[Any]) -> dict[str, Any] | None:
    """Show an amount and its currency."""
    return None if pair[0] is None else {"amount": pair[0], "currency": pair[1], "__typename": "Money"}


def point(pair: list[Any]) -> dict[str, Any] | None:
    """Show a latitude and a longitude."""
    return None if pair[0] is None else {"latitude": pair[0], "longitude": pair[1], "__typename": "Point"}


def lag(dates: list[Any]) -> dict[str, Any] | None:
    """Show the calendar years between dates of learning and of use, each of which may be uncertain; else as a text states."""
    learned, used, stated = dates
    if learned and used:
        fewest = [_years(parse(text).latest, parse(late).earliest) for text in learned for late in used]
        most = [_years(parse(text).earliest, parse(late).latest) for text in learned for late in used]
        earliest, latest = None if None in fewest else min(fewest), None if None in most else max(most)
        return {"earliest": earliest, "latest": latest, "stated": False, "__typename": "LagYears"}
    if not stated:
        return None
    return {"earliest": min(stated), "latest": max(stated), "stated": True, "__typename": "LagYears"}


def _years(learned: date | None, used: date | None) -> Any:
    """Count calendar years between two days; None where one is open."""
    return None if learned is None or used is None else used.year - learned.year


def change(counts: list[int]) -> dict[str, Any]:
    """Show how relationships of two survey waves compare."""
    lasted, appeared, ended, told = counts
    unknown = told - lasted - appeared - ended
    return {"lasted": lasted, "appeared": appeared, "ended": ended, "unknown": unknown, "__typename": "TieChange"}


def share(numbers: list[int | None]) -> float | None:
    """Show a part of a whole; None where a number is missing or the whole is nothing."""
    part, whole = numbers
    return None if part is None or not whole else part / whole


def end_day(text: str) -> str:
    """Show the last day on which something held, of the day that is stored for it."""
    return shown_day(Kind.END, date.fromisoformat(text)).isoformat()


def money_of_one(parts: list[Any]) -> dict[str, Any] | None:
    """Show an extreme amount, given with the first and the last currency; None where they differ."""
    amount, first, last = parts
    return None if first != last else money([amount, first])


def total(parts: list[Any]) -> int | float | None:
    """Put a sum together: a count, its lower and upper part, the first and the last currency; None where they differ."""
    count, low, *rest = parts
    if not count or (len(rest) == 3 and rest[1] != rest[2]):
        return None
    added: int | float = low + rest[0] * SPLIT if rest else low
    return added


def added(parts: list[Any]) -> int | float | None:
    """Show a sum; a whole number beyond 2^53 as the nearest float, and None where no float is large enough."""
    found = total(parts)
    if found is None or not isfinite(found):
        return None
    return found if abs(found) <= LARGEST else float(found)


def mean(parts: list[Any]) -> float | None:
    """Show an average; None where there is nothing to average, or its sum is beyond every float."""
    found = total(parts)
    return None if found is None or not isfinite(found) else found / parts[0]


def marking(level: int) -> str:
    """Show how far a fact may travel."""
    return MARKINGS[level]


def instant(milliseconds: int) -> str:
    """Show a moment as ISO 8601 text in UTC."""
    text = datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


WITH_PARTS: dict[Format, Callable[[Any], dict[str, Any] | None]] = {
    Format.WHEN: when,
    Format.MONEY: money,
    Format.POINT: point,
    Format.LAG: lag,
    Format.CHANGE: change,
    Format.MONEY_OF_ONE: money_of_one,
}
"""Values of which a client chooses parts."""

AT_ONCE: dict[Format, Callable[[Any], Any]] = {
    Format.INSTANT: instant,
    Format.MARKING: marking,
    Format.END_DAY: end_day,
    Format.SHARE: share,
    Format.SUM: added,
    Format.MEAN: mean,
}


def shown(shape: ValueShape, stored: Any) -> Any:
    """Show one stored value as its shape says."""
    if shape.format is Format.TEXTS:
        return [] if stored is None else stored
    if stored is None or shape.format is Format.PLAIN:
        return stored
    if shape.format in AT_ONCE:
        return AT_ONCE[shape.format](stored)
    whole = WITH_PARTS[shape.format](stored)
    return None if whole is None else {key: whole[name] for key, name in shape.parts}

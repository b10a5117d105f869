"""Values of the answer. In: a value of the record. Out: a value of GraphQL, None if it is absent."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import lru_cache
from math import isfinite
from typing import Any

from graph.computed import computation
from graph.question.plan.columns import SPLIT
from graph.question.plan.shapes import ComputedShape, Format, ValueShape
from schema.language.computed import ComputedField, ObjectType
from schema.language.days import shown_day
from schema.language.edtf import parse
from schema.language.kinds import Kind, Marking
from schema.language.moments import moment_text

MARKINGS = {level.value: level.name for level in Marking}
LARGEST = 2**53


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


def end_day(text: str) -> str:
    """Show the last day on which something held, from the day that is stored for its end."""
    return shown_day(Kind.END, date.fromisoformat(text)).isoformat()


def money_of_one(parts: list[Any]) -> dict[str, Any] | None:
    """Show the least or greatest amount. The parts are it, the first and the last currency; None if the currencies differ."""
    amount, first, last = parts
    return None if first != last else money([amount, first])


def total(parts: list[Any]) -> int | float | None:
    """Add up a sum from its parts: a count, the lower and the upper part, and for money the first and the last currency.

    Return None if there is nothing to add, or if the currencies differ.
    """
    count, low, *rest = parts
    if not count or (len(rest) == 3 and rest[1] != rest[2]):
        return None
    added: int | float = low + rest[0] * SPLIT if rest else low
    return added


def added(parts: list[Any]) -> int | float | None:
    """Show a sum. A whole number beyond 2^53 is shown as the nearest float, and one beyond every float as None."""
    amount = total(parts)
    if amount is None or not isfinite(amount):
        return None
    return amount if abs(amount) <= LARGEST else float(amount)


def mean(parts: list[Any]) -> float | None:
    """Show an average; None if there is nothing to average, or if the sum is beyond every float."""
    amount = total(parts)
    return None if amount is None or not isfinite(amount) else amount / parts[0]


def marking(level: int) -> str:
    """Show the name of a marking."""
    return MARKINGS[level]


def instant(milliseconds: int) -> str:
    """Show a moment as ISO 8601 text in UTC."""
    return moment_text(datetime.fromtimestamp(milliseconds / 1000, UTC))


WITH_PARTS: dict[Format, Callable[[Any], dict[str, Any] | None]] = {
    Format.WHEN: when,
    Format.MONEY: money,
    Format.POINT: point,
    Format.MONEY_OF_ONE: money_of_one,
}
"""Formats that are objects, of which a client selects fields."""

AT_ONCE: dict[Format, Callable[[Any], Any]] = {
    Format.INSTANT: instant,
    Format.MARKING: marking,
    Format.END_DAY: end_day,
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


def computed(declared: ComputedField) -> Callable[[Any], Any]:
    """Return the function that turns a stored value into the value of a computed field. An object gets its `__typename`."""
    value, returns = computation(declared).value, declared.returns
    if not isinstance(returns, ObjectType):
        return value
    named = {"__typename": returns.name}

    def whole(stored: Any) -> dict[str, Any] | None:
        shown = value(stored)
        return None if shown is None else shown | named

    return whole


def shown_computed(shape: ComputedShape, stored: Any) -> Any:
    """Show one computed value as its shape says."""
    whole = None if stored is None else computed(shape.declared)(stored)
    return whole if whole is None or shape.parts is None else {key: whole[name] for key, name in shape.parts}

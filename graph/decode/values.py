"""How stored values look in an answer. In: a value of the record. Out: a value of GraphQL, None where it is absent."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from graph.plan.shapes import ValueShape, Wrap
from schema.edtf import parse
from schema.kinds import Marking

MARKINGS = {level.value: level.name for level in Marking}

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


def instant(milliseconds: int) -> str:
    """Show a moment as ISO 8601 text in UTC."""
    text = datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


WITH_PARTS: dict[Wrap, Callable[[Any], dict[str, Any] | None]] = {
    Wrap.WHEN: when,
    Wrap.MONEY: money,
    Wrap.POINT: point,
}


def shown(shape: ValueShape, stored: Any) -> Any:
    """Show one stored value as its shape says."""
    if shape.wrap is Wrap.TEXTS:
        return [] if stored is None else stored
    if stored is None or shape.wrap is Wrap.PLAIN:
        return stored
    if shape.wrap is Wrap.INSTANT:
        return instant(stored)
    if shape.wrap is Wrap.MARKING:
        return MARKINGS[stored]
    whole = WITH_PARTS[shape.wrap](stored)
    return None if whole is None else {key: whole[name] for key, name in shape.parts}

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


def lag(dates: list[Any]) -> dict[str, Any] | None:
    """Show the whole years between the dates of lessons and the date of a use; each date may be uncertain."""
    used, learned = dates
    if used is None or not learned:
        return None
    use, lessons = parse(used), [parse(text) for text in learned]
    firsts = [lesson.earliest.year for lesson in lessons if lesson.earliest]
    lasts = [lesson.latest.year for lesson in lessons if lesson.latest]
    return {
        "earliest": use.earliest.year - max(lasts) if use.earliest and len(lasts) == len(lessons) else None,
        "latest": use.latest.year - min(firsts) if use.latest and len(firsts) == len(lessons) else None,
        "__typename": "LagYears",
    }


def instant(milliseconds: int) -> str:
    """Show a moment as ISO 8601 text in UTC."""
    text = datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


WITH_PARTS: dict[Wrap, Callable[[Any], dict[str, Any] | None]] = {
    Wrap.WHEN: when,
    Wrap.MONEY: money,
    Wrap.POINT: point,
    Wrap.LAG: lag,
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

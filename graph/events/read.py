"""Reading the log. In: the rights of a viewer, a place in the log, what is wanted. Out: the events that he may see, and a place.

Whether an event is shown is decided when it is read, by the rights and markings of that moment.
"""

from dataclasses import dataclass
from typing import Any

from graph.access.rights import Rights
from graph.bolt.read import Reader
from graph.cypher import events as cypher
from graph.cypher.fragments import Fragment
from graph.errors import BadUserInput, CursorTooOld, NotFound
from graph.events.cursor import Position, mark
from graph.events.event import Event, event

SCAN = 2_000
"""Events that one statement looks at."""
SCANS = 50
"""Statements for one page. If all their events are hidden, the page is empty and its place is further on."""
LAST = 2**53
"""A number that no event has."""


@dataclass(frozen=True)
class Wanted:
    """What is wanted of the log: all events, or those of one label or type, or what is near a fact (its id)."""

    of: str | None = None
    near: str | None = None
    synthetic: bool = False


@dataclass(frozen=True)
class Page:
    """Some events in the order of the log, and the place after them. `full` says that there were as many as asked for."""

    events: tuple[Event, ...]
    position: Position
    full: bool = False


async def read(reader: Reader, rights: Rights, after: Position, first: int, wanted: Wanted) -> Page:
    """Return the first events after a place that a viewer may see.

    Raise BadUserInput if it is a place in another log, CursorTooOld if too much was removed since.
    """
    return await _read(reader, _statement(rights, wanted, latest=False), _given(rights, wanted), after, first)


async def read_latest(reader: Reader, rights: Rights, first: int, wanted: Wanted) -> tuple[Event, ...]:
    """Return the last events that a viewer may see, the newest first."""
    return await _back(reader, _statement(rights, wanted, latest=True), _given(rights, wanted), first)


async def read_all(reader: Reader, after: Position, first: int, *, synthetic: bool) -> Page:
    """Return events as the operator of the database sees them."""
    return await _read(reader, cypher.all_events(synthetic=synthetic, latest=False), {}, after, first)


async def read_all_latest(reader: Reader, first: int, *, synthetic: bool) -> tuple[Event, ...]:
    """Return the last events as the operator of the database sees them, the newest first."""
    return await _back(reader, cypher.all_events(synthetic=synthetic, latest=True), {}, first)


async def head(reader: Reader) -> Position:
    """Return the place after the last event."""
    last = await reader.value(cypher.HEAD.text, {}, "events")
    return Position(last["seq"], mark(last["log"]))


async def require_near(reader: Reader, rights: Rights, wanted: Wanted) -> None:
    """Raise NotFound if the viewer may not see the fact near which events are wanted; an absent fact looks the same."""
    if wanted.near is None:
        return
    seen = cypher.sees_fact(by_audience=rights.by_audience, synthetic=wanted.synthetic)
    if not await reader.value(seen.text, {"q": _given(rights, wanted)}, "events"):
        raise NotFound(f"There is no fact {wanted.near} that you may see.")


def _statement(rights: Rights, wanted: Wanted, *, latest: bool) -> Fragment:
    return cypher.events_for(
        by_audience=rights.by_audience,
        synthetic=wanted.synthetic,
        of=wanted.of is not None,
        near=wanted.near is not None,
        latest=latest,
    )


def _given(rights: Rights, wanted: Wanted) -> dict[str, Any]:
    return {**rights.parameters(synthetic=wanted.synthetic), "of": wanted.of, "near": wanted.near}


async def _read(reader: Reader, statement: Fragment, given: dict[str, Any], after: Position, first: int) -> Page:
    """Scan onward until there are enough events, the log ends, or a page's share of scans is done."""
    events: list[Event] = []
    seq, own, full = after.seq, b"", False
    for _ in range(SCANS):
        page = await _scan(reader, statement, given, seq, first - len(events))
        own = mark(page["log"])
        _require_same(after, own)
        _require_kept(after, page.get("tidied", 0))
        events += [event(each, page["log"]) for each in page["events"]]
        full = len(events) == first
        seq = events[-1].seq if full else max(seq, page["high"])
        if full or page["high"] - page["low"] < SCAN:
            break
    return Page(tuple(events), Position(seq, own), full)


async def _back(reader: Reader, statement: Fragment, given: dict[str, Any], first: int) -> tuple[Event, ...]:
    """Scan back from the end of the log until there are enough events, the log begins, or a page's share of scans is done."""
    events: list[Event] = []
    before = LAST
    for _ in range(SCANS):
        page = await _scan(reader, statement, given, before, first - len(events))
        events += [event(each, page["log"]) for each in page["events"]]
        before = page["low"]
        if len(events) == first or before <= 0:
            break
    return tuple(events)


async def _scan(reader: Reader, statement: Fragment, given: dict[str, Any], after: int, first: int) -> Any:
    parameters = {**given, "after": after, "first": first, "scan": SCAN}
    return await reader.value_when_applied(cypher.HEAD.text, statement.text, {"q": parameters}, "events")


def _require_kept(after: Position, tidied: int) -> None:
    """Refuse a cursor after which deletions are not known any more. A place without a mark is no cursor."""
    if after.mark and after.seq < tidied:
        raise CursorTooOld(
            "The cursor is older than the event log keeps what was deleted, so events after it would be missing. Read the facts "
            "that you need anew, and follow the log from its end (`after=now`) or from its beginning (no `after`)."
        )


def _require_same(after: Position, own: bytes) -> None:
    if after.seq and after.mark and after.mark != own:
        raise BadUserInput("The cursor belongs to the event log of another database. Read this one from its beginning.")

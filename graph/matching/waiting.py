"""Names that wait for a person, and what persons decided. In: a transaction or a writer. Out: Waiting, stored and listed.

What is shown of a fact that everybody may no longer see is left out: the stored candidates are tested each time.
"""

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import orjson

from graph.bolt.write import Unit
from graph.cypher import matches as cypher
from graph.cypher.matching import visible_ids
from graph.matching.find import EVERYBODY
from graph.matching.named import Candidate, Match, Named
from schema.language.named import with_article

WAITING, DECIDED = "WAITING", "DECIDED"
NONE = "none"
"""The decision that a name means no fact: what depends on it is left out."""
LONGEST_SHOWN = 500


@dataclass(frozen=True)
class Waiting:
    """A name that waited for a person. `decision` is the id of a fact or NONE, if somebody decided."""

    key: str
    named: Named
    feeds: tuple[str, ...]
    why: str
    candidates: tuple[Candidate, ...]
    since: str
    state: str = WAITING
    decision: str | None = None
    by: str | None = None
    decided: str | None = None


class NotDecided(Exception):
    """A decision is not taken: nothing waits under this key, or the id is not that of a fact that may be meant.

    `accepted` are ids that would be accepted, if some are offered.
    """

    def __init__(self, message: str, *, field: str, code: str, accepted: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.field, self.code, self.accepted = field, code, tuple(accepted)


@dataclass(frozen=True)
class Listed:
    """Which names are asked for: of these labels, of one feed or all, after a position.

    With `offered`, only those for which candidates were found.
    """

    labels: Collection[str]
    feed: str | None = None
    state: str = WAITING
    after: tuple[str, str] | None = None
    most: int = 10_000
    offered: bool = False


async def read(unit: Unit, keys: Collection[str]) -> dict[str, Waiting]:
    """Read the names with these keys that are stored."""
    records = await unit.run(cypher.READ, keys=sorted(keys))
    return {record["stored"]["key"]: _waiting(record["stored"]) for record in records}


async def store(unit: Unit, feed: str, waiting: Mapping[str, tuple[Named, Match]], now: datetime) -> None:
    """Store names that wait, with what was found for them."""
    rows = [
        {"key": key, "told": _told(named), "found": _found(match)} for key, (named, match) in sorted(waiting.items())
    ]
    if rows:
        await unit.run(cypher.WAIT, rows=rows, feed=feed, now=_text(now))


async def settle(unit: Unit, keys: Collection[str]) -> None:
    """Forget names that wait no longer, because there is a certain fact now. Decisions stay."""
    if keys:
        await unit.run(cypher.SETTLE, keys=sorted(keys))


async def reopen(unit: Unit, gone: Collection[Waiting]) -> None:
    """Let names wait again whose fact is gone."""
    if gone:
        rows = sorted(({"key": each.key, "means": each.decision} for each in gone), key=lambda row: str(row["key"]))
        await unit.run(cypher.REOPEN, rows=rows)


async def listed(unit: Unit, of: Listed) -> list[Waiting]:
    """List names, the oldest first, with those of their candidates that everybody may see now."""
    since, key = of.after or (None, None)
    records = await unit.run(
        cypher.LIST,
        state=of.state,
        labels=sorted(of.labels),
        feed=of.feed,
        since=since,
        key=key,
        most=of.most,
        offered=of.offered,
    )
    every = [_waiting(record["stored"]) for record in records]
    return await _as_everybody_sees(unit, every)


async def one(unit: Unit, key: str) -> Waiting | None:
    """Return the name with a key; None if there is none."""
    every = await _as_everybody_sees(unit, list((await read(unit, [key])).values()))
    return every[0] if every else None


async def decide(unit: Unit, waiting: Waiting, decision: str, by: str, now: datetime) -> Waiting:
    """Store what a name means: the id of a fact, or NONE. Raise NotDecided if the fact is none that everybody may see."""
    label = waiting.named.label
    if waiting.state == DECIDED and waiting.decision != decision:
        raise NotDecided(
            f"{waiting.by} has decided that it is {waiting.decision}. Undo that first.", field="key", code="CONFLICT"
        )
    if waiting.state == DECIDED:
        return waiting
    if decision != NONE and decision not in await _visible(unit, label, [decision]):
        raise NotDecided(
            f"{decision[:LONGEST_SHOWN]!r} is not the id of {with_article(label)} that everybody may see. "
            "Give such an id, or say none.",
            field="id",
            code="NOT_FOUND",
            accepted=[each.id for each in waiting.candidates],
        )
    await unit.run(cypher.MARK, mark=secrets.token_hex(8))
    if not await unit.run(cypher.DECIDE, key=waiting.key, means=decision, by=by, now=_text(now)):
        raise NotDecided(
            "Somebody has decided on it, or it waits no longer. Read it again.", field="key", code="CONFLICT"
        )
    return replace(waiting, state=DECIDED, decision=decision, by=by, decided=_text(now))


async def undo(unit: Unit, waiting: Waiting) -> Waiting:
    """Take a decision back: the next run asks again. Raise NotDecided if there is none."""
    if waiting.state != DECIDED:
        raise NotDecided(f"Nothing was decided on {waiting.key}.", field="key", code="CONFLICT")
    await unit.run(cypher.MARK, mark=secrets.token_hex(8))
    await unit.run(cypher.UNDO, key=waiting.key)
    return replace(waiting, state=WAITING, decision=None, by=None, decided=None)


async def _as_everybody_sees(unit: Unit, every: Sequence[Waiting]) -> list[Waiting]:
    offered: dict[str, set[str]] = {}
    for each in every:
        offered.setdefault(each.named.label, set()).update(candidate.id for candidate in each.candidates)
    seen = {label: await _visible(unit, label, ids) for label, ids in offered.items() if ids}
    return [
        replace(each, candidates=tuple(c for c in each.candidates if c.id in seen.get(each.named.label, ())))
        for each in every
    ]


async def _visible(unit: Unit, label: str, ids: Collection[str]) -> set[str]:
    records = await unit.run(visible_ids(label), ids=sorted(ids), **EVERYBODY.parameters())
    return {str(record["id"]) for record in records}


def is_stored(known: Waiting | None, feed: str, match: Match) -> bool:
    """Whether a name is stored as it would be stored now; a distance may differ from feed to feed."""
    if known is None or feed not in known.feeds or known.why != match.why:
        return False
    return [each.id for each in known.candidates] == [each.id for each in match.candidates]


def _told(named: Named) -> dict[str, Any]:
    told = {
        "label": named.label,
        "called": named.name[:LONGEST_SHOWN],
        "country": named.country and named.country[:LONGEST_SHOWN],
        "city": named.city and named.city[:LONGEST_SHOWN],
        "website": named.website and named.website[:LONGEST_SHOWN],
        "at": None if named.at is None else list(named.at),
        "ids": orjson.dumps(named.ids).decode() if named.ids else None,
    }
    return {name: value for name, value in told.items() if value is not None}


def _found(match: Match) -> dict[str, Any]:
    offered = [[each.id, each.name, each.why] for each in match.candidates]
    return {"why": match.why, "candidates": orjson.dumps(offered).decode()}


def _waiting(stored: Mapping[str, Any]) -> Waiting:
    at = stored.get("at")
    named = Named(
        stored["label"],
        stored["called"],
        stored.get("country"),
        stored.get("city"),
        stored.get("website"),
        None if at is None else (at[0], at[1]),
        tuple((prop, value) for prop, value in orjson.loads(stored.get("ids", "[]"))),
    )
    return Waiting(
        stored["key"],
        named,
        tuple(stored["feeds"]),
        stored["why"],
        tuple(Candidate(*each) for each in orjson.loads(stored["candidates"])),
        stored["since"],
        stored["state"],
        stored.get("means"),
        stored.get("by"),
        stored.get("decided"),
    )


def _text(at: datetime) -> str:
    """Write a time so that later times are later texts."""
    return at.isoformat(timespec="microseconds")

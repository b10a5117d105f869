"""Removing what was kept long enough. In: a writer, days, the time. Out: counts of what was removed.

What is removed: answers of repeated requests, drafts that were decided on, and tombstones of deleted facts. No fact, no event.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from graph.bolt.write import Writer
from graph.cypher import tidy as cypher
from graph.cypher.fragments import Fragment

AT_ONCE = 10_000
"""Most nodes that one transaction removes."""


@dataclass(frozen=True)
class Kept:
    """Days for which answers of requests, decided drafts and tombstones are kept; 0 keeps them for ever."""

    requests: int
    drafts: int
    tombstones: int


@dataclass(frozen=True)
class Tidied:
    """How many answers of requests, drafts and tombstones were removed."""

    requests: int = 0
    drafts: int = 0
    tombstones: int = 0


async def tidy(writer: Writer, kept: Kept, now: datetime) -> Tidied:
    """Remove what is older than it is kept. A removal that is interrupted goes on with the next call."""
    requests = await _removed(writer, cypher.REQUESTS, kept.requests, now)
    drafts = await _removed(writer, cypher.DRAFTS, kept.drafts, now)
    if kept.tombstones:
        await writer.read(cypher.TIDIED, before=now - timedelta(days=kept.tombstones))
    return Tidied(requests, drafts, await _removed(writer, cypher.TOMBSTONES, kept.tombstones, now))


async def _removed(writer: Writer, text: Fragment, days: int, now: datetime) -> int:
    if not days:
        return 0
    before, removed = now - timedelta(days=days), 0
    while some := (await writer.read(text, before=before, most=AT_ONCE))[0]["count"]:
        removed += some
    return removed

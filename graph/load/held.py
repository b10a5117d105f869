"""The lock of a feed and what is stored of it. In: a writer and the name of a feed. Out: its rows, its runs, its lock.

One run at a time has the lock. It expires, so that a killed run stops nobody for long.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from graph.bolt.connect import DatabaseUnavailable
from graph.bolt.write import Unit, Writer
from graph.cypher import feeds as cypher
from graph.load.feed import Run, Stored, read, run
from graph.load.spool import StoredRow

LEASE = 60_000
"""Milliseconds for which the lock holds. It is renewed three times as often."""
PAGE = 20_000
"""Rows of a feed that are read at once."""
KEPT_RUNS = 100


class FeedBusy(Exception):
    """Another run has the lock of the feed, or took it."""


@dataclass(frozen=True)
class Held:
    """A feed whose lock is one's own."""

    writer: Writer = field(repr=False)
    stored: Stored
    me: str = field(repr=False)

    @property
    def name(self) -> str:
        """Return the name of the feed."""
        return self.stored.name

    async def hold(self, unit: Unit) -> None:
        """Make sure, in a transaction that writes, that the lock is still one's own; raise FeedBusy."""
        if not await unit.run(cypher.HOLD, name=self.name, me=self.me, lease=LEASE):
            raise FeedBusy(f"Another run has taken feed {self.name}, because this one was silent for a minute.")

    async def begin(self, begun: Run) -> int:
        """Note in the ledger that a run begins; return its number."""
        (record,) = await self.writer.read(cypher.BEGIN_RUN, name=self.name, me=self.me, run=begun.columns())
        number: int = record["number"]
        await self.writer.read(cypher.FORGET_RUNS, name=self.name, upto=number - KEPT_RUNS)
        return number

    async def learn(self, learned: dict[str, Any]) -> None:
        """Store what the next run needs to know."""
        await self.writer.read(cypher.LEARN, name=self.name, me=self.me, feed=learned)

    async def end(self, ended: Run, learned: dict[str, Any], after: int | None) -> None:
        """Note how a run ended and what it learned; `after` are milliseconds until the next, if not those of the schedule."""
        values = {"name": self.name, "me": self.me, "number": ended.number, "run": ended.columns()}
        await self.writer.read(cypher.END_RUN, **values, feed=learned, after=after)


@asynccontextmanager
async def held(writer: Writer, name: str) -> AsyncIterator[Held]:
    """Hold the lock of a feed; raise FeedBusy if another run has it."""
    me = secrets.token_hex(8)
    locked = await writer.read(cypher.LOCK, name=name, me=me, lease=LEASE)
    if not locked:
        raise FeedBusy(f"Feed {name} is being run. Wait for that run; if it was killed, its lock ends within a minute.")
    renewing = asyncio.create_task(_renew(writer, name, me))
    try:
        yield Held(writer, read(locked[0]), me)
    finally:
        renewing.cancel()
        with suppress(asyncio.CancelledError):
            await renewing
        # If the database is away, the lock ends by itself.
        with suppress(DatabaseUnavailable):
            await asyncio.shield(writer.read(cypher.RELEASE, name=name, me=me))


async def _renew(writer: Writer, name: str, me: str) -> None:
    while True:
        await asyncio.sleep(LEASE / 3000)
        with suppress(Exception):  # what is written makes sure of the lock by itself
            await writer.read(cypher.HOLD, name=name, me=me, lease=LEASE)


async def rows_of(writer: Writer, name: str, names: Collection[str] = ()) -> AsyncIterator[list[StoredRow]]:
    """Yield what is stored of the records of a feed, in pages, with those of these names that each holds."""
    after, text, values = "", cypher.ROWS_AND_NAMES if names else cypher.ROWS, {"meant": list(names)} if names else {}
    while True:
        (page,) = await writer.read(text, name=name, after=after, most=PAGE, **values)
        if not page["rows"]:
            return
        others = {each["id"]: each for each in page["others"]}
        yield [_row(id_, raw, others.get(id_)) for id_, _, raw in (row.partition(" ") for row in page["rows"])]
        after = page["rows"][-1].partition(" ")[0]


def _row(id_: str, raw: str, other: Mapping[str, Any] | None) -> StoredRow:
    """Return what is stored of a record; with `other`, what is special about it."""
    if other is None:
        return StoredRow(id_, raw, bad=False)
    return StoredRow(id_, raw, bool(other["bad"]), other["gone"], tuple(other["meant"]))


async def runs(writer: Writer, name: str, most: int = KEPT_RUNS) -> Sequence[Run]:
    """Return the last runs of a feed, the newest first."""
    return [run(record["run"]) for record in await writer.read(cypher.RUNS, name=name, most=most)]


async def feeds(writer: Writer) -> list[Stored]:
    """Return all feeds, sorted by name."""
    return [read(record) for record in await writer.read(cypher.FEEDS)]

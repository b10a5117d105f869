"""What a feed takes away. In: records that are gone, or that state a fact no longer. Out: facts are deleted, tombstones stay."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from graph.access.rights import Rights
from graph.bolt.write import Unit, Writer
from graph.cypher import feeds as cypher
from graph.facts.delete import delete
from graph.facts.put import lock_at
from graph.facts.rows import Problem
from graph.facts.upsert import Writing
from graph.facts.wanted import WantedRemoval
from graph.facts.write import Stamp
from graph.load.held import Held
from graph.load.owners import Leaving, Owners
from graph.matching.named import Matcher
from schema.language.kinds import Marking, level
from schema.model import Model

GRAVES = 500
"""Records whose facts are deleted in one transaction."""


@dataclass(frozen=True)
class Means:
    """What a run works with. `stamp` gives the secret of the keys and the actor, `clock` the time of each write.

    `room` is called with the number of records that are to be written next; it raises if the disk has no room for them.
    """

    writer: Writer = field(repr=False)
    model: Model = field(repr=False)
    matcher: Matcher = field(repr=False)
    stamp: Stamp = field(repr=False)
    clock: Callable[[], datetime] = field(repr=False)
    room: Callable[[int], None] = field(default=lambda _: None, repr=False)

    async def begun(self, unit: Unit, lock: Held) -> Owners:
        """Lock the facts and make sure of the lock of the feed; return the owners, with the time of this write."""
        stamp = replace(self.stamp, now=await lock_at(unit, self.clock))
        await lock.hold(unit)
        return Owners(unit, lock.name, self.model, stamp)


@dataclass(frozen=True)
class Buried:
    """Facts that were deleted, and why others stay."""

    removed: int
    stay: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Graves:
    """Takes away what a feed brought. Without a lock nothing is written."""

    feed: str
    means: Means
    held: Held | None

    def lock(self) -> Held:
        """Return the lock; a trial has none and writes nothing."""
        if self.held is None:
            raise AssertionError("a trial writes nothing")
        return self.held

    async def mark(self, ids: Sequence[str], since: datetime) -> None:
        """Note since when records are gone; a record that is gone already stays so."""
        lock = self.lock()

        async def work(unit: Unit) -> None:
            await lock.hold(unit)
            await unit.run(cypher.MARK_GONE, ids=ids, now=since.isoformat())

        await self.means.writer.unit(work)

    async def bury(self, before: datetime) -> AsyncIterator[Buried]:
        """Delete the facts of the records that are gone since a time or longer, in batches."""
        after, values = "", {"name": self.feed, "before": before.isoformat(), "most": GRAVES}
        while page := await self.means.writer.read(cypher.GONE, after=after, **values):
            after = page[-1]["id"]
            yield await self._bury(page)

    async def _bury(self, rows: Sequence[Mapping[str, Any]]) -> Buried:
        """Delete the facts of stored rows, and the rows. A fact that others changed stays without a problem: it is theirs."""
        leaving = [(id_, row["id"]) for row in rows for id_ in row["facts"]]
        keys, lock = {row["id"]: row["key"] for row in rows}, self.lock()

        async def work(unit: Unit) -> Buried:
            owners = await self.means.begun(unit, lock)
            removed, stay = await self.removed(owners, leaving)
            kept = {row for fact, row in leaving if fact in stay}
            await unit.run(cypher.FORGET_ROWS, ids=[id_ for id_ in keys if id_ not in kept])
            await unit.run(cypher.MARK_BAD, ids=sorted(kept))
            places = {fact: keys[row] for fact, row in leaving}
            return Buried(removed, tuple(replace(each, where=places[fact]) for fact, each in stay.items()))

        return await self.means.writer.unit(work)

    async def removed(self, owners: Owners, leaving: Leaving) -> tuple[int, dict[str, Problem]]:
        """Let records leave facts. Return how many were deleted because no record states them, and why others stay."""
        trial = self.held is None
        lost = await owners.leave(leaving, trial=trial)
        if not lost:
            return 0, {}
        links = [id_ for id_ in lost if not self.means.model.concept_of_id(id_)]
        nodes = [id_ for id_ in lost if self.means.model.concept_of_id(id_)]
        rights = Rights(level(Marking.RED, synthetic=True))
        by = Writing(rights, lambda of, holders: True, owners.stamp, b"", trial=trial)  # noqa: ARG005
        wanted = [WantedRemoval(id_, id_) for id_ in (*links, *nodes)]
        done = await delete(owners.unit, wanted, self.means.model, by)
        stay = {each.where: replace(each, field="(gone)") for each in done.diff.problems}
        return len(wanted) - len(stay), stay

"""A run of a feed. In: a feed, its source, and means. Out: facts as the source has them now, a run in the ledger, a report.

Read everything into a spool, compare it with what is stored, stop if too much would go, then write in batches, then take away.
"""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

from graph.bolt.write import Unit, UnitTooLarge
from graph.cypher import feeds as cypher
from graph.facts.rows import Problem
from graph.load.batch import Batch, Done
from graph.load.feed import MOST_NAMED, Counts, Feed, Outcome, Run, Stored
from graph.load.files import UnreadableFile
from graph.load.garbage import seldom_collected
from graph.load.graves import Means
from graph.load.held import Held, held, rows_of
from graph.load.names import Names, changed, forget_unused
from graph.load.records import Known, Record, Source, SourceFailed, Told
from graph.load.spool import Spool, Spooled, Tally

MOST_SHOWN = 10_000
"""Problems that a report names."""
STORED_AS = "2"
"""Changes with what is stored of a record, so that all are mapped again."""
SOON = 3_600_000
"""Milliseconds after which a feed that failed is due again, unless its schedule is quicker."""
SHARE = 10
"""A run stops if more than one of so many records would go, or be renamed."""
IF_RIGHT = "If that is right, run it again with --accept."
OLDEST = 3_600.0
"""Seconds after which an interrupted reading begins anew, because the source may have changed."""


class Progress(Protocol):
    """Is told how far a run is; `of` is None while nobody knows."""

    def __call__(self, stage: str, done: int, of: int | None) -> None: ...


@dataclass(frozen=True)
class Report:
    """What came of a run; of a trial, what would come of it. `not_shown` counts the problems that are left out."""

    feed: str
    outcome: Outcome
    why: str = ""
    counts: Counts = field(default_factory=Counts)
    problems: tuple[Problem, ...] = ()
    not_shown: int = 0


@dataclass(frozen=True)
class _Again:
    """Which records are mapped again although they say what they said: all, or those with names that mean something else."""

    everything: bool = False
    names: frozenset[str] = frozenset()


@dataclass
class _Going:
    """A run under way. Without the lock it is a trial, which writes nothing."""

    feed: Feed
    source: Source
    means: Means
    spool: Spool
    progress: Progress
    stored: Stored | None
    held: Held | None
    names: Names
    number: int = 0
    problems: list[Problem] = field(default_factory=list)
    counts: Counts = field(default_factory=Counts)

    @property
    def batch(self) -> Batch:
        """Return what writes the batches of this run."""
        return Batch(self.feed, self.means, self.held, self.names, self.number)

    @property
    def mapped(self) -> str:
        """Return what decides, besides the records, which facts they become: the mapping, and what names may mean."""
        return f"{STORED_AS} {self.feed.mapper.digest} {self.means.matcher.version}"

    @property
    def is_stated_anew(self) -> bool:
        """Whether the config says something else of where records come from, or of their source, than for the last run."""
        return self.stored is not None and self.stored.stated != self.feed.stated

    def note(self, problems: Sequence[Problem]) -> None:
        """Keep problems for the report."""
        self.problems += problems


async def run_feed(
    feed: Feed, source: Source, means: Means, spools: Path, *, accept: bool, progress: Progress
) -> Report:
    """Run a stored feed once; `accept` lets it take away and rename what it will. A failed run is in the ledger.

    Raise FeedBusy, SourceFailed, UnreadableFile, DatabaseUnavailable, or what `means.room` raises.
    """
    async with held(means.writer, feed.name) as lock:
        begun = Run(0, means.clock(), Outcome.RUNNING)
        begun = replace(begun, number=await lock.begin(begun))
        async with _spool(spools / f"{feed.name}.sqlite", feed) as spool:
            names = Names(feed.name)
            going = _Going(feed, source, means, spool, progress, lock.stored, lock, names, begun.number)
            try:
                with seldom_collected():
                    report, learned = await _run(going, accept=accept)
            except (SourceFailed, UnreadableFile) as failed:
                ended = replace(begun, outcome=Outcome.FAILED, why=str(failed), ended=means.clock())
                await lock.end(ended, {}, min(lock.stored.every or SOON, SOON))
                raise
        shown = tuple(str(each) for each in report.problems[:MOST_NAMED])
        ended = replace(begun, outcome=report.outcome, why=report.why, ended=means.clock(), counts=report.counts)
        await lock.end(replace(ended, problems=shown), learned, None)
        return report


async def try_feed(feed: Feed, source: Source, means: Means, spools: Path, progress: Progress) -> Report:
    """Return the report of a run that would be made now. Nothing is written, and the feed need not be stored."""
    async with _spool(spools / f"{feed.name}.trial.sqlite", feed, keep=False) as spool:
        going = _Going(feed, source, means, spool, progress, None, None, Names(feed.name))
        report, _ = await _run(going)
        return report


@asynccontextmanager
async def _spool(path: Path, feed: Feed, *, keep: bool = True) -> AsyncIterator[Spool]:
    """Open the spool of a feed; it stays if the run was interrupted, so that reading goes on where it ended."""
    try:
        spool = Spool(path, feed.name, f"{feed.mapper.digest} {feed.stated}")
    except (OSError, sqlite3.Error) as error:
        for file in path.parent.glob(f"{path.name}*") if path.parent.is_dir() else ():
            file.unlink()
        raise SourceFailed(f"What the source gives cannot be kept in {path.parent}: {error}.") from error
    try:
        yield spool
    except sqlite3.Error as error:
        # The disk is full, or the file is damaged.
        spool.remove()
        raise SourceFailed(f"What the source gives cannot be kept in {path.parent}: {error}.") from error
    except BaseException:
        if not keep:
            spool.remove()
        spool.close()
        raise
    spool.remove()


async def _run(going: _Going, *, accept: bool = False) -> tuple[Report, dict[str, Any]]:
    """Read, compare, write, take away. Return the report, and what the next run needs to know."""
    again = await _again(going)
    told = await _read(going, again)
    if told.unchanged:
        removed = await _bury(going)
        await _tidy(going)
        held = (await going.means.writer.read(cypher.COUNT_ROWS, name=going.feed.name))[0]["rows"]
        counts = Counts(records=held, same=held, removed=removed)
        return _report(going, Outcome.UNCHANGED, counts=counts), {"mapped": going.mapped}
    await asyncio.to_thread(going.spool.settle)
    async for page in rows_of(going.means.writer, going.feed.name, again.names):
        await asyncio.to_thread(going.spool.know, page)
    tally = await asyncio.to_thread(going.spool.tally)
    missing = _incomplete(told, tally)
    if not accept and (why := await _too_much(going, tally, missing)):
        if not going.batch.is_trial:
            return _report(going, Outcome.STOPPED, why, Counts(records=tally.records)), {}
        going.note([Problem(going.feed.name, "(run)", why, "CONFLICT")])
    await _unlearn(going, again)
    await _write(going, tally, everything=again.everything)
    await _owe(going, again)
    removed = 0 if missing else await _end(going)
    await _tidy(going)
    twice = tally.twice + tally.keyless
    counts = going.counts + Counts(gone=0 if missing else tally.gone, removed=removed, refused=twice)
    outcome = Outcome.INCOMPLETE if missing else Outcome.DONE
    clean = not counts.refused and not counts.waiting
    return _report(going, outcome, missing, counts), _learned(going, told, remember=not missing and clean)


async def _unlearn(going: _Going, again: _Again) -> None:
    """Forget what the last run learned, before this one writes: if it is killed, the source may be as it was for the last one.

    Records that are mapped again are then mapped again by the next run too.
    """
    stored = going.stored
    if going.held is None or stored is None or not (stored.validators or going.is_stated_anew or again != _Again()):
        return
    mapped = stored.mapped if again == _Again() else f"{going.mapped.rpartition(' ')[0]} " if again.names else None
    stated = None if going.is_stated_anew else stored.stated
    await going.held.learn({"mapped": mapped, "stated": stated, "validatorNames": [], "validatorValues": []})


async def _again(going: _Going) -> _Again:
    """Find what is mapped again although its records may say what they said."""
    before = going.stored.mapped if going.stored else None
    if before == going.mapped:
        return _Again()
    if before is None or before.rpartition(" ")[0] != going.mapped.rpartition(" ")[0]:
        return _Again(everything=True)
    names = await changed(going.means.writer, going.feed.name, going.means.matcher)
    return _Again(everything=True) if names is None else _Again(names=frozenset(names))


async def _read(going: _Going, again: _Again) -> Told:
    """Read all records into the spool."""
    spool, mapper, count = going.spool, going.feed.mapper, 0
    stored, position = going.stored, spool.note("position")
    if position is None or time.time() - float(spool.note("at") or 0) > OLDEST:
        spool.empty()
        position = None
    is_believed = again == _Again() and not going.is_stated_anew and position is None
    validators = stored.validators if stored and is_believed else {}

    async def take(records: Sequence[Record], position: str | None) -> None:
        nonlocal count
        if not records and position is None:
            # What was read is void, because the source changed meanwhile; all of it comes again.
            await asyncio.to_thread(spool.empty)
            count = 0
            return

        def add() -> None:
            spool.add(((record, mapper.key(record)) for record in records), position)
            spool.set_note("at", str(time.time()))

        await asyncio.to_thread(add)
        count += len(records)
        going.progress("Reading", count, None)

    told = await going.source.read(Known(validators, position), take)
    spool.set_note("position", None)
    if position is not None and not told.incomplete:
        # What came or went before that position meanwhile was not seen.
        return replace(told, incomplete="the reading was interrupted and went on; the next run sees what is gone")
    return told


def _incomplete(told: Told, tally: Tally) -> str:
    """Say why what is missing may still be at the source; "" if the reading was complete."""
    if told.incomplete:
        return told.incomplete
    read = tally.records + tally.twice + tally.keyless
    if told.total is not None and told.total != read:
        return f"the source says that it has {told.total:,} records, and {read:,} were read"
    if tally.keyless:
        return f"{tally.keyless:,} records have no key, so that nobody knows which ones are missing"
    return ""


async def _too_much(going: _Going, tally: Tally, missing: str) -> str:
    """Say why a run stops before it writes: too many records would go, or be called otherwise."""
    if not missing and tally.gone * SHARE > tally.held:
        new = f", and {tally.new:,} are new" if tally.new else ""
        return f"{tally.gone:,} of {tally.held:,} records are gone at the source{new}. {IF_RIGHT}"
    if tally.changed * SHARE <= tally.held:
        return ""
    renamed = 0
    for records in going.spool.changed():
        renamed += await going.batch.renamed(records)
    if renamed * SHARE <= tally.held:
        return ""
    return f"{renamed:,} of {tally.held:,} records have another name or title. {IF_RIGHT}"


async def _write(going: _Going, tally: Tally, *, everything: bool) -> None:
    """Write what is new or changed, or all, in batches."""
    total, done = going.spool.count_work(everything=everything), 0
    if (total or (tally.records and going.is_stated_anew)) and not going.batch.is_trial:
        await going.batch.put_source()
    for records in going.spool.work(everything=everything):
        for made in await _written(going, records):
            done += made.counts.records
            going.counts += made.counts
            going.note(made.problems)
            going.progress("Comparing" if going.batch.is_trial else "Writing", done, total)
    going.counts += Counts(records=tally.records - done, same=tally.records - done)


async def _owe(going: _Going, again: _Again) -> None:
    """Note the records that were to be mapped again and were not read, so that a later run does it.

    If there are none, no record has the former meanings of the names any more, and they are forgotten.
    """
    lock, owed = going.held, False
    if lock is None or again == _Again():
        return
    for page in going.spool.unread():
        ids = [row.id for row in page if again.everything or row.bad]

        async def work(unit: Unit, ids: list[str] = ids) -> None:
            await lock.hold(unit)
            await unit.run(cypher.MARK_BAD, ids=ids)

        if ids:
            owed = True
            await going.means.writer.unit(work)
    if again.names and not owed:
        await going.means.writer.read(cypher.FORGET_NAMES, ids=sorted(again.names))


async def _written(going: _Going, records: Sequence[Spooled]) -> list[Done]:
    """Write records in one transaction, or in several if their facts are too many for one."""
    if not going.batch.is_trial:
        going.means.room(len(records))
    try:
        return [await going.batch.write(records)]
    except UnitTooLarge as error:
        if len(records) == 1:
            raise SourceFailed(f"{records[0].record.where} has more facts than one transaction takes.") from error
        half = len(records) // 2
        return [*await _written(going, records[:half]), *await _written(going, records[half:])]


async def _end(going: _Going) -> int:
    """Note which records are gone, and delete the facts of those that are gone for longer than the grace."""
    if going.batch.is_trial:
        return 0
    now = going.means.clock()
    for page in going.spool.missing():
        new = [row.id for row in page if row.gone is None]
        if new:
            await going.batch.graves.mark(new, now)
    return await _bury(going)


async def _bury(going: _Going) -> int:
    """Delete the facts of records that are gone for longer than the grace; return how many."""
    removed = 0
    if going.held is not None:
        async for buried in going.batch.graves.bury(going.means.clock() - going.feed.grace):
            removed += buried.removed
            going.names.dropped = True
            going.note(buried.stay)
            going.progress("Taking away", removed, None)
    return removed


async def _tidy(going: _Going) -> None:
    """Delete the names that no record has any more. Only if a record lost one: it looks at all records."""
    if going.held is not None and going.names.dropped:
        await forget_unused(going.held)


def _learned(going: _Going, told: Told, *, remember: bool) -> dict[str, Any]:
    """Return what the next run needs to know. Validators are kept only if there is nothing to try again."""
    validators = dict(told.validators) if remember else {}
    return {
        "mapped": going.mapped,
        "stated": going.feed.stated,
        "validatorNames": list(validators),
        "validatorValues": list(validators.values()),
        "licence": told.licence,
    }


def _report(going: _Going, outcome: Outcome, why: str = "", counts: Counts | None = None) -> Report:
    problems = [*going.spool.problems(MOST_SHOWN), *going.problems]
    more = going.spool.count_problems() + len(going.problems) - len(problems[:MOST_SHOWN])
    return Report(going.feed.name, outcome, why, counts or going.counts, tuple(problems[:MOST_SHOWN]), max(0, more))

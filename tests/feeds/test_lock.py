"""One run at a time: the lock of a feed, its end, and a run that lost it and writes nothing more."""

import asyncio

import pytest

from graph.bolt.write import Unit
from graph.cypher import feeds as cypher
from graph.cypher.fragments import Fragment
from graph.load import held
from graph.load.held import FeedBusy
from tests.feeds.trips import NAME, Stage, trip, wanted

TEN = [trip(no) for no in range(1, 11)]
STEAL = Fragment("MATCH (f:_Feed {name: $q.name}) SET f.lock = 'other', f.lockUntil = timestamp() + $q.left")


def test_of_two_runs_one_is_told_to_wait(stage: Stage) -> None:
    stage.table.rows = list(TEN)

    async def both() -> list[object]:
        return list(await asyncio.gather(stage.running(), stage.running(), return_exceptions=True))

    done = stage.writer.runner.run(both())
    assert sorted(type(each).__name__ for each in done) == ["FeedBusy", "Report"]
    assert stage.facts() == wanted(TEN)


def test_the_lock_of_a_killed_run_expires(stage: Stage) -> None:
    stage.table.rows = list(TEN)
    stage.writer.read(STEAL, name=NAME, left=60_000)
    with pytest.raises(FeedBusy, match="its lock ends within a minute"):
        stage.run()
    stage.writer.read(STEAL, name=NAME, left=-1)
    assert stage.run().counts.new == 10


def test_a_run_that_lost_its_lock_writes_nothing_more(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.load.spool.AT_ONCE", 2)
    stage.table.rows = list(TEN)
    stolen = list[int]()

    def progress(stage: str, done: int, of: int | None) -> None:
        if stage == "Writing" and not stolen:
            stolen.append(done)
            raise _Stolen

    with pytest.raises(_Stolen):
        stage.run(progress=progress)
    assert len(stage.facts()) == 2

    async def slept_too_long() -> None:
        async with held.held(stage.writer.writer, NAME) as lock:
            await stage.writer.writer.read(STEAL, name=NAME, left=60_000)
            await stage.writer.writer.unit(lock.hold)

    with pytest.raises(FeedBusy, match="Another run has taken feed"):
        stage.writer.runner.run(slept_too_long())
    stage.writer.read(STEAL, name=NAME, left=-1)
    stage.run()
    assert stage.facts() == wanted(TEN)


def test_a_lock_that_is_taken_while_it_is_renewed_is_lost(stage: Stage) -> None:
    """Who renews waits for the transaction that takes the lock, and must then see what it did."""

    async def taken_meanwhile() -> None:
        async with held.held(stage.writer.writer, NAME) as lock:

            async def take(unit: Unit) -> "asyncio.Task[None]":
                await unit.run(STEAL, name=NAME, left=60_000)
                renewing = asyncio.create_task(stage.writer.writer.unit(lock.hold))
                await asyncio.sleep(0.5)
                return renewing

            await (await stage.writer.writer.unit(take))

    with pytest.raises(FeedBusy, match="Another run has taken feed"):
        stage.writer.runner.run(taken_meanwhile())


def test_a_renewal_that_comes_after_the_end_locks_nothing(stage: Stage) -> None:
    async def released_meanwhile() -> None:
        async with held.held(stage.writer.writer, NAME) as lock:

            async def release(unit: Unit) -> "asyncio.Task[None]":
                await unit.run(cypher.RELEASE, name=NAME, me=lock.me)
                renewing = asyncio.create_task(stage.writer.writer.unit(lock.hold))
                await asyncio.sleep(0.5)
                return renewing

            await (await stage.writer.writer.unit(release))

    with pytest.raises(FeedBusy):
        stage.writer.runner.run(released_meanwhile())
    stage.table.rows = list(TEN)
    assert stage.run().counts.new == 10


class _Stolen(Exception):
    """The run ends here."""

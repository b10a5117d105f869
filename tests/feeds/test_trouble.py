"""Runs in trouble: too large a transaction, a disk without room, a file that is gone. What is lost is done by the next run."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from graph.bolt.write import UnitTooLarge
from graph.load.batch import Batch, Done
from graph.load.feed import Outcome
from graph.load.feeding import run_feed
from graph.load.files import UnreadableFile
from graph.load.formats import open_file
from graph.load.held import runs
from graph.load.records import SourceFailed
from graph.load.spool import Spooled
from tests.feeds.trips import NAME, Stage, quiet, trip, wanted

TEN = [trip(no) for no in range(1, 11)]


class NoRoom(Exception):
    """The disk is full."""


def test_a_batch_that_is_too_large_is_written_in_parts(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes, write = list[int](), Batch.write

    async def at_most_three(batch: Batch, records: Sequence[Spooled]) -> Done:
        sizes.append(len(records))
        if len(records) > 3:
            raise UnitTooLarge
        return await write(batch, records)

    monkeypatch.setattr(Batch, "write", at_most_three)
    stage.table.rows = list(TEN)
    assert stage.run().counts.new == 10
    assert stage.facts() == wanted(TEN)
    assert sizes == [10, 5, 2, 3, 5, 2, 3]


def test_a_record_that_is_too_large_by_itself_is_named(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    async def never(batch: Batch, records: Sequence[Spooled]) -> Done:
        raise UnitTooLarge

    monkeypatch.setattr(Batch, "write", never)
    stage.table.rows = list(TEN)
    with pytest.raises(SourceFailed, match="trips:1 has more facts"):
        stage.run()


def test_a_disk_without_room_ends_the_run_and_the_next_one_goes_on(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.load.spool.AT_ONCE", 4)
    stage.table.rows, asked = list(TEN), list[int]()

    def room(count: int) -> None:
        asked.append(count)
        if len(asked) == 2:
            raise NoRoom

    means = replace(stage.means, room=room)
    running = run_feed(stage.feed, stage.table, means, stage.spools, accept=False, progress=quiet)
    with pytest.raises(NoRoom):
        stage.writer.runner.run(running)
    assert len(stage.facts()) == 4
    stage.run()
    assert stage.facts() == wanted(TEN)
    assert asked == [4, 4]


def test_a_spool_that_cannot_be_written_is_told(stage: Stage, tmp_path: Path) -> None:
    stage.spools = tmp_path / "file"
    stage.spools.write_text("no folder")
    with pytest.raises(SourceFailed, match="cannot be kept in"):
        stage.run()


def test_a_damaged_spool_is_thrown_away(stage: Stage) -> None:
    (stage.spools / f"{NAME}.sqlite").write_bytes(b"SQLite format 3\0" + b"damaged" * 1_000)
    stage.table.rows = list(TEN)
    with pytest.raises(SourceFailed):
        stage.run()
    assert stage.run().counts.new == 10


def test_a_file_that_is_gone_is_a_failed_run(stage: Stage, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("no\n1\n")
    source = open_file(path)
    path.unlink()
    running = run_feed(stage.feed, source, stage.means, stage.spools, accept=False, progress=quiet)
    with pytest.raises(UnreadableFile):
        stage.writer.runner.run(running)
    (run,) = stage.writer.runner.run(runs(stage.writer.writer, NAME))
    assert (run.outcome, "cannot be read" in run.why) == (Outcome.FAILED, True)

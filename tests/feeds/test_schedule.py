"""Schedules: a feed that is due is run by one server, in a process of its own, which ends with the server."""

import asyncio
import sys
import time
from pathlib import Path

import pytest

from app.feeds.schedule import Schedule
from graph.cypher import feeds as cypher
from graph.cypher.fragments import Fragment
from tests.feeds.trips import CONFIG, Stage

HOUR = 3_600_000
PATIENCE = 30
MOVE = Fragment("MATCH (f:_Feed {name: $q.name}) SET f.next = timestamp() + $q.after")


def noting(folder: Path) -> tuple[str, ...]:
    """Return a command that notes the name of the feed that it is called with."""
    return (sys.executable, "-c", f"import sys; open({str(folder / 'ran')!r}, 'a').write(sys.argv[1] + '\\n')")


def ran(folder: Path) -> list[str]:
    path = folder / "ran"
    return path.read_text().splitlines() if path.exists() else []


async def served(*schedules: Schedule, seconds: float) -> None:
    tasks = [asyncio.create_task(each.run()) for each in schedules]
    await asyncio.sleep(seconds)
    for task in tasks:
        task.cancel()
    _, late = await asyncio.wait(tasks, timeout=PATIENCE)
    assert not late


def test_a_feed_that_is_due_is_run_once_by_one_of_two_servers(stage: Stage, tmp_path: Path) -> None:
    stage.writer.read(cypher.ADD, **{**CONFIG, "every": HOUR})
    command = noting(tmp_path)
    writer = stage.writer.writer
    stage.writer.runner.run(served(*(Schedule(writer, command, 0.1) for _ in range(2)), seconds=1.5))
    assert ran(tmp_path) == [stage.feed.name]


def test_a_feed_without_a_schedule_or_before_its_time_is_not_run(stage: Stage, tmp_path: Path) -> None:
    schedule = Schedule(stage.writer.writer, noting(tmp_path), 0.1)
    stage.writer.runner.run(served(schedule, seconds=0.5))
    stage.writer.read(cypher.ADD, **{**CONFIG, "every": HOUR})
    stage.writer.read(MOVE, name=stage.feed.name, after=HOUR)
    stage.writer.runner.run(served(schedule, seconds=0.5))
    assert ran(tmp_path) == []


def test_a_run_decides_when_the_next_is_due(stage: Stage, tmp_path: Path) -> None:
    stage.writer.read(cypher.ADD, **{**CONFIG, "every": HOUR})
    stage.run()
    schedule = Schedule(stage.writer.writer, noting(tmp_path), 0.1)
    stage.writer.runner.run(served(schedule, seconds=0.5))
    assert ran(tmp_path) == []


def test_a_run_ends_with_its_server(stage: Stage, tmp_path: Path) -> None:
    stage.writer.read(cypher.ADD, **{**CONFIG, "every": HOUR})
    waits = f"import time; open({str(tmp_path / 'ran')!r}, 'a').write('begun\\n'); time.sleep(60)"
    schedule = Schedule(stage.writer.writer, (sys.executable, "-c", waits), 0.1)
    begun = time.monotonic()
    stage.writer.runner.run(served(schedule, seconds=1.5))
    assert (ran(tmp_path), time.monotonic() - begun < 30) == (["begun"], True)


def test_a_run_that_tells_much_and_ends_late_is_killed(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it tells is read until its end: a full pipe would keep the server from ending."""
    monkeypatch.setattr("app.feeds.schedule.GRACE", 1.0)
    stage.writer.read(cypher.ADD, **{**CONFIG, "every": HOUR})
    waits = (
        "import signal, sys, time; signal.signal(signal.SIGINT, lambda *_: sys.stderr.write('x' * 5_000_000)); "
        f"open({str(tmp_path / 'ran')!r}, 'a').write('begun\\n')\nwhile True: time.sleep(60)"
    )
    stage.writer.runner.run(served(Schedule(stage.writer.writer, (sys.executable, "-c", waits), 0.1), seconds=1.5))
    assert ran(tmp_path) == ["begun"]


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_the_log_says_why_a_run_stopped(stage: Stage, stream: str, caplog: pytest.LogCaptureFixture) -> None:
    """A run that would take much away prints it, and is not an error of the command."""
    stage.writer.read(cypher.ADD, **{**CONFIG, "every": HOUR})
    says = f"import sys; print('8 of 28 records are gone.', file=sys.{stream}); sys.exit(1)"
    stage.writer.runner.run(served(Schedule(stage.writer.writer, (sys.executable, "-c", says), 0.1), seconds=1.5))
    assert [getattr(each, "error", None) for each in caplog.records] == ["8 of 28 records are gone."]

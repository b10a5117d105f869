"""Starts: how many workers are accepted, workers that cannot start, turns to warm, and the parts of limits."""

import asyncio
import time

import pytest
from typer.testing import CliRunner

from app.cli import cli
from app.http.clients import Client
from app.http.places import Places
from app.http.turns import Queues, statements
from app.start.settings import Settings, SettingsError, read_settings
from tests.workers.stubs import stubs


@pytest.mark.parametrize("given", ["0", "65", "two"])
def test_a_number_of_workers_that_is_not_accepted_is_refused_with_what_is(given: str) -> None:
    told = CliRunner().invoke(cli, ["serve", "--workers", given])
    assert told.exit_code == 2
    assert "--workers" in told.output
    accepted = {"0": "greater than or equal to 1", "65": "less than or equal to 64", "two": "a valid integer"}
    assert accepted[given] in told.output
    with pytest.raises(SettingsError, match=f"CITYGRAPH_WORKERS: .*{accepted[given]}"):
        read_settings(workers=given)


def test_workers_that_end_again_and_again_before_they_are_ready_end_the_server() -> None:
    begun = time.monotonic()
    told = stubs("sys.exit(3)")
    assert time.monotonic() - begun < 20
    assert (
        "WorkersFailed: The server cannot serve: its workers ended 3 times in a row before they were ready"
        in told.stderr
    )
    assert "the last one with exit code 3" in told.stderr
    assert "ready" not in told.stdout


def test_one_worker_that_cannot_start_keeps_the_server_from_being_ready_and_no_other_is_left() -> None:
    told = stubs("if number == 2: sys.exit(3)\nconnected.send(channel.READY)\ntime.sleep(60)")
    assert "WorkersFailed" in told.stderr
    assert told.stdout.split().count("2") == 3
    assert "ready" not in told.stdout


def test_workers_warm_one_after_the_other() -> None:
    told = stubs(
        "connected.send(channel.READY)\n"
        "while connected.recv(1) != channel.WARM:\n"
        "    pass\n"
        "print('warms', number, flush=True)\n"
        "time.sleep(0.2)\n"
        "print('warm', number, flush=True)\n"
        "connected.send(channel.WARMED)\n"
        "if number == 2:\n"
        "    os.kill(os.getppid(), signal.SIGTERM)\n"
        "time.sleep(60)"
    )
    lines = told.stdout.splitlines()
    assert lines[-4:] == ["warms 1", "warm 1", "warms 2", "warm 2"], told.stderr


def test_each_worker_has_its_part_of_what_the_database_is_asked_at_once() -> None:
    one, four = Settings(workers=1), Settings(workers=4, max_slow=3)
    assert (one.part(64), four.part(64), four.part(four.max_slow)) == (64, 16, 1)
    assert statements(one) == 64 + 4 + 4 + 8
    assert statements(four) == 16 + 1 + 1 + 2


async def room(places: Places) -> int:
    """Return how many clients get a place at once."""
    for number in range(1_000):
        try:
            async with asyncio.timeout(0):
                await places.take(Client(f"10.0.{number // 256}.{number % 256}", named=False))
        except TimeoutError:
            return number
    raise AssertionError("there is no bound")


async def rooms(settings: Settings) -> tuple[int, ...]:
    queues = Queues(settings)
    try:
        return tuple([await room(each) for each in (queues.known, queues.slow, queues.together, queues.lookups)])
    finally:
        queues.close()


def test_a_worker_gives_no_more_places_than_its_part() -> None:
    assert asyncio.run(rooms(Settings(max_slow=8))) == (64, 8, 64, 8)
    assert asyncio.run(rooms(Settings(max_slow=8, workers=4))) == (16, 2, 16, 2)

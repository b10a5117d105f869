"""Workers that hang or may open no file, and feeds with several workers: what the first process does about them."""

import json
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import psutil
import pytest

from graph.bolt.connect import Address
from graph.cypher import feeds
from tests.feeds.test_schedule import HOUR, MOVE, noting, ran
from tests.feeds.trips import CONFIG, Stage
from tests.kit.writer import BlockingWriter
from tests.workers.conftest import COUNT
from tests.workers.running import PATIENCE, Served, ask, ready, serving, until
from tests.workers.stubs import stubs

QUICK = "from app.start import seen; seen.BEAT, seen.READY_SECONDS = 0.05, 1.0"
ANSWERS = """connected.send(channel.READY)
while told := connected.recv(64):
    connected.send(channel.BEAT * told.count(channel.BEAT))
"""
"""What a worker does that answers each beat."""
TELLS = "    if replaces: print('replaced', number, flush=True); os.kill(os.getppid(), signal.SIGTERM)\n"


def test_a_worker_that_hangs_is_killed_and_replaced_and_the_other_goes_on() -> None:
    hangs = "if number == 1 and not replaces:\n    connected.send(channel.READY)\n    time.sleep(60)\n"
    told = stubs(hangs + TELLS.strip() + "\n" + ANSWERS, QUICK)
    assert "a worker hangs and is killed" in told.stderr
    assert "a worker ended and is replaced" in told.stderr
    assert [line for line in told.stdout.splitlines() if "True" in line or "replaced" in line] == [
        "started 1 True",
        "replaced 1",
    ]


def test_a_worker_that_answers_late_is_left_alone() -> None:
    """It owes up to three of five answers."""
    late = """connected.send(channel.READY)
for _ in range(8):
    time.sleep(0.15)
    connected.send(channel.BEAT * connected.recv(64).count(channel.BEAT))
os.kill(os.getppid(), signal.SIGTERM)
time.sleep(60)"""
    told = stubs(late, QUICK)
    assert "hangs" not in told.stderr
    assert "True" not in told.stdout


def test_a_worker_that_is_never_ready_is_killed_and_the_server_says_so_in_the_end() -> None:
    told = stubs(f"if number == 1: time.sleep(60)\n{ANSWERS}", QUICK)
    assert told.stderr.count("a worker hangs and is killed") >= 3
    assert "WorkersFailed" in told.stderr
    assert "the last one by signal 9" in told.stderr


def test_a_worker_that_leaves_and_does_not_end_is_killed() -> None:
    leaves = (
        "if number == 1 and not replaces:\n    connected.send(channel.READY + channel.LEAVING)\n    time.sleep(60)\n"
    )
    told = stubs(leaves + TELLS.strip() + "\n" + ANSWERS, QUICK, patience=0.2)
    assert "a worker hangs and is killed" in told.stderr
    assert "replaced 1" in told.stdout


@pytest.fixture(scope="module")
def noted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("noted")


@pytest.fixture(scope="module")
def beaten(
    seeded: BlockingWriter, address: Address, tmp_path_factory: pytest.TempPathFactory, noted: Path
) -> Iterator[Served]:
    """A server whose workers must answer within about eight seconds, and that notes the feeds that it would run."""
    first = (
        "from app.start import seen; import app.feeds.schedule as feeds; seen.BEAT = 1.5; "
        f"feeds.Schedule.__init__.__defaults__ = ({noting(noted)!r}, 0.2)"
    )
    folder = tmp_path_factory.mktemp("beaten")
    with serving(address, folder, "--workers", str(COUNT), before=first) as made:
        until(lambda: ready(made), "the server serves", 2 * PATIENCE)
        yield made


def test_a_feed_that_is_due_is_run_once_by_all_workers_also_after_one_was_replaced(
    beaten: Served, stage: Stage, noted: Path
) -> None:
    stage.writer.read(feeds.ADD, **{**CONFIG, "every": HOUR})
    until(lambda: ran(noted), "it is run", 20)
    psutil.Process(beaten.workers[0]).kill()
    until(lambda: len(beaten.workers) == COUNT and ready(beaten), "the worker is replaced", 20)
    time.sleep(1)
    assert ran(noted) == [stage.feed.name]
    stage.writer.read(MOVE, name=stage.feed.name, after=-1)
    until(lambda: len(ran(noted)) > 1, "it is run again", 20)
    time.sleep(1)
    assert ran(noted) == [stage.feed.name] * 2


def test_a_stopped_worker_is_replaced_its_connections_end_and_others_are_answered(beaten: Served) -> None:
    stopped, other = beaten.workers
    with beaten.connected(stopped) as lost, beaten.connected(other) as kept:
        lost.request("GET", "/healthz")
        lost.getresponse().read()
        psutil.Process(stopped).send_signal(signal.SIGSTOP)
        end = time.monotonic() + 40
        while stopped in beaten.workers:
            assert ask(kept, "{ __typename }") == {"data": {"__typename": "Query"}}
            assert time.monotonic() < end, "the stopped worker was not killed"
            time.sleep(0.1)
        lost.sock.settimeout(5)
        assert ended(lost.sock)
        until(lambda: len(beaten.workers) == COUNT and stopped not in beaten.workers, "it is replaced", 20)
        assert ask(kept, "{ __typename }") == {"data": {"__typename": "Query"}}
    new = next(pid for pid in beaten.workers if pid != other)
    assert beaten.ask(new, "{ __typename }") == {"data": {"__typename": "Query"}}
    killed = [json.loads(line) for line in beaten.log.splitlines() if "hangs" in line]
    assert [each["why"] for each in killed] == ["it did not answer for 8 seconds"]


def ended(connection: socket.socket) -> bool:
    try:
        return connection.recv(1) == b""
    except ConnectionResetError:
        return True


def test_connections_that_a_worker_may_not_open_are_not_counted_for_ever(beaten: Served) -> None:
    """Otherwise it would get fewer than the other ever after."""
    full = psutil.Process(beaten.workers[0])
    before = full.rlimit(psutil.RLIMIT_NOFILE)
    full.rlimit(psutil.RLIMIT_NOFILE, (full.num_fds(), before[1]))
    for _ in range(24):
        with closing(beaten.connection()) as made:
            made.connect()
    until(lambda: [beaten.connections(pid) for pid in beaten.workers] == [[], []], "all have ended")
    full.rlimit(psutil.RLIMIT_NOFILE, before)
    time.sleep(0.3)
    with ExitStack() as stack:
        for each in [stack.enter_context(closing(beaten.connection())) for _ in range(12)]:
            each.connect()
        shared = [6] * COUNT
        until(lambda: [len(beaten.connections(pid)) for pid in beaten.workers] == shared, "they are shared", 4)

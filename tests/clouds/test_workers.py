"""The processes that measure: they end when they take too long or nobody waits, and see what was written."""

import asyncio
import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from app.http.api import Service
from graph.bolt.connect import Address
from graph.cypher.fragments import Fragment
from graph.facts.write import Stamp
from graph.measures.worker import Done, Process
from graph.measures.workers import Workers
from tests.clouds.conftest import FORGET, FORGET_FILE, LATER, Ask
from tests.clouds.rosters import person, roster, rows, write
from tests.conftest import SECRET
from tests.http.conftest import TOKEN
from tests.http.running import Running, started
from tests.kit.writer import BlockingWriter

HEAVY = """signature { shape } communities { modularity } mixing { pValue } smallWorld
  breakers(count: 5, byDistance: true) { value }"""
LONG = '{ cloud(roster: "%s") { %s } }' % (
    roster("law_advice"),
    " ".join(f'w{at}: whatIf(without: ["{person("law_advice", str(at))}"]) {{ {HEAVY} }}' for at in range(1, 10)),
)
SHORT = f'{{ cloud(roster: "{roster("law_friends")}") {{ whatIf(without: ["person/x"]) {{ {HEAVY} }} }} }}'


def measuring() -> list[psutil.Process]:
    """The processes that measure for this test process."""
    return [each for each in psutil.Process().children(recursive=True) if "graph.measures.worker" in _command(each)]


def _command(process: psutil.Process) -> list[str]:
    """The words of a process; none of one that has ended meanwhile."""
    try:
        return list(process.cmdline())
    except psutil.NoSuchProcess:
        return []


def density(server: Running) -> float:
    asked = f'{{ cloud(roster: "{roster("kite")}", direction: UNION) {{ density }} }}'
    answer = server.ask(asked, headers={"authorization": f"Bearer {TOKEN}"}).json()
    return float(answer["data"]["cloud"]["density"])


@dataclass(frozen=True)
class Echo:
    """A job that returns the id of its process."""

    seconds: float = 20.0

    async def done(self, process: Process) -> Done:
        return Done(str(os.getpid()).encode())


def test_a_process_whose_end_is_not_yet_told_is_replaced(address: Address) -> None:
    async def killed() -> tuple[bytes, bytes]:
        workers = Workers(address, 20.0)
        try:
            first = (await workers.do(Echo(), ignore)).data
            assert first == (await workers.do(Echo(), ignore)).data
            os.kill(int(first), signal.SIGKILL)
            with suppress(ChildProcessError):  # A thread of asyncio may have waited for it first.
                os.waitid(os.P_PID, int(first), os.WEXITED | os.WNOWAIT)  # noqa: ASYNC222  # that is what is tested
            # The event loop had no turn since, so nobody has told it of the end.
            return first, (await workers.do(Echo(), ignore)).data
        finally:
            await workers.close()

    first, second = asyncio.run(killed())
    assert first != second


def ignore(_: str) -> None:
    """Nobody asks which measures begin."""


def test_a_process_that_was_killed_is_replaced(server: Running) -> None:
    before = density(server)
    for process in measuring():
        os.kill(process.pid, signal.SIGKILL)
    # The server is the parent in this process: it, and not the test, learns of the end.
    server.until(lambda: not measuring(), "the processes end")
    assert density(server) == before
    assert measuring()


def test_a_process_leaves_ctrl_c_to_the_server(server: Running) -> None:
    """A terminal sends it to all processes of a command, and one that measured wrote its stack there."""
    before = density(server)
    (process,) = measuring()
    process.send_signal(signal.SIGINT)
    assert density(server) == before
    assert measuring() == [process]


def test_measures_that_take_too_long_time_out(all_seeing: Callable[..., Service]) -> None:
    with started(all_seeing(measure_seconds=1)) as server:
        density(server)
        begun = time.monotonic()
        answer = server.ask(LONG, headers={"authorization": f"Bearer {TOKEN}"})
        assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (504, "TIMEOUT")
        assert time.monotonic() - begun < 10
        density(server)
    assert not [each for each in measuring() if each.ppid() == os.getpid() and each.status() == "zombie"]


def test_a_client_that_leaves_ends_the_measuring(server: Running) -> None:
    density(server)
    (before,) = measuring()
    body = json.dumps({"query": LONG}).encode()
    head = f"POST /graphql HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {TOKEN}\r\ncontent-type: application/json\r\n"
    with server.socket() as client:
        client.sendall(f"{head}content-length: {len(body)}\r\n\r\n".encode() + body)
        server.until(lambda: server.under_way == 1, "it is asked")
        time.sleep(1.0)
    server.until(lambda: server.under_way == 0, "it is given up")
    server.until(lambda: not before.is_running() or before.status() == "zombie", "the process ends")
    assert density(server) > 0


def test_questions_are_answered_meanwhile(server: Running) -> None:
    async def both() -> tuple[float, float]:
        loop = asyncio.get_running_loop()
        headers = {"authorization": f"Bearer {TOKEN}"}
        measured = loop.run_in_executor(None, lambda: server.ask(SHORT, headers=headers))
        await asyncio.sleep(0.3)
        slowest = 0.0
        while not measured.done() or not slowest:
            begun = time.monotonic()
            await loop.run_in_executor(None, lambda: server.ask("{ cities(first: 1) { totalCount } }"))
            slowest = max(slowest, time.monotonic() - begun)
        (await measured).raise_for_status()
        return slowest, begun

    slowest, _ = asyncio.run(both())
    assert slowest < 1


CLOSE = Fragment(
    "MATCH (a:Fact {id: $q.a})-[t:TRUSTS]->(b:Fact {id: $q.b}) SET t.level = $q.level, t.audience = $q.audience "
    "RETURN t.level AS level"
)


@pytest.fixture
def hidden_tie(published: BlockingWriter, tmp_path: Path) -> Iterator[Callable[[int], None]]:
    """Set the level of a tie of the kite, and write another fact, which is logged as every write is."""
    audiences = {4: "s0", 7: "nobody"}
    ends = {"a": person("kite", "001"), "b": person("kite", "002")}
    paths = list[Path]()

    def set_level(level: int) -> None:
        published.read(CLOSE, **ends, level=level, audience=audiences[level])
        paths.append(write(tmp_path / str(len(paths)), rows("kite", called=f"outdates{len(paths)}")))
        (report,) = published.load(paths[-1:], Stamp(SECRET, LATER.replace(month=6)))
        assert not report.diff.problems

    yield set_level
    published.read(FORGET, at=LATER.replace(month=6))
    for path in paths:
        published.read(FORGET_FILE, file=path.name)


def test_a_write_outdates_what_was_measured(ask: Ask, hidden_tie: Callable[[int], None]) -> None:
    asked = f'{{ cloud(roster: "{roster("kite")}", direction: UNION) {{ on {{ ties }} }} }}'
    assert ask(asked, token=None)["data"]["cloud"]["on"]["ties"] == 18
    hidden_tie(7)
    assert ask(asked, token=None)["data"]["cloud"]["on"]["ties"] == 17
    hidden_tie(4)
    assert ask(asked, token=None)["data"]["cloud"]["on"]["ties"] == 18

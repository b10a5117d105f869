"""Turns at a real server: who waits for whom, what is refused, and that documents are read off the event loop."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import Any

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from app.http.clients import Client
from app.http.turns import ClientTurns, Queues
from app.start.settings import Settings
from graph.measures.worker import Done
from graph.question import engine as engine_module
from graph.question.turns import RUNS, Pace
from tests.http.conftest import TOKEN
from tests.http.conftest import Client as Asking
from tests.http.running import Running
from tests.http.test_sockets import connected
from tests.kit.slow import SLOW

Start = Callable[..., Running]
KNOWN = "query Known { cities(first: 1) { nodes { id name } } }"
PROXY = "127.0.0.1"
SOON = 2.0
"""Seconds within which an answer comes that waits for no slow statement; a slow one takes ten."""
TRIES = 3
"""New statements that are asked while the slow ones wait, if the machine was busy at the moment of the first."""


def from_(server: Running, address: str, query: str, **headers: str) -> httpx.Response:
    """Ask as a client of a trusted proxy does."""
    return server.ask(query, headers={"x-forwarded-for": address, **headers})


@contextmanager
def slow(server: Running, address: str, count: int) -> Iterator[list["Future[httpx.Response]"]]:
    """Have slow questions of a client under way, or waiting, and wait until as many run as may."""
    places = server.server.answering.queues.slow
    with ThreadPoolExecutor(count) as pool:
        asked = [pool.submit(from_, server, address, f"{SLOW} # {address} {n}") for n in range(count)]
        server.until(lambda: places.taken > 0 and server.under_way >= count, "slow questions are under way")
        yield asked


@pytest.fixture
def server(running: Start, client: Asking) -> Running:
    """A server with four places for slow statements, one of them for each client, where statements end after a second.

    Another server has asked before, because to plan a statement for the first time can take as long.
    """
    assert client.ask(KNOWN).status_code == 200
    return running(max_slow=4, trusted_proxies=PROXY, statement_seconds=1.5)


def test_a_known_statement_waits_for_no_slow_one_of_its_own_client(server: Running) -> None:
    for _ in range(RUNS):
        assert from_(server, "192.0.2.1", KNOWN).status_code == 200
    with slow(server, "192.0.2.1", 6) as asked:
        begun = time.monotonic()
        for _ in range(5):
            assert from_(server, "192.0.2.1", KNOWN).status_code == 200
        assert time.monotonic() - begun < SOON
        assert not all(each.done() for each in asked)


def test_a_new_statement_of_another_client_waits_for_no_client_over_its_share(server: Running) -> None:
    with slow(server, "192.0.2.1", 6) as asked:
        took: list[float] = []
        while not took or (took[-1] >= SOON and len(took) < TRIES):
            begun = time.monotonic()
            assert from_(server, "192.0.2.2", f"{KNOWN} # new {len(took)}").status_code == 200
            took.append(time.monotonic() - begun)
            assert not all(each.done() for each in asked), took
        assert took[-1] < SOON
        server.until(lambda: server.server.answering.queues.slow.taken <= 1, "the client has its share only")
        assert not all(each.done() for each in asked)
        assert httpx.get(f"http://127.0.0.1:{server.port}/readyz", timeout=SOON).status_code == 200


def test_who_has_networks_measured_takes_no_place_of_statements_and_others_go_before(
    running: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A network may be measured for half a minute, so it would keep new statements waiting for longer than they may wait."""

    async def measured(*_: object) -> Done:
        await asyncio.sleep(0.6)
        return Done(b"<svg/>")

    monkeypatch.setattr("graph.measures.workers.Workers.do", measured)
    server = running(trusted_proxies=PROXY)

    def drawn(address: str, number: int) -> int:
        url = f"http://127.0.0.1:{server.port}/figures/exchange.svg?seed={number}"
        return httpx.get(url, headers={"x-forwarded-for": address}, timeout=30).status_code

    queues = server.server.answering.queues
    with ThreadPoolExecutor(12) as pool:
        asked = [pool.submit(drawn, "192.0.2.1", number) for number in range(12)]
        server.until(lambda: sum(each.done() for each in asked) > 2, "some are measured")
        assert (queues.measuring.taken, queues.slow.taken) == (1, 0)
        assert from_(server, "192.0.2.2", "query New { cities(first: 2) { nodes { name } } }").status_code == 200
        before = sum(each.done() for each in asked)
        assert drawn("192.0.2.2", 0) == 200
        assert sum(each.done() for each in asked) <= before + 2
        assert {each.result() for each in asked} == {200}


def test_only_who_asks_too_much_is_refused(server: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.http.places.WAITING", 2)
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(from_, server, "192.0.2.1", f"{SLOW} # {n}") for n in range(8)]
        server.until(lambda: server.server.answering.queues.slow.taken == 1, "a slow question is under way")
        assert from_(server, "192.0.2.2", KNOWN).status_code == 200
        refused = [each.result() for each in asked if each.result().status_code == 503]
    assert 1 <= len(refused) <= 5
    for response in refused:
        assert response.headers["retry-after"]
        assert response.json()["errors"][0]["extensions"]["code"] == "UNAVAILABLE"


def test_readiness_tells_overload(server: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.http.places.OVERLOAD_SECONDS", 0.1)
    with ThreadPoolExecutor(12) as pool:
        asked = [pool.submit(from_, server, f"192.0.2.{n}", f"{SLOW} # {n}") for n in range(12)]
        server.until(lambda: server.server.answering.queues.is_overloaded, "somebody waits")
        told = []
        while not all(each.done() for each in asked) and {"status": "overloaded"} not in told:
            told.append(httpx.get(f"http://127.0.0.1:{server.port}/readyz", timeout=10).json())
        assert {"status": "overloaded"} in told
        for each in asked:
            each.result()
    assert httpx.get(f"http://127.0.0.1:{server.port}/readyz", timeout=10).status_code == 200


def test_the_steward_goes_before_everybody_and_trusted_documents_before_him(server: Running) -> None:
    queues = server.server.answering.queues
    trusted = server.server.answering.trusted.documents[0].text

    def ask(name: str, query: str, **headers: str) -> None:
        assert from_(server, f"192.0.2.{len(name)}", query, **headers).status_code in (200, 400)

    release = threading.Event()
    queues.reader.submit(release.wait, 20)
    with ThreadPoolExecutor(4) as pool:
        pool.submit(ask, "first", "query A { cities { totalCount } }")
        server.until(lambda: queues.reading.taken == 1, "the first is being read")
        pool.submit(ask, "anyone", "query B { cities { totalCount } }")
        server.until(lambda: queues.reading._waiting.total() == 1, "the second waits")
        pool.submit(ask, "steward", "query C { cities { totalCount } }", authorization=f"Bearer {TOKEN}")
        server.until(lambda: queues.reading._waiting.total() == 2, "the third waits")
        pool.submit(ask, "trusted!", trusted)
        server.until(lambda: queues.reading._waiting.total() == 3, "the fourth waits")
        lines = [list(line) for line in queues.reading._lines]
        release.set()
    assert [[client.key for client in line] for line in lines] == [["192.0.2.8"], ["steward"], ["192.0.2.6"]]


def test_documents_are_read_in_a_thread_of_their_own(running: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    server = running()
    threads: list[str] = []
    read = engine_module.__dict__["read"]

    def noted(*given: Any) -> Any:
        threads.append(threading.current_thread().name)
        return read(*given)

    monkeypatch.setattr(engine_module, "read", noted)
    assert server.ask(KNOWN).status_code == 200
    assert server.ask("{ nothing }").status_code == 400
    assert server.ask("{ __schema { queryType { name } } }").status_code == 200
    assert len(threads) == 3
    assert all(name.startswith("read") for name in threads)
    server.ask(KNOWN)
    assert len(threads) == 3


def test_who_goes_away_leaves_no_work_behind_that_others_wait_for(running: Start) -> None:
    """Twenty clients send a document and go; the place of the one that is being read is held until its end."""
    server = running()
    queues = server.server.answering.queues
    release = threading.Event()
    queues.reader.submit(release.wait, 20)
    with httpx.Client() as client:
        for number in range(20):
            with pytest.raises(httpx.TimeoutException):
                client.post(
                    f"http://127.0.0.1:{server.port}/graphql", json={"query": f"{KNOWN} # {number}"}, timeout=0.1
                )
    server.until(lambda: server.under_way == 0, "all have gone")
    assert queues.reader._work_queue.qsize() <= 1
    release.set()
    assert server.ask(KNOWN).status_code == 200


def test_connections_have_a_share_of_an_address(running: Start) -> None:
    server = running(max_sockets=4, client_share=50, trusted_proxies=PROXY)
    one = {"additional_headers": {"x-forwarded-for": "192.0.2.1"}}
    with server.websocket(**one), server.websocket(**one):
        with pytest.raises(InvalidStatus) as refused, server.websocket(**one):
            pass
        assert refused.value.response.status_code == 503
        assert refused.value.response.headers["retry-after"]
        with server.websocket(additional_headers={"x-forwarded-for": "192.0.2.2"}):
            assert len(server.server.answering.queues.connections) == 3


def code(socket: Any) -> int | None:
    """Return the code with which a connection is closed."""
    with pytest.raises(ConnectionClosed) as closed:
        socket.recv(timeout=10)
    return closed.value.rcvd.code if closed.value.rcvd else None


@pytest.mark.parametrize("limit", ["IDLE_SECONDS", "MOST_SECONDS"])
def test_idle_and_old_connections_are_closed(running: Start, monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    monkeypatch.setattr(f"app.http.connected.{limit}", 0.3)
    monkeypatch.setattr("app.http.sockets.LOOK_SECONDS", 0.05)
    server = running()
    with connected(server) as socket:
        assert code(socket) == 1001
    server.until(lambda: len(server.server.answering.queues.connections) == 0, "the place is free")


def test_a_connection_in_use_is_not_idle(running: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.http.connected.IDLE_SECONDS", 0.5)
    monkeypatch.setattr("app.http.sockets.LOOK_SECONDS", 0.05)
    with connected(running(statement_seconds=1.5)) as socket:
        socket.send(f'{{"type": "subscribe", "id": "1", "payload": {{"query": "{SLOW}"}}}}')
        assert "TIMEOUT" in str(socket.recv(timeout=10))


def test_the_connection_that_is_idle_longest_gives_way(running: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.http.connected.GIVES_WAY_SECONDS", 0.2)
    monkeypatch.setattr("app.http.sockets.LOOK_SECONDS", 0.05)
    server = running(max_sockets=2, client_share=100)
    with connected(server) as oldest, connected(server) as second:
        time.sleep(0.3)
        with connected(server) as third:
            assert code(oldest) == 1001
            for socket in (second, third):
                socket.send('{"type": "ping"}')
                assert "pong" in str(socket.recv(timeout=5))


def paced(*seconds: float) -> Pace:
    """Return the pace of a statement whose runs took so long."""
    pace = Pace()
    pace._last.extend(seconds)
    return pace


@pytest.mark.parametrize(
    ("runs", "known", "slow"),
    [
        ((), False, False),
        ((0.01,), True, False),
        ((2.0,), True, True),
        ((2.0, 0.01), True, False),
        ((2.0, 0.01, 0.01), True, False),
        ((2.0, 2.0, 0.01), True, True),
        ((0.01, 2.0, 2.0), True, True),
        ((2.0, 2.0, 2.0, 0.01, 0.01), True, False),
    ],
)
def test_one_slow_run_among_three_does_not_count(runs: tuple[float, ...], known: bool, slow: bool) -> None:
    pace = paced(*runs)
    assert (pace.is_known, pace.is_slow) == (known, slow)


def test_a_statement_is_slow_while_a_run_of_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.question.turns.LONG_SECONDS", 0.01)
    pace = paced(0.001, 0.001)
    told = [pace.is_slow]
    with pace.measured():
        told.append(pace.is_slow)
        time.sleep(0.02)
        told.append(pace.is_slow)
    assert [*told, pace.is_slow] == [False, False, True, False]
    assert len(pace._last) == 3


def test_the_time_that_the_database_worked_counts() -> None:
    pace = Pace()
    with pace.measured() as run:
        time.sleep(0.02)
        run.note(0.001)
    with suppress(TimeoutError), pace.measured():
        time.sleep(0.02)
        raise TimeoutError
    noted, failed = pace._last
    assert noted == 0.001
    assert failed > 0.01


def test_few_new_statements_are_planned_at_a_time_and_a_slow_one_holds_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("app.http.turns.PLANNED_SECONDS", 0.2)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    running: list[str] = []

    async def run(turns: ClientTurns, pace: Pace, name: str, seconds: float) -> None:
        async with turns.at_database(pace):
            running.append(name)
            await asyncio.sleep(seconds)

    async def work() -> None:
        queues = Queues(Settings(client_share=25))
        one, other = (queues.turns(Client(name, named=True)) for name in ("one", "other"))
        new = [asyncio.create_task(run(turns, Pace(), "new", 0.15)) for turns in (one, other)]
        await asyncio.sleep(0.01)
        assert running == ["new"]
        # Known statements wait for none of them, whether they are fast or slow.
        await run(one, paced(0.01), "fast", 0)
        await run(queues.turns(Client("third", named=True)), paced(2.0), "slow", 0)
        assert running == ["new", "fast", "slow"]
        await asyncio.gather(*new)
        long = asyncio.create_task(run(one, Pace(), "long", 5))
        await asyncio.sleep(0.01)
        await asyncio.wait_for(run(other, Pace(), "next", 0), 1)
        assert not long.done()
        # A client that has its share of places keeps nobody else from planning while it waits for one.
        more = asyncio.create_task(run(one, Pace(), "more", 0))
        await asyncio.sleep(0.01)
        await asyncio.wait_for(run(other, Pace(), "other", 0), 2)
        assert not more.done()
        long.cancel()
        await asyncio.gather(long, more, return_exceptions=True)
        assert (queues.planning.taken, queues.slow.taken, queues.known.taken) == (0, 0, 0)
        queues.close()

    asyncio.run(work())

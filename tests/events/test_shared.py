"""Many subscribers: who shares a reading with whom, and that nobody waits for another."""

import asyncio
import json
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, ExitStack
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from app.http import connected as module
from app.http.connected import Connected
from graph.access.viewer import Viewer
from graph.errors import Unavailable
from graph.events.cursor import LogCursors
from graph.events.delivery import Delivery
from graph.question.engine import Question
from graph.question.turns import AtOnce, Pace
from graph.subscriptions.run import Subscriptions
from tests.conftest import SECRET, Asker
from tests.events.log import LESSON, Log
from tests.events.subscribed import EVENTS, FACTS, OverSse, events, facts, over_socket, over_sse, state, waits
from tests.http.conftest import TOKEN
from tests.http.running import Running
from tests.http.test_sockets import connected, read, subscribe


@pytest.fixture
def server(running: Callable[..., Running]) -> Running:
    return running(synthetic=False, max_sockets=200)


def counted(server: Running, monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Count how often the log is read and facts are asked for."""
    ours = state(server)
    counts = {"log": 0, "facts": 0}
    delivery, engine = ours.events.delivery, ours.answering.engine
    read, answer = delivery._read, engine.answer

    async def reads(key: object) -> Any:
        counts["log"] += 1
        return await read(key)

    async def answers(*given: Any) -> Any:
        counts["facts"] += 1
        return await answer(*given)

    monkeypatch.setattr(delivery, "_read", reads)
    monkeypatch.setattr(engine, "answer", answers)
    return counts


def test_subscribers_with_the_same_rights_and_selection_share_what_is_read(
    server: Running, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Thirty subscribers over both transports, with texts that differ in blanks, are one; a steward is another."""
    monkeypatch.setattr("app.http.following.BEAT", 60.0)
    counts = counted(server, monkeypatch)
    with ExitStack() as stack:
        alike = [stack.enter_context(over_socket(server, EVENTS + " " * n)) for n in range(15)]
        alike += [stack.enter_context(over_sse(server, EVENTS)) for _ in range(15)]
        steward = stack.enter_context(over_socket(server, EVENTS, TOKEN))
        without = stack.enter_context(over_socket(server, FACTS))
        waits(server, 32)
        before = dict(counts)
        log.put(LESSON)
        sent = [events(each, 1)[0] for each in (*alike, steward)]
        assert facts(without, 1) == ["lesson/log-1"]
        waits(server, 32)
    assert len({event.pop("cursor") for event in sent}) == 31, "each has a cursor of its own"
    assert len({json.dumps(event) for event in sent}) == 1
    assert {name: counts[name] - before[name] for name in counts} == {"log": 2, "facts": 2}


def test_a_subscriber_that_reads_nothing_holds_nobody(server: Running, log: Log) -> None:
    """It asks for the log from its beginning, on two transports, and reads none of it."""
    cursors = state(server).events.cursors
    start = cursors.seal(type(log.start)(0, log.start.mark), None)
    body = json.dumps({"query": EVENTS, "variables": {"after": start}}).encode()
    head = (
        "POST /graphql HTTP/1.1\r\nhost: localhost\r\naccept: text/event-stream\r\n"
        f"content-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
    )
    stuck = server.socket()
    with ExitStack() as stack:
        stack.callback(stuck.close)
        stuck.sendall(head.encode() + body)
        silent = stack.enter_context(connected(server, max_queue=1))
        subscribe(silent, query=EVENTS, variables={"after": start})
        time.sleep(1)
        subscribed = stack.enter_context(over_socket(server))
        server.until(lambda: state(server).events.delivery._readers >= 1, "one waits")
        log.put(LESSON)
        assert facts(subscribed, 1) == ["lesson/log-1"]


def test_questions_go_on_beside_a_subscription_on_one_connection(server: Running, log: Log) -> None:
    with connected(server) as socket:
        subscribe(socket, "s", query=FACTS)
        waits(server)
        subscribe(socket, "q", query='{ city(id: "city/us-wa-seattle") { name } }')
        assert read(socket)["payload"] == {"data": {"city": {"name": "Seattle"}}}
        assert read(socket) == {"id": "q", "type": "complete"}
        log.put(LESSON)
        message = read(socket)
        assert (message["id"], message["payload"]["data"]["events"]["fact"]) == ("s", "lesson/log-1")
        socket.send(json.dumps({"type": "complete", "id": "s"}))
        waits(server, 0)
        subscribe(socket, "s", query="{ __typename }")
        assert read(socket)["payload"] == {"data": {"__typename": "Query"}}


def test_a_quiet_subscription_keeps_its_connection_but_gives_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "IDLE_SECONDS", 0.0)

    async def reasons() -> tuple[str | None, str | None, str | None]:
        quiet, idle = Connected("a", following=1), Connected("b")
        await asyncio.sleep(0.01)
        before = quiet.reason
        quiet.gives_way.set()
        return before, quiet.reason, idle.reason

    assert asyncio.run(reasons()) == (None, "Idle, and others need the connection", "Idle for 0 seconds")


def test_subscriptions_end_with_the_server_and_are_not_completed(server: Running, log: Log) -> None:
    with over_socket(server) as socket, over_sse(server) as stream:
        waits(server, 2)
        server.server.should_exit = True
        assert isinstance(stream, OverSse)
        assert "".join(stream.response.iter_lines()).strip(":") == "", "no `complete`: the client is to come back"
        with pytest.raises(ConnectionClosed, match="1012"):
            socket.next()


class Refused(AbstractAsyncContextManager[object]):
    """A wait for a place that ends without one."""

    async def __aenter__(self) -> object:
        await asyncio.sleep(0.2)
        raise Unavailable("Too many.")

    async def __aexit__(self, *_: object) -> None:
        """Leave nothing."""


class Busy(AtOnce):
    """Turns of a client that has too many questions."""

    def at_database(self, _pace: Pace) -> AbstractAsyncContextManager[object]:
        return Refused()


def test_a_client_without_a_turn_holds_no_other_that_shares_its_reading(ask: Asker, log: Log) -> None:
    """The busy one comes first, so the other waits for what is read in the turns of the busy one."""

    async def both() -> list[Any]:
        delivery = Delivery(log.reader)
        subscriptions = Subscriptions(ask.engine, log.reader, delivery, LogCursors(SECRET), 10_000_000)
        opened = await subscriptions.open(Question(EVENTS), Viewer(), AtOnce())
        readings = (subscriptions.read(opened, Viewer().rights, log.start, turns) for turns in (Busy(), AtOnce()))
        return await asyncio.gather(*readings, return_exceptions=True)

    log.put(LESSON)
    busy, other = log.runner.run(both())
    assert isinstance(busy, Unavailable)
    assert [b'"fact":"lesson/log-1"' in b"".join(event.pieces) for event in other.events] == [True]


def test_a_selection_that_costs_much_gets_fewer_facts_at_once(ask: Asker, log: Log) -> None:
    """Cities with 100 twins each, which have 10 each: 25 x 100 x 10 is over the limit of 20,000, and 5 x 100 x 10 is not."""
    far = "twins(first: 10) { nodes { id } }"
    query = "subscription { events { node { ... on City { twins(first: 100) { nodes { %s } } } } } }" % far

    async def opened(text: str) -> int:
        subscriptions = Subscriptions(ask.engine, log.reader, Delivery(log.reader), LogCursors(SECRET), 10_000_000)
        return (await subscriptions.open(Question(text), Viewer(), AtOnce())).selected.size

    assert log.runner.run(opened(EVENTS)) == 100
    assert log.runner.run(opened(query)) == 5

"""Subscriptions: every event once and in order, though connections are lost and servers go away."""

import itertools
import queue
import threading
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from app.http.api import Service
from citygraph_client import BadDocument, GraphQLErrors, ServerAway, StreamEnded, Unauthenticated
from citygraph_client.core import Core, Retries
from citygraph_client.streams import STEADY, Stream
from tests.events.log import LESSON, Log
from tests.http.conftest import TOKEN
from tests.http.running import Running, started
from tests.python_client.conftest import Connect
from tests.python_client.proxy import Proxy, proxied

EVENTS = """subscription ($after: String) {
  log: events(after: $after, type: LESSON) { place: cursor kind fact node { ... on Lesson { statement } } }
}"""
BEARER = {"authorization": f"Bearer {TOKEN}"}
WITHOUT = "subscription { events(type: LESSON) { cursor fact } }"


class Following:
    """A subscription that is read in a thread."""

    def __init__(self, client: Any, text: str = EVENTS, variables: Any = None) -> None:
        self.came: queue.Queue[Any] = queue.Queue()
        self.over = threading.Event()
        self.iterator = client.subscribe(text, variables)
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()

    def _read(self) -> None:
        try:
            for event in self.iterator:
                self.came.put(event)
                if self.over.is_set():
                    break
        except Exception as error:
            self.came.put(error)
        finally:
            self.iterator.close()

    def next(self) -> Any:
        found = self.came.get(timeout=30)
        if isinstance(found, Exception):
            raise found
        return found

    def statement(self) -> str:
        return str(self.next()["log"]["node"]["statement"])


@pytest.fixture
def follow(connect: Connect, log: Log) -> Iterator[Callable[..., Following]]:
    """Follow; each is ended by an event of its own."""
    opened: list[Following] = []

    def made(port: int, *given: Any) -> Following:
        opened.append(Following(connect(port, TOKEN), *given))
        return opened[-1]

    yield made
    for each in opened:
        each.over.set()
    log.put({**LESSON, "statement": "the end"}, day=28)
    for each in opened:
        each.thread.join(20)
        assert not each.thread.is_alive()


def test_events_come_as_they_are_written(server: Running, log: Log, follow: Callable[..., Following]) -> None:
    after = cursor(server)
    log.put({**LESSON, "statement": "a"})
    following = follow(server.port, EVENTS, {"after": after})
    first = following.next()["log"]
    log.put({**LESSON, "statement": "b"}, day=2)
    second = following.next()["log"]
    assert [(each["kind"], each["fact"], each["node"]) for each in (first, second)] == [
        ("CREATED", LESSON["id"], {"statement": first["node"]["statement"]}),
        ("CHANGED", LESSON["id"], {"statement": "b"}),
    ]


def cursor(server: Running) -> str:
    found: str = httpx.get(f"http://127.0.0.1:{server.port}/events?after=now", headers=BEARER).json()["cursor"]
    return found


def test_a_lost_connection_loses_no_event(
    server: Running, proxy: Proxy, log: Log, follow: Callable[..., Following]
) -> None:
    log.put({**LESSON, "statement": "before"})
    following = follow(proxy.port)
    server.until(lambda: proxy.connections >= 2, "it follows")
    for at in range(4):
        log.put({**LESSON, "statement": f"s{at}"}, day=2 + at)
        if at % 2:
            proxy.cut()
        assert following.statement() == f"s{at}"
    assert proxy.connections >= 3


def test_a_restart_of_the_server_loses_no_event(service: Callable[..., Service], log: Log, connect: Connect) -> None:
    """What is written while no server runs comes when one runs again."""
    with started(service()) as first, proxied(first.port) as proxy:
        log.put({**LESSON, "statement": "before"})
        following = Following(connect(proxy.port, TOKEN, retries=Retries(tries=200, first=0.02, longest=0.1)))
        first.until(lambda: proxy.connections >= 2, "it follows")
        log.put({**LESSON, "statement": "one"}, day=2)
        assert following.statement() == "one"
        first.server.should_exit = True
        first.thread.join(30)
        log.put({**LESSON, "statement": "two"}, day=3)
        with started(service()) as second:
            proxy.to = second.port
            assert following.statement() == "two"
            following.over.set()
            log.put({**LESSON, "statement": "three"}, day=4)
            assert following.statement() == "three"
            following.thread.join(20)
    assert not following.thread.is_alive()


def test_without_a_cursor_it_says_that_events_may_be_missed(
    server: Running, proxy: Proxy, log: Log, follow: Callable[..., Following]
) -> None:
    following, days = follow(proxy.port, WITHOUT), itertools.count(1)

    def came() -> bool:
        log.put({**LESSON, "statement": f"written {next(days)} times"})
        return not following.came.empty()

    server.until(came, "it follows")
    proxy.cut()
    with pytest.raises(StreamEnded, match="declare `\\$after: String`"):
        list(iter(following.next, None))


def test_what_is_refused_ends_it(client: Any, connect: Connect, server: Running) -> None:
    with pytest.raises(GraphQLErrors) as refused:
        next(client.subscribe("subscription ($after: String) { events(after: $after) { nothing cursor } }"))
    assert refused.value.codes == ("GRAPHQL_VALIDATION_FAILED",)
    with pytest.raises(GraphQLErrors) as refused:
        next(client.subscribe(EVENTS, {"after": "no cursor"}))
    assert refused.value.codes == ("BAD_USER_INPUT",)
    with pytest.raises(Unauthenticated):
        next(connect(server.port, "wrong").subscribe(WITHOUT))
    with pytest.raises(Unauthenticated):
        next(connect(server.port, "wrong").subscribe(EVENTS))
    with pytest.raises(BadDocument, match="A subscription is needed, and this is a query"):
        next(client.subscribe("{ __typename }"))


def test_failures_are_forgotten_after_a_connection_that_held() -> None:
    now = [0.0]
    question = {"query": EVENTS, "variables": {"after": "x"}, "operationName": None}
    stream = Stream(Core("http://x", retries=Retries(tries=3, first=0.0, away=0.0)), question, clock=lambda: now[0])
    for _ in range(5):
        assert stream.take('{"type": "connection_ack"}')[1]
        now[0] += STEADY
        stream.closed(1001, "")
        stream.pause()
    assert stream.failures == 1
    for failures in (2, 3):
        stream.closed(1006, "")
        assert stream.failures == failures
    with pytest.raises(Exception, match="ended the connection with 1006"):
        stream.pause()


def test_who_followed_waits_for_a_server_that_starts_again() -> None:
    """A server needs longer for that than a question is tried for; who never followed is told at once that nobody answers."""
    now, question = [0.0], {"query": EVENTS, "variables": {"after": "x"}, "operationName": None}
    stream = Stream(Core("http://x"), question, clock=lambda: now[0])

    def try_until(end: float) -> None:
        while now[0] < end:
            stream.failed(ServerAway("The server does not answer."))
            now[0] += stream.pause()

    def waited(most: float) -> float:
        begun = now[0]
        with pytest.raises(ServerAway):
            try_until(begun + most)
        return now[0] - begun

    assert waited(60) < 10
    stream.failures = 0
    assert stream.take('{"type": "connection_ack"}')[1]
    now[0] += STEADY
    stream.closed(1001, "")
    assert stream.pause() < 1
    assert 590 < waited(700) < 640

"""A subscription as a client has it, over WebSocket or server-sent events. In: a server and a document. Out: its messages."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol

import httpx

from tests.http.running import Running
from tests.http.test_sockets import connected, read, subscribe

EVENTS = """subscription ($after: String, $type: LogEventType, $near: ID, $synthetic: Boolean) {
  events(after: $after, type: $type, near: $near, synthetic: $synthetic) {
    cursor kind type fact from to fields synthetic node { __typename id ... on Lesson { statement } }
  }
}"""
FACTS = "subscription ($after: String) { events(after: $after) { cursor fact } }"


class Subscribed(Protocol):
    """What both transports give."""

    def next(self) -> Any:
        """Return the next answer; raise Ended if there is none any more."""


class Ended(Exception):
    """The server has ended the subscription, with the errors in `args`, or just so."""


class OverSocket:
    """A subscription on a WebSocket of its own."""

    def __init__(self, socket: Any) -> None:
        self.socket = socket

    def next(self) -> Any:
        message = read(self.socket)
        if message["type"] != "next":
            raise Ended(*message.get("payload", []))
        return message["payload"]


class OverSse:
    """A subscription as a stream."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        self.blocks = blocks(response)
        self.last = ""

    def next(self) -> Any:
        for block in self.blocks:
            self.last = block.get("id", self.last)
            if block["event"] == "complete":
                raise Ended
            answer = json.loads(block["data"])
            if "data" not in answer:
                assert next(self.blocks)["event"] == "complete"
                raise Ended(*answer["errors"])
            return answer
        raise Ended


def blocks(response: httpx.Response) -> Iterator[dict[str, str]]:
    """Yield the blocks of a stream that have an event."""
    block: dict[str, str] = {}
    for line in response.iter_lines():
        if line:
            name, _, value = line.partition(":")
            block[name] = value.removeprefix(" ")
        else:
            if "event" in block:
                yield block
            block = {}


@contextmanager
def over_socket(
    server: Running, query: str = EVENTS, token: str | None = None, **variables: Any
) -> Iterator[Subscribed]:
    headers = {"authorization": f"Bearer {token}"} if token else {}
    with connected(server, additional_headers=headers) as socket:
        subscribe(socket, query=query, variables=variables)
        yield OverSocket(socket)


@contextmanager
def over_sse(server: Running, query: str = EVENTS, token: str | None = None, **variables: Any) -> Iterator[Subscribed]:
    headers = {"accept": "text/event-stream"} | ({"authorization": f"Bearer {token}"} if token else {})
    with sse(server, query, headers, variables) as response:
        assert response.headers["content-type"].startswith("text/event-stream"), response.read()
        yield OverSse(response)


@contextmanager
def sse(
    server: Running, query: str, headers: dict[str, str], variables: dict[str, Any], method: str = "POST"
) -> Iterator[httpx.Response]:
    """Open a stream, by POST or GET."""
    url = f"http://127.0.0.1:{server.port}/graphql"
    given: dict[str, Any] = {"json": {"query": query, "variables": variables}}
    if method == "GET":
        given = {"params": {"query": query, "variables": json.dumps(variables)}}
    with httpx.stream(method, url, headers=headers, timeout=20, **given) as response:
        yield response


Over = Callable[..., AbstractContextManager[Subscribed]]
OVER: dict[str, Over] = {"socket": over_socket, "sse": over_sse}


def state(server: Running) -> Any:
    """Return the state of the application."""
    return server.server.config.app.state  # type: ignore[union-attr]  # our application


def waits(server: Running, readers: int = 1) -> None:
    """Wait until so many subscribers have read what there is, and wait for more."""
    delivery = state(server).events.delivery
    server.until(lambda: delivery._readers == readers, f"{readers} subscribers wait")


def events(subscribed: Subscribed, count: int) -> list[Any]:
    """Return the next events."""
    return [subscribed.next()["data"]["events"] for _ in range(count)]


def facts(subscribed: Subscribed, count: int) -> list[str]:
    """Return the facts of the next events."""
    return [event["fact"] for event in events(subscribed, count)]

"""On the wire: a kept answer has the bytes of the first one, however it is asked for, and unusual requests get what they got."""

import json
import re
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from tests.cache.conftest import MOST, PRACTICE, TOPIC, kept, looked
from tests.events.log import Log
from tests.http.running import PATIENCE, Running

QUESTION = f'{{ topic(id: "{TOPIC}") {{ narrower {{ nodes {{ id ... on Practice {{ summary }} }} }} }} }}'
LENGTH = re.compile(rb"content-length: (\d+)\r\n")
DATE = re.compile(rb"date: [^\r]*\r\n")


def post(query: str = QUESTION, accept: str = "application/json", *more: str, version: str = "1.1") -> bytes:
    """Write a whole request."""
    body = json.dumps({"query": query}).encode()
    head = [
        f"POST /graphql HTTP/{version}",
        "host: localhost",
        f"accept: {accept}",
        "content-type: application/json",
        *more,
    ]
    return "\r\n".join([*head, f"content-length: {len(body)}", "", ""]).encode() + body


@contextmanager
def wire(server: Running) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", server.port), PATIENCE) as opened:
        yield opened


def response(opened: socket.socket, before: bytes = b"") -> tuple[bytes, bytes]:
    """Read one response; return it without its date, and what was read after it."""
    read = before
    while b"\r\n\r\n" not in read:
        read += opened.recv(65_536)
    head, _, rest = read.partition(b"\r\n\r\n")
    found = LENGTH.search(head + b"\r\n")
    assert found, head
    while len(rest) < int(found[1]):
        rest += opened.recv(65_536)
    return DATE.sub(b"", head) + b"\r\n\r\n" + rest[: int(found[1])], rest[int(found[1]) :]


def asked(server: Running, *parts: bytes) -> tuple[bytes, int]:
    """Send a request in parts over a connection of its own; return its response, and how many answers were kept ones."""
    hits = kept(server).hits
    with wire(server) as opened:
        for part in parts:
            opened.sendall(part)
            if len(parts) > 1:
                time.sleep(0.05)
        return response(opened)[0], kept(server).hits - hits


@pytest.mark.parametrize(
    "accept", ["application/json", "application/graphql-response+json", "text/event-stream", "*/*"]
)
def test_the_second_answer_has_the_bytes_of_the_first(server: Running, accept: str) -> None:
    first, second = asked(server, post(accept=accept)), asked(server, post(accept=accept))
    assert first == (second[0], 0)
    assert (second[1], b'"summary":"0"' in second[0]) == (1, True)


def test_a_request_in_pieces_gets_it_too(server: Running) -> None:
    whole = post()
    first, _ = asked(server, whole)
    for at in (20, len(whole) - 100, len(whole) - 1):
        assert asked(server, whole[:at], whole[at:]) == (first, 1)


def test_a_get_has_the_answer_of_a_post(server: Running) -> None:
    first, _ = asked(server, post())
    query = QUESTION.replace(" ", "+").replace('"', "%22").replace("{", "%7B").replace("}", "%7D")
    assert asked(server, f"GET /graphql?query={query} HTTP/1.1\r\nhost: localhost\r\naccept: */*\r\n\r\n".encode()) == (
        first,
        1,
    )


def test_a_connection_that_is_to_be_closed_is_closed(server: Running) -> None:
    first, _ = asked(server, post())
    for request in (post(QUESTION, "application/json", "connection: close"), post(version="1.0")):
        with wire(server) as opened:
            opened.sendall(request)
            got, rest = response(opened)
            assert got == first.replace(b"\r\n\r\n", b"\r\nconnection: close\r\n\r\n", 1)
            assert rest + opened.recv(10) == b""


def test_pipelined_requests_are_answered_in_their_order(server: Running) -> None:
    other = f'{{ nodes(ids: ["{PRACTICE % 1}"]) {{ id }} }}'
    first, _ = asked(server, post())
    new, _ = asked(server, post(other))
    fresh = post('{ nodes(ids: ["practice/kept-2"]) { id } }')
    with wire(server) as opened:
        opened.sendall(post() + fresh + post(other) * 300 + post())
        got, rest = response(opened)
        assert got == first
        got, rest = response(opened, rest)
        assert b"practice/kept-2" in got
        for _ in range(300):
            got, rest = response(opened, rest)
            assert got == new
        got, rest = response(opened, rest)
        assert (got, rest) == (first, b"")


def test_a_host_that_is_not_served_gets_no_kept_answer(running: Callable[..., Running], log: Log) -> None:
    server = looked(running(answer_cache=MOST, allowed_hosts="cities.example"))
    asked(server, post())
    refused, hits = asked(server, post().replace(b"host: localhost", b"host: evil.example"))
    assert (refused.startswith(b"HTTP/1.1 421"), hits) == (True, 0)


def test_an_unknown_token_gets_no_kept_answer(server: Running) -> None:
    asked(server, post())
    for token in ("cg_0123456789ab_" + "A" * 43, "nobody", ""):
        refused, hits = asked(server, post(QUESTION, "application/json", f"authorization: Bearer {token}"))
        assert (refused.startswith(b"HTTP/1.1 401"), hits) == (True, 0), token


def test_a_body_that_is_too_large_gets_no_kept_answer(running: Callable[..., Running], log: Log) -> None:
    server = looked(running(answer_cache=MOST, max_body=len(post()) + 100))
    asked(server, post())
    assert asked(server, post(QUESTION + " " * 500))[0].startswith(b"HTTP/1.1 413")


def test_a_server_that_stops_closes_the_connection_of_a_kept_answer(server: Running) -> None:
    first, _ = asked(server, post())
    with wire(server) as opened:
        opened.sendall(post())
        assert response(opened)[0] == first
        server.server.should_exit = True
        server.until(lambda: server.server.answering.draining, "it begins to stop")
        opened.sendall(post())
        assert b"\r\nconnection: close\r\n" in response(opened)[0]

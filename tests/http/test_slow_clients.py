"""Slow and broken clients, over real sockets: none holds a connection to the database, and others are answered at once."""

import json
import socket
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from tests.http.running import Running, request
from tests.kit.slow import LEFT, SLOW

LARGE = (
    "{ "
    + " ".join(
        f"{name}: cities(first: 100) {{ nodes {{ id name location {{ latitude longitude }} country {{ name }} }} }}"
        for name in "abcdefgh"
    )
    + " }"
)
FEW = 4


@pytest.fixture
def server(running: Callable[..., Running]) -> Running:
    """A server that runs few questions at once; its pool of database connections is as small."""
    made = running(max_in_flight=FEW)
    assert made.ask("{ cities { totalCount } }").status_code == 200
    return made


@contextmanager
def crowd(server: Running, sends: bytes) -> Iterator[list[socket.socket]]:
    """More clients than questions may run at once, each of which sends this and no more."""
    clients = [server.socket() for _ in range(FEW * 4)]
    try:
        for client in clients:
            client.sendall(sends)
        time.sleep(0.2)
        yield clients
    finally:
        for client in clients:
            client.close()


def others_are_answered(server: Running) -> None:
    """Somebody else asks, several times, and is answered within moments."""
    assert server.under_way == 0
    for _ in range(3):
        begun = time.monotonic()
        assert server.ask("{ cities(first: 1) { totalCount } }").status_code == 200
        assert time.monotonic() - begun < 2


WHOLE = request("{ cities { totalCount } }")
PARTS = {
    "nothing": b"",
    "half a first line": WHOLE[:10],
    "half the headers": WHOLE[: WHOLE.index(b"content-type") + 5],
    "headers alone": WHOLE[: WHOLE.index(b"\r\n\r\n") + 4],
    "half a body": WHOLE[:-10],
    "a chunk and no end": b"POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
    b'transfer-encoding: chunked\r\n\r\n5\r\n{"qu\r\n',
    "no HTTP": b"\x16\x03\x01\x02\x00\x01\x00",
}


@pytest.mark.parametrize("part", PARTS)
def test_clients_that_send_a_part_hold_nothing(server: Running, part: str) -> None:
    with crowd(server, PARTS[part]):
        others_are_answered(server)
    others_are_answered(server)


def test_a_body_that_comes_slowly_is_answered_in_the_end(server: Running) -> None:
    with crowd(server, WHOLE[:-10]) as clients:
        for client in clients:
            for byte in WHOLE[-10:]:
                others = server.under_way
                assert others <= 1
                client.sendall(bytes([byte]))
            assert client.recv(12) == b"HTTP/1.1 200"


def test_a_body_that_does_not_come_is_given_up(server: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.http.graphql.BODY_SECONDS", 0.3)
    with crowd(server, PARTS["half a body"]) as clients:
        assert {client.recv(12) for client in clients} == {b"HTTP/1.1 408"}


@pytest.mark.parametrize("part", ["nothing", "half a first line", "half the headers"])
def test_a_head_that_does_not_come_is_given_up(
    running: Callable[..., Running], monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    monkeypatch.setattr("app.http.connection.HEAD_SECONDS", 0.5)
    server = running()
    with server.socket() as first, server.socket() as second:
        second.sendall(WHOLE)
        assert second.recv(12) == b"HTTP/1.1 200"
        for client in (first, second):
            client.sendall(PARTS[part] or b"\r\n")
            begun = time.monotonic()
            while client.recv(1000):
                assert time.monotonic() - begun < 3


@pytest.mark.parametrize("endless", [b"x-a: " + b"a" * 1000, b"x-a: b\r\n" * 100])
def test_a_head_without_end_is_refused(server: Running, endless: bytes) -> None:
    with server.socket() as client:
        client.sendall(b"GET / HTTP/1.1\r\nhost: localhost\r\n" + endless[:5])
        assert refuses(client, (endless[5:] + endless[:5]) * 5_000)
        others_are_answered(server)


def refuses(client: socket.socket, sent: bytes) -> bool:
    """Whether the server refuses this, before its end or after."""
    try:
        client.sendall(sent)
        return client.recv(12) == b"HTTP/1.1 400"
    except (ConnectionResetError, BrokenPipeError):
        return True


def test_a_question_in_a_long_first_line_is_answered(server: Running) -> None:
    get = (
        f"GET /graphql?query=%7B__typename%7D{'%20' * 20_000} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n"
    )
    with server.socket() as client:
        client.sendall(get.encode())
        assert client.recv(12) == b"HTTP/1.1 200"


def test_clients_that_do_not_read_hold_nothing(server: Running) -> None:
    assert len(server.ask(LARGE).content) > 100_000
    asked = [server.socket() for _ in range(FEW * 4)]
    try:
        for client in asked:
            client.sendall(request(LARGE))
            # The head says that the statement came back; no more of the answer is read.
            assert client.recv(12) == b"HTTP/1.1 200"
        server.until(lambda: server.under_way == 0, "the questions have ended")
        others_are_answered(server)
    finally:
        for client in asked:
            client.close()


def test_clients_that_do_not_read_over_websocket_hold_nothing(server: Running) -> None:
    with server.websocket(max_queue=1, close_timeout=1) as client:
        client.send(json.dumps({"type": "connection_init"}))
        client.recv(timeout=5)
        for number in range(FEW * 2):
            asked = {"type": "subscribe", "id": str(number), "payload": {"query": LARGE}}
            client.send(json.dumps(asked))
            time.sleep(0.2)
        server.until(lambda: server.under_way == 0, "the statements have come back")
        others_are_answered(server)


@LEFT
@pytest.mark.parametrize("how", ["reset", "end"])
def test_clients_that_vanish_in_the_middle_leave_nothing(server: Running, how: str) -> None:
    clients = [server.socket() for _ in range(FEW)]
    for client in clients:
        client.sendall(request(SLOW))
    server.until(lambda: server.under_way == FEW, "all places are taken")
    time.sleep(0.5)
    for client in clients:
        if how == "reset":
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        client.close()
    server.until(lambda: server.under_way == 0, "all places are free", 3)
    others_are_answered(server)


def test_an_answer_that_nobody_reads_is_given_up(
    running: Callable[..., Running], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the system can do it; the connection ends although the client holds it."""
    monkeypatch.setattr("app.start.port.UNREAD_SECONDS", 1)
    server = running(max_page=6_000, max_cost=1_000_000)
    huge = LARGE.replace("100", "6000")
    assert len(server.ask(huge).content) > 5_000_000
    with server.socket() as client:
        client.sendall(request(huge))
        server.until(lambda: len(server.server.server_state.connections) == 1, "the connection is there")
        server.until(lambda: not server.server.server_state.connections, "the connection is given up", 15)

"""Connections that hold, send or leave unread too much: what they take is bounded, and others are answered. No database."""

import socket
import time
from collections.abc import Callable

import pytest

from app.http.clients import Clients
from app.http.connection import MOST_HEAD, MOST_HEADERS, MOST_STRAY
from app.http.crowd import Crowd
from app.http.headers import ALWAYS
from app.start.settings import Settings
from tests.http.alone import Alone, App, alone, post

TINY = b"GET / HTTP/1.1\r\n\r\n"
ANSWER = b"a" * 2**20
OTHER = "127.0.0.9"
MOST_PIPELINED = 1_000


def application(most: int = 100, share: int = 100, unread: int = 2**25, body: bytes = b"{}", proxies: str = "") -> App:
    return App(Crowd(most, share, unread), Clients(Settings(trusted_proxies=proxies).proxies), body)


def until(done: Callable[[], object], what: str, seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, f"{what}: did not happen in {seconds} seconds"
        time.sleep(0.01)


def pour(connection: socket.socket, piece: bytes, most: int, seconds: float = 1.0) -> int:
    """Send a piece again and again until nobody takes more, or the connection is closed; return the bytes sent."""
    connection.settimeout(seconds)
    sent, rest = 0, piece
    try:
        while sent < most:
            taken = connection.send(rest)
            sent, rest = sent + taken, rest[taken:] or piece
    except OSError:
        pass
    return sent


def test_tiny_pipelined_requests_are_taken_in_by_and_by_and_all_are_answered() -> None:
    with alone(application()) as server, server.connect() as one:
        many = 60_000
        sent = pour(one, TINY * 10_000, len(TINY) * many)
        until(lambda: server.app.called == 1 and max(server.pipelined) > 100, "one is under way, and many wait")
        assert max(server.pipelined) <= MOST_PIPELINED
        server.app.go.set()
        one.settimeout(10)
        whole, wanted = 0, sent // len(TINY)
        while whole < min(wanted, 3_000):
            whole += one.recv(2**16).count(b"HTTP/1.1 200")
            assert max(server.pipelined, default=0) <= MOST_PIPELINED


@pytest.mark.parametrize("path", ["/kept", "/"])
def test_pipelined_requests_are_answered_in_order(path: str) -> None:
    with alone(application()) as server, server.connect() as one:
        server.app.go.set()
        one.sendall((post(path) + post("/kept")) * 1_000)
        found = b""
        while found.count(b"HTTP/1.1 200") < 2_000:
            piece = one.recv(2**16)
            assert piece, "the connection ended"
            found += piece
        one.sendall(post(path))
        assert one.recv(12) == b"HTTP/1.1 200"


def test_a_body_in_many_steps_comes_whole_and_the_next_request_after_it() -> None:
    with alone(application()) as server, server.connect() as one:
        server.app.go.set()
        one.sendall(b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 50000\r\n\r\n" + b"b" * 50_000 + post("/kept"))
        found = b""
        while found.count(b"HTTP/1.1 200") < 2:
            found += one.recv(2**16)


def test_a_head_without_end_behind_a_request_under_way_is_refused() -> None:
    with alone(application()) as server, server.connect() as one:
        one.sendall(TINY + b"GET / HTTP/1.1\r\n")
        until(lambda: server.app.called, "the first is under way")
        # What the system keeps for both sides counts too.
        assert pour(one, b"x-a: " + b"a" * 50_000 + b"\r\n", 2**27) < 2**25
        until(lambda: not server.state.connections, "the connection is ended")


CHUNKED = b"POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    ("begins", "endless"),
    [
        (b"0\r\n", b"x-a: b\r\n" * 5_000),
        (b"0\r\n", b"x-a: " + b"a" * 50_000 + b"\r\n"),
        (b"0\r\nx-a: ", b"a" * 50_000),
        (b"5;a=", b"a" * 50_000),
        (b"", b"0" * 50_000),
    ],
    ids=["many trailers", "long trailers", "a trailer without end", "an extension without end", "a length without end"],
)
def test_what_is_no_body_of_a_request_under_way_is_bounded(begins: bytes, endless: bytes) -> None:
    """A chunked body may be followed by any number of headers, which are kept for as long as the request is under way."""
    with alone(application()) as server, server.connect() as one:
        one.sendall(CHUNKED + b"1\r\nb\r\n" + begins)
        until(lambda: server.app.called, "the request is under way")
        assert pour(one, endless, 2**26) < 2**25
        until(lambda: not server.state.connections, "the connection is ended")
        assert server.get() == 200


def test_headers_behind_a_body_are_not_those_of_the_request() -> None:
    with alone(application()) as server, server.connect() as one:
        one.sendall(CHUNKED + b"1\r\nb\r\n0\r\nauthorization: Bearer x\r\n\r\n" + TINY)
        until(lambda: server.app.called, "the request is under way")
        server.app.go.set()
        found = b""
        while found.count(b"HTTP/1.1 200") < 2:
            found += one.recv(2**16)
        assert b"authorization" not in dict(server.app.headers)


def test_a_body_of_very_small_chunks_comes_whole() -> None:
    with alone(application()) as server, server.connect() as one:
        server.app.go.set()
        one.sendall(CHUNKED + b"1\r\nb\r\n" * 40_000 + b"0\r\n\r\n" + TINY)
        found = b""
        while found.count(b"HTTP/1.1 200") < 2:
            found += one.recv(2**16)


@pytest.mark.parametrize(
    ("head", "says"),
    [
        (b"".join(b"x-%d: a\r\n" % n for n in range(MOST_HEADERS + 1)) + b"\r\n", f"more than {MOST_HEADERS} headers"),
        (b"".join(b"x-%d: a\r\n" % n for n in range(MOST_HEADERS + 9)), f"more than {MOST_HEADERS} headers"),
        (b"x: " + b"a" * MOST_HEAD, "larger than 131,072 bytes"),
        (b"no header\r\n\r\n", "Invalid HTTP request"),
    ],
)
def test_a_request_that_is_refused_before_it_is_read_gets_the_headers_of_every_response(head: bytes, says: str) -> None:
    with alone(application()) as server, server.connect() as one:
        one.sendall(b"GET / HTTP/1.1\r\n" + head)
        found = one.recv(2**16).decode()
        assert found.startswith("HTTP/1.1 400")
        assert says in found
        assert all(f"{name}: {value}\r\n" in found for name, value in ALWAYS.items())
        assert server.app.called == 0
        assert server.get() == 200


@pytest.mark.parametrize("begin", [b"/", b"/?query="])
def test_percent_signs_that_encode_nothing_are_read_up_to_a_limit(begin: bytes) -> None:
    """To read 60,000 of them takes Python more than 50 ms of the event loop."""
    with alone(application()) as server, server.connect() as one:
        server.app.go.set()
        one.sendall(b"GET " + begin + b"%25" * 5_000 + b"%" * MOST_STRAY + b" HTTP/1.1\r\n\r\n")
        assert one.recv(2**16).startswith(b"HTTP/1.1 200")
        one.sendall(b"GET " + begin + b"%" * (MOST_STRAY + 1) + b" HTTP/1.1\r\n\r\n")
        found = one.recv(2**16).decode()
        assert found.startswith("HTTP/1.1 400")
        assert f"more than {MOST_STRAY} percent signs" in found


def test_as_many_headers_as_allowed_are_read() -> None:
    with alone(application()) as server, server.connect() as one:
        server.app.go.set()
        one.sendall(b"GET / HTTP/1.1\r\n" + b"".join(b"x-%d: a\r\n" % n for n in range(MOST_HEADERS)) + b"\r\n")
        assert one.recv(12) == b"HTTP/1.1 200"


def test_an_address_has_a_share_of_the_connections_and_gets_it_back() -> None:
    with alone(application(most=8, share=2)) as server:
        first, second = server.connect(), server.connect()
        assert server.get() == 503
        assert server.get(address=OTHER) == 200
        first.close()
        until(lambda: server.get() == 200, "a place is free again")
        assert open_again(server, 20) == {200}
        second.close()


def open_again(server: Alone, times: int) -> set[int]:
    found = set()
    for _ in range(times):
        until(lambda: len(server.state.connections) < 2, "the connection of before has ended")
        found.add(server.get())
    return found


def test_all_addresses_together_have_no_more_connections_than_there_are() -> None:
    with alone(application(most=3, share=2)) as server:
        opened = [server.connect(), server.connect(), server.connect(OTHER)]
        with server.connect(OTHER) as refused:
            found = refused.recv(2**16)
        assert found.startswith(b"HTTP/1.1 503")
        assert b"retry-after: 1" in found
        assert b"UNAVAILABLE" in found
        for each in opened:
            each.close()


def test_a_trusted_proxy_may_have_all_connections() -> None:
    with alone(application(most=8, share=1, proxies="127.0.0.1")) as server:
        opened = [server.connect() for _ in range(3)]
        assert server.get() == 200
        for each in opened:
            each.close()


def test_a_connection_that_becomes_a_websocket_is_counted_until_it_ends() -> None:
    upgrade = (
        b"GET / HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-version: 13\r\n"
        b"sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
    )
    with alone(application(most=8, share=2)) as server:
        opened = [server.connect() for _ in range(2)]
        for each in opened:
            each.sendall(upgrade)
        until(lambda: server.app.called == 2, "both are WebSockets")
        assert server.get() == 503
        for each in opened:
            each.close()
        until(lambda: server.get() == 200, "their places are free")


@pytest.mark.parametrize("path", ["/kept", "/"])
def test_a_client_that_reads_no_answer_gets_no_further_ones(path: str) -> None:
    with alone(application(unread=5 * 2**20, body=ANSWER * 4)) as server:
        server.app.go.set()
        opened = [server.connect(buffer=4096) for _ in range(12)]
        for each in opened:
            each.sendall(post(path))
            time.sleep(0.02)
        with server.connect() as further:
            further.sendall(post(path))
            found = further.recv(2**16)
        assert found.startswith(b"HTTP/1.1 503")
        assert b"answers that you do not read" in found
        assert server.get(path, OTHER) == 200
        for each in opened:
            each.close()
        until(lambda: server.get(path) == 200, "who reads or leaves is answered again")
        until(lambda: not server.app.state.crowd.has_unread, "nothing is left of who left")

"""Clients that take what they are sent a byte now and then, or not at all: what they hold is given up. No database."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress

import pytest
from starlette.types import Receive, Scope, Send

import app.http.stream
import app.http.taken
from app.http.clients import Clients
from app.http.connected import Connected, OpenConnections
from app.http.crowd import Crowd
from app.http.stream import Stream
from app.start.settings import Settings
from tests.http.alone import Alone, App, alone, post

MEBIBYTE = b"a" * 2**20
MUCH = 32
"""MiB, more than the system keeps for both sides."""
UPGRADE = (
    b"GET / HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-version: 13\r\n"
    b"sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
)


class Sending(App):
    """Sends a large answer, a stream without end, or texts over a WebSocket."""

    def __init__(self) -> None:
        super().__init__(Crowd(100, 100, 2**40), Clients(Settings().proxies), MEBIBYTE * MUCH)
        self.go.set()
        self.places = OpenConnections(1, 1)
        self.ending: asyncio.Event | None = None
        self.loop: asyncio.AbstractEventLoop | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.loop = asyncio.get_running_loop()
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.accept"})
            while True:
                await send({"type": "websocket.send", "text": "a" * 2**20})
        elif scope["path"] == "/stream":
            self.ending = self.ending or asyncio.Event()
            await Stream(self.places, scope["client"][0], endless, self.ending)(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


async def endless(connected: Connected) -> AsyncIterator[bytes]:
    """Yield as long as nobody says that this connection is to end."""
    while not connected.gives_way.is_set():
        await asyncio.sleep(0)
        yield MEBIBYTE


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Alone]:
    monkeypatch.setattr(app.http.taken, "LOOK_SECONDS", 0.5)
    with alone(Sending()) as running:
        yield running


def asked(server: Alone, sends: bytes, address: str = "127.0.0.1") -> socket.socket:
    made = server.connect(address, buffer=4096)
    made.sendall(sends)
    assert made.recv(12).startswith(b"HTTP/1.1 ")
    return made


def until(done: Callable[[], object], what: str, seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, f"{what}: did not happen in {seconds} seconds"
        time.sleep(0.02)


@pytest.mark.parametrize(
    "sends", [post("/"), post("/kept"), post("/stream"), UPGRADE], ids=["/", "kept", "stream", "ws"]
)
def test_who_takes_a_byte_now_and_then_is_ended(server: Alone, sends: bytes) -> None:
    with asked(server, sends) as one:
        end = time.monotonic() + 10
        while server.state.connections:
            assert time.monotonic() < end, "the connection is still there"
            one.recv(100)
            time.sleep(0.05)


def test_what_is_closed_with_something_left_ends_too(server: Alone) -> None:
    with asked(server, post("/").replace(b"\r\n\r\n", b"\r\nconnection: close\r\n\r\n")):
        until(lambda: not server.state.connections, "the connection is ended")


@pytest.mark.parametrize("path", ["/", "/kept"])
def test_who_takes_it_slowly_and_steadily_gets_all(server: Alone, path: str) -> None:
    """5 MiB in a second are more than must be taken; this goes on for more than ten looks."""
    with server.connect() as one:
        one.sendall(post(path))
        got = 0
        while got < MUCH * 2**20:
            piece = one.recv(2**17)
            assert piece, "the connection ended"
            got += len(piece)
            time.sleep(0.2 * len(piece) / 2**20)


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> Iterator[Alone]:
    """A server that has not yet looked what is taken."""
    monkeypatch.setattr(app.http.stream, "LAST_SECONDS", 0.2)
    with alone(Sending()) as running:
        yield running


def test_a_stream_that_is_not_read_ends_with_the_server(patient: Alone) -> None:
    with asked(patient, post("/stream")):
        time.sleep(0.3)
        sending = patient.app
        assert isinstance(sending, Sending)
        assert sending.loop is not None
        assert sending.ending is not None
        sending.loop.call_soon_threadsafe(sending.ending.set)
        until(lambda: not patient.state.connections, "the connection is ended", 3)
        until(lambda: len(sending.places) == 0, "its place is free", 3)


def test_a_websocket_that_is_not_read_ends_with_the_server(patient: Alone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.http.connection.LAST_SECONDS", 0.2)
    with asked(patient, UPGRADE):
        time.sleep(0.3)
        sending = patient.app
        assert isinstance(sending, Sending)
        assert sending.loop is not None
        (connection,) = patient.state.connections
        sending.loop.call_soon_threadsafe(connection.shutdown)
        until(lambda: not patient.state.connections, "the connection is ended", 3)


def test_a_stream_that_is_not_read_gives_way(patient: Alone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.http.connected.GIVES_WAY_SECONDS", 0)
    with asked(patient, post("/stream")) as first, asked(patient, post("/stream"), "127.0.0.9"):
        until(lambda: len(patient.state.connections) == 1, "the first is ended", 3)
        with suppress(ConnectionResetError):
            while first.recv(2**20):
                pass

"""Files that are sent to clients that read slowly: the place, the file and the connection are given up. No database."""

import socket
import tempfile
import time
from collections.abc import Iterator

import pytest
from starlette.types import Receive, Scope, Send

import app.http.exporting as module
from app.http.clients import Client, Clients
from app.http.crowd import Crowd
from app.http.exporting import FileResponse
from app.http.places import Places
from app.start.settings import Settings
from tests.http.alone import Alone, App, alone

SIZE = 32 * 2**20
"""More than the system keeps for both sides."""


class Sending(App):
    """Sends a file to everybody."""

    def __init__(self) -> None:
        super().__init__(Crowd(100, 100), Clients(Settings().proxies))
        self.places = Places(4, 2)
        self.closed: list[bool] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with tempfile.TemporaryFile() as file:
            file.truncate(SIZE)
            sent = self.places.place(Client(scope["client"][0]))
            await FileResponse(file, SIZE, {}, sent=sent)(scope, receive, send)
            self.closed.append(file.closed)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Alone, Sending]]:
    monkeypatch.setattr(module, "PIECE_SECONDS", 0.5)
    app = Sending()
    with alone(app) as running:
        yield running, app


def asked(running: Alone) -> socket.socket:
    made = running.connect(buffer=4096)
    made.sendall(b"GET /file HTTP/1.1\r\nhost: x\r\n\r\n")
    return made


def test_a_client_that_reads_a_little_now_and_then_holds_no_place(server: tuple[Alone, Sending]) -> None:
    running, app = server
    with asked(running) as one, asked(running) as two:
        end = time.monotonic() + 15
        while len(app.closed) < 2:
            assert time.monotonic() < end, "the files are still sent"
            assert one.recv(100)
            assert two.recv(100)
            time.sleep(0.05)
        assert app.closed == [True, True]
        assert app.places.taken == 0


def test_a_client_that_reads_all_the_time_gets_the_whole_file(server: tuple[Alone, Sending]) -> None:
    running, _ = server
    with asked(running) as one:
        got = 0
        while got < SIZE:
            piece = one.recv(2**20)
            assert piece, "the connection ended"
            got += len(piece)


def test_a_client_that_leaves_is_sent_nothing_more(server: tuple[Alone, Sending]) -> None:
    running, app = server
    asked(running).close()
    end = time.monotonic() + 15
    while not app.closed:
        assert time.monotonic() < end, "the file is still sent"
        time.sleep(0.02)
    assert app.places.taken == 0

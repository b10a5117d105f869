"""A server without a database: our connections before an application that is given. In: an application. Out: its port."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import uvicorn
import uvloop
from starlette.types import Receive, Scope, Send
from uvicorn.server import ServerState

from app.http.clients import Clients
from app.http.connection import Connection, Socket
from app.http.crowd import Crowd
from app.http.every import refuse_unread
from app.http.plain import Plain, plain

PATIENCE = 10.0


class App:
    """Answers with a body, when it is let. `headers` are those of the last request, as they stood then."""

    def __init__(self, crowd: Crowd, clients: Clients, body: bytes = b"{}") -> None:
        self.state = SimpleNamespace(crowd=crowd, clients=clients, full=refuse_unread)
        self.go = threading.Event()
        self.called = 0
        self.headers: list[tuple[bytes, bytes]] = []
        self._response = plain(body, "application/json", 200)

    def at_once(self, scope: Scope, body: bytes) -> Plain | None:
        return self._response if scope["path"] == "/kept" else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.called += 1
        while not self.go.is_set():  # noqa: ASYNC110  # a test in another thread lets it go
            await asyncio.sleep(0.005)
        self.headers = list(scope["headers"])
        await self._response(scope, receive, send)


class Alone:
    """A running server."""

    def __init__(self, app: App, port: int, state: ServerState) -> None:
        self.app, self.port, self.state = app, port, state

    def connect(self, address: str = "127.0.0.1", buffer: int | None = None) -> socket.socket:
        made = socket.socket()
        made.settimeout(PATIENCE)
        if buffer is not None:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        made.bind((address, 0))
        made.connect(("127.0.0.1", self.port))
        return made

    def get(self, path: str = "/kept", address: str = "127.0.0.1") -> int:
        """Return the status of a request on a connection of its own."""
        with self.connect(address) as made:
            made.sendall(post(path))
            return int(made.recv(12)[9:])

    @property
    def pipelined(self) -> list[int]:
        """Return how many requests wait on each connection."""
        return [len(getattr(each, "pipeline", ())) for each in list(self.state.connections)]


def post(path: str = "/kept") -> bytes:
    return f"POST {path} HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n".encode()


@contextmanager
def alone(app: App) -> Iterator[Alone]:
    """Serve until the end of the block."""
    configuration: Any = uvicorn.Config(
        app, http=Connection, ws=Socket, lifespan="off", log_config=None, proxy_headers=False
    )
    configuration.load()
    state, started = ServerState(), threading.Event()
    found: dict[str, Any] = {}

    async def main() -> None:
        loop = found["loop"] = asyncio.get_running_loop()
        found["end"] = asyncio.Event()
        made = await loop.create_server(lambda: Connection(configuration, state, {}), "127.0.0.1", 0)
        found["port"] = made.sockets[0].getsockname()[1]
        started.set()
        await found["end"].wait()
        made.close()
        for each in list(state.connections):
            each.transport.abort()
        await asyncio.sleep(0.05)

    runner = threading.Thread(target=_run, args=(main,))
    runner.start()
    try:
        assert started.wait(PATIENCE)
        yield Alone(app, found["port"], state)
    finally:
        app.go.set()
        found["loop"].call_soon_threadsafe(found["end"].set)
        runner.join(PATIENCE)


def _run(main: Any) -> None:
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as running:
        running.run(main())

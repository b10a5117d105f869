"""A server on a port of its own, in a thread, as `citygraph serve` makes it. In: a Service. Out: a handle that is spoken to."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
from websockets.sync.client import ClientConnection, connect

from app.http.api import Service
from app.start.port import bound_socket
from app.start.serve import Server, server

PROTOCOL = "graphql-transport-ws"
PATIENCE = 15


@dataclass
class Running:
    """A running server."""

    server: Server
    port: int
    thread: threading.Thread

    @property
    def under_way(self) -> int:
        return self.server.answering.under_way

    def ask(self, query: str, **more: Any) -> httpx.Response:
        """Ask over a connection of its own."""
        url = f"http://127.0.0.1:{self.port}/graphql"
        headers = {"accept": "application/graphql-response+json", **more.pop("headers", {})}
        return httpx.post(url, json={"query": query, **more}, headers=headers, timeout=PATIENCE)

    def socket(self) -> socket.socket:
        """Connect, with a small buffer, so that what is not read stays with the server."""
        made = socket.socket()
        made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        made.settimeout(PATIENCE)
        made.connect(("127.0.0.1", self.port))
        return made

    def websocket(self, **given: Any) -> ClientConnection:
        """Connect over WebSocket, to another path or under the name of another host if they are given."""
        path, host = given.pop("path", "/graphql"), given.pop("host", "127.0.0.1")
        address = f"ws://{host}:{self.port}{path}"
        options: dict[str, Any] = {"subprotocols": [PROTOCOL], "compression": None, "max_size": None, **given}
        if host != "127.0.0.1":
            options["sock"] = self.socket()
        made: ClientConnection = connect(address, **options)
        return made

    def until(self, done: Callable[[], bool], what: str, seconds: float = PATIENCE) -> None:
        """Wait for something."""
        end = time.monotonic() + seconds
        while not done():
            assert time.monotonic() < end, f"{what}: did not happen in {seconds} seconds"
            time.sleep(0.01)


def request(query: str, head: str = "") -> bytes:
    """Write a whole request."""
    body = json.dumps({"query": query}).encode()
    start = f"POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n{head}"
    return f"{start}content-length: {len(body)}\r\n\r\n".encode() + body


@contextmanager
def started(service: Service) -> Iterator[Running]:
    """Run a server until the end of the block."""
    on = bound_socket(service.settings)
    made = server(service)
    thread = threading.Thread(target=made.run, kwargs={"sockets": [on]}, daemon=True)
    running = Running(made, on.getsockname()[1], thread)
    thread.start()
    try:
        running.until(lambda: made.started, "the server serves")
        yield running
    finally:
        made.should_exit = True
        thread.join(30)
        on.close()
        assert not thread.is_alive(), "the server did not stop"

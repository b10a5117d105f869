"""A proxy that loses connections when it is told to. In: the port of a server. Out: a port, and what happens there."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

RESET = struct.pack("ii", 1, 0)
"""Close without a farewell: the other side sees a connection that was reset."""


@dataclass
class Proxy:
    """Passes bytes on; `to` may change.

    `lose` is how many of the next answers it drops after the server sent them: of each it passes on `part` bytes, and calls
    `lost` before it cuts. `hasty` is how many of the next connections it cuts as soon as the server has the whole request.
    """

    to: int
    lose: int = 0
    part: int = 0
    hasty: int = 0
    lost: Callable[[], object] = lambda: None
    connections: int = 0
    port: int = 0
    _open: list[socket.socket] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)

    def cut(self) -> None:
        """Reset all connections."""
        for each in self._open:
            _reset(each)
        self._open.clear()

    def serve(self, listening: socket.socket) -> None:
        while not self._over.is_set():
            try:
                client, _ = listening.accept()
            except OSError:
                return
            self.connections += 1
            try:
                server = socket.create_connection(("127.0.0.1", self.to), 5)
            except OSError:
                _reset(client)
                continue
            server.settimeout(None)
            self._open += [client, server]
            for source, target, answers in ((client, server, False), (server, client, True)):
                threading.Thread(target=self._pass, args=(source, target, answers), daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket, answers: bool) -> None:
        with suppress(OSError):
            while data := source.recv(65_536):
                if answers and self.lose:
                    self.lose -= 1
                    self.lost()
                    target.sendall(data[: self.part])
                    break
                target.sendall(data)
                if not answers and self.hasty and data.endswith(b"}"):  # the end of the JSON of a request
                    self.hasty -= 1
                    break
            else:
                target.shutdown(socket.SHUT_WR)
                return
        _reset(source)
        _reset(target)


def _reset(of: socket.socket) -> None:
    with suppress(OSError):
        of.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    with suppress(OSError):
        of.shutdown(socket.SHUT_RDWR)
    with suppress(OSError):
        of.close()


@contextmanager
def proxied(to: int) -> Iterator[Any]:
    """Run a proxy until the end of the block."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        made = Proxy(to, port=listening.getsockname()[1])
        serving = threading.Thread(target=made.serve, args=(listening,), daemon=True)
        serving.start()
        try:
            yield made
        finally:
            made._over.set()
            with suppress(OSError):
                listening.shutdown(socket.SHUT_RDWR)
            serving.join(10)
            made.cut()

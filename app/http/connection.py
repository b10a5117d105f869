"""HTTP connections of uvicorn with two changes: limits for the headers of a request, and one write for a whole response."""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_SECONDS = 10
"""Seconds within which the headers of a request must arrive."""
MOST_HEAD = 128 * 1024
"""Most bytes of a request line with its headers. A GET has its question in the request line, of which uvicorn takes 64 KiB."""
HEAD_ENDS = b"\r\n\r\n"


class Together:
    """A transport that sends the headers of a response and the first part of its body in one system call.

    uvicorn writes headers and body separately, and each write takes a tenth of the time of a small question. Headers that
    no body follows in the same turn of the event loop are sent alone. Every other method first sends headers that wait.
    """

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport, self._loop = transport, loop
        self._head = b""

    def write(self, data: bytes) -> None:
        """Write bytes; keep them for the next write if they end the headers of a response."""
        if self._head:
            head, self._head = self._head, b""
            self._transport.write(head + data)
        elif data.endswith(HEAD_ENDS):
            self._head = data
            self._loop.call_soon(self.flush)
        else:
            self._transport.write(data)

    def flush(self) -> None:
        """Write headers that wait."""
        if self._head:
            self.write(b"")

    def __getattr__(self, name: str) -> Any:
        self.flush()
        return getattr(self._transport, name)


class Connection(HttpToolsProtocol):
    """A connection that limits time and size of request headers; uvicorn alone limits neither."""

    _late: asyncio.TimerHandle | None = None
    _size = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn declares it
        """Begin to wait for the first headers."""
        super().connection_made(Together(transport, self.loop))  # type: ignore[arg-type]  # it has all that uvicorn uses
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Read bytes; refuse the request if its headers are too large."""
        if self._late is None and (self.cycle is None or self.cycle.response_complete):
            self._wait()
        super().data_received(data)
        if self._late is not None and not self.transport.is_closing():
            self._size += len(data)
            if self._size > MOST_HEAD:
                self.send_400_response(
                    f"The headers of the request are larger than {MOST_HEAD:,} bytes, the most allowed."
                )

    def on_headers_complete(self) -> None:
        """Stop waiting: the headers have arrived."""
        self._done()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting: the client has gone."""
        self._done()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._size = 0
        self._late = self.loop.call_later(HEAD_SECONDS, self.timeout_keep_alive_handler)

    def _done(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

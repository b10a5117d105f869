"""A connection over HTTP. In: bytes. Out: uvicorn's handling of them, with bounds of a request's head, in fewer writes."""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_SECONDS = 10
MOST_HEAD = 128 * 1024
"""Bytes of a head; a GET carries its question in the first line, of which uvicorn takes 64 KiB."""
HEAD_ENDS = b"\r\n\r\n"


class Together:
    """A transport that sends the head of a response with what is written next, in one call to the system.

    uvicorn writes head and body one after the other, and each write costs a tenth of a small question. What is written in
    another turn of the loop goes by itself, as it would have. All else is the transport's own, and finds the head written.
    """

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport, self._loop = transport, loop
        self._head = b""

    def write(self, data: bytes) -> None:
        """Write bytes, or keep them for the next write where they are a head."""
        if self._head:
            head, self._head = self._head, b""
            self._transport.write(head + data)
        elif data.endswith(HEAD_ENDS):
            self._head = data
            self._loop.call_soon(self.flush)
        else:
            self._transport.write(data)

    def flush(self) -> None:
        """Write a head that waits."""
        if self._head:
            self.write(b"")

    def __getattr__(self, name: str) -> Any:
        self.flush()
        return getattr(self._transport, name)


class Connection(HttpToolsProtocol):
    """uvicorn waits for ever for a head, and for one of any size."""

    _late: asyncio.TimerHandle | None = None
    _size = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn declares it
        """Begin to wait for the first head."""
        super().connection_made(Together(transport, self.loop))  # type: ignore[arg-type]  # it is one where uvicorn looks
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Read bytes; refuse a head that has become too large."""
        if self._late is None and (self.cycle is None or self.cycle.response_complete):
            self._wait()
        super().data_received(data)
        if self._late is not None and not self.transport.is_closing():
            self._size += len(data)
            if self._size > MOST_HEAD:
                self.send_400_response("The head of the request is too large.")

    def on_headers_complete(self) -> None:
        """The head is there."""
        self._done()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """The client has gone."""
        self._done()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._size = 0
        self._late = self.loop.call_later(HEAD_SECONDS, self.timeout_keep_alive_handler)

    def _done(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

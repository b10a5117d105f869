"""Connections of uvicorn, changed: HTTP has limits for headers, one write for a whole response and answers at once.

WebSocket reads in steps. `Connection` is given to uvicorn for HTTP, `Socket` for WebSocket.
"""

import asyncio
from functools import partial
from typing import Any, cast

from starlette.types import Scope
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from app.http.plain import REPLY, Plain

HEAD_SECONDS = 10
"""Seconds within which the headers of a request must arrive."""
MOST_HEAD = 128 * 1024
"""Most bytes of a request line with its headers. A GET has its question in the request line, of which uvicorn takes 64 KiB."""
STEP = 16 * 1024
"""Most bytes of a WebSocket connection that are read at once. In frames of one byte they take about 6 ms."""
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
    """A connection that limits time and size of request headers; uvicorn alone limits neither.

    A request that came as a whole is first shown to `at_once` of the application, if it has that: a task for it would take as
    long as to find an answer that is kept.
    """

    _late: asyncio.TimerHandle | None = None
    _size = 0
    _in_headers = True
    _reading = False
    _next: tuple[RequestResponseCycle, Any] | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn declares it
        """Begin to wait for the first headers."""
        super().connection_made(Together(transport, self.loop))  # type: ignore[arg-type]  # it has all that uvicorn uses
        self._at_once = getattr(self.app, "at_once", None)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Read bytes; refuse the request if its headers are too large."""
        if self._late is None and (self.cycle is None or self.cycle.response_complete):
            self._size, self._in_headers = 0, True
        self._reading = True
        super().data_received(data)
        self._reading = False
        if self._next is not None:
            self._begin(*self._next)
        if self._in_headers and not self.transport.is_closing():
            if self._late is None:
                self._wait()
            self._size += len(data)
            if self._size > MOST_HEAD:
                self.send_400_response(
                    f"The headers of the request are larger than {MOST_HEAD:,} bytes, the most allowed."
                )

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        """Start a request; one that is being read when all that came of it is read."""
        if self._reading:
            self._next = cycle, app
        else:
            super()._start_asgi_task(cycle, app)

    def _begin(self, cycle: RequestResponseCycle, app: Any) -> None:
        """Answer a request at once, or start it."""
        self._next = None
        if self._at_once is not None and self._is_usual(cycle):
            response = self._at_once(cycle.scope, bytes(cycle.body))
            if response is not None:
                self._write(cycle, response)
                return
            cast(Scope, cycle.scope)[REPLY] = partial(self._reply, cycle)
        super()._start_asgi_task(cycle, app)

    def _is_usual(self, cycle: RequestResponseCycle) -> bool:
        """Whether a request has come as a whole, its response can be written as a whole, and the connection stays."""
        if cycle.more_body or cycle.waiting_for_100_continue or cycle.disconnected or cycle.response_started:
            return False
        return cycle.keep_alive and not (self.flow.write_paused or self.transport.is_closing())

    def _reply(self, cycle: RequestResponseCycle, response: Plain) -> bool:
        """Write a response if that can be done in one piece; return whether it was."""
        if not self._is_usual(cycle):
            return False
        self._write(cycle, response)
        return True

    def _write(self, cycle: RequestResponseCycle, response: Plain) -> None:
        cycle.response_started = cycle.response_complete = True
        cycle.message_event.set()
        first = [b"%b: %b\r\n" % header for header in self.server_state.default_headers]
        self.transport.write(response.written(b"".join((STATUS_LINE[response.status], *first))))
        self.on_response_complete()

    def on_headers_complete(self) -> None:
        """Stop waiting: the headers have arrived."""
        self._done()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting: the client has gone."""
        self._done()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._late = self.loop.call_later(HEAD_SECONDS, self.timeout_keep_alive_handler)

    def _done(self) -> None:
        self._in_headers = False
        if self._late is not None:
            self._late.cancel()
            self._late = None


class Steps:
    """A transport that reads from the network only when its Socket has taken in all that was read before."""

    def __init__(self, transport: asyncio.BaseTransport, socket: "Socket") -> None:
        self._transport, self._socket = transport, socket

    def resume_reading(self) -> None:
        """Go on to read, first what was read before."""
        self._socket.take_in()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


class Socket(WebSocketsSansIOProtocol):
    """A WebSocket connection that takes in what it reads in steps, so that others have their turn between them.

    A read brings up to 256 KiB, and uvicorn alone takes in all its frames at once: 50 ms if they have one byte each.
    """

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin, with nothing read."""
        super().connection_made(transport)
        self._read, self._unread = cast(asyncio.Transport, transport), bytearray()
        self._soon: asyncio.Handle | None = None
        self.transport = Steps(transport, self)  # type: ignore[assignment]  # it has all that uvicorn uses

    def data_received(self, data: bytes) -> None:
        """Take in a first step, the others later."""
        self._unread += data
        if self._soon is None:
            self._step()

    def take_in(self) -> None:
        """Take in the next step in the next turn of the event loop; read from the network when there is none."""
        if not self._unread:
            self._read.resume_reading()
        elif self._soon is None:
            self._soon = self.loop.call_soon(self._step)

    def _step(self) -> None:
        self._soon = None
        step, self._unread = bytes(self._unread[:STEP]), self._unread[STEP:]
        if step and not self.transport.is_closing():
            super().data_received(step)
        if self.transport.is_closing():
            self._unread.clear()
        elif self._unread:
            self._read.pause_reading()
            if not self.read_paused:
                self.take_in()
        elif not (self.read_paused or self._read.is_reading()):
            self._read.resume_reading()

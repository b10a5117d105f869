"""Connections of uvicorn, changed: HTTP has limits for headers, one write for a whole response and answers at once.

Both read in steps and count as connections of their address. `Connection` is given to uvicorn for HTTP, `Socket` for WebSocket.
"""

import asyncio
import re
from collections.abc import Callable
from functools import partial
from typing import Any, cast

from starlette.types import Scope
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from app.http.answering import refusal
from app.http.crowd import Crowd
from app.http.headers import AGAIN
from app.http.negotiate import JSON
from app.http.plain import REPLY, Plain, plain
from app.http.steps import InSteps
from app.http.taken import ABORT, Taken
from graph.errors import Unavailable

HEAD_SECONDS = 10
"""Seconds within which the headers of a request must arrive."""
MOST_HEAD = 128 * 1024
"""Most bytes of a request line with its headers. A GET has its question in the request line, of which uvicorn takes 64 KiB."""
MOST_HEADERS = 200
"""Most headers of a request."""
MOST_STRAY = 500
"""Most percent signs of an address that encode nothing: Python reads a thousand of them in a millisecond."""
LAST_SECONDS = 2.0
"""Seconds in which the client of a WebSocket must take something of what is left when the server stops."""
STRAY = re.compile(rb"%(?![0-9A-Fa-f]{2})")
HEAD_ENDS = b"\r\n\r\n"
CLOSE = (b"connection", b"close")
LARGE = 64 * 1024
"""Bytes of a body from which on it is not copied: an answer that is kept may wait on many connections."""
TOO_MANY_HEADERS = f"The request has more than {MOST_HEADERS} headers, the most allowed."
TOO_MANY_STRAY = f"The address has more than {MOST_STRAY} percent signs that encode nothing; write each as %25."
CROWDED = "There are too many connections from this address, or to this server. Close one first."


class Together:
    """A transport that sends the headers of a response and the first part of its body in one system call.

    uvicorn writes headers and body separately, and each write takes a tenth of the time of a small question. Headers that
    no body follows in the same turn of the event loop are sent alone. Every other method first sends headers that wait.
    """

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport, self._loop = transport, loop
        self._head = b""
        self.resume = transport.resume_reading
        """Goes on to read."""
        self.closes: Callable[[], None] = lambda: None
        """Is called if something is left to be sent when the connection is closed."""

    def write(self, data: bytes) -> None:
        """Write bytes; keep them for the next write if they end the headers of a response."""
        if self._head and len(data) >= LARGE:
            head, self._head = self._head, b""
            self._transport.writelines([head, data])
        elif self._head:
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

    def resume_reading(self) -> None:
        """Go on to read."""
        self.resume()

    def close(self) -> None:
        """Close the connection when all is sent."""
        self.flush()
        self._transport.close()
        if self._transport.get_write_buffer_size():
            self.closes()

    def __getattr__(self, name: str) -> Any:
        self.flush()
        return getattr(self._transport, name)


class Connection(InSteps, Taken, HttpToolsProtocol):
    """A connection that limits time, size and number of request headers; uvicorn alone limits none of them.

    A request that came as a whole is first shown to `at_once` of the application, if it has that: a task for it would take as
    long as to find an answer that is kept.
    """

    _late: asyncio.TimerHandle | None = None
    _size = 0
    """Bytes that were taken in since the request began, or since the last piece of its body."""
    _in_headers = True
    _reading = False
    _next: tuple[RequestResponseCycle, Any] | None = None
    _why = ""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn declares it
        """Begin to wait for the first headers; refuse a connection for which there is no room."""
        together = Together(transport, self.loop)
        self.in_steps(transport)
        together.resume, together.closes = self.take_in, self.look_on
        super().connection_made(together)  # type: ignore[arg-type]  # it has all that uvicorn uses
        self._at_once = getattr(self.app, "at_once", None)
        state = self.app.state
        self._crowd, self._clients, self._full = state.crowd, state.clients, state.full
        self._peer = peer_of(transport)
        has_room = self._crowd.has_room(self._peer, trusted=self._clients.trusts(self._peer))
        self._crowd.enter(self._peer)
        if has_room:
            self._wait()
        else:
            self._close_with(plain(refusal(Unavailable(CROWDED)).body, JSON, Unavailable.status, AGAIN))

    def waits(self) -> bool:
        """Whether what is read is not taken in now: there is a request that is not begun, or much of a body."""
        return self.flow.read_paused or bool(self.pipeline)

    def take(self, step: bytes) -> None:
        """Take in bytes; refuse the request if its headers are too large."""
        if self._late is None and (self.cycle is None or self.cycle.response_complete):
            self._size, self._in_headers = 0, True
        self._reading = True
        HttpToolsProtocol.data_received(self, step)
        self._reading = False
        if self._next is not None:
            self._begin(*self._next)
        if self.transport.is_closing():
            return
        self._size += len(step)
        if self._in_headers and self._late is None:
            self._wait()
        if self._size > MOST_HEAD:
            self.send_400_response(f"The headers of the request are larger than {MOST_HEAD:,} bytes, the most allowed.")
        elif self._in_headers and len(self.headers or ()) > MOST_HEADERS:
            self.send_400_response(TOO_MANY_HEADERS)

    def send_400_response(self, msg: str) -> None:
        """Say what is wrong with a request, and close the connection."""
        self._close_with(plain((self._why or msg).encode(), "text/plain", 400))

    def _close_with(self, response: Plain) -> None:
        given = [b"%b: %b\r\n" % each for each in self.server_state.default_headers if each != CLOSE]
        first = [STATUS_LINE[response.status], *given, b"%b: %b\r\n" % CLOSE]
        self.transport.write(response.written(b"".join(first)))
        self.transport.close()

    def handle_websocket_upgrade(self) -> None:
        """Give the connection to a Socket, which counts it from now on."""
        super().handle_websocket_upgrade()
        self._end()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        """Start a request, one that is being read when all that came of it is read; refuse it if its client reads nothing."""
        if self._crowd.has_unread and self._crowd.is_full(self._clients.address(cast(Scope, cycle.scope))):
            super()._start_asgi_task(cycle, self._full)
        elif self._reading:
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
        head = response.head(b"".join((STATUS_LINE[response.status], *first)))
        if len(response.body) < LARGE:
            self.transport.write(head + response.body)
        else:
            self.transport.writelines([head, response.body])
        self.on_response_complete()

    def on_response_complete(self) -> None:
        """Go on with the next request."""
        super().on_response_complete()
        if not self.is_reading:
            self.take_in()

    def on_message_begin(self) -> None:
        """Begin to count the headers of a request, which may come while another one is answered."""
        self._size, self._in_headers = 0, True
        super().on_message_begin()
        cast(Scope, self.scope)[ABORT] = self._read.abort

    def on_header(self, name: bytes, value: bytes) -> None:
        """Keep a header; forget one that comes after the body, for nobody reads it and there may be any number."""
        if self._in_headers:
            super().on_header(name, value)

    def on_body(self, body: bytes) -> None:
        """Take a piece of the body. What is between two pieces, and after the last, is bounded as headers are."""
        self._size = 0
        super().on_body(body)

    def on_headers_complete(self) -> None:
        """Stop waiting: the headers have arrived. Raise ValueError if they cost too much, after which uvicorn refuses them."""
        self._done()
        if len(self.headers) > MOST_HEADERS:
            self._why = TOO_MANY_HEADERS
        elif self.url.count(b"%") > MOST_STRAY and len(STRAY.findall(self.url)) > MOST_STRAY:
            self._why = TOO_MANY_STRAY
        if self._why:
            raise ValueError(self._why)
        super().on_headers_complete()

    def pause_writing(self) -> None:
        """Note that an answer is not read."""
        super().pause_writing()
        self.look_on()
        if self.scope is not None:
            self._crowd.waits(self.transport, self._clients.address(cast(Scope, self.scope)))

    def resume_writing(self) -> None:
        """Note that an answer was read."""
        super().resume_writing()
        self.look_no_more()
        self._crowd.goes_on(self.transport)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting: the client has gone."""
        self._end()
        super().connection_lost(exc)

    def _end(self) -> None:
        """Stop to count this connection."""
        self._done()
        self.no_more_steps()
        self.look_no_more()
        self._crowd.goes_on(self.transport)
        self._crowd.leave(self._peer)

    def _wait(self) -> None:
        self._late = self.loop.call_later(HEAD_SECONDS, self.timeout_keep_alive_handler)

    def _done(self) -> None:
        self._in_headers = False
        if self._late is not None:
            self._late.cancel()
            self._late = None


class Steps:
    """A transport that reads from the network only when its Socket has taken in all that was read before."""

    def __init__(self, transport: asyncio.Transport, socket: "Socket") -> None:
        self._transport, self._socket = transport, socket

    def resume_reading(self) -> None:
        """Go on to read, first what was read before."""
        self._socket.take_in()

    def close(self) -> None:
        """Close the connection when all is sent."""
        self._transport.close()
        self._socket.look_on()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


class Socket(InSteps, Taken, WebSocketsSansIOProtocol):
    """A WebSocket connection that takes in what it reads in steps: in frames of one byte they take about 6 ms."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin, with nothing read."""
        super().connection_made(transport)
        self.in_steps(cast(asyncio.Transport, transport))
        self.transport = Steps(self._read, self)  # type: ignore[assignment]  # it has all that uvicorn uses
        self._crowd: Crowd = self.app.state.crowd
        self._peer = peer_of(transport)
        self._crowd.enter(self._peer)

    def waits(self) -> bool:
        """Whether what is read is not taken in now."""
        return self.read_paused

    def take(self, step: bytes) -> None:
        """Take in bytes."""
        WebSocketsSansIOProtocol.data_received(self, step)

    def pause_writing(self) -> None:
        """Note that what is sent is not read."""
        super().pause_writing()
        self.look_on()

    def shutdown(self) -> None:
        """Close the connection. Who reads nothing is not waited for."""
        super().shutdown()
        self.hurry(LAST_SECONDS)

    def resume_writing(self) -> None:
        """Note that it was read."""
        super().resume_writing()
        self.look_no_more()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop to count this connection."""
        self.no_more_steps()
        self.look_no_more()
        self._crowd.leave(self._peer)
        super().connection_lost(exc)


def peer_of(transport: asyncio.BaseTransport) -> str:
    """Return the address of the other side."""
    peer = transport.get_extra_info("peername")
    return str(peer[0]) if peer else ""

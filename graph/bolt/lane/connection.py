"""One connection of the lane. In: messages to send. Out: their replies, or the errors that the driver would raise.

One exchange at a time: what is written, and how many summaries (SUCCESS, FAILURE or IGNORED) answer it.
"""

import asyncio
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast

from neo4j.exceptions import ServiceUnavailable, UnsupportedServerProduct

from graph.bolt.connect import CONNECT_SECONDS
from graph.bolt.lane.chunks import Chunks
from graph.bolt.lane.codec import Codec, failure
from graph.bolt.lane.messages import FAILURE, GOODBYE, GREETING, NEWEST, OLDEST, RECORD, RESET, SUCCESS, hello
from graph.bolt.lane.target import Target

RESET_SECONDS = 5.0
"""Seconds within which a server must answer RESET after a failure."""
HEADER = 2
"""Bytes of a message before its fields: their number and the kind of the message."""
SILENCE = "connection.recv_timeout_seconds"
"""The hint of a server that tells for how long it is never silent while it works."""


@dataclass(slots=True)
class Reply:
    """What answers an exchange: records and summaries, each a message as it came.

    `ends` says for each summary how many records came before it.
    """

    records: list[bytes] = field(default_factory=list)
    summaries: list[bytes] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)


class Connection(Chunks):
    """A connection to one server, which `where` names; `opened` returns one that is logged in."""

    def __init__(self, codec: Codec, where: str) -> None:
        super().__init__()
        self._codec, self.where = codec, where
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._greeting: asyncio.Future[bytes] | None = self._loop.create_future()
        self._greeted = b""
        self._future: asyncio.Future[Reply] | None = None
        self._reply = Reply()
        self._awaited = 0
        self._resetting: asyncio.TimerHandle | None = None
        self._watch: asyncio.TimerHandle | None = None
        self._silence: float | None = None
        self._heard = self._loop.time()
        self.born = self.idle_since = time.monotonic()
        self._version = (0, 0)
        self.closed = False
        self._comes_back = False
        self.on_free: Callable[[Connection], None] = _nobody
        self.on_lost: Callable[[Connection, bool], None] = _nobody

    async def log_in(self, target: Target) -> None:
        """Agree on a version and log in."""
        greeting = cast(asyncio.Future[bytes], self._greeting)
        self._write(GREETING)
        answered = await greeting
        self._version = (answered[3], answered[2])
        if answered == b"HTTP":
            raise ServiceUnavailable(f"{self.where} speaks HTTP, not Bolt.")
        if not OLDEST <= self._version <= NEWEST:
            raise UnsupportedServerProduct(f"{self.where} speaks no version of Bolt from {OLDEST} to {NEWEST}.")
        reply = await self.exchange(hello(self._codec, self._version, target), 2)
        hints = self._codec.unpack(bytearray(reply.summaries[0]), HEADER).get("hints") or {}
        silence = hints.get(SILENCE)
        self._silence = silence if isinstance(silence, int) and silence > 0 else None

    def exchange(self, data: bytes, summaries: int, comes_back: bool = False) -> "asyncio.Future[Reply]":
        """Write messages, and return the future of what answers them. If it is cancelled, call `kill`.

        If `comes_back`, `on_free` is called when the connection can be used again, also after a FAILURE.
        """
        self._comes_back = comes_back
        self._future = self._loop.create_future()
        self._reply = Reply()
        self._awaited = summaries
        if self._silence is not None:
            self._heard = self._loop.time()
            if self._watch is None:
                self._watch = self._loop.call_later(self._silence, self._listen)
        self._write(data)
        return self._future

    def close(self) -> None:
        """Say goodbye and close an idle connection."""
        if not self.closed and self._transport is not None:
            self._transport.write(GOODBYE)
            self._transport.close()
        self._leave()

    def kill(self) -> None:
        """Close the connection at once; the server then ends its statement."""
        if self._transport is not None:
            self._transport.abort()
        self._leave()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport, and let the system find out whether the other end is alive."""
        self._transport = cast(asyncio.Transport, transport)
        connected = transport.get_extra_info("socket")
        if connected is not None:
            connected.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)

    def data_received(self, data: bytes) -> None:
        """Take bytes as they arrived."""
        if self._silence is not None:
            self._heard = self._loop.time()
        if self._greeting is None:
            self.feed(data)
            return
        self._greeted += data
        if len(self._greeted) >= 4:
            greeting, self._greeting = self._greeting, None
            if not greeting.done():
                greeting.set_result(self._greeted[:4])
            self.feed(self._greeted[4:])

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  # asyncio gives it
        """Fail what is under way."""
        self._fail(ServiceUnavailable(f"The connection to {self.where} was lost."))

    def message(self, message: bytes) -> None:
        """Take a message of the server."""
        kind = message[1] if len(message) > 1 else 0
        if kind == RECORD:
            self._reply.records.append(message)
            return
        self._awaited -= 1
        if self._awaited < 0:
            self._fail(ServiceUnavailable(f"{self.where} sent a message that nobody waits for."))
        elif self._resetting is not None:
            self._drain(kind)
        elif kind == SUCCESS:
            self._reply.summaries.append(message)
            self._reply.ends.append(len(self._reply.records))
            if not self._awaited:
                self._finish()
        elif kind == FAILURE:
            self._failed(message)
        else:
            self._fail(ServiceUnavailable(f"{self.where} sent a message of an unknown kind."))

    def _write(self, data: bytes) -> None:
        if self.closed or self._transport is None or self._transport.is_closing():
            self._fail(ServiceUnavailable(f"The connection to {self.where} is closed."))
        else:
            self._transport.write(data)

    def _finish(self) -> None:
        """Give the reply to who waits for it, and the connection to the pool."""
        future = cast(asyncio.Future[Reply], self._future)
        if future.cancelled():
            self.kill()
            return
        future.set_result(self._reply)
        self._future = None
        self._reply = Reply()
        if self._comes_back:
            self.on_free(self)

    def _failed(self, message: bytes) -> None:
        """Raise the server's error where the reply is awaited, and make the connection usable again."""
        future, self._future = cast(asyncio.Future[Reply], self._future), None
        if not future.done():
            future.set_exception(failure(self._codec.unpack(bytearray(message), HEADER), self._version))
        if not self._comes_back:
            self.kill()
            return
        self._awaited += 1
        self._resetting = self._loop.call_later(RESET_SECONDS, self.kill)
        self._write(RESET)

    def _drain(self, kind: int) -> None:
        """Take a summary after a failure: those of the messages that were ignored, then that of RESET."""
        if self._awaited:
            return
        if self._resetting is not None:
            self._resetting.cancel()
            self._resetting = None
        if kind == SUCCESS:
            self._reply = Reply()
            self.on_free(self)
        else:
            self.kill()

    def _listen(self) -> None:
        """Fail if the server has been silent for too long while it works."""
        self._watch = None
        if not self._awaited or self._silence is None:
            return
        quiet = self._loop.time() - self._heard
        if quiet >= self._silence:
            self._fail(ServiceUnavailable(f"{self.where} was silent for {self._silence} seconds."))
        else:
            self._watch = self._loop.call_later(self._silence - quiet, self._listen)

    def _fail(self, error: Exception) -> None:
        at_work = self._awaited > 0
        for future in (self._greeting, self._future):
            if future is not None and not future.done():
                future.set_exception(error)
        if self._transport is not None:
            self._transport.abort()
        self._leave(at_work)

    def _leave(self, at_work: bool = False) -> None:
        if self.closed:
            return
        self.closed = True
        for timer in (self._resetting, self._watch):
            if timer is not None:
                timer.cancel()
        self.on_lost(self, at_work)


def _nobody(*_about: object) -> None:
    """Tell nobody."""


async def opened(target: Target, codec: Codec, deadline: float) -> Connection:
    """Return a connection that is logged in, by a time of the event loop.

    Raise ServiceUnavailable, UnsupportedServerProduct or the server's error.
    """
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(CONNECT_SECONDS):
            _, connection = await loop.create_connection(
                lambda: Connection(codec, target.shown),
                target.ip or target.host,
                target.port,
                ssl=target.tls,
                server_hostname=target.host if target.tls else None,
            )
    except OSError as error:  # TimeoutError and errors of TLS are among them
        raise ServiceUnavailable(f"{target.shown} cannot be reached.") from error
    try:
        async with asyncio.timeout_at(deadline):
            await connection.log_in(target)
    except TimeoutError as error:
        connection.kill()
        raise ServiceUnavailable(f"{target.shown} does not answer.") from error
    except BaseException:
        connection.kill()
        raise
    return connection

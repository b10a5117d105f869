"""The connections of the lane. In: a target and how many connections it may have. Out: connections, in turn.

A connection is given to who has waited longest. It is closed when it is old, and asked whether it lives after it was idle.
"""

import asyncio
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass

from neo4j.exceptions import ConnectionAcquisitionTimeoutError, DriverError, Neo4jError, ServiceUnavailable

from graph.bolt.connect import ACQUISITION_SECONDS
from graph.bolt.lane.codec import Codec
from graph.bolt.lane.connection import Connection, opened
from graph.bolt.lane.messages import RESET
from graph.bolt.lane.target import Target

LOGIN_EXPIRED = "Neo.ClientError.Security.AuthorizationExpired"
"""The server wants a new login."""


@dataclass(frozen=True)
class Ages:
    """Seconds after which a connection is closed, after which it is asked whether it lives, and in which it must answer."""

    oldest: float = 3600.0
    idle: float = 30.0
    answer: float = 2.0


class Pool:
    """Connections to one target, never more than `size`."""

    def __init__(self, target: Target, size: int, codec: Codec, ages: Ages | None = None) -> None:
        self._target, self._size, self._codec, self._ages = target, size, codec, ages or Ages()
        self._idle: list[Connection] = []
        self._all: set[Connection] = set()
        self._opening = 0
        self._waiting: deque[asyncio.Future[Connection | None]] = deque()
        self._expired = float("-inf")
        self._closed = False

    def ready(self) -> Connection | None:
        """Return an idle connection that was used a moment ago; None if `take` must find one."""
        if not self._idle:
            return None
        connection, now = self._idle[-1], time.monotonic()
        if now - connection.idle_since > self._ages.idle or now - connection.born > self._ages.oldest:
            return None
        return self._idle.pop()

    @property
    def busy(self) -> int:
        """How many connections are in use or being opened, and how many more are waited for."""
        return len(self._all) - len(self._idle) + self._opening + len(self._waiting)

    async def take(self, deadline: float | None = None) -> Connection:
        """Return a connection, which comes back by itself when its exchange ends.

        Raise ConnectionAcquisitionTimeoutError if none is free in time, or what `opened` raises.
        """
        if deadline is None:
            deadline = asyncio.get_running_loop().time() + ACQUISITION_SECONDS
        while True:
            if self._closed:
                raise ServiceUnavailable("The connections are closed.")
            if self._idle:
                connection = self.ready() or await self._checked(self._idle.pop())
            elif len(self._all) + self._opening < self._size:
                return await self._open(deadline)
            else:
                connection = await self._wait(deadline)
            if connection is not None:
                return connection

    def failed(self, _connection: Connection, error: Exception) -> None:
        """Learn from what was raised where a reply of a connection was awaited."""
        if isinstance(error, Neo4jError) and error.code == LOGIN_EXPIRED:
            self.expire()

    def expire(self) -> None:
        """Close every connection, one in use when its exchange ends."""
        self._expired = time.monotonic()
        self._close_idle()

    def close(self) -> None:
        """Close every connection."""
        self._closed = True
        self._close_idle()
        for connection in list(self._all):
            connection.kill()
        while self._waiting:
            self._wake()

    async def _checked(self, connection: Connection) -> Connection | None:
        """Return a connection that was idle, if it lives and is not too old."""
        if time.monotonic() - connection.born > self._ages.oldest:
            connection.close()
            return None
        try:
            async with asyncio.timeout(self._ages.answer):
                await connection.exchange(RESET, 1)
        except (TimeoutError, DriverError, Neo4jError):
            connection.kill()
            self._close_idle()
            return None
        except BaseException:
            connection.kill()
            raise
        return connection

    async def _open(self, deadline: float) -> Connection:
        self._opening += 1
        try:
            connection = await opened(self._target, self._codec, deadline)
        except BaseException:
            self._opening -= 1
            self._wake()
            raise
        self._opening -= 1
        self._all.add(connection)
        connection.on_free, connection.on_lost = self._free, self._lost
        return connection

    async def _wait(self, deadline: float) -> Connection | None:
        """Wait for a connection that comes back, or until there may be room for a new one."""
        future: asyncio.Future[Connection | None] = asyncio.get_running_loop().create_future()
        self._waiting.append(future)
        try:
            async with asyncio.timeout_at(deadline):
                return await future
        except BaseException as error:
            with suppress(ValueError):
                self._waiting.remove(future)
            if future.done() and not future.cancelled():
                self._pass_on(future.result())
            if isinstance(error, TimeoutError):
                raise ConnectionAcquisitionTimeoutError(
                    f"No connection to {self._target.shown} was free within {ACQUISITION_SECONDS} seconds."
                ) from error
            raise

    def _free(self, connection: Connection) -> None:
        """Take a connection back."""
        now = connection.idle_since = time.monotonic()
        if connection.born <= self._expired or now - connection.born > self._ages.oldest:
            connection.close()
        else:
            self._pass_on(connection)

    def _lost(self, connection: Connection, at_work: bool) -> None:
        """Forget a connection that was closed. If it was lost while it worked, the idle ones are not trusted either."""
        self._all.discard(connection)
        with suppress(ValueError):
            self._idle.remove(connection)
        if at_work:
            self._close_idle()
        self._wake()

    def _pass_on(self, connection: Connection | None) -> None:
        if connection is None or connection.closed:
            self._wake()
        elif not self._wake(connection):
            self._idle.append(connection)

    def _wake(self, connection: Connection | None = None) -> bool:
        """Give a connection, or news of room for one, to who has waited longest; return whether anybody waits."""
        while self._waiting:
            future = self._waiting.popleft()
            if not future.done():
                future.set_result(connection)
                return True
        return False

    def _close_idle(self) -> None:
        idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

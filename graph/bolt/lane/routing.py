"""The connections of the lane to a cluster. In: a server of it. Out: connections to servers that answer reads, in turn.

A server of the cluster tells which servers answer, and for how long that is true. What it tells is asked for again when that
time is over or no reader is left. A server that cannot be reached, or has no database, is left out until then.
"""

import asyncio
import random
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from neo4j.exceptions import DriverError, Neo4jError, ServiceUnavailable, SessionExpired

from graph.bolt.connect import ACQUISITION_SECONDS, CONNECT_SECONDS
from graph.bolt.lane.codec import Codec
from graph.bolt.lane.connection import HEADER, Connection, opened
from graph.bolt.lane.messages import route
from graph.bolt.lane.pool import LOGIN_EXPIRED, Ages, Pool
from graph.bolt.lane.target import Target

UNAVAILABLE = "Neo.TransientError.General.DatabaseUnavailable"
NOT_A_LEADER = "Neo.ClientError.Cluster.NotALeader"
FATAL = (
    "Neo.ClientError.Database.DatabaseNotFound",
    "Neo.ClientError.Statement.TypeError",
    "Neo.ClientError.Statement.ArgumentError",
    "Neo.ClientError.Request.Invalid",
    "Neo.ClientError.Security.",
)
"""Beginnings of the codes of errors that every server would answer."""


@dataclass(frozen=True)
class Cluster:
    """A database of a cluster: the server that is asked first, and what it is told of the address that clients use."""

    first: Target
    database: str
    routing: Mapping[str, str]


@dataclass
class Table:
    """Which servers tell of others and which answer reads, and until when. Servers that fail are taken out."""

    routers: dict[str, Target]
    readers: dict[str, Target]
    has_writer: bool
    until: float

    @property
    def is_fresh(self) -> bool:
        """Whether the table may still be used."""
        return bool(self.readers) and bool(self.routers) and time.monotonic() < self.until

    def leave_out(self, server: str) -> None:
        """Take a server out."""
        self.routers.pop(server, None)
        self.readers.pop(server, None)


def read_table(told: Any, near: Target) -> Table:
    """Read what ROUTE answers. Raise ValueError, KeyError or TypeError if it is no table with a router and a reader."""
    by_role: dict[str, dict[str, Target]] = {"ROUTE": {}, "READ": {}, "WRITE": {}}
    for server in told["servers"]:
        for each in map(near.at, server["addresses"]):
            by_role.get(server["role"], {})[each.shown] = each
    if not by_role["ROUTE"] or not by_role["READ"]:
        raise ValueError("the table names no router or no reader")
    return Table(by_role["ROUTE"], by_role["READ"], bool(by_role["WRITE"]), time.monotonic() + told["ttl"])


class Routed:
    """Connections to the readers of a cluster, never more than `size` to one server."""

    def __init__(self, cluster: Cluster, size: int, codec: Codec, ages: Ages | None = None) -> None:
        self._cluster, self._size, self._codec, self._ages = cluster, size, codec, ages
        self._table: Table | None = None
        self._asking = asyncio.Lock()
        self._pools: dict[str, Pool] = {}
        self._closed = False

    def ready(self) -> Connection | None:
        """Return an idle connection to the reader that has least to do; None if `take` must find one."""
        if self._table is None or not self._table.is_fresh:
            return None
        return self._pool(self._reader(self._table)).ready()

    async def take(self) -> Connection:
        """Return a connection to the reader that has least to do.

        Raise ServiceUnavailable if no server tells which ones answer, SessionExpired if no reader can be reached, the error of a
        server, or ConnectionAcquisitionTimeoutError if no connection is free in time.
        """
        deadline = asyncio.get_running_loop().time() + ACQUISITION_SECONDS
        table = await self._fresh(deadline)
        while table.readers:
            reader = self._reader(table)
            try:
                return await self._pool(reader).take(deadline)
            except ServiceUnavailable:
                table.leave_out(reader.shown)  # there may be a newer one by now
                self._leave_out(reader.shown)
        raise SessionExpired("No server that answers reads can be reached.")

    def failed(self, connection: Connection, error: Exception) -> None:
        """Leave out a server that went away or has no database. Another login is needed at all servers, if at one."""
        known = error.code if isinstance(error, Neo4jError) else None
        if known == LOGIN_EXPIRED:
            for pool in self._pools.values():
                pool.expire()
        elif known == NOT_A_LEADER:
            self._table = None
        elif known == UNAVAILABLE or isinstance(error, DriverError):
            self._leave_out(connection.where)

    def close(self) -> None:
        """Close every connection."""
        self._closed, self._table = True, None
        for pool in self._pools.values():
            pool.close()

    def _reader(self, table: Table) -> Target:
        """Return the reader with the fewest connections in use; any of those that have equally few."""
        busy = {name: pool.busy for name, pool in self._pools.items()}
        return min(table.readers.values(), key=lambda each: (busy.get(each.shown, 0), random.random()))  # noqa: S311  # no secret

    def _pool(self, server: Target) -> Pool:
        pool = self._pools.get(server.shown)
        if pool is None:
            pool = self._pools[server.shown] = Pool(server, self._size, self._codec, self._ages)
        return pool

    def _leave_out(self, server: str) -> None:
        if self._table is not None:
            self._table.leave_out(server)
        if server in self._pools:
            self._pools[server].expire()

    async def _fresh(self, deadline: float) -> Table:
        """Return the table; ask for it if it is old. Whoever comes meanwhile waits for the same answer."""
        if self._table is not None and self._table.is_fresh:
            return self._table
        self._refuse_if_closed()
        try:
            async with asyncio.timeout_at(deadline), self._asking:
                table = self._table if self._table is not None and self._table.is_fresh else await self._asked()
                self._refuse_if_closed()
                if table is not self._table:
                    self._table = table
                    self._forget_others(table)
                return table
        except TimeoutError as error:
            raise ServiceUnavailable(
                f"No server of {self._cluster.first.shown} tells in time which ones answer."
            ) from error

    def _refuse_if_closed(self) -> None:
        if self._closed:
            raise ServiceUnavailable("The connections are closed.")

    async def _asked(self) -> Table:
        """Ask one server after the other for the table.

        That of the address comes first if no other is known, or if there was no leader when the others were told.
        """
        trusted = self._table is not None and self._table.has_writer
        for routers in (self._known, self._first) if trusted else (self._first, self._known):
            for router in await routers():
                try:
                    return await self._told(router)
                except Neo4jError as error:
                    if (error.code or "").startswith(FATAL) and error.code != LOGIN_EXPIRED:
                        raise
                except (DriverError, TimeoutError, ValueError, KeyError, TypeError):
                    self._leave_out(router.shown)
        raise ServiceUnavailable(f"No server of {self._cluster.first.shown} tells which ones answer.")

    async def _first(self) -> list[Target]:
        """Return the server of the address: a target for each IP address, because one name may stand for a whole cluster."""
        first = self._cluster.first
        try:
            found = await asyncio.get_running_loop().getaddrinfo(first.host, first.port, type=socket.SOCK_STREAM)
        except OSError:
            return []
        return [replace(first, ip=str(ip)) for ip in dict.fromkeys(address[0] for *_, address in found)]

    async def _known(self) -> list[Target]:
        """Return the other servers that tell, as the table names them."""
        first, table = self._cluster.first.shown, self._table
        return [] if table is None else [each for each in table.routers.values() if each.shown != first]

    async def _told(self, router: Target) -> Table:
        """Return the table that a server tells, over a connection of its own: those to readers may all be in use."""
        loop = asyncio.get_running_loop()
        connection = await opened(router, self._codec, loop.time() + CONNECT_SECONDS)
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                message = route(self._codec, self._cluster.routing, self._cluster.database)
                reply = await connection.exchange(message, 1)
        except BaseException:
            connection.kill()
            raise
        connection.close()
        return read_table(self._codec.unpack(bytearray(reply.summaries[0]), HEADER)["rt"], router)

    def _forget_others(self, table: Table) -> None:
        """Close the connections to servers that answer no longer, those in use when their exchange ends."""
        for server, pool in list(self._pools.items()):
            if server not in table.readers:
                pool.expire()
                if not pool.busy:
                    del self._pools[server]

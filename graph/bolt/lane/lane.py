"""The lane. In: a statement that reads, with its parameters. Out: the bytes of the one value that it returns.

One write and one answer: an auto-commit transaction in a connection of a pool, with mode `r` and a time limit. What writes
has a transaction of its own (`transaction.py`).
"""

import logging
from dataclasses import dataclass
from typing import Any, Protocol

from neo4j.exceptions import DriverError, Neo4jError

from graph.bolt.connect import Address
from graph.bolt.lane.codec import Codec
from graph.bolt.lane.connection import HEADER, Connection
from graph.bolt.lane.messages import run
from graph.bolt.lane.pool import Ages, Pool
from graph.bolt.lane.routing import Cluster, Routed
from graph.bolt.lane.target import target
from graph.bolt.lane.transaction import LaneTransaction

log = logging.getLogger("neo4j.io")
"""The logger of the driver's messages. The product turns it off, because messages quote stored values."""

EXTRAS = 1_000
"""Most kept maps of what is said beside a statement: one for each name and time limit."""
LIST_OF_ONE = 0x91
VALUE = HEADER + 1
"""Where the value of a record begins: after the header of the message and that of the list of fields."""


@dataclass(frozen=True, slots=True)
class Received:
    """The record of a statement, and what the server says of its time."""

    record: bytes
    summaries: list[bytes]
    codec: Codec

    @property
    def value(self) -> Any:
        """The value, as the driver decodes it."""
        return self.codec.unpack(bytearray(self.record), VALUE)

    @property
    def packed(self) -> bytes:
        """The PackStream of the value."""
        return self.record[VALUE:]

    @property
    def seconds(self) -> float:
        """For how many seconds the database worked."""
        first, last = (self.codec.unpack(bytearray(each), HEADER) for each in self.summaries)
        return float(first.get("t_first", 0) + last.get("t_last", 0)) / 1000


class Connections(Protocol):
    """Gives connections: to one server (`Pool`), or to the servers of a cluster that answer reads (`Routed`)."""

    def ready(self) -> Connection | None:
        """Return an idle connection that can be used at once; None if `take` must find one."""

    async def take(self) -> Connection:
        """Return a connection, which comes back by itself when its exchange ends."""

    def failed(self, connection: Connection, error: Exception, /) -> None:
        """Learn from what was raised where a reply of a connection was awaited."""

    def close(self) -> None:
        """Close every connection."""


class Lane:
    """Runs read statements on one database of one server or cluster, and transactions on one server."""

    def __init__(self, connections: Connections, codec: Codec, database: str) -> None:
        self._connections, self._codec, self._database = connections, codec, database
        self._extras: dict[tuple[str, float], bytes] = {}

    def packed(self, text: str, parameters: dict[str, Any], about: dict[str, str], seconds: float) -> bytes:
        """Return the messages that run a statement, once or again; `about` marks its transaction in the server's log.

        Raise ValueError, TypeError or OverflowError if a parameter has no PackStream.
        """
        if log.isEnabledFor(logging.DEBUG):
            log.debug("C: RUN %r %r %r", text, parameters, about)
        return run(self._codec, text, parameters, self._extra(about, seconds))

    def unpacked(self, packed: bytes) -> Any:
        """Return what the PackStream of a value holds, as the driver decodes it."""
        return self._codec.unpack(bytearray(packed))

    async def received(self, messages: bytes) -> Received:
        """Run a statement once. Raise what the driver would raise; ValueError if there is not one record with one value."""
        connection = self._connections.ready() or await self._connections.take()
        answer = connection.exchange(messages, 2, comes_back=True)
        try:
            reply = await answer
        except (DriverError, Neo4jError) as error:
            self._connections.failed(connection, error)
            raise
        except BaseException:
            if answer.cancelled():
                connection.kill()
            raise
        (record,) = reply.records
        if record[HEADER] != LIST_OF_ONE:
            raise ValueError("The record must have one value.")
        return Received(record, reply.summaries, self._codec)

    @property
    def writes(self) -> bool:
        """Whether transactions that write may go over it. In a cluster the driver finds the server that takes them."""
        return isinstance(self._connections, Pool)

    def transaction(self) -> LaneTransaction:
        """Return a transaction that may write. It takes a connection when its first statement is sent.

        Raise TypeError if the lane leads to a cluster.
        """
        if not isinstance(self._connections, Pool):
            raise TypeError("Transactions that write on a cluster go over the driver.")
        return LaneTransaction(self._connections, self._codec, self._database)

    def close(self) -> None:
        """Close the connections."""
        self._connections.close()

    def _extra(self, about: dict[str, str], seconds: float) -> bytes:
        """Pack what is said beside a statement."""
        key = (about["operation"], seconds)
        kept = self._extras.get(key)
        if kept is None:
            if len(self._extras) >= EXTRAS:
                self._extras.clear()
            # A limit of 0 would be none.
            milliseconds = max(1, round(1000 * seconds))
            extra = {"mode": "r", "db": self._database, "tx_metadata": about, "tx_timeout": milliseconds}
            kept = self._extras[key] = self._codec.pack(extra)
        return kept


def open_lane(address: Address, connections: int, codec: Codec | None = None, ages: Ages | None = None) -> Lane:
    """Return a lane with at most so many connections to each server, each opened when it is first needed."""
    where, how = target(address), codec or Codec()
    if where.routing is None:
        return Lane(Pool(where, connections, how, ages), how, address.database)
    return Lane(Routed(Cluster(where, address.database, where.routing), connections, how, ages), how, address.database)

"""A transaction over the lane. In: statements. Out: their records, or the errors that the driver would raise.

Statements that are told are sent together with the next one that is asked, so they cost no round trip of their own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from neo4j.exceptions import DriverError, IncompleteCommit, Neo4jError, ServiceUnavailable

from graph.bolt.lane.codec import Codec
from graph.bolt.lane.connection import HEADER, Connection, Reply
from graph.bolt.lane.messages import COMMIT, ROLLBACK, begin, run
from graph.bolt.lane.pool import Pool

Statement = tuple[str, dict[str, Any]]
Record = dict[str, Any]


@dataclass
class LaneTransaction:
    """One transaction that may write, in a connection of its own. A failure ends it, and its connection."""

    pool: Pool = field(repr=False)
    codec: Codec = field(repr=False)
    database: str
    _connection: Connection | None = field(default=None, repr=False)
    _told: list[Statement] = field(default_factory=list, repr=False)

    async def run(self, text: str, parameters: dict[str, Any], ids: str | None = None) -> list[Record]:  # noqa: ARG002  # as the protocol says
        """Run a statement and return its records."""
        return (await self.all([(text, parameters)]))[0]

    async def tell(self, text: str, parameters: dict[str, Any]) -> None:
        """Run a statement whose records nobody needs, at the latest before the commit."""
        self._told.append((text, parameters))

    async def all(self, statements: Sequence[Statement]) -> list[list[Record]]:
        """Run statements in their order, all sent at once, and return the records of each."""
        told, self._told = self._told, []
        every = [*told, *statements]
        opening = await self._open()
        first = 1 if opening else 0
        reply = await self._exchange(opening + self._messages(every), first + 2 * len(every))
        return [self._records(reply, first + 2 * at) for at in range(len(told), len(every))]

    async def commit(self) -> None:
        """Store what was written. Raise IncompleteCommit if the connection is lost before the answer."""
        told, self._told = self._told, []
        if self._connection is None and not told:
            return
        opening = await self._open()
        first = 1 if opening else 0
        # If a statement fails, the server ignores the COMMIT that follows it.
        messages = opening + self._messages(told) + COMMIT
        try:
            await self._exchange(messages, first + 2 * len(told) + 1, comes_back=True)
        except DriverError as error:
            raise IncompleteCommit from error

    async def rollback(self) -> None:
        """Store nothing. If the connection is lost meanwhile, the server does so by itself."""
        if self._connection is not None and not self._connection.closed:
            try:
                await self._exchange(ROLLBACK, 1, comes_back=True)
            except (DriverError, Neo4jError):
                return

    def kill(self) -> None:
        """Close the connection at once; the server then stores nothing."""
        if self._connection is not None:
            self._connection.kill()
            self._connection = None

    async def _open(self) -> bytes:
        """Take a connection, if there is none yet, and return the message that begins the transaction."""
        if self._connection is not None:
            return b""
        self._connection = self.pool.ready() or await self.pool.take()
        return begin(self.codec, self.database)

    async def _exchange(self, messages: bytes, summaries: int, comes_back: bool = False) -> Reply:
        connection = self._connection
        if connection is None or connection.closed:
            raise ServiceUnavailable("The connection of the transaction is closed.")
        if comes_back:
            # It goes back to the pool by itself, also after a failure.
            self._connection = None
        answer = connection.exchange(messages, summaries, comes_back=comes_back)
        try:
            reply = await answer
        except Neo4jError as error:
            self.pool.failed(connection, error)
            raise
        except BaseException:
            if answer.cancelled():
                connection.kill()
            raise
        return reply

    def _messages(self, statements: Sequence[Statement]) -> bytes:
        extra = self.codec.pack({})
        return b"".join(run(self.codec, text, parameters, extra) for text, parameters in statements)

    def _records(self, reply: Reply, at: int) -> list[Record]:
        """Return the records between the summary of a RUN, which names their fields, and that of its PULL."""
        fields: list[str] = self.codec.unpack(bytearray(reply.summaries[at]), HEADER)["fields"]
        records = reply.records[reply.ends[at] : reply.ends[at + 1]]
        return [dict(zip(fields, self.codec.unpack(bytearray(each), HEADER), strict=True)) for each in records]

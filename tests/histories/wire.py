"""The wire between servers and Neo4j. In: the kills of a round. Out: ports, one for each server, that pass everything on.

It sees each COMMIT of the Bolt protocol, and so knows moments that nobody could hit by waiting.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field

from tests.histories.plan import Kill, Moment

COMMIT = b"\x00\x02\xb0\x12\x00\x00"
"""The message COMMIT, alone in its chunk."""
SIZE = 65_536

Strike = Callable[[Kill, int], Awaitable[None]]


@dataclass
class Wire:
    """Passes on what servers and Neo4j say. `strike` ends a process; it gets the number of the server that commits."""

    target: Callable[[], int]
    strike: Strike
    commits: int = 0
    kills: dict[int, Kill] = field(default_factory=dict)
    struck: list[Kill] = field(default_factory=list)
    _servers: list[asyncio.Server] = field(default_factory=list)
    _later: set["asyncio.Task[None]"] = field(default_factory=set)

    async def open(self, number: int) -> int:
        """Open the port of a server."""

        async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await self._connected(number, reader, writer)

        server = await asyncio.start_server(connected, "127.0.0.1", 0)
        self._servers.append(server)
        port: int = server.sockets[0].getsockname()[1]
        return port

    def close(self) -> None:
        for server in self._servers:
            server.close()

    def arm(self, kills: tuple[Kill, ...]) -> None:
        """Begin to count for a round."""
        self.commits, self.kills, self.struck = 0, {kill.commit: kill for kill in kills}, []

    async def _connected(self, number: int, client: asyncio.StreamReader, to_client: asyncio.StreamWriter) -> None:
        to_database: asyncio.StreamWriter | None = None
        # At the end of the run the event loop cancels what is left.
        with suppress(OSError, asyncio.CancelledError):
            database, to_database = await asyncio.open_connection("127.0.0.1", self.target())
            withheld: list[Kill] = []
            ways = (
                self._commands(number, client, to_database, withheld),
                self._replies(number, database, to_client, withheld),
            )
            tasks = [asyncio.ensure_future(way) for way in ways]
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        for writer in filter(None, (to_client, to_database)):
            writer.close()

    async def _commands(
        self, number: int, client: asyncio.StreamReader, to_database: asyncio.StreamWriter, withheld: list[Kill]
    ) -> None:
        while data := await client.read(SIZE):
            kill = self._due(data)
            if kill and kill.moment is Moment.BEFORE:
                await self._strike(kill, number)
                return
            if kill and kill.moment is Moment.AFTER:
                withheld.append(kill)
            to_database.write(data)
            await to_database.drain()
            if kill and kill.moment is Moment.BETWEEN:
                await self._strike(kill, number)
            if kill and kill.moment is Moment.LATER:
                task = asyncio.ensure_future(self._strike_later(kill, number))
                self._later.add(task)
                task.add_done_callback(self._later.discard)

    async def _replies(
        self, number: int, database: asyncio.StreamReader, to_client: asyncio.StreamWriter, withheld: list[Kill]
    ) -> None:
        while data := await database.read(SIZE):
            if withheld:
                await self._strike(withheld.pop(), number)
                return
            to_client.write(data)
            await to_client.drain()

    def _due(self, data: bytes) -> Kill | None:
        if COMMIT not in data:
            return None
        self.commits += 1
        return self.kills.pop(self.commits, None)

    async def _strike_later(self, kill: Kill, number: int) -> None:
        await asyncio.sleep(kill.delay)
        await self._strike(kill, number)

    async def _strike(self, kill: Kill, number: int) -> None:
        self.struck.append(kill)
        await self.strike(kill, number)

"""A cluster of scripted servers. In: which of them route, read and write. Out: its address, and what its servers saw."""

from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from typing import Any

from graph.bolt.connect import Address
from tests.bolt.scripted import ROUTE, RUN, Play, Server, Wire, playing


@dataclass
class Cluster:
    """Servers that play a cluster. `table` is what ROUTE answers; a number stands for the server that was added as such."""

    stack: AsyncExitStack
    ttl: float = 300
    routers: list[Any] = field(default_factory=lambda: [0])
    readers: list[Any] = field(default_factory=lambda: [0])
    writers: list[Any] = field(default_factory=lambda: [0])
    servers: list[Server] = field(default_factory=list)

    async def add(self, *plays: Play) -> Server:
        """Add a server with plays, or one that answers its number."""
        number = len(self.servers)
        server = await self.stack.enter_async_context(playing(*(plays or (self.member(number),))))
        self.servers.append(server)
        return server

    def member(self, number: int) -> Play:
        async def play(wire: Wire) -> None:
            await wire.log_in()
            await wire.answers(number, self.table)

        return play

    def table(self) -> dict[str, Any]:
        roles = (("WRITE", self.writers), ("READ", self.readers), ("ROUTE", self.routers))
        servers = [{"role": role, "addresses": [self.named(each) for each in those]} for role, those in roles]
        return {"servers": servers, "ttl": self.ttl, "db": "neo4j"}

    def named(self, server: Any) -> str:
        return f"127.0.0.1:{self.servers[server].port}" if isinstance(server, int) else str(server)

    def address(self, scheme: str = "neo4j", query: str = "") -> Address:
        """Return the address of the first server, with routing."""
        return replace(self.servers[0].address, uri=f"{scheme}://127.0.0.1:{self.servers[0].port}{query}")

    def runs(self) -> list[int]:
        """Return how many statements each server got."""
        return [server.count(RUN) for server in self.servers]

    @property
    def routes(self) -> list[int]:
        """How many times each server was asked for the table."""
        return [server.count(ROUTE) for server in self.servers]

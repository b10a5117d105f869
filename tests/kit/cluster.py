"""A cluster of three members before one real Neo4j. In: its address. Out: members on ports of their own, and what each was asked.

Each member is a Bolt proxy. It answers ROUTE with the table of the cluster. If it is not the leader, it refuses writes.
"""

import asyncio
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

from graph.bolt.connect import Address

HELLO = bytes.fromhex("6060B01700000405000000000000000000000000")
"""A handshake that offers Bolt 5.4 alone, so that the proxy knows the form of all messages."""
GOODBYE, RESET, RUN, BEGIN, COMMIT, ROLLBACK, ROUTE = 0x02, 0x0F, 0x10, 0x11, 0x12, 0x13, 0x66
SUCCESS, RECORD, IGNORED, FAILURE = 0x70, 0x71, 0x7E, 0x7F
NOT_A_LEADER = {"code": "Neo.ClientError.Cluster.NotALeader", "message": "no leader"}
READ_MODE = b"\x84mode\x81r"
CHUNK = 60_000
MEMBERS = range(3)


@dataclass
class Cluster:
    """The state of the cluster. Tests change it, also from `before`, which is called before each message of a write.

    `before` gets BEGIN, RUN or COMMIT, and how many of these there were. A commit whose number is in `unacknowledged` is
    done, and the connection ends before the client hears of it; one in `undone` ends it before the commit is done.
    """

    address: Address
    loop: asyncio.AbstractEventLoop
    leader: int | None = 0
    named: int | None = None
    """The member that the table names as leader while there is none."""
    readers: tuple[int, ...] = (1, 2)
    dead: set[int] = field(default_factory=set)
    before: Callable[[int, int], None] = lambda kind, number: None
    unacknowledged: set[int] = field(default_factory=set)
    undone: set[int] = field(default_factory=set)
    seen: Counter[int] = field(default_factory=Counter)
    counts: dict[str, list[int]] = field(
        default_factory=lambda: {name: [0] * 3 for name in ("read", "write", "refused")}
    )
    ports: list[int] = field(default_factory=list)
    _servers: list[asyncio.Server] = field(default_factory=list)
    _open: list[set[asyncio.StreamWriter]] = field(default_factory=lambda: [set() for _ in MEMBERS])

    @property
    def entry(self) -> Address:
        """Return the address by which a client enters the cluster."""
        return replace(self.address, uri=f"neo4j://127.0.0.1:{self.ports[0]}")

    def kill(self, member: int) -> None:
        """End a member as a power cut would."""
        self.dead.add(member)
        self.loop.call_soon_threadsafe(self._cut, member)

    def _cut(self, member: int) -> None:
        self._servers[member].close()
        for client in list(self._open[member]):
            client.transport.abort()

    async def start(self) -> None:
        """Listen."""
        for member in MEMBERS:
            server = await asyncio.start_server(self._client(member), "127.0.0.1", 0)
            self._servers.append(server)
            self.ports.append(server.sockets[0].getsockname()[1])

    async def end(self) -> None:
        """Close every socket, and let the connections end."""
        for member in MEMBERS:
            self._cut(member)
        while tasks := asyncio.all_tasks() - {asyncio.current_task()}:
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)
        await asyncio.sleep(0.05)  # transports close themselves in a later turn of the loop

    def _client(self, member: int) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Any]:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            self._open[member].add(writer)
            with closing(writer), suppress(OSError, asyncio.IncompleteReadError):
                target = urlsplit(self.address.uri)
                connection = await asyncio.open_connection(target.hostname, target.port)
                try:
                    await Client(self, member, reader, writer, *connection).serve()
                finally:
                    connection[1].close()
            self._open[member].discard(writer)

        return serve

    def table(self) -> dict[str, Any]:
        """Return the routing table, with the members that live and the leader if there is one."""
        live = [member for member in MEMBERS if member not in self.dead]
        roles: dict[str, list[int | None]] = {
            "ROUTE": [*live],
            "READ": [each for each in self.readers if each in live],
            "WRITE": [self.named if self.leader is None else self.leader],
        }
        servers = [
            {"addresses": [f"127.0.0.1:{self.ports[each]}" for each in members if each is not None], "role": role}
            for role, members in roles.items()
        ]
        return {"rt": {"ttl": 300, "db": self.address.database, "servers": servers}}


@dataclass
class Client:
    """One connection of a client with a member, and the connection behind it."""

    cluster: Cluster
    member: int
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    behind: asyncio.StreamReader
    onward: asyncio.StreamWriter
    failed: bool = False
    under_way: str = ""
    """`read` or `write` while a transaction is open."""

    async def serve(self) -> None:
        """Answer one message after the other until a side goes away."""
        await self.reader.readexactly(len(HELLO))
        self.onward.write(HELLO)
        self.writer.write(await self.behind.readexactly(4))
        while (message := await read_message(self.reader))[1] != GOODBYE:
            await self._answer(message[1], message)
            await self.writer.drain()

    async def _answer(self, kind: int, message: bytes) -> None:
        if kind == RESET:
            self.failed, self.under_way = False, ""
        if self.failed:
            self.writer.write(framed(bytes([0xB0, IGNORED])))
        elif kind == ROUTE:
            self.writer.write(framed(bytes([0xB1, SUCCESS]) + packed(self.cluster.table())))
        else:
            await self._count(kind, message)

    async def _count(self, kind: int, message: bytes) -> None:
        cluster, member = self.cluster, self.member
        opens = kind == BEGIN or (kind == RUN and not self.under_way)
        mode = ("read" if READ_MODE in message else "write") if opens else self.under_way
        if mode == "write" and kind in (BEGIN, RUN, COMMIT):
            cluster.seen[kind] += 1
            cluster.before(kind, cluster.seen[kind])
        if opens:
            cluster.counts[mode][member] += 1
        if opens and mode == "write" and member != cluster.leader:
            cluster.counts["refused"][member] += 1
            self.failed = True
            self.writer.write(framed(bytes([0xB1, FAILURE]) + packed(NOT_A_LEADER)))
            return
        if kind == BEGIN:
            self.under_way = mode
        elif kind in (COMMIT, ROLLBACK):
            self.under_way = ""
        await self._pass(kind, message)

    async def _pass(self, kind: int, message: bytes) -> None:
        """Pass a message on, and the answer back."""
        number = self.cluster.seen[COMMIT] if kind == COMMIT else 0
        if number in self.cluster.undone:
            raise ConnectionResetError
        self.onward.write(framed(message))
        while True:
            answer = await read_message(self.behind)
            if number in self.cluster.unacknowledged:
                raise ConnectionResetError
            self.writer.write(framed(answer))
            if answer[1] != RECORD:
                self.failed = answer[1] == FAILURE
                return


@contextmanager
def cluster_before(address: Address) -> Iterator[Cluster]:
    """Run a cluster in a thread until the end of the block."""
    loop = asyncio.new_event_loop()
    made = Cluster(address, loop)
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    asyncio.run_coroutine_threadsafe(made.start(), loop).result(10)
    try:
        yield made
    finally:
        asyncio.run_coroutine_threadsafe(made.end(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def read_message(reader: asyncio.StreamReader) -> bytes:
    """Read the chunks of a message; empty ones before it keep a connection alive."""
    message = b""
    while True:
        size = int.from_bytes(await reader.readexactly(2), "big")
        if size == 0 and message:
            return message
        message += await reader.readexactly(size)


def framed(message: bytes) -> bytes:
    """Cut a message into chunks."""
    parts = [message[at : at + CHUNK] for at in range(0, len(message), CHUNK)]
    return b"".join(len(part).to_bytes(2, "big") + part for part in parts) + b"\0\0"


def packed(value: Any) -> bytes:
    """Write a short value in PackStream."""
    if isinstance(value, dict):
        return bytes([0xA0 + len(value)]) + b"".join(packed(key) + packed(each) for key, each in value.items())
    if isinstance(value, list):
        return bytes([0x90 + len(value)]) + b"".join(map(packed, value))
    if isinstance(value, int):
        return b"\xc9" + value.to_bytes(2, "big", signed=True)
    text = str(value).encode()
    return b"\xd0" + bytes([len(text)]) + text

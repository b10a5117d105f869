"""A server that plays Bolt as a test wants it. In: one play for each connection, in turn. Out: its address, and what it saw.

The last play is for all further connections too. A play gets a Wire, on which it reads and writes.
"""

import asyncio
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from graph.bolt.connect import Address
from graph.bolt.lane.chunks import chunked
from graph.bolt.lane.codec import Codec

MAGIC = b"\x60\x60\xb0\x17"
HELLO, LOGON, LOGOFF, RESET, GOODBYE, RUN, PULL, ROUTE = 0x01, 0x6A, 0x6B, 0x0F, 0x02, 0x10, 0x3F, 0x66
SUCCESS, RECORD, IGNORED, FAILURE = 0x70, 0x71, 0x7E, 0x7F
ALIVE = b"\0\0"
LINGER = struct.pack("ii", 1, 0)
"""Close with RST instead of FIN."""


@dataclass
class Wire:
    """One connection with a client."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    seen: list[int]
    over: asyncio.Event
    """Set when the test ends."""
    version: tuple[int, int] = (5, 4)
    slowly: bool = False
    last: bytes = b""
    """The message that came last."""

    async def greet(self, answer: bytes | None = None) -> None:
        """Read the versions that the client offers and name one."""
        offered = await self.reader.readexactly(20)
        assert offered[:4] == MAGIC
        major, minor = self.version
        await self.write(bytes([0, 0, minor, major]) if answer is None else answer)

    async def log_in(self, hints: dict[str, Any] | None = None) -> None:
        """Agree on a version, and accept whoever comes."""
        await self.greet()
        await self.expect(HELLO)
        await self.success({"server": "Neo4j/5.26.0", "connection_id": "bolt-1", "hints": hints or {}})
        await self.expect(LOGON)
        await self.success({})

    async def rest(self) -> None:
        """Say nothing more, and keep the connection open."""
        await self.over.wait()

    async def next(self) -> int:
        """Return the kind of the next message."""
        message = b""
        while size := int.from_bytes(await self.reader.readexactly(2), "big"):
            message += await self.reader.readexactly(size)
        self.last = message
        self.seen.append(message[1])
        return message[1]

    async def expect(self, *kinds: int) -> None:
        """Read messages that must be of these kinds; fail if the client sends others or goes away."""
        for kind in kinds:
            found = await self.next()
            if found == GOODBYE:
                raise ConnectionResetError
            assert found == kind, f"{found:#x} where {kind:#x} is expected"

    async def write(self, data: bytes) -> None:
        """Send bytes, each alone if the network is slow."""
        for piece in [data[at : at + 1] for at in range(len(data))] if self.slowly else [data]:
            self.writer.write(piece)
            await self.writer.drain()
            if self.slowly:
                await asyncio.sleep(0)

    async def success(self, details: dict[str, Any]) -> None:
        await self.write(message(SUCCESS, details))

    async def failure(self, code: str) -> None:
        """Send a FAILURE in the form of the version."""
        if self.version >= (5, 7):
            about = {"neo4j_code": code, "message": "m", "gql_status": "50N42", "description": "d"}
            about |= {"diagnostic_record": {}}  # type: ignore[dict-item]  # the one value that is no text
        else:
            about = {"code": code, "message": "m"}
        await self.write(message(FAILURE, about))

    async def ignored(self) -> None:
        await self.write(chunked(bytes([0xB0, IGNORED])))

    async def answer(self, value: Any) -> None:
        """Answer a statement with one record of one value."""
        await self.success({"fields": ["x"], "t_first": 3})
        await self.write(message(RECORD, [value]))
        await self.success({"t_last": 4, "type": "r", "db": "neo4j", "bookmark": "b"})

    async def answers(self, value: Any = 1, table: Callable[[], Any] = dict) -> None:
        """Answer all statements, and ROUTE with a table, until the client goes away."""
        while (kind := await self.next()) != GOODBYE:
            if kind == RUN:
                await self.expect(PULL)
                await self.answer(value)
            else:
                await self.success({"rt": table()} if kind == ROUTE else {})

    def cut(self, reset: bool = False) -> None:
        """End the connection, with RST if `reset`."""
        if reset:
            self.writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER)
            self.writer.transport.abort()
        else:
            self.writer.close()


Play = Callable[[Wire], Awaitable[None]]


@dataclass
class Server:
    """What a server saw."""

    address: Address
    seen: list[list[int]] = field(default_factory=list)
    """The kinds of messages, for each connection."""
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    """Whether a client closed a connection that a play was reading from."""

    @property
    def port(self) -> int:
        return int(self.address.uri.rpartition(":")[2])

    def count(self, kind: int) -> int:
        """Return how many messages of a kind came."""
        return sum(each.count(kind) for each in self.seen)


@asynccontextmanager
async def playing(*plays: Play, tls: ssl.SSLContext | None = None) -> AsyncIterator[Server]:
    """Run a server until the end of the block."""
    errors: list[BaseException] = []
    open_now: set[asyncio.Task[None]] = set()
    over = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        open_now.add(task)
        play = plays[min(len(server.seen), len(plays) - 1)]
        server.seen.append([])
        try:
            await play(Wire(reader, writer, server.seen[-1], over))
        except (OSError, asyncio.IncompleteReadError):
            server.gone.set()
        except AssertionError as error:
            errors.append(error)
        finally:
            open_now.discard(task)
            with suppress(OSError):
                writer.close()

    listening = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    port = listening.sockets[0].getsockname()[1]
    server = Server(Address(f"bolt://127.0.0.1:{port}", "neo4j", "secret"))
    try:
        yield server
    finally:
        over.set()
        listening.close()
        await asyncio.gather(*open_now)
        assert not errors, errors


def message(kind: int, content: Any) -> bytes:
    """Return a message with one field, in chunks."""
    return chunked(bytes([0xB1, kind]) + Codec().pack(content))

"""A client that sends whatever it likes over loopback. In: a port and an address of its own. Out: statuses of responses."""

import asyncio
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from websockets.asyncio.client import ClientConnection, connect

PROTOCOL = "graphql-transport-ws"
SECONDS = 15.0
"""Longest wait for a response. An attack is bounded in time, whatever the server does."""
GONE = (OSError, asyncio.IncompleteReadError, TimeoutError)
Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass
class Peer:
    """A client; the server takes those with different addresses for different clients. `statuses` are what it got."""

    port: int
    address: str = "127.0.0.1"
    statuses: list[int] = field(default_factory=list)

    @asynccontextmanager
    async def connection(self, buffer: int | None = None) -> AsyncIterator[Streams]:
        """Have a connection; with a small buffer, what is not read stays with the server."""
        made = socket.socket()
        if buffer is not None:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        made.setblocking(False)
        made.bind((self.address, 0))
        await asyncio.get_running_loop().sock_connect(made, ("127.0.0.1", self.port))
        reader, writer = await asyncio.open_connection(sock=made, limit=buffer or 2**16)
        try:
            yield reader, writer
        finally:
            writer.transport.abort()

    async def send(self, sent: bytes, seconds: float = SECONDS) -> int | None:
        """Send bytes, and read one whole response; return its status, or None if there is none."""
        with suppress(*GONE):
            async with asyncio.timeout(seconds), self.connection() as (reader, writer):
                return await self.exchange(reader, writer, sent)
        return None

    async def exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, sent: bytes) -> int:
        """Send bytes over an open connection, and read one response."""
        writer.write(sent)
        await writer.drain()
        return await self.response(reader)

    async def response(self, reader: asyncio.StreamReader) -> int:
        """Read one response to its end."""
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = head.partition(b"content-length:")[2].partition(b"\r")[0]
        await reader.readexactly(int(length or 0))
        status = int(head[9:12])
        self.statuses.append(status)
        return status

    async def post(self, body: bytes, head: str = "", seconds: float = SECONDS) -> int | None:
        """Send a body to the endpoint."""
        return await self.send(request(body, head), seconds)

    async def vanish(self, sent: bytes, after: float) -> None:
        """Send bytes, and reset the connection a moment later."""
        with suppress(*GONE):
            async with self.connection() as (_, writer):
                writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                writer.write(sent)
                await writer.drain()
                await asyncio.sleep(after)

    @asynccontextmanager
    async def websocket(self) -> AsyncIterator[ClientConnection]:
        """Have a WebSocket connection."""
        address = f"ws://127.0.0.1:{self.port}/graphql"
        async with connect(
            address,
            subprotocols=[PROTOCOL],  # type: ignore[list-item]  # a plain text is one
            local_addr=(self.address, 0),
            compression=None,
            ping_interval=None,
            open_timeout=SECONDS,
            close_timeout=1,
        ) as opened:
            yield opened


def request(body: bytes, head: str = "") -> bytes:
    """Write a whole request; `head` holds further lines of its head."""
    accepted = "" if head.startswith("accept:") else "accept: application/graphql-response+json\r\n"
    start = f"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n{accepted}{head}"
    return f"{start}content-length: {len(body)}\r\n\r\n".encode() + body

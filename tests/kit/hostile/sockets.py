"""WebSocket clients that flood, break the protocol, or do nothing. In: a Peer. Out: kinds, each bounded in time and count."""

import asyncio
import json
import struct
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from random import Random
from typing import Any

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import WebSocketException

from tests.kit.hostile.connections import HOLD, UPGRADE
from tests.kit.hostile.floods import LARGEST, heavy, medium
from tests.kit.hostile.kind import Act, Kind
from tests.kit.hostile.peer import GONE, Peer

LARGE = 99_000
"""Bytes of a message just under the most allowed."""
INIT = json.dumps({"type": "connection_init"})
NO_MORE = (*GONE, WebSocketException)
Flood = Callable[[ClientConnection, Random], Awaitable[object]]


def subscribe(text: str, id_: str, **more: Any) -> str:
    return json.dumps({"type": "subscribe", "id": id_, "payload": {"query": text, **more}})


def acknowledged(flood: Flood, seconds: float = 6.0) -> Act:
    """Make an act: connect, be acknowledged, and flood."""

    async def act(peer: Peer, random: Random) -> None:
        with suppress(*NO_MORE):
            async with asyncio.timeout(seconds), peer.websocket() as connection:
                await connection.send(INIT)
                await connection.recv()
                await flood(connection, random)

    return act


async def read(connection: ClientConnection, most: int, seconds: float = 3.0) -> None:
    """Read messages until there are so many, or none comes any more."""
    with suppress(*NO_MORE):
        async with asyncio.timeout(seconds):
            for _ in range(most):
                await connection.recv()


def messages(write: Callable[[Random], str], times: int, answers: int = 0) -> Act:
    """Make an act: send messages as fast as possible, then read."""

    async def flood(connection: ClientConnection, random: Random) -> None:
        for _ in range(times):
            await connection.send(write(random))
        await read(connection, answers)

    return acknowledged(flood)


async def _pings(connection: ClientConnection, random: Random) -> None:
    for _ in range(2_000):
        await connection.ping(random.randbytes(100))


async def _parts(connection: ClientConnection, random: Random) -> None:
    """Send one message in frames of one byte."""
    await connection.send(bytes([32]).decode() for _ in range(20_000))


async def _unread(connection: ClientConnection, random: Random) -> None:
    for number in range(8):
        await connection.send(subscribe(LARGEST, str(number)))
    await asyncio.sleep(2 * HOLD)


def frame(opcode: int, payload: bytes, *, masked: bool = True) -> bytes:
    """Write one frame; `opcode` is its whole first byte."""
    size = bytes([126 | 128 * masked]) + struct.pack("!H", len(payload))
    return bytes([opcode]) + size + (b"\0\0\0\0" if masked else b"") + payload


FRAMES: tuple[bytes, ...] = (
    frame(0xC1, b"\x00" * 60_000),
    frame(0x81, b"{}", masked=False),
    frame(0x83, b"x") * 100,
    frame(0x01, b"a" * 60_000) * 3,
    frame(0x80, b"a") * 200,
    b"\x81\xff" + b"\xff" * 8,
    frame(0x89, b"p" * 200) * 50,
    frame(0x81, b"\xff\xfe" * 9_000),
    frame(0x88, b"\x00\x01"),
)
"""Compressed, not masked, reserved, without end, without beginning, endless, a long ping, no UTF-8, a bad close."""


async def _frames(peer: Peer, random: Random) -> None:
    for sent in FRAMES:
        with suppress(*GONE):
            async with asyncio.timeout(2), peer.connection() as (reader, writer):
                writer.write(UPGRADE)
                await reader.readuntil(b"\r\n\r\n")
                writer.write(sent)
                await writer.drain()
                await asyncio.sleep(0.02)


GARBAGE: tuple[Any, ...] = (
    "x",
    b"\x00\x01",
    "null",
    "[]",
    '{"type": "x"}',
    '{"type": 1}',
    '{"id": 1, "type": "subscribe", "payload": {}}',
    '{"id": "1", "type": "subscribe", "payload": null}',
    '{"type":"ping","payload":' + "[" * 40_000 + "]" * 40_000 + "}",
    '{"type": "connection_init", "payload": {"authorization": "Bearer ' + "x" * 80_000 + '"}}',
    '{"type": "connection_init", "payload": {' + ",".join(f'"a{n}": "token"' for n in range(6_000)) + "}}",
)


async def _garbage(peer: Peer, random: Random) -> None:
    """Send each wrong message over a connection of its own, before and after it is acknowledged."""
    for message in GARBAGE:
        with suppress(*NO_MORE):
            async with asyncio.timeout(2), peer.websocket() as connection:
                if random.random() < 0.5:
                    await connection.send(INIT)
                await connection.send(message)
                await asyncio.sleep(0.02)


async def _came_and_went(peer: Peer, random: Random) -> None:
    """Connect and leave, some politely and some not."""
    for _ in range(25):
        with suppress(*NO_MORE):
            async with asyncio.timeout(2), peer.websocket() as connection:
                await connection.send(INIT)
                if random.random() < 0.5:
                    connection.transport.abort()


async def _idle(peer: Peer, random: Random) -> None:
    """Hold as many connections as the server allows, and do nothing."""
    with suppress(*NO_MORE):
        async with AsyncExitStack() as stack:
            for _ in range(40):
                connection = await stack.enter_async_context(peer.websocket())
                await connection.send(INIT)
            await asyncio.sleep(HOLD)


async def _refused(connection: ClientConnection, random: Random) -> None:
    """Ask what is refused: documents of the attack list, in one connection."""
    for number in range(16):
        await connection.send(subscribe("{ " + f"x{random.getrandbits(40)} " * 3_000 + "}", str(number)))
    await read(connection, 16, 5)


SOCKETS: tuple[Kind, ...] = (
    Kind(
        "one id again and again",
        "1,000 operations with one id on one connection.",
        messages(lambda _: subscribe("{ cities { totalCount } }", "1"), 1_000, 20),
    ),
    Kind(
        "operations",
        "40 operations at once on one connection.",
        messages(lambda r: subscribe("{ cities(first: 5) { nodes { name } } }", str(r.getrandbits(40))), 40, 60),
    ),
    Kind("refused operations", "Operations that are refused, 16 at once.", acknowledged(_refused, 12)),
    Kind(
        "new operations",
        "Documents that nobody asked before, 16 at once.",
        messages(lambda r: subscribe(medium(r), str(r.getrandbits(40))), 16, 24),
    ),
    Kind(
        "heavy operations",
        "Heavy questions, 16 at once, ended by leaving.",
        messages(lambda r: subscribe(heavy(r), str(r.getrandbits(40))), 16, 1),
    ),
    Kind(
        "operations ended at once",
        "Operations that the client ends at once.",
        messages(lambda r: r.choice([subscribe(medium(r), "1"), '{"type": "complete", "id": "1"}']), 200),
    ),
    Kind(
        "ends of nothing",
        "5,000 ends of operations that do not run.",
        messages(lambda r: '{"type": "complete", "id": "%d"}' % r.randrange(10**9), 5_000),
    ),
    Kind("pings", "2,000 pings of the protocol below.", acknowledged(_pings)),
    Kind(
        "pings with a payload",
        "Pings of the protocol above, each nearly as large as a message may be.",
        messages(
            lambda r: json.dumps({"type": "ping", "payload": {"a": chr(r.randrange(97, 122)) * LARGE}})[:LARGE], 60
        ),
    ),
    Kind(
        "large pings",
        "Pings whose payload is an object of thousands of properties.",
        messages(
            lambda r: json.dumps({"type": "ping", "payload": {f"k{n}": r.randrange(9) for n in range(6_500)}}), 30, 30
        ),
    ),
    Kind(
        "large messages",
        "Messages just under the largest size.",
        messages(lambda r: subscribe("{ __typename } " + "#" * (LARGE - 200), str(r.getrandbits(40))), 40, 40),
    ),
    Kind("messages in parts", "A message in 20,000 frames of one byte.", acknowledged(_parts)),
    Kind("unread operations", "The largest answers over a connection that is not read.", acknowledged(_unread)),
    Kind("wrong frames", "Frames that are compressed, reserved, not masked, without end or beginning.", _frames),
    Kind("wrong messages", "Messages that break the protocol.", _garbage),
    Kind("connections that come and go", "Connections that are acknowledged and left.", _came_and_went),
    Kind("idle connections", "As many connections as possible, on which nothing is asked.", _idle),
)

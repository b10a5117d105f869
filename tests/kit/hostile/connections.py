"""Clients that hold connections and send or read slowly. In: a Peer. Out: kinds, each bounded by HOLD seconds."""

import asyncio
import json
from contextlib import AsyncExitStack, suppress
from random import Random

from tests.kit.hostile.floods import LARGEST
from tests.kit.hostile.kind import Act, Kind
from tests.kit.hostile.peer import GONE, Peer, request

HOLD = 0.5
"""Seconds for which connections are held."""
MANY = 40
UPGRADE = (
    b"GET /graphql HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-version: 13\r\n"
    b"sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\nsec-websocket-protocol: graphql-transport-ws\r\n\r\n"
)
HEAD = b"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
HALF_A_BODY = HEAD + b'content-length: 90000\r\n\r\n{"query": "'


def held(sent: bytes) -> Act:
    """Make an act: open many connections, send a part on each, and hold them."""

    async def act(peer: Peer, random: Random) -> None:
        with suppress(*GONE):
            async with AsyncExitStack() as stack:
                for _ in range(MANY):
                    _, writer = await stack.enter_async_context(peer.connection())
                    writer.write(sent)
                await asyncio.sleep(HOLD)

    return act


async def _dripped(peer: Peer, random: Random) -> None:
    """Send a body byte by byte."""
    body = json.dumps({"query": "{ __typename }"}).encode()
    with suppress(*GONE):
        async with peer.connection() as (_, writer):
            writer.write(HEAD + b"content-length: 900\r\n\r\n")
            for byte in body:
                writer.write(bytes([byte]))
                await writer.drain()
                await asyncio.sleep(HOLD / len(body))


async def _unread(peer: Peer, random: Random) -> None:
    """Ask for the largest answer again and again, and read nothing of it."""
    asked = request(json.dumps({"query": LARGEST}).encode())
    with suppress(*GONE):
        async with AsyncExitStack() as stack:
            for _ in range(4):
                _, writer = await stack.enter_async_context(peer.connection(buffer=2_048))
                writer.write(asked)
            await asyncio.sleep(2 * HOLD)


async def _opened(peer: Peer, random: Random) -> None:
    """Open connections and close them at once."""
    with suppress(*GONE):
        for _ in range(3 * MANY):
            async with peer.connection():
                pass


CONNECTIONS: tuple[Kind, ...] = (
    Kind("connections that say nothing", "Many connections on which nothing is sent.", held(b"")),
    Kind("half a head", "Many connections with half a head.", held(HEAD)),
    Kind("half a body", "Many connections with half a body.", held(HALF_A_BODY)),
    Kind("half a WebSocket", "Many WebSocket connections without their first message.", held(UPGRADE)),
    Kind("a dripped body", "A body that comes byte by byte.", _dripped),
    Kind("answers that nobody reads", "The largest answers, asked by clients that read nothing.", _unread),
    Kind("connections opened and closed", "Many connections, each closed at once.", _opened),
)

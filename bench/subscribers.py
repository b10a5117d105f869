"""One event to many subscribers over WebSocket, while questions go on. In: a database. Out: how long the last one waits.

The server is a process of its own, and so is the client that asks questions. All subscribers are in this process.
"""

import asyncio
import itertools
import os
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import aiohttp

from bench.serving import OURS, TOKEN, put_load, server
from graph.bolt.connect import Address

SUBSCRIBERS, EVENTS, SECONDS, AT_ONCE = 1_000, 10, 12.0, 50
LIMITS = {"CITYGRAPH_MAX_SOCKETS": str(SUBSCRIBERS + 50), "CITYGRAPH_CLIENT_SHARE": "100"}
"""A server allows fewer connections, and a client a quarter of them, unless it is told otherwise."""
SUBSCRIBE = "subscription { events(type: SOURCE) { cursor kind fact node { id ... on Source { title note } } } }"
WRITE = (
    """mutation ($rows: [SourceInput!]!) { upsertSources(rows: $rows) { nodes { id } problems { path message } } }"""
)


@dataclass(frozen=True)
class Delivered:
    """Seconds from the answer of a write until the last of all subscribers has the event, and p50 of questions."""

    last: list[float]
    alone: float
    beside: float


def measure(address: Address) -> Delivered:
    """Run a server with many subscribers, and write to it."""
    with _limits(), server(OURS, address) as (port, *_):
        put_load(port, 4.0)
        alone = statistics.median(put_load(port, SECONDS / 2)["latencies"])
        last, beside = asyncio.run(_deliver(port))
        return Delivered(last, alone, beside)


@contextmanager
def _limits() -> Iterator[None]:
    """Let the server have as many connections as there are subscribers."""
    before = dict(os.environ)
    os.environ.update(LIMITS)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


async def _deliver(port: int) -> tuple[list[float], float]:
    headers = {"authorization": f"Bearer {TOKEN}"}
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}", headers=headers, connector=connector) as session:
        places = asyncio.Semaphore(AT_ONCE)
        sockets = await asyncio.gather(*(_subscribe(session, places) for _ in range(SUBSCRIBERS)))
        await _event(session, sockets, 0)
        load = asyncio.create_task(asyncio.to_thread(partial(put_load, port, SECONDS)))
        last = []
        for number in itertools.count(1):
            if load.done() or number > EVENTS:
                break
            last.append(await _event(session, sockets, number))
            await asyncio.sleep(SECONDS / EVENTS / 2)
        return last, statistics.median((await load)["latencies"])


async def _subscribe(session: aiohttp.ClientSession, places: asyncio.Semaphore) -> aiohttp.ClientWebSocketResponse:
    async with places:
        socket = await session.ws_connect("/graphql", protocols=["graphql-transport-ws"])
        await socket.send_json({"type": "connection_init"})
        assert (await socket.receive_json())["type"] == "connection_ack"
        await socket.send_json({"id": "1", "type": "subscribe", "payload": {"query": SUBSCRIBE}})
        return socket


async def _event(session: aiohttp.ClientSession, sockets: list[aiohttp.ClientWebSocketResponse], number: int) -> float:
    """Write a fact; return the seconds until the last subscriber has it."""
    row = {"title": f"Event {number}", "confidence": "VERIFIED"}
    waiting = [asyncio.create_task(socket.receive_json(timeout=60)) for socket in sockets]
    async with session.post("/graphql", json={"query": WRITE, "variables": {"rows": [row]}}) as response:
        payload: dict[str, Any] = (await response.json())["data"]["upsertSources"]
    begun = time.perf_counter()
    messages = await asyncio.gather(*waiting)
    seconds = time.perf_counter() - begun
    (node,) = payload["nodes"]
    assert all(message["payload"]["data"]["events"]["fact"] == node["id"] for message in messages), messages[0]
    return seconds

"""Four hostile clients with an address each, in a process of their own. In: a port and names on the command line.

Commands come on stdin. A command is a number of seconds. Out: for each, a JSON object on stdout with the statuses of each client.
"""

import asyncio
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from itertools import count
from random import Random

from websockets.exceptions import WebSocketException

from tests.kit.hostile import Peer
from tests.kit.hostile.documents import DOCUMENTS
from tests.kit.hostile.floods import LARGEST, heavy, medium
from tests.kit.hostile.peer import GONE
from tests.kit.hostile.variables import VARIABLES

NICE = 15
"""The clients take only processor time that nobody else needs: what they take from the server by asking is what counts."""
AT_ONCE = {"refused": 8, "new": 8, "heavy": 32, "idle": 100}
"""Requests or connections that each client has at the same time."""
PAUSE = 0.05
"""Seconds between an answer and the next request, so that a refusal that is soon made is no busy loop of this process."""
SEEDS = count()
Once = Callable[[Peer, Random], Awaitable[object]]


async def refused(peer: Peer, random: Random) -> None:
    """Ask something that is costly to refuse."""
    await random.choice((*DOCUMENTS, *VARIABLES)).act(peer, random)


async def new(peer: Peer, random: Random) -> None:
    """Ask a valid document that nobody asked before."""
    await peer.post(json.dumps({"query": medium(random)}).encode())


async def slow(peer: Peer, random: Random) -> None:
    """Ask a question whose statement takes long, or nearly the largest one."""
    text = LARGEST if random.random() < 0.2 else heavy(random)
    await peer.post(json.dumps({"query": text}).encode())


async def idle(peer: Peer, random: Random) -> None:
    """Hold a WebSocket connection for as long as the server lets it."""
    with suppress(WebSocketException, *GONE):
        async with peer.websocket() as connection:
            await connection.send('{"type": "connection_init"}')
            peer.statuses.append(101)
            await connection.wait_closed()
    await asyncio.sleep(0.2)


CLIENTS: dict[str, Once] = {"refused": refused, "new": new, "heavy": slow, "idle": idle}
ADDRESSES = {name: f"127.0.0.{number}" for number, name in enumerate(CLIENTS, start=2)}


async def _again(once: Once, peer: Peer, until: float) -> None:
    random = Random(next(SEEDS))
    while time.monotonic() < until:
        await once(peer, random)
        await asyncio.sleep(PAUSE)


async def attack(port: int, names: list[str], seconds: float) -> dict[str, dict[int, int]]:
    """Let clients attack for so many seconds; return the statuses that each got."""
    peers, until = {name: Peer(port, ADDRESSES[name]) for name in names}, time.monotonic() + seconds
    work = [_again(CLIENTS[name], peers[name], until) for name in names for _ in range(AT_ONCE[name])]
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await asyncio.gather(*work)
    return {name: dict(Counter(peer.statuses)) for name, peer in peers.items()}


def main() -> None:
    """Attack once for each line of stdin."""
    os.nice(NICE)
    with asyncio.Runner() as runner:
        for line in sys.stdin:
            print(json.dumps(runner.run(attack(int(sys.argv[1]), sys.argv[2:], float(line)))), flush=True)


if __name__ == "__main__":
    main()

"""Sixteen honest clients with an address each, in a process of their own. In: a port on the command line, commands on stdin.

A command is a number of seconds. Out: for each, a JSON object on stdout with the seconds of each answer and the refusals.
"""

import asyncio
import json
import sys
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from random import Random
from typing import Any

from tests.kit.hostile.peer import GONE, Peer, Streams, request

MANY = 16
ADDRESSES = tuple(f"127.0.0.{number}" for number in range(20, 20 + MANY))
THINKS = (0.1, 0.5)
"""Shortest and longest pause of a client between an answer and its next question, in seconds."""
PATIENCE = 30.0
CITIES = ("city/us-wa-seattle", "city/br-18-curitiba", "city/it-12-turin", "city/ae-01-abu-dhabi")
QUESTIONS: tuple[tuple[str, tuple[dict[str, Any], ...]], ...] = (
    ("query City($id: ID!) { city(id: $id) { name country { name } } }", tuple({"id": city} for city in CITIES)),
    ("query Twins($id: ID!) { city(id: $id) { twins(first: 5) { totalCount nodes { name } } } }",
     tuple({"id": city} for city in CITIES)),
    ("query Page($n: Int) { cities(first: $n) { nodes { id name } } }", tuple({"n": n} for n in (2, 5, 10))),
    ("query Named($name: String!) { cities(where: {name: {eq: $name}}, first: 2) { nodes { id } } }",
     tuple({"name": name} for name in ("Seattle", "Curitiba", "Turin"))),
    ("query Visits { visits(first: 3) { totalCount nodes { id } } }", ({},)),
)  # fmt: skip
"""Small questions. Each is known after it was asked first."""


@dataclass
class Phase:
    """What the clients saw: the seconds of each answer, and how often a question was refused, by status; 0 is no response."""

    took: list[float] = field(default_factory=list)
    refused: dict[str, int] = field(default_factory=dict)


class Honest(Peer):
    """A client that asks at the pace of a person, on a connection that stays open."""

    async def ask(self, until: float, random: Random, phase: Phase, refused: Counter[str]) -> None:
        """Ask until the end of a phase, and connect again if the connection is gone."""
        await asyncio.sleep(random.uniform(0, THINKS[1]))
        while time.monotonic() < until:
            try:
                async with self.connection() as streams:
                    while time.monotonic() < until:
                        await self._once(streams, random, phase, refused)
            except GONE:
                refused["0"] += 1

    async def _once(self, streams: Streams, random: Random, phase: Phase, refused: Counter[str]) -> None:
        text, variables = random.choice(QUESTIONS)
        asked = request(json.dumps({"query": text, "variables": random.choice(variables)}).encode())
        begun = time.perf_counter()
        async with asyncio.timeout(PATIENCE):
            status = await self.exchange(*streams, asked)
        phase.took.append(round(time.perf_counter() - begun, 5))
        if status != 200:
            refused[str(status)] += 1
        await asyncio.sleep(random.uniform(*THINKS))


async def phase(port: int, seconds: float) -> Phase:
    """Let all clients ask for so many seconds."""
    seen, refused, until = Phase(), Counter[str](), time.monotonic() + seconds
    clients = [Honest(port, address) for address in ADDRESSES]
    await asyncio.gather(*(client.ask(until, Random(client.address), seen, refused) for client in clients))
    return Phase(seen.took, dict(refused))


def main() -> None:
    """Run a phase for each line of stdin."""
    with asyncio.Runner() as runner:
        for line in sys.stdin:
            print(json.dumps(asdict(runner.run(phase(int(sys.argv[1]), float(line))))), flush=True)


if __name__ == "__main__":
    main()

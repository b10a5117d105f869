"""The same question on two graphs, one with ten times the cities of the other. In: two databases. Out: times of each.

Cypher written by hand runs in turn with ours, to show how much of a difference comes from the database.
"""

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any

import orjson

from bench.compiler import RIGHTS, Times, new_engine, settle, written_by_hand
from bench.network import CITIES, MORE_CITIES
from bench.questions import MEDIUM
from graph.bolt.connect import Address, open_async_driver
from graph.bolt.read import Reader, Sessions
from graph.question.engine import Engine, Question

ROUNDS, WARM = 300, 1_000


def _no_times() -> Times:
    return Times([], [])


@dataclass(frozen=True)
class Place:
    """One graph: its sessions, the number of its cities, and the times of both ways on it."""

    sessions: Sessions
    cities: int
    ours: Times = field(default_factory=_no_times)
    by_hand: Times = field(default_factory=_no_times)


@dataclass(frozen=True)
class Scaled:
    """The times of the medium question on both graphs."""

    normal: Place
    tenfold: Place

    @property
    def ratio(self) -> float:
        return self.tenfold.ours.p50 / self.normal.ours.p50

    @property
    def by_hand(self) -> float:
        return self.tenfold.by_hand.p50 / self.normal.by_hand.p50


def measure(normal: Address, tenfold: Address) -> Scaled:
    """Measure in a new event loop."""
    return asyncio.run(_measure(normal, tenfold))


async def _measure(normal: Address, tenfold: Address) -> Scaled:
    engine = new_engine()
    settle()
    async with (
        Sessions(open_async_driver(normal, 2), "neo4j") as near,
        Sessions(open_async_driver(tenfold, 2), "neo4j") as far,
    ):
        places = [Place(near, CITIES), Place(far, MORE_CITIES)]
        for at in range(WARM + ROUNDS):
            for place in places if at % 2 else reversed(places):
                await _both(place, engine, at)
    return Scaled(*places)


async def _both(place: Place, engine: Engine, at: int) -> None:
    values: dict[str, Any] = {"id": f"city/x-x-{at * 37 % place.cities}"}
    begun = time.perf_counter()
    answer = await engine.ask(Question(MEDIUM.graphql, values), RIGHTS, Reader(place.sessions, 30))
    orjson.dumps(answer.as_dict())
    between = time.perf_counter()
    await written_by_hand(place.sessions.driver, MEDIUM, values)
    if at >= WARM:
        place.ours.wall.append(between - begun)
        place.by_hand.wall.append(time.perf_counter() - between)

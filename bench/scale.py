"""The same question on a graph with ten times the cities, in one run. In: two databases. Out: times of each, in turn."""

import asyncio
import time
from dataclasses import dataclass

import orjson

from bench.compiler import RIGHTS, Times, new_engine, settle
from bench.network import CITIES, MORE_CITIES
from bench.questions import MEDIUM
from graph.bolt.connect import Address, open_async_driver
from graph.bolt.read import Reader
from graph.engine import Question

ROUNDS, WARM = 400, 1_200


@dataclass(frozen=True)
class Scaled:
    """The medium question on both graphs."""

    normal: Times
    tenfold: Times

    @property
    def ratio(self) -> float:
        return self.tenfold.p50 / self.normal.p50


def measure(normal: Address, tenfold: Address) -> Scaled:
    """Measure in an event loop of its own."""
    return asyncio.run(_measure(normal, tenfold))


async def _measure(normal: Address, tenfold: Address) -> Scaled:
    engine, found = new_engine(), Scaled(Times([], []), Times([], []))
    settle()
    async with open_async_driver(normal, 2) as near, open_async_driver(tenfold, 2) as far:
        places = [
            (Reader(near, normal.database, 30), CITIES, found.normal),
            (Reader(far, tenfold.database, 30), MORE_CITIES, found.tenfold),
        ]
        for at in range(WARM + ROUNDS):
            for reader, cities, times in places if at % 2 else reversed(places):
                question = Question(MEDIUM.graphql, {"id": f"city/x-x-{at * 37 % cities}"})
                begun, busy = time.perf_counter(), time.process_time()
                orjson.dumps((await engine.ask(question, RIGHTS, reader)).as_dict())
                if at >= WARM:
                    times.wall.append(time.perf_counter() - begun)
                    times.busy.append(time.process_time() - busy)
    return found

"""The compiled question against Cypher written by hand, in one run. In: a database. Out: ratios of p50, p99 and CPU.

Both run through the same driver, in auto-commit, in turn; the answers must agree before anything is measured.
"""

import asyncio
import gc
import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import orjson
from neo4j import READ_ACCESS, AsyncDriver, Query

from bench.network import CITIES, PEOPLE, SECRET
from bench.questions import ALL, Measured
from graph.access import Rights
from graph.bolt.connect import Address, open_async_driver
from graph.bolt.read import Reader
from graph.compile import Limits
from graph.cursor import Cursors
from graph.engine import Engine, Question
from schema.graphql.build import core, schema
from schema.model import model

RIGHTS = Rights(0, ("2:x-x-0",))
ROUNDS = {"small": 1_500, "medium": 400, "large": 150}
WARM = {"small": 400, "medium": 120, "large": 25}


@dataclass(frozen=True)
class Ratios:
    """What a question costs in relation to Cypher written by hand, and the milliseconds of that run."""

    name: str
    p50: float
    p99: float
    cpu: float
    by_hand_p50: float
    compiled_p50: float


Run = Callable[[dict[str, Any]], Awaitable[bytes]]


async def measure(address: Address) -> list[Ratios]:
    """Measure every question."""
    async with open_async_driver(address, 4) as driver:
        engine = Engine(core(schema()), model(), Limits(), Cursors(SECRET))
        gc.collect()
        gc.freeze()
        gc.set_threshold(10_000, 20, 50)
        return [await _pair(measured, driver, engine) for measured in ALL]


async def _pair(measured: Measured, driver: AsyncDriver, engine: Engine) -> Ratios:
    reader = Reader(driver, "neo4j", 30)

    async def compiled(values: dict[str, Any]) -> bytes:
        answer = await engine.ask(Question(measured.graphql, values), RIGHTS, reader)
        return orjson.dumps(answer.as_dict())

    async def by_hand(values: dict[str, Any]) -> bytes:
        parameters = {**values, "open": RIGHTS.open, "audiences": list(RIGHTS.audiences)}
        async with driver.session(database="neo4j", default_access_mode=READ_ACCESS, fetch_size=-1) as session:
            result = await session.run(Query(measured.cypher, timeout=30), parameters)
            return orjson.dumps([record[0] async for record in result])

    await _same(measured, compiled, by_hand)
    for at in range(WARM[measured.name]):
        await compiled(_values(measured, at))
        await by_hand(_values(measured, at))
    ours: list[tuple[float, float]] = []
    theirs: list[tuple[float, float]] = []
    for at in range(ROUNDS[measured.name]):
        values = _values(measured, at)
        pair = [(compiled, ours), (by_hand, theirs)]
        for run, times in pair if at % 2 else reversed(pair):
            times.append(await _timed(run, values))
    return _ratios(measured.name, ours, theirs)


async def _timed(run: Run, values: dict[str, Any]) -> tuple[float, float]:
    begun, busy = time.perf_counter(), time.process_time()
    await run(values)
    return time.perf_counter() - begun, time.process_time() - busy


def _ratios(name: str, ours: list[tuple[float, float]], theirs: list[tuple[float, float]]) -> Ratios:
    def at(times: list[tuple[float, float]], share: float) -> float:
        ordered = sorted(wall for wall, _ in times)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)]

    cpu = statistics.fmean(busy for _, busy in ours) / statistics.fmean(busy for _, busy in theirs)
    return Ratios(
        name,
        at(ours, 0.5) / at(theirs, 0.5),
        at(ours, 0.99) / at(theirs, 0.99),
        cpu,
        at(theirs, 0.5) * 1000,
        at(ours, 0.5) * 1000,
    )


def _values(measured: Measured, at: int) -> dict[str, Any]:
    if measured.name == "small":
        return {"id": f"person/{at * 7919 % PEOPLE}"}
    if measured.name == "medium":
        return {"id": f"city/x-x-{at * 37 % CITIES}"}
    return {"ids": [f"city/x-x-{(at * 10 + n) % CITIES}" for n in range(10)]}


async def _same(measured: Measured, compiled: Run, by_hand: Run) -> None:
    """Raise where the two do not read the same: then a comparison would mean nothing."""
    for at in range(5):
        values = _values(measured, at)
        ours, theirs = orjson.loads(await compiled(values)), orjson.loads(await by_hand(values))
        if _leaves(ours.get("data")) != _leaves(theirs):
            raise AssertionError(
                f"{measured.name}: the two ways give different answers for {values}: {ours} {theirs}"[:2000]
            )


def _leaves(found: Any) -> list[str]:
    """Every value in an answer, sorted: what both ways must agree on, whatever the shape around it."""
    if isinstance(found, dict):
        found = list(found.values())
    if isinstance(found, list):
        return sorted(leaf for item in found for leaf in _leaves(item))
    return [repr(found)]


def run(address: Address) -> list[Ratios]:
    """Measure in an event loop of its own."""
    return asyncio.run(measure(address))

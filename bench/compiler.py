"""The compiled question against Cypher written by hand and against DataLoaders, in one run. In: a database. Out: ratios.

All run through the same driver, in auto-commit, in turn; the answers must agree before anything is measured.
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

from bench import dataloaders
from bench.network import CITIES, PER_CITY, SECRET
from bench.questions import ALL, Measured
from graph.access.rights import Rights
from graph.bolt.connect import Address, open_async_driver
from graph.bolt.read import Reader, Sessions
from graph.question.compile import Limits
from graph.question.cursor import Cursors
from graph.question.engine import Engine, Question
from schema.derived.graphql.build import core, schema
from schema.model import model

RIGHTS = Rights(0, ("2:x-x-0",))
ROUNDS = {"small": 1_500, "medium": 400, "large": 120}
WARM = {"small": 400, "medium": 120, "large": 25}
EVERY = {"small": 1, "medium": 4, "large": 6}
"""How many times fewer rounds there are with DataLoaders, for they take their time."""

Run = Callable[[dict[str, Any]], Awaitable[bytes]]


@dataclass(frozen=True)
class Times:
    """What one way took: seconds for each round, and processor seconds of this process."""

    wall: list[float]
    busy: list[float]

    def at(self, share: float) -> float:
        ordered = sorted(self.wall)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)]

    @property
    def p50(self) -> float:
        return self.at(0.5)

    @property
    def cpu(self) -> float:
        return statistics.fmean(self.busy)


@dataclass(frozen=True)
class Compared:
    """One question: compiled and by hand in turn, then compiled and by DataLoaders in turn."""

    name: str
    compiled: Times
    by_hand: Times
    compiled_again: Times
    loaders: Times


def new_engine(limits: Limits | None = None) -> Engine:
    """Make an engine whose cursors are sealed with the secret of the benchmarks."""
    return Engine(core(schema()), model(), limits or Limits(), Cursors(SECRET))


def settle() -> None:
    """Treat the collector as a server does at its start."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


def run(address: Address) -> list[Compared]:
    """AggregateFunction in an event loop of its own."""
    return asyncio.run(measure(address))


async def measure(address: Address) -> list[Compared]:
    """AggregateFunction every question."""
    async with Sessions(open_async_driver(address, 16), "neo4j") as sessions:
        engine, reader, driver = new_engine(), Reader(sessions, 30), sessions.driver
        settle()
        return [await _one(measured, driver, engine, reader) for measured in ALL]


async def _one(measured: Measured, driver: AsyncDriver, engine: Engine, reader: Reader) -> Compared:
    usual, source = dataloaders.schema(), dataloaders.Source(driver, RIGHTS)

    async def compiled(values: dict[str, Any]) -> bytes:
        answer = await engine.ask(Question(measured.graphql, values), RIGHTS, reader)
        return orjson.dumps(answer.as_dict())

    async def by_hand(values: dict[str, Any]) -> bytes:
        return await written_by_hand(driver, measured, values)

    async def loaders(values: dict[str, Any]) -> bytes:
        context = dataloaders.Loaders(source)
        result = await usual.execute(measured.graphql, variable_values=values, context_value=context)
        if result.errors:
            raise AssertionError(f"{measured.name}: the DataLoaders fail: {result.errors}"[:2000])
        return orjson.dumps({"data": result.data})

    await _same(measured, compiled, by_hand, loaders)
    for at in range(WARM[measured.name]):
        await compiled(values_of(measured, at))
        await by_hand(values_of(measured, at))
        if at % EVERY[measured.name] == 0:
            await loaders(values_of(measured, at))
    rounds = ROUNDS[measured.name]
    against_hand = await _turns(measured, compiled, by_hand, rounds)
    return Compared(
        measured.name, *against_hand, *await _turns(measured, compiled, loaders, rounds // EVERY[measured.name])
    )


async def written_by_hand(driver: AsyncDriver, measured: Measured, values: dict[str, Any]) -> bytes:
    """Ask the question in Cypher written by hand, as one would with the bare driver."""
    parameters = {**values, "open": RIGHTS.open, "audiences": list(RIGHTS.audiences)}
    async with driver.session(database="neo4j", default_access_mode=READ_ACCESS, fetch_size=-1) as session:
        result = await session.run(Query(measured.cypher, timeout=30), parameters)
        return orjson.dumps([record[0] async for record in result])


async def _turns(measured: Measured, one: Run, other: Run, rounds: int) -> tuple[Times, Times]:
    """Let two ways run in turn, each as often first; a third between them would cost the one with more Python more."""
    times = Times([], []), Times([], [])
    for at in range(rounds):
        pair = [(one, times[0]), (other, times[1])]
        for way, kept in pair if at % 2 else reversed(pair):
            await _timed(way, values_of(measured, at), kept)
    return times


async def _timed(way: Run, values: dict[str, Any], times: Times) -> None:
    begun, busy = time.perf_counter(), time.process_time()
    await way(values)
    times.wall.append(time.perf_counter() - begun)
    times.busy.append(time.process_time() - busy)


def values_of(measured: Measured, at: int) -> dict[str, Any]:
    """Return the variables of a round."""
    if measured.name == "small":
        return {"id": f"person/{at * 7919 % (CITIES * PER_CITY)}"}
    if measured.name == "medium":
        return {"id": f"city/x-x-{at * 37 % CITIES}"}
    return {"ids": [f"city/x-x-{(at * 10 + n) % CITIES}" for n in range(10)]}


async def _same(measured: Measured, compiled: Run, by_hand: Run, loaders: Run) -> None:
    """Raise where the ways do not read the same: then a comparison would mean nothing."""
    for at in range(5):
        values = values_of(measured, at)
        ours, usual, theirs = await compiled(values), await loaders(values), await by_hand(values)
        if ours != usual:
            raise AssertionError(
                f"{measured.name}: DataLoaders answer otherwise for {values}: {ours!r} {usual!r}"[:2000]
            )
        if _leaves(orjson.loads(ours)["data"]) != _leaves(orjson.loads(theirs)):
            raise AssertionError(f"{measured.name}: Cypher by hand answers otherwise: {ours!r} {theirs!r}"[:2000])


def _leaves(found: Any) -> list[str]:
    """Every value in an answer, sorted: what two ways must agree on, whatever the shape around it."""
    if isinstance(found, dict):
        found = list(found.values())
    if isinstance(found, list):
        return sorted(leaf for item in found for leaf in _leaves(item))
    return [repr(found)]

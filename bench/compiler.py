"""Compiled questions against Cypher written by hand and against DataLoaders. In: a database. Out: the times of each.

All use the same driver and auto-commit and run in turn. Their answers must agree before anything is measured.
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
from graph.question.decode.native import Library
from graph.question.engine import Engine, Question
from schema.derived.graphql.build import core, schema
from schema.model import model

RIGHTS = Rights(0, ("2:x-x-0",))
ROUNDS = {"small": 1_500, "medium": 400, "large": 120}
WARM = {"small": 400, "medium": 120, "large": 25}
EVERY = {"small": 1, "medium": 4, "large": 6}
"""By what the number of rounds is divided for DataLoaders, because these are slow."""

Run = Callable[[dict[str, Any]], Awaitable[bytes]]


@dataclass(frozen=True)
class Times:
    """The times of one way: for each round the seconds, and the processor seconds of this process."""

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
    """The times of one question: first compiled and by hand in turn, then compiled and with DataLoaders in turn."""

    name: str
    compiled: Times
    by_hand: Times
    compiled_again: Times
    loaders: Times


def new_engine(limits: Limits | None = None, native: Library | None = None) -> Engine:
    """Make an engine with the key secret of the benchmarks."""
    return Engine(core(schema()), model(), limits or Limits(), Cursors(SECRET), native)


def settle() -> None:
    """Set up the garbage collector as a server does at its start."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


def run(address: Address) -> list[Compared]:
    """Measure every question in a new event loop."""
    return asyncio.run(measure(address))


async def measure(address: Address) -> list[Compared]:
    """Measure every question, one after the other."""
    async with Sessions(open_async_driver(address, 16), "neo4j") as sessions:
        engine, reader, driver = new_engine(), Reader(sessions, 30), sessions.driver
        settle()
        return [await _one(measured, driver, engine, reader) for measured in ALL]


async def _one(measured: Measured, driver: AsyncDriver, engine: Engine, reader: Reader) -> Compared:
    resolvers, source = dataloaders.schema(), dataloaders.Source(driver, RIGHTS)

    async def compiled(values: dict[str, Any]) -> bytes:
        answer = await engine.ask(Question(measured.graphql, values), RIGHTS, reader)
        return orjson.dumps(answer.as_dict())

    async def by_hand(values: dict[str, Any]) -> bytes:
        return await written_by_hand(driver, measured, values)

    async def loaders(values: dict[str, Any]) -> bytes:
        context = dataloaders.Loaders(source)
        result = await resolvers.execute(measured.graphql, variable_values=values, context_value=context)
        if result.errors:
            raise AssertionError(f"{measured.name}: the answer by DataLoaders has errors: {result.errors}"[:2000])
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
    """Run the Cypher that was written by hand, as a program would do with the bare driver."""
    parameters = {**values, "open": RIGHTS.open, "audiences": list(RIGHTS.audiences)}
    async with driver.session(database="neo4j", default_access_mode=READ_ACCESS, fetch_size=-1) as session:
        result = await session.run(Query(measured.cypher, timeout=30), parameters)
        return orjson.dumps([record[0] async for record in result])


async def _turns(measured: Measured, one: Run, other: Run, rounds: int) -> tuple[Times, Times]:
    """Run two ways in turn; each is first in every second round.

    Only two at a time: a third way between them would slow down the one with more Python code.
    """
    times = Times([], []), Times([], [])
    for at in range(rounds):
        pair = [(one, times[0]), (other, times[1])]
        for way, taken in pair if at % 2 else reversed(pair):
            await timed(way, values_of(measured, at), taken)
    return times


async def timed(way: Run, values: dict[str, Any], times: Times) -> None:
    """Run a way once and add its times."""
    begun, busy = time.perf_counter(), time.process_time()
    await way(values)
    times.wall.append(time.perf_counter() - begun)
    times.busy.append(time.process_time() - busy)


def values_of(measured: Measured, at: int) -> dict[str, Any]:
    """Return the variables of the question in a round."""
    if measured.name == "small":
        return {"id": f"person/{at * 7919 % (CITIES * PER_CITY)}"}
    if measured.name == "medium":
        return {"id": f"city/x-x-{at * 37 % CITIES}"}
    return {"ids": [f"city/x-x-{(at * 10 + n) % CITIES}" for n in range(10)]}


async def _same(measured: Measured, compiled: Run, by_hand: Run, loaders: Run) -> None:
    """Raise AssertionError if the ways answer differently, because a comparison would mean nothing."""
    for at in range(5):
        values = values_of(measured, at)
        ours, loaded, written = await compiled(values), await loaders(values), await by_hand(values)
        if ours != loaded:
            raise AssertionError(
                f"{measured.name}: DataLoaders answer differently for {values}: {ours!r} {loaded!r}"[:2000]
            )
        if leaves(orjson.loads(ours)["data"]) != leaves(orjson.loads(written)):
            raise AssertionError(f"{measured.name}: Cypher by hand answers differently: {ours!r} {written!r}"[:2000])


def leaves(answer: Any) -> list[str]:
    """Return every value in an answer, sorted: on these two ways must agree, although their answers differ in shape."""
    if isinstance(answer, dict):
        answer = list(answer.values())
    if isinstance(answer, list):
        return sorted(leaf for item in answer for leaf in leaves(item))
    return [repr(answer)]

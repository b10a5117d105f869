"""Mutations against transactions written by hand with the bare driver. In: a database. Out: the times of each.

One small upsert changes a text of one fact. The large one creates 1,000 facts. Both sides append to the event log.
"""

import asyncio
import itertools
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import orjson
from neo4j import AsyncDriver, AsyncManagedTransaction

from bench.compiler import Times, new_engine, settle
from bench.network import SECRET
from graph.access.rights import Rights
from graph.access.viewer import Edits, Viewer
from graph.bolt.connect import Address, open_async_driver
from graph.bolt.lane.lane import Lane, open_lane
from graph.bolt.write import Writer
from graph.mutations.run import Mutations
from graph.question.engine import Question
from graph.question.turns import AtOnce

SMALL_ROUNDS, SMALL_WARM, LARGE_ROUNDS, LARGE_WARM, ROWS = 600, 150, 24, 6, 1_000
BY = Viewer("bench", Rights(3), Edits(everywhere=True))
CREATE = """mutation ($rows: [SourceInput!]!, $id: ID) { upsertSources(rows: $rows, requestId: $id) {
  created nodes { id } problems { path message } } }"""
CREATE_MANY = """mutation ($rows: [SourceInput!]!, $id: ID) { upsertSources(rows: $rows, requestId: $id) {
  created problems { path message } } }"""
CHANGE = """mutation ($rows: [SourceInput!]!) { upsertSources(rows: $rows) {
  changed nodes { id title note updatedAt } problems { path message } } }"""

_LOG = (
    " MERGE (s:_Sequence {name: 'log'}) SET s.at = $now WITH s, events "
    "SET s.value = s.value + size(events) WITH s.value - size(events) AS before, events "
    "UNWIND range(0, size(events) - 1) AS n CREATE (e:_Event) SET e = events[n], e.seq = before + n + 1, e.at = $now, "
    "e.actor = 'bench' "
)
CHANGE_BY_HAND = (
    "MATCH (n:Source {id: $id}) SET n.note = $note, n.updatedAt = $now RETURN n {.id, .title, .note, .updatedAt}"
)
LOG_BY_HAND = (
    "WITH [{did: 'CHANGED', of: 'Source', fact: $id, level: 0, audience: '0', fields: ['note']}] AS events" + _LOG
)
CREATE_BY_HAND = "UNWIND $rows AS row MERGE (n:Fact {key: row.key}) SET n:Source, n = row RETURN count(n) AS written"
LOG_MANY_BY_HAND = (
    "WITH [row IN $rows | {did: 'CREATED', of: 'Source', fact: row.id, level: 0, audience: '0'}] AS events" + _LOG
)

Run = Callable[[int], Awaitable[None]]


@dataclass(frozen=True)
class Written:
    """The times of one kind of write: as a mutation, and by hand with the log. The large one also by hand without it."""

    name: str
    mutation: Times
    by_hand: Times
    without_log: Times = field(default_factory=lambda: Times([], []))


def measure(address: Address) -> list[Written]:
    """Measure both kinds of writes in a new event loop."""
    return asyncio.run(_measure(address))


async def _measure(address: Address) -> list[Written]:
    async with open_async_driver(address, 16) as driver:
        lane = open_lane(address, 16)
        side = _Sides(driver, address.database, Mutations(new_engine(), SECRET), lane)
        await side.fill()
        settle()
        small = await _turns([side.change, side.change_by_hand], SMALL_WARM, SMALL_ROUNDS)
        large = await _turns([side.create, side.create_by_hand, side.create_without_log], LARGE_WARM, LARGE_ROUNDS)
        return [Written("one fact", *small), Written(f"{ROWS:,} facts", *large)]


async def _turns(ways: list[Run], warm: int, rounds: int) -> list[Times]:
    """Run ways in turn; each is first in its turn."""
    times = [Times([], []) for _ in ways]
    for at in range(warm + rounds):
        order = [*range(at % len(ways), len(ways)), *range(at % len(ways))]
        for way in order:
            begun, busy = time.perf_counter(), time.process_time()
            await ways[way](at)
            if at >= warm:
                times[way].wall.append(time.perf_counter() - begun)
                times[way].busy.append(time.process_time() - busy)
    return times


@dataclass
class _Sides:
    driver: AsyncDriver
    database: str
    mutations: Mutations
    lane: Lane | None
    ids: list[str] = field(default_factory=list)
    number: "itertools.count[int]" = field(default_factory=itertools.count)

    async def _mutate(self, text: str, variables: dict[str, Any]) -> dict[str, Any]:
        writer = Writer(self.driver, self.database, lane=self.lane)
        answer = await self.mutations.answer(Question(text, variables), BY, writer, AtOnce())
        data: dict[str, Any] = orjson.loads(orjson.dumps(answer.as_dict()))["data"]["upsertSources"]
        assert not data["problems"], data["problems"]
        return data

    def _rows(self) -> list[dict[str, Any]]:
        return [{"title": f"Source {next(self.number)}", "confidence": "VERIFIED", "note": "n"} for _ in range(ROWS)]

    async def fill(self) -> None:
        self.ids = [node["id"] for node in (await self._mutate(CREATE, {"rows": self._rows()}))["nodes"]]

    async def change(self, at: int) -> None:
        row = {"key": {"id": self.ids[at * 7 % ROWS]}, "note": f"mutation {at} {next(self.number)}"}
        assert (await self._mutate(CHANGE, {"rows": [row]}))["changed"] == 1

    async def change_by_hand(self, at: int) -> None:
        values = {
            "id": self.ids[(at * 7 + 3) % ROWS],
            "note": f"by hand {at} {next(self.number)}",
            "now": datetime.now(UTC),
        }

        async def work(transaction: AsyncManagedTransaction) -> Any:
            result = await transaction.run(CHANGE_BY_HAND, values)
            record = await result.single(strict=True)
            await (await transaction.run(LOG_BY_HAND, values)).consume()
            return record[0]

        async with self.driver.session(database=self.database) as session:
            orjson.dumps(await session.execute_write(work), default=str)

    async def create(self, _: int) -> None:
        assert (await self._mutate(CREATE_MANY, {"rows": self._rows()}))["created"] == ROWS

    async def create_by_hand(self, at: int) -> None:
        await self._created(at, log=True)

    async def create_without_log(self, at: int) -> None:
        await self._created(at, log=False)

    async def _created(self, at: int, *, log: bool) -> None:
        now = datetime.now(UTC)
        rows = [_columns(row, f"source/hand-{log}-{at}-{n}", now) for n, row in enumerate(self._rows())]

        async def work(transaction: AsyncManagedTransaction) -> None:
            await (await transaction.run(CREATE_BY_HAND, {"rows": rows})).consume()
            if log:
                await (await transaction.run(LOG_MANY_BY_HAND, {"rows": rows, "now": now})).consume()

        async with self.driver.session(database=self.database) as session:
            await session.execute_write(work)


def _columns(row: dict[str, Any], id_: str, now: datetime) -> dict[str, Any]:
    """Return the columns that a mutation stores of a row."""
    given = {**row, "id": id_, "key": id_, "sources": [id_], "marking": 0, "level": 0, "audience": "0"}
    return {**given, "titleWords": row["title"].lower(), "_digest": id_, "recordedAt": now, "updatedAt": now}

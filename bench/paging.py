"""A page far down a long list against its first page. In: a database with 200,000 people. Out: times of both, by order.

The cursor of the far page is made from the row before it: to get there page by page would take most of the run.
"""

import asyncio
import time
from dataclasses import dataclass
from typing import Any

import orjson

from bench.compiler import RIGHTS, Times, new_engine, settle
from bench.network import SECRET
from bench.questions import visible
from graph.bolt.connect import Address, open_async_driver
from graph.bolt.read import Reader, Sessions
from graph.question.cursor import Cursors
from graph.question.engine import Engine, Question

PAGE, FAR = 50, 1_000
WARM, LEAST, ROUNDS, SECONDS = 150, 5, 150, 6.0
"""An order is warmed and measured so many times (WARM, ROUNDS), a slow one for so many SECONDS, but at least LEAST times."""

TEXT = """query ($after: String) { people(first: %d, after: $after, orderBy: {%s: %s}) {
    nodes { id name } pageInfo { hasNextPage endCursor } } }"""
PLACE = f"""MATCH (p:Person) WHERE {visible("p")} WITH p ORDER BY %s SKIP $rank LIMIT 1
RETURN [%s, p.id] AS place""".replace("$", "$q.")


@dataclass(frozen=True)
class Order:
    """An order in GraphQL and in Cypher, and the number of the page that is compared with the first."""

    field: str
    direction: str
    by: str
    shown: str
    page: int = FAR

    @property
    def name(self) -> str:
        return f"{self.field} {self.direction}, page {self.page:,}"


_DAYS = "p.sinceDay IS NULL, p.sinceDay{d}, p.id{d}"
ORDERS = (
    Order("name", "ASC", "p.name, p.id", "p.name"),
    Order("name", "DESC", "p.name DESC, p.id DESC", "p.name"),
    Order("since", "ASC", _DAYS.format(d=""), "toString(p.sinceDay)"),
    Order("since", "DESC", _DAYS.format(d=" DESC"), "toString(p.sinceDay)"),
    Order("since", "ASC", _DAYS.format(d=""), "toString(p.sinceDay)", page=3_000),
)
"""On page 3,000 no person has a date: entries without one come last."""


@dataclass(frozen=True)
class Paged:
    """The times of both pages of a list in one order."""

    order: Order
    first: Times
    far: Times

    @property
    def ratio(self) -> float:
        return self.far.p50 / self.first.p50


def measure(address: Address) -> list[Paged]:
    """Measure every order in a new event loop."""
    return asyncio.run(_measure(address))


async def _measure(address: Address) -> list[Paged]:
    settle()
    async with Sessions(open_async_driver(address, 2), address.database) as sessions:
        reader = Reader(sessions, 30)
        return [await _one(order, new_engine(), reader) for order in ORDERS]


async def _one(order: Order, engine: Engine, reader: Reader) -> Paged:
    text, paged = TEXT % (PAGE, order.field, order.direction), Paged(order, Times([], []), Times([], []))
    after = await _cursor(order, engine, reader, text)
    for least, most, measured in ((2, WARM, False), (LEAST, ROUNDS, True)):
        begun, at = time.perf_counter(), 0
        while at < least or (at < most and time.perf_counter() - begun < SECONDS):
            pair = [(None, paged.first), (after, paged.far)]
            for cursor, times in pair if at % 2 else reversed(pair):
                started, busy = time.perf_counter(), time.process_time()
                await _page(text, cursor, engine, reader)
                if measured:
                    times.wall.append(time.perf_counter() - started)
                    times.busy.append(time.process_time() - busy)
            at += 1
    return paged


async def _page(text: str, after: str | None, engine: Engine, reader: Reader) -> list[Any]:
    answer = await engine.ask(Question(text, {"after": after}), RIGHTS, reader)
    orjson.dumps(answer.as_dict())
    if answer.data is None or answer.errors:
        raise AssertionError(f"no page: {answer.as_dict()}")
    rows = list(answer.data["people"]["nodes"])
    if len(rows) != PAGE:
        raise AssertionError(f"a page has {len(rows)} rows")
    return rows


async def _cursor(order: Order, engine: Engine, reader: Reader, text: str) -> str:
    """Make the cursor at the end of the page before the far one; check that the far page begins at the right row."""
    rank = (order.page - 1) * PAGE
    before, first = [await _row(order, reader, rank + by) for by in (-1, 0)]
    question = Question(text, {"after": None})
    bound = engine.bound(engine.ready(question), question.variables, RIGHTS).bound
    after = Cursors(SECRET).seal(bound.scopes[0], before)
    if (await _page(text, after, engine, reader))[0]["id"] != first[-1]:
        raise AssertionError(f"{order.name}: the far page begins at another row")
    return after


async def _row(order: Order, reader: Reader, rank: int) -> list[Any]:
    parameters = {"rank": rank, "open": RIGHTS.open, "audiences": list(RIGHTS.audiences)}
    return list(await reader.value(PLACE % (order.by, order.shown), {"q": parameters}, "place"))

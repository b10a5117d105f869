"""A real Neo4j: the lane and the driver return the same values, and end statements the same way."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from neo4j.graph import Node, Relationship

from graph.bolt.connect import Address, open_async_driver
from graph.bolt.lane.codec import Codec
from graph.bolt.lane.lane import open_lane
from graph.bolt.read import Reader, Sessions
from graph.errors import Internal, QuestionError, TimedOut
from tests.bolt.conftest import Way
from tests.bolt.test_codec import ODD

Run = Callable[[Callable[[], Awaitable[Any]]], Any]
ECHO = "RETURN $value AS value"
STRUCTURES = (
    "RETURN {date: date('2026-01-31'), time: time('12:00+01:00'), at: datetime('2026-01-31T12:00[Europe/Paris]'), "
    "long: duration('P1Y2M3DT4S'), here: point({latitude: 1.5, longitude: 2.5}), flat: point({x: 1, y: 2, z: 3})} AS value"
)
NODES = (
    "MATCH (n:City) WITH n ORDER BY n.id LIMIT 200 RETURN collect([n, n {.*}, [(n)-[r]-(m) | [r, m.id]][..3]]) AS value"
)
LARGE = "RETURN [i IN range(1, 60000) | {i: i, text: 'text ' + i, half: i / 2.0}] AS value"
SLOW = (
    "UNWIND range(1, 2000) AS a UNWIND range(1, 2000) AS b UNWIND range(1, 2000) AS c RETURN count(a + b + c) AS value"
)
UNDER_WAY = "SHOW TRANSACTIONS YIELD metaData WHERE metaData.operation = $name RETURN count(*) AS value"


@pytest.fixture(scope="module")
def readers(address: Address, runner: asyncio.Runner) -> Iterator[tuple[Reader, Reader]]:
    """Read over the lane, and over the driver."""
    lane, plain = open_lane(address, 8), open_async_driver(address, 8)
    both = [Sessions(open_async_driver(address, 8), address.database, lane), Sessions(plain, address.database)]
    yield Reader(both[0], 30), Reader(both[1], 30)
    for each in both:
        runner.run(each.__aexit__())


@pytest.mark.parametrize("value", ODD, ids=lambda value: f"{type(value).__name__} {str(value)[:10]!r}")
def test_a_value_comes_back_as_with_the_driver(readers: tuple[Reader, Reader], run: Run, value: Any) -> None:
    lane, driver = run(lambda: asyncio.gather(*(each.value(ECHO, {"value": value}, "test") for each in readers)))
    assert repr(lane) == repr(driver)
    packed = run(lambda: readers[0].packed(ECHO, {"value": value}, "test"))
    assert repr(Codec(python=True).unpack(bytearray(packed))) == repr(driver)


@pytest.mark.parametrize("text", [STRUCTURES, NODES, LARGE], ids=["structures", "nodes", "large"])
def test_a_result_is_that_of_the_driver(readers: tuple[Reader, Reader], run: Run, text: str) -> None:
    lane, driver = run(lambda: asyncio.gather(*(each.value(text, {}, "test") for each in readers)))
    assert json.dumps(lane, default=shown) == json.dumps(driver, default=shown)


def test_a_server_that_stands_alone_answers_with_routing(address: Address, run: Run) -> None:
    lane = open_lane(replace(address, uri=address.uri.replace("bolt", "neo4j")), 2)
    messages = lane.packed("RETURN 5", {}, {"app": "test", "operation": "test"}, 5)
    assert run(lambda: asyncio.gather(*(lane.received(messages) for _ in range(5))))[0].value == 5
    lane.close()


def shown(value: Any) -> Any:
    """Show what JSON has no form for. Nodes of two results are never equal."""
    if isinstance(value, Node):
        return [value.element_id, sorted(value.labels), dict(value)]
    if isinstance(value, Relationship):
        ends = [end.element_id for end in value.nodes if end is not None]
        return [value.element_id, value.type, ends, dict(value)]
    return repr(value)


@pytest.mark.parametrize(
    "text", ["RETURN 1/0 AS value", "RETURN", "CREATE (n:Nothing) RETURN 1 AS value", "RETURN $absent AS v"]
)
def test_a_mistake_is_told_as_with_the_driver(readers: tuple[Reader, Reader], run: Run, text: str) -> None:
    async def causes() -> list[Any]:
        told = []
        for reader in readers:
            with pytest.raises(Internal) as caught:
                await reader.value(text, {}, "test")
            told.append((type(caught.value.__cause__), str(caught.value.__cause__)))
        return told

    lane, driver = run(causes)
    assert lane == driver


def test_what_has_no_packstream_is_refused_as_with_the_driver(readers: tuple[Reader, Reader], run: Run) -> None:
    async def refused() -> list[Any]:
        told = []
        for reader in readers:
            with pytest.raises((TypeError, ValueError, OverflowError)) as caught:
                await reader.value(ECHO, {"value": [object]}, "test")
            told.append(type(caught.value))
        return told

    lane, driver = run(refused)
    assert lane == driver


def test_the_time_of_the_database_is_noted(readers: tuple[Reader, Reader], run: Run) -> None:
    seen: list[float] = []
    run(lambda: readers[0].value("UNWIND range(1, 3000000) AS i RETURN count(i % 7) AS value", {}, "test", seen.append))
    assert len(seen) == 1
    assert 0.01 < seen[0] < 30


def test_a_statement_over_its_time_is_ended(address: Address, way: Way, run: Run) -> None:
    async def work() -> None:
        async with way.reader(address, 0.3) as reader:
            with pytest.raises(TimedOut):
                await reader.value(SLOW, {}, f"over {way.name}")
        await until_ended(way, address, f"over {way.name}")

    run(work)


def test_a_cancelled_statement_is_ended_in_the_database(address: Address, way: Way, run: Run) -> None:
    async def work() -> None:
        name = f"cancelled {way.name}"
        async with way.reader(address, 30) as reader, way.reader(address) as other:
            task = asyncio.create_task(reader.value(SLOW, {}, name))
            while not await other.value(UNDER_WAY, {"name": name}, "test"):  # noqa: ASYNC110  # the database sends no events
                await asyncio.sleep(0.02)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            await until_ended(way, address, name)
            assert await reader.value(ECHO, {"value": 1}, "test") == 1

    run(work)


async def until_ended(way: Way, address: Address, name: str) -> None:
    """Wait until the database runs no statement of a name; fail after a few seconds."""
    async with asyncio.timeout(8), way.reader(address) as reader:
        while await reader.value(UNDER_WAY, {"name": name}, "test"):  # noqa: ASYNC110  # the database sends no events
            await asyncio.sleep(0.05)


def test_two_hundred_at_once_share_eight_connections(readers: tuple[Reader, Reader], run: Run) -> None:
    async def one(number: int) -> Any:
        try:
            return await readers[0].value(ECHO if number % 9 else "RETURN 1/0 AS value", {"value": number}, "test")
        except QuestionError:
            return None

    found = run(lambda: asyncio.gather(*map(one, range(200))))
    assert found == [number if number % 9 else None for number in range(200)]

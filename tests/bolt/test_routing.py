"""Clusters played by scripted servers: tables that change, readers and routers that fail, for the lane and the driver."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest

from graph.bolt.lane.codec import Codec
from graph.bolt.lane.connection import HEADER
from graph.bolt.read import TRIES, Reader
from graph.errors import QuestionError, Unavailable
from tests.bolt.cluster import Cluster
from tests.bolt.conftest import Way
from tests.bolt.scripted import GOODBYE, HELLO, PULL, RECORD, ROUTE, RUN, Play, Wire, message

Run = Callable[[Callable[[], Awaitable[Any]]], Any]
UNREACHABLE = "127.0.0.1:1"


async def asked(reader: Reader) -> Any:
    """Ask once; return the value or the class of the error."""
    try:
        return await reader.value("a statement", {}, "test")
    except QuestionError as error:
        return type(error)


def test_statements_go_to_readers_and_the_table_is_asked_for_once(way: Way, run: Run) -> None:
    async def work() -> None:
        async with AsyncExitStack() as stack:
            cluster = Cluster(stack, readers=[1, 2])
            for _ in range(3):
                await cluster.add()
            async with way.reader(cluster.address(), connections=20) as reader:
                assert set(await asyncio.gather(*(asked(reader) for _ in range(40)))) == {1, 2}
            assert cluster.routes == [1, 0, 0]
            assert cluster.runs()[0] == 0
            assert min(cluster.runs()[1:]) >= 10, "who has least to do is next"

    run(work)


def test_a_table_that_is_old_is_asked_for_again(way: Way, run: Run) -> None:
    async def work() -> None:
        async with AsyncExitStack() as stack:
            cluster = Cluster(stack, ttl=0.2, readers=[1])
            for _ in range(3):
                await cluster.add()
            async with way.reader(cluster.address()) as reader:
                assert [await asked(reader) for _ in range(3)] == [1, 1, 1]
                cluster.readers = [2]
                await asyncio.sleep(0.25)
                assert [await asked(reader) for _ in range(3)] == [2, 2, 2]
                # What was open to a server that answers no longer is closed.
                await asyncio.sleep(0.05)
                assert cluster.servers[1].seen[0][-1] == GOODBYE

    run(work)


def ending(wire_end: str) -> Play:
    """Play a reader that fails at its first statement on each connection."""

    async def play(wire: Wire) -> None:
        await wire.log_in()
        await wire.expect(RUN, PULL)
        if wire_end == "in a record":
            await wire.success({"fields": ["x"], "t_first": 1})
            await wire.write(message(RECORD, ["a text of some length"])[:12])
        elif wire_end == "by a code":
            await wire.failure("Neo.TransientError.General.DatabaseUnavailable")
            await wire.ignored()
            await wire.next()
            await wire.success({})
            await wire.rest()
        wire.cut()

    return play


@pytest.mark.parametrize("end", ["at once", "in a record", "by a code"])
def test_a_reader_that_dies_is_left_out_and_another_answers(way: Way, run: Run, end: str) -> None:
    async def work() -> None:
        async with AsyncExitStack() as stack:
            cluster = Cluster(stack, readers=[1])
            await cluster.add()
            await cluster.add(ending(end))
            await cluster.add()
            async with way.reader(cluster.address()) as reader:
                cluster.readers = [1, 2]
                assert [await asked(reader) for _ in range(12)] == [2] * 12
            assert cluster.runs()[1] <= 1
            assert cluster.routes == [1, 0, 0]

    run(work)


def test_the_table_is_asked_for_again_when_no_reader_is_left(way: Way, run: Run) -> None:
    async def work() -> None:
        async with AsyncExitStack() as stack:
            cluster = Cluster(stack, readers=[1, UNREACHABLE])
            await cluster.add()

            async def dies(wire: Wire) -> None:
                await wire.log_in()
                await wire.expect(RUN, PULL)
                cluster.readers = [2]
                wire.cut()

            await cluster.add(dies)
            await cluster.add()
            async with way.reader(cluster.address()) as reader:
                assert await asked(reader) == 2
            assert cluster.routes == [2, 0, 0]

    run(work)


@pytest.mark.parametrize("missing", ["readers", "routers"])
def test_a_table_without_readers_or_routers_is_none(way: Way, run: Run, missing: str) -> None:
    async def work() -> None:
        async with AsyncExitStack() as stack:
            cluster = Cluster(stack)
            setattr(cluster, missing, [])
            await cluster.add()
            async with way.reader(cluster.address()) as reader:
                assert await asked(reader) is Unavailable
                assert cluster.routes == [TRIES]
                setattr(cluster, missing, [0])
                assert await asked(reader) == 0

    run(work)


@pytest.mark.parametrize("has_leader", [True, False])
def test_another_router_is_asked_when_the_first_is_gone(way: Way, run: Run, has_leader: bool) -> None:
    async def work() -> None:
        async with AsyncExitStack() as stack:
            cluster = Cluster(stack, ttl=0.1, readers=[1], routers=[0, 1], writers=[1] if has_leader else [])

            async def once(wire: Wire) -> None:
                await wire.log_in()
                await wire.expect(ROUTE)
                await wire.success({"rt": cluster.table()})
                await wire.next()

            async def gone(wire: Wire) -> None:
                wire.cut()

            await cluster.add(once, gone)
            await cluster.add()
            async with way.reader(cluster.address()) as reader:
                assert await asked(reader) == 1
                await asyncio.sleep(0.15)
                assert await asked(reader) == 1
            assert cluster.routes[1] == 1
            # Without a leader the server of the address is asked before the others, over the same connection or a new one.
            assert (len(cluster.servers[0].seen) > 1 or cluster.routes[0] > 1) == (not has_leader)

    run(work)


@pytest.mark.parametrize("code", ["Neo.ClientError.Database.DatabaseNotFound", "Neo.ClientError.Security.Forbidden"])
def test_an_error_that_every_router_would_answer_is_not_tried_again(way: Way, run: Run, code: str) -> None:
    async def refuses(wire: Wire) -> None:
        await wire.log_in()
        while await wire.next() == ROUTE:
            await wire.failure(code)
            await wire.next()
            await wire.success({})

    async def work() -> None:
        async with AsyncExitStack() as stack:
            cluster = Cluster(stack)
            await cluster.add(refuses)
            async with way.reader(cluster.address()) as reader:
                assert await asked(reader) is Unavailable
            assert cluster.routes == [1]

    run(work)


def test_a_router_that_has_no_table_yet_is_asked_again(way: Way, run: Run) -> None:
    async def work() -> None:
        async with AsyncExitStack() as stack:
            cluster = Cluster(stack)

            async def starts(wire: Wire) -> None:
                await wire.log_in()
                await wire.expect(ROUTE)
                await wire.failure("Neo.TransientError.Cluster.Starting")
                while await wire.next() != GOODBYE:
                    await wire.success({})

            await cluster.add(starts, cluster.member(0))
            async with way.reader(cluster.address()) as reader:
                assert await asked(reader) == 0

    run(work)


def test_servers_are_told_of_the_address_that_clients_use(way: Way, run: Run) -> None:
    async def work() -> None:
        async with AsyncExitStack() as stack:
            told: list[Any] = []
            cluster = Cluster(stack, routers=["localhost"])

            async def listens(wire: Wire) -> None:
                await wire.greet()
                await wire.expect(HELLO)
                told.append(Codec().unpack(bytearray(wire.last), HEADER)["routing"])
                await wire.success({"server": "Neo4j/5.26.0", "connection_id": "bolt-1"})
                await wire.next()
                await wire.success({})

                def table() -> Any:
                    told.append(Codec().unpack(bytearray(wire.last), HEADER))
                    return cluster.table()

                await wire.answers(5, table)

            server = await cluster.add(listens)
            async with way.reader(cluster.address(query="?region=north&policy=p")) as reader:
                assert await asked(reader) == 5
            routing = {"region": "north", "policy": "p", "address": f"127.0.0.1:{server.port}"}
            assert all(each == routing for each in told), told
            assert len(told) >= 2

    run(work)

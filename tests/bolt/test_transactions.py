"""Transactions over the lane, against a scripted server: what is sent together, and what a lost answer means."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from graph.bolt.changes import Changes
from graph.bolt.connect import DatabaseUnavailable
from graph.bolt.lane.lane import open_lane
from graph.bolt.write import Unit, Writer
from graph.cypher.fragments import Fragment
from tests.bolt.scripted import PULL, RUN, Play, Server, Wire, playing

Run = Callable[[Callable[[], Awaitable[Any]]], Any]
BEGIN, COMMIT, ROLLBACK = 0x11, 0x12, 0x13
NO_DRIVER: Any = None
"""With a lane, a writer uses no driver."""
ASK, TELL = Fragment("ask"), Fragment("tell")


@pytest.fixture
def run() -> Run:
    """Run a coroutine function for at most 30 seconds."""

    def within(work: Callable[[], Awaitable[Any]]) -> Any:
        async def bounded() -> Any:
            async with asyncio.timeout(30):
                return await work()

        return asyncio.run(bounded())

    return within


@asynccontextmanager
async def writing(*plays: Play) -> AsyncIterator[tuple[Server, Writer]]:
    async with playing(*plays) as server:
        lane = open_lane(server.address, 2)
        assert lane is not None
        try:
            yield server, Writer(NO_DRIVER, "neo4j", seconds=5, lane=lane)
        finally:
            lane.close()


async def answering(wire: Wire) -> None:
    await wire.log_in()
    await wire.answers()


async def asks(unit: Unit) -> list[dict[str, Any]]:
    unit.touched.add("Visit")
    return await unit.run(ASK)


def after_log_in(server: Server, at: int = 0) -> list[int]:
    return server.seen[at][2:]


def test_what_is_told_goes_with_the_next_statement_and_the_rest_with_the_commit(run: Run) -> None:
    async def work(unit: Unit) -> list[dict[str, Any]]:
        first = await unit.run(ASK)
        await unit.tell(TELL)
        await unit.tell(TELL)
        second = await unit.run(ASK)
        await unit.tell(TELL)
        return first + second

    async def written() -> tuple[Any, list[int]]:
        async with writing(answering) as (server, writer):
            return await writer.unit(work), after_log_in(server)

    found, seen = run(written)
    assert found == [{"x": 1}, {"x": 1}]
    assert seen == [BEGIN, *[RUN, PULL] * 5, COMMIT]


def test_what_is_only_told_is_stored(run: Run) -> None:
    async def written() -> list[int]:
        async with writing(answering) as (server, writer):
            await writer.unit(lambda unit: unit.tell(TELL))
            return after_log_in(server)

    assert run(written) == [BEGIN, RUN, PULL, COMMIT]


async def dies_before_the_answer_to_commit(wire: Wire) -> None:
    await wire.log_in()
    await wire.expect(BEGIN, RUN, PULL)
    await wire.success({})
    await wire.answer(1)
    await wire.expect(COMMIT)
    wire.cut()


def test_a_commit_without_an_answer_is_tried_again_and_outdates_until_then(run: Run) -> None:
    """The first commit may be stored, so what it touches counts as changing until the second one is answered."""
    changes, seen_changing = Changes(), []

    async def work(unit: Unit) -> list[dict[str, Any]]:
        seen_changing.append(not changes.same_since({"Visit"}, changes.moment))
        return await asks(unit)

    async def written() -> tuple[Any, Server]:
        async with writing(dies_before_the_answer_to_commit, answering) as (server, writer):
            return await Writer(NO_DRIVER, "neo4j", changes=changes, lane=writer.lane).unit(work), server

    found, server = run(written)
    assert found == [{"x": 1}]
    assert seen_changing == [False, True]
    assert server.count(COMMIT) == 2
    assert changes.same_since({"Visit"}, changes.moment)


def test_a_commit_that_is_never_answered_says_that_it_may_be_stored(run: Run) -> None:
    async def written() -> Any:
        async with writing(dies_before_the_answer_to_commit) as (_, writer):
            await Writer(NO_DRIVER, "neo4j", tries=2, lane=writer.lane).unit(asks)

    with pytest.raises(DatabaseUnavailable, match="may be stored"):
        run(written)


async def refuses_the_second_statement(wire: Wire) -> None:
    await wire.log_in()
    await wire.expect(BEGIN, RUN, PULL)
    await wire.success({})
    await wire.answer(1)
    await wire.expect(RUN, PULL)
    await wire.failure("Neo.ClientError.Statement.SyntaxError")
    await wire.rest()


def test_a_statement_that_fails_ends_the_transaction_and_its_connection(run: Run) -> None:
    async def work(unit: Unit) -> None:
        await unit.run(ASK)
        await unit.run(ASK)

    async def written() -> Server:
        async with writing(refuses_the_second_statement, answering) as (server, writer):
            with pytest.raises(DatabaseUnavailable, match="SyntaxError"):
                await writer.unit(work)
            assert await writer.unit(asks) == [{"x": 1}]
            return server

    server = run(written)
    assert COMMIT not in after_log_in(server)
    assert after_log_in(server, 1)[:4] == [BEGIN, RUN, PULL, COMMIT]


def test_work_that_fails_is_rolled_back_and_its_connection_used_again(run: Run) -> None:
    async def fails(unit: Unit) -> None:
        await unit.run(ASK)
        await unit.tell(TELL)
        raise KeyError

    async def written() -> list[int]:
        async with writing(answering) as (server, writer):
            with pytest.raises(KeyError):
                await writer.unit(fails)
            await writer.unit(asks)
            return after_log_in(server)

    assert run(written) == [BEGIN, RUN, PULL, ROLLBACK, BEGIN, RUN, PULL, COMMIT]


async def is_silent_after_begin(wire: Wire) -> None:
    await wire.log_in()
    await wire.expect(BEGIN, RUN, PULL)
    await wire.next()


def test_who_is_cancelled_closes_the_connection(run: Run) -> None:
    async def written() -> tuple[bool, list[int]]:
        async with writing(is_silent_after_begin) as (server, writer):
            working = asyncio.create_task(writer.unit(asks))
            await asyncio.sleep(0.2)
            working.cancel()
            await asyncio.wait({working})
            async with asyncio.timeout(5):
                await server.gone.wait()
            return working.cancelled(), after_log_in(server)

    cancelled, seen = run(written)
    assert cancelled
    assert seen == [BEGIN, RUN, PULL]

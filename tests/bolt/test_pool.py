"""The connections of the lane: how many, who gets one next, and when one is closed or asked whether it lives."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import pytest
from neo4j.exceptions import ConnectionAcquisitionTimeoutError, DriverError, Neo4jError, ServiceUnavailable

from graph.bolt.lane import pool as pools
from graph.bolt.lane.lane import Lane, open_lane
from graph.bolt.lane.pool import Ages, Pool
from tests.bolt.scripted import GOODBYE, PULL, RESET, RUN, SUCCESS, Server, Wire, message, playing

Run = Callable[[Callable[[], Awaitable[Any]]], Any]
ABOUT = {"app": "test", "operation": "test"}


async def answering(wire: Wire) -> None:
    await wire.log_in()
    await wire.answers()


async def never(wire: Wire) -> None:
    await wire.log_in()
    await wire.expect(RUN, PULL)
    await wire.rest()


def lane_to(server: Server, connections: int, ages: Ages | None = None) -> Lane:
    return open_lane(server.address, connections, ages=ages)


def pool_of(lane: Lane) -> Pool:
    assert isinstance(lane._connections, Pool)
    return lane._connections


async def ask(lane: Lane) -> Any:
    return (await lane.received(lane.packed("a statement", {}, ABOUT, 5))).value


def test_many_statements_share_few_connections_in_turn(run: Run) -> None:
    async def work() -> None:
        async with playing(answering) as server:
            lane, ended = lane_to(server, 3), list[int]()

            async def one(number: int) -> None:
                assert await ask(lane) == 1
                ended.append(number)

            await asyncio.gather(*map(one, range(100)))
            lane.close()
            assert len(server.seen) == 3
            assert server.count(RUN) == 100
            assert all(abs(number - place) <= 6 for place, number in enumerate(ended)), "who waits longest is next"

    run(work)


def test_who_waits_too_long_for_a_connection_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pools, "ACQUISITION_SECONDS", 0.2)

    async def work() -> None:
        async with playing(never) as server:
            lane = lane_to(server, 1)
            first = asyncio.create_task(ask(lane))
            await asyncio.sleep(0.05)
            with pytest.raises(ConnectionAcquisitionTimeoutError):
                await ask(lane)
            lane.close()
            with pytest.raises(ServiceUnavailable):
                await first

    run(work)


def test_a_cancelled_waiter_takes_no_connection_with_it(run: Run) -> None:
    async def work() -> None:
        async with playing(answering) as server:
            lane = lane_to(server, 1)
            await ask(lane)
            for pause in range(6):
                tasks = [asyncio.create_task(ask(lane)) for _ in range(8)]
                for _ in range(pause):
                    await asyncio.sleep(0)
                for task in tasks[::2]:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
                assert [task.result() for task in tasks[1::2]] == [1] * 4
            lane.close()

    run(work)


def test_who_is_cancelled_when_a_connection_was_just_given_to_him_passes_it_on(run: Run) -> None:
    async def work() -> None:
        async with playing(answering) as server:
            lane = lane_to(server, 1)

            async def first() -> None:
                await ask(lane)
                second.cancel()  # it has the connection, and has not gone on yet

            begun = asyncio.create_task(first())
            second = asyncio.create_task(ask(lane))
            await asyncio.gather(begun, second, return_exceptions=True)
            assert second.cancelled()
            assert await asyncio.wait_for(ask(lane), 2) == 1
            assert len(server.seen) == 1
            lane.close()

    run(work)


def test_an_answer_that_comes_with_the_cancellation_gives_no_connection_back(run: Run) -> None:
    async def silent(wire: Wire) -> None:
        await wire.log_in()
        await wire.rest()

    async def work() -> None:
        async with playing(silent, answering) as server:
            lane = lane_to(server, 1)
            connection = await lane._connections.take()
            connection.exchange(b"", 1, comes_back=True).cancel()
            connection.data_received(message(SUCCESS, {}))
            assert connection.closed
            assert await asyncio.wait_for(ask(lane), 5) == 1
            lane.close()

    run(work)


def test_a_connection_that_could_not_be_opened_leaves_its_place(run: Run) -> None:
    async def refuses(wire: Wire) -> None:
        await wire.greet(b"\0\0\0\0")

    async def work() -> None:
        async with playing(refuses, refuses, answering) as server:
            lane = lane_to(server, 1)
            results = await asyncio.gather(*(ask(lane) for _ in range(3)), return_exceptions=True)
            assert [isinstance(each, Exception) for each in results] == [True, True, False]
            lane.close()

    run(work)


def test_a_connection_that_was_idle_is_asked_whether_it_lives(run: Run) -> None:
    async def half_open(wire: Wire) -> None:
        await wire.log_in()
        await wire.expect(RUN, PULL)
        await wire.answer(1)
        await wire.expect(RESET)
        await wire.rest()

    async def work() -> None:
        async with playing(half_open, answering) as server:
            lane = lane_to(server, 1, Ages(idle=0, answer=0.2))
            assert [await ask(lane) for _ in range(3)] == [1, 1, 1]
            lane.close()
            assert [each.count(RUN) for each in server.seen] == [1, 2]
            assert server.seen[1].count(RESET) == 1

    run(work)


def test_an_old_connection_is_closed_with_a_word(run: Run) -> None:
    async def work() -> None:
        async with playing(answering) as server:
            lane = lane_to(server, 1, Ages(oldest=0.05))
            await ask(lane)
            await asyncio.sleep(0.1)
            await ask(lane)
            await asyncio.sleep(0.1)
            lane.close()
            await asyncio.sleep(0.05)
            assert [each[-1] for each in server.seen] == [GOODBYE, GOODBYE]

    run(work)


def test_a_server_that_goes_away_at_work_takes_the_idle_connections_too(run: Run) -> None:
    async def ends(wire: Wire) -> None:
        await wire.log_in()
        await wire.expect(RUN, PULL)
        await wire.answer(1)
        await wire.next()

    async def work() -> None:
        async with playing(ends, ends, answering) as server:
            lane = lane_to(server, 4)
            await asyncio.gather(ask(lane), ask(lane))
            with pytest.raises(ServiceUnavailable):
                await ask(lane)
            assert await ask(lane) == 1
            assert len(server.seen) == 3
            lane.close()

    run(work)


def test_a_closed_lane_answers_nobody(run: Run) -> None:
    async def work() -> None:
        async with playing(answering) as server:
            lane = lane_to(server, 1)
            await ask(lane)
            lane.close()
            with pytest.raises(ServiceUnavailable):
                await ask(lane)

    run(work)


@pytest.mark.parametrize("seed", range(3))
def test_random_faults_and_cancellations_lose_no_place(run: Run, seed: int) -> None:
    chance, over = random.Random(seed), asyncio.Event()

    async def faulty(wire: Wire) -> None:
        await wire.log_in()
        while (kind := await wire.next()) != GOODBYE:
            if over.is_set() or chance.random() < 0.5:
                await (wire.answer(1) if kind == RUN else wire.success({}) if kind == RESET else asyncio.sleep(0))
            elif kind == RUN and chance.random() < 0.5:
                await wire.failure("Neo.TransientError.General.DatabaseUnavailable")
                await wire.expect(PULL)
                await wire.ignored()
            elif chance.random() < 0.5:
                wire.cut(reset=chance.random() < 0.5)
                return
            else:
                await asyncio.sleep(chance.random() / 100)
                wire.cut()
                return

    async def work() -> None:
        async with playing(faulty) as server:
            lane = lane_to(server, 4, Ages(idle=0.005, answer=0.05))

            async def one() -> None:
                task = asyncio.create_task(ask(lane))
                await asyncio.sleep(chance.random() / 50)
                if chance.random() < 0.3:
                    task.cancel()
                with suppress(asyncio.CancelledError, DriverError, Neo4jError):
                    assert await task == 1

            for _ in range(10):
                await asyncio.gather(*(one() for _ in range(20)))
            over.set()
            await asyncio.sleep(0.1)
            with suppress(DriverError):  # a connection that was broken before may be noticed only now
                await ask(lane)
            for _ in range(5):
                assert await asyncio.gather(*(ask(lane) for _ in range(12))) == [1] * 12
            assert pool_of(lane).busy + len(pool_of(lane)._idle) <= 4
            lane.close()

    run(work)

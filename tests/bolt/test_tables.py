"""What the lane does with routing tables where the driver does otherwise or cannot be asked: odd ones, silence, much at once."""

import asyncio
import random
from contextlib import AsyncExitStack, suppress
from typing import Any

import pytest
from neo4j.exceptions import DriverError, Neo4jError, ServiceUnavailable, SessionExpired

from graph.bolt.lane import pool, routing
from graph.bolt.lane.lane import Lane, open_lane
from tests.bolt.cluster import Cluster
from tests.bolt.scripted import GOODBYE, PULL, ROUTE, RUN, Wire
from tests.bolt.test_pool import Run

ABOUT = {"app": "test", "operation": "test"}
UNREACHABLE = "127.0.0.1:1"


def lane_to(cluster: Cluster) -> Lane:
    return open_lane(cluster.address(), 2)


async def ask(lane: Lane) -> Any:
    return (await lane.received(lane.packed("a statement", {}, ABOUT, 5))).value


@pytest.mark.parametrize("told", [None, {}, {"servers": 5, "ttl": 1}, {"servers": [{"role": "READ"}], "ttl": 1}, "odd"])
def test_a_table_that_cannot_be_read_is_none(run: Run, told: Any) -> None:
    """The driver raises errors of Python for some of these."""

    async def work() -> None:
        async with AsyncExitStack() as stack:
            cluster = Cluster(stack)

            async def odd(wire: Wire) -> None:
                await wire.log_in()
                await wire.expect(ROUTE)
                table = {"servers": [{"role": "READ", "addresses": ["h:port"]}], "ttl": 1} if told == "odd" else told
                await wire.success({"rt": table})
                await wire.next()

            await cluster.add(odd, cluster.member(0))
            lane = lane_to(cluster)
            with pytest.raises(ServiceUnavailable, match="tells which ones answer"):
                await ask(lane)
            assert await ask(lane) == 0
            lane.close()
            with pytest.raises(ServiceUnavailable, match="closed"):
                await ask(lane)

    run(work)


def test_a_router_that_is_silent_is_passed_over(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routing, "CONNECT_SECONDS", 0.3)

    async def silent(wire: Wire) -> None:
        await wire.log_in()
        await wire.rest()

    async def work() -> None:
        async with AsyncExitStack() as stack:
            cluster = Cluster(stack, ttl=0.1, routers=[0, 1], readers=[1], writers=[])
            await cluster.add(cluster.member(0), silent)
            await cluster.add()
            lane = lane_to(cluster)
            assert await ask(lane) == 1
            await asyncio.sleep(0.15)
            assert await ask(lane) == 1
            assert len(cluster.servers[0].seen) == 2
            assert cluster.routes == [1, 1]
            lane.close()

    run(work)


def test_who_waits_for_a_reader_of_an_older_table_does_not_wait_for_ever(run: Run) -> None:
    begun, over = asyncio.Event(), asyncio.Event()

    async def slow(wire: Wire) -> None:
        begun.set()
        await over.wait()
        wire.cut()

    async def work() -> None:
        async with AsyncExitStack() as stack:
            cluster = Cluster(stack, ttl=0.05, readers=[1])
            await cluster.add()
            await cluster.add(slow)
            lane = lane_to(cluster)
            first = asyncio.create_task(ask(lane))
            await begun.wait()
            cluster.readers = [0]
            await asyncio.sleep(0.1)
            assert await ask(lane) == 0
            over.set()
            with pytest.raises(SessionExpired):
                await asyncio.wait_for(first, 2)
            lane.close()

    run(work)


def test_a_lane_that_is_closed_while_it_asks_for_the_table_opens_nothing(run: Run) -> None:
    begun, over = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        async with AsyncExitStack() as stack:
            cluster = Cluster(stack, readers=[1])

            async def slow(wire: Wire) -> None:
                await wire.log_in()
                begun.set()
                await over.wait()
                await wire.answers(1, cluster.table)

            await cluster.add(slow)
            await cluster.add()
            lane = lane_to(cluster)
            asking = asyncio.create_task(ask(lane))
            await begun.wait()
            lane.close()
            over.set()
            with pytest.raises(ServiceUnavailable, match="closed"):
                await asking
            assert cluster.servers[1].seen == []

    run(work)


def test_many_who_come_at_once_ask_for_one_table_and_a_cancelled_one_takes_it_from_nobody(run: Run) -> None:
    async def work() -> None:
        async with AsyncExitStack() as stack:
            cluster = Cluster(stack)
            await cluster.add()
            lane = lane_to(cluster)
            tasks = [asyncio.create_task(ask(lane)) for _ in range(12)]
            await asyncio.sleep(0)
            tasks[0].cancel()
            found = await asyncio.gather(*tasks, return_exceptions=True)
            assert isinstance(found[0], asyncio.CancelledError)
            assert found[1:] == [0] * 11
            assert cluster.routes[0] <= 2
            lane.close()

    run(work)


@pytest.mark.parametrize(
    ("code", "routes"),
    [(routing.NOT_A_LEADER, 2), (pool.LOGIN_EXPIRED, 1), ("Neo.ClientError.Statement.SyntaxError", 1)],
)
def test_what_a_reader_answers_outdates_the_table_or_the_logins(run: Run, code: str, routes: int) -> None:
    async def work() -> None:
        async with AsyncExitStack() as stack:
            cluster = Cluster(stack, readers=[1])

            async def refuses(wire: Wire) -> None:
                await wire.log_in()
                await wire.expect(RUN, PULL)
                await wire.failure(code)
                await wire.ignored()
                await wire.next()
                await wire.success({})
                await wire.answers("the same", cluster.table)

            await cluster.add()
            await cluster.add(refuses, cluster.member(1))
            lane = lane_to(cluster)
            with pytest.raises(Neo4jError):
                await ask(lane)
            await asyncio.sleep(0.05)
            assert await ask(lane) == (1 if code == pool.LOGIN_EXPIRED else "the same")
            assert cluster.routes == [routes, 0]
            lane.close()

    run(work)


@pytest.mark.parametrize("seed", range(3))
def test_random_changes_and_faults_lose_no_question_for_long(run: Run, seed: int) -> None:
    chance = random.Random(seed)

    async def work() -> None:
        async with AsyncExitStack() as stack:
            cluster, calm = Cluster(stack, ttl=0.02), asyncio.Event()

            async def faulty(wire: Wire) -> None:
                await wire.log_in()
                while (kind := await wire.next()) != GOODBYE:
                    if not calm.is_set() and chance.random() < 0.2:
                        wire.cut(reset=chance.random() < 0.5)
                        return
                    if kind == RUN:
                        await wire.expect(PULL)
                    await (
                        wire.answer(1)
                        if kind == RUN
                        else wire.success({"rt": cluster.table()} if kind == ROUTE else {})
                    )

            for _ in range(3):
                await cluster.add(faulty)
            lane = lane_to(cluster)

            async def one() -> None:
                task = asyncio.create_task(ask(lane))
                await asyncio.sleep(chance.random() / 50)
                if chance.random() < 0.2:
                    task.cancel()
                with suppress(asyncio.CancelledError, DriverError):
                    assert await task == 1

            for _ in range(10):
                cluster.readers = chance.sample([0, 1, 2, UNREACHABLE], chance.randint(1, 3))
                cluster.routers = chance.sample([0, 1, 2], chance.randint(1, 3))
                await asyncio.gather(*(one() for _ in range(12)))
            calm.set()
            cluster.readers, cluster.routers = [0, 1, 2], [0, 1, 2]
            await asyncio.sleep(0.1)
            for _ in range(6):
                with suppress(DriverError):  # what was cut before may be noticed only now
                    await ask(lane)
            for _ in range(5):
                assert await asyncio.gather(*(ask(lane) for _ in range(12))) == [1] * 12
            lane.close()

    run(work)

"""Time is shared: a client with much work rests while others ask, a few at a time of such clients work, nobody waits for long."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from types import SimpleNamespace
from typing import Any

import pytest

from app.http.budget import Budget
from app.http.clients import Client
from app.http.places import Places

A, B, C = Client("a"), Client("b"), Client("c")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Let time pass at once."""
    now = [time.monotonic()]
    monkeypatch.setattr("app.http.budget.time", SimpleNamespace(monotonic=lambda: now[0]))

    def passes(seconds: float) -> None:
        now[0] += seconds

    return passes


def run(main: Coroutine[Any, Any, None]) -> None:
    asyncio.run(main)


def asked(budget: Budget, *clients: Client) -> None:
    for client in clients:
        budget.asks(client)


def test_a_client_that_has_used_its_time_rests_until_it_has_some_again(clock: Callable[[float], None]) -> None:
    async def main() -> None:
        budget = Budget(2.0, 0.5, 1)
        asked(budget, A, B)
        budget.end(A, 1.9)
        assert budget.allows(A)
        budget.end(A, 0.3)
        assert not budget.allows(A)
        assert budget.allows(B)
        for _ in range(3):
            clock(0.1)
            asked(budget, A, B)
        await asyncio.sleep(0.2)
        assert not budget.allows(A)
        clock(0.2)
        asked(budget, A, B)
        await asyncio.sleep(0.2)
        assert budget.allows(A)

    run(main())


def test_a_client_that_is_alone_need_not_rest(clock: Callable[[float], None]) -> None:
    async def main() -> None:
        budget = Budget(1.0, 0.5, 1)
        asked(budget, A)
        budget.end(A, 9.0)
        assert budget.allows(A)
        asked(budget, A, B)
        budget.end(A, 9.0)
        assert not budget.allows(A)
        clock(1.1)
        asked(budget, A)
        await asyncio.sleep(0.2)
        assert budget.allows(A)

    run(main())


def test_a_rest_is_short_however_much_was_used(clock: Callable[[float], None]) -> None:
    async def main() -> None:
        budget = Budget(1.0, 0.1, 1)
        asked(budget, A, B)
        budget.end(A, 1_000.0)
        clock(5.01)
        asked(budget, A, B)
        await asyncio.sleep(0.2)
        assert budget.allows(A)

    run(main())


def test_one_piece_of_work_of_greedy_clients_runs_at_a_time() -> None:
    async def main() -> None:
        budget = Budget(2.0, 0.5, 1)
        reading, slow = Places(1, 1, budget=budget), Places(4, 1, budget=budget)
        asked(budget, A, B)
        for greedy in (A, B):
            budget.end(greedy, 1.5)
        await reading.take(A)
        waits = asyncio.ensure_future(slow.take(B))
        await asyncio.sleep(0.01)
        assert not waits.done()
        await slow.take(C)
        reading.leave(A, 0.1)
        await asyncio.wait_for(waits, 1)

    run(main())


def test_a_client_that_is_alone_has_more_than_its_share() -> None:
    async def main() -> None:
        budget = Budget(9.0, 0.5, 1)
        places = Places(4, 1, budget=budget)
        asked(budget, A)
        for _ in range(4):
            await asyncio.wait_for(places.take(A), 1)
        waits = asyncio.ensure_future(places.take(A))
        asked(budget, B, A)
        places.leave(A)
        await asyncio.sleep(0.01)
        assert not waits.done()
        await asyncio.wait_for(places.take(B), 1)
        waits.cancel()

    run(main())


def test_not_every_client_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.http.budget.MANY", 10)

    async def main() -> None:
        budget = Budget(1.0, 1_000.0, 1)
        for number in range(100):
            budget.end(Client(str(number)), 0.001)
            await asyncio.sleep(0.001)
        assert len(budget._left) <= 11

    run(main())

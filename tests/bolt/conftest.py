"""Readers over the lane and over the driver."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import pytest

from graph.bolt.connect import Address, open_async_driver
from graph.bolt.lane.lane import open_lane
from graph.bolt.lane.pool import Ages
from graph.bolt.read import Reader, Sessions

Made = TypeVar("Made")


@dataclass(frozen=True)
class Way:
    """A way to a database: `lane` or `driver`."""

    name: str

    @asynccontextmanager
    async def reader(
        self, address: Address, seconds: float = 5, connections: int = 4, ages: Ages | None = None
    ) -> AsyncIterator[Reader]:
        """Open a reader until the end of the block."""
        lane = open_lane(address, connections, ages=ages) if self.name == "lane" else None
        async with Sessions(open_async_driver(address, connections), address.database, lane) as sessions:
            reader = Reader(sessions, seconds)
            assert reader.packs == (self.name == "lane")
            yield reader


@pytest.fixture(params=["lane", "driver"])
def way(neo4j: None, request: pytest.FixtureRequest) -> Way:
    """Each way in turn; the driver may be opened only by tests that have a database."""
    return Way(request.param)


@pytest.fixture
def run(runner: asyncio.Runner) -> Callable[[Callable[[], Awaitable[Made]]], Made]:
    """Run a coroutine function in the event loop of the tests, for at most 30 seconds."""

    def within(work: Callable[[], Awaitable[Any]]) -> Any:
        async def bounded() -> Any:
            async with asyncio.timeout(30):
                return await work()

        return runner.run(bounded())

    return within

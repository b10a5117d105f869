"""Fixtures of the tests of the native writer. Without the library they are left out, but not in CI, which must have it."""

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.bolt.connect import Address, open_async_driver
from graph.bolt.lane.lane import open_lane
from graph.bolt.read import Reader, Sessions
from graph.question.decode.native import Library, installed
from tests.kit.writer import BlockingWriter


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the tests of this folder out where there is no library and no CI."""
    if installed() is not None or os.environ.get("CI"):
        return
    left = [item for item in items if Path(__file__).parent in item.path.parents]
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if item not in left]


@pytest.fixture(scope="session")
def library() -> Library:
    """The installed library."""
    found = installed()
    assert found is not None, "citygraph-native is not installed: `make native` builds it, and needs cargo"
    return found


@pytest.fixture(scope="package")
def packing(seeded: BlockingWriter, address: Address, runner: asyncio.Runner) -> Iterator[Reader]:
    """What reads records as bytes, also where the other tests have no lane."""
    assert seeded
    sessions = Sessions(open_async_driver(address, 2), address.database, open_lane(address, 4))
    yield Reader(sessions, 120)
    runner.run(sessions.__aexit__())

"""Generated graphs in managed servers of their own, each started when it is first wanted. In: a folder. Out: addresses."""

import asyncio
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path

import platformdirs

from bench import network
from graph.bolt.connect import Address, change_password, check
from graph.bolt.write import open_writer
from graph.managed.lease import acquire
from graph.managed.settings import ManagedSettings


class Graphs:
    """The graphs that are measured. Each is made once; their servers run until the stack ends."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder, self._stack = folder, stack

    @cached_property
    def normal(self) -> Address:
        """The graph of most questions."""
        return self._stack.enter_context(graph(self._folder / "1", network.CITIES))

    @cached_property
    def tenfold(self) -> Address:
        """A graph of ten times the size."""
        return self._stack.enter_context(graph(self._folder / "10", network.MORE_CITIES))

    @property
    def of_tenfold(self) -> ManagedSettings:
        """The settings of the server of the larger graph."""
        return managed(self._folder / "10")


@contextmanager
def graph(data: Path, cities: int) -> Iterator[Address]:
    """Run a managed server with a generated graph; yield its address. Every graph gets the same memory."""
    with acquire(managed(data), check, change_password) as lease:
        address = Address(lease.uri, lease.username, lease.password)
        asyncio.run(_fill(address, cities))
        yield address


def managed(data: Path) -> ManagedSettings:
    """Return the settings of a managed server with its data in a folder."""
    cache = Path(os.environ.get("CITYGRAPH_CACHE_DIR") or platformdirs.user_cache_dir("citygraph"))
    return ManagedSettings(cache=cache, data=data, heap="1g", page_cache="768m")


async def _fill(address: Address, cities: int) -> None:
    async with open_writer(address) as writer:
        await network.fill(writer, cities)

"""A writer for tests, which are not async. In: an address and an event loop. Out: a writer whose methods wait for the result."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from graph.bolt.connect import Address
from graph.bolt.write import Unit, Writer, open_writer
from graph.cypher.fragments import Fragment
from graph.facts.migrate import migrate
from graph.facts.write import Stamp
from graph.load.run import FileReport, load
from schema.model import model

Made = TypeVar("Made")


@dataclass(frozen=True)
class BlockingWriter:
    """Runs the methods of a writer, and what takes a writer, in an event loop that nothing else is running."""

    runner: asyncio.Runner
    writer: Writer

    def unit(self, work: Callable[[Unit], Awaitable[Made]]) -> Made:
        """Do work in one transaction."""
        return self.runner.run(self.writer.unit(work))

    def read(self, text: Fragment, **values: Any) -> list[dict[str, Any]]:
        """Run one statement, which may also write, and return its records."""
        return self.runner.run(self.writer.read(text, **values))

    def alone(self, text: Fragment) -> None:
        """Run a statement that must not be in a transaction with others."""
        self.runner.run(self.writer.alone(text))

    def load(self, paths: Iterable[Path], stamp: Stamp) -> list[FileReport]:
        """Load files."""
        return self.runner.run(load(paths, self.writer, model(), stamp, lambda _: None))

    def migrate(self, secret: bytes) -> int:
        """Make constraints and indexes."""
        return self.runner.run(migrate(self.writer, model(), secret))


@contextmanager
def blocking_writer(address: Address, runner: asyncio.Runner) -> Iterator[BlockingWriter]:
    """Open a writer in an event loop."""
    opened = open_writer(address)
    writer = runner.run(opened.__aenter__())
    try:
        yield BlockingWriter(runner, writer)
    finally:
        runner.run(opened.__aexit__(None, None, None))

"""Tests that ask for no database get none. In: nothing. Out: the marker `database`, and a block in which no Neo4j can be reached.

The marker is never written by hand: a test has it if it asks for the fixture `neo4j`, itself or through another fixture.
"""

import os
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import pytest
from neo4j import AsyncGraphDatabase, GraphDatabase

from graph.managed import server

FIXTURE = "neo4j"
MARKER = "database"
MODULES = ("app.cli", "graph.managed.supervisor", "tests.managed.client")
"""A process with one of these in its command line uses a database; so does the installed command `citygraph`."""


def mark(items: Iterable[pytest.Item]) -> None:
    """Mark the tests that use a database: those whose fixtures do."""
    for item in items:
        if FIXTURE in getattr(item, "fixturenames", ()):
            item.add_marker(MARKER)


@contextmanager
def no_database() -> Iterator[None]:
    """Fail whoever opens a driver, starts a managed server, or starts a process of the product."""
    start = subprocess.Popen.__init__

    def started(process: Any, args: Any, *more: Any, **options: Any) -> None:
        one = isinstance(args, str | bytes | os.PathLike)
        words = [os.fsdecode(word) for word in ([args] if one else args)] or [""]
        if Path(words[0]).name in ("citygraph", "make") or any(name in word for word in words for name in MODULES):
            refuse()
        start(process, args, *more, **options)

    with pytest.MonkeyPatch.context() as patch:
        for driver in (GraphDatabase, AsyncGraphDatabase):
            patch.setattr(driver, "driver", refuse)
        patch.setattr(server, "launch", refuse)
        patch.setattr(subprocess.Popen, "__init__", started)
        yield


def refuse(*_: Any, **__: Any) -> NoReturn:
    """Fail the test, whatever it catches."""
    pytest.fail(f"this test reaches a database and does not ask for the fixture `{FIXTURE}`")

"""A watchdog for the event loop. In: a database. Out: a server whose callbacks are timed, and what it saw."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from graph.bolt.connect import Address
from tests.kit.served import Served, served
from tests.kit.watched import MARK, Report

MOST_MILLISECONDS = 50.0
"""Longest processor time of a callback of the event loop."""
START = ("-m", "tests.kit.watched")


@dataclass(frozen=True)
class Watched:
    """A server that is watched."""

    server: Served

    def report(self) -> Report:
        """Return what was seen since the last report."""
        process = self.server.process
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("report\n")
        process.stdin.flush()
        for line in process.stdout:
            if line.startswith(MARK):
                return Report(**json.loads(line.removeprefix(MARK)))
        raise AssertionError("the watched server has ended")


@contextmanager
def watched(address: Address, secret: str, **settings: str) -> Iterator[Watched]:
    """Watch a server until the end of the block."""
    with served(address, secret, START, **settings) as server:
        yield Watched(server)

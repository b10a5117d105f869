"""A verified cache, a data folder with a space in its name, and client processes that are always ended."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.start.database import managed_settings
from app.start.settings import read_settings
from graph.managed import control, fetch, processes, state
from graph.managed.home import home_of
from graph.managed.settings import ManagedSettings
from tests.kit.paths import ROOT


class Client:
    """One process that holds a lease."""

    def __init__(self, settings: ManagedSettings) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.managed.client", settings.to_json()],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def uri(self) -> str:
        """Wait for the lease and return its address."""
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert line, "the client ended without a lease"
        return str(json.loads(line)["uri"])

    def kill(self) -> None:
        """End the process as if by kill -9."""
        self.process.kill()
        self.process.communicate()


class Clients:
    """The processes of one test."""

    def __init__(self, settings: ManagedSettings) -> None:
        self.settings = settings
        self._all: list[Client] = []

    def start(self) -> Client:
        self._all.append(Client(self.settings))
        return self._all[-1]

    def state(self) -> state.State:
        known = state.read(home_of(self.settings))
        assert known is not None
        return known

    def end(self) -> None:
        for client in self._all:
            client.kill()
        known = state.read(home_of(self.settings))
        control.stop(self.settings, force=True)
        if known:
            processes.end(known.server, 5)


@pytest.fixture(scope="session")
def cache(neo4j: None) -> Path:
    settings = managed_settings(read_settings())
    fetch.fetch(settings.jars)
    return settings.cache


@pytest.fixture
def settings(cache: Path, tmp_path: Path) -> ManagedSettings:
    return ManagedSettings(cache, tmp_path / "data of Zürich", page_cache="64m", heap="256m", start_seconds=180)


@pytest.fixture
def clients(settings: ManagedSettings) -> Iterator[Clients]:
    started = Clients(settings)
    yield started
    started.end()

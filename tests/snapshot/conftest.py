"""The seeded database, and snapshots of it."""

import asyncio
from pathlib import Path

import pytest

from graph.bolt.read import Sessions
from tests.cli.conftest import logs_as_before, run
from tests.kit.writer import BlockingWriter
from tests.snapshot.kit import Snapshots, managed_settings

__all__ = ["logs_as_before", "run"]


@pytest.fixture(scope="session")
def snapshots(
    seeded: BlockingWriter, sessions: Sessions, runner: asyncio.Runner, tmp_path_factory: pytest.TempPathFactory
) -> Snapshots:
    """Make snapshots in the event loop of the session."""
    folder: Path = tmp_path_factory.mktemp("snapshots")
    return Snapshots(sessions, runner, managed_settings(folder))

"""The seeded database, with facts that are taken away after a test, and servers that keep exports in own folders."""

import asyncio
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph.access.rights import Rights
from graph.bolt.read import Reader, Sessions
from graph.facts.write import Stamp
from tests.conftest import NOW, SECRET
from tests.export.kit import Exporter, Row, exporter
from tests.export.worlds import FORGET, FORGET_TIES
from tests.http.conftest import Client, make_client, make_service, nothing_is_warmed, running
from tests.kit.writer import BlockingWriter

__all__ = ["make_client", "make_service", "nothing_is_warmed", "running"]
Load = Callable[[list[Row]], None]
Exports = Callable[..., Exporter]


@pytest.fixture(scope="session")
def client(make_client: Callable[..., Client], tmp_path_factory: pytest.TempPathFactory) -> Client:
    """A client of a server with the settings that it has by itself."""
    folder: Path = tmp_path_factory.mktemp("data")
    return make_client(synthetic=False, data_dir=folder)


@pytest.fixture
def exports(seeded: BlockingWriter, sessions: Sessions, runner: asyncio.Runner, tmp_path: Path) -> Exports:
    """Make an exporter for a viewer, with a folder of its own."""
    made: list[Exporter] = []

    def make(rights: Rights | None = None) -> Exporter:
        made.append(exporter(Reader(sessions, 60), runner, tmp_path / f"exports-{len(made)}", rights))
        return made[-1]

    return make


@pytest.fixture
def load_rows(seeded: BlockingWriter, tmp_path: Path) -> Iterator[Load]:
    """Load rows when called; forget them in the end."""
    files: list[Path] = []

    def add(rows: list[Row]) -> None:
        path = tmp_path / f"export-{len(files)}.jsonl"
        files.append(path)
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        (report,) = seeded.load([path], Stamp(SECRET, NOW))
        assert report.diff.problems == ()

    yield add
    forget(seeded)


def forget(seeded: BlockingWriter) -> None:
    """Take away what the tests of this folder have written. The log does not tell of it."""
    seeded.alone(FORGET_TIES)
    seeded.unit(lambda unit: unit.run(FORGET))

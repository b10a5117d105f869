"""Each notebook runs against a server, and its outputs are those that are committed. Pictures are only compared by their kind."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from app.http.api import Service
from app.viewers.tokens import Viewers
from graph.cypher.fragments import Fragment
from tests.http.conftest import TOKEN, make_service, nothing_is_warmed
from tests.http.running import Running, started
from tests.kit.audiences import audiences_of
from tests.kit.oracle.world import World
from tests.kit.paths import ROOT
from tests.kit.writer import BlockingWriter

__all__ = ["make_service", "nothing_is_warmed"]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
FORGET = Fragment("MATCH (n:Visit) WHERE n.title STARTS WITH 'Notebook: ' DETACH DELETE n")
SECONDS = 120
MOST_BYTES = 300_000
"""Of a notebook with its outputs."""


@pytest.fixture(scope="module")
def server(make_service: Callable[..., Service], seeded: BlockingWriter, world: World) -> Iterator[Running]:
    """A server whose steward sees everything."""
    with started(replace(make_service(), viewers=Viewers(TOKEN, audiences_of(world)))) as running:
        yield running


@pytest.fixture(autouse=True)
def forgotten(seeded: BlockingWriter) -> Iterator[None]:
    """What a notebook wrote is deleted, also if it failed before it did so itself."""
    yield
    seeded.alone(FORGET)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_shows_what_is_written(
    path: Path, server: Running, monkeypatch: pytest.MonkeyPatch, rewrite: bool
) -> None:
    monkeypatch.setenv("CITYGRAPH_URL", f"http://127.0.0.1:{server.port}")
    monkeypatch.setenv("CITYGRAPH_TOKEN", TOKEN)
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "client"))
    written = read(path)
    run = NotebookClient(read(path), timeout=SECONDS, record_timing=False).execute()
    if rewrite:
        nbformat.write(run, path)  # type: ignore[no-untyped-call]  # nbformat has no types
        written = run
    assert [shown(cell) for cell in run.cells] == [shown(cell) for cell in written.cells]
    assert any(cell.get("outputs") for cell in run.cells)
    assert path.stat().st_size < MOST_BYTES


def read(path: Path) -> Any:
    return nbformat.read(path, nbformat.NO_CONVERT)  # type: ignore[no-untyped-call]  # nbformat has no types


def shown(cell: Any) -> list[Any]:
    """What a cell shows, as texts; of a picture its kind."""
    return [
        output["text"] if output["output_type"] == "stream" else {
            kind: text if kind.startswith("text/") else "" for kind, text in output["data"].items()
        }
        for output in cell.get("outputs", ())
    ]  # fmt: skip


def test_there_are_notebooks() -> None:
    assert NOTEBOOKS

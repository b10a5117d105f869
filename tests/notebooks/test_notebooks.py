"""Each notebook runs against a server, and its outputs are those that are committed."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from nbformat import v4

from app.http.api import Service
from app.viewers.tokens import Viewers
from graph.cypher.fragments import Fragment
from tests.http.conftest import TOKEN, make_service, nothing_is_warmed
from tests.http.running import Running, started
from tests.kit.audiences import audiences_of
from tests.kit.oracle.world import World
from tests.kit.paths import ROOT
from tests.kit.writer import BlockingWriter
from tests.notebooks.run import FOLDER, OF_SNAPSHOT, executed, read, shown, shows_what_is_written

__all__ = ["make_service", "nothing_is_warmed"]
NOTEBOOKS = sorted(set(FOLDER.glob("*.ipynb")) - {OF_SNAPSHOT})
"""Those that ask a server. tests/snapshot runs the one that asks a snapshot, which it makes anyway."""
FORGET = Fragment("MATCH (n:Visit) WHERE n.title STARTS WITH 'Notebook: ' DETACH DELETE n")


@pytest.fixture(scope="module")
def server(make_service: Callable[..., Service], seeded: BlockingWriter, world: World) -> Iterator[Running]:
    """A server whose steward sees everything. As with `citygraph up`, made-up facts are shown to those who ask for them."""
    with started(
        replace(
            make_service(synthetic=False, statement_seconds=120, measure_seconds=120),
            viewers=Viewers(TOKEN, audiences_of(world)),
        )
    ) as running:
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
    shows_what_is_written(path, rewrite)


@pytest.mark.parametrize("path", [*NOTEBOOKS, OF_SNAPSHOT], ids=lambda path: path.stem)
def test_a_notebook_begins_with_a_heading(path: Path) -> None:
    first = read(path).cells[0]
    assert first.cell_type == "markdown"
    assert first.source.startswith("# ")


def test_what_a_cell_prints_in_two_messages_is_one_output(tmp_path: Path) -> None:
    """Jupyter's kernel sends what is printed every 0.2 seconds, so a slow machine would show two outputs for one."""
    cell = v4.new_code_cell("print('one', flush=True)\nprint('two')")  # type: ignore[no-untyped-call]  # nbformat has no types
    notebook = executed(v4.new_notebook(cells=[cell]), tmp_path)  # type: ignore[no-untyped-call]  # nbformat has no types
    assert shown(notebook.cells[0]) == ["one\ntwo\n"]

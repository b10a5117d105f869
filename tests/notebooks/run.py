"""Runs a notebook. In: its path; settings are in the environment. Out: an error if it shows other things than are written in it.

Pictures are only compared by their kind.
"""

from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

from tests.kit.paths import ROOT

FOLDER = ROOT / "notebooks"
OF_SNAPSHOT = FOLDER / "cypher-on-a-snapshot.ipynb"
"""The one that needs the Neo4j of a snapshot; others ask a server."""
SECONDS = 120
MOST_BYTES = 300_000
"""Of a notebook with its outputs."""


def shows_what_is_written(path: Path, rewrite: bool) -> None:
    """Run a notebook in its folder, as Jupyter does, and compare or rewrite its outputs."""
    written = read(path)
    run = executed(read(path), path.parent)
    if rewrite:
        nbformat.write(run, path)  # type: ignore[no-untyped-call]  # nbformat has no types
        written = run
    for number, (found, wanted) in enumerate(zip(run.cells, written.cells, strict=True)):
        assert shown(found) == shown(wanted), f"cell {number} shows {shown(found)}, and {shown(wanted)} is written"
    assert any(cell.get("outputs") for cell in run.cells)
    assert path.stat().st_size < MOST_BYTES


def executed(notebook: Any, folder: Path) -> Any:
    """A notebook with new outputs. What it prints arrives in one or several messages, and is one output either way."""
    return NotebookClient(
        notebook,
        timeout=SECONDS,
        record_timing=False,
        coalesce_streams=True,
        resources={"metadata": {"path": str(folder)}},
    ).execute()


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

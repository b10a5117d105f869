"""Neo4j's import of a snapshot's files: large ones with texts of several lines, and what is said when it fails."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from graph.managed import admin
from graph.managed.home import prepare, write_conf
from graph.managed.server import free_port
from graph.managed.settings import ManagedServerError
from graph.snapshot import database
from graph.snapshot.read import Counted
from graph.snapshot.tables import CSV, Tables, batch
from tests.snapshot.kit import EVERY, managed_settings

BUFFER = 4 * 2**20
"""Characters of a buffer of Neo4j's import. The end of a buffer is somewhere in a row."""
PEOPLE = EVERY["Person"]
MADE = datetime.fromisoformat("2026-11-30T19:56:02.290+00:00")


class Counts:
    """What the arguments of an import are made of."""

    def __init__(self, tables: Tables) -> None:
        from schema.model import model

        self.model = model()
        empty = Counted(0, False, tables.sources, 0, None)
        self.counted = dict.fromkeys(EVERY, empty) | {
            PEOPLE.name: Counted(tables.rows, tables.multiline, tables.sources, tables.without, tables.changed)
        }


def person(number: int) -> dict[str, Any]:
    """Return a row as a page has it. The note has commas, quotes and ends of lines."""
    stated = {"id": f"person/{number}", "marking": 0, "level": 4, "audience": "s0", "sources": ["source/one"]}
    words = {"name": f'Person "{number}", of a city', "nameWords": f"\n person {number} of a city \n"}
    note = {"note": 'Made up, to show\nhow it works; "true", of nobody.\n'}
    moments = {"recordedAt": MADE, "updatedAt": MADE}
    return {"key": stated["id"], "properties": {**stated, **words, **note, **moments}}


def imported(folder: Path, numbers: list[int]) -> str:
    """Import people of these numbers; return what Neo4j's tool says."""
    with Tables(PEOPLE, folder) as tables:
        tables.add(batch(PEOPLE, [person(number) for number in numbers], {"Source": {"source/one"}}))
    settings = managed_settings(folder)
    home = prepare(settings)
    write_conf(home, settings, free_port())
    return admin.run(settings, home, database.arguments(Counts(tables)), folder / CSV)  # type: ignore[arg-type]  # of a Copy, the import needs these two


@pytest.mark.database
def test_texts_of_several_lines_are_imported_from_a_file_larger_than_a_buffer(tmp_path: Path) -> None:
    """With Neo4j's format v2 this fails, or does not, by where a buffer ends."""
    said = imported(tmp_path, list(range(25_000)))
    assert (tmp_path / CSV / "nodes" / "Person.csv").stat().st_size > BUFFER
    assert "IMPORT DONE" in said
    assert "25000 nodes" in said


@pytest.mark.database
def test_a_failing_import_says_why(tmp_path: Path) -> None:
    with pytest.raises(ManagedServerError, match="person/7"):
        imported(tmp_path, [7, 8, 7])

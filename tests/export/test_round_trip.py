"""What is exported can be loaded again, and then the same is exported: the rows of JSON Lines lose nothing."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from graph.bolt.connect import open_async_driver
from graph.bolt.read import Reader, Sessions
from graph.facts.write import Stamp
from tests.conftest import NOW, SECRET
from tests.export.conftest import Exports, Load, forget
from tests.export.kit import EVERY, Exporter, exporter, refused
from tests.export.worlds import random_rows
from tests.kit.database import test_database as database
from tests.kit.random.documents import random_seed
from tests.kit.writer import BlockingWriter, blocking_writer

WRITTEN = (
    "Source",
    "Wave",
    "Council",
    "Person",
    "Visit",
    "Organization",
    "TRUSTS",
    "REPRESENTS",
    "JOINED",
    "HOSTED_BY",
    "SAME_AS",
)
FEW = 10_000
"""Rows of a file that is loaded."""


@pytest.mark.soak
def test_facts_are_the_same_after_a_round_trip(
    exports: Exports, load_rows: Load, seeded: BlockingWriter, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    """The short form takes random facts away and loads what was exported of them. The long one fills another server too."""
    load_rows(random_rows(random_seed(), 60))
    before = exports().rows(*WRITTEN)
    ours = [row for rows in before.values() for row in rows.values() if "/export-" in str(row)]
    again = loadable(ours)
    assert len(again) > 60
    forget(seeded)
    load_rows(again)
    after = exports().rows(*WRITTEN)
    assert [row for row in again if after[row.get("label") or row["type"]][row["id"]] != row] == []
    assert sum(map(len, after.values())) == sum(map(len, before.values())) - len(ours) + len(again)
    if pytestconfig.getoption("soak"):
        fill_another(exports(), seeded.runner, tmp_path)


def fill_another(first: Exporter, runner: asyncio.Runner, folder: Path) -> None:
    """Load everything into an empty database and export it there."""
    every = [row for rows in first.rows().values() for row in rows.values()]
    taken = {row["id"] for row in loadable(every)}
    assert len(taken) > 19_000
    files = [part for entry in first.entries() for part in parts(first.path(entry), folder, entry.name, taken)]
    with database(None) as other, blocking_writer(other, runner) as writer:
        writer.migrate(SECRET)
        reports = writer.load(files, Stamp(SECRET, NOW))
        assert [problem for report in reports for problem in report.diff.problems] == []
        sessions = Sessions(open_async_driver(other, 2), other.database)
        second = exporter(Reader(sessions, 60), runner, folder / "other").rows()
        assert second == {
            name: {id_: row for id_, row in rows.items() if id_ in taken} for name, rows in first.rows().items()
        }
        runner.run(sessions.__aexit__())


def loadable(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows that a load takes, without those that name one that it does not take."""
    gone = {row["id"] for row in rows if refused(row)}
    while more := {row["id"] for row in rows if row["id"] not in gone and gone & named(row)}:
        gone |= more
    return [row for row in rows if row["id"] not in gone]


def named(row: dict[str, Any]) -> set[str]:
    """Return the ids of other facts in a row."""
    return {*row.get("sources", ()), *(row[key] for key in ("from", "to", "wave", "council") if key in row)}


def parts(path: Path, folder: Path, name: str, taken: set[str]) -> list[Path]:
    """Write the rows with some ids into files that a load takes, which come in the order of their names."""
    lines = [line + b"\n" for line in path.read_bytes().split(b"\n") if line and json.loads(line)["id"] in taken]
    made = []
    for at in range(0, len(lines), FEW):
        made.append(folder / f"{EVERY[name].rank:02}-{name}-{at}.jsonl")
        made[-1].write_bytes(b"".join(lines[at : at + FEW]))
    return made

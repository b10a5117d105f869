"""Rows that the tests of loading load, and how they do. Their ids hold `/load-`, their files begin with `load-`."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from graph.cypher.fragments import Fragment
from graph.facts.diff import Diff
from graph.facts.rows import Problem
from graph.facts.write import Stamp
from graph.load.run import FileReport
from tests.conftest import SECRET
from tests.kit.writer import BlockingWriter

READ = Fragment("MATCH (n:Fact {id: $q.id}) RETURN properties(n) AS p, labels(n) AS labels")
SOURCE = {
    "label": "Source",
    "id": "source/load-1",
    "title": "S",
    "sources": ["source/load-1"],
    "confidence": "VERIFIED",
}
STATED = {"sources": ["source/load-1"], "confidence": "REPORTED"}
VISIT = {"label": "Visit", "id": "visit/load-1", "title": "V", "kind": "MISSION", "status": "HELD", **STATED}
MADE = {"type": "MADE_BY", "from": "visit/load-1", "to": "city/pe-lma-lima", **STATED}


def stamp(day: int = 1) -> Stamp:
    return Stamp(SECRET, datetime(2026, 2, day, tzinfo=UTC))


def write_rows(path: Path, *rows: Any) -> Path:
    path.write_text(
        "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows), encoding="utf-8"
    )
    return path


def load_file(writer: BlockingWriter, path: Path, day: int = 1) -> FileReport:
    return writer.load([path], stamp(day))[0]


def load_one(writer: BlockingWriter, path: Path, day: int = 1) -> Diff:
    return load_file(writer, path, day).diff


def line_of(problem: Problem) -> int:
    """Return the line of a row that was refused; the file is in front of it."""
    return int(problem.where.rpartition(":")[2])


def properties(writer: BlockingWriter, id_: str) -> dict[str, Any]:
    found: dict[str, Any] = writer.read(READ, id=id_)[0]["p"]
    return found

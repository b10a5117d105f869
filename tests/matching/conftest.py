"""The seeded database with cities and organizations of the tests, whose ids contain `/match-`; all is removed afterwards."""

import asyncio
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from graph.cypher.fragments import Fragment
from graph.facts.diff import Diff
from graph.facts.rows import Row
from graph.facts.write import Stamp
from graph.matching.matcher import open_matcher
from graph.matching.named import Match, Named
from schema.model import model
from tests.conftest import SECRET
from tests.facts.door import put
from tests.kit.writer import BlockingWriter
from tests.writes.conftest import mutate as mutate

FORGET = Fragment("MATCH (n) WHERE n.id CONTAINS '/match-' OR n:_Match DETACH DELETE n")
FORGET_MARK = Fragment("MATCH (m:_Meta {name: 'matching'}) DELETE m")
STORED = Fragment("MATCH (m:_Match) RETURN properties(m) AS stored ORDER BY m.key")


@dataclass(frozen=True)
class Bench:
    """Puts rows into the database, each time a second later, and matches names with it, each time with a new matcher."""

    writer: BlockingWriter
    seconds: Iterator[int] = field(default_factory=count)

    def put(self, *rows: dict[str, Any]) -> Diff:
        given = [Row(f"rows[{at}]", each) for at, each in enumerate(rows)]
        stamp = Stamp(SECRET, datetime(2026, 2, 1, tzinfo=UTC) + timedelta(seconds=next(self.seconds)))
        return self.writer.unit(lambda unit: put(unit, given, model(), stamp))

    def match(self, *named: Named, feed: str | None = "feed") -> Mapping[Named, Match]:
        return self.writer.runner.run(self._match(feed, named))

    def one(self, named: Named, feed: str | None = "feed") -> Match:
        return self.match(named, feed=feed)[named]

    def version(self) -> str:
        return self.writer.runner.run(open_matcher(self.writer.writer, model())).version

    def stored(self) -> list[dict[str, Any]]:
        """Return the properties of all names that are stored."""
        return [record["stored"] for record in self.writer.read(STORED)]

    async def _match(self, feed: str | None, named: Collection[Named]) -> Mapping[Named, Match]:
        matcher = await open_matcher(self.writer.writer, model())
        return await matcher.match(feed, named)

    def both(self, first: Collection[Named], second: Collection[Named]) -> list[Mapping[Named, Match]]:
        """Match for two feeds at the same time."""

        async def together() -> list[Mapping[Named, Match]]:
            return list(await asyncio.gather(self._match("one", first), self._match("two", second)))

        return self.writer.runner.run(together())


@pytest.fixture
def bench(seeded: BlockingWriter) -> Iterator[Bench]:
    yield Bench(seeded)
    seeded.read(FORGET)
    seeded.read(FORGET_MARK)

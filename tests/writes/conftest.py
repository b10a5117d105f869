"""The seeded database, written to by mutations. What a test creates is deleted after it; it changes nothing else."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from graph.access.rights import Rights
from graph.access.viewer import Edits, Permit, Viewer
from graph.cypher.facts import READ_AUDIENCES
from graph.cypher.fragments import Fragment
from graph.mutations.run import Mutations
from graph.question.engine import Answer, Question
from graph.question.turns import AtOnce
from tests.conftest import NOW, SECRET, Asker
from tests.kit.writer import BlockingWriter

FORGET = Fragment("MATCH (n) WHERE n.recordedAt > $q.now OR n:_Request OR n:_Tombstone OR n:_Draft DETACH DELETE n")
FORGET_TIME = Fragment("MATCH (s:_Sequence {name: 'log'}) REMOVE s.at")
"""A write is later than the last one, whose clock may be another test's."""
FORGET_AUDIENCES = Fragment("MATCH (a:_Audience) WHERE NOT a.audience IN $q.before DELETE a")
FORGET_RELATIONSHIPS = Fragment("MATCH ()-[r]->() WHERE r.recordedAt > $q.now DELETE r")
COUNT = Fragment("MATCH (n) RETURN count(n) + sum(COUNT { (n)-->() }) AS facts")
SEATTLE, TURIN = "city/us-wa-seattle", "city/it-12-turin"
START = datetime(2026, 3, 1, tzinfo=UTC)
"""The time of the first write; each later one is a second later."""


@dataclass
class Clock:
    """A clock that goes on by a second each time it is read."""

    at: datetime = START

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


def editor(*cities: str, only: frozenset[str] | None = None) -> Viewer:
    """Make an editor of cities, who sees what their members see."""
    tokens = [city.removeprefix("city/") for city in cities]
    audiences = tuple(f"2:{'+'.join(sorted(some))}" for some in (tokens, *([each] for each in tokens)) if some)
    return Viewer("editor", Rights(1, audiences), Edits(tuple(Permit(city, only) for city in cities)))


@dataclass
class Mutate:
    """Runs mutations on the seeded database."""

    ask: Asker
    writer: BlockingWriter
    runner: asyncio.Runner
    mutations: Mutations
    steward: Viewer
    clock: Clock = field(default_factory=Clock)
    learned: set[str] = field(default_factory=set)

    def __call__(self, text: str, variables: dict[str, Any] | None = None, viewer: Viewer | None = None) -> Answer:
        asked = Question(text, variables or {})
        by = viewer or self.steward
        return self.runner.run(self.mutations.answer(asked, by, self.writer.writer, AtOnce()))

    def data(self, text: str, variables: dict[str, Any] | None = None, viewer: Viewer | None = None) -> Any:
        """Run a mutation that is to succeed, and return its data."""
        answer = self(text, variables, viewer)
        assert not answer.errors, answer.errors
        return answer.data

    def upsert(self, of: str, *rows: dict[str, Any], viewer: Viewer | None = None, **more: Any) -> Any:
        """Upsert rows, and return the whole payload with the ids of its facts."""
        variables = {"rows": list(rows), **more}
        declared = "".join(f", ${name}: {'Boolean' if name == 'partial' else 'ID'}" for name in more)
        passed = "".join(f", {name}: ${name}" for name in more)
        facts = "ids" if of in RELATIONSHIPS else "nodes { id }"
        singular = SINGULAR.get(of, of) if of in SINGULAR or of in OWN else "Relationship"
        text = (
            f"mutation ($rows: [{singular}Input!]!{declared}) {{ upsert{of}(rows: $rows{passed}) "
            f"{{ created changed same problems {{ path code message accepted }} {facts} }} }}"
        )
        return self.data(text, variables, viewer)[f"upsert{of}"]

    @property
    def facts(self) -> int:
        """Number of nodes and relationships in the database."""
        return int(self.writer.read(COUNT)[0]["facts"])


RELATIONSHIPS = {"HostedBy", "MadeBy", "TwinnedWith", "Trusts", "Learned", "Under", "SameAs"}
OWN = {"HostedBy", "MadeBy", "TwinnedWith", "Trusts"}
"""Relationships with properties, and so with an input, of their own."""
SINGULAR = {
    "Visits": "Visit",
    "Lessons": "Lesson",
    "Sources": "Source",
    "Cities": "City",
    "People": "Person",
    "Topics": "Topic",
}


@pytest.fixture
def mutate(ask: Asker, seeded: BlockingWriter, runner: asyncio.Runner) -> Iterator[Mutate]:
    clock = Clock()
    seeded.read(FORGET_TIME)
    steward = Viewer("steward", ask.rights("steward"), Edits(everywhere=True))
    learned, (known,) = set[str](), seeded.read(READ_AUDIENCES)
    mutations = Mutations(ask.engine, SECRET, clock, learned.update)
    yield Mutate(ask, seeded, runner, mutations, steward, clock, learned)
    seeded.read(FORGET_RELATIONSHIPS, now=NOW)
    seeded.read(FORGET, now=NOW)
    seeded.read(FORGET_AUDIENCES, before=known["audiences"])
    seeded.read(FORGET_TIME)

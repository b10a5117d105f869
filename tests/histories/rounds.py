"""Rounds of writes with kills. In: a folder, a plan. Out: a History with figures. A stage is kept for many rounds."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.viewers.administration import Administration, Wanted
from graph.access.api_keys import Scope
from graph.access.grants import Role
from graph.bolt.write import Writer, open_writer
from graph.cypher.fragments import Fragment
from graph.events.event import written
from graph.facts.migrate import migrate
from graph.facts.rows import Row
from graph.facts.write import Stamp, now
from schema.model import model
from tests.conftest import SECRET
from tests.facts.door import put
from tests.histories.history import Event, History, Shown
from tests.histories.kinds import CITIES, SOURCE, link, merge, visit
from tests.histories.plan import APP, WRITERS, Kill, Plan
from tests.histories.processes import App, Neo4j
from tests.histories.wire import Wire
from tests.histories.writers import Author

APPS = 2
STATED = {"sources": [SOURCE], "confidence": "VERIFIED"}
ROWS = [
    Row("source", {"label": "Source", "id": SOURCE, "title": "Minutes of the debrief", **STATED}),
    *(Row(city, {"label": "City", "id": city, "name": city.rpartition("-")[2], **STATED}) for city in CITIES),
]
VISITS = Fragment(
    "MATCH (v:Visit) WHERE v.title STARTS WITH $q.mark "
    "RETURN v.id AS id, v.title AS title, v.note AS note, v.delegates AS delegates, v.until AS until, v.updatedAt AS at"
)
LINKS = Fragment(
    "MATCH (v:Visit)-[r:HOSTED_BY|MADE_BY]->(c) WHERE v.title STARTS WITH $q.mark "
    "RETURN r.id AS id, type(r) AS type, v.title AS title, c.id AS city, r.note AS note, r.stop AS stop, r.updatedAt AS at"
)
MERGES = Fragment(
    "MATCH (a:Visit)-[r:SAME_AS]->(b:Visit) WHERE a.title STARTS WITH $q.mark "
    "RETURN r.id AS id, a.title AS one, b.title AS other, r.note AS note, r.updatedAt AS at"
)
EVENTS = Fragment(
    "MATCH (e:_Event) WHERE e.seq > $q.base RETURN e.seq AS seq, e.at AS at, e.actor AS actor, e.did AS did, e.fact AS fact, "
    "coalesce(e.fields, []) AS fields ORDER BY seq"
)
HEAD = Fragment("MATCH (s:_Sequence {name: 'log'}) RETURN s.value AS head")


@dataclass
class Outcome:
    """What a round gave."""

    history: History
    struck: tuple[Kill, ...]
    ends: Counter[str]


@dataclass
class Stage:
    """A Neo4j, servers on it, and writers with keys. What is killed is started again at once."""

    folder: Path
    neo4j: Neo4j
    apps: list[App] = field(default_factory=list)
    keys: list[tuple[str, str]] = field(default_factory=list)
    wire: Wire = field(init=False)
    _starting: set["asyncio.Task[None]"] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.wire = Wire(lambda: self.neo4j.port, self.strike)

    async def strike(self, kill: Kill, number: int) -> None:
        """Kill a process, and begin to start it again."""
        killed: App | Neo4j = self.apps[number] if kill.target == APP else self.neo4j
        killed.kill()
        self._starting.add(asyncio.ensure_future(killed.start()))

    async def until_up(self) -> None:
        """Wait until all that was killed is there again."""
        while self._starting:
            await self._starting.pop()

    async def prepare(self) -> None:
        """Start Neo4j with a few facts, the keys of the writers, and the servers."""
        await self.neo4j.start()
        async with open_writer(self.neo4j.address) as writer:
            await migrate(writer, model(), SECRET)
            diff = await writer.unit(lambda unit: put(unit, ROWS, model(), Stamp(SECRET, now())))
            assert not diff.problems, diff.problems
            self.keys = [await _key(writer, f"writer-{number}") for number in range(WRITERS)]
        for number in range(APPS):
            port = await self.wire.open(number)
            self.apps.append(App(self.folder, port, self.neo4j.address.password))
        for app in self.apps:
            app.begin()
        await asyncio.gather(*(app.start() for app in self.apps))

    async def run(self, plan: Plan) -> Outcome:
        """Let all writers do what a plan says, until everything is acknowledged."""
        base = await self._head()
        authors = [Author(actor, token, self.apps) for actor, token in self.keys]
        self.wire.arm(plan.kills)
        written = await asyncio.gather(*(each.run(steps) for each, steps in zip(authors, plan.writers, strict=True)))
        struck = tuple(self.wire.struck)
        self.wire.arm(())
        await self.neo4j.start()
        ends = sum((author.ends for author in authors), Counter[str]())
        stored, events, head = await self._read(f"r{plan.seed} ", base)
        writes = tuple(write for each in written for write in each)
        return Outcome(History(writes, stored, events, base, head), struck, ends)

    async def _head(self) -> int:
        async with open_writer(self.neo4j.address) as writer:
            return int((await writer.read(HEAD))[0]["head"])

    async def _read(self, mark: str, base: int) -> tuple[tuple[Shown, ...], tuple[Event, ...], int]:
        async with open_writer(self.neo4j.address) as writer:
            visits = [_visit(each) for each in await writer.read(VISITS, mark=mark)]
            links = [_link(each) for each in await writer.read(LINKS, mark=mark)]
            links += [_merge(each) for each in await writer.read(MERGES, mark=mark)]
            events = [_event(each) for each in await writer.read(EVENTS, base=base)]
        return (*visits, *links), tuple(events), await self._head()

    def close(self) -> None:
        for task in self._starting:
            task.cancel()
        self.wire.close()
        for app in self.apps:
            app.kill()
        self.neo4j.kill()


@asynccontextmanager
async def stage(folder: Path) -> AsyncIterator[Stage]:
    """Have a stage until the end of the block."""
    data = folder / "data"
    data.mkdir(exist_ok=True)
    made = Stage(folder, Neo4j(data))
    try:
        await made.prepare()
        yield made
    finally:
        made.close()


async def _key(writer: Writer, owner: str) -> tuple[str, str]:
    """Give an editor a key; return its actor and its text."""
    desk = Administration(writer, model())
    await desk.grant(Wanted(owner, Role.EDITOR, CITIES[0]))
    key, text = await desk.draft(owner, Scope())
    await desk.store(key)
    return f"key/{key.id}", text


def _at(record: dict[str, Any]) -> str:
    return written(record["at"].to_native())


def _visit(record: dict[str, Any]) -> Shown:
    fields = {name: record[name] for name in ("note", "delegates", "until")}
    return Shown(visit(record["title"]), record["id"], fields, _at(record))


def _link(record: dict[str, Any]) -> Shown:
    fields = {name: record[name] for name in ("note", "stop")}
    return Shown(link(record["type"], record["title"], record["city"]), record["id"], fields, _at(record))


def _merge(record: dict[str, Any]) -> Shown:
    return Shown(merge((record["one"], record["other"])), record["id"], {"note": record["note"]}, _at(record))


def _event(record: dict[str, Any]) -> Event:
    return Event(
        record["seq"], _at(record), record["actor"], record["did"], record["fact"], frozenset(record["fields"])
    )


def table(outcomes: Sequence[Outcome]) -> str:
    """Write the figures of rounds."""
    ends = sum((each.ends for each in outcomes), Counter[str]())
    writes = [write for each in outcomes for write in each.history.writes]
    struck = Counter((kill.target, kill.moment.value) for each in outcomes for kill in each.struck)
    lines = [
        f"{'rounds':34}{len(outcomes):8}",
        f"{'writes':34}{len(writes):8}",
        f"{'stored':34}{sum(bool(write.answer and write.answer.stored) for write in writes):8}",
        f"{'refused':34}{sum(bool(write.answer and not write.answer.stored) for write in writes):8}",
        f"{'requests':34}{sum(len(write.attempts) for write in writes):8}",
        f"{'events in the log':34}{sum(len(each.history.events) for each in outcomes):8}",
    ]
    lines += [f"{'requests: ' + end:34}{times:8}" for end, times in sorted(ends.items())]
    lines += [f"killed: {target}, {moment}: {times}" for (target, moment), times in sorted(struck.items())]
    return "\n".join(lines)

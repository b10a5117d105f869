"""A feed of trips for tests: a table that can be changed, a mapping, a matcher of a few names. Out: runs, and what is stored."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from graph.cypher import feeds as cypher
from graph.cypher.fragments import Fragment
from graph.facts.rows import Problem, Row
from graph.facts.write import Stamp
from graph.load.feed import Feed
from graph.load.feeding import Progress, Report, run_feed, try_feed
from graph.load.graves import Means
from graph.load.mapped import Mapped, OwnId
from graph.load.records import Known, Record, SourceFailed, Take, Told
from graph.matching.named import Match, Named
from schema.model import model
from tests.conftest import SECRET
from tests.kit.writer import BlockingWriter

NAME = "t-trips"
CITIES = {"Seattle": "city/us-wa-seattle", "Oslo": "city/no-12-oslo", "Bogota": "city/co-34-bogota"}
START = datetime(2026, 3, 1, tzinfo=UTC)
CONFIG: dict[str, Any] = {"name": NAME, "config": "", "folder": "", "file": "", "every": None, "now": START.isoformat()}

FACTS = Fragment(
    "MATCH (n:Fact) WHERE n.id CONTAINS '/t-trips-' OPTIONAL MATCH (n)-[r]->(m) "
    "RETURN n.title AS title, n.id AS id, n.updatedAt AS updated, collect([type(r), m.id]) AS links ORDER BY title, id"
)
TWINS = Fragment("MATCH (:Fact)-[r:TWINNED_WITH]->(:Fact) WHERE r._feed IS NOT NULL RETURN r.id AS id ORDER BY id")
TOMBSTONES = Fragment("MATCH (t:_Tombstone) WHERE t.id CONTAINS '/t-trips-' RETURN t.id AS id")
FORGET = Fragment(
    "MATCH (n) WHERE n.id CONTAINS '/t-trips-' OR n:_Feed|_FeedRow|_FeedName|_FeedRun|_FeedClaim DETACH DELETE n "
    "WITH count(*) AS gone MATCH (:Fact)-[r:TWINNED_WITH]->(:Fact) WHERE r._feed IS NOT NULL DELETE r"
)
STATED = {"confidence": "REPORTED"}


class Trips:
    """The mapping: a visit with its host, and a twin of the host if the record names one."""

    feed = NAME

    def __init__(self, digest: str = "1") -> None:
        self.digest = digest

    def key(self, record: Record) -> str | Problem:
        no = record.values.get("no")
        return str(no) if no else Problem(record.where, "no", "is missing", "MISSING")

    def rows(self, record: Record, key: str, own_id: OwnId) -> Mapped:
        values, source = record.values, own_id("Source", "source", "")
        visit = own_id("Visit", "visit", key)
        said = {"sources": [source], **STATED}
        rows = [
            {"label": "Visit", "id": visit, "title": values["title"], "kind": values.get("kind", "STUDY_TOUR"),
             "status": "HELD", "since": values.get("day", "2026"), **said},
            {"type": "HOSTED_BY", "from": visit, "to": Named("City", values["host"]), **said},
        ]  # fmt: skip
        if values.get("twin"):
            ends = {"from": Named("City", values["host"]), "to": Named("City", values["twin"])}
            since = {"since": values["since"]} if "since" in values else {}
            rows.append({"type": "TWINNED_WITH", **ends, **since, **said})
        return Mapped(record.where, key, tuple(Row(record.where, row) for row in rows))


def source_row(own_id: OwnId) -> Row:
    id_ = own_id("Source", "source", "")
    return Row("source", {"label": "Source", "id": id_, "title": "Trips", "licence": "CC0-1.0", **STATED})


@dataclass
class Names:
    """Matches a few names; `version` is raised by who changes them."""

    known: dict[str, str] = field(default_factory=lambda: dict(CITIES))
    version: str = "1"

    async def match(self, feed: str | None, named: Collection[Named]) -> Mapping[Named, Match]:
        return {each: Match(self.known.get(each.name)) for each in named}


@dataclass
class Table:
    """A source that is a list; it can be short of what it says, fail, or say that nothing has changed."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    total: int | None = None
    incomplete: str = ""
    fails_after: int | None = None
    etag: bool = False
    reads: list[Known] = field(default_factory=list)
    page: int = 3

    async def read(self, known: Known, take: Take) -> Told:
        self.reads.append(known)
        tag = hashlib.sha256(json.dumps(self.rows).encode()).hexdigest() if self.etag else ""
        if tag and known.validators.get("etag") == tag:
            return Told(unchanged=True)
        begun = int(known.position or 0)
        for at in range(begun, len(self.rows), self.page):
            if self.fails_after is not None and at >= self.fails_after:
                raise SourceFailed("the table is closed")
            part = self.rows[at : at + self.page]
            records = [Record(f"trips:{at + n + 1}", row) for n, row in enumerate(part)]
            await take(records, str(at + len(part)))
        return Told(self.total, self.incomplete, validators={"etag": tag} if tag else {})


def quiet(stage: str, done: int, of: int | None) -> None:
    """Tell nobody."""


@dataclass
class Stage:
    """A stored feed over a table, with a clock that the test moves."""

    writer: BlockingWriter
    spools: Path
    table: Table = field(default_factory=Table)
    names: Names = field(default_factory=Names)
    feed: Feed = field(default_factory=lambda: Feed(NAME, Trips(), source_row))
    now: datetime = START

    def __post_init__(self) -> None:
        self.writer.read(cypher.ADD, **CONFIG)

    @property
    def means(self) -> Means:
        stamp = Stamp(SECRET, self.now, f"feed:{NAME}")
        return Means(self.writer.writer, model(), self.names, stamp, lambda: self.now)

    async def running(self, *, accept: bool = False, progress: Progress = quiet) -> Report:
        return await run_feed(self.feed, self.table, self.means, self.spools, accept=accept, progress=progress)

    def run(self, *, accept: bool = False, progress: Progress = quiet) -> Report:
        return self.writer.runner.run(self.running(accept=accept, progress=progress))

    def trial(self) -> Report:
        return self.writer.runner.run(try_feed(self.feed, self.table, self.means, self.spools, quiet))

    def with_grace(self, days: int) -> "Stage":
        self.feed = replace(self.feed, grace=timedelta(days=days))
        return self

    def facts(self) -> dict[str, list[str]]:
        """Return the ids of the hosts of each visit that is stored, by title."""
        found = self.writer.read(FACTS)
        visits = [each for each in found if each["id"].startswith("visit/")]
        return {each["title"]: sorted(link[1] for link in each["links"] if link[0] == "HOSTED_BY") for each in visits}

    def stored(self) -> list[dict[str, Any]]:
        return self.writer.read(FACTS)


def trip(no: int, title: str = "", host: str = "Oslo", **more: Any) -> dict[str, Any]:
    return {"no": no, "title": title or f"Trip {no}", "host": host, **more}


def wanted(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Return what `facts` gives if the table is stored whole."""
    return {row["title"]: [CITIES[row["host"]]] for row in rows}

"""How writes begin: one round trip locks and reads what is known to be needed. In: jobs. Out: Began, for each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from graph.access.rights import Rights
from graph.bolt.transaction import Record, Statement
from graph.bolt.write import Unit
from graph.cypher import upserts as cypher
from graph.errors import Conflict
from graph.facts.found import Looked, Value, by_value
from graph.facts.put import moment
from graph.facts.write import at_millisecond
from graph.mutations.requests import Request
from graph.mutations.writes import Write


class Begins(Protocol):
    """What is to begin."""

    @property
    def write(self) -> Write | None:
        """Return what is written; None if that is not known yet."""

    @property
    def request(self) -> Request | None:
        """Return the request that may be a repeated one."""

    @property
    def rights(self) -> Rights:
        """Return the rights of who writes."""


@dataclass(frozen=True)
class Began:
    """The time of this write, the answer if the request is a repeated one, and the facts that were read.

    `refused` says that the id of the request belongs to another one.
    """

    now: datetime
    answer: dict[str, Any] | None
    looked: Looked
    refused: Conflict | None = None

    @property
    def is_over(self) -> bool:
        """Whether nothing is to be written."""
        return self.answer is not None or self.refused is not None


@dataclass
class _Read:
    """What is read for those who have the same rights: which values, by label and property, and what was found."""

    rights: Rights
    values: dict[tuple[str, str], set[Any]] = field(default_factory=dict)
    nodes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    ids: frozenset[str] = frozenset()
    requests: Mapping[str, Record] = field(default_factory=dict)
    with_values: dict[Value, list[Mapping[str, Any]]] = field(default_factory=dict)

    def statements(self, jobs: Sequence[Begins]) -> list[Statement]:
        """Return what reads for these jobs: first that which locks."""
        given = self.rights.parameters(synthetic=True)
        every = [job.write for job in jobs if job.write]
        for label, name, value in {value for write in every for value in write.values}:
            self.values.setdefault((label, name), set()).add(value)
        first = {
            "requests": [job.request.key for job in jobs if job.request],
            "keys": sorted({key for write in every for key in write.keys}),
            "named": sorted({id_ for write in every for id_ in write.named}),
        }
        values = [
            (cypher.nodes_with(label, name).text, {"q": {"values": sorted(some), **given}})
            for (label, name), some in self.values.items()
        ]
        return [(cypher.begin_write().text, {"q": {**first, **given}}), *values]

    def take(self, records: Sequence[list[Record]]) -> None:
        """Keep what the statements have read."""
        (first,), *rest = records
        self.nodes = {node["id"]: node for node in first["nodes"]}
        self.ids = frozenset(first["ids"])
        self.requests = {each["key"]: each for each in first["requests"]}
        for (label, name), found in zip(self.values, rest, strict=True):
            self.with_values |= by_value(label, name, found)


async def begin(unit: Unit, jobs: Sequence[Begins], clock: Callable[[], datetime]) -> list[Began]:
    """Make other writers wait, and read. The jobs get times in their order, each later than all writes before."""
    reads: dict[Rights, _Read] = {}
    for job in jobs:
        reads.setdefault(job.rights, _Read(job.rights))
    asked = [each.statements([job for job in jobs if job.rights == rights]) for rights, each in reads.items()]
    records = await unit.transaction.all([statement for each in asked for statement in each])
    last = records[0][0]["last"]
    at = 0
    for read, statements in zip(reads.values(), asked, strict=True):
        read.take(records[at : at + len(statements)])
        at += len(statements)
    now = None if last is None else at_millisecond(last)
    began = []
    for job in jobs:
        now = moment(now, clock)
        began.append(_began(job, reads[job.rights], now))
    return began


def _began(job: Begins, read: _Read, now: datetime) -> Began:
    looked = Looked() if job.write is None else _looked(job.write, read)
    try:
        return Began(now, None if job.request is None else job.request.answered(read.requests), looked)
    except Conflict as refused:
        return Began(now, None, looked, refused)


def _looked(write: Write, read: _Read) -> Looked:
    nodes = {key: read.nodes[key] for key in write.keys if key in read.nodes}
    with_values = {value: read.with_values[value] for value in write.values if value in read.with_values}
    return Looked(write.keys, nodes, write.named, write.named & read.ids, write.values, with_values)

"""How writes begin: one statement locks and reads what is known to be needed. In: jobs. Out: Began, for each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from graph.access.rights import Rights
from graph.bolt.transaction import Record, Statement
from graph.bolt.write import Unit
from graph.cypher import upserts as cypher
from graph.errors import Conflict
from graph.facts.found import Looked
from graph.facts.put import moment
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


async def begin(unit: Unit, jobs: Sequence[Begins], clock: Callable[[], datetime]) -> list[Began]:
    """Make other writers wait, and read. The jobs get times in their order, each later than all writes before."""
    asked: dict[Any, int] = {}
    statements: list[Statement] = []
    for job in jobs:
        at = asked.setdefault(_apart(job), len(asked))
        if at == len(statements):
            statements.append(_statement([each for each in jobs if _apart(each) == _apart(job)]))
    records = [record for (record,) in await unit.transaction.all(statements)]
    last = None if records[0]["last"] is None else records[0]["last"].to_native()
    began = []
    for job in jobs:
        began.append(_began(job, records[asked[_apart(job)]], moment(last, clock)))
        last = began[-1].now
    return began


def _apart(job: Begins) -> Any:
    """Return what tells the statements of jobs apart: those of one viewer who repeat no request share one."""
    return job.request.key if job.request else job.rights


def _statement(jobs: Sequence[Begins]) -> Statement:
    request = jobs[0].request
    keys = {key for job in jobs if job.write for key in job.write.keys}
    named = {id_ for job in jobs if job.write for id_ in job.write.named}
    values = {"request": request and request.key, "keys": sorted(keys), "named": sorted(named)}
    return cypher.begin_write().text, {"q": values | jobs[0].rights.parameters(synthetic=True)}


def _began(job: Begins, record: Record, now: datetime) -> Began:
    keys, named = (job.write.keys, job.write.named) if job.write else (frozenset[str](), frozenset[str]())
    nodes = {node["id"]: node for node in record["nodes"] if node["id"] in keys}
    looked = Looked(keys, nodes, named, named.intersection(record["ids"]))
    try:
        answer = job.request.answered(record["digest"], record["answer"]) if job.request else None
    except Conflict as refused:
        return Began(now, None, looked, refused)
    return Began(now, answer, looked)

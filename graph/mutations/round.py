"""Jobs that do not meet, written side by side in one transaction. In: jobs that began. Out: an answer or a refusal for each.

All read first, then all write nodes, then all write relationships, then all log in their order, then all are answered. The
statements of one step are sent at once, and rows that are written by the same statement are written by one.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cache
from typing import Any

from graph.bolt.transaction import Record, Statement
from graph.bolt.write import Unit
from graph.cypher.events import APPEND
from graph.cypher.facts import write_nodes, write_relationships
from graph.errors import QuestionError
from graph.mutations.begin import Began
from graph.mutations.job import Job, Payload
from graph.mutations.scene import Refused

Outcome = Payload | Refused | QuestionError


class Spoiled(Exception):
    """A job failed after it had written: nothing of the transaction may be stored."""


class _Step(IntEnum):
    READ, NODES, RELATIONSHIPS, AFTER = range(4)


@dataclass
class _Asked:
    """A statement that a job waits for."""

    step: _Step
    text: str
    parameters: dict[str, Any]
    ids: str | None
    records: asyncio.Future[list[Record]]

    def finds_alike(self, other: "_Asked") -> bool:
        """Whether both find facts by ids, and nothing but the ids differs."""
        if self.ids is None or (self.text, self.ids) != (other.text, other.ids):
            return False
        return {**self.parameters["q"], self.ids: None} == {**other.parameters["q"], self.ids: None}


@dataclass
class _Share:
    """The transaction, as one job of a round uses it."""

    round: "Round"
    at: int
    has_written: bool = False

    async def run(self, text: str, parameters: dict[str, Any], ids: str | None = None) -> list[Record]:
        """Wait until every job of the round has come so far; then the statements of all are sent."""
        step = _writing().get(text, _Step.AFTER if self.has_written else _Step.READ)
        self.has_written = self.has_written or text in _writing()
        records: asyncio.Future[list[Record]] = asyncio.get_running_loop().create_future()
        self.round.ask(self.at, _Asked(step, text, parameters, ids, records))
        return await records

    async def tell(self, text: str, parameters: dict[str, Any]) -> None:
        """Keep a statement until the next ones are sent."""
        self.has_written = True
        self.round.told(self.at, text, parameters)

    async def all(self, statements: Sequence[Statement]) -> list[list[Record]]:
        """Run statements one after the other."""
        return [await self.run(*each) for each in statements]


@dataclass
class Round:
    """A round: the transaction, and the jobs with what was read when they began."""

    unit: Unit
    began: Mapping[Job, Began]
    _active: int = 0
    _asked: dict[int, _Asked] = field(default_factory=dict)
    _told: list[Statement] = field(default_factory=list)
    _events: dict[int, list[Record]] = field(default_factory=dict)
    _outcomes: dict[Job, Outcome] = field(default_factory=dict)
    _look: asyncio.Event = field(default_factory=asyncio.Event)
    _spoiled: Exception | None = None

    async def run(self) -> dict[Job, Outcome]:
        """Write the jobs. Raise Spoiled if one fails after it has written, and what the database raises."""
        self._active = len(self.began)
        working = [asyncio.create_task(self._do(at, *each)) for at, each in enumerate(self.began.items())]
        try:
            while self._active:
                await self._look.wait()
                self._look.clear()
                if self._spoiled:
                    raise Spoiled from self._spoiled
                if self._asked:
                    await self._send()
        finally:
            for task in working:
                task.cancel()
            await asyncio.gather(*working, return_exceptions=True)
        if self._spoiled:
            raise Spoiled from self._spoiled
        for each in self._untold(events=True):
            await self.unit.transaction.tell(*each)
        return self._outcomes

    def ask(self, at: int, asked: _Asked) -> None:
        """Send a statement with those of the other jobs."""
        self._asked[at] = asked
        self._look_if_all_wait()

    def told(self, at: int, text: str, parameters: dict[str, Any]) -> None:
        """Keep a statement. Events come into the log in the order of the jobs, whichever is first to tell them."""
        if text != APPEND.text:
            self._told.append((text, parameters))
            return
        given = parameters["q"]
        own = {"at": given["now"], "actor": given["actor"]}
        self._events.setdefault(at, []).extend({**row, **own} for row in given["rows"])

    async def _do(self, at: int, job: Job, began: Began) -> None:
        share = _Share(self, at)
        try:
            self._outcomes[job] = await job.write_in(Unit(share, self.unit.touched), began)
        except (Refused, QuestionError) as refused:
            self._outcomes[job] = refused
            if share.has_written:
                self._spoiled = refused
        except Exception as error:  # a fault of ours: alone it is told, and harms nobody else
            self._spoiled = error
        finally:
            self._active -= 1
            self._look_if_all_wait()

    def _look_if_all_wait(self) -> None:
        if len(self._asked) == self._active:
            self._look.set()

    async def _send(self) -> None:
        """Send the statements of the step that comes first."""
        step = min(each.step for each in self._asked.values())
        now = {at: self._asked.pop(at) for at in sorted(self._asked) if self._asked[at].step is step}
        told = self._untold(events=step is _Step.AFTER)
        if step in _writing().values():
            for each in told:
                await self.unit.transaction.tell(*each)
            await self._write(list(now.values()))
            return
        batches = _alike(now.values())
        records = await self.unit.transaction.all([*told, *(_found(batch) for batch in batches)])
        for batch, own in zip(batches, records[len(told) :], strict=True):
            for asked in batch:
                _give(asked, own)

    def _untold(self, *, events: bool) -> list[Statement]:
        """Return what was told; if `events`, with one statement for all events."""
        told, self._told = self._told, []
        if events and self._events:
            rows = [row for at in sorted(self._events) for row in self._events[at]]
            self._events.clear()
            told.insert(0, (APPEND.text, {"q": {"rows": rows, "now": rows[-1]["at"], "actor": ""}}))
        return told

    async def _write(self, every: list[_Asked]) -> None:
        """Write the rows of all by one statement for each list of references, and give each what it did of its own rows."""
        batches: dict[tuple[str, ...], list[_Asked]] = {}
        for asked in every:
            batches.setdefault(tuple(asked.parameters["q"]["references"]), []).append(asked)
        for references, batch in batches.items():
            given = [each.parameters["q"] for each in batch]
            rows = [{**row, "now": one["now"]} for one in given for row in one["rows"]]
            (done,) = await self.unit.transaction.run(
                every[0].text, {"q": {"rows": rows, "now": given[-1]["now"], "references": list(references)}}
            )
            for asked, one in zip(batch, given, strict=True):
                ids = {row["properties"]["id"] for row in one["rows"]}
                created = [id_ for id_ in done["created"] if id_ in ids]
                _give(asked, [{"created": created, "changed": [each for each in done["changed"] if each["id"] in ids]}])


def _alike(every: Iterable[_Asked]) -> list[list[_Asked]]:
    """Group statements that one statement can answer."""
    batches: list[list[_Asked]] = []
    for asked in every:
        batch = next((batch for batch in batches if asked.finds_alike(batch[0])), None)
        if batch is None:
            batches.append([asked])
        else:
            batch.append(asked)
    return batches


def _found(batch: list[_Asked]) -> Statement:
    """Return the statement that finds the facts of all."""
    first = batch[0]
    if first.ids is None or len(batch) == 1:
        return first.text, first.parameters
    ids = dict.fromkeys(id_ for asked in batch for id_ in asked.parameters["q"][first.ids])
    return first.text, {"q": {**first.parameters["q"], first.ids: list(ids)}}


@cache
def _writing() -> dict[str, _Step]:
    """Return the step of each text that writes rows."""
    return {write_nodes(None).text: _Step.NODES, write_relationships(None).text: _Step.RELATIONSHIPS}


def _give(asked: _Asked, records: list[Record]) -> None:
    if not asked.records.done():
        asked.records.set_result(records)

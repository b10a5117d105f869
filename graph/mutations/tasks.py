"""What one field of the root does in its transaction. In: a transaction, and who writes. Out: the payload; Refused, Tried."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol

import orjson

from graph.bolt.write import Unit
from graph.cypher.facts import REGISTER_AUDIENCES
from graph.errors import BadUserInput, Conflict
from graph.facts.wanted import Done
from graph.mutations.drafts import ACCEPTED, REFUSED, Draft, count_open, new_id, pinned, save
from graph.mutations.matches import decides
from graph.mutations.payload import Payload
from graph.mutations.review import ANY, Desk, Review, touched
from graph.mutations.scene import Refused, Scene, Tried
from graph.mutations.shown import shown
from graph.mutations.writes import Write
from schema.derived.rows import CITY, JOINED
from schema.language.kinds import SYNTHETIC
from schema.language.moments import moment_text
from schema.language.writes import ACCEPT, DECIDE, MOST_DRAFTS, REFUSE

LONGEST_NOTE = 2_000
DECISIONS = (ACCEPT, REFUSE, DECIDE)


class Task(Protocol):
    """What a field does. It returns the payload, and audiences that facts or drafts have now."""

    @property
    def payload(self) -> Payload:
        """Return what is selected of the payload."""

    async def do(self, unit: Unit, scene: Scene) -> tuple[dict[str, Any], Sequence[str]]:
        """Do it. Raise Refused, or QuestionError."""


@dataclass(frozen=True)
class Writes:
    """Writes rows."""

    payload: Payload
    write: Write
    partial: bool

    async def do(self, unit: Unit, scene: Scene) -> tuple[dict[str, Any], Sequence[str]]:
        """Write the rows."""
        by = replace(scene.by, whole=not self.partial)
        done = await self.write.work(unit, scene.engine.compiler.model, by)
        if done.diff.problems and not self.partial:
            raise Refused(done.diff.problems)
        # The first fact of a city has an audience that the writer's rights do not know yet.
        rights = scene.viewer.rights.with_amber(done.audiences)
        return await self.payload.of(done, scene.reading(unit, rights)), done.audiences


@dataclass(frozen=True)
class Drafts:
    """Stores rows as a new draft, or in place of the rows of the draft `id`. A dry run stores nothing."""

    payload: Payload
    name: str
    rows: Sequence[Mapping[str, Any]] = field(hash=False)
    id: str | None = None
    dry_run: bool = False

    async def do(self, unit: Unit, scene: Scene) -> tuple[dict[str, Any], Sequence[str]]:
        """Try to write the rows, and store them with what they concern. Raise Tried after a dry run."""
        desk = scene.desk
        draft = await self._draft(unit, scene)
        done = await desk.attempt(unit, draft, ANY)
        rows = pinned(self.name, self.rows, done.changes, desk.now.date().isoformat())
        draft = replace(draft, rows=rows, count=len(self.rows), facts=_nodes(done, desk), in_cities=_cities(done))
        await save(unit, draft)
        audiences = _of_one_holder(done)
        if audiences:
            await unit.run(REGISTER_AUDIENCES, audiences=audiences)
        review = await desk.seen(unit, draft, done)
        answer = await self.payload.of(done, scene.reading(unit, desk.viewer.rights, shown(review)))
        if self.dry_run:
            raise Tried(answer)
        return answer, audiences

    async def _draft(self, unit: Unit, scene: Scene) -> Draft:
        desk = scene.desk
        if self.id is None:
            if not self.dry_run and await count_open(unit, desk.reader) >= MOST_DRAFTS:
                raise BadUserInput(
                    f"You have {MOST_DRAFTS} open drafts, the most allowed. Withdraw one with `refuseDraft`."
                )
            id_ = new_id(scene.by.seed)
            return Draft(id_, desk.reader, desk.reader, self.name, self._given, 0, (), (), desk.now, desk.now)
        before = (await desk.require(unit, self.id)).draft
        if before.root != self.name:
            raise BadUserInput(f"This draft is of `{before.root}`: replace its rows with that field.")
        return replace(before, by=desk.reader, rows=self._given, updated=desk.now)

    @property
    def _given(self) -> str:
        return pinned(self.name, self.rows, (), "")


@dataclass(frozen=True)
class Accepts:
    """Writes the rows of a draft, all of them or none."""

    payload: Payload
    id: str
    expected: datetime | None

    async def do(self, unit: Unit, scene: Scene) -> tuple[dict[str, Any], Sequence[str]]:
        """Write the rows, and close the draft."""
        desk = scene.desk
        review = await desk.require(unit, self.id)
        draft = review.draft
        if self.expected is not None and self.expected != draft.updated:
            raise Conflict(f"The draft was changed at {moment_text(draft.updated)}; read it again.")
        done = await desk.attempt(unit, draft, desk.viewer.edits.may_write, trial=False)
        if done.diff.problems:
            raise Refused(done.diff.problems, shown(review))
        closed = _closed(review, ACCEPTED, desk)
        await save(unit, closed)
        reading = scene.reading(unit, desk.viewer.rights, shown(Review(closed)))
        return await self.payload.of(done, reading), done.audiences


@dataclass(frozen=True)
class Refuses:
    """Closes a draft without writing its rows."""

    payload: Payload
    id: str
    note: str | None

    async def do(self, unit: Unit, scene: Scene) -> tuple[dict[str, Any], Sequence[str]]:
        """Close the draft."""
        desk = scene.desk
        review = await desk.require(unit, self.id)
        closed = replace(_closed(review, REFUSED, desk), note=self.note)
        await save(unit, closed)
        return await self.payload.of(Done(), scene.reading(unit, desk.viewer.rights, shown(Review(closed)))), ()


def task(name: str, arguments: Mapping[str, Any], write: Write | None, payload: Payload) -> Task:
    """Return what a field of the root does; `write` is what its rows would write. Raise BadUserInput."""
    if write is None:
        return _decision(name, arguments, payload)
    draft, partial = arguments.get("draft"), bool(arguments.get("partial"))
    if draft is None:
        return Writes(payload, write, partial)
    if partial:
        raise BadUserInput("A draft is accepted as a whole: give `draft` or `partial`, not both.")
    dry_run = bool(draft.get("dryRun"))
    if dry_run and (draft.get("id") or arguments.get("requestId")):
        raise BadUserInput(
            "A dry run stores nothing: give neither the `id` of a draft nor a `requestId` with `dryRun`."
        )
    return Drafts(payload, name, arguments["rows"], draft.get("id"), dry_run)


def _decision(name: str, arguments: Mapping[str, Any], payload: Payload) -> Task:
    if name == DECIDE:
        return decides(arguments, payload)
    if name == ACCEPT:
        expected = arguments.get("expectedUpdatedAt")
        return Accepts(payload, arguments["id"], None if expected is None else datetime.fromisoformat(expected))
    note = arguments.get("note")
    if note is not None and len(note) > LONGEST_NOTE:
        raise BadUserInput(f"`note` has {len(note):,} characters; at most {LONGEST_NOTE:,} are accepted.")
    return Refuses(payload, arguments["id"], note)


def _closed(review: Review, state: str, desk: Desk) -> Draft:
    every = None if review.done is None else touched(review.done)
    told = None if every is None else orjson.dumps(sorted({tuple(each) for each in every})).decode()
    return replace(review.draft, state=state, updated=desk.now, decided_by=desk.reader, touched=told)


def _nodes(done: Done, desk: Desk) -> tuple[str, ...]:
    return tuple(sorted({each.id for each in done.changes if each.before and desk.model.concept_of_id(each.id)}))


def _cities(done: Done) -> tuple[str, ...]:
    """Return the cities that a draft names: as a fact, an end of a relationship or a holder."""
    ids = {id_ for each in done.changes for id_ in (each.id, each.start, each.end)}
    held = (access.audience.partition(":")[2] for each in done.changes for access in each.accesses[-1:])
    ids |= {CITY + city for cities in held if cities for city in cities.split(JOINED)}
    return tuple(sorted(id_ for id_ in ids if id_.startswith(CITY)))


def _of_one_holder(done: Done) -> list[str]:
    """Return the confidential audiences of one city that facts would have, so that its stewards may see the draft.

    Those of several cities are registered when a fact has them: there are too many for what nobody has reviewed.
    """
    audiences = {each.accesses[-1].audience.removeprefix(SYNTHETIC) for each in done.changes if each.after}
    return sorted(audience for audience in audiences if ":" in audience and JOINED not in audience)

"""A draft as one reader may see it. In: a draft, a reader. Out: Review, with what would happen if it were accepted now.

Its author sees it, whoever may see and write every fact in it, and who decided on it. To others it is as absent.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import orjson

from graph.access.viewer import Edits, Viewer
from graph.bolt.write import Unit
from graph.cypher import upserts as cypher
from graph.errors import NotFound
from graph.facts.restored import holders
from graph.facts.rows import Stale
from graph.facts.upsert import MayWrite, Writing
from graph.facts.wanted import Done
from graph.facts.write import Stamp
from graph.mutations.drafts import OPEN, Draft, read
from graph.mutations.writes import write
from schema.model import Model

UNCLEAR = ("NOT_FOUND", "NOT_ALLOWED", "AMBIGUOUS")
"""Problems of rows of which it is not clear, or hidden from the reader, which fact they concern."""
ANY = Edits(everywhere=True).may_write
"""Tests a draft of one's own: whether its author may write it is not asked before it is accepted."""


@dataclass(frozen=True)
class Review:
    """A draft and what its acceptance would do; None if it is decided on, or if the reader may see less than all of it.

    `visible` are the ids of facts that may be shown as references.
    """

    draft: Draft
    done: Done | None = None
    visible: frozenset[str] = frozenset()


class Touched(NamedTuple):
    """A fact that a draft concerns, as it is or was: its label or type, and who may see it."""

    of: str
    level: int
    audience: str


@dataclass(frozen=True)
class Desk:
    """Where one viewer works on drafts; `secret` is that of the keys of facts."""

    model: Model
    secret: bytes
    viewer: Viewer
    now: datetime

    @property
    def reader(self) -> str:
        """Return who reads; all keys of one owner are one reader."""
        return str(self.viewer.client)

    @property
    def may_review(self) -> bool:
        """Whether he may write anything."""
        return self.viewer.edits.everywhere or bool(self.viewer.edits.permits)

    def writing(self, may_write: MayWrite, draft: str, *, trial: bool) -> Writing:
        """Return how the viewer writes a draft. Its new facts have the same ids in each trial, and at last."""
        seed = hashlib.blake2b(draft.encode(), key=self.secret, digest_size=32).digest()
        stamp = Stamp(self.secret, self.now, str(self.viewer.actor))
        return Writing(self.viewer.rights, may_write, stamp, seed, trial)

    async def attempt(self, unit: Unit, draft: Draft, may_write: MayWrite, *, trial: bool = True) -> Done:
        """Write the rows of a draft, or try to."""
        work = write(draft.root, draft.given, self.model, self.now.date().isoformat()).work
        return await work(unit, self.model, self.writing(may_write, draft.id, trial=trial))

    async def require(self, unit: Unit, id_: str) -> Review:
        """Return an open draft. Raise NotFound if the viewer may not see it, Conflict if it is decided on."""
        review = await self.review(unit, id_) or await self._decided(unit, id_)
        if review is None:
            raise NotFound("There is no draft with this id that you may see.")
        review.draft.require_open()
        return review

    async def review(self, unit: Unit, id_: str) -> Review | None:
        """Return a draft as the viewer may see it, None if he may not."""
        draft = await read(unit, id_)
        if draft is None:
            return None
        is_author = draft.author == self.reader
        if draft.state != OPEN and (is_author or draft.decided_by == self.reader):
            return Review(draft)
        if not is_author and not self.may_review:
            return None
        own = is_author and draft.by == self.reader
        done = await self.attempt(unit, draft, ANY if is_author else self.viewer.edits.may_write)
        every = touched(done)
        if own or (every is not None and self._may_see(every, writes=not is_author)):
            return await self.seen(unit, draft, done) if draft.state == OPEN else Review(draft)
        return Review(draft) if is_author else None

    async def _decided(self, unit: Unit, id_: str) -> Review | None:
        """Return a draft that is decided on, if the viewer might have decided on it. Its facts may be gone since."""
        draft = await read(unit, id_)
        if draft is None or draft.touched is None or not self.may_review:
            return None
        every = [Touched(*each) for each in orjson.loads(draft.touched)]
        return Review(draft) if self._may_see(every, writes=True) else None

    def _may_see(self, every: Sequence[Touched], *, writes: bool) -> bool:
        """Whether the viewer may see every fact, and with `writes` also write it."""
        may_write, rights = self.viewer.edits.may_write, self.viewer.rights
        if writes:
            if not all(may_write(each.of, holders(each.audience)) for each in every):
                return False
            # The first fact of a city has an audience that his rights do not know yet.
            rights = rights.with_amber(each.audience for each in every)
        return all(rights.with_synthetic().admits(each.level, each.audience) for each in every)

    async def seen(self, unit: Unit, draft: Draft, done: Done) -> Review:
        """Return a draft with a trial of it, and which of the facts it refers to the viewer may see."""
        ids = sorted({id_ for change in done.changes for id_ in change.references()})
        parameters = self.viewer.rights.parameters(synthetic=True)
        records = await unit.run(cypher.visible_ids(), ids=ids, **parameters) if ids else []
        made = {change.id for change in done.changes if change.is_new}
        return Review(draft, done, frozenset({str(record["id"]) for record in records} | made))


def touched(done: Done) -> list[Touched] | None:
    """Return the type and access of each fact that rows concern; None if it is not known of each row which fact it concerns."""
    known = {change.where for change in done.changes}
    if not all(
        isinstance(problem, Stale) or (problem.code not in UNCLEAR and problem.where in known)
        for problem in done.diff.problems
    ):
        return None
    return [Touched(change.of, each.level, each.audience) for change in done.changes for each in change.accesses]

"""Subscriptions, from end to end. In: a document, a viewer, the place of a subscriber. Out: the next events as they are sent.

Subscribers with the same rights, place and selection share one reading of the log and one question about the facts.
"""

import asyncio
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from graph.access.rights import Rights
from graph.access.viewer import Viewer
from graph.bolt.read import Reader
from graph.errors import QuestionRefused, TimedOut, Unavailable
from graph.events.cursor import LogCursors, Position
from graph.events.delivery import Delivery
from graph.events.read import Wanted, head, require_near
from graph.question.cache import Cache
from graph.question.engine import Answer, Asker, Engine, Question, Ready
from graph.question.part import IDS
from graph.question.turns import Pace, Turns
from graph.subscriptions.selected import Asked, Selected, asked, size
from graph.subscriptions.shown import Shown, shown

SELECTIONS = 500
"""How many selections are kept, with the questions that answer them."""
_Key = tuple[Rights, Position, Wanted, Hashable]


@dataclass(frozen=True)
class Subscription:
    """A subscription that may begin: what is selected, which events are wanted, and the place after which it begins."""

    selected: Selected
    wanted: Wanted
    position: Position


@dataclass(frozen=True)
class _Reading:
    """A reading that is under way, and in whose turns."""

    task: asyncio.Task[Shown]
    turns: Turns


@dataclass
class Subscriptions:
    """The subscriptions of a server. An answer has at most about `most` bytes."""

    engine: Engine
    reader: Reader
    delivery: Delivery
    cursors: LogCursors
    most: int
    _selections: Cache[Selected] = field(default_factory=lambda: Cache(SELECTIONS), init=False)
    _reading: dict[_Key, _Reading] = field(default_factory=dict, init=False)

    async def open(self, question: Question, viewer: Viewer, turns: Turns, after: str | None = None) -> Subscription:
        """Read a subscription, which begins after a cursor, that of the document by default.

        Raise QuestionError if it is refused; of several errors, the first.
        """
        try:
            wants = await turns.prepare(partial(self._asked, question, viewer.rights))
        except QuestionRefused as refused:
            raise refused.errors[0] from refused
        after = after or wants.after
        begin = None if after is None else self.cursors.open(after, viewer.actor)
        async with turns.at_database(Pace()):
            await require_near(self.reader, viewer.rights, wants.wanted)
            position = await head(self.reader) if begin is None else begin
        return Subscription(wants.selected, wants.wanted, position)

    def _asked(self, question: Question, rights: Rights) -> Asked:
        read = asked(self.engine.ready(question), question.variables, self.engine)
        selected = self._selections.get(read.selected.mark)
        if selected is None:
            sized = replace(read.selected, size=size(read.selected, self.engine, rights))
            selected = self._selections.keep(read.selected.mark, sized)
        return replace(read, selected=selected)

    async def read(self, of: Subscription, rights: Rights, after: Position, turns: Turns) -> Shown:
        """Return the next events after a place. Whoever wants what somebody is just reading gets the same."""
        key = (rights, after, of.wanted, of.selected.mark)
        while True:
            reading = self._reading.get(key) or self._begin(key, of.selected, turns)
            try:
                return await asyncio.shield(reading.task)
            except (TimedOut, Unavailable):
                # Another client had no turn; this one tries in its own.
                if reading.turns == turns:
                    raise

    def _begin(self, key: _Key, selected: Selected, turns: Turns) -> _Reading:
        task = asyncio.create_task(self._read(key, selected, turns))
        reading = self._reading[key] = _Reading(task, turns)
        task.add_done_callback(lambda done: self._forget(key, done))
        return reading

    async def _read(self, key: _Key, selected: Selected, turns: Turns) -> Shown:
        rights, after, wanted, _ = key
        page = await self.delivery.read(rights, after, wanted)
        asker = Asker(rights, self.reader, turns)

        async def ask(ready: Ready, ids: Sequence[str]) -> Answer:
            return await self.engine.answer(ready, {**selected.variables, IDS: list(ids)}, asker)

        return await shown(page, selected, ask, self.engine.compiler.model, self.most)

    def _forget(self, key: _Key, done: asyncio.Task[Shown]) -> None:
        self._reading.pop(key, None)
        if not done.cancelled():
            # Asked for here, because all who waited for it may be gone.
            done.exception()

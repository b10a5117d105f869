"""What other processes change. In: the state of the facts in the database. Out: changes of labels and types that are read there.

Each write of a fact appends to the event log in its transaction, and a migration counts itself. So equal states are equal facts.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from graph.answers.kept import Answers
from graph.bolt.changes import EVERYTHING
from graph.bolt.read import Reader
from graph.cypher.events import STATE, TOUCHED
from graph.errors import QuestionError

log = logging.getLogger(__name__)

EVERY, MOST = 0.25, 5.0
"""Seconds between two looks, which take about a millisecond. The pause grows while the database does not answer."""
TELLS = 60.0
"""Seconds between two lines in the log about what is kept."""
EVENTS = 2_000
"""Events that are read to learn which labels and types changed. After more of them, everything counts as changed."""


@dataclass
class Look:
    """Looks at the state of the facts while answers are kept and asked for."""

    reader: Reader
    answers: Answers[Any]
    clock: Callable[[], float] = time.monotonic
    _state: Any = None
    _told: float = 0.0

    async def follow(self) -> None:
        """Look again and again until cancelled."""
        pause = EVERY
        while True:
            await self.answers.in_use()
            try:
                await self.once()
                pause = EVERY
                self._tell()
            except QuestionError as error:
                # What is kept is not served meanwhile, and not trusted afterwards: it may be another database by then.
                self._state = None
                pause = min(2 * pause, MOST)
                log.warning("the state of the facts could not be read", extra={"code": error.code})
            await asyncio.sleep(pause)

    async def once(self) -> None:
        """Look, and pass on what changed since the last time. Raise QuestionError if the database does not answer."""
        looked = self.clock()
        if self._state is None or await self.reader.value(STATE.text, {}, "state") != self._state:
            await self._learn()
        self.answers.sure(looked)

    def _tell(self) -> None:
        """Log from time to time how often what is kept was of use."""
        if self.clock() > self._told + TELLS:
            self._told, kept = self.clock(), self.answers
            about = {"hits": kept.hits, "misses": kept.misses, "answers": len(kept), "bytes": kept.bytes}
            log.info("answers are kept", extra=about)

    async def _learn(self) -> None:
        """Learn what changed.

        The second statement is done when every write of which the first saw anything is applied: a question that begins now
        sees all of these writes.
        """
        before = self._state or {"log": "", "seq": 0, "turns": 0}
        parameters = {"q": {"after": before["seq"], "most": EVENTS + 1}}
        told = await self.reader.value_when_applied(STATE.text, TOUCHED.text, parameters, "touched")
        state = told["state"]
        told_all = (
            self._state is not None
            and (state["log"], state["turns"]) == (before["log"], before["turns"])
            and state["seq"] >= before["seq"]
            and told["count"] == state["seq"] - before["seq"] <= EVENTS
        )
        self.answers.changes.changed(told["of"] if told_all else (EVERYTHING,))
        self._state = state

"""Answers that were given before. In: a key, an answer, what it depends on. Out: the answer, as long as nothing of that changes.

The rule, and why no answer is stale, are in docs/decisions/answer-cache.md. Used from one event loop.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

from graph.bolt.changes import Changes

Value = TypeVar("Value")

BOUND = 1.0
"""Seconds: what another process wrote longer ago is seen in every answer."""
IN_USE = 10.0
"""Seconds after the last question for which other processes' changes are looked for."""
OVERHEAD = 600
"""Bytes that an answer takes besides its own and those of its key."""
PART = 8
"""No answer takes more than this part of all bytes."""


@dataclass(slots=True)
class _Kept(Generic[Value]):
    """An answer that was current at a moment of `Changes`; nothing that it reads had changed at another, `current`."""

    value: Value
    size: int
    reads: frozenset[str]
    moment: int
    current: int


class Answers(Generic[Value]):
    """Keeps answers up to a number of bytes; the least recently used ones go first.

    `hits` and `misses` count questions that were and were not answered from here.
    """

    def __init__(self, changes: Changes, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.changes = changes
        self.bytes = self.hits = self.misses = 0
        self._most, self._clock = most, clock
        self._kept: OrderedDict[Hashable, _Kept[Value]] = OrderedDict()
        self._sure_until = self._used = 0.0
        self._asked = asyncio.Event()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Hashable) -> Value | None:
        """Return the answer that was given to a key, if it would be the same now; None otherwise."""
        now = self._used = self._clock()
        if now > self._sure_until:
            self._asked.set()
            self.misses += 1
            return None
        kept = self._kept.get(key)
        if kept is None:
            self.misses += 1
            return None
        if kept.current != self.changes.moment:
            if not self.changes.same_since(kept.reads, kept.moment):
                self._forget(key)
                self.misses += 1
                return None
            kept.current = self.changes.moment
        self._kept.move_to_end(key)
        self.hits += 1
        return kept.value

    def keep(self, key: Hashable, value: Value, size: int, reads: frozenset[str], moment: int) -> None:
        """Keep an answer of so many bytes with its key, if nothing that it reads has changed since its question began.

        `moment` is that of `changes` before the first statement was sent.
        """
        size += OVERHEAD
        if size > self._most // PART or not self.changes.same_since(reads, moment):
            return
        self._forget(key)
        self._kept[key] = _Kept(value, size, reads, moment, self.changes.moment)
        self.bytes += size
        while self.bytes > self._most:
            self._forget(next(iter(self._kept)))

    def _forget(self, key: Hashable) -> None:
        kept = self._kept.pop(key, None)
        if kept is not None:
            self.bytes -= kept.size

    async def in_use(self) -> None:
        """Wait until somebody asks, or has asked lately."""
        if self._clock() > self._used + IN_USE:
            self._asked.clear()
            await self._asked.wait()

    def sure(self, looked: float) -> None:
        """Note that all changes that other processes had made at a time, by the clock, are known to `changes`."""
        self._sure_until = looked + BOUND

"""When a question may take its next step. In: work, or a statement's pace. Out: its result, or a place at the database.

The engine asks for turns; a server gives them so that no client takes all (`app/http/turns.py`).
"""

import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

Result = TypeVar("Result")

SLOW_SECONDS = 0.1
RUNS = 3
"""How many runs of a statement are remembered."""


@dataclass
class Pace:
    """How long the last runs of a statement took.

    One slow run among three does not count: the first run includes the time in which the database plans the statement.
    """

    _last: deque[float] = field(default_factory=lambda: deque(maxlen=RUNS))
    _begun: list[float] = field(default_factory=list)

    @contextmanager
    def measured(self) -> Iterator[None]:
        """Measure a run; one that fails or is cancelled counts too."""
        begun = time.monotonic()
        self._begun.append(begun)
        try:
            yield
        finally:
            self._begun.remove(begun)
            self._last.append(time.monotonic() - begun)

    @property
    def is_known(self) -> bool:
        """Whether the statement has run."""
        return bool(self._last)

    @property
    def is_slow(self) -> bool:
        """Whether the statement took long lately, or a run that is under way does."""
        if self._last and sorted(self._last)[(len(self._last) - 1) // 2] > SLOW_SECONDS:
            return True
        return bool(self._begun) and time.monotonic() - min(self._begun) > SLOW_SECONDS


class Turns(Protocol):
    """Gives turns to the questions of one client."""

    async def prepare(self, work: Callable[[], Result]) -> Result:
        """Do work that takes processor time but no database; raise Unavailable if the client has too much of it."""

    def at_database(self, pace: Pace) -> AbstractAsyncContextManager[object]:
        """Wait for a place at the database; raise Unavailable if the client has too many questions."""


class AtOnce:
    """Turns where nobody else waits: everything happens at once."""

    async def prepare(self, work: Callable[[], Result]) -> Result:
        """Do the work."""
        return work()

    def at_database(self, _pace: Pace) -> AbstractAsyncContextManager[object]:
        """Take a place."""
        return nullcontext()

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

SLOW_SECONDS, LONG_SECONDS = 0.1, 1.0
"""Seconds in the database from which a statement is slow, and seconds that one run under way may take until it counts as slow."""
RUNS = 3
"""How many runs of a statement are remembered."""


@dataclass(eq=False)
class Run:
    """One run of a statement."""

    begun: float = field(default_factory=time.monotonic)
    seconds: float | None = None

    def note(self, seconds: float) -> None:
        """Note for how many seconds the database worked. Waits of a busy server are not the statement's."""
        self.seconds = seconds

    @property
    def age(self) -> float:
        """Seconds since the run began."""
        return time.monotonic() - self.begun


@dataclass
class Pace:
    """How long the last runs of a statement took.

    One slow run among three does not count: the first run includes the time in which the database plans the statement.
    """

    _last: deque[float] = field(default_factory=lambda: deque(maxlen=RUNS))
    _under_way: list[Run] = field(default_factory=list)

    @contextmanager
    def measured(self) -> Iterator[Run]:
        """Measure a run; one that fails or is cancelled counts with all its time."""
        run = Run()
        self._under_way.append(run)
        try:
            yield run
        finally:
            self._under_way.remove(run)
            self._last.append(run.age if run.seconds is None else run.seconds)

    @property
    def is_known(self) -> bool:
        """Whether the statement has run."""
        return bool(self._last)

    @property
    def is_slow(self) -> bool:
        """Whether the statement took long lately, or a run that is under way does."""
        if self._last and sorted(self._last)[(len(self._last) - 1) // 2] > SLOW_SECONDS:
            return True
        return bool(self._under_way) and self._under_way[0].age > LONG_SECONDS


class Turns(Protocol):
    """Gives turns to the questions of one client."""

    async def prepare(self, work: Callable[[], Result]) -> Result:
        """Do work that takes processor time but no database; raise Unavailable if the client has too much of it."""

    def at_database(self, pace: Pace) -> AbstractAsyncContextManager[object]:
        """Wait for a place at the database; raise Unavailable if the client has too many questions."""

    def to_measure(self) -> AbstractAsyncContextManager[object]:
        """Wait for a process that measures networks; raise Unavailable if that takes too long."""

    def to_write(self, *, small: bool) -> AbstractAsyncContextManager[object]:
        """Wait for a place to write; a small write shares a transaction with others. Raise Unavailable if that takes too long."""


class AtOnce:
    """Turns where nobody else waits: everything happens at once."""

    async def prepare(self, work: Callable[[], Result]) -> Result:
        """Do the work."""
        return work()

    def at_database(self, _pace: Pace) -> AbstractAsyncContextManager[object]:
        """Take a place."""
        return nullcontext()

    def to_measure(self) -> AbstractAsyncContextManager[object]:
        """Take a place."""
        return nullcontext()

    def to_write(self, *, small: bool) -> AbstractAsyncContextManager[object]:  # noqa: ARG002  # as the protocol says
        """Take a place."""
        return nullcontext()

"""When a question may take its next step. In: work, or a statement's pace. Out: its result, or a place at the database.

The engine asks for turns; a server gives them so that no client takes all (`app/http/turns.py`).
"""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

Result = TypeVar("Result")

SLOW_SECONDS = 0.1
FORGETTING = 0.8
"""How much of a slow run is remembered after each run that was faster."""


@dataclass
class Pace:
    """How long a statement takes: None until it has run, then seconds, of which a slow run is forgotten only by and by."""

    seconds: float | None = None
    _begun: list[float] = field(default_factory=list, repr=False)

    @contextmanager
    def measured(self) -> Iterator[None]:
        """Measure a run; one that fails or is cancelled counts too."""
        begun = time.monotonic()
        self._begun.append(begun)
        try:
            yield
        finally:
            self._begun.remove(begun)
            took = time.monotonic() - begun
            self.seconds = max(took, (self.seconds or 0) * FORGETTING + took * (1 - FORGETTING))

    @property
    def is_known(self) -> bool:
        """Whether the statement has run."""
        return self.seconds is not None

    @property
    def is_slow(self) -> bool:
        """Whether the statement took long lately, or a run that is under way does."""
        if (self.seconds or 0) > SLOW_SECONDS:
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

"""What changes, and when. In: labels and types that a commit changes. Out: whether some of them are the same since a moment.

Moments are counted, not measured: each begin and end of a change is one. Used from one event loop.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

EVERYTHING = "*"
"""Stands for every label and type."""
Hold = Callable[[Iterable[str]], None]


class Changes:
    """Remembers when labels and types changed last, and which of them a commit under way changes."""

    def __init__(self) -> None:
        self.moment = 0
        self._last: dict[str, int] = {}
        self._under_way: Counter[str] = Counter()

    @contextmanager
    def committing(self) -> Iterator[Hold]:
        """Yield what is told, before a commit is sent, what it changes. All that changes until the end of the block.

        The block ends when the outcome is known: acknowledged, rolled back or given up.
        """
        held: set[str] = set()

        def hold(kinds: Iterable[str]) -> None:
            new = set(kinds) - held
            if new:
                held.update(new)
                self.moment += 1
                self._under_way.update(new)

        try:
            yield hold
        finally:
            if held:
                self._under_way -= Counter(held)
                self.changed(held)

    def changed(self, kinds: Iterable[str]) -> None:
        """Note that labels and types have changed, as another process told."""
        self.moment += 1
        self._last.update(dict.fromkeys(kinds, self.moment))

    def same_since(self, kinds: Iterable[str], moment: int) -> bool:
        """Whether none of these labels and types has changed after a moment, and none changes now."""
        last, under_way = self._last, self._under_way
        if EVERYTHING in under_way or last.get(EVERYTHING, 0) > moment:
            return False
        return not any(kind in under_way or last.get(kind, 0) > moment for kind in kinds)

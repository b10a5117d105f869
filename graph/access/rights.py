"""What a viewer may see. In: a level of marking and audiences. Out: Rights, and the parameters that carry them.

The stored level and audience of a synthetic fact are reached by no rights, unless they are widened by `with_synthetic`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from schema.language.kinds import SYNTHETIC, Marking, level

OPEN, AUDIENCES = "open", "audiences"
"""Names of the two parameters that every statement with an access check takes."""
OPEN_ALL, AUDIENCES_ALL = "openAll", "audiencesAll"
"""Names of the same two for the fields of a question that see synthetic facts too."""


@dataclass(frozen=True)
class Rights:
    """A viewer sees facts whose level is at most `open` (0 CLEAR to 3 RED), and facts of these audiences."""

    open: int = 0
    audiences: tuple[str, ...] = ()

    @property
    def by_audience(self) -> bool:
        """Whether audiences are tested at all. The text of a statement depends on this, and on nothing else of the rights."""
        return bool(self.audiences)

    def with_amber(self, audiences: Iterable[str]) -> "Rights":
        """Return the rights with more audiences, but only those of AMBER facts: whoever may write these is a member."""
        amber = {audience for audience in audiences if audience.startswith(f"{int(Marking.AMBER)}:")}
        if amber.issubset(self.audiences):
            return self
        return replace(self, audiences=tuple(sorted({*self.audiences, *amber})))

    def with_synthetic(self) -> "Rights":
        """Return the rights to see, of synthetic facts too, what these rights let a viewer see of real facts."""
        if self.open == Marking.RED:
            return Rights(level(Marking.RED, synthetic=True), self.audiences)
        alike = [*map(str, range(self.open + 1)), *self.audiences]
        return Rights(self.open, (*self.audiences, *(SYNTHETIC + audience for audience in alike)))

    def admits(self, level: int, audience: str) -> bool:
        """Whether a fact of this level and audience is seen; the rights in a statement test the same (`visible.py`)."""
        return level <= self.open or audience in self.audiences

    def parameters(self, *, synthetic: bool = False) -> dict[str, Any]:
        """Return the rights as parameters of a statement; `synthetic` adds those for synthetic facts."""
        own: dict[str, Any] = {OPEN: self.open, AUDIENCES: list(self.audiences)}
        if not synthetic:
            return own
        wide = self._wide
        return own | {OPEN_ALL: wide.open, AUDIENCES_ALL: list(wide.audiences)}

    @cached_property
    def _wide(self) -> "Rights":
        return self.with_synthetic()

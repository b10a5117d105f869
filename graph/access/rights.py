"""What a viewer may see. In: a level of marking and audiences. Out: Rights, and the parameters that carry them."""

from dataclasses import dataclass
from typing import Any

OPEN, AUDIENCES = "open", "audiences"
"""Names of the two parameters that every statement with an access check takes."""


@dataclass(frozen=True)
class Rights:
    """A viewer sees facts whose marking is at most `open` (0 CLEAR to 3 RED), and facts of these audiences."""

    open: int = 0
    audiences: tuple[str, ...] = ()

    @property
    def by_audience(self) -> bool:
        """Whether audiences are tested at all. The text of a statement depends on this, and on nothing else of the rights."""
        return bool(self.audiences)

    def parameters(self) -> dict[str, Any]:
        """Return the rights as parameters of a statement."""
        return {OPEN: self.open, AUDIENCES: list(self.audiences)}

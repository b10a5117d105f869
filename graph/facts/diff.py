"""What a write changes. In: counts and problems. Out: Diff, which also adds up."""

from dataclasses import dataclass

from graph.facts.rows import Problem

SHOWN = 5
"""How many of the changed facts are named."""


@dataclass(frozen=True)
class Diff:
    """How many facts were (or would be) created, changed and left the same, and why rows were refused.

    `first_changed` are the ids of the first changed facts.
    """

    created: int = 0
    changed: int = 0
    same: int = 0
    first_changed: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def accepted(self) -> int:
        """How many rows were accepted."""
        return self.created + self.changed + self.same

    def __add__(self, other: "Diff") -> "Diff":
        return Diff(
            self.created + other.created,
            self.changed + other.changed,
            self.same + other.same,
            (*self.first_changed, *other.first_changed)[:SHOWN],
            (*self.problems, *other.problems),
        )

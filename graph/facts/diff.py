"""What a write changes. In: counts and problems. Out: Diff, which also adds up."""

from collections.abc import Iterable
from dataclasses import dataclass

from graph.bolt.write import Changed
from graph.facts.rows import Problem

SHOWN = 5
"""How many of the changed facts are named."""

OURS = ("key", "recordedAt", "updatedAt", "audience", "level")
"""Columns that no row states."""
OF_MONEY = ("Amount", "Currency")
DERIVED = ("Day", "FirstDay", "LastDay", "Words")
"""Ends of the names of columns that are made of another column."""


@dataclass(frozen=True)
class Loss:
    """What a changed fact lost: properties that it had and has no longer, and properties whose value is another one."""

    id: str
    gone: tuple[str, ...] = ()
    altered: tuple[str, ...] = ()

    def __str__(self) -> str:
        parts = (("lost ", self.gone), ("other values: ", self.altered))
        return f"{self.id} {'; '.join(did + ', '.join(names) for did, names in parts if names)}"


def losses(first_changed: Iterable[Changed]) -> tuple[Loss, ...]:
    """Return what the first changed facts lost; a fact that only gained something is left out."""
    lost = (Loss(each.id, properties(each.gone), properties(each.altered)) for each in first_changed)
    return tuple(each for each in lost if each.gone or each.altered)


def properties(columns: Iterable[str]) -> tuple[str, ...]:
    """Return the properties that columns belong to."""
    names = {_of_money(column) for column in columns if column not in OURS and not column.startswith("_")}
    return tuple(sorted(name for name in names if not any(name == f"{of}{end}" for of in names for end in DERIVED)))


def _of_money(column: str) -> str:
    return next((column.removesuffix(end) for end in OF_MONEY if column.endswith(end)), column)


@dataclass(frozen=True)
class Diff:
    """How many facts were (or would be) created, changed and left the same, and why rows were refused.

    `first_changed` are the ids of the first changed facts, and `lost` is what the first of them lost.
    """

    created: int = 0
    changed: int = 0
    same: int = 0
    first_changed: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    lost: tuple[Loss, ...] = ()

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
            (*self.lost, *other.lost)[:SHOWN],
        )

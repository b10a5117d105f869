"""What comes into the door of writing and what is refused there. In: nothing. Out: Row, Problem, RowRefused."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Row:
    """One input record. `where` is a place that a person finds again: "visits.jsonl:12" or "rows[3]"."""

    where: str
    values: dict[str, Any]


@dataclass(frozen=True)
class Meant:
    """An id, or a name in its place, that no fact has here; and the labels that a fact at this place may have."""

    text: str
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Problem:
    """Why a row was refused: where it is, which field is wrong, and the reason.

    `code` is one of PROBLEM_CODES. `accepted` are values that would be accepted, the nearest first, if they can be listed.
    `meant` is what the nearest ids are still to be looked up for.
    """

    where: str
    field: str
    reason: str
    code: str = "INVALID"
    accepted: tuple[str, ...] = ()
    meant: Meant | None = dataclasses.field(default=None, compare=False, kw_only=True)

    def __str__(self) -> str:
        return f"{self.where} {self.field}: {self.reason}"


@dataclass(frozen=True)
class Stale(Problem):
    """The fact was changed after the writer read it: what is stored of it, its ends, and the label or type."""

    stored: Mapping[str, Any] = field(default_factory=dict, compare=False)
    ends: tuple[str, str] = ("", "")
    of: str = ""


class RowRefused(Exception):
    """A row is wrong: for each problem the field, the reason, a code unless it is INVALID, and values that are accepted."""

    def __init__(
        self, *problems: tuple[str, str] | tuple[str, str, str] | tuple[str, str, str, tuple[str, ...]]
    ) -> None:
        super().__init__(problems)
        self.problems = problems

    def at(self, where: str) -> list[Problem]:
        """Return the problems of the row at this place."""
        return [Problem(where, *problem) for problem in self.problems]

"""What a mapping makes of a record. In: nothing. Out: Mapped, and Mapper, which makes it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from graph.facts.rows import Problem, Row
from graph.load.records import Record

OwnId = Callable[[str, str, str], str]
"""Makes the id of a fact of a feed. Arguments: label, the handle of the fact in the mapping, the key of the record."""


@dataclass(frozen=True)
class Mapped:
    """The rows of one record, whose references may be `Named` where the fact is still to be matched, and its problems.

    A record with a problem gives the rows that do not depend on it.
    """

    where: str
    key: str
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()


class Mapper(Protocol):
    """Turns records into rows."""

    @property
    def feed(self) -> str:
        """Return the name of the feed."""
        ...

    @property
    def digest(self) -> str:
        """Return what changes with everything that changes the rows."""
        ...

    def key(self, record: Record) -> str | Problem:
        """Return what tells a record from the others of its feed, or why it has no key."""
        ...

    def rows(self, record: Record, key: str, own_id: OwnId) -> Mapped:
        """Return the rows of a record."""
        ...

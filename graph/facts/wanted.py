"""What a writer states, before it is known which facts it changes. In: nothing. Out: Wanted facts, and what became of them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from graph.facts.diff import Diff


@dataclass(frozen=True)
class Within:
    """The fact of another wanted node, by its number: its id is known only once it is found or made."""

    at: int


@dataclass(frozen=True)
class WantedNode:
    """A node to change or create: the property that identifies it, and the values to set; None removes one.

    Without `key` it is created. `expected` is the time of its last change that the writer knows.
    """

    where: str
    label: str
    values: dict[str, Any] = field(hash=False)
    key: tuple[str, Any] | None = None
    expected: datetime | None = None


@dataclass(frozen=True)
class WantedRelationship:
    """A relationship to change or create, between two facts; `name` is that of its declaration."""

    where: str
    name: str
    values: dict[str, Any] = field(hash=False)
    start: str | Within | None
    end: str | Within | None
    id: str | None = None
    expected: datetime | None = None


@dataclass(frozen=True)
class WantedRemoval:
    """A fact to delete. `relationships` says that those of a node that the writer may see are to be deleted with it."""

    where: str
    id: str
    relationships: bool = False
    expected: datetime | None = None


@dataclass(frozen=True)
class WantedEnd:
    """A fact to end; `until` is the EDTF text of the last day on which it held."""

    where: str
    id: str
    until: str
    expected: datetime | None = None


@dataclass(frozen=True)
class Done:
    """What a write changed. The ids are those of the wanted nodes and relationships, None for refused ones.

    `named` are the facts that rows named by id and that were deleted or ended. `audiences` are those of the facts that are
    stored now.
    """

    diff: Diff
    nodes: tuple[str | None, ...] = ()
    relationships: tuple[str | None, ...] = ()
    ends: tuple[tuple[str, str] | None, ...] = ()
    named: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()

"""A fact on its way into the database. In: a checked row. Out: Fact, and what it needs of other facts."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Need:
    """Another fact that must exist, and the field of the row that names it."""

    field: str
    id: str


@dataclass(frozen=True)
class Only:
    """An end that takes one relationship: the node `near` may lead by `field` to one node with one of these prefixes."""

    near: str
    field: str
    forward: bool
    far: tuple[str, ...]


@dataclass(frozen=True)
class Fact:
    """A node or a relationship as it is stored; a node has neither `start` nor `end`.

    `of` is the label or type, `unique` names the properties whose value no other fact may have, and `own` says that the
    row gave a relationship an id of its own, which is not made from its ends. `apart` says that the two ends must differ, and
    `acyclic` that no circle of its type may arise. `references` names the properties that may hold ids of other facts.
    """

    where: str
    of: str
    id: str
    properties: dict[str, Any] = field(hash=False)
    needs: tuple[Need, ...] = ()
    unique: tuple[str, ...] = ()
    start: str = ""
    end: str = ""
    only: tuple[Only, ...] = ()
    own: bool = False
    apart: bool = False
    acyclic: bool = False
    references: tuple[str, ...] = ()

"""A network that is exported. In: nodes, ties and what they are of. Out: Exported, which every writer of this folder takes.

A writer goes over nodes and ties once or twice and holds none of the ties.
"""

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

Value = str | int | float | bool | tuple[str, ...] | None
"""The value of an attribute; None if it is absent. No text is empty, and no number is infinite or undefined."""
RESERVED = frozenset({"id", "label", "source", "target", "type", "weight", "start", "end", "ends", "factId"})
"""What formats and libraries call something else: an attribute of this name would be overwritten, some of them in silence."""
JOINED = "|"
"""Separates the items of a list of texts where a format has no lists; in an item it is written `\\|`, and a backslash `\\\\`."""


class Type(enum.Enum):
    """The type of an attribute; all its values have it."""

    TEXT = "A text; dates with their precision are texts too."
    TEXTS = "A list of texts."
    INTEGER = "A whole number of at most 53 bits."
    NUMBER = "A floating-point number."
    BOOLEAN = "True or false."


@dataclass(frozen=True)
class Attribute:
    """An attribute of nodes or of ties, by a name of letters and digits."""

    name: str
    type: Type


def free(name: str) -> str:
    """Return a name that an attribute may have: one that is reserved gets a line at its end."""
    return f"{name}_" if name in RESERVED else name


class Node(NamedTuple):
    """A node: its values in the order of the attributes, and the numbers of the waves in which it was in the network."""

    id: str
    values: tuple[Value, ...] = ()
    waves: tuple[int, ...] = ()


class Tie(NamedTuple):
    """A tie between two nodes, as their numbers: its values in the order of the attributes, and the number of its wave."""

    start: int
    end: int
    values: tuple[Value, ...] = ()
    wave: int | None = None


class Wave(NamedTuple):
    """A wave: the first and the last day that its date may mean, such as 2014-05-01 and 2014-05-31."""

    id: str
    first: str | None
    last: str | None


@dataclass(frozen=True)
class About:
    """What a network is of, the same for every viewer: a title, a sentence on what it shows, and facts by name.

    `licences` are the terms that the sources of its facts state; `sources` are the ids of these sources.
    """

    title: str
    caption: str
    facts: tuple[tuple[str, str], ...] = ()
    licences: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Exported:
    """A network. `label` and `type` say what nodes and ties are, such as Person and TRUSTS.

    Ids are unique; an attribute `name` of nodes is what people read. Ties are in the order of their ends: those between the same
    two nodes follow each other. They can be gone over again. Without direction, a tie is there once. `weight` names the attribute
    of ties that says how strong they are, if there is one. `waves` are given if ties are of several waves.
    """

    about: About
    label: str
    type: str
    directed: bool
    node_attributes: tuple[Attribute, ...]
    tie_attributes: tuple[Attribute, ...]
    nodes: Sequence[Node]
    ties: Iterable[Tie]
    weight: str | None = None
    waves: tuple[Wave, ...] = field(default=())

    def __post_init__(self) -> None:
        taken = RESERVED & {each.name for each in (*self.node_attributes, *self.tie_attributes)}
        if taken:
            raise ValueError(f"reserved names: {sorted(taken)}; see `free`")
        for each in (*self.node_attributes, *self.tie_attributes):
            if not (each.name.isascii() and each.name.isidentifier()):
                raise ValueError(f"{each.name!r} is no name that every format can write")

    @property
    def name_at(self) -> int | None:
        """Return which attribute of nodes is the name."""
        return next((at for at, each in enumerate(self.node_attributes) if each.name == "name"), None)

    @property
    def weight_at(self) -> int | None:
        """Return which attribute of ties is the weight."""
        return next((at for at, each in enumerate(self.tie_attributes) if each.name == self.weight), None)

    @property
    def is_weighted(self) -> bool:
        """Return whether every tie has a weight. A format that has a weight for all ties or for none asks this."""
        at = self.weight_at
        return at is not None and all(tie.values[at] is not None for tie in self.ties)

    def called(self, node: Node) -> str:
        """Return the name of a node, or its id if it has none."""
        at = self.name_at
        return node.id if at is None or node.values[at] is None else str(node.values[at])


class Lack(enum.Enum):
    """What some formats cannot hold."""

    WAVES = "ties of several waves"
    DATES = "a wave without a date"
    IDS = "such an id"
    CHARACTERS = "control characters"
    EMPTY = "a network without nodes"
    SIZE = "so many rows or so long a text"
    NUMBERS = "a whole number of more than 32 bits"


class CannotHold(Exception):
    """A format cannot hold what is in a network. Whoever asked for it is told `what` it is."""

    def __init__(self, lack: Lack, what: str) -> None:
        super().__init__(what)
        self.lack, self.what = lack, what


def joined(items: Iterable[str]) -> str:
    """Write a list of texts as one text."""
    return JOINED.join(item.replace("\\", "\\\\").replace(JOINED, "\\" + JOINED) for item in items)

"""What is read of each node, and the plan as a whole. In: nothing. Out: frozen columns, rows and the Plan.

A row is a list of columns; the shape of the answer agrees with it by position.
"""

from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from graph.question.document.values import Source
from graph.question.plan.nodes import Cut, Filter, Key, Param, Scope, Seat, Subject
from schema.language.kinds import Property


@dataclass(frozen=True)
class Read:
    """A stored property."""

    subject: Subject
    prop: Property


@dataclass(frozen=True)
class ReadKey:
    """The value of an order's key, for a cursor; `at` is its place in the order."""

    at: int
    key: Key


@dataclass(frozen=True)
class Label:
    """The label of the node."""


@dataclass(frozen=True)
class Related:
    """The one related fact; the first by id where there are several."""

    seat: Seat
    row: "Row"


@dataclass(frozen=True)
class Referred:
    """The facts whose ids a property holds, or the one."""

    seat: Seat
    row: "Row"
    one: bool


@dataclass(frozen=True)
class Listing:
    """The rows of a list: of all facts of a label, of those that a tie leads to, or (`found`) of those in the word index."""

    seat: Seat
    where: Filter
    found: Param | None = None


@dataclass(frozen=True)
class Page:
    """A page of a list, as rows."""

    listing: Listing
    order: tuple[Key, ...]
    cut: Cut
    row: "Row"


@dataclass(frozen=True)
class Total:
    """How many rows a list has over all pages."""

    listing: Listing


SPLIT = 2**20
"""Large whole numbers are added in two parts, remainders and multiples of this, so that no sum leaves 64 bits."""


class Measure(Enum):
    """What is computed of the values of one property over rows."""

    COUNT = "count"
    MIN = "min"
    MAX = "max"
    TOTAL = "total"


@dataclass(frozen=True)
class Computed:
    """One value computed over rows; COUNT has no property. TOTAL is what sums and averages are made of."""

    measure: Measure
    prop: Property | None = None


@dataclass(frozen=True)
class Common:
    """What the rows of a group have in common: a property (of a date the year), or a fact at a seat, each of many."""

    prop: Property | None = None
    seat: Seat | None = None
    row: "Row | None" = None


@dataclass(frozen=True)
class Groups:
    """The rows of a list in groups, the largest first: what is computed of each, then what it has in common."""

    listing: Listing
    common: tuple[Common, ...]
    computed: tuple[Computed, ...]
    limit: Param


@dataclass(frozen=True)
class Aggregate:
    """What is computed over all rows of a list, then its groups."""

    listing: Listing
    computed: tuple[Computed, ...]
    groups: tuple[Groups, ...]


@dataclass(frozen=True)
class Way:
    """The shortest visible path between two facts: its nodes and ties as rows over the seat `step`."""

    start: Seat
    end: Seat
    step: Seat
    ends: tuple[Param, Param]
    hops: Param
    nodes: "Row"
    ties: "Row"


@dataclass(frozen=True)
class OfTie:
    """What the path's tie itself says: its type, or the id of one of its ends."""

    what: str


@dataclass(frozen=True)
class Lookup:
    """The facts with these ids."""

    seat: Seat
    ids: Param
    many: bool
    row: "Row"


@dataclass(frozen=True)
class Lag:
    """The dates that the years from learning to use are computed from: the fact's own, and those of the facts at the seat.

    `stated` leads to outcomes for which a text states the years; `learned` says that the fact's own date is the lesson's.
    """

    seat: Seat
    stated: tuple[Seat, ...]
    learned: bool


@dataclass(frozen=True)
class ByLabel:
    """Columns that depend on the node's label."""

    rows: tuple[tuple[tuple[str, ...], "Row"], ...]


@dataclass(frozen=True)
class Paired:
    """Other facts of the same label, at the end of `by`: each of `also` leads there too, and none of `never` does."""

    by: tuple[Seat, ...]
    also: tuple[tuple[Seat, ...], ...]
    never: tuple[tuple[Seat, ...], ...]
    row: "Row"


@dataclass(frozen=True)
class Standing:
    """Whether the tie at hand was said in the next survey wave of its roster, or in the wave before.

    The seats: its wave, the roster, the other wave, the tie there, and how the two people took part in it.
    """

    wave: Seat
    roster: Seat
    other: Seat
    said: Seat
    answered: Seat
    listed: Seat
    later: bool


@dataclass(frozen=True)
class Change:
    """How the ties of a survey wave compare with those of the wave before, of the same roster.

    The seats: the roster, the other wave, who is on the list, whom they trust, and how the two took part.
    """

    roster: Seat
    other: Seat
    person: Seat
    said: Seat
    answered: Seat
    listed: Seat


@dataclass(frozen=True)
class Share:
    """Two stored numbers, of which one is a part of the other."""

    part: Property
    whole: Property


Column = (
    Read
    | ReadKey
    | Label
    | Related
    | Referred
    | Page
    | Total
    | Aggregate
    | Lookup
    | Lag
    | Paired
    | Standing
    | Change
    | Share
    | ByLabel
    | Way
    | OfTie
)

PLAIN = (Read, ReadKey, Label)
"""Columns that are values of the node or tie itself."""


@dataclass(frozen=True)
class Row:
    """What is read of one node: a list of columns."""

    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Binding:
    """How a parameter gets its value: from where, through which conversion, and how errors call it."""

    source: Source
    convert: str
    where: str
    detail: Any = field(default=None, hash=False)


@dataclass(frozen=True)
class Path:
    """The page sizes along one path of the document; their product is its cost, times what each such row counts as."""

    fields: tuple[str, ...]
    sizes: tuple[Source, ...]
    weight: int = 1


@dataclass(frozen=True)
class Span:
    """The sites of one field of the root, from the first to before the last, and the date that it asks for."""

    first: int
    last: int
    date: Param | None


@dataclass(frozen=True)
class Plan:
    """Everything to read for one operation; its columns and the shape of the answer agree by position.

    `seats` are all places that were numbered: also those of an order or a filter of which nothing is read.
    """

    row: Row
    shape: Any = field(hash=False)
    bindings: tuple[Binding, ...]
    scopes: tuple[Scope, ...]
    paths: tuple[Path, ...]
    spans: tuple[Span, ...]
    seats: tuple[Seat, ...]

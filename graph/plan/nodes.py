"""The plan's vocabulary. In: nothing. Out: frozen nodes for reads, filters, orders, pages and columns.

Values never stand in the plan: a Param names a place among the request's parameters.
"""

from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from graph.values import Source
from schema.kinds import Kind, Property
from schema.model import Route


class Subject(Enum):
    """Whose property is meant: the node's, or that of the tie that led to it."""

    NODE = "node"
    TIE = "tie"


@dataclass(frozen=True)
class Param:
    """The place of a value among the parameters."""

    index: int


@dataclass(frozen=True)
class Seat:
    """A place in the statement where a node is bound, with the tie that leads to it; access is decided here."""

    site: int
    labels: tuple[str, ...]
    route: Route | None = None
    tested: bool = True


# Filters -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class AllOf:
    """Every part holds."""

    parts: tuple["Filter", ...]


@dataclass(frozen=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple["Filter", ...]


@dataclass(frozen=True)
class Negation:
    """The part does not hold; the part is true or false, never unknown."""

    part: "Filter"


@dataclass(frozen=True)
class Compare:
    """A stored value compared with a parameter."""

    subject: Subject
    column: str
    operator: str
    param: Param


@dataclass(frozen=True)
class Missing:
    """Whether a value is missing is as the parameter says."""

    subject: Subject
    column: str
    param: Param


@dataclass(frozen=True)
class OfType:
    """The node's label is, or is not, among those of the parameter."""

    param: Param
    operator: str


@dataclass(frozen=True)
class Exists:
    """There is a visible related fact that fulfils the filter."""

    seat: Seat
    where: "Filter"


@dataclass(frozen=True)
class CountIs:
    """The number of visible related facts compares with a parameter."""

    seat: Seat
    operator: str
    param: Param


Filter = AllOf | AnyOf | Negation | Compare | Missing | OfType | Exists | CountIs
TRUE = AllOf(())


# Orders and pages --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Key:
    """One part of an order; missing values come last both ways."""

    subject: Subject
    column: str
    kind: Kind
    descending: bool = False
    nullable: bool = True


@dataclass(frozen=True)
class After:
    """Where a page begins: after these values of the order's keys; None where the cursor holds a missing value."""

    params: tuple[Param | None, ...]


@dataclass(frozen=True)
class Scope:
    """What a cursor belongs to: a kind of list with its order and filter, so that it cannot be used with another."""

    described: tuple[object, ...]
    filters: tuple[Source, ...]


# Columns -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Read:
    """A stored property."""

    subject: Subject
    prop: Property


@dataclass(frozen=True)
class ReadKey:
    """The value of an order's key, for a cursor."""

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
    """The facts whose ids a property holds."""

    seat: Seat
    subject: Subject
    prop: Property
    row: "Row"


@dataclass(frozen=True)
class Page:
    """A page of a list: of all facts of a label, or of those that a tie leads to."""

    seat: Seat
    where: Filter
    order: tuple[Key, ...]
    after: After | None
    limit: Param
    row: "Row"


@dataclass(frozen=True)
class Total:
    """How many facts a list has over all pages."""

    seat: Seat
    where: Filter


@dataclass(frozen=True)
class Lookup:
    """The facts with these ids."""

    seat: Seat
    ids: Param
    many: bool
    row: "Row"


@dataclass(frozen=True)
class Lag:
    """The dates that the years from learning to use are computed from: the use's, and those of the lessons at the seat."""

    seat: Seat


@dataclass(frozen=True)
class ByLabel:
    """Columns that depend on the node's label."""

    rows: tuple[tuple[tuple[str, ...], "Row"], ...]


Column = Read | ReadKey | Label | Related | Referred | Page | Total | Lookup | Lag | ByLabel


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
    """The page sizes along one path of the document; their product is its cost."""

    fields: tuple[str, ...]
    sizes: tuple[Source, ...]


@dataclass(frozen=True)
class Plan:
    """Everything to read for one operation; its columns and the shape of the answer agree by position."""

    row: Row
    shape: Any = field(hash=False)
    bindings: tuple[Binding, ...]
    scopes: tuple[Scope, ...]
    paths: tuple[Path, ...]
    dates: tuple[tuple[int, Param], ...]
    sites: int

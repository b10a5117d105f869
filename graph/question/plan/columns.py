"""What is read of each node, and the plan as a whole. In: nothing. Out: frozen columns, rows and the Plan.

A row is a list of columns; the shape of the answer agrees with it by position.
"""

from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from graph.question.document.values import Source
from graph.question.plan.nodes import CursorScope, Filter, Key, PageBounds, Param, Site, Subject
from schema.language.computed import ComputedField
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

    site: Site
    row: "Row"


@dataclass(frozen=True)
class Referenced:
    """The facts whose ids a property holds, or the one."""

    site: Site
    row: "Row"
    one: bool


@dataclass(frozen=True)
class Listing:
    """The rows of a list: the facts at a site that pass a filter. In a search, `words` holds the words to look up."""

    site: Site
    where: Filter
    words: Param | None = None


@dataclass(frozen=True)
class Page:
    """A page of a list, as rows."""

    listing: Listing
    order: tuple[Key, ...]
    cut: PageBounds
    row: "Row"


@dataclass(frozen=True)
class Total:
    """How many rows a list has over all pages."""

    listing: Listing


SPLIT = 2**20
"""Large whole numbers are added in two parts, remainders and multiples of this, so that no sum leaves 64 bits."""


class AggregateFunction(Enum):
    """What is computed of the values of one property over rows."""

    COUNT = "count"
    MIN = "min"
    MAX = "max"
    TOTAL = "total"


@dataclass(frozen=True)
class AggregateValue:
    """One value computed over rows; COUNT has no property. TOTAL is what sums and averages are made of."""

    function: AggregateFunction
    prop: Property | None = None


@dataclass(frozen=True)
class GroupKey:
    """What the rows of a group have in common: a property (of a date the year), or a fact at a site, each of many."""

    prop: Property | None = None
    site: Site | None = None
    row: "Row | None" = None


@dataclass(frozen=True)
class Groups:
    """The rows of a list in groups, the largest first: what is computed of each, then what it has in common."""

    listing: Listing
    common: tuple[GroupKey, ...]
    computed: tuple[AggregateValue, ...]
    limit: Param


@dataclass(frozen=True)
class Aggregate:
    """What is computed over all rows of a list, then its groups."""

    listing: Listing
    computed: tuple[AggregateValue, ...]
    groups: tuple[Groups, ...]


@dataclass(frozen=True)
class ShortestPath:
    """The shortest visible path between two facts: its nodes and relationships as rows over the site `step`."""

    start: Site
    end: Site
    step: Site
    ends: tuple[Param, Param]
    hops: Param
    nodes: "Row"
    relationships: "Row"


@dataclass(frozen=True)
class RelationshipPart:
    """What the path's relationship itself says: its type, or the id of one of its ends."""

    what: str


@dataclass(frozen=True)
class Lookup:
    """The facts with these ids."""

    site: Site
    ids: Param
    many: bool
    row: "Row"


@dataclass(frozen=True)
class ByLabel:
    """Columns that depend on the node's label."""

    rows: tuple[tuple[tuple[str, ...], "Row"], ...]


@dataclass(frozen=True)
class Computed:
    """A computed field with the named chains of sites that it needs; `row` is what is read of each fact that it returns."""

    field: str
    declared: ComputedField
    chains: tuple[tuple[str, tuple[Site, ...]], ...]
    row: "Row | None" = None

    @property
    def end(self) -> Site:
        """The site of the facts that it returns: the first chain leads there."""
        return self.chains[0][1][-1]


Column = (
    Read
    | ReadKey
    | Label
    | Related
    | Referenced
    | Page
    | Total
    | Aggregate
    | Lookup
    | Computed
    | ByLabel
    | ShortestPath
    | RelationshipPart
)

PLAIN = (Read, ReadKey, Label)
"""Columns that are values of the node or relationship itself."""


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
class CostTerm:
    """The page sizes along one path of the document; their product is its cost, times what each such row counts as."""

    fields: tuple[str, ...]
    sizes: tuple[Source, ...]
    weight: int = 1


@dataclass(frozen=True)
class DatedSites:
    """The sites of one field of the root, from the first to before the last, and the date that it asks for."""

    first: int
    last: int
    date: Param | None


@dataclass(frozen=True)
class Plan:
    """Everything to read for one operation; its columns and the shape of the answer agree by position.

    `sites` are all places that were numbered: also those of an order or a filter of which nothing is read.
    """

    row: Row
    shape: Any = field(hash=False)
    bindings: tuple[Binding, ...]
    scopes: tuple[CursorScope, ...]
    cost_terms: tuple[CostTerm, ...]
    dated_sites: tuple[DatedSites, ...]
    sites: tuple[Site, ...]

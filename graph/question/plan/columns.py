"""Columns, rows and the Plan: frozen values. A row is a list of columns, and shapes refer to columns by their index."""

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
    """The value of key number `at` of an order, for a cursor."""

    at: int
    key: Key


@dataclass(frozen=True)
class Label:
    """The label of the node."""


@dataclass(frozen=True)
class Related:
    """The one related fact; the first by id if there are several."""

    site: Site
    row: "Row"


@dataclass(frozen=True)
class Referenced:
    """The facts whose ids a property holds, or the one fact whose id it holds."""

    site: Site
    row: "Row"
    one: bool


@dataclass(frozen=True)
class Listing:
    """The rows of a list: the facts at a site that pass a filter. In a search, `words` holds the words to look up.

    An aggregate may take each fact once, however many relationships lead to it (`distinct`).
    """

    site: Site
    where: Filter
    words: Param | None = None
    distinct: bool = False

    @property
    def repeats(self) -> bool:
        """Whether a fact may have several rows."""
        return self.site.route is not None and self.site.route.parallel and not self.distinct


@dataclass(frozen=True)
class Page:
    """A page of a list, as rows."""

    listing: Listing
    order: tuple[Key, ...]
    bounds: PageBounds
    row: "Row"


@dataclass(frozen=True)
class Total:
    """How many rows a list has over all pages; with `certain`, how many of them certainly hold on the date."""

    listing: Listing
    certain: bool = False


SPLIT = 2**20
"""Large whole numbers are summed in two parts, remainders and multiples of this number, so that no sum exceeds 64 bits."""


class AggregateFunction(Enum):
    """What is aggregated: of all rows COUNT and DISTINCT, of one property the others. TOTAL serves sums and averages."""

    COUNT = "count"
    DISTINCT = "distinct"
    MIN = "min"
    MAX = "max"
    TOTAL = "total"


@dataclass(frozen=True)
class AggregateValue:
    """One aggregated value. COUNT and DISTINCT have no property."""

    function: AggregateFunction
    prop: Property | None = None


@dataclass(frozen=True)
class GroupKey:
    """A key of a group: a property (for a date its year), or the fact at a site. A site may give several facts for a row."""

    prop: Property | None = None
    site: Site | None = None
    row: "Row | None" = None


@dataclass(frozen=True)
class Groups:
    """A page of the groups of a list: the keys of each group, then its values, then what its cursor holds if one is asked for."""

    listing: Listing
    common: tuple[GroupKey, ...]
    computed: tuple[AggregateValue, ...]
    order: tuple[Key, ...]
    bounds: PageBounds
    cursor: bool


@dataclass(frozen=True)
class GroupCount:
    """How many groups a list has over all pages."""

    listing: Listing
    common: tuple[GroupKey, ...]


@dataclass(frozen=True)
class Aggregate:
    """The values over all rows of a list, then its groups."""

    listing: Listing
    computed: tuple[AggregateValue, ...]
    groups: tuple[Groups | GroupCount, ...]


@dataclass(frozen=True)
class ShortestPath:
    """The shortest visible path between two facts. Its nodes and relationships are rows over the site `step`."""

    start: Site
    end: Site
    step: Site
    ends: tuple[Param, Param]
    hops: Param
    nodes: "Row"
    relationships: "Row"


@dataclass(frozen=True)
class RelationshipPart:
    """The type of a path's relationship, or the id of one of its ends."""

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
    """A computed field with its named chains of sites. If it returns facts, `row` is what is read of each."""

    field: str
    declared: ComputedField
    chains: tuple[tuple[str, tuple[Site, ...]], ...]
    row: "Row | None" = None

    @property
    def end(self) -> Site:
        """The site of the facts that it returns: the first chain leads there."""
        return self.chains[0][1][-1]


@dataclass(frozen=True)
class IsSynthetic:
    """Hidden: whether the row is synthetic: its node, or the relationship that leads to it, as far as they can be."""

    node: bool
    relationship: bool


@dataclass(frozen=True)
class AnySynthetic:
    """Hidden: whether a list has a synthetic fact. With `key`, whether a fact is that its rows are grouped by."""

    listing: Listing
    key: Site | None = None


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
    | IsSynthetic
    | AnySynthetic
)

PLAIN = (Read, ReadKey, Label, IsSynthetic)
"""Columns that are values of the node or relationship itself."""


@dataclass(frozen=True)
class Row:
    """What is read of one node: a list of columns."""

    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Binding:
    """How a parameter gets its value: its source, its conversion, and the path that errors name."""

    source: Source
    convert: str
    where: str
    detail: Any = field(default=None, hash=False)


@dataclass(frozen=True)
class CostTerm:
    """One term of the cost: a weight times the page sizes on the way to a field."""

    fields: tuple[str, ...]
    sizes: tuple[Source, ...]
    weight: int = 1


@dataclass(frozen=True)
class DatedSites:
    """The sites below one root field, numbers `first` to `last - 1`, and the parameter of its date."""

    first: int
    last: int
    date: Param | None


@dataclass(frozen=True)
class SyntheticRoot:
    """A root field that sees synthetic facts: its key, its sites `first` to `last - 1`, and its columns of the root's row."""

    key: str
    first: int
    last: int
    columns: tuple[int, ...]


@dataclass(frozen=True)
class Plan:
    """What one operation reads, with the shape of its answer.

    `sites` are all numbered sites, those of filters and orders too.
    """

    row: Row
    shape: Any = field(hash=False)
    bindings: tuple[Binding, ...]
    scopes: tuple[CursorScope, ...]
    cost_terms: tuple[CostTerm, ...]
    dated_sites: tuple[DatedSites, ...]
    synthetic_roots: tuple[SyntheticRoot, ...]
    sites: tuple[Site, ...]

"""The plan's vocabulary. In: nothing. Out: frozen nodes for sites, filters, orders and pages.

A plan holds no values. A Param is the number of one of the request's parameters.
"""

from dataclasses import dataclass
from enum import Enum

from graph.question.document.values import Source
from schema.language.declare import RelationshipSpec
from schema.language.kinds import Kind, Property
from schema.language.operators import Operator
from schema.model import Model, Route


class Subject(Enum):
    """Whose property is meant: the node's, or that of the relationship that leads to it."""

    NODE = "node"
    RELATIONSHIP = "relationship"


@dataclass(frozen=True)
class Param:
    """The number of a parameter. `high` says that it is a text that is compared by code points, see `codepoints`."""

    index: int
    high: bool = False


@dataclass(frozen=True)
class HeldId:
    """A property that holds ids of other facts: of the near node, or of the relationship that leads to it."""

    subject: Subject
    column: str


@dataclass(frozen=True)
class Site:
    """A place in the statement where a node is bound, together with the relationship that leads to it.

    Access and dates are decided for each site. The relationship is that of a `route`, or any of the declarations `through`
    (on a path). A site has none if its id is `held` by another fact, or if it is reached `over` any number of steps.
    The node of a `bound` site is the node at another site.
    """

    number: int
    labels: tuple[str, ...]
    route: Route | None = None
    tested: bool = True
    through: tuple[RelationshipSpec, ...] = ()
    held: HeldId | None = None
    over: "Site | None" = None
    bound: "Site | None" = None

    @property
    def relationships(self) -> tuple[RelationshipSpec, ...]:
        """The declarations of the relationship that leads here; none at the root."""
        return self.through if self.route is None else (self.route.relationship,)

    @property
    def has_marked_relationship(self) -> bool:
        """Whether the relationship may be anything but CLEAR and real. Kinds that are always CLEAR are not tested."""
        return any(not spec.always_clear for spec in self.relationships)

    def has_marked_node(self, model: Model) -> bool:
        """Whether the node may be anything but CLEAR and real."""
        return any(not model.concepts[label].always_clear for label in self.labels)

    @property
    def many(self) -> bool:
        """Whether one fact at the near end may have several here."""
        return self.route is not None and not self.route.one


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
    """The part does not hold. The part is rendered as true or false, never as unknown (null)."""

    part: "Filter"


@dataclass(frozen=True)
class Compare:
    """A stored value compared with a parameter."""

    subject: Subject
    column: str
    operator: Operator
    param: Param


@dataclass(frozen=True)
class IsNull:
    """The value is absent if the parameter is true, and present if it is false."""

    subject: Subject
    column: str
    param: Param


@dataclass(frozen=True)
class HasLabel:
    """The node's label is, or is not, among the labels in the parameter."""

    param: Param
    operator: Operator


@dataclass(frozen=True)
class IsOf:
    """The node has a label."""

    label: str


@dataclass(frozen=True)
class Exists:
    """A visible related fact passes the filter."""

    site: Site
    where: "Filter"


@dataclass(frozen=True)
class CountCompare:
    """The number of visible related facts compares with a parameter."""

    site: Site
    operator: Operator
    param: Param


@dataclass(frozen=True)
class Named:
    """A fact that a filter names: the node at a site, or the relationship that leads there. `dates` are its dates."""

    name: str
    subject: Subject
    site: Site
    dates: tuple[Property, ...] = ()


@dataclass(frozen=True)
class Same:
    """The node or the relationship is the one that another filter names."""

    subject: Subject
    named: Named


@dataclass(frozen=True)
class CompareDates:
    """A date of the node or of the relationship is surely before, or surely after, a date of a named fact."""

    subject: Subject
    column: str
    operator: Operator
    named: Named
    named_column: str


@dataclass(frozen=True)
class HasWords:
    """Every word of the parameter is the beginning of a word in these columns of folded text, taken together."""

    subject: Subject
    columns: tuple[str, ...]
    words: Param


Filter = (
    AllOf
    | AnyOf
    | Negation
    | Compare
    | IsNull
    | HasLabel
    | Exists
    | CountCompare
    | HasWords
    | IsOf
    | Same
    | CompareDates
)
TRUE = AllOf(())


# Orders and pages --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class StoredValue:
    """A stored value of the row itself."""

    subject: Subject
    column: str


@dataclass(frozen=True)
class OfRelated:
    """A value of the one fact at a site; null if there is none."""

    site: Site
    value: "KeyValue"


@dataclass(frozen=True)
class CountOf:
    """How many visible related facts there are that pass a filter."""

    site: Site
    where: Filter = TRUE


@dataclass(frozen=True)
class RankOf:
    """How well a fact matches a phrase: 0 if one of its texts is the phrase, 1 if one begins with it, else 2."""

    columns: tuple[str, ...]
    exact: Param
    begins: Param


@dataclass(frozen=True)
class OfGroup:
    """A value of a group: number `at` of its keys and then its values. `name` describes it; a sum may stand for its `mean`."""

    at: int
    name: str
    mean: bool = False


KeyValue = StoredValue | OfRelated | CountOf | RankOf | OfGroup


@dataclass(frozen=True)
class Key:
    """One part of an order. Absent values come last in both directions."""

    value: KeyValue
    kind: Kind
    descending: bool = False
    nullable: bool = True
    indexed: bool = False

    @property
    def column(self) -> str | None:
        """The stored column; None if the value is computed."""
        return self.value.column if isinstance(self.value, StoredValue) else None


@dataclass(frozen=True)
class Position:
    """Where a cursor points: a parameter for each key of the order, or None if the cursor holds an absent value."""

    params: tuple[Param | None, ...]


@dataclass(frozen=True)
class PageBounds:
    """The part of a list that is read: between two positions, and how many rows from its beginning or its end."""

    limit: Param
    after: Position | None = None
    before: Position | None = None
    backward: bool = False


@dataclass(frozen=True)
class CursorScope:
    """The list that a cursor is accepted by: its type, order, filter and date."""

    described: tuple[object, ...]
    filters: tuple[Source, ...]

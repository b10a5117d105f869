"""The plan's vocabulary. In: nothing. Out: frozen nodes for sites, filters, orders and pages.

Values never stand in the plan: a Param names a place among the request's parameters.
"""

from dataclasses import dataclass
from enum import Enum

from graph.question.document.values import Source
from schema.language.declare import RelationshipSpec
from schema.language.kinds import Kind
from schema.language.operators import Operator
from schema.model import Route


class Subject(Enum):
    """Whose property is meant: the node's, or that of the relationship that led to it."""

    NODE = "node"
    RELATIONSHIP = "relationship"


@dataclass(frozen=True)
class Param:
    """The place of a value among the parameters; `high` says that it is a text whose comparison needs care."""

    index: int
    high: bool = False


@dataclass(frozen=True)
class HeldId:
    """A property that holds ids: of the node near by, or of the relationship that led there."""

    subject: Subject
    column: str


@dataclass(frozen=True)
class Site:
    """A place in the statement where a node is bound, together with the relationship that leads to it.

    Access and dates are decided for each site. The relationship is that of a `route`, or any of the declarations `through`
    (on a path). A site has none if its id is `held` by another fact, or if it is reached `over` any number of steps.
    """

    number: int
    labels: tuple[str, ...]
    route: Route | None = None
    tested: bool = True
    through: tuple[RelationshipSpec, ...] = ()
    held: HeldId | None = None
    over: "Site | None" = None

    @property
    def relationships(self) -> tuple[RelationshipSpec, ...]:
        """Declarations of the relationship that leads here; none at the root."""
        return self.through if self.route is None else (self.route.relationship,)

    @property
    def many(self) -> bool:
        """Whether several facts may stand here for one at the near end."""
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
    """The part does not hold; the part is true or false, never unknown."""

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
    """Whether a value is missing is as the parameter says."""

    subject: Subject
    column: str
    param: Param


@dataclass(frozen=True)
class HasLabel:
    """The node's label is, or is not, among those of the parameter."""

    param: Param
    operator: Operator


@dataclass(frozen=True)
class Exists:
    """There is a visible related fact that fulfils the filter."""

    site: Site
    where: "Filter"


@dataclass(frozen=True)
class CountCompare:
    """The number of visible related facts compares with a parameter."""

    site: Site
    operator: Operator
    param: Param


@dataclass(frozen=True)
class HasWords:
    """Every word of the parameter begins a word of these columns of folded texts, taken together."""

    subject: Subject
    columns: tuple[str, ...]
    words: Param


Filter = AllOf | AnyOf | Negation | Compare | IsNull | HasLabel | Exists | CountCompare | HasWords
TRUE = AllOf(())


# Orders and pages --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class StoredValue:
    """A stored value of the row itself."""

    subject: Subject
    column: str


@dataclass(frozen=True)
class OfRelated:
    """A value of the one fact at a site; missing where there is none."""

    site: Site
    value: "KeyValue"


@dataclass(frozen=True)
class CountOf:
    """How many visible related facts there are."""

    site: Site


@dataclass(frozen=True)
class RankOf:
    """How well the texts of a found fact fit a phrase: 0 where one is the phrase, 1 where one begins with it, else 2."""

    columns: tuple[str, ...]
    exact: Param
    begins: Param


KeyValue = StoredValue | OfRelated | CountOf | RankOf


@dataclass(frozen=True)
class Key:
    """One part of an order; missing values come last both ways."""

    value: KeyValue
    kind: Kind
    descending: bool = False
    nullable: bool = True
    indexed: bool = False

    @property
    def column(self) -> str | None:
        """The stored column; None where the value is computed."""
        return self.value.column if isinstance(self.value, StoredValue) else None


@dataclass(frozen=True)
class Position:
    """A place in an order, from a cursor: a parameter for each key; None where the cursor holds a missing value."""

    params: tuple[Param | None, ...]


@dataclass(frozen=True)
class PageBounds:
    """Which part of an ordered list is read: after and before places, so many rows from its beginning or its end."""

    limit: Param
    after: Position | None = None
    before: Position | None = None
    backward: bool = False


@dataclass(frozen=True)
class CursorScope:
    """What a cursor belongs to: a kind of list with its order, filter and date, so that it fits no other."""

    described: tuple[object, ...]
    filters: tuple[Source, ...]

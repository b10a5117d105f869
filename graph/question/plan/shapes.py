"""The shape of the answer: frozen values that say which column becomes which field."""

from dataclasses import dataclass
from enum import Enum

from schema.language.computed import ComputedField
from schema.language.kinds import Kind


class Format(Enum):
    """How a stored value becomes a value of the answer."""

    PLAIN = "as it is"
    WHEN = "a When object"
    MONEY = "a Money object"
    POINT = "a Point object"
    INSTANT = "ISO 8601 text"
    MARKING = "the name of the marking"
    TEXTS = "a list; empty where missing"
    END_DAY = "the last day of what is stored as the day after it"
    SUM = "a sum of parts"
    MEAN = "a mean of parts"
    MONEY_OF_ONE = "a Money object where there is one currency"


FORMATS = {
    Kind.WHEN: Format.WHEN,
    Kind.END: Format.WHEN,
    Kind.MONEY: Format.MONEY,
    Kind.POINT: Format.POINT,
    Kind.INSTANT: Format.INSTANT,
    Kind.MARKING: Format.MARKING,
    Kind.TEXTS: Format.TEXTS,
}


@dataclass(frozen=True)
class ValueShape:
    """A property. `parts` are (response key, field) pairs if the value is an object."""

    key: str
    column: int
    format: Format
    required: bool
    parts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ComputedShape:
    """The value of a computed field; `parts` are (response key, field) pairs if it returns an object type."""

    key: str
    column: int
    declared: ComputedField
    parts: tuple[tuple[str, str], ...] | None


@dataclass(frozen=True)
class TypeShape:
    """`__typename`: a constant, or the node's label in a column."""

    key: str
    name: str | None
    column: int = -1


@dataclass(frozen=True)
class ObjectShape:
    """An object: its fields in the order of the document."""

    fields: tuple["FieldShape", ...]


@dataclass(frozen=True)
class AbstractShape:
    """An object of one of several types. `label` is the column of its label, `split` the column that depends on the label."""

    label: int
    split: int
    cases: tuple[tuple[tuple[str, ...], ObjectShape], ...]


@dataclass(frozen=True)
class RelatedShape:
    """A to-one field: a row or nothing."""

    key: str
    column: int
    of: "NodeShape"


@dataclass(frozen=True)
class ListShape:
    """A plain list of rows."""

    key: str
    column: int
    of: "NodeShape"


@dataclass(frozen=True)
class LookupShape:
    """A look-up: one by id (a list of at most one row), or `nodes` (rows in the order of the ids)."""

    key: str
    column: int
    of: "NodeShape"
    ids: int | None = None
    id_column: int = 0


@dataclass(frozen=True)
class EdgesShape:
    """`edges` of a connection: each row as an edge."""

    key: str
    of: ObjectShape


@dataclass(frozen=True)
class NodesShape:
    """`nodes` of a connection: each row as its node."""

    key: str
    of: "NodeShape"


@dataclass(frozen=True)
class CursorShape:
    """`cursor` of an edge."""

    key: str


@dataclass(frozen=True)
class SameRowShape:
    """An object made of the same row: `node` of an edge, `min` of an aggregate, `key` of a group."""

    key: str
    of: "NodeShape"


@dataclass(frozen=True)
class HighlightsShape:
    """The highlights of a search: for each label its searched properties and their columns."""

    key: str
    label: int
    texts: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]
    words: int
    parts: tuple[tuple[str, str], ...]
    ranges: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True)
class PageInfoShape:
    """`pageInfo`: (response key, field) pairs."""

    key: str
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class CountShape:
    """`totalCount`: a number in a column of the parent's row."""

    key: str
    column: int


@dataclass(frozen=True)
class PageShape:
    """A page of a list: its limit, whether an extra row is read to learn if there are more, its direction and its cursors."""

    limit: int
    extra: bool
    backward: bool
    after: bool
    before: bool


@dataclass(frozen=True)
class ConnectionShape:
    """A connection: its rows are in `column` of the parent's row, which is -1 if no rows are selected."""

    key: str
    column: int
    fields: tuple["PartShape", ...]
    cursor: tuple[int, ...]
    scope: int
    page: PageShape


NodeShape = ObjectShape | AbstractShape
PartShape = EdgesShape | NodesShape | PageInfoShape | CountShape | TypeShape | RelatedShape
FieldShape = (
    ValueShape
    | ComputedShape
    | TypeShape
    | RelatedShape
    | ListShape
    | LookupShape
    | ConnectionShape
    | CursorShape
    | SameRowShape
    | HighlightsShape
)

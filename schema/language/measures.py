"""How a measure is declared. In: its meaning, formula, source and pitfalls. Out: a field of GraphQL and a section of the docs."""

from dataclasses import dataclass

from schema.language.computed import ObjectType
from schema.language.kinds import Choice


@dataclass(frozen=True)
class Asked:
    """An argument of a measure. `type` is written as in a Python annotation; `default` holds if it is absent.

    A whole number is at least `least` and at most `most`, if `most` is given.
    """

    name: str
    type: str
    says: str
    default: object = None
    required: bool = False
    least: int = 0
    most: int | None = None


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One measure, as it is shown and explained.

    `returns` is a scalar, written as in a Python annotation, an object type, or with `many` a list of an object type.
    `says` is for somebody who knows no network analysis. `network` says which network is measured: by the direction that was
    asked for, the same without direction, the union, or what was stated. `sorts` says whether people can be sorted by it.
    """

    name: str
    returns: str | ObjectType
    many: bool = False
    says: str
    formula: str
    source: str
    library: str
    network: str
    pitfalls: str = ""
    asked: tuple[Asked, ...] = ()
    sorts: bool = True

    @property
    def type_name(self) -> str:
        """Name of the type that is returned."""
        name = self.returns if isinstance(self.returns, str) else self.returns.name
        return f"list[{name}]" if self.many else name


@dataclass(frozen=True)
class Explained:
    """How fields of a question are explained in the docs: what they mean, their formula, source and pitfalls."""

    fields: str
    says: str
    formula: str
    source: str
    pitfalls: str


@dataclass(frozen=True, kw_only=True)
class Question:
    """A field of Query that measures many facts at once. It returns an object type, or with `many` a list of it.

    `libraries` are the distributions that compute it.
    """

    name: str
    returns: ObjectType
    many: bool = False
    says: str
    asked: tuple[Asked, ...]
    explained: tuple[Explained, ...]
    libraries: tuple[str, ...] = ("citygraph",)

    @property
    def type_name(self) -> str:
        """Name of the type that is returned."""
        return f"list[{self.returns.name}]" if self.many else self.returns.name


AS_ASKED = "The network by the direction that was asked for."
WITHOUT_DIRECTION = "The ties without direction: those of people who named each other for `MUTUAL`, else the union."
UNION = "The union, whatever was asked for: two people are tied if one of them named the other."
STATED = "The ties as they were stated, with direction."
OWN = "own code"
IGRAPH = "igraph"


class CorePattern(Choice):
    """What an ideal core says of a pair of a core person and one of the periphery."""

    IGNORED = "Such pairs do not count."
    TIED = "They are tied."
    NOT_TIED = "They are not tied."

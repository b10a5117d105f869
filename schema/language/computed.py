"""How a computed field is declared: one class for each kind. In: fields, properties and words of the model. Out: frozen values.

`graph/computed` holds, for each kind, one file with what it needs, its Cypher and its value.
"""

from dataclasses import dataclass
from typing import ClassVar

from schema.language.kinds import Choice

Chain = tuple[str, ...]
"""Fields that lead from fact to fact, one after the other."""


@dataclass(frozen=True)
class ObjectField:
    """One field of an object type. `type` is a scalar, written as in a Python annotation."""

    name: str
    type: str
    description: str
    nullable: bool = False


@dataclass(frozen=True)
class ObjectType:
    """A GraphQL object type that is made for the result of computed fields."""

    name: str
    description: str
    fields: tuple[ObjectField, ...]


@dataclass(frozen=True)
class ComputedField:
    """A field that is computed from stored facts: what it returns and what it means.

    It returns a scalar (written as in a Python annotation), an object type, a word of a declared set, or facts of a concept.
    """

    returns: str | ObjectType | type[Choice]
    description: str
    facts: ClassVar[bool] = False
    """Whether a list of facts is returned."""
    dated: ClassVar[bool] = False
    """Whether it is about the day of `asOf`, which must be given."""

    @property
    def type_name(self) -> str:
        """Name of the type that is returned."""
        if isinstance(self.returns, str):
            return self.returns
        return self.returns.name if isinstance(self.returns, ObjectType) else self.returns.__name__

    @property
    def choices(self) -> type[Choice] | None:
        """The declared set of words that is returned."""
        return None if isinstance(self.returns, str | ObjectType) else self.returns


@dataclass(frozen=True, kw_only=True)
class Pairs(ComputedField):
    """Other facts of the same label that `by` leads to and each of `also` leads to as well, but none of `never`."""

    facts: ClassVar[bool] = True
    by: Chain
    also: tuple[Chain, ...] = ()
    never: tuple[Chain, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Share(ComputedField):
    """One number of a fact, `part`, divided by another, `whole`."""

    part: str
    whole: str


@dataclass(frozen=True, kw_only=True)
class YearsBetween(ComputedField):
    """Calendar years from the facts that `earlier` leads to until those that `later` leads to, by the dates they began.

    An empty chain stays at the fact itself. Without dates the years are taken from the property `years` of the facts that
    `stated` leads to. The object type that is returned has these `fields`.
    """

    fields: ClassVar[tuple[ObjectField, ...]] = (
        ObjectField("earliest", "int", "The fewest years that it may be; null where a date is open.", nullable=True),
        ObjectField("latest", "int", "The most years that it may be; null where a date is open.", nullable=True),
        ObjectField("stated", "bool", "Whether a text states the years, because it states no dates."),
    )
    earlier: Chain = ()
    later: Chain = ()
    stated: Chain
    years: str


@dataclass(frozen=True, kw_only=True)
class Size(ComputedField):
    """How many facts `members` leads to on the day of `asOf`: how many certainly, and how many possibly.

    `stated` leads to facts with the property `value`: sizes that sources state. The latest of them that had begun by the day
    is certain too. The object type that is returned has these `fields`.
    """

    fields: ClassVar[tuple[ObjectField, ...]] = (
        ObjectField("certain", "int", "At least so many: certain members, or the latest size that a source states."),
        ObjectField("possible", "int", "At most so many: members that may belong to it, and no fewer than certain."),
    )
    dated: ClassVar[bool] = True
    members: Chain
    stated: Chain
    value: str


@dataclass(frozen=True)
class Survey:
    """How the relationships that people state in survey waves are found, and what tells that somebody could have stated one.

    `roster` leads from a wave to its roster; `waves` and `people` lead from there to the waves and to the people listed.
    `said` leads from a person along the relationship, whose property `wave` holds the id of its wave. `answered` leads from
    a person to the waves answered, `listed` to the rosters that list the person. The property `consent` of `answered` must
    be one of `shown`: only then may it be told that the person did not name somebody.
    """

    roster: str
    waves: str
    people: str
    said: str
    wave: str
    answered: str
    listed: str
    consent: str
    shown: tuple[Choice, ...]


@dataclass(frozen=True, kw_only=True)
class SaidInWave(ComputedField):
    """Whether a relationship was also said in the next wave of its roster (`later`), or in the wave before."""

    survey: Survey
    later: bool
    present: Choice
    absent: Choice
    unknown: Choice


@dataclass(frozen=True, kw_only=True)
class ChangeBetweenWaves(ComputedField):
    """How many relationships were said in a wave and in the wave before, of the same roster.

    The object type that is returned has these `fields`.
    """

    fields: ClassVar[tuple[ObjectField, ...]] = (
        ObjectField("lasted", "int", "Said in both."),
        ObjectField(
            "appeared",
            "int",
            "Said in the later wave only; in the earlier one the first answered and the second was listed.",
        ),
        ObjectField(
            "ended",
            "int",
            "Said in the earlier wave only; in the later one the first answered and the second was listed.",
        ),
        ObjectField("unknown", "int", "Said in one of them; of the other wave nothing is known."),
    )
    survey: Survey

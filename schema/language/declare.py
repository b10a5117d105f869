"""Declarations of concepts, interfaces and relationships. In: classes of schema.domain. Out: frozen specs of them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, ClassVar

from schema.language.computed import ComputedField
from schema.language.kinds import Choice, Marking, Nature, Property


@cache
def upper_snake(name: str) -> str:
    """Turn a class name into the name of a relationship type: HostedBy -> HOSTED_BY."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).upper()


@cache
def kebab(name: str) -> str:
    """Turn a class name or relationship type into the prefix of its ids: ExchangeStatement -> exchange-statement."""
    return upper_snake(name).replace("_", "-").lower()


def camel(name: str) -> str:
    """Turn a label into the name of a root field: ExchangeStatement -> exchangeStatement."""
    return name[0].lower() + name[1:]


def _declared(cls: type) -> dict[str, Property]:
    """Collect the properties of a class and its bases, bases first, in the order written."""
    properties: dict[str, Property] = {}
    for base in reversed(cls.__mro__):
        for name, value in vars(base).items():
            if isinstance(value, Property):
                properties[name] = value.named(name)
    return properties


def _computed(cls: type) -> dict[str, ComputedField]:
    return {name: value for name, value in vars(cls).items() if isinstance(value, ComputedField)}


def _neighbourhood(cls: type) -> str:
    """Return the module or package of `schema.domain` that declares a class."""
    return cls.__module__.split(".")[2]


def _description(cls: type) -> str:
    if not cls.__doc__:
        raise TypeError(f"{cls.__name__} has no docstring; it is needed as the description that users read")
    return " ".join(cls.__doc__.split())


class Interface:
    """Base of every interface: properties that several concepts share. A concept implements the interfaces among its bases."""


@dataclass(frozen=True)
class Matched:
    """How the names that feeds give are matched to facts of a concept; each word names a property or a field.

    `names` hold names, and each value of `unique` belongs to one fact. `near` is a point: within `within_km` it may be the same
    fact, and beyond `apart_km` it is another. `country` and `city` lead to the places of a fact, `website` is its web address.
    A name that is equal is certain only if one of `needs` agrees. `spelled` has further names of facts by the value of the first
    property of `unique`; with it these values are names too.
    """

    names: tuple[str, ...]
    unique: tuple[str, ...] = ()
    near: str = ""
    within_km: int = 25
    apart_km: int = 100
    country: str = ""
    city: str = ""
    website: str = ""
    needs: tuple[str, ...] = ()
    spelled: Mapping[str, str] = field(default_factory=dict, hash=False)


class Concept:
    """Base of every concept: one class is one label.

    `marking` is the default of a row without a marking. `always_clear` forbids any marking but CLEAR, and synthetic facts.
    `marked` names a property and a value: a row with this value must state its marking, because no default would be safe.
    `example` is an id that errors show. `matched` says how names in feeds become facts of it; None if they do not.
    """

    nature: ClassVar[Nature]
    marking: ClassVar[Marking] = Marking.CLEAR
    always_clear: ClassVar[bool] = False
    marked: ClassVar[tuple[str, Choice] | None] = None
    plural: ClassVar[str] = ""
    example: ClassVar[str] = ""
    matched: ClassVar[Matched | None] = None


@dataclass(frozen=True)
class End:
    """One end of a relationship: the concepts that may be there, and their field that leads to the other end."""

    concepts: tuple[type[Concept], ...]
    field: str
    description: str
    one: bool = False

    @property
    def labels(self) -> tuple[str, ...]:
        """Return the labels that may be at this end."""
        return tuple(c.__name__ for c in self.concepts)


def at(*concepts: type[Concept], field: str, says: str, one: bool = False) -> End:
    """Declare an end: `field` on these concepts leads over the relationship to the other end. `Concept` stands for all of them.

    `says` describes the field; `one` promises that it leads to at most one fact.
    """
    return End(concepts, field, says, one)


class Relationship:
    """Base of every relationship: one class is one type between declared ends.

    `per` names properties that tell parallel relationships of two nodes apart; they become part of the id.
    """

    type: ClassVar[str] = ""
    nature: ClassVar[Nature]
    marking: ClassVar[Marking] = Marking.CLEAR
    always_clear: ClassVar[bool] = False
    undirected: ClassVar[bool] = False
    per: ClassVar[tuple[str, ...]] = ()
    topical: ClassVar[bool] = False
    """Whether the start is about the topics that the end is about."""
    broader: ClassVar[bool] = False
    """Whether the end is a broader subject than the start. These relationships make the hierarchy of topics."""
    to_itself: ClassVar[bool] = False
    """Whether it may lead from a fact to the same fact."""
    acyclic: ClassVar[bool] = False
    """Whether several of it, one after the other, never lead back to the fact where they began."""
    alike: ClassVar[bool] = False
    """Whether both ends are of the same concept."""
    merges: ClassVar[bool] = False
    """Whether its ends are two records of one thing."""
    start: ClassVar[End]
    end: ClassVar[End]


@dataclass(frozen=True)
class InterfaceSpec:
    """What is declared of an interface, with the labels that implement it."""

    name: str
    description: str
    properties: dict[str, Property] = field(hash=False)
    labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class ConceptSpec:
    """What is declared of a concept."""

    label: str
    description: str
    nature: Nature
    marking: Marking
    always_clear: bool
    plural: str
    neighbourhood: str
    interfaces: tuple[str, ...]
    properties: dict[str, Property] = field(hash=False)
    computed: dict[str, ComputedField] = field(hash=False)
    marked: tuple[str, Choice] | None = None
    example: str = ""
    matched: Matched | None = None

    @property
    def prefix(self) -> str:
        """Return what every id of this concept begins with, without the slash."""
        return kebab(self.label)

    @property
    def singular(self) -> str:
        """Return the name of the field of Query that gives one fact by id."""
        return camel(self.label)


@dataclass(frozen=True)
class RelationshipSpec:
    """What is declared of a relationship."""

    name: str
    type: str
    description: str
    nature: Nature
    marking: Marking
    always_clear: bool
    undirected: bool
    per: tuple[str, ...]
    topical: bool
    broader: bool
    start: End
    end: End
    neighbourhood: str
    properties: dict[str, Property] = field(hash=False)
    computed: dict[str, ComputedField] = field(hash=False)
    to_itself: bool = False
    acyclic: bool = False
    alike: bool = False
    merges: bool = False

    @property
    def prefix(self) -> str:
        """Return what every id of this relationship begins with, without the slash."""
        return kebab(self.type)


def interface_spec(cls: type[Interface], labels: tuple[str, ...]) -> InterfaceSpec:
    """Return the spec of an interface with the labels that implement it."""
    return InterfaceSpec(cls.__name__, _description(cls), _declared(cls), labels)


def interfaces_of(cls: type) -> tuple[str, ...]:
    """Return the names of the interfaces that a concept implements, in the order written."""
    return tuple(base.__name__ for base in cls.__mro__[1:] if issubclass(base, Interface) and base is not Interface)


def concept_spec(cls: type[Concept]) -> ConceptSpec:
    """Return the spec of a concept."""
    return ConceptSpec(
        label=cls.__name__,
        description=_description(cls),
        nature=cls.nature,
        marking=cls.marking,
        always_clear=cls.always_clear,
        plural=cls.plural or camel(cls.__name__) + "s",
        neighbourhood=_neighbourhood(cls),
        interfaces=interfaces_of(cls),
        properties=_declared(cls),
        computed=_computed(cls),
        marked=cls.marked,
        example=cls.example,
        matched=cls.matched,
    )


def relationship_spec(cls: type[Relationship], concepts: tuple[type[Concept], ...]) -> RelationshipSpec:
    """Return the spec of a relationship; `concepts` are those at an end that is declared for all."""
    return RelationshipSpec(
        name=cls.__name__,
        type=cls.type or upper_snake(cls.__name__),
        description=_description(cls),
        nature=cls.nature,
        marking=cls.marking,
        always_clear=cls.always_clear,
        undirected=cls.undirected,
        per=cls.per,
        topical=cls.topical,
        broader=cls.broader,
        start=_end(cls.start, concepts),
        end=_end(cls.end, concepts),
        neighbourhood=_neighbourhood(cls),
        properties=_declared(cls),
        computed=_computed(cls),
        to_itself=cls.to_itself,
        acyclic=cls.acyclic,
        alike=cls.alike,
        merges=cls.merges,
    )


def _end(end: End, concepts: tuple[type[Concept], ...]) -> End:
    return replace(end, concepts=concepts) if end.concepts == (Concept,) else end


def declared_in(module: Any, base: type) -> list[type]:
    """List the subclasses of `base` that a module itself declares, in the order written."""
    return [
        value
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, base)
        and value is not base
        and value.__module__ == module.__name__
    ]

"""Which data sets there are. In: the model. Out: a Dataset for each concept and each type of relationships."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter

from schema.derived.rows import SYSTEM
from schema.domain.evidence import COMMON
from schema.language.declare import ConceptSpec, RelationshipSpec
from schema.language.kinds import Kind, Property
from schema.model import Model

NODE, RELATIONSHIP = ("label", "id"), ("type", "id", "from", "to")
"""The first keys of a row."""


@dataclass(frozen=True)
class Dataset:
    """The facts of a concept, or of a type of relationships; a type may have several declarations.

    `name` is the label or type, `properties` those of all declarations. `depends` are the labels and types of which a write may
    change what is exported: the facts themselves, the ends of relationships, and what they refer to.
    `rank` orders data sets so that each comes after those it refers to.
    """

    name: str
    description: str
    of_relationships: bool
    neighbourhoods: tuple[str, ...]
    properties: tuple[Property, ...]
    depends: frozenset[str]
    rank: int

    @property
    def title(self) -> str:
        """Return the name as words: VISIT_SERIES and VisitSeries -> visit series."""
        if self.of_relationships:
            return self.name.replace("_", " ").lower()
        return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in self.name).strip()

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the first keys of a row."""
        return RELATIONSHIP if self.of_relationships else NODE

    @property
    def references(self) -> tuple[Property, ...]:
        """Return the properties that hold ids of other facts."""
        return tuple(prop for prop in self.properties if prop.refers_to)


@cache
def datasets(model: Model) -> dict[str, Dataset]:
    """Return every data set by name, those that others refer to first."""
    levels = _levels(model)
    nodes = [_concept(spec, levels[spec.label]) for spec in model.concepts.values()]
    types: dict[str, list[RelationshipSpec]] = {}
    for spec in model.relationships.values():
        types.setdefault(spec.type, []).append(spec)
    last = max(levels.values()) + 1
    every = [*nodes, *(_type(type_, specs, last) for type_, specs in types.items())]
    return {each.name: each for each in sorted(every, key=lambda each: (each.rank, each.name))}


def _levels(model: Model) -> dict[str, int]:
    """Return how many steps of references lead down from each concept."""
    named = {label: _targets(COMMON | spec.properties) - {label} for label, spec in model.concepts.items()}
    levels: dict[str, int] = {}
    for label in TopologicalSorter(named).static_order():
        levels[label] = max((levels[other] + 1 for other in named[label]), default=0)
    return levels


def _targets(properties: dict[str, Property]) -> set[str]:
    return {prop.refers_to for prop in properties.values() if prop.refers_to}


def _stated(specs: Iterable[ConceptSpec | RelationshipSpec]) -> dict[str, Property]:
    """Return the properties that rows state, each once."""
    every = dict(COMMON)
    for spec in specs:
        every |= spec.properties
    return {name: prop for name, prop in every.items() if name not in SYSTEM and prop.kind is not Kind.INSTANT}


def _concept(spec: ConceptSpec, rank: int) -> Dataset:
    stated = _stated([spec])
    return Dataset(
        name=spec.label,
        description=spec.description,
        of_relationships=False,
        neighbourhoods=(spec.neighbourhood,),
        properties=tuple(stated.values()),
        depends=frozenset({spec.label, *_targets(stated)}),
        rank=rank,
    )


def _type(type_: str, specs: list[RelationshipSpec], rank: int) -> Dataset:
    stated = _stated(specs)
    ends = {label for spec in specs for label in (*spec.start.labels, *spec.end.labels)}
    return Dataset(
        name=type_,
        description=" ".join(dict.fromkeys(spec.description for spec in specs)),
        of_relationships=True,
        neighbourhoods=tuple(dict.fromkeys(spec.neighbourhood for spec in specs)),
        properties=tuple(stated.values()),
        depends=frozenset({type_, *ends, *_targets(stated)}),
        rank=rank,
    )

"""The whole model in one value. In: the neighbourhood modules. Out: Model, with the routes that fields travel."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from types import ModuleType

from schema.domain import evidence, interfaces, learning, people, places, trust, visits
from schema.domain.evidence import COMMON
from schema.domain.leadership import councils, experiments, metrics, projects
from schema.language.computed import ComputedField
from schema.language.declare import (
    Concept,
    ConceptSpec,
    End,
    Interface,
    InterfaceSpec,
    Relationship,
    RelationshipSpec,
    concept_spec,
    declared_in,
    interface_spec,
    relationship_spec,
)
from schema.language.kinds import Kind, Property

LEADERSHIP: tuple[ModuleType, ...] = (councils, projects, experiments, metrics)
NEIGHBOURHOODS: tuple[ModuleType, ...] = (places, people, visits, learning, trust, *LEADERSHIP, evidence)
FACT = "Fact"
ABOUT = "about"
"""Field of a filter: the topics that a fact is about, with those above them."""


@dataclass(frozen=True)
class Route:
    """One way along a relationship, as a field of a concept: from near labels to far labels."""

    field: str
    description: str
    relationship: RelationshipSpec
    forward: bool
    one: bool
    far: tuple[str, ...]
    target: str
    far_implied: bool

    @property
    def undirected(self) -> bool:
        """Whether the tie is found from both ends."""
        return self.relationship.undirected

    @property
    def parallel(self) -> bool:
        """Whether several ties may join the same two nodes; where an end has one tie at most, they cannot."""
        return not (self.relationship.start.one or self.relationship.end.one)


@dataclass(frozen=True)
class Model:
    """Everything that is declared, by name."""

    concepts: dict[str, ConceptSpec] = field(hash=False)
    interfaces: dict[str, InterfaceSpec] = field(hash=False)
    relationships: dict[str, RelationshipSpec] = field(hash=False)
    routes: dict[str, dict[str, Route]] = field(hash=False)
    prefixes: dict[str, str] = field(hash=False)

    def properties(self, type_name: str) -> dict[str, Property]:
        """Properties of a concept or interface, the common ones first."""
        if type_name in self.concepts:
            return COMMON | self.concepts[type_name].properties
        return COMMON | self.interfaces[type_name].properties

    def computed(self, type_name: str) -> dict[str, ComputedField]:
        """Computed fields of a concept; an interface has none."""
        return self.concepts[type_name].computed if type_name in self.concepts else {}

    def computed_fields(self) -> tuple[ComputedField, ...]:
        """Every computed field: those of concepts, then those of relationships."""
        concepts = [spec.computed for spec in self.concepts.values()]
        every = [*concepts, *(spec.computed for spec in self.relationships.values())]
        return tuple(declared for computed in every for declared in computed.values())

    def held(self) -> set[str]:
        """Labels of the facts whose ids stand in lists."""
        concepts, ties = self.concepts.values(), self.relationships.values()
        declared = [COMMON, *(spec.properties for spec in concepts), *(spec.properties for spec in ties)]
        every = [prop for properties in declared for prop in properties.values()]
        return {prop.refers_to for prop in every if prop.refers_to and prop.kind is Kind.REFERENCES}

    def topical(self, type_name: str) -> tuple[Route, ...]:
        """Routes from a concept to what says which topics it is about: topics and practices."""
        routes = self.routes.get(type_name, {}).values()
        return tuple(route for route in routes if route.forward and route.relationship.topical)

    def hierarchy(self) -> tuple[RelationshipSpec, str]:
        """The relationship that leads from subjects to broader ones, and the label at its end."""
        (spec,) = (spec for spec in self.relationships.values() if spec.broader)
        (label,) = spec.end.labels
        return spec, label

    def labels(self, type_name: str) -> tuple[str, ...]:
        """Labels that a concept or interface stands for."""
        if type_name in self.concepts:
            return (type_name,)
        return self.interfaces[type_name].labels

    def relationship(self, type_: str, start: str, end: str) -> RelationshipSpec | None:
        """Declaration of a relationship type between two labels; several may share the type."""
        for spec in self.relationships.values():
            if spec.type == type_ and start in spec.start.labels and end in spec.end.labels:
                return spec
        return None

    def concept_of_id(self, fact_id: str) -> ConceptSpec | None:
        """Concept that an id belongs to, by its prefix."""
        label = self.prefixes.get(fact_id.partition("/")[0])
        return None if label is None else self.concepts[label]


def _interface_specs(concepts: dict[str, ConceptSpec]) -> dict[str, InterfaceSpec]:
    fact = InterfaceSpec(FACT, "Anything that is recorded, with its time, source and marking.", {}, tuple(concepts))
    found = {FACT: fact}
    for cls in declared_in(interfaces, Interface):
        labels = tuple(label for label, spec in concepts.items() if cls.__name__ in spec.interfaces)
        found[cls.__name__] = interface_spec(cls, labels)
    return found


def _target(labels: tuple[str, ...], specs: dict[str, InterfaceSpec]) -> str:
    """Name the type of a field: the one label, else the narrowest interface that covers them all."""
    if len(labels) == 1:
        return labels[0]
    covering = [spec for spec in specs.values() if set(labels) <= set(spec.labels)]
    return min(covering, key=lambda spec: len(spec.labels)).name


def _ends(spec: RelationshipSpec) -> Iterator[tuple[bool, End, End]]:
    yield True, spec.start, spec.end
    if not spec.undirected:
        yield False, spec.end, spec.start


def _far_labels(near: str, type_: str, forward: bool, specs: list[RelationshipSpec]) -> set[str]:
    """Every label that a relationship type can lead to from `near`, over all its declarations."""
    return {
        label
        for spec in specs
        if spec.type == type_
        for direction, here, there in _ends(spec)
        if direction is forward and near in here.labels
        for label in there.labels
    }


def _routes(specs: list[RelationshipSpec], found: dict[str, InterfaceSpec]) -> dict[str, dict[str, Route]]:
    routes: dict[str, dict[str, Route]] = {}
    for spec in specs:
        for forward, here, there in _ends(spec):
            for near in here.labels:
                known = routes.setdefault(near, {})
                if here.field in known:
                    raise TypeError(f"{near}.{here.field} is declared twice: by {spec.name} and another")
                known[here.field] = Route(
                    field=here.field,
                    description=here.description,
                    relationship=spec,
                    forward=forward,
                    one=here.one,
                    far=there.labels,
                    target=_target(there.labels, found),
                    far_implied=_far_labels(near, spec.type, forward, specs) == set(there.labels),
                )
    return routes


def build_model(modules: tuple[ModuleType, ...]) -> Model:
    """Collect what the modules declare; raise TypeError where two declarations contradict each other."""
    classes = [cls for module in modules for cls in declared_in(module, Concept)]
    concepts = {cls.__name__: concept_spec(cls) for cls in classes}
    found = _interface_specs(concepts)
    specs = [relationship_spec(cls) for module in modules for cls in declared_in(module, Relationship)]
    return Model(
        concepts=concepts,
        interfaces=found,
        relationships={spec.name: spec for spec in specs},
        routes=_routes(specs, found),
        prefixes={spec.prefix: label for label, spec in concepts.items()},
    )


@cache
def model() -> Model:
    """Return the model of the product, built once for each process."""
    return build_model(NEIGHBOURHOODS)

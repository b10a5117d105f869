"""The whole model as one value. In: the modules of schema.domain. Out: Model: concepts, relationships and their routes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from types import ModuleType

from schema.domain import evidence, interfaces, people, places, trust, visits
from schema.domain.evidence import COMMON
from schema.domain.leadership import councils, experiments, metrics, projects
from schema.domain.learning import concepts as learning_concepts
from schema.domain.learning import relationships as learning_relationships
from schema.language.computed import ComputedField
from schema.language.declare import (
    Concept,
    ConceptSpec,
    End,
    Interface,
    InterfaceSpec,
    Matched,
    Relationship,
    RelationshipSpec,
    concept_spec,
    declared_in,
    interface_spec,
    relationship_spec,
)
from schema.language.kinds import Kind, Property

LEARNING: tuple[ModuleType, ...] = (learning_concepts, learning_relationships)
LEADERSHIP: tuple[ModuleType, ...] = (councils, projects, experiments, metrics)
NEIGHBOURHOODS: tuple[ModuleType, ...] = (places, people, visits, *LEARNING, trust, *LEADERSHIP, evidence)
NAME, OTHER_NAMES = "name", "aliases"
"""A fact that is looked up by its name is found by its other names too."""
FACT = "Fact"
ABOUT = "about"
"""Field of a filter: the topics that a fact is about, with all broader topics."""

WHOLE = {Kind.INTEGER, Kind.BIG_INTEGER}
GROUPED = WHOLE | {Kind.CHOICE, Kind.MARKING, Kind.BOOLEAN, Kind.TEXT}
"""Kinds of properties whose values group facts. Dates do so by their year."""


@dataclass(frozen=True)
class Route:
    """A relationship in one direction, as a field of a concept.

    `far` are the labels at the other end and `target` the type that covers them. `one` promises at most one fact there.
    `far_implied` says that the relationship type alone decides the labels at the far end.
    """

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
        """Whether the relationship has no direction, so that it is followed from both ends."""
        return self.relationship.undirected

    @property
    def parallel(self) -> bool:
        """Whether two nodes may have several of these relationships; not if an end has at most one."""
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
        """Return the properties of a concept or interface by name, the common ones first."""
        if type_name in self.concepts:
            return COMMON | self.concepts[type_name].properties
        return COMMON | self.interfaces[type_name].properties

    def lines_of(self, type_name: str, prop: Property) -> tuple[str, ...]:
        """Return the columns of folded lines that a text is looked up in: its own, and for a name those of other names."""
        others = [self.concepts[label].properties.get(OTHER_NAMES) for label in self.labels(type_name)]
        also = {other.words for other in others if other is not None} if prop.name == NAME else set()
        return (prop.words, *sorted(also))

    def is_found_by_part(self, type_name: str, prop: Property) -> bool:
        """Whether facts are also found by a part of the folded lines of this text, which needs a text index.

        A text index makes each commit that touches it milliseconds longer, so it is made only where it is needed.
        """
        return prop.kind is Kind.TEXTS or type_name in self.matched() or type_name in self.interfaces

    def computed(self, type_name: str) -> dict[str, ComputedField]:
        """Computed fields of a concept; an interface has none."""
        return self.concepts[type_name].computed if type_name in self.concepts else {}

    def computed_fields(self) -> tuple[ComputedField, ...]:
        """Every computed field: those of concepts, then those of relationships."""
        concepts = [spec.computed for spec in self.concepts.values()]
        every = [*concepts, *(spec.computed for spec in self.relationships.values())]
        return tuple(declared for computed in every for declared in computed.values())

    def held(self) -> set[str]:
        """Return the labels that a property of kind REFERENCES refers to."""
        concepts, relationships = self.concepts.values(), self.relationships.values()
        declared = [COMMON, *(spec.properties for spec in concepts), *(spec.properties for spec in relationships)]
        every = [prop for properties in declared for prop in properties.values()]
        return {prop.refers_to for prop in every if prop.refers_to and prop.kind is Kind.REFERENCES}

    def topical(self, type_name: str) -> tuple[Route, ...]:
        """Return the routes from a concept to its topics and practices, which say what it is about."""
        routes = self.routes.get(type_name, {}).values()
        return tuple(route for route in routes if route.forward and route.relationship.topical)

    def hierarchy(self) -> tuple[RelationshipSpec, str]:
        """The relationship that leads from subjects to broader ones, and the label at its end."""
        (spec,) = (spec for spec in self.relationships.values() if spec.broader)
        (label,) = spec.end.labels
        return spec, label

    def merging(self) -> RelationshipSpec:
        """Return the relationship whose ends are two records of one thing."""
        (spec,) = (spec for spec in self.relationships.values() if spec.merges)
        return spec

    def matched(self) -> dict[str, Matched]:
        """Return by label how names become facts of a concept."""
        return {label: spec.matched for label, spec in self.concepts.items() if spec.matched}

    def group_keys(self, type_name: str) -> dict[str, Property | Route]:
        """Return what facts can be grouped by: texts, choices, whole numbers, years of dates, and related facts."""
        keys: dict[str, Property | Route] = {}
        for prop in self.properties(type_name).values():
            if prop.kind.is_date:
                keys[f"{prop.name}Year"] = prop
            elif prop.kind in GROUPED and not (prop.unique and prop.kind in WHOLE):
                keys[prop.name] = prop
        return keys | self.routes.get(type_name, {})

    def labels(self, type_name: str) -> tuple[str, ...]:
        """Return the labels of a concept (its own) or of an interface (those that implement it)."""
        if type_name in self.concepts:
            return (type_name,)
        return self.interfaces[type_name].labels

    def prefixes_of(self, type_name: str) -> tuple[str, ...]:
        """Return what the ids of a concept, or of the concepts of an interface, begin with."""
        return tuple(self.concepts[label].prefix for label in self.labels(type_name))

    def relationship(self, type_: str, start: str, end: str) -> RelationshipSpec | None:
        """Return the declaration of a relationship type between two labels: several declarations may share a type."""
        for spec in self.relationships.values():
            if spec.type == type_ and start in spec.start.labels and end in spec.end.labels:
                return spec
        return None

    def concept_of_id(self, fact_id: str) -> ConceptSpec | None:
        """Return the concept that an id belongs to, by its prefix; None if no concept has the prefix."""
        label = self.prefixes.get(fact_id.partition("/")[0])
        return None if label is None else self.concepts[label]


def _interface_specs(concepts: dict[str, ConceptSpec]) -> dict[str, InterfaceSpec]:
    says = "Anything that is recorded, with its time, sources and marking. A property is null if no source states it."
    specs = {FACT: InterfaceSpec(FACT, says, {}, tuple(concepts))}
    for cls in declared_in(interfaces, Interface):
        labels = tuple(label for label, spec in concepts.items() if cls.__name__ in spec.interfaces)
        specs[cls.__name__] = interface_spec(cls, labels)
    return specs


def _target(labels: tuple[str, ...], specs: dict[str, InterfaceSpec]) -> str:
    """Return the type of a field: the label if there is one, else the interface with the fewest labels that covers all."""
    if len(labels) == 1:
        return labels[0]
    covering = [spec for spec in specs.values() if set(labels) <= set(spec.labels)]
    return min(covering, key=lambda spec: len(spec.labels)).name


def _ends(spec: RelationshipSpec) -> Iterator[tuple[bool, End, End]]:
    yield True, spec.start, spec.end
    if not spec.undirected:
        yield False, spec.end, spec.start


def _far_labels(near: str, type_: str, forward: bool, specs: list[RelationshipSpec]) -> set[str]:
    """Return every label that a relationship type can lead to from `near`, over all declarations of the type."""
    return {
        label
        for spec in specs
        if spec.type == type_
        for direction, here, there in _ends(spec)
        if direction is forward and near in here.labels
        for label in there.labels
    }


def _routes(specs: list[RelationshipSpec], covering: dict[str, InterfaceSpec]) -> dict[str, dict[str, Route]]:
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
                    target=_target(there.labels, covering),
                    far_implied=_far_labels(near, spec.type, forward, specs) == set(there.labels),
                )
    return routes


def build_model(modules: tuple[ModuleType, ...]) -> Model:
    """Collect what the modules declare; raise TypeError if two declarations make the same field of a concept."""
    classes = [cls for module in modules for cls in declared_in(module, Concept)]
    concepts = {cls.__name__: concept_spec(cls) for cls in classes}
    interface_specs = _interface_specs(concepts)
    related = [cls for module in modules for cls in declared_in(module, Relationship)]
    specs = [relationship_spec(cls, tuple(classes)) for cls in related]
    return Model(
        concepts=concepts,
        interfaces=interface_specs,
        relationships={spec.name: spec for spec in specs},
        routes=_routes(specs, interface_specs),
        prefixes={spec.prefix: label for label, spec in concepts.items()},
    )


@cache
def model() -> Model:
    """Return the model of this product; a process builds it once."""
    return build_model(NEIGHBOURHOODS)

"""The relationships that lead to facts of one type, as one set of properties. In: routes. Out: fields of edges.

All lists of facts of one type share an edge type, a filter and an order. `graph/question/document/fitting.py` refuses a
property that the relationship of a list does not have.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from schema.derived.graphql import names
from schema.derived.graphql.registry import Field
from schema.language.computed import ComputedField
from schema.language.kinds import Property
from schema.model import Model, Route


@dataclass
class Edges:
    """What relationships have besides the common properties: each property and computed field with the types that have it."""

    properties: dict[str, Property] = field(default_factory=dict)
    computed: dict[str, ComputedField] = field(default_factory=dict)
    types: dict[str, dict[str, str]] = field(default_factory=dict)
    """For each name, the relationship types that have it, with what they say about it."""

    def add(self, route: Route) -> None:
        """Add the properties of a route's relationship. Raise TypeError if one has two meanings."""
        spec = route.relationship
        for name, prop in spec.properties.items():
            known = self.properties.setdefault(name, prop)
            if (known.kind, known.choices, known.refers_to) != (prop.kind, prop.choices, prop.refers_to):
                raise TypeError(f"relationships to {route.target} have {name} of two kinds: give one another name")
            self.properties[name] = replace(known, required=known.required and prop.required)
            self.types.setdefault(name, {})[spec.type] = prop.description
        for name, computed in spec.computed.items():
            self.computed.setdefault(name, computed)
            self.types.setdefault(name, {})[spec.type] = computed.description

    def of(self, name: str) -> str:
        """Name the relationship types that have a property."""
        return f"Of {', '.join(self.types[name])}."

    def says(self, name: str) -> str:
        """Describe a property, with the relationship types that have it."""
        by_text: dict[str, list[str]] = {}
        for type_, text in self.types[name].items():
            by_text.setdefault(text, []).append(type_)
        return " ".join(f"{', '.join(types)}: {text}" for text, types in by_text.items())


def edges(model: Model, stem: Callable[[Route], str]) -> dict[str, Edges]:
    """Collect the relationships that lead to each type, which `stem` names."""
    collected: dict[str, Edges] = {}
    for route in all_routes(model):
        collected.setdefault(stem(route), Edges()).add(route)
    return collected


def all_routes(model: Model) -> Iterable[Route]:
    """Yield every route of the model."""
    return (route for routes in model.routes.values() for route in routes.values())


def fields(edge: Edges) -> list[Field]:
    """Make the fields of an edge that its relationship adds."""
    computed = {
        name: f"list[{made.type_name}]" if made.facts else f"Optional[{made.type_name}]"
        for name, made in edge.computed.items()
    }
    stored = {name: names.output(prop) for name, prop in edge.properties.items()}
    return [Field(name, type_, edge.says(name)) for name, type_ in (stored | computed).items()]

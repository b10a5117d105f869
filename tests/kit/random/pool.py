"""What a world offers to ask for. In: a World. Out: its ids, values and texts, and the fields that lead somewhere."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from schema.model import Route, model
from tests.kit.oracle.world import Fact, World

SOME_CITIES, CITIES_WITH_TEXTS = 100, 300
ALWAYS_THERE = ("about", "sources")


@dataclass(frozen=True)
class Pool:
    """What a world offers; gathered once."""

    world: World = field(repr=False)

    @cached_property
    def values(self) -> dict[str, list[Any]]:
        """Values of every property, by its name; the parts of money by both names, as in `paidAmount`."""
        found: dict[str, list[Any]] = {}
        for fact in (*self.world.nodes.values(), *self.world.relationships.values()):
            for name, value in fact.values.items():
                parts = {name: value}
                if isinstance(value, dict) and value:
                    parts = {name + part.capitalize(): inner for part, inner in value.items()}
                for key, part in parts.items():
                    found.setdefault(key, []).append(part)
        return found

    @cached_property
    def ids(self) -> dict[str, list[str]]:
        """Ids by label. Few of the many cities have relationships: these are there three times, with some of the others."""
        ids: dict[str, list[str]] = {}
        for node in self.world.nodes.values():
            ids.setdefault(node.label, []).append(node.id)
        relationships = [each for each in self.world.relationships.values() if each.label != "InCountry"]
        busy = {end for each in relationships for end in (each.start, each.end)}
        ids["City"] = [city for city in ids["City"] if city in busy] * 3 + ids["City"][:SOME_CITIES]
        return ids

    def ids_of(self, stem: str) -> list[str]:
        """Ids that fit a label or the stem of an input type; none for a stem that several relationships share."""
        if stem.endswith("Edge"):
            return self._edges.get(stem.removesuffix("Edge"), [])
        known = model()
        type_name = max((name for name in (*known.concepts, *known.interfaces) if stem.endswith(name)), key=len)
        labels = known.labels(type_name)
        return [id_ for label in labels for id_ in self.ids.get(label, ())] or [
            f"{known.concepts[labels[0]].prefix}/not-there"
        ]

    @cached_property
    def _edges(self) -> dict[str, list[str]]:
        edges: dict[str, list[str]] = {}
        for each in self.world.relationships.values():
            edges.setdefault(each.label, []).append(each.id)
        return edges

    @cached_property
    def fields(self) -> set[tuple[str, str]]:
        """Labels and their fields that lead somewhere."""
        led = {(label, name) for label in model().concepts for name in ALWAYS_THERE}
        for label, routes in model().routes.items():
            led |= {(label, route.field) for route in routes.values() if self._leads_somewhere(label, route)}
        return led

    def _leads_somewhere(self, label: str, route: Route) -> bool:
        relationships = self.world.starting_at if route.forward else self.world.ending_at
        return any((route.relationship.name, id_) in relationships for id_ in self.ids.get(label, ()))

    @cached_property
    def texts(self) -> list[str]:
        """Texts that a search looks into."""
        nodes = [node for node in self.world.nodes.values() if node.label != "City" or "edge" in node.id]
        cities = [self.world.nodes[id_] for id_ in self.ids["City"][:CITIES_WITH_TEXTS]]
        return [text for node in (*nodes, *cities) for text in _searched(node)]


def _searched(fact: Fact) -> Iterator[str]:
    for name, prop in fact.properties.items():
        if prop.searched:
            value = fact.values.get(name) or []
            yield from [value] if isinstance(value, str) else value

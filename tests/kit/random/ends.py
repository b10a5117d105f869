"""The facts that a list leads to. In: the model. Out: an End: their type, and the relationship that leads to them.

All lists of facts of one type share their input and output types; an End knows which of their fields a list has.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from schema.domain.evidence import COMMON, ON_EDGE
from schema.language.kinds import Kind, Property
from schema.model import ABOUT, FACT, Route, model

COMBINED = ("and", "or", "not")
NAMED = ("as", "same", "on")
QUANTIFIED = ("some", "none", "every", "count")
OF_A_COUNT = ("count", "where")
"""Fields of an order below a list."""


@dataclass(frozen=True)
class End:
    """The type of facts, and the route that leads to them; `edge` means the relationship and not the fact."""

    type_name: str
    route: Route | None = None
    listed: bool = False
    edge: bool = False

    @property
    def properties(self) -> Mapping[str, Property]:
        """The properties of the fact or the relationship."""
        if self.edge:
            return COMMON | self.route.relationship.properties if self.route else {}
        return model().properties(self.type_name)

    @property
    def label(self) -> str:
        """The name of what is compared: a type, or a relationship with `Edge` behind it."""
        return f"{self.route.relationship.name}Edge" if self.edge and self.route else self.type_name

    def compared(self, names: list[str]) -> list[str]:
        """Take the names of a filter or an order that mean something here, without those that combine and name."""
        if self.edge:
            return [name for name in names if name in self.properties]
        without = (*COMBINED, *NAMED, *QUANTIFIED, *OF_A_COUNT, *([] if self.route else ["edge"]))
        return [name for name in names if name not in without]

    def shown(self, names: list[str]) -> list[str]:
        """Take the fields of an edge that an entry of the list has."""
        computed = self.route.relationship.computed if self.route else {}
        mine = {"cursor", "node", "highlights", *(ON_EDGE if self.route else ()), *computed}
        mine |= set(self.route.relationship.properties) if self.route else set()
        return [name for name in names if name in mine]

    def below(self, name: str) -> "End":
        """Return what stands under a name."""
        if name == "edge":
            return End(self.type_name, self.route, edge=True)
        route = None if self.edge else model().routes.get(self.type_name, {}).get(name)
        if route is not None:
            return End(route.target, route, listed=not route.one)
        if name == ABOUT:
            return End("Topic")
        prop = self.properties[name]
        return End(str(prop.refers_to), listed=prop.kind is Kind.REFERENCES)


ANYTHING = End(FACT)


def led_to(parent: str, field: str) -> End:
    """Return what a field of a type or of the root leads to."""
    route = model().routes.get(parent, {}).get(field)
    if route is not None:
        return End(route.target, route)
    return next((End(label) for label, spec in model().concepts.items() if spec.plural == field), ANYTHING)

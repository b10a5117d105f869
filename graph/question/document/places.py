"""What fits where in a filter or an order. In: the model, a place and a name. Out: the place below, or why it does not fit.

All lists of facts of one type share a filter and an order, so GraphQL alone takes a name where it has no meaning.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from schema.domain.evidence import COMMON
from schema.language.kinds import Kind, Property
from schema.language.operators import AS, ON, SAME
from schema.model import ABOUT, Model, Route

COMBINED = ("and", "or", "not")
OF_ANYTHING = (*COMBINED, AS, SAME)
QUANTIFIERS = ("some", "none", "every", "count")


@dataclass(frozen=True)
class Place:
    """A place in a filter or an order: the type of the facts there and the route that leads to them.

    `field` is what they stand under. `listed` says that they are a list, of which a filter says how many match. `edge` says
    that the relationship of the route is meant and not the fact; `by_type` that a filter for each type stands there.
    """

    type_name: str
    field: str
    route: Route | None = None
    listed: bool = False
    edge: bool = False
    by_type: bool = False


def misfit(model: Model, place: Place, name: str) -> str:
    """Say why a name of a filter does not fit at a place; "" if it fits."""
    if place.by_type:
        return ""
    if place.edge:
        return "" if name in OF_ANYTHING else not_of_relationship(place.route, name)
    if place.listed:
        return "" if name in QUANTIFIERS else _of_one_fact(place, name)
    if name in QUANTIFIERS and name not in model.properties(place.type_name):
        return f"`{name}` belongs to a list, and `{place.field}` is compared fact by fact: write the fields of the fact here."
    return no_relationship(place) if name == "edge" else ""


def _of_one_fact(place: Place, name: str) -> str:
    return (
        f"`{name}` stands in {', '.join(QUANTIFIERS[:-1])} of `{place.field}`. "
        f"It is a list of facts: write {{some: {{{name}: ...}}}}."
    )


def no_relationship(place: Place) -> str:
    """Say why `edge` does not fit; "" if a relationship leads to the facts of a place."""
    return (
        "" if place.route else f"`edge` compares the relationship that leads to a fact; none leads to `{place.field}`."
    )


def not_of_relationship(route: Route | None, name: str, common: Mapping[str, Property] = COMMON) -> str:
    """Say why a name is nothing that a relationship has; "" if it is. `common` are the properties of every relationship."""
    spec = route.relationship if route else None
    known = {**common, **spec.properties} if spec else {}
    computed = spec.computed if spec else {}
    if name in known or name in computed:
        return ""
    of = f"`{name}` is not a property of {spec.type}" if spec else f"`{name}` is a property of relationships"
    led = f", to which `{route.field}` leads; accepted are {', '.join(known)}." if route else ", and none leads here."
    return of + led


def inside(model: Model, place: Place, name: str) -> Place | None:
    """Return the place below a name that fits; None if a value is compared there."""
    if place.by_type:
        labels = [label for label, spec in model.concepts.items() if spec.singular == name]
        return replace(place, type_name=labels[0], by_type=False) if labels else None
    if name in COMBINED:
        return place
    if place.listed:
        return None if name == "count" else Place(place.type_name, place.field, place.route)
    if name == ON and not place.edge:
        return replace(place, by_type=True)
    if name == "edge" and not place.edge:
        return Place(place.type_name, name, place.route, edge=True)
    if not place.edge and name == ABOUT:
        return Place(model.hierarchy()[1], name)
    route = None if place.edge else model.routes.get(place.type_name, {}).get(name)
    if route is not None:
        return Place(route.target, name, route, listed=not route.one)
    properties = model.properties(place.type_name)
    if place.edge and place.route is not None:
        properties = COMMON | place.route.relationship.properties
    prop = properties.get(name)
    if prop is None or prop.refers_to is None:
        return None
    return Place(prop.refers_to, name, listed=prop.kind is Kind.REFERENCES)


COUNTED = ("count", "where")
"""Fields of an order below a list: its number, and the filter of what is counted."""


def not_of_list(name: str) -> str:
    """Say why a name of an order does not fit beside the fields of a fact; "" if it fits."""
    return f"`{name}` stands below a list of related facts, whose number it is about." if name in COUNTED else ""


def misfit_of_count(field: str, given: Sequence[str]) -> str:
    """Say why these names of an order do not fit below a list; "" if they fit."""
    if "count" in given and set(given) <= set(COUNTED):
        return ""
    return (
        f"`{field}` is a list: sort by its number, {{{field}: {{count: DESC}}}}, and say with `where` what is counted."
    )


def misfit_of_key(given: Sequence[str]) -> str:
    """Say why these names are no key of an order; "" if they are."""
    return "" if len(given) == 1 else f"A key of an order has exactly one field, not {len(given)}."

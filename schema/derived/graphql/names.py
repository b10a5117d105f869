"""Names of the derived GraphQL types. In: properties and routes of the model. Out: names as the SDL has them."""

from schema.language.declare import RelationshipSpec
from schema.language.kinds import Kind, Property
from schema.model import Route

OUTPUT = {
    Kind.ID: "ID",
    Kind.TEXT: "str",
    Kind.TEXTS: "list[str]",
    Kind.URL: "str",
    Kind.INTEGER: "int",
    Kind.BIG_INTEGER: "BigInt",
    Kind.NUMBER: "float",
    Kind.BOOLEAN: "bool",
    Kind.WHEN: "When",
    Kind.END: "When",
    Kind.INSTANT: "Instant",
    Kind.POINT: "Point",
    Kind.MONEY: "Money",
    Kind.MARKING: "Marking",
}

FILTER = {
    Kind.ID: "IdFilter",
    Kind.TEXT: "TextFilter",
    Kind.TEXTS: "TextsFilter",
    Kind.URL: "TextFilter",
    Kind.INTEGER: "IntFilter",
    Kind.BIG_INTEGER: "BigIntFilter",
    Kind.NUMBER: "FloatFilter",
    Kind.BOOLEAN: "BooleanFilter",
    Kind.WHEN: "WhenFilter",
    Kind.END: "WhenFilter",
    Kind.INSTANT: "InstantFilter",
    Kind.MONEY: "MoneyFilter",
    Kind.MARKING: "MarkingFilter",
}

ORDERED = {
    Kind.ID,
    Kind.TEXT,
    Kind.URL,
    Kind.INTEGER,
    Kind.BIG_INTEGER,
    Kind.NUMBER,
    Kind.BOOLEAN,
    Kind.WHEN,
    Kind.END,
    Kind.INSTANT,
    Kind.CHOICE,
    Kind.MARKING,
}
"""Kinds that `orderBy` accepts."""


def output(prop: Property) -> str:
    """Return the annotation of a property's field; lists and required properties are non-null."""
    if prop.kind is Kind.REFERENCES:
        return f"list[{prop.refers_to}]"
    if prop.kind is Kind.REFERENCE:
        return f"Optional[{prop.refers_to}]"
    if prop.required or prop.kind in (Kind.ID, Kind.TEXTS):
        return named(prop)
    return f"Optional[{named(prop)}]"


def named(prop: Property) -> str:
    """Return the name of the type of a property's value."""
    return prop.choices.__name__ if prop.choices else OUTPUT[prop.kind]


def filter_of(prop: Property) -> str | None:
    """Return the input type that compares a property or filters what it refers to; None if it cannot be compared."""
    if prop.refers_to:
        return where(prop.refers_to) if prop.kind is Kind.REFERENCE else list_filter(prop.refers_to)
    if prop.choices:
        return f"{prop.choices.__name__}Filter"
    plain = FILTER.get(prop.kind)
    return f"Searched{plain}" if plain and prop.searched else plain


def where(stem: str) -> str:
    """Return the input type that filters a concept, or the facts at the end of a route."""
    return f"{stem}Where"


def edge_where(route: Route) -> str:
    """Return the input type that filters the relationship of a route."""
    return f"{route.relationship.name}EdgeWhere" if route.relationship.properties else "TieEdgeWhere"


def order(stem: str) -> str:
    """Return the input type of one key of an order."""
    return f"{stem}Order"


def count_order(stem: str) -> str:
    """Return the input type that sorts by the number of related facts."""
    return f"{stem}CountOrder"


def list_filter(stem: str) -> str:
    """Return the input type that filters by a list of related facts."""
    return f"{stem}ListFilter"


def stem(route: Route) -> str:
    """Return what the names of a route's connection, edge, filter and order types begin with."""
    relationship: RelationshipSpec = route.relationship
    return f"{relationship.name}{route.target}" if relationship.properties else f"{route.target}Tie"

"""What the derived GraphQL types are called. In: names of the model. Out: names of the SDL."""

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
    """Annotation of a property's field; lists and required properties are non-null."""
    if prop.kind is Kind.REFERENCES:
        return f"list[{prop.refers_to}]"
    if prop.kind is Kind.REFERENCE:
        return f"Optional[{prop.refers_to}]"
    if prop.required or prop.kind in (Kind.ID, Kind.TEXTS):
        return named(prop)
    return f"Optional[{named(prop)}]"


def named(prop: Property) -> str:
    """Name the type of a property's value."""
    return prop.choices.__name__ if prop.choices else OUTPUT[prop.kind]


def filter_of(prop: Property) -> str | None:
    """Input type that compares a property, or filters what it refers to; None where it cannot be compared."""
    if prop.refers_to:
        return where(prop.refers_to) if prop.kind is Kind.REFERENCE else list_filter(prop.refers_to)
    if prop.choices:
        return f"{prop.choices.__name__}Filter"
    found = FILTER.get(prop.kind)
    return f"Searched{found}" if found and prop.searched else found


def where(stem: str) -> str:
    """Input type that filters a concept, or what a route leads to."""
    return f"{stem}Where"


def edge_where(route: Route) -> str:
    """Input type that filters the relationship of a route."""
    return f"{route.relationship.name}EdgeWhere" if route.relationship.properties else "TieEdgeWhere"


def order(stem: str) -> str:
    """Input type that orders a list."""
    return f"{stem}Order"


def list_filter(stem: str) -> str:
    """Input type that filters by a relation to many."""
    return f"{stem}ListFilter"


def tie(route: Route) -> str:
    """Stem of the names of a route's connection, edge and order types."""
    relationship: RelationshipSpec = route.relationship
    return f"{relationship.name}{route.target}" if relationship.properties else f"{route.target}Tie"

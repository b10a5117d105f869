"""Names of the derived GraphQL types. In: properties and routes of the model. Out: names as the SDL has them."""

from schema.language.kinds import Kind, Property
from schema.model import FACT, Model, Route

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


MOST_IN_NAME = 5
"""How many labels an interface is named after. If a route leads to more, its facts are of type Fact."""


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
        return where(prop.refers_to)
    if prop.choices:
        return f"{prop.choices.__name__}Filter"
    plain = FILTER.get(prop.kind)
    return f"Searched{plain}" if plain and prop.searched else plain


def like(model: Model, type_name: str) -> str:
    """Return the type whose inputs and aggregates a type uses: the first interface with equal properties, or its own."""
    if type_name in model.concepts:
        return type_name
    properties = model.interfaces[type_name].properties.keys()
    return next(name for name, spec in model.interfaces.items() if spec.properties.keys() == properties)


def where(stem: str) -> str:
    """Return the input type that filters facts."""
    return f"{stem}Where"


def edge_where(stem: str) -> str:
    """Return the input type that filters the relationships that lead to facts."""
    return f"{stem}EdgeWhere"


def order(stem: str) -> str:
    """Return the input type of one key of an order."""
    return f"{stem}Order"


def connection(stem: str) -> str:
    """Return the type of a list."""
    return f"{stem}Connection"


def edge(stem: str) -> str:
    """Return the type of an entry of a list."""
    return f"{stem}Edge"


def aggregate(stem: str) -> str:
    """Return the type of an aggregate, of all facts of a list or of a group."""
    return f"{stem}Aggregate"


def group_key(stem: str) -> str:
    """Return the type of what the facts of a group have in common."""
    return f"{stem}Key"


def output_of(route: Route) -> str:
    """Return the type of the facts at the far end of a route.

    Without a declared interface closer than Fact, it is an interface of its own, named after the labels.
    """
    named = route.target != FACT or len(route.far) > MOST_IN_NAME
    return route.target if named else "Or".join(sorted(route.far))

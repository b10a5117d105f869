"""Object types, interfaces and connections. In: the model. Out: their Strawberry types."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from schema.derived.graphql import edges, names
from schema.derived.graphql.edges import Edges, all_routes
from schema.derived.graphql.registry import Argument, Field, Registry, optional
from schema.domain.evidence import ON_EDGE
from schema.language.computed import ComputedField, ObjectType
from schema.language.kinds import Property
from schema.model import FACT, Model, Route

LARGEST = "at most the server's largest page, 100 by default"
FIRST = Argument("first", optional("int"), f"Size of the page, 0 for none, {LARGEST}. 20 without `first` and `last`.")
AFTER = Argument("after", optional("str"), "Cursor: the page begins after it. Give `endCursor` of the page before.")
LAST = Argument(
    "last", optional("int"), f"Size of the page at the end of the list, {LARGEST}. Not together with `first`."
)
BEFORE = Argument("before", optional("str"), "Cursor: the page ends before it. Give `startCursor` of the page after.")
PAGING = (FIRST, AFTER, LAST, BEFORE)
AS_OF = Argument(
    "asOf",
    optional("Edtf"),
    "Answers as of this date: it holds for every fact, relationship and count below. A year or a month means its last day.",
)
SYNTHETIC = Argument(
    "synthetic", optional("bool"), "Whether made-up facts are seen too; if absent, the server's setting."
)
ROOT = (AS_OF, SYNTHETIC)
"""The arguments of a root field that hold for everything below it."""


CONNECTION_SAYS = {
    "cursor": "The position of this entry in the list, for `after` and `before`.",
    "node": "The fact.",
    "edges": "The entries: each fact with its cursor and the data of its relationship.",
    "nodes": "The facts of the entries.",
    "pageInfo": "The position of the page in the list.",
    "totalCount": "Number of entries on all pages together; counted only if selected.",
    "certainCount": "How many of them certainly hold on the day of `asOf`, which must be given.",
    "aggregate": "Counts, extremes, averages, sums and groups over all entries that match `where`, on all pages.",
}
DISTINCT_SAYS = "Takes each fact once, however many entries it has in the list."


def values(registry: Registry) -> None:
    """Make the types of values that have parts."""
    registry.object(
        "When",
        "A date that may be uncertain: a day, a month, a year or a period.",
        [
            Field("text", "str", "The date as written, EDTF."),
            Field("earliest", optional("Day"), "The first day that it may mean; null if its beginning is open."),
            Field("latest", optional("Day"), "The last day that it may mean; null if its end is open."),
        ],
    )
    registry.object(
        "Money",
        "An amount of money.",
        [
            Field("amount", "BigInt", "The amount in whole units of the currency."),
            Field("currency", "str", "The currency code, ISO 4217."),
        ],
    )
    registry.object(
        "Point",
        "A place on the globe, WGS 84.",
        [
            Field("latitude", "float", "Degrees north of the equator."),
            Field("longitude", "float", "Degrees east of Greenwich."),
        ],
    )
    registry.object(
        "PageInfo",
        "The position of a page in its list.",
        [
            Field("hasNextPage", "bool", "Whether entries follow this page; with `last`: whether `before` was given."),
            Field(
                "hasPreviousPage",
                "bool",
                "Whether `after` was given; with `last`: whether entries come before this page.",
            ),
            Field("startCursor", optional("str"), "Cursor of the first entry; null if the page is empty."),
            Field("endCursor", optional("str"), "Cursor of the last entry; null if the page is empty."),
        ],
    )


def computed_values(registry: Registry, model: Model) -> None:
    """Make the object types that computed fields return."""
    returned = [declared.returns for declared in model.computed_fields()]
    for made in dict.fromkeys(each for each in returned if isinstance(each, ObjectType)):
        fields = [
            Field(part.name, optional(part.type) if part.nullable else part.type, part.description)
            for part in made.fields
        ]
        registry.object(made.name, made.description, fields)


def property_fields(properties: dict[str, Property], inherited: Collection[str] = ()) -> list[Field]:
    """Make the fields that show properties. The text of an inherited one stands on the interface."""
    return [
        Field(prop.name, names.output(prop), None if prop.name in inherited else prop.description)
        for prop in properties.values()
    ]


def edge_fields() -> list[Field]:
    """Make the fields of an edge that every relationship has. Their texts stand on the interface of facts."""
    return [Field(name, names.output(prop), None) for name, prop in ON_EDGE.items()]


def computed_fields(computed: dict[str, ComputedField]) -> list[Field]:
    """Make the fields that are computed from other facts."""
    return [
        Field(name, f"list[{made.type_name}]" if made.facts else optional(made.type_name), made.description)
        for name, made in computed.items()
    ]


def connection_arguments(stem: str) -> tuple[Argument, ...]:
    """Return the arguments of a list of facts that are filtered and ordered as facts of this type."""
    paging = (replace(each, description=None) for each in PAGING)
    where, order = optional(names.where(stem)), optional(f"list[{names.order(stem)}]")
    return (*paging, Argument("where", where), Argument("orderBy", order))


def _route_field(model: Model, route: Route) -> Field:
    type_ = names.output_of(route)
    says = f"{route.description} {_one_of(model, route)}".strip()
    if route.one:
        return Field(route.field, optional(type_), says)
    return Field(route.field, names.connection(type_), says, connection_arguments(names.like(model, route.target)))


def _one_of(model: Model, route: Route) -> str:
    """Say which types can stand at the far end of a route; nothing if its type says so."""
    if route.target in model.concepts or set(route.far) == set(model.labels(route.target)):
        return ""
    return f"{'It' if route.one else 'Each'} is of one of the types {_list(route.far)}."


def _list(labels: Iterable[str]) -> str:
    *others, last = (f"`{label}`" for label in labels)
    return f"{', '.join(others)} and {last}"


def interfaces(registry: Registry, model: Model) -> None:
    """Make Node, Fact, the declared interfaces, and those of routes that lead to several types."""
    registry.interface("Node", "An object with an id (Relay).", [Field("id", "ID", "Id of the fact.")])
    for name, spec in model.interfaces.items():
        above = ["Node"] if name == FACT else [*_above(model, name), FACT, "Node"]
        inherited = {prop for each in above if each != "Node" for prop in model.properties(each)}
        fields = property_fields(model.properties(name), inherited)
        registry.interface(name, spec.description, fields, above)
    for name, labels in several(model).items():
        says = f"A fact of one of several types: {_list(labels)}."
        registry.interface(name, says, property_fields(model.properties(FACT), model.properties(FACT)), [FACT, "Node"])


def several(model: Model) -> dict[str, tuple[str, ...]]:
    """Return the interfaces that are named after the labels at the ends of routes, with these labels."""
    routes = (route for route in all_routes(model) if names.output_of(route) != route.target)
    return {names.output_of(route): tuple(sorted(route.far)) for route in routes}


def _above(model: Model, name: str) -> list[str]:
    """Return the interfaces that an interface implements: the base classes of its declaration."""
    from schema.domain import interfaces as declared

    bases = vars(declared)[name].__mro__[1:]
    return [base.__name__ for base in bases if base.__name__ in model.interfaces]


def concept(registry: Registry, model: Model, label: str) -> None:
    """Make the object type of a concept."""
    spec = model.concepts[label]
    inherited = {prop for each in (FACT, *spec.interfaces) for prop in model.properties(each)}
    fields = property_fields(model.properties(label), inherited)
    fields += computed_fields(spec.computed)
    fields += [_route_field(model, route) for route in model.routes.get(label, {}).values()]
    ends = [name for name, labels in several(model).items() if label in labels]
    registry.object(label, spec.description, fields, [*spec.interfaces, *ends, FACT, "Node"])


def connection(
    registry: Registry, stem: str, of: str, edge_fields: list[Field], aggregate: str, *, described: bool = False
) -> None:
    """Make a connection and its edge. The texts of their fields stand only on one that is `described`."""

    def made(name: str, type_: str) -> Field:
        return Field(name, type_, CONNECTION_SAYS[name] if described else None)

    distinct = DISTINCT_SAYS if described else None
    edge = [made("cursor", "str"), made("node", of), *edge_fields]
    registry.object(names.edge(stem), None, edge)
    fields = [
        made("edges", f"list[{names.edge(stem)}]"),
        made("nodes", f"list[{of}]"),
        made("pageInfo", "PageInfo"),
        made("totalCount", "int"),
        made("certainCount", "int"),
        replace(made("aggregate", aggregate), arguments=(Argument("distinct", optional("bool"), distinct),)),
    ]
    registry.object(names.connection(stem), None, fields)


def list_connection(registry: Registry, of: str, like: str, edge: Edges | None) -> None:
    """Make the connection of all lists of facts of a type. Its edges have the properties of all relationships to it."""
    related = [] if edge is None else [*edge_fields(), *edges.fields(edge)]
    connection(registry, of, of, related, names.aggregate(like))

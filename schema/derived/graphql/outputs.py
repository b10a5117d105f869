"""Object types, interfaces and connections. In: the model. Out: their Strawberry types."""

from schema.derived.graphql import aggregates, names
from schema.derived.graphql.registry import Argument, Field, Registry, optional
from schema.language.computed import ComputedField, ObjectType
from schema.language.kinds import Property
from schema.model import FACT, Model, Route

LARGEST = "at most the server's largest page, 100 by default"
FIRST = Argument("first", optional("int"), f"Size of the page, {LARGEST}. 20 without `first` and `last`.")
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


def property_fields(properties: dict[str, Property]) -> list[Field]:
    """Make the fields that show properties."""
    return [Field(prop.name, names.output(prop), prop.description) for prop in properties.values()]


def computed_fields(computed: dict[str, ComputedField]) -> list[Field]:
    """Make the fields that are computed from other facts."""
    return [
        Field(name, f"list[{made.type_name}]" if made.facts else optional(made.type_name), made.description)
        for name, made in computed.items()
    ]


def connection_arguments(where: str, order: str) -> tuple[Argument, ...]:
    """Return the arguments of a list."""
    return (
        *PAGING,
        Argument("where", optional(where), "Lists the entries that match; all if absent."),
        Argument("orderBy", optional(f"list[{order}]"), "The order: at most 10 keys; by id if absent."),
    )


def _route_field(route: Route) -> Field:
    if route.one:
        return Field(route.field, optional(route.target), route.description)
    stem = names.stem(route)
    arguments = connection_arguments(names.where(stem), names.order(stem))
    return Field(route.field, f"{stem}Connection", route.description, arguments)


def interfaces(registry: Registry, model: Model) -> None:
    """Make Node, Fact and the declared interfaces."""
    registry.interface("Node", "An object with an id (Relay).", [Field("id", "ID", "Id of the fact.")])
    for name, spec in model.interfaces.items():
        above = ["Node"] if name == FACT else [*_above(model, name), FACT, "Node"]
        registry.interface(name, spec.description, property_fields(model.properties(name)), above)


def _above(model: Model, name: str) -> list[str]:
    """Return the interfaces that an interface implements: the base classes of its declaration."""
    from schema.domain import interfaces as declared

    bases = vars(declared)[name].__mro__[1:]
    return [base.__name__ for base in bases if base.__name__ in model.interfaces]


def concept(registry: Registry, model: Model, label: str) -> None:
    """Make the object type of a concept."""
    spec = model.concepts[label]
    fields = property_fields(model.properties(label))
    fields += computed_fields(spec.computed)
    fields += [_route_field(route) for route in model.routes.get(label, {}).values()]
    registry.object(label, spec.description, fields, [*spec.interfaces, FACT, "Node"])


def connection(registry: Registry, stem: str, of: str, edge_fields: list[Field], what: str) -> None:
    """Make a connection and its edge, with an aggregate if the type has one."""
    cursor = Field("cursor", "str", "The position of this entry in the list, for `after` and `before`.")
    registry.object(f"{stem}Edge", f"One entry of {what}.", [cursor, Field("node", of, "The fact."), *edge_fields])
    fields = [
        Field("edges", f"list[{stem}Edge]", "The entries: each fact with its cursor and the data of its relationship."),
        Field("nodes", f"list[{of}]", "The facts of the entries."),
        Field("pageInfo", "PageInfo", "The position of the page in the list."),
        Field("totalCount", "int", "Number of entries on all pages together; counted only if selected."),
    ]
    if aggregate := aggregates.of(registry, of):
        says = "Counts, extremes, averages, sums and groups over all entries that match `where`, on all pages."
        fields.append(Field("aggregate", aggregate, says))
    registry.object(f"{stem}Connection", f"A page of {what}.", fields)


def root_connection(registry: Registry, model: Model, label: str) -> None:
    """Make the connection of a root list."""
    connection(registry, label, label, [], f"a list of {model.concepts[label].plural}")


def relationship_connection(registry: Registry, route: Route, common: dict[str, Property]) -> None:
    """Make the connection of a route; its edges have the properties of the relationship."""
    stem = names.stem(route)
    if f"{stem}Connection" in registry.names:
        return
    fields = property_fields(common | route.relationship.properties) + computed_fields(route.relationship.computed)
    through = f" through {route.relationship.type}" if route.relationship.properties else ""
    connection(registry, stem, route.target, fields, f"a list of related facts (`{route.target}`){through}")

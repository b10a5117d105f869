"""Object types, interfaces and connections. In: the model. Out: their Strawberry types."""

from schema.derived.graphql import aggregates, names
from schema.derived.graphql.registry import Argument, Field, Registry, optional
from schema.language.computed import ComputedField, ObjectType
from schema.language.declare import kebab
from schema.language.kinds import Property
from schema.model import FACT, Model, Route

LARGEST = "at most the server's largest page, 100 by default"
FIRST = Argument("first", optional("int"), f"How many, {LARGEST}; 20 where absent.")
AFTER = Argument("after", optional("str"), "Cursor after which the list begins: `endCursor` of the page before.")
LAST = Argument("last", optional("int"), f"How many from the end of the list, {LARGEST}; not beside `first`.")
BEFORE = Argument("before", optional("str"), "Cursor before which the list ends: `startCursor` of the page after.")
PAGING = (FIRST, AFTER, LAST, BEFORE)
AS_OF = Argument(
    "asOf",
    optional("Edtf"),
    "Ask as of this date, read as its latest day: it holds for every fact, tie and count below.",
)


def values(registry: Registry) -> None:
    """Make the types of values that have parts."""
    registry.object(
        "When",
        "A date with precision.",
        [
            Field("text", "str", "The date as written, EDTF."),
            Field("earliest", optional("Day"), "The first day that it may mean; null where it is open."),
            Field("latest", optional("Day"), "The last day that it may mean; null where it is open."),
        ],
    )
    registry.object(
        "Money",
        "An amount of money.",
        [
            Field("amount", "BigInt", "The amount in whole units of the currency."),
            Field("currency", "str", "The currency, ISO 4217."),
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
        "Where a page stands in its list.",
        [
            Field(
                "hasNextPage", "bool", "Whether there is more after this page; with `last`, whether `before` is given."
            ),
            Field(
                "hasPreviousPage", "bool", "With `last`, whether there is more before; else whether `after` is given."
            ),
            Field("startCursor", optional("str"), "Cursor of the first edge; null where the page is empty."),
            Field("endCursor", optional("str"), "Cursor of the last edge; null where the page is empty."),
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
    """Make the fields of properties that are shown as they are stored."""
    return [Field(prop.name, names.output(prop), prop.description) for prop in properties.values()]


def computed_fields(computed: dict[str, ComputedField]) -> list[Field]:
    """Make the fields that are computed from other facts."""
    return [
        Field(name, f"list[{made.type_name}]" if made.facts else optional(made.type_name), made.description)
        for name, made in computed.items()
    ]


def connection_arguments(where: str, order: str) -> tuple[Argument, ...]:
    """What a list can be given."""
    return (
        *PAGING,
        Argument("where", optional(where), "Which ones to list."),
        Argument("orderBy", optional(f"list[{order}]"), "In which order, at most 10 keys; by id where absent."),
    )


def _route_field(route: Route) -> Field:
    if route.one:
        return Field(route.field, optional(route.target), route.description)
    stem = names.tie(route)
    arguments = connection_arguments(names.where(stem), names.order(stem))
    return Field(route.field, f"{stem}Connection", route.description, arguments)


def interfaces(registry: Registry, model: Model) -> None:
    """Make Node, Fact and the declared interfaces."""
    registry.interface("Node", "Whatever has an id (Relay).", [Field("id", "ID", "Id of the fact.")])
    for name, spec in model.interfaces.items():
        above = ["Node"] if name == FACT else [*_above(model, name), FACT, "Node"]
        registry.interface(name, spec.description, property_fields(model.properties(name)), above)


def _above(model: Model, name: str) -> list[str]:
    """Interfaces that an interface itself implements: those that every one of its labels implements by inheritance."""
    from schema.domain import interfaces as declared

    bases = vars(declared)[name].__mro__[1:]
    return [base.__name__ for base in bases if base.__name__ in model.interfaces]


def concept(registry: Registry, model: Model, label: str) -> None:
    """Make the type of a concept."""
    spec = model.concepts[label]
    fields = property_fields(model.properties(label))
    fields += computed_fields(spec.computed)
    fields += [_route_field(route) for route in model.routes.get(label, {}).values()]
    registry.object(label, spec.description, fields, [*spec.interfaces, FACT, "Node"])


def connection(registry: Registry, stem: str, of: str, edge_fields: list[Field], what: str) -> None:
    """Make a connection and its edge; it has an aggregate where one is made for the type."""
    cursor = Field("cursor", "str", "Where this edge stands in the list.")
    registry.object(f"{stem}Edge", f"One entry of {what}.", [cursor, Field("node", of, "The fact."), *edge_fields])
    fields = [
        Field("edges", f"list[{stem}Edge]", "The entries, with cursors and what the relationship says."),
        Field("nodes", f"list[{of}]", "The facts alone."),
        Field("pageInfo", "PageInfo", "Where the page stands in the list."),
        Field("totalCount", "int", "How many there are over all pages; counted only when asked for."),
    ]
    if aggregate := aggregates.of(registry, of):
        says = "Counts, extremes, averages, sums and groups over all that match `where`, before paging."
        fields.append(Field("aggregate", aggregate, says))
    registry.object(f"{stem}Connection", f"A page of {what}.", fields)


def root_connection(registry: Registry, model: Model, label: str) -> None:
    """Make the connection of a root list."""
    connection(registry, label, label, [], f"a list of {model.concepts[label].plural}")


def tie_connection(registry: Registry, route: Route, common: dict[str, Property]) -> None:
    """Make the connection of a route; its edges carry what the relationship says."""
    stem = names.tie(route)
    if f"{stem}Connection" in registry.names:
        return
    words = kebab(route.target).replace("-", " ")
    fields = property_fields(common | route.relationship.properties) + computed_fields(route.relationship.computed)
    through = f" through {route.relationship.type}" if route.relationship.properties else ""
    connection(registry, stem, route.target, fields, f"related facts ({words}){through}")

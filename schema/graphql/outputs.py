"""Object types, interfaces and connections. In: the model. Out: their Strawberry types."""

from schema.declare import kebab
from schema.graphql import names
from schema.graphql.registry import Argument, Field, Registry, optional
from schema.kinds import Property
from schema.model import FACT, Model, Route

FIRST = Argument("first", optional("int"), "How many at most, 1 to 100; 20 where absent.")
AFTER = Argument("after", optional("str"), "Cursor after which to begin: `endCursor` of the page before.")
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
        "LagYears",
        "Whole years between two dates, each of which may be uncertain.",
        [
            Field("earliest", optional("int"), "The fewest years that it may be; null where a date is open."),
            Field("latest", optional("int"), "The most years that it may be; null where a date is open."),
        ],
    )
    registry.object(
        "PageInfo",
        "Where a page stands in its list.",
        [
            Field("hasNextPage", "bool", "Whether there is more after this page."),
            Field("hasPreviousPage", "bool", "Whether this page begins after a cursor."),
            Field("startCursor", optional("str"), "Cursor of the first edge; null where the page is empty."),
            Field("endCursor", optional("str"), "Cursor of the last edge; null where the page is empty."),
        ],
    )


def _property_fields(properties: dict[str, Property]) -> list[Field]:
    return [Field(prop.name, names.output(prop), prop.description) for prop in properties.values()]


def _connection_arguments(where: str, order: str) -> tuple[Argument, ...]:
    return (
        FIRST,
        AFTER,
        Argument("where", optional(where), "Which ones to list."),
        Argument("orderBy", optional(f"list[{order}]"), "In which order; by id where absent."),
    )


def _route_field(route: Route) -> Field:
    if route.one:
        return Field(route.field, optional(route.target), route.description)
    stem = names.tie(route)
    arguments = _connection_arguments(names.where(route.target), f"{stem}Order")
    return Field(route.field, f"{stem}Connection", route.description, arguments)


def interfaces(registry: Registry, model: Model) -> None:
    """Make Node, Fact and the declared interfaces."""
    registry.interface("Node", "Whatever has an id (Relay).", [Field("id", "ID", "Id of the fact.")])
    for name, spec in model.interfaces.items():
        above = ["Node"] if name == FACT else [*_above(model, name), FACT, "Node"]
        registry.interface(name, spec.description, _property_fields(model.properties(name)), above)


def _above(model: Model, name: str) -> list[str]:
    """Interfaces that an interface itself implements: those that every one of its labels implements by inheritance."""
    from schema import interfaces as declared

    bases = vars(declared)[name].__mro__[1:]
    return [base.__name__ for base in bases if base.__name__ in model.interfaces]


def concept(registry: Registry, model: Model, label: str) -> None:
    """Make the type of a concept."""
    spec = model.concepts[label]
    fields = _property_fields(model.properties(label))
    fields += [Field(name, optional(made.type), made.description) for name, made in spec.derived.items()]
    fields += [_route_field(route) for route in model.routes.get(label, {}).values()]
    registry.object(label, spec.description, fields, [*spec.interfaces, FACT, "Node"])


def _connection(registry: Registry, stem: str, of: str, edge_fields: list[Field], what: str) -> None:
    cursor = Field("cursor", "str", "Where this edge stands in the list.")
    registry.object(f"{stem}Edge", f"One entry of {what}.", [cursor, Field("node", of, "The fact."), *edge_fields])
    registry.object(
        f"{stem}Connection",
        f"A page of {what}.",
        [
            Field("edges", f"list[{stem}Edge]", "The entries, with cursors and what the relationship says."),
            Field("nodes", f"list[{of}]", "The facts alone."),
            Field("pageInfo", "PageInfo", "Where the page stands in the list."),
            Field("totalCount", "int", "How many there are over all pages; counted only when asked for."),
        ],
    )


def root_connection(registry: Registry, model: Model, label: str) -> None:
    """Make the connection of a root list."""
    _connection(registry, label, label, [], f"a list of {model.concepts[label].plural}")


def tie_connection(registry: Registry, route: Route, common: dict[str, Property]) -> None:
    """Make the connection of a route; its edges carry what the relationship says."""
    stem = names.tie(route)
    if f"{stem}Connection" in registry.names:
        return
    words = kebab(route.target).replace("-", " ")
    fields = _property_fields(common | route.relationship.properties)
    through = f" through {route.relationship.type}" if route.relationship.properties else ""
    _connection(registry, stem, route.target, fields, f"related facts ({words}){through}")


def query(registry: Registry, model: Model) -> type:
    """Make the root of all questions."""
    one_id = Argument("id", "ID", "Id of the fact.")
    fields = [
        Field("node", optional("Node"), "The fact with this id; null where there is none.", (one_id, AS_OF)),
        Field(
            "nodes",
            "list[Optional[Node]]",
            "The facts with these ids, at most 100, in the order asked; null where there is none.",
            (Argument("ids", "list[ID]", "Ids of facts."), AS_OF),
        ),
    ]
    for label, spec in model.concepts.items():
        says = f"{spec.description} Found by id; null where there is none."
        fields.append(Field(spec.singular, optional(label), says, (one_id, AS_OF)))
        arguments = (*_connection_arguments(names.where(label), f"{label}Order"), AS_OF)
        fields.append(Field(spec.plural, f"{label}Connection", f"A list: {spec.description}", arguments))
    return registry.object("Query", "Everything that can be asked.", fields)

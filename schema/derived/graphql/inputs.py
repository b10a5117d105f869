"""Filters and orders. In: the model. Out: input types: a filter for each scalar, a Where and an Order for each type."""

from schema.derived.graphql import names
from schema.derived.graphql.registry import Argument, Registry, optional
from schema.language.declare import kebab
from schema.language.kinds import Choice, Kind, Property
from schema.language.operators import AMONG, AS, DATE, EQUAL, FACT, NAMED, ON, RANGE, SAME, SEARCHED, TEXT, Operator
from schema.model import ABOUT, Model, Route

NULL = "An operator that is null matches nothing; to not filter, leave it out."
ABOUT_SAYS = (
    "It is about a topic that matches, or about a topic that lies anywhere below one. A fact about a practice is also "
    "about the topics of the practice."
)
NAMED_SAYS = "A date of a fact that another filter names with `as`."
NAMES_SAYS = {
    AS: "Names the fact. The name is known in this filter and, if it is the `where` of a list, below its rows.",
    SAME: "It is the fact that another filter names so with `as`.",
}
ON_SAYS = "It is of one of these types and passes the filter of its type."
ONE_MATCHES = "Holds if there is one and it matches."

COMPARED = {
    "IdFilter": ("ID", EQUAL + AMONG),
    "TextFilter": ("str", EQUAL + AMONG + RANGE + TEXT),
    "SearchedTextFilter": ("str", EQUAL + AMONG + RANGE + TEXT + (Operator.SEARCH,)),
    "IntFilter": ("int", EQUAL + AMONG + RANGE),
    "BigIntFilter": ("BigInt", EQUAL + AMONG + RANGE),
    "FloatFilter": ("float", EQUAL + AMONG + RANGE),
    "BooleanFilter": ("bool", EQUAL),
    "WhenFilter": ("Edtf", EQUAL + RANGE),
    "InstantFilter": ("Instant", EQUAL + RANGE),
}
WHEN_SAYS = (
    "Compares a date. `eq` and `ne` compare the text as written. `lt`, `lte`, `gt` and `gte` compare days: the earliest "
    "day that the stored date may mean (the latest for `until`) with the earliest day of the value given."
)


def _operators(scalar: str, operators: tuple[Operator, ...]) -> list[Argument]:
    """Make the arguments of operators; each filter also has `isNull`."""
    return [*(_operator(scalar, operator) for operator in operators), _operator("bool", Operator.IS_NULL)]


def _operator(scalar: str, operator: Operator, says: str = "") -> Argument:
    operand = f"list[{scalar}]" if operator.takes_list else scalar
    return Argument(operator.field, optional(operand), says or operator.description)


def scalar_filters(registry: Registry) -> None:
    """Make one filter for each scalar."""
    for name, (scalar, operators) in COMPARED.items():
        if name == "WhenFilter":
            dates = [_operator("NamedDate", operator) for operator in NAMED]
            registry.input(name, f"{WHEN_SAYS} {NULL}", [*_operators(scalar, operators), *dates])
            continue
        says = "Compares a value. All operators given must hold."
        registry.input(name, f"{says} {NULL}", _operators(scalar, operators))
    parts = {
        FACT: ("str", "The name."),
        DATE: (optional("str"), "The date; the filtered date of the same name if absent."),
    }
    registry.input("NamedDate", NAMED_SAYS, [Argument(name, type_, says) for name, (type_, says) in parts.items()])
    operators_of_a_list = [
        _operator("str", Operator.HAS),
        _operator("str", Operator.HAS_PREFIX),
        _operator("bool", Operator.IS_NULL, "True: the list is empty. False: it has texts."),
    ]
    registry.input("TextsFilter", f"Compares a list of texts. {NULL}", operators_of_a_list)
    says = f"For each word given, some text of the list has a word that begins with it. {SEARCHED}"
    search = _operator("str", Operator.SEARCH, says)
    registry.input("SearchedTextsFilter", f"Compares a list of texts. {NULL}", [*operators_of_a_list, search])
    registry.input(
        "MoneyFilter",
        "Compares an amount of money.",
        [
            Argument("amount", optional("BigIntFilter"), "Compares the amount, in whole units of the currency."),
            Argument("currency", optional("TextFilter"), "Compares the currency code, ISO 4217."),
            _operator("bool", Operator.IS_NULL),
        ],
    )
    registry.input(
        "MarkingFilter",
        f"Compares a marking, from CLEAR to RED. {NULL}",
        _operators("Marking", EQUAL + AMONG + RANGE),
    )


def choice_filter(registry: Registry, choices: type[Choice]) -> None:
    """Make the filter of a declared set of words."""
    name = choices.__name__
    registry.input(f"{name}Filter", f"Compares a {name}. {NULL}", _operators(name, EQUAL + AMONG))


def _route_filter(route: Route) -> Argument:
    if route.one:
        return Argument(route.field, optional(names.where(names.stem(route))), f"{route.description} {ONE_MATCHES}")
    return Argument(route.field, optional(names.list_filter(names.stem(route))), route.description)


def _properties(properties: dict[str, Property]) -> list[Argument]:
    return [
        Argument(prop.name, optional(kind), _says(prop))
        for prop in properties.values()
        if (kind := names.filter_of(prop))
    ]


def _says(prop: Property) -> str:
    return f"{prop.description} {ONE_MATCHES}" if prop.kind is Kind.REFERENCE else prop.description


def _combined(where: str) -> list[Argument]:
    return [
        Argument("and", optional(f"list[{where}]"), "All of these hold; an empty list always holds."),
        Argument("or", optional(f"list[{where}]"), "At least one of these holds; an empty list never holds."),
        Argument("not", optional(where), "This does not hold."),
        *(Argument(name, optional("str"), says) for name, says in NAMES_SAYS.items()),
    ]


def _fact_fields(model: Model, type_name: str) -> list[Argument]:
    """List what a fact of a type can be filtered by, without `and`, `or` and `not`."""
    fields = _properties(model.properties(type_name))
    if type_name in model.interfaces:
        fields.append(Argument("type", optional("FactTypeFilter"), "The type of the fact."))
        fields.append(Argument(ON, optional("OnWhere"), ON_SAYS))
    if model.topical(type_name):
        _, subject = model.hierarchy()
        fields.append(Argument(ABOUT, optional(names.where(subject)), ABOUT_SAYS))
    return fields + [_route_filter(route) for route in model.routes.get(type_name, {}).values()]


def where_input(registry: Registry, model: Model, type_name: str) -> None:
    """Make the filter of a concept."""
    where = names.where(type_name)
    says = f"Filters facts of type `{type_name}`. All fields given must hold."
    registry.input(where, says, [*_fact_fields(model, type_name), *_combined(where)])


def relationship_where_input(registry: Registry, model: Model, route: Route, common: dict[str, Property]) -> None:
    """Make the filter of related facts: by the fact, and under `edge` by the relationship that leads to it."""
    stem, own = names.stem(route), route.relationship.properties
    if names.where(stem) in registry.names:
        return
    edge = names.edge_where(route)
    if edge not in registry.names:
        says = "Filters relationships. All fields given must hold."
        registry.input(edge, says, [*_properties(common | own), *_combined(edge)])
    where = names.where(stem)
    by_edge = Argument("edge", optional(edge), "Filters the relationship that leads to the fact.")
    says = "Filters related facts. All fields given must hold for one fact and one relationship to it."
    registry.input(where, says, [*_fact_fields(model, route.target), by_edge, *_combined(where)])
    list_filter_input(registry, stem)


def list_filter_input(registry: Registry, stem: str) -> None:
    """Make the filter by a list of related facts, which are filtered by the Where type of the same stem."""
    where = names.where(stem)
    registry.input(
        names.list_filter(stem),
        "Filters by a list of related facts. All fields given must hold.",
        [
            Argument("some", optional(where), "At least one of them matches."),
            Argument("none", optional(where), "None of them matches."),
            Argument("every", optional(where), "Each of them matches; true if there are none."),
            Argument("count", optional("IntFilter"), "Compares their number."),
        ],
    )


def on_input(registry: Registry, model: Model) -> None:
    """Make the filter by type of facts that may be of several types."""
    routes = [
        route for routes in model.routes.values() for route in routes.values() if route.target in model.interfaces
    ]
    labels = sorted({label for route in routes for label in route.far})
    fields = [
        Argument(model.concepts[label].singular, optional(names.where(label)), f"It is a `{label}` that matches.")
        for label in labels
    ]
    registry.input("OnWhere", f"Filters facts that may be of several types. {ON_SAYS}", fields)


def _keys(properties: dict[str, Property]) -> list[Argument]:
    return [
        Argument(prop.name, optional("OrderDirection"), prop.description)
        for prop in properties.values()
        if prop.kind in names.ORDERED
    ]


def _fact_keys(model: Model, type_name: str) -> list[Argument]:
    """List what facts of a type can be ordered by: properties, the properties of a to-one fact, the number of a to-many one."""
    keys = _keys(model.properties(type_name))
    for route in model.routes.get(type_name, {}).values():
        type_ = names.order(route.target) if route.one else "CountOrder"
        keys.append(Argument(route.field, optional(type_), route.description))
    return keys


def count_order_input(registry: Registry) -> None:
    """Make the order by the number of related facts."""
    says = "Sorts by the number of related facts."
    registry.input("CountOrder", says, [Argument("count", "OrderDirection", "ASC: fewest first. DESC: most first.")])


def order_input(registry: Registry, model: Model, type_name: str) -> None:
    """Make the order of a list of facts."""
    says = (
        "One key of an order: exactly one field. Entries with equal values are sorted by the next key of the list, and in "
        "the end by id, in the direction of the last key. Entries without a value come last in both directions."
    )
    registry.input(names.order(type_name), says, _fact_keys(model, type_name), one_of=True)


def relationship_order_input(registry: Registry, model: Model, route: Route, common: dict[str, Property]) -> None:
    """Make the order of a list of related facts: by the fact, or under `edge` by the relationship that leads to it."""
    stem = names.stem(route)
    edge = f"{route.relationship.name}EdgeOrder" if route.relationship.properties else "TieEdgeOrder"
    if edge not in registry.names:
        keys = _keys(common | route.relationship.properties)
        registry.input(edge, "One key of an order, by the relationship: exactly one field.", keys, one_of=True)
    if names.order(stem) in registry.names:
        return
    by_edge = Argument("edge", optional(edge), "Sorts by the relationship instead of the fact it leads to.")
    says = "One key of an order: exactly one field of the fact, or `edge` for one of the relationship."
    registry.input(names.order(stem), says, [*_fact_keys(model, route.target), by_edge], one_of=True)


def type_filter(registry: Registry, model: Model) -> None:
    """Make the enum of the types of facts and its filter."""
    values = {kebab(label).replace("-", "_").upper(): spec.description for label, spec in model.concepts.items()}
    registry.enum("FactType", "The type of a fact.", values)
    registry.input("FactTypeFilter", f"Compares the type of a fact. {NULL}", _operators("FactType", EQUAL + AMONG)[:-1])

"""Filters and orders. In: the model. Out: input types: one filter for each scalar, one where and order for each type."""

from schema.derived.graphql import names
from schema.derived.graphql.registry import Argument, Registry, optional
from schema.language.declare import kebab
from schema.language.kinds import Choice, Kind, Property
from schema.language.operators import AMONG, EQUAL, RANGE, SEARCHED, TEXT, Operator
from schema.model import ABOUT, Model, Route

NULL = "A null here matches nothing; leave the operator out to not filter."
ABOUT_SAYS = (
    "A topic matches that it is about, or a topic above that one, at whatever height; what is about a practice is about "
    "the topics of the practice."
)
ONE_MATCHES = "There is one, and it matches."

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
    "Compares a date with precision: eq and ne compare the text as written; the others compare the earliest day "
    "it may mean (of `until` the latest) with the earliest day of the value given."
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
        says = WHEN_SAYS if name == "WhenFilter" else "Compares a value. All operators given must hold."
        registry.input(name, f"{says} {NULL}", _operators(scalar, operators))
    looks = [
        _operator("str", Operator.HAS),
        _operator("bool", Operator.IS_NULL, "True: the list is empty. False: it is not."),
    ]
    registry.input("TextsFilter", f"Looks into a list of texts. {NULL}", looks)
    says = f"Each word of this text begins a word of some text of the list. {SEARCHED}"
    search = _operator("str", Operator.SEARCH, says)
    registry.input("SearchedTextsFilter", f"Looks into a list of texts. {NULL}", [*looks, search])
    registry.input(
        "MoneyFilter",
        "Compares an amount of money.",
        [
            Argument("amount", optional("BigIntFilter"), "Compares the amount, in whole units of the currency."),
            Argument("currency", optional("TextFilter"), "Compares the currency, ISO 4217."),
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
        return Argument(route.field, optional(names.where(names.tie(route))), f"{route.description} {ONE_MATCHES}")
    return Argument(route.field, optional(names.list_filter(names.tie(route))), route.description)


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
        Argument("or", optional(f"list[{where}]"), "At least one of these holds; an empty list never does."),
        Argument("not", optional(where), "This does not hold."),
    ]


def _fact_fields(model: Model, type_name: str) -> list[Argument]:
    """What a fact of a type can be filtered by, besides combinations."""
    fields = _properties(model.properties(type_name))
    if type_name in model.interfaces:
        fields.append(Argument("type", optional("FactTypeFilter"), "The type of the fact."))
    if model.topical(type_name):
        _, subject = model.hierarchy()
        fields.append(Argument(ABOUT, optional(names.where(subject)), ABOUT_SAYS))
    return fields + [_route_filter(route) for route in model.routes.get(type_name, {}).values()]


def where_input(registry: Registry, model: Model, type_name: str) -> None:
    """Make the filter of a concept."""
    where, words = names.where(type_name), kebab(type_name).replace("-", " ")
    says = f"What a {words} must fulfil. All fields given must hold."
    registry.input(where, says, [*_fact_fields(model, type_name), *_combined(where)])


def tie_where_input(registry: Registry, model: Model, route: Route, common: dict[str, Property]) -> None:
    """Make the filter of facts that a relationship leads to: of the fact, and under `edge` of the relationship."""
    stem, own = names.tie(route), route.relationship.properties
    if names.where(stem) in registry.names:
        return
    edge = names.edge_where(route)
    if edge not in registry.names:
        says = "What a relationship must fulfil. All fields given must hold."
        registry.input(edge, says, [*_properties(common | own), *_combined(edge)])
    where = names.where(stem)
    by_edge = Argument("edge", optional(edge), "What the relationship that leads to the fact must fulfil.")
    says = "What a related fact must fulfil. All fields given must hold, of one fact and one relationship to it."
    registry.input(where, says, [*_fact_fields(model, route.target), by_edge, *_combined(where)])
    list_filter_input(registry, stem)


def list_filter_input(registry: Registry, stem: str) -> None:
    """Make the filter by a relation to many, each filtered as the stem says."""
    where = names.where(stem)
    registry.input(
        names.list_filter(stem),
        "What related facts must fulfil. All fields given must hold.",
        [
            Argument("some", optional(where), "At least one of them matches."),
            Argument("none", optional(where), "None of them matches."),
            Argument("every", optional(where), "Each of them matches; true where there are none."),
            Argument("count", optional("IntFilter"), "Compares how many there are."),
        ],
    )


def _keys(properties: dict[str, Property]) -> list[Argument]:
    return [
        Argument(prop.name, optional("OrderDirection"), prop.description)
        for prop in properties.values()
        if prop.kind in names.ORDERED
    ]


def _fact_keys(model: Model, type_name: str) -> list[Argument]:
    """What facts of a type can be ordered by: properties, those of a to-one fact, and how many a relation has."""
    keys = _keys(model.properties(type_name))
    for route in model.routes.get(type_name, {}).values():
        type_ = names.order(route.target) if route.one else "CountOrder"
        keys.append(Argument(route.field, optional(type_), route.description))
    return keys


def count_order_input(registry: Registry) -> None:
    """Make the order by how many related facts there are."""
    says = "Order by how many related facts there are."
    registry.input("CountOrder", says, [Argument("count", "OrderDirection", "Fewest or most first.")])


def order_input(registry: Registry, model: Model, type_name: str) -> None:
    """Make the order of a list of facts."""
    says = (
        "What to order by: exactly one field. Give a list to break ties; missing values come last both ways; ids break "
        "the last tie, in the direction of the last field."
    )
    registry.input(names.order(type_name), says, _fact_keys(model, type_name), one_of=True)


def tie_order_input(registry: Registry, model: Model, route: Route, common: dict[str, Property]) -> None:
    """Make the order of a connection that follows a relationship: by the facts or by the relationship."""
    stem = names.tie(route)
    edge = f"{route.relationship.name}EdgeOrder" if route.relationship.properties else "TieEdgeOrder"
    if edge not in registry.names:
        keys = _keys(common | route.relationship.properties)
        registry.input(edge, "What of the relationship to order by: exactly one field.", keys, one_of=True)
    if names.order(stem) in registry.names:
        return
    by_edge = Argument("edge", optional(edge), "Order by the relationship instead of the fact it leads to.")
    says = "What to order by: exactly one field, of the fact or under `edge` of the relationship."
    registry.input(names.order(stem), says, [*_fact_keys(model, route.target), by_edge], one_of=True)


def type_filter(registry: Registry, model: Model) -> None:
    """Make the enum of the types of facts and its filter."""
    values = {kebab(label).replace("-", "_").upper(): spec.description for label, spec in model.concepts.items()}
    registry.enum("FactType", "The type of a fact.", values)
    registry.input("FactTypeFilter", f"Compares the type of a fact. {NULL}", _operators("FactType", EQUAL + AMONG)[:-1])

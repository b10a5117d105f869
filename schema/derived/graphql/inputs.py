"""Filters and orders. In: the model. Out: input types: a filter for each scalar, a Where and an Order for each type."""

from collections.abc import Iterable
from dataclasses import replace

from schema.derived.graphql import names
from schema.derived.graphql.edges import Edges
from schema.derived.graphql.registry import Argument, Registry, optional
from schema.domain.evidence import COMMON
from schema.language.declare import kebab
from schema.language.kinds import Choice, Property
from schema.language.operators import AMONG, AS, DATE, EQUAL, NAMED, ON, RANGE, SAME, SEARCHED, TEXT, Operator
from schema.language.operators import FACT as FACT_NAME
from schema.model import ABOUT, FACT, Model

NULL = "An operator that is null matches nothing; to not filter, leave it out."
ABOUT_SAYS = "It is about a topic that matches, directly, through a practice, or through a narrower topic."
NAMED_SAYS = "A date of a fact that another filter names with `as`."
NAMES_SAYS = {
    AS: "Names the fact. The name is known in this filter and, if it is the `where` of a list, below its rows.",
    SAME: "It is the fact that another filter names so with `as`.",
}
ON_SAYS = "It is of one of these types and passes the filter of its type."

COMPARED = {
    "IdFilter": ("ID", EQUAL + AMONG),
    "TextFilter": ("str", EQUAL + AMONG + RANGE + TEXT),
    "SearchedTextFilter": ("str", EQUAL + AMONG + RANGE + TEXT + (Operator.IS, Operator.SEARCH)),
    "IntFilter": ("int", EQUAL + AMONG + RANGE),
    "BigIntFilter": ("BigInt", EQUAL + AMONG + RANGE),
    "FloatFilter": ("float", EQUAL + AMONG + RANGE),
    "BooleanFilter": ("bool", EQUAL),
    "WhenFilter": ("Edtf", EQUAL + RANGE),
    "InstantFilter": ("Instant", EQUAL + RANGE),
}
WHEN_SAYS = (
    "Compares a date. `eq` and `ne` compare the text as written. The others compare the earliest day that the stored date "
    "may mean (the latest for `until`) with the value given, which is a span of days: `gt` is after its last day, `gte` from "
    "its first day on, `lt` before its first day, `lte` to its last day. So `2019`, `197X` and `2016/2022` mean all their "
    "days, `1991~` means 1991. A value without the day that is needed (`../2012`, `2017/..`) is refused."
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
        FACT_NAME: ("str", "The name."),
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
    """Make the filter of a declared set of words. The texts of its operators stand on IdFilter."""
    name = choices.__name__
    operators = [replace(each, description=None) for each in _operators(name, EQUAL + AMONG)]
    registry.input(f"{name}Filter", f"Compares a value of `{name}`, with the operators of `IdFilter`.", operators)


COMBINED = {
    "and": "All of these hold; an empty list always holds.",
    "or": "At least one of these holds; an empty list never holds.",
    "not": "This does not hold.",
}
QUANTIFIED = {
    "some": "Of a list: at least one of its facts matches.",
    "none": "Of a list: none of its facts matches.",
    "every": "Of a list: each of its facts matches; true if there are none.",
}
WHERE_SAYS = "A list of related facts takes only `some`, `none`, `every` and `count`; one fact takes the others."
BY_EDGE = "Of related facts: filters the relationship that leads to the fact."
COUNT_SAYS = "Below a list of related facts: sorts by their number. ASC: fewest first. DESC: most first."
COUNTED_SAYS = "With `count`: counts those that match; all if absent."
LISTED_SAYS = "Below a list of related facts stand only `count` and `where`: `{twins: {count: DESC, where: {...}}}`."
ORDER_BY_EDGE = "Of related facts: sorts by the relationship instead of the fact it leads to."


def _properties(properties: dict[str, Property]) -> list[Argument]:
    return [
        Argument(prop.name, optional(kind))
        for prop in properties.values()
        if (kind := names.filter_of(prop)) is not None
    ]


def _combined(where: str, *, described: bool) -> list[Argument]:
    return [
        Argument(name, optional(where if name == "not" else f"list[{where}]"), says if described else None)
        for name, says in COMBINED.items()
    ] + [Argument(name, optional("str"), says if described else None) for name, says in NAMES_SAYS.items()]


def _fact_fields(model: Model, type_name: str) -> list[Argument]:
    """List what a fact of a type can be filtered by: properties, topics, related facts."""
    fields = _properties(model.properties(type_name))
    if type_name in model.interfaces:
        fields.append(
            Argument("type", optional("FactTypeFilter"), "The type of the fact." if type_name == FACT else None)
        )
        fields.append(Argument(ON, optional("OnWhere"), ON_SAYS if type_name == FACT else None))
    if model.topical(type_name):
        _, subject = model.hierarchy()
        fields.append(Argument(ABOUT, optional(names.where(subject)), ABOUT_SAYS))
    routes = model.routes.get(type_name, {}).values()
    return fields + [Argument(route.field, optional(names.where(names.like(model, route.target)))) for route in routes]


def where_input(registry: Registry, model: Model, type_name: str, edge: Edges | None, *, listed: bool) -> None:
    """Make the filter of the facts of a type: by the fact, by the relationship that leads to it, and by a list of such facts.

    `edge` is None if no relationship leads to the type; `listed` says whether a list of its facts is ever filtered by.
    """
    where, described = names.where(type_name), type_name == FACT
    fields = _fact_fields(model, type_name)
    if edge is not None:
        fields.append(Argument("edge", optional(edge_where(registry, type_name, edge)), BY_EDGE if described else None))
    fields += _combined(where, described=described)
    if listed:
        fields += [Argument(name, optional(where), says if described else None) for name, says in QUANTIFIED.items()]
        fields.append(
            Argument("count", optional("IntFilter"), "Of a list: compares its number." if described else None)
        )
    says = f"Filters facts of type `{type_name}`. All fields given must hold."
    registry.input(where, f"{says} {WHERE_SAYS}" if described else says, fields)


def edge_where(registry: Registry, type_name: str, edge: Edges) -> str:
    """Make the filter of the relationships that lead to a type, once; return its name.

    All types without a relationship that has properties of its own share one.
    """
    where = names.edge_where(type_name if edge.properties else "")
    if where not in registry.names:
        own = [replace(each, description=edge.of(each.name)) for each in _properties(edge.properties)]
        says = "Filters relationships. All fields given must hold."
        registry.input(where, says, [*_properties(COMMON), *own, *_combined(where, described=not edge.properties)])
    return where


def on_input(registry: Registry, model: Model) -> None:
    """Make the filter by type of facts that may be of several types."""
    routes = [
        route for routes in model.routes.values() for route in routes.values() if route.target in model.interfaces
    ]
    labels = sorted({label for route in routes for label in route.far})
    fields = [Argument(model.concepts[label].singular, optional(names.where(label))) for label in labels]
    registry.input("OnWhere", f"Filters facts that may be of several types. {ON_SAYS}", fields)


def _keys(properties: dict[str, Property]) -> list[Argument]:
    return [
        Argument(prop.name, optional("OrderDirection")) for prop in properties.values() if prop.kind in names.ORDERED
    ]


def _fact_keys(model: Model, type_name: str) -> list[Argument]:
    """List what facts of a type can be ordered by: properties, the properties of a to-one fact, the number of a to-many one."""
    keys = _keys(model.properties(type_name))
    for route in model.routes.get(type_name, {}).values():
        keys.append(Argument(route.field, optional(names.order(names.like(model, route.target)))))
    return keys


def edge_order_input(registry: Registry, edges: Iterable[Edges]) -> None:
    """Make the order by relationships, with the properties of all of them."""
    own: dict[str, Argument] = {}
    for edge in edges:
        for key in _keys(edge.properties):
            own.setdefault(key.name, replace(key, description=edge.of(key.name)))
    says = "One key of an order, by the relationship: exactly one field."
    registry.input("EdgeOrder", says, [*_keys(COMMON), *own.values()], one_of=True)


def order_input(registry: Registry, model: Model, type_name: str, *, related: bool, listed: bool) -> None:
    """Make the order of a list of facts: by the fact, or if they are `related` by the relationship that leads to them.

    `listed` says whether something else is sorted by the number of such facts.
    """
    says = "One key of an order: exactly one field."
    more = (
        "Entries with equal values are sorted by the next key of the list, and in the end by id, in the direction of the last "
        "key. Entries without a value come last in both directions."
    )
    keys = _fact_keys(model, type_name)
    if related:
        keys.append(Argument("edge", optional("EdgeOrder"), ORDER_BY_EDGE if type_name == FACT else None))
    if listed:
        where = names.where(type_name)
        by_number = {"count": ("OrderDirection", COUNT_SAYS), "where": (where, COUNTED_SAYS)}
        for name, (type_, text) in by_number.items():
            keys.append(Argument(name, optional(type_), text if type_name == FACT else None))
    registry.input(names.order(type_name), f"{says} {more} {LISTED_SAYS}" if type_name == FACT else says, keys)


def type_filter(registry: Registry, model: Model) -> None:
    """Make the enum of the types of facts and its filter."""
    values = {kebab(label).replace("-", "_").upper(): spec.description for label, spec in model.concepts.items()}
    registry.enum("FactType", "The type of a fact.", values)
    registry.input("FactTypeFilter", f"Compares the type of a fact. {NULL}", _operators("FactType", EQUAL + AMONG)[:-1])

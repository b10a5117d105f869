"""Aggregates: what is computed over all entries of a list. In: the model. Out: aggregate types: extremes, numbers, groups.

A type that adds no property of its own shares the aggregate types of Fact.
"""

from schema.derived.graphql import names
from schema.derived.graphql.registry import Argument, Field, Registry, optional
from schema.language.kinds import Kind, Property
from schema.model import FACT, Model

EXTREMES = {
    Kind.INTEGER: "int",
    Kind.BIG_INTEGER: "BigInt",
    Kind.NUMBER: "float",
    Kind.WHEN: "Day",
    Kind.END: "Day",
    Kind.INSTANT: "Instant",
    Kind.MONEY: "Money",
}
NUMBERS = {Kind.INTEGER, Kind.BIG_INTEGER, Kind.NUMBER, Kind.MONEY}
GROUPED = {Kind.CHOICE, Kind.MARKING, Kind.BOOLEAN, Kind.INTEGER, Kind.BIG_INTEGER, Kind.TEXT}
YEAR = "Year"
AVERAGES = "Averages; null if the sum is too large for a float."
SUMS = "Sums: above 2^53 the nearest float, null if too large for a float."
GROUPS = (
    "The groups by 1 to 5 fields: `first` of them, 20 if absent. By default the largest comes first, equally large ones by key. "
    "Facts without a value are a group of their own."
)
SPREAD = "A fact that is related to several of them counts in the group of each."
CURRENCY = "null if there is none or if the currencies differ"


def of(registry: Registry, type_name: str) -> str | None:
    """Return the name of a type's aggregate; None if it has none."""
    name = f"{type_name}Aggregate"
    return name if name in registry.names else None


def aggregate(registry: Registry, model: Model, type_name: str) -> None:
    """Make the aggregate of a concept or interface, with its groups."""
    properties = model.properties(type_name)
    numbers = _own(
        registry, type_name, "Numbers", _numbers(properties), "One result for each number; null if no fact has a value."
    )
    computed = [
        Field("count", "int", "Number of entries."),
        Field("distinct", "int", "Number of facts: each counts once, however many entries it has."),
        *_extremes(registry, type_name, properties),
        *([Field("avg", numbers, AVERAGES), Field("sum", numbers, SUMS)] if numbers else []),
    ]
    key = _own(registry, type_name, "Key", _keys(model, type_name), "What the facts of a group have in common.")
    by = f"{type_name}GroupBy"
    if key == f"{type_name}Key":
        registry.enum(by, "By what facts can be grouped.", {f.name: f.description for f in _keys(model, type_name)})
    group = f"{type_name}Group"
    says = "The key of the group; only fields that `by` names are accepted."
    registry.object(group, "A group: the facts that have the same key.", [Field("key", str(key), says), *computed])
    groups_of = f"{type_name}Groups"
    registry.object(
        groups_of,
        "A page of groups.",
        [
            Field("nodes", f"list[{group}]", "The groups of the page."),
            Field("pageInfo", "PageInfo", "The position of the page."),
            Field("totalCount", "int", "Number of groups on all pages together."),
        ],
    )
    arguments = (
        Argument("by", f"list[{by if key == f'{type_name}Key' else f'{FACT}GroupBy'}]", ""),
        Argument("first", optional("int"), ""),
        Argument("after", optional("str"), ""),
        Argument("orderBy", optional("list[GroupOrder]"), ""),
    )
    groups = Field("groupBy", groups_of, GROUPS, arguments)
    registry.object(
        f"{type_name}Aggregate", "Results over all entries of a list, not only those of a page.", [*computed, groups]
    )


def group_order(registry: Registry, model: Model) -> None:
    """Make the order of groups, which all types share: by their counts, by their keys, or by a value."""
    properties = [model.properties(name) for name in (*model.interfaces, *model.concepts)]
    names_ = {p.name for each in properties for p in each.values() if p.kind in EXTREMES and not p.unique}
    keys = [Argument(name, optional("OrderDirection"), "") for name in sorted(names_)]
    registry.input("GroupValueOrder", "One property of the facts of a group.", keys, one_of=True)
    by_value = optional("GroupValueOrder")
    fields = [
        Argument("count", optional("OrderDirection"), "By the number of entries."),
        Argument("distinct", optional("OrderDirection"), "By the number of facts."),
        Argument("key", optional("OrderDirection"), "By the fields that `by` names, in their order."),
        *(Argument(name, by_value, "") for name in ("min", "max", "avg", "sum")),
    ]
    registry.input("GroupOrder", "One key of the order of groups. Equal groups are sorted by key.", fields, one_of=True)


def _own(registry: Registry, type_name: str, suffix: str, fields: list[Field], says: str) -> str | None:
    """Return the name of a type with these fields: that of Fact if it has the same ones, else a new type; None without fields."""
    if not fields:
        return None
    shared = registry.names.get(f"{FACT}{suffix}")
    if shared is not None and {f.name for f in fields} == {f.name for f in shared.__strawberry_definition__.fields}:
        return f"{FACT}{suffix}"
    registry.object(f"{type_name}{suffix}", says, fields)
    return f"{type_name}{suffix}"


def _extremes(registry: Registry, type_name: str, properties: dict[str, Property]) -> list[Field]:
    fields = [
        Field(prop.name, optional(EXTREMES[prop.kind]), f"{prop.description} {_extreme_says(prop)}".strip())
        for prop in properties.values()
        if prop.kind in EXTREMES and not prop.unique
    ]
    name = _own(registry, type_name, "Extremes", fields, "The smallest or the largest values; null if no fact has one.")
    return [
        Field("min", str(name), "The smallest value of each property; of dates the earliest."),
        Field("max", str(name), "The largest value of each property; of dates the latest."),
    ]


def _extreme_says(prop: Property) -> str:
    if prop.kind.is_date:
        return (
            "Given as the latest day it may mean."
            if prop.kind is Kind.END
            else "Given as the earliest day it may mean."
        )
    return f"By amount; {CURRENCY}." if prop.kind is Kind.MONEY else ""


def _numbers(properties: dict[str, Property]) -> list[Field]:
    return [
        Field(prop.name, optional("float"), f"{prop.description} {_number_says(prop)}".strip())
        for prop in properties.values()
        if prop.kind in NUMBERS and not prop.unique
    ]


def _number_says(prop: Property) -> str:
    return f"The amount; {CURRENCY}." if prop.kind is Kind.MONEY else ""


def _keys(model: Model, type_name: str) -> list[Field]:
    """List what facts of a type can be grouped by: texts, choices, whole numbers, years and related facts."""
    fields = []
    for prop in model.properties(type_name).values():
        if prop.kind.is_date:
            says = f"{prop.description} As a year: null if the date may lie in several years."
            fields.append(Field(f"{prop.name}{YEAR}", optional("int"), says))
        elif prop.kind in GROUPED and not (prop.unique and prop.kind in NUMBERS):
            fields.append(Field(prop.name, optional(names.named(prop)), prop.description))
    for route in model.routes.get(type_name, {}).values():
        says = route.description if route.one else f"{route.description} {SPREAD}"
        fields.append(Field(route.field, optional(route.target), says))
    return fields

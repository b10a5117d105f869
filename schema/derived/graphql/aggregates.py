"""Aggregates: what is computed over all entries of a list. In: the model. Out: aggregate types: extremes, numbers, groups."""

from dataclasses import replace

from schema.derived.graphql import names
from schema.derived.graphql.registry import Argument, Field, Registry, optional
from schema.language.kinds import Kind, Property
from schema.model import FACT, Model, Route

EXTREMES = {
    Kind.INTEGER: "int",
    Kind.BIG_INTEGER: "BigInt",
    Kind.NUMBER: "float",
    Kind.WHEN: "Day",
    Kind.END: "Day",
    Kind.INSTANT: "Instant",
    Kind.MONEY: "Money",
}
AVERAGES = "Averages; null if the sum is too large for a float."
SUMS = "Sums: above 2^53 the nearest float, null if too large for a float."
KEY_SAYS = "In a group: what its facts have in common; only fields that `by` names are accepted."
BY_SAYS = "The fields to group by, 1 to 5. A fact that is related to several facts of such a field counts in the group of each."
FIRST_SAYS = "Number of groups, 0 for none: at most the server's largest page, 100 by default. 20 if absent."
AFTER_SAYS = "Cursor: the page begins after it. Give `endCursor` of the page before."
ORDER_SAYS = "The order: at most 10 keys. By default the largest group comes first. Equal groups are sorted by key."
GROUPS_SAYS = (
    "The groups, as a page with `nodes`, `pageInfo` and `totalCount`. Facts without a value are a group of their own."
)
IN_GROUPS = {
    "nodes": "In `groupBy`: the groups of the page. Only they have the other fields.",
    "pageInfo": "In `groupBy`: the position of the page.",
    "totalCount": "In `groupBy`: number of groups on all pages together.",
}
CURRENCY = "null if there is none or if the currencies differ"


def shared(registry: Registry, model: Model) -> None:
    """Make what all aggregates share: extremes, numbers, and what facts can be grouped by.

    Each holds what some type has; `graph/question/document/fitting.py` refuses what the type of a list does not have.
    """
    types = (*model.interfaces, *model.concepts)
    extremes: dict[str, Field] = {}
    numbers: dict[str, Field] = {}
    keys: dict[str, str] = {}
    for properties in map(model.properties, types):
        for prop in (each for each in properties.values() if each.has_extremes):
            extremes.setdefault(prop.name, Field(prop.name, optional(EXTREMES[prop.kind]), _extreme_says(prop)))
        for prop in (each for each in properties.values() if each.has_numbers):
            numbers.setdefault(prop.name, Field(prop.name, optional("float"), _number_says(prop)))
    for type_name in types:
        keys |= {field.name: "" for field in group_keys(model, type_name)}
    says = "The smallest or the largest values; null if no fact has one. A list offers the properties of its facts."
    registry.object("Extremes", says, list(extremes.values()))
    says = "One result for each number; null if no fact has a value. A list offers the properties of its facts."
    registry.object("Numbers", says, list(numbers.values()))
    says = "By what facts can be grouped: the fields of the `Key` of their type."
    registry.enum("GroupBy", says, dict.fromkeys(sorted(keys)))
    _group_order(registry, [*extremes])


def _group_order(registry: Registry, properties: list[str]) -> None:
    """Make the order of groups: by their counts, by their keys, or by a value."""
    keys = [Argument(name, optional("OrderDirection")) for name in properties]
    says = "One property of the facts of a group. A list offers the properties of its facts."
    registry.input("GroupValueOrder", says, keys, one_of=True)
    by = {
        "count": ("OrderDirection", "By the number of entries."),
        "distinct": ("OrderDirection", "By the number of facts."),
        "key": ("OrderDirection", "By the fields that `by` names, in their order."),
        "min": ("GroupValueOrder", "By the smallest value of a property."),
        "max": ("GroupValueOrder", "By the largest value of a property."),
        "avg": ("GroupValueOrder", "By an average."),
        "sum": ("GroupValueOrder", "By a sum."),
    }
    fields = [Argument(name, optional(type_), text) for name, (type_, text) in by.items()]
    says = "One key of an order of groups: exactly one field. Groups without a value come last in both directions."
    registry.input("GroupOrder", says, fields, one_of=True)


def aggregate(registry: Registry, model: Model, type_name: str) -> None:
    """Make the aggregate of a concept or interface. A group is an aggregate with a key."""
    key, name, described = names.group_key(type_name), names.aggregate(type_name), type_name == FACT
    registry.object(key, None, group_keys(model, type_name))
    fields = [
        Field("key", optional(key), KEY_SAYS),
        Field("count", "int", "Number of entries."),
        Field("distinct", "int", "Number of facts: each counts once, however many entries it has."),
        Field("min", "Extremes", "The smallest value of each property; of dates the earliest."),
        Field("max", "Extremes", "The largest value of each property; of dates the latest."),
    ]
    if any(prop.has_numbers for prop in model.properties(type_name).values()):
        fields += [Field("avg", "Numbers", AVERAGES), Field("sum", "Numbers", SUMS)]
    arguments = (
        Argument("by", "list[GroupBy]", BY_SAYS),
        Argument("first", optional("int"), FIRST_SAYS),
        Argument("after", optional("str"), AFTER_SAYS),
        Argument("orderBy", optional("list[GroupOrder]"), ORDER_SAYS),
    )
    fields.append(Field("groupBy", name, GROUPS_SAYS, arguments))
    paged = {"nodes": f"list[{name}]", "pageInfo": "PageInfo", "totalCount": "int"}
    fields += [Field(field, optional(type_), IN_GROUPS[field]) for field, type_ in paged.items()]
    says = (
        "Results over all entries of a list, not only those of a page, or over those of a group; or a page of groups."
    )
    registry.object(name, says if described else None, fields if described else [_undescribed(each) for each in fields])


def _undescribed(field: Field) -> Field:
    arguments = tuple(replace(each, description=None) for each in field.arguments)
    return replace(field, description=None, arguments=arguments)


def _extreme_says(prop: Property) -> str | None:
    if prop.kind.is_date:
        return (
            "Given as the latest day it may mean."
            if prop.kind is Kind.END
            else "Given as the earliest day it may mean."
        )
    return f"By amount; {CURRENCY}." if prop.kind is Kind.MONEY else None


def _number_says(prop: Property) -> str | None:
    return f"The amount; {CURRENCY}." if prop.kind is Kind.MONEY else None


def group_keys(model: Model, type_name: str) -> list[Field]:
    """Make the fields of a key: what facts of a type can be grouped by."""
    return [_group_key(name, by, described=type_name == FACT) for name, by in model.group_keys(type_name).items()]


def _group_key(name: str, by: Property | Route, *, described: bool) -> Field:
    if isinstance(by, Route):
        return Field(name, optional(names.output_of(by)))
    if by.kind.is_date:
        return Field(name, optional("int"), "Null if the date may lie in several years." if described else None)
    return Field(name, optional(names.named(by)))

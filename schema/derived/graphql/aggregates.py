"""What is computed over all facts of a list. In: the model. Out: for each type its aggregate: extremes, numbers and groups.

A type whose own properties add nothing shares the types of Fact.
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
AVERAGES = "The averages; null where a sum is larger than every float."
SUMS = "The sums; beyond 2^53 the nearest float, and null where no float is large enough."
SPREAD = "One of them: what is grouped counts once in the group of each."
CURRENCY = "null where there is none, or where the currencies differ"


def of(registry: Registry, type_name: str) -> str | None:
    """Name the aggregate of a type; None where there is none yet."""
    found = f"{type_name}Aggregate"
    return found if found in registry.names else None


def aggregate(registry: Registry, model: Model, type_name: str) -> None:
    """Make the aggregate of a concept or interface, with its groups."""
    properties = model.properties(type_name)
    numbers = _own(
        registry, type_name, "Numbers", _numbers(properties), "Computed of numbers; null where there are none."
    )
    computed = [
        Field("count", "int", "How many there are."),
        *_extremes(registry, type_name, properties),
        *([Field("avg", numbers, AVERAGES), Field("sum", numbers, SUMS)] if numbers else []),
    ]
    key = _own(registry, type_name, "Key", _keys(model, type_name), "What the facts of a group have in common.")
    by = f"{type_name}GroupBy"
    if key == f"{type_name}Key":
        registry.enum(by, "What facts can be grouped by.", {f.name: f.description for f in _keys(model, type_name)})
    group = f"{type_name}Group"
    says = "The key; a field of it that is not among `by` is an error."
    registry.object(group, "Facts that have a key in common.", [Field("key", str(key), says), *computed])
    arguments = (
        Argument("by", f"list[{by if key == f'{type_name}Key' else f'{FACT}GroupBy'}]", "What to group by, 1 to 5."),
        Argument(
            "first",
            optional("int"),
            "How many groups, at most the largest page, 100 by default; 20 where absent.",
        ),
    )
    says = "The groups, the largest first, then by key; absent values are a group of their own. None is empty."
    groups = Field("groupBy", f"list[{group}]", says, arguments)
    registry.object(f"{type_name}Aggregate", "What is computed over all facts of a list.", [*computed, groups])


def _own(registry: Registry, type_name: str, suffix: str, fields: list[Field], says: str) -> str | None:
    """Make a type of its own where its fields are not those of Fact; return the name of the type that serves."""
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
    name = _own(registry, type_name, "Extremes", fields, "The least or the greatest values; null where there are none.")
    return [
        Field("min", str(name), "The least values. Dates count by the day that orders and ranges compare."),
        Field("max", str(name), "The greatest values. Dates count by the day that orders and ranges compare."),
    ]


def _extreme_says(prop: Property) -> str:
    if prop.kind.is_date:
        return "The latest day that it may mean." if prop.kind is Kind.END else "The earliest day that it may mean."
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
    """What facts of a type can be grouped by: words, whole numbers, years, and the facts that they are related to."""
    fields = []
    for prop in model.properties(type_name).values():
        if prop.kind.is_date:
            says = f"{prop.description} The year; null where the date may lie in several."
            fields.append(Field(f"{prop.name}{YEAR}", optional("int"), says))
        elif prop.kind in GROUPED and not (prop.unique and prop.kind in NUMBERS):
            fields.append(Field(prop.name, optional(names.named(prop)), prop.description))
    for route in model.routes.get(type_name, {}).values():
        says = route.description if route.one else f"{route.description} {SPREAD}"
        fields.append(Field(route.field, optional(route.target), says))
    return fields

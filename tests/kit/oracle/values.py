"""How one value compares with another. In: a property, values as written, operators. Out: what counts of a value; yes or no."""

import operator
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from graphql import GraphQLError

from schema.language.edtf import parse
from schema.language.kinds import Kind, Marking, Property
from tests.kit.oracle.words import all_begin_a_word, sought_words

RANGES: dict[str, Callable[[Any, Any], bool]] = {
    "lt": operator.lt,
    "lte": operator.le,
    "gt": operator.gt,
    "gte": operator.ge,
}
PLAIN = Property(Kind.TEXT, "A value that is compared as it is written: a type, a count, a part of a price.")


def comparable(prop: Property, value: Any) -> Any:
    """Return what of a stored value counts in a range, an order or an aggregate; None if there is nothing to compare."""
    if value is None:
        return None
    if prop.kind.is_date:
        return _day(prop, value)
    if prop.kind is Kind.MARKING:
        return Marking[value]
    if prop.kind is Kind.MONEY:
        return value["amount"]
    if prop.kind is Kind.INSTANT:
        return datetime.fromisoformat(value)
    return value


def _day(prop: Property, text: str) -> date | None:
    """Filters: dates are compared by day, the earliest that they may mean; of `until` it is the latest.

    An `until` on the last day that can be written is as open as none at all.
    """
    if prop.name != "until":
        return parse(text).earliest
    latest = parse(text).latest
    return None if latest == date.max else latest


def fits(prop: Property, value: Any, given: Mapping[str, Any]) -> bool:
    """Filters: an operator for each property; all that is given must hold."""
    return all(_holds(prop, value, name, operand) for name, operand in given.items())


def _holds(prop: Property, value: Any, name: str, operand: Any) -> bool:
    """Filters: a comparison with a missing value is false, only `isNull` finds it; an operator with null matches nothing."""
    if name in ("amount", "currency"):
        part = (value or {}).get(name)
        return fits(PLAIN, part, operand or {})  # a filter that is null is as none
    if operand is None:
        return False
    if name == "isNull":
        is_missing = value is None or value == []
        return bool(is_missing is operand)
    if value is None:
        return False
    if name in RANGES:
        return _in_range(prop, value, name, operand)
    if prop.kind is Kind.INSTANT:
        return _as_written(name, comparable(prop, value), comparable(prop, operand))
    return _as_written(name, value, operand)


def _in_range(prop: Property, value: Any, name: str, operand: Any) -> bool:
    """Compare by order. A date that is given is a span: later than its last day, earlier than its first, or neither."""
    stored = comparable(prop, value)
    if not prop.kind.is_date:
        return stored is not None and RANGES[name](stored, comparable(prop, operand))
    span = parse(operand)
    needed = {"gt": span.latest, "lte": span.latest, "gte": span.earliest, "lt": span.earliest}[name]
    if needed is None:
        raise GraphQLError(f"{operand!r} has no such day to compare with")
    if stored is None:
        return False
    later = {"gt": stored > needed, "lte": not stored > needed, "lt": stored < needed, "gte": not stored < needed}
    return bool(later[name])


def _as_written(name: str, value: Any, operand: Any) -> bool:
    """Compare a value as it is written: of dates `eq` and `ne` compare their text."""
    match name:
        case "eq":
            return bool(value == operand)
        case "ne":
            return bool(value != operand)
        case "in":
            return value in operand
        case "notIn":
            return value not in operand
        case "has" | "contains":
            return operand in value
        case "hasPrefix":
            return any(text.startswith(operand) for text in value)
        case "startsWith":
            return bool(value.startswith(operand))
        case "endsWith":
            return bool(value.endswith(operand))
        case "search":
            texts = [value] if isinstance(value, str) else value
            return all_begin_a_word(sought_words(operand), texts)
    raise KeyError(name)

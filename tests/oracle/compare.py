"""How values compare. In: a property, a value, a filter. Out: true or false, and ranks to order by."""

import operator
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from graphql import GraphQLError

from schema.edtf import parse
from schema.kinds import Kind, Marking, Property

Test = Callable[[Any, Any], bool]
RANGE: dict[str, Test] = {"lt": operator.lt, "lte": operator.le, "gt": operator.gt, "gte": operator.ge}
WRITTEN: dict[str, Test] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "in": lambda value, given: value in given,
    "notIn": lambda value, given: value not in given,
    "has": lambda value, given: given in value,
    "contains": lambda value, given: given in value,
    "startsWith": lambda value, given: value.startswith(given),
    "endsWith": lambda value, given: value.endswith(given),
}
PLAIN = Property(Kind.TEXT, "A value that is compared as it is.")


def rank(prop: Property, value: Any) -> Any:
    """What of a stored value counts in a range and an order; None where there is nothing to compare."""
    if value is None:
        return None
    if prop.kind is Kind.WHEN:
        return parse(value).latest if prop.name == "until" else parse(value).earliest
    if prop.kind is Kind.MARKING:
        return Marking[value]
    return datetime.fromisoformat(value) if prop.kind is Kind.INSTANT else value


def fits(prop: Property, value: Any, given: Mapping[str, Any]) -> bool:
    """Whether a value fulfils the filter of its property; all operators given must hold."""
    return all(_holds(prop, value, name, operand) for name, operand in given.items())


def _holds(prop: Property, value: Any, name: str, operand: Any) -> bool:
    if name in ("amount", "currency"):
        return fits(PLAIN, (value or {}).get(name), operand or {})
    if operand is None or (value is None and name != "isNull"):
        return False
    if name == "isNull":
        return (value is None or value == []) is operand
    if name in RANGE:
        stored, bound = rank(prop, value), _bound(prop, operand)
        return stored is not None and RANGE[name](stored, bound)
    if prop.kind is Kind.INSTANT:
        value, operand = rank(prop, value), rank(prop, operand)
    return WRITTEN[name](value, operand)


def _bound(prop: Property, given: Any) -> Any:
    """What of a given value a range is measured against: of a date always its earliest day."""
    if prop.kind is not Kind.WHEN:
        return rank(prop, given)
    if (day := parse(given).earliest) is None:
        raise GraphQLError(f"{given!r} has no earliest day to compare with")
    return day

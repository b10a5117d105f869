"""Filters and orders. In: a Draft and an input type. Out: JSON that fits the type."""

from dataclasses import replace
from typing import Any

from graphql import GraphQLInputObjectType, get_named_type, is_list_type

from tests.kit.random.draft import Draft
from tests.kit.random.ends import COMBINED, QUANTIFIED, End
from tests.kit.random.values import operand


def where(draft: Draft, type_: GraphQLInputObjectType, depth: int, end: End) -> dict[str, Any]:
    """Make a filter: of properties, of related facts as deep as `depth`, and of other filters."""
    names = end.compared(list(type_.fields))
    related = [name for name in names if _is_related(type_, name)]
    plain = [name for name in names if name not in related]
    choices = draft.dice.sample(plain, min(3, len(plain)))
    if depth > 0 and draft.budget > 0:
        busy = [name for name in related if name == "edge" or (end.label, name) in draft.pool.fields] or related
        choices += draft.dice.sample(busy, min(2, len(busy)))
        choices += ["edge"] if "edge" in related else []
        choices += [draft.pick(COMBINED)]
    chosen = dict.fromkeys(draft.pick(choices) for _ in range(draft.pick([1, 1, 1, 2, 2, 3])))
    return {name: _condition(draft, type_, name, depth, end) for name in chosen}


def _is_related(type_: GraphQLInputObjectType, name: str) -> bool:
    inner = get_named_type(type_.fields[name].type)
    return isinstance(inner, GraphQLInputObjectType) and inner.name.endswith("Where")


def _condition(draft: Draft, type_: GraphQLInputObjectType, name: str, depth: int, end: End) -> Any:
    """Make what stands under one name of a filter; seldom null."""
    inner = get_named_type(type_.fields[name].type)
    if draft.chance(0.02):
        return None
    if name in ("and", "or"):
        return [where(draft, type_, depth - 1, end) for _ in range(draft.pick([0, 1, 2, 2]))]
    if name == "not":
        return where(draft, type_, depth - 1, end)
    assert isinstance(inner, GraphQLInputObjectType)
    if not _is_related(type_, name):
        return _of_property(draft, inner, name, end.label)
    below = end.below(name)
    draft.budget -= name != "edge"
    if below.listed:
        quantifiers = draft.dice.sample(QUANTIFIED, draft.pick([1, 1, 1, 2]))
        return {each: _quantified(draft, inner, each, depth, replace(below, listed=False)) for each in quantifiers}
    return where(draft, inner, depth - 1, below) if draft.chance(0.95) else {}


def _quantified(draft: Draft, inner: GraphQLInputObjectType, name: str, depth: int, end: End) -> Any:
    if name == "count":
        return {draft.pick(["eq", "gte", "lt", "ne"]): draft.dice.randint(0, 3)}
    return where(draft, inner, depth - 1, end) if draft.chance(0.85) else {}


def _of_property(draft: Draft, inner: GraphQLInputObjectType, name: str, label: str) -> dict[str, Any]:
    """Make a filter of one property: an operator, and mostly a value that some fact has."""
    operator = "search" if "search" in inner.fields and draft.chance(0.3) else draft.pick(inner.fields)
    type_ = inner.fields[operator].type
    if operator == "isNull":
        return {"isNull": draft.chance(0.5)}
    if inner.name == "MoneyFilter":
        part = get_named_type(type_)
        assert isinstance(part, GraphQLInputObjectType)
        return {operator: _of_property(draft, part, name + operator.capitalize(), label)}
    if draft.chance(0.03):
        return {operator: None}
    if is_list_type(type_):
        return {operator: [operand(draft, type_, name, operator, label) for _ in range(draft.dice.randint(0, 3))]}
    return {operator: operand(draft, type_, name, operator, label)}


def orders(draft: Draft, type_: GraphQLInputObjectType, end: End) -> list[Any]:
    """Make the keys of an order, sometimes none."""
    return [_order(draft, type_, 2, end) for _ in range(draft.pick([0, 1, 1, 1, 2, 2, 3]))]


def _order(draft: Draft, type_: GraphQLInputObjectType, depth: int, end: End) -> dict[str, Any]:
    """Make one key of an order: a property, one of a to-one fact, or a count."""
    fields = {name: get_named_type(type_.fields[name].type) for name in end.compared(list(type_.fields))}
    nested = [name for name, inner in fields.items() if isinstance(inner, GraphQLInputObjectType)]
    plain = [name for name in fields if name not in nested]
    deeper = bool(nested) and depth > 0 and draft.budget > 0 and draft.chance(0.4)
    name = draft.pick(nested if deeper else plain)
    inner = fields[name]
    if not isinstance(inner, GraphQLInputObjectType):
        return {name: draft.pick(["ASC", "DESC"])}
    draft.budget -= name != "edge"
    below = end.below(name)
    if below.listed:
        return {name: {"count": draft.pick(["ASC", "DESC"])}}
    return {name: _order(draft, inner, depth - 1, below if name == "edge" else replace(below, route=None))}

"""Filters and orders. In: a Draft and an input type. Out: JSON that fits the type."""

from dataclasses import replace
from typing import Any

from graphql import GraphQLInputObjectType, get_named_type, is_list_type

from schema.model import model
from tests.kit.random.draft import Draft
from tests.kit.random.ends import COMBINED, QUANTIFIED, End
from tests.kit.random.named import Here, Named, named_date
from tests.kit.random.values import operand

DIRECTIONS = ("ASC", "DESC")


def where(draft: Draft, type_: GraphQLInputObjectType, depth: int, here: Here) -> dict[str, Any]:
    """Make a filter: of properties, of related facts as deep as `depth`, and of other filters."""
    return named_where(draft, type_, depth, here)[0]


def named_where(
    draft: Draft, type_: GraphQLInputObjectType, depth: int, here: Here
) -> tuple[dict[str, Any], tuple[Named, ...]]:
    """Make a filter; also return what is named inside it."""
    made, here = _names(draft, type_, depth, here)
    names = here.end.compared(list(type_.fields))
    related = [name for name in names if _is_related(type_, name)]
    plain = [name for name in names if name not in related and (name != "id" or draft.pool.ids_of(here.end.label))]
    choices = draft.dice.sample(plain, min(3, len(plain)))
    if depth > 0 and draft.budget > 0:
        busy = [name for name in related if name == "edge" or (here.end.label, name) in draft.pool.fields] or related
        choices += draft.dice.sample(busy, min(2, len(busy)))
        choices += ["edge"] if "edge" in related else []
        choices += [draft.pick(COMBINED)]
        choices += ["on"] * 2 if "on" in type_.fields and len(here.labels) > 1 else []
    chosen = dict.fromkeys(draft.pick(choices) for _ in range(draft.pick([1, 1, 1, 2, 2, 3])))
    for name in chosen:
        condition = _condition(draft, type_, name, depth, here)
        made[name] = {**made["edge"], **(condition or {})} if name == "edge" and "edge" in made else condition
    return made, here.known


def _names(draft: Draft, type_: GraphQLInputObjectType, depth: int, here: Here) -> tuple[dict[str, Any], Here]:
    """Name what is filtered, and the relationship that leads to it, and say that it is what a filter around it names."""
    made: dict[str, Any] = {}
    fitting = [each.name for each in here.known if each.kinds & here.kinds]
    if fitting and draft.chance(0.3):
        made["same"] = draft.pick(fitting)
    if not here.is_edge and draft.chance(0.2 if depth > 0 else 0.05):
        made["as"], here = here.naming(draft)
    if "edge" in type_.fields and here.relationship and depth > 0 and draft.chance(0.1):
        name, of_edge = here.edge().naming(draft)
        made["edge"], here = {"as": name}, replace(here, known=of_edge.known)
    return made, here


def _is_related(type_: GraphQLInputObjectType, name: str) -> bool:
    inner = get_named_type(type_.fields[name].type)
    return isinstance(inner, GraphQLInputObjectType) and inner.name.endswith("Where")


def _condition(draft: Draft, type_: GraphQLInputObjectType, name: str, depth: int, here: Here) -> Any:
    """Make what stands under one name of a filter; seldom null."""
    inner = get_named_type(type_.fields[name].type)
    if draft.chance(0.02):
        return None
    if name in ("and", "or"):
        return [where(draft, type_, depth - 1, here) for _ in range(draft.pick([0, 1, 2, 2]))]
    if name == "not":
        return where(draft, type_, depth - 1, here)
    assert isinstance(inner, GraphQLInputObjectType)
    if name == "on":
        return {
            model().concepts[label].singular: _of_type(
                draft, inner, depth, replace(here, labels=(label,), end=replace(here.end, type_name=label))
            )
            for label in draft.dice.sample(here.labels, draft.pick([1, 1, 2]))
        }
    if not _is_related(type_, name):
        return _of_property(draft, inner, name, here.end.label, here)
    further = here.edge() if name == "edge" else here.leading(name)
    draft.budget -= name != "edge"
    if further.end.listed:
        one = replace(further, end=replace(further.end, listed=False))
        quantifiers = draft.dice.sample(QUANTIFIED, draft.pick([1, 1, 1, 2]))
        return {each: _quantified(draft, inner, each, depth, one) for each in quantifiers}
    return where(draft, inner, depth - 1, further) if draft.chance(0.95) else {}


def _of_type(draft: Draft, inner: GraphQLInputObjectType, depth: int, here: Here) -> dict[str, Any]:
    type_ = get_named_type(inner.fields[model().concepts[here.labels[0]].singular].type)
    assert isinstance(type_, GraphQLInputObjectType)
    return where(draft, type_, depth - 1, here)


def _quantified(draft: Draft, inner: GraphQLInputObjectType, name: str, depth: int, here: Here) -> Any:
    if name == "count":
        return {draft.pick(["eq", "gte", "lt", "ne"]): draft.dice.randint(0, 3)}
    return where(draft, inner, depth - 1, here) if draft.chance(0.85) else {}


def _of_property(draft: Draft, inner: GraphQLInputObjectType, name: str, label: str, here: Here) -> dict[str, Any]:
    """Make a filter of one property: an operator, and mostly a value that some fact has."""
    if "before" in inner.fields and here.known and draft.chance(0.6):
        return {draft.pick(["before", "after"]): named_date(draft, here, name)}
    operator = "search" if "search" in inner.fields and draft.chance(0.3) else draft.pick(inner.fields)
    type_ = inner.fields[operator].type
    if operator == "isNull":
        return {"isNull": draft.chance(0.5)}
    if inner.name == "MoneyFilter":
        part = get_named_type(type_)
        assert isinstance(part, GraphQLInputObjectType)
        return {operator: _of_property(draft, part, name + operator.capitalize(), label, here)}
    if operator in ("before", "after"):
        return {operator: named_date(draft, here, name)}
    if draft.chance(0.03):
        return {operator: None}
    if is_list_type(type_):
        return {operator: [operand(draft, type_, name, operator, label) for _ in range(draft.dice.randint(0, 3))]}
    return {operator: operand(draft, type_, name, operator, label)}


def orders(draft: Draft, type_: GraphQLInputObjectType, end: End) -> list[Any]:
    """Make the keys of an order, sometimes none."""
    return [_order(draft, type_, 2, end) for _ in range(draft.pick([0, 1, 1, 1, 2, 2, 3]))]


def _order(draft: Draft, type_: GraphQLInputObjectType, depth: int, end: End) -> dict[str, Any]:
    """Make one key of an order: a property, one of a to-one fact, or a count of those that match."""
    fields = {name: get_named_type(type_.fields[name].type) for name in end.compared(list(type_.fields))}
    nested = [name for name, inner in fields.items() if isinstance(inner, GraphQLInputObjectType)]
    plain = [name for name in fields if name not in nested]
    deeper = bool(nested) and depth > 0 and draft.budget > 0 and draft.chance(0.4)
    name = draft.pick(nested if deeper else plain)
    inner = fields[name]
    if not isinstance(inner, GraphQLInputObjectType):
        return {name: draft.pick(DIRECTIONS)}
    draft.budget -= name != "edge"
    below = end.below(name)
    if below.listed:
        return {name: {"count": draft.pick(DIRECTIONS)} | _counted(draft, inner, replace(below, listed=False))}
    return {name: _order(draft, inner, depth - 1, below if name == "edge" else replace(below, route=None))}


def _counted(draft: Draft, type_: GraphQLInputObjectType, end: End) -> dict[str, Any]:
    """Make the filter of what is counted, or none."""
    inner = get_named_type(type_.fields["where"].type)
    assert isinstance(inner, GraphQLInputObjectType)
    assert end.route
    here = Here(end.route.far, end.route.relationship.name, end=end)
    return {"where": where(draft, inner, 1, here)} if draft.chance(0.5) else {}


def group_orders(draft: Draft, type_: GraphQLInputObjectType, type_name: str) -> list[Any]:
    """Make the keys of an order of groups, sometimes none."""
    properties = model().properties(type_name).values()
    totals = [prop.name for prop in properties if prop.has_numbers]
    by_value = {"min": [prop.name for prop in properties if prop.has_extremes], "avg": totals, "sum": totals}
    by_value["max"] = by_value["min"]
    known = [name for name in type_.fields if by_value.get(name, [""])]
    keys = [(name, by_value.get(name), draft.pick(DIRECTIONS)) for name in draft.sample(known, [0, 1, 1, 2])]
    return [{name: {draft.pick(values): way} if values else way} for name, values, way in keys]

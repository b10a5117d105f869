"""Groups of the rows of a list. In: an Aggregate, the arguments of `groupBy`. Out: a page of groups, each an Aggregate."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from itertools import product
from typing import TYPE_CHECKING, Any

from graphql import GraphQLError

from tests.kit.oracle.view import Entry

if TYPE_CHECKING:
    from tests.kit.oracle.aggregates import Aggregate

MOST_KEYS, MOST_GROUPS, GROUPS_IF_ABSENT = 5, 100, 20
Group = tuple[tuple[Any, ...], "Aggregate"]
"""A group, after its key as it is compared: for each part whether it is missing, and its value."""


def page(of: "Aggregate", given: Mapping[str, Any]) -> dict[str, Any]:
    """Aggregates: `first` groups after a cursor, which here is the key of a group as it is compared.

    Rows are grouped when something of the groups is asked for: only then do they tell of made-up facts.
    """
    by, first, after = given["by"], given.get("first"), given.get("after")
    first = GROUPS_IF_ABSENT if first is None else first
    if not 1 <= len(by) <= MOST_KEYS or len(set(by)) < len(by) or not 0 <= first <= MOST_GROUPS:
        raise GraphQLError(f"groupBy takes 1 to {MOST_KEYS} keys, each once, and at most {MOST_GROUPS} groups")

    def groups() -> list[Group]:
        of.view.tell(of.told)
        return grouped(of, by, given.get("orderBy") or [])

    def left() -> list[Group]:
        in_order = groups()
        return in_order if after is None else in_order[[repr(key) for key, _ in in_order].index(after) + 1 :]

    def shown() -> list[Group]:
        return left()[:first] if first else []

    def info() -> dict[str, Any]:
        cursors = [repr(key) for key, _ in shown()]
        ends = {"startCursor": cursors[0] if cursors else None, "endCursor": cursors[-1] if cursors else None}
        return ends | {"hasNextPage": partial(lambda: len(left()) > first), "hasPreviousPage": after is not None}

    return {
        "totalCount": partial(lambda: len(groups())),
        "pageInfo": partial(info),
        "nodes": partial(lambda: [group for _, group in shown()]),
    }


def grouped(of: "Aggregate", by: list[str], order: list[Mapping[str, Any]]) -> list["Group"]:
    """Aggregates: the largest first, then by keys; a missing value is a group of its own, the last."""
    groups: dict[tuple[Any, ...], Aggregate] = {}
    for row in of.rows:
        for values in product(*(of.key_values(row.fact, name) for name in by)):
            compared = tuple((value.compared is None, value.compared) for value in values)
            key = {name: value.shown for name, value in zip(by, values, strict=True)}
            if compared not in groups:
                rows: list[Entry] = []
                groups[compared] = replace(of, rows=rows, told=rows, key=key)
            groups[compared].rows.append(row)
    in_order = sorted(groups.items(), key=lambda group: group[0])
    for key in reversed(order or [{"count": "DESC"}]):
        ((name, inner),) = key.items()
        for at in reversed(range(len(by))) if name == "key" else (0,):
            in_order = _sorted_by(in_order, name, inner, at)
    return in_order


def _sorted_by(groups: list[Group], name: str, inner: Any, at: int) -> list[Group]:
    """Aggregates, orders of groups: equal ones stay as they were, and those without a value come last both ways."""
    direction = inner if isinstance(inner, str) else next(iter(inner.values()))

    def value(group: Group) -> Any:
        if name == "key":
            return group[0][at][1]
        if name in ("count", "distinct"):
            return group[1].field(name, {})
        shown = group[1].field(name, {}).field(next(iter(inner)), {})
        if isinstance(shown, dict):
            return shown["amount"]
        return float(shown) if isinstance(shown, int) else shown

    present = [group for group in groups if value(group) is not None]
    missing = [group for group in groups if value(group) is None]
    return sorted(present, key=value, reverse=direction == "DESC") + missing

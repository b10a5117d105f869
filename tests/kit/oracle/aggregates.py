"""What is computed over the rows of a list. In: a View, rows. Out: counts, groups, and min, max, avg and sum."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from itertools import product
from typing import Any, NamedTuple

from graphql import GraphQLError

from schema.language.edtf import parse
from schema.language.kinds import Kind
from schema.model import model
from tests.kit.oracle.values import comparable
from tests.kit.oracle.view import Entry, View
from tests.kit.oracle.world import Fact

MOST_KEYS, MOST_GROUPS, GROUPS_IF_ABSENT = 5, 100, 20


class KeyValue(NamedTuple):
    """What a fact has under a key of a group: as groups compare it, and as the answer shows it."""

    compared: Any
    shown: Any


MISSING = KeyValue(None, None)
Group = tuple[tuple[Any, ...], "Aggregate"]
"""A group, after its key as it is compared: for each part whether it is missing, and its value."""


@dataclass(frozen=True)
class Aggregate:
    """The rows of a list, or those of one group with its `key`; `show` makes of a fact what an answer can select from."""

    view: View
    rows: list[Entry]
    show: Callable[[Fact], Any]
    key: Mapping[str, Any] | None = None

    def field(self, name: str, given: Mapping[str, Any]) -> Any:
        """Aggregates: of every list, over all rows that `where` leaves, whatever the page."""
        if name == "count":
            return len(self.rows)
        if name == "key":
            return self.key
        if name == "distinct":
            return len({row.fact.id for row in self.rows})
        if name == "groupBy":
            return self.page(given)
        return Computed(name, [row.fact for row in self.rows])

    def page(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Aggregates: `first` groups after a cursor, which here is the key of a group as it is compared."""
        by, first, after = given["by"], given.get("first"), given.get("after")
        first = GROUPS_IF_ABSENT if first is None else first
        if not 1 <= len(by) <= MOST_KEYS or len(set(by)) < len(by) or not 0 <= first <= MOST_GROUPS:
            raise GraphQLError(f"groupBy takes 1 to {MOST_KEYS} keys, each once, and at most {MOST_GROUPS} groups")
        groups = self.groups(by, given.get("orderBy") or [])
        cursors = [repr(compared) for compared, _ in groups]
        left = groups[0 if after is None else cursors.index(after) + 1 :]
        shown = [repr(compared) for compared, _ in left[:first]]
        ends = {"startCursor": shown[0] if shown else None, "endCursor": shown[-1] if shown else None}
        info = {"hasNextPage": len(left) > first, "hasPreviousPage": after is not None}
        nodes = [group for _, group in left[:first]]
        return {"totalCount": len(groups), "pageInfo": info | ends, "nodes": nodes}

    def groups(self, by: list[str], order: list[Mapping[str, Any]]) -> list["Group"]:
        """Aggregates: the largest first, then by keys; a missing value is a group of its own, the last."""
        groups: dict[tuple[Any, ...], Aggregate] = {}
        for row in self.rows:
            for values in product(*(self.key_values(row.fact, name) for name in by)):
                compared = tuple((value.compared is None, value.compared) for value in values)
                key = {name: value.shown for name, value in zip(by, values, strict=True)}
                groups.setdefault(compared, Aggregate(self.view, [], self.show, key)).rows.append(row)
        in_order = sorted(groups.items(), key=lambda group: group[0])
        for key in reversed(order or [{"count": "DESC"}]):
            ((name, inner),) = key.items()
            for at in reversed(range(len(by))) if name == "key" else (0,):
                in_order = _sorted_by(in_order, name, inner, at)
        return in_order

    def key_values(self, fact: Fact, name: str) -> list[KeyValue]:
        """List what a fact has under a key: one value, or MISSING; of a to-many relationship one for each related fact."""
        prop = fact.properties.get(name)
        if prop:
            value = fact.values.get(name)
            return [KeyValue(comparable(prop, value), value)]
        route = model().routes.get(fact.label, {}).get(name)
        if route is None:
            return [_year(fact, name.removesuffix("Year"))]
        related = {entry.fact.id: self.show(entry.fact) for entry in self.view.related(fact, route)}
        values = [KeyValue(id_, shown) for id_, shown in related.items()]
        return (values[:1] if route.one else values) or [MISSING]


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


def _year(fact: Fact, name: str) -> KeyValue:
    """Aggregates: years of dates; none if a date may lie in several."""
    text = fact.values.get(name)
    if comparable(fact.properties[name], text) is None:
        return MISSING
    when = parse(text)
    if when.earliest is None or when.latest is None or when.earliest.year != when.latest.year:
        return MISSING
    return KeyValue(when.earliest.year, when.earliest.year)


@dataclass(frozen=True)
class Computed:
    """One function, `min`, `max`, `avg` or `sum`, over the properties of some facts."""

    function: str
    facts: list[Fact]

    def field(self, name: str, _: Mapping[str, Any]) -> Any:
        """Aggregates: of present values, null if there are none; of money null if there is more than one currency."""
        present = [fact for fact in self.facts if comparable(fact.properties[name], fact.values.get(name)) is not None]
        if not present:
            return None
        prop, values = present[0].properties[name], [fact.values[name] for fact in present]
        if prop.kind is Kind.MONEY and len({value["currency"] for value in values}) > 1:
            return None
        if self.function in ("min", "max"):
            choose = min if self.function == "min" else max
            chosen = choose(values, key=lambda value: comparable(prop, value))
            return comparable(prop, chosen).isoformat() if prop.kind.is_date else chosen
        total = _sum([comparable(prop, value) for value in values], 0.0 if prop.kind is Kind.NUMBER else 0)
        return total / len(values) if self.function == "avg" else total


def _sum(numbers: list[Any], zero: float) -> Any:
    """Add one number after the other: the built-in sum corrects rounding in some versions of Python."""
    return reduce(operator.add, numbers, zero)

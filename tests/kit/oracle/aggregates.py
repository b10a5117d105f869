"""What is computed over the rows of a list. In: a View, rows. Out: counts, groups, and min, max, avg and sum."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any, NamedTuple

from schema.language.edtf import parse
from schema.language.kinds import Kind
from schema.model import model
from tests.kit.oracle import groups
from tests.kit.oracle.values import comparable
from tests.kit.oracle.view import Entry, View
from tests.kit.oracle.world import Fact


class KeyValue(NamedTuple):
    """What a fact has under a key of a group: as groups compare it, and as the answer shows it."""

    compared: Any
    shown: Any


MISSING = KeyValue(None, None)


@dataclass(frozen=True)
class Aggregate:
    """The rows of a list, or those of one group with its `key`; `show` makes of a fact what an answer can select from.

    `told` are the entries that are counted, which may be made up.
    """

    view: View
    rows: list[Entry]
    show: Callable[[Fact], Any]
    told: list[Entry]
    key: Mapping[str, Any] | None = None

    def field(self, name: str, given: Mapping[str, Any]) -> Any:
        """Aggregates: of every list, over all rows that `where` leaves, whatever the page."""
        if name in ("count", "distinct"):
            self.view.tell(self.told)
        if name == "count":
            return len(self.rows)
        if name == "key":
            return self.key
        if name == "distinct":
            return len({row.fact.id for row in self.rows})
        if name == "groupBy":
            return groups.page(self, given)
        return Computed(self.view, name, self.rows, self.told)

    def key_values(self, fact: Fact, name: str) -> list[KeyValue]:
        """List what a fact has under a key: one value, or MISSING; of a to-many relationship one for each related fact."""
        prop = fact.properties.get(name)
        if prop:
            value = fact.values.get(name)
            return [KeyValue(comparable(prop, value), value)]
        route = model().routes.get(fact.label, {}).get(name)
        if route is None:
            return [_year(fact, name.removesuffix("Year"))]
        self.view.tell(self.view.related(fact, route))
        related = {entry.fact.id: self.show(entry.fact) for entry in self.view.related(fact, route)}
        values = [KeyValue(id_, shown) for id_, shown in related.items()]
        return (values[:1] if route.one else values) or [MISSING]


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

    view: View
    function: str
    rows: list[Entry]
    told: list[Entry]

    def field(self, name: str, _: Mapping[str, Any]) -> Any:
        """Aggregates: of present values, null if there are none; of money null if there is more than one currency."""
        self.view.tell(self.told)
        present = [
            row.fact
            for row in self.rows
            if comparable(row.fact.properties[name], row.fact.values.get(name)) is not None
        ]
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

"""Which rows a list has, in which order, and what is computed of them. In: a View, entries, arguments. Out: entries, values."""

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import reduce
from itertools import product
from typing import Any

from graphql import GraphQLError

from schema.language.declare import upper_snake
from schema.language.edtf import parse
from schema.language.kinds import Kind, Marking, Property
from schema.model import model
from tests.kit.oracle import computed
from tests.kit.oracle.findings import has, sought
from tests.kit.oracle.view import Entry, View
from tests.kit.oracle.world import Fact

Where = Mapping[str, Any]
QUANTIFIERS = {"some": any, "none": lambda found: not any(found), "every": all}
RANGE: dict[str, Callable[..., Any]] = {"lt": operator.lt, "lte": operator.le, "gt": operator.gt, "gte": operator.ge}
WRITTEN: dict[str, Callable[..., Any]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "in": lambda value, given: value in given,
    "notIn": lambda value, given: value not in given,
    "has": operator.contains,
    "contains": operator.contains,
    "startsWith": str.startswith,
    "endsWith": str.endswith,
    "search": lambda value, given: has([value] if isinstance(value, str) else value, sought(given)),
}
PLAIN = Property(Kind.TEXT, "A value that is compared as it is.")


def rank(prop: Property, value: Any) -> Any:
    """What of a stored value counts in a range and an order; None where there is nothing to compare."""
    if value is None:
        return None
    if prop.kind.is_date:
        day = parse(value).latest if prop.name == "until" else parse(value).earliest
        return None if prop.name == "until" and day == date.max else day  # an end on the last of days is open
    if prop.kind is Kind.MARKING:
        return Marking[value]
    if prop.kind is Kind.MONEY:
        return value["amount"]
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
        # Of a date that is given, the earliest day counts, whatever it is compared with.
        stored, bound = rank(prop, value), parse(operand).earliest if prop.kind.is_date else rank(prop, operand)
        if bound is None:
            raise GraphQLError(f"{operand!r} has no earliest day to compare with")
        return stored is not None and bool(RANGE[name](stored, bound))
    if prop.kind is Kind.INSTANT:
        value, operand = rank(prop, value), rank(prop, operand)
    return bool(WRITTEN[name](value, operand))


def matches(view: View, row: Entry, where: Where | None) -> bool:
    """Whether a row fulfils a filter. A null object is as none; a null operator matches nothing."""
    return all(_part(view, row, name, given) for name, given in (where or {}).items() if given is not None)


def _part(view: View, row: Entry, name: str, given: Any) -> bool:
    if name in ("and", "or"):
        return {"and": all, "or": any}[name](matches(view, row, part) for part in given)
    if name == "not":
        return not matches(view, row, given)
    if name == "edge" and row.tie:
        return matches(view, Entry(row.tie), given)
    if name == "type":
        return fits(PLAIN, upper_snake(row.node.label), given)
    if (prop := row.node.properties.get(name)) and not prop.refers_to:
        return fits(prop, row.node.values.get(name), given)
    key = row.node.id, name, id(given)
    if key not in view.known:
        # The filter is kept too, so that no other gets its address.
        view.known[key] = _related(view, row.node, name, given), given
    return bool(view.known[key][0])


def _related(view: View, node: Fact, name: str, given: Where) -> bool:
    """Filter by related facts, by those that a property refers to, or by topics."""
    route, prop = model().routes.get(node.label, {}).get(name), node.properties.get(name)
    facts = () if route else view.references(node, name) if prop else computed.topics(view, node)
    far = view.related(node, route) if route else [Entry(fact) for fact in facts]
    if route.one if route else not prop or prop.kind is Kind.REFERENCE:
        return any(matches(view, row, given) for row in far)
    wanted = {name: part for name, part in given.items() if part is not None}
    counted = fits(PLAIN, len(far), wanted.pop("count", {}))
    found = {name: [matches(view, row, part) for row in far] for name, part in wanted.items()}
    return counted and all(QUANTIFIERS[name](each) for name, each in found.items())


def ordered(view: View, entries: Sequence[Entry], keys: Sequence[Where]) -> list[Entry]:
    """Order entries by keys, the first counting most, missing values last both ways; then by ids, as the last."""
    ways, last = ["'DESC'" in str(key) for key in keys], slice(bool(keys) and "edge" in keys[-1], 2)
    rows = sorted(entries, key=lambda row: row.place[last], reverse=bool(ways) and ways[-1])
    for key, descends in reversed(list(zip(keys, ways, strict=True))):
        ranks = {row.place: _rank(view, row, key) for row in rows}
        present, absent = ([row for row in rows if (ranks[row.place] is None) is gone] for gone in (False, True))
        # Sorting, in reverse too, keeps equal rows as they were: in the order of the later keys.
        rows = sorted(present, key=lambda row: ranks[row.place], reverse=descends) + absent
    return rows


def _rank(view: View, row: Entry, key: Where) -> Any:
    """What of a row counts under a key; None where there is nothing."""
    ((name, inner),) = key.items()
    if name == "edge" and row.tie:
        return _rank(view, Entry(row.tie), inner)
    if prop := row.node.properties.get(name):
        return rank(prop, row.node.values.get(name))
    far = view.related(row.node, route := model().routes[row.node.label][name])
    return len(far) if not route.one else _rank(view, far[0], inner) if far else None


@dataclass(frozen=True)
class Aggregate:
    """Rows of a list, or of a group in it, with what can be computed of them; `show` makes a fact selectable."""

    view: View
    rows: list[Entry]
    show: Callable[[Fact], Any]
    key: Mapping[str, Any] | None = None
    how: str = ""

    def field(self, name: str, given: Mapping[str, Any]) -> Any:
        if self.how:
            return self.computed(name)
        if name == "groupBy":
            return self.groups(given["by"], 20 if given.get("first") is None else given["first"])
        return {"count": len(self.rows), "key": self.key}[name] if name in ("count", "key") else replace(self, how=name)

    def groups(self, by: list[str], size: int) -> list["Aggregate"]:
        """Make a group of the rows that are equal in all keys: the largest first, then by the keys, nulls last."""
        if not 1 <= len(by) <= 5 or len(set(by)) < len(by) or not 1 <= size <= 100:
            raise GraphQLError("groupBy takes 1 to 5 keys, each once, and 1 to 100 groups")
        found: dict[tuple[Any, ...], Aggregate] = {}
        spread = [(row, keys) for row in self.rows for keys in product(*(self.compared(row.node, name) for name in by))]
        for row, keys in spread:
            ranks = tuple((each is None, each) for each, _ in keys)
            empty = replace(self, rows=[], key={name: shown for name, (_, shown) in zip(by, keys, strict=True)})
            found.setdefault(ranks, empty).rows.append(row)
        return [group for _, group in sorted(found.items(), key=lambda item: (-len(item[1].rows), item[0]))][:size]

    def compared(self, fact: Fact, name: str) -> list[tuple[Any, Any]]:
        """What a fact has under a key: as it is compared, and as it is shown; all facts that it is related to, each once."""
        if prop := fact.properties.get(name):
            return [(rank(prop, fact.values.get(name)), fact.values.get(name))]
        if route := model().routes.get(fact.label, {}).get(name):
            far: dict[Any, Any] = {entry.node.id: self.show(entry.node) for entry in self.view.related(fact, route)}
            return [*far.items()][: 1 if route.one else None] or [(None, None)]
        text = fact.values.get(date := name.removesuffix("Year"))
        days = (parse(text).earliest, parse(text).latest) if rank(fact.properties[date], text) else ()
        years: set[Any] = {day and day.year for day in days}
        return [(*years, *years) if len(years) == 1 else (None, None)]

    def computed(self, name: str) -> Any:
        """Compute the min, max, avg or sum of a property, whichever `how` says."""
        facts = [row.node for row in self.rows]
        present = [fact for fact in facts if rank(fact.properties[name], fact.values.get(name)) is not None]
        if not present:
            return None
        prop, values = present[0].properties[name], [fact.values[name] for fact in present]
        if prop.kind is Kind.MONEY and len({value["currency"] for value in values}) > 1:
            return None
        if self.how in ("min", "max"):
            value = {"min": min, "max": max}[self.how](values, key=lambda each: rank(prop, each))
            return rank(prop, value).isoformat() if prop.kind.is_date else value
        # One addition after the other: the built-in sum corrects rounding in some versions of Python.
        total = reduce(operator.add, [rank(prop, value) for value in values], 0.0 if prop.kind is Kind.NUMBER else 0)
        return total / len(values) if self.how == "avg" else total

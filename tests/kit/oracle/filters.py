"""Which entries a filter leaves. In: a View, an entry, a filter. Out: whether the entry fulfils it."""

from collections.abc import Mapping
from typing import Any

from schema.language.declare import upper_snake
from schema.language.kinds import Kind
from schema.model import model
from tests.kit.oracle.computed import topics
from tests.kit.oracle.values import PLAIN, fits
from tests.kit.oracle.view import Entry, View
from tests.kit.oracle.world import Fact

Where = Mapping[str, Any]


def matches(view: View, entry: Entry, where: Where | None) -> bool:
    """Filters: all that is given must hold. A filter that is null is as one that is not given."""
    given = {name: part for name, part in (where or {}).items() if part is not None}
    return all(_holds(view, entry, name, part) for name, part in given.items())


def _holds(view: View, entry: Entry, name: str, given: Any) -> bool:
    """Decide one part of a filter. `not` turns true into false and false into true: nothing is unknown."""
    if name == "and":
        return all(matches(view, entry, part) for part in given)
    if name == "or":
        return any(matches(view, entry, part) for part in given)
    if name == "not":
        return not matches(view, entry, given)
    if name == "edge" and entry.relationship:
        return matches(view, Entry(entry.relationship), given)
    if name == "type":
        return fits(PLAIN, upper_snake(entry.fact.label), given)
    prop = entry.fact.properties.get(name)
    if prop and not prop.refers_to:
        return fits(prop, entry.fact.values.get(name), given)
    return _holds_of_related(view, entry.fact, name, given)


def _holds_of_related(view: View, fact: Fact, name: str, given: Where) -> bool:
    """Filters: related facts are filtered, those that a property refers to, and `about` the topics of a fact."""
    route = model().routes.get(fact.label, {}).get(name)
    if route:
        entries = view.related(fact, route)
        return _of_one(view, entries, given) if route.one else _of_many(view, entries, given)
    prop = fact.properties.get(name)
    if prop:
        entries = [Entry(target) for target in view.references(fact, name)]
        return _of_one(view, entries, given) if prop.kind is Kind.REFERENCE else _of_many(view, entries, given)
    return _of_one(view, [Entry(topic) for topic in topics(view, fact)], given)


def _of_one(view: View, entries: list[Entry], where: Where) -> bool:
    """Filters: a to-one field is filtered like a fact; so is `about`, of which one topic is enough. Without any it is false."""
    return any(matches(view, entry, where) for entry in entries)


def _of_many(view: View, entries: list[Entry], given: Where) -> bool:
    """Filters: `some`, `none`, `every` (true if there are none) and `count`; all that is given must hold."""
    decided = []
    for name, part in given.items():
        if part is None:
            continue
        if name == "count":
            decided.append(fits(PLAIN, len(entries), part))
            continue
        fulfilled = [matches(view, entry, part) for entry in entries]
        decided.append({"some": any(fulfilled), "none": not any(fulfilled), "every": all(fulfilled)}[name])
    return all(decided)

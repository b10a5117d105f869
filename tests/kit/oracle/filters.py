"""Which entries a filter leaves. In: a View, an entry, a filter. Out: whether the entry fulfils it."""

from collections.abc import Mapping
from typing import Any

from graphql import GraphQLError

from schema.language.declare import upper_snake
from schema.language.edtf import parse
from schema.language.kinds import Kind, Property
from schema.model import model
from tests.kit.oracle.computed import topics
from tests.kit.oracle.values import PLAIN, fits
from tests.kit.oracle.view import Entry, View
from tests.kit.oracle.words import words
from tests.kit.oracle.world import Fact

Where = Mapping[str, Any]
Names = Mapping[str, Fact]
NO_NAMES: Names = {}
MOST_TEXT = 200


def matches(view: View, entry: Entry, where: Where | None, names: Names = NO_NAMES) -> bool:
    """Filters: all that is given must hold. A filter that is null is as one that is not given."""
    given = {name: part for name, part in (where or {}).items() if part is not None}
    inside = named(entry, given, names)
    return all(_holds(view, entry, name, part, inside) for name, part in given.items())


def named(entry: Entry, where: Where | None, names: Names) -> Names:
    """Names of facts: a filter names its fact, and with `edge` the relationship; they are known inside the filter."""
    given, edge = where or {}, (where or {}).get("edge") or {}
    own = {given["as"]: entry.fact} if given.get("as") else {}
    of_edge = {edge["as"]: entry.relationship} if entry.relationship and edge.get("as") else {}
    return {**names, **own, **of_edge}


def _holds(view: View, entry: Entry, name: str, given: Any, names: Names) -> bool:
    """Decide one part of a filter. `not` turns true into false and false into true: nothing is unknown."""
    if name == "and":
        return all(matches(view, entry, part, names) for part in given)
    if name == "or":
        return any(matches(view, entry, part, names) for part in given)
    if name == "not":
        return not matches(view, entry, given, names)
    if name in ("as", "same"):
        return name == "as" or names[given] is entry.fact
    if name == "edge" and entry.relationship:
        return matches(view, Entry(entry.relationship), given, names)
    if name == "on":
        label = model().concepts[entry.fact.label].singular
        return label in given and matches(view, entry, given[label], names)
    if name == "type":
        return fits(PLAIN, upper_snake(entry.fact.label), given)
    prop = entry.fact.properties.get(name)
    if prop and not prop.refers_to:
        return _holds_of_value(entry.fact, prop, given, names)
    return _holds_of_related(view, entry.fact, name, given, names)


def _holds_of_value(fact: Fact, prop: Property, given: Where, names: Names) -> bool:
    """Filters: an operator for each property. A date is before another if it is so whatever days the two mean."""
    value = fact.values.get(prop.name)
    if "is" in given and not _is_named(fact, prop, given["is"]):
        return False
    for name in ("before", "after"):
        if name in given:
            operand = given[name]
            other = operand and names[operand["fact"]].values.get(operand.get("date") or prop.name)
            if not value or not other:
                return False
            first, second = (value, other) if name == "before" else (other, value)
            latest, earliest = parse(first).latest, parse(second).earliest
            if latest is None or earliest is None or latest >= earliest:
                return False
    own = ("before", "after", "is")
    return fits(prop, value, {name: part for name, part in given.items() if name not in own})


def _is_named(fact: Fact, prop: Property, text: str | None) -> bool:
    """Words, `is`: the same words in the same order; a name may be one of the aliases."""
    texts = [fact.values.get(prop.name), *(fact.values.get("aliases", ()) if prop.name == "name" else ())]
    if text is not None and len(text) > MOST_TEXT:
        raise GraphQLError(f"{text!r} has {len(text)} characters; accepted are at most {MOST_TEXT}")
    sought = [word.folded for word in words(text or "")]
    return bool(sought) and any(each and [word.folded for word in words(each)] == sought for each in texts)


def _holds_of_related(view: View, fact: Fact, name: str, given: Where, names: Names) -> bool:
    """Filters: related facts are filtered, those that a property refers to, and `about` the topics of a fact."""
    route = model().routes.get(fact.label, {}).get(name)
    if route:
        entries = view.related(fact, route)
        return _of_one(view, entries, given, names) if route.one else _of_many(view, entries, given, names)
    prop = fact.properties.get(name)
    if prop:
        entries = [Entry(target) for target in view.references(fact, name)]
        one = prop.kind is Kind.REFERENCE
        return _of_one(view, entries, given, names) if one else _of_many(view, entries, given, names)
    return _of_one(view, [Entry(topic) for topic in topics(view, fact)], given, names)


def _of_one(view: View, entries: list[Entry], where: Where, names: Names) -> bool:
    """Filters: a to-one field is filtered like a fact; so is `about`, of which one topic is enough. Without any it is false."""
    return any(matches(view, entry, where, names) for entry in entries)


def _of_many(view: View, entries: list[Entry], given: Where, names: Names) -> bool:
    """Filters: `some`, `none`, `every` (true if there are none) and `count`; all that is given must hold."""
    decided = []
    for name, part in given.items():
        if part is None:
            continue
        if name == "count":
            decided.append(fits(PLAIN, len(entries), part))
            continue
        fulfilled = [matches(view, entry, part, names) for entry in entries]
        decided.append({"some": any(fulfilled), "none": not any(fulfilled), "every": all(fulfilled)}[name])
    return all(decided)

"""In which order entries come. In: a View, entries, keys. Out: the entries in order."""

from collections.abc import Mapping, Sequence
from typing import Any

from schema.model import model
from tests.kit.oracle.filters import matches
from tests.kit.oracle.values import comparable
from tests.kit.oracle.view import Entry, View

Key = Mapping[str, Any]
"""One field with its direction, {"since": "DESC"}, maybe inside others: {"city": {"country": {"name": "ASC"}}}.

A count may have a filter: {"twins": {"count": "DESC", "where": {...}}}.
"""


def ordered(view: View, entries: Sequence[Entry], keys: Sequence[Key]) -> list[Entry]:
    """Orders: the first key counts most; equal entries stay in the order of the later keys, at last in that of their ids."""
    rows = _by_ids(entries, keys[-1] if keys else None)
    for key in reversed(keys):
        rows = _by_key(view, rows, key)
    return rows


def _by_ids(entries: Sequence[Entry], last_key: Key | None) -> list[Entry]:
    """Orders: ids go in the direction of the last key; after a key of `edge` those of the relationships alone."""
    if last_key is None:
        return sorted(entries, key=lambda entry: entry.ids)
    if "edge" in last_key:
        return sorted(entries, key=lambda entry: entry.ids[1], reverse=_descends(last_key))
    return sorted(entries, key=lambda entry: entry.ids, reverse=_descends(last_key))


def _by_key(view: View, rows: list[Entry], key: Key) -> list[Entry]:
    """Orders: missing values come last both ways. Sorting keeps equal rows as they were, in reverse too."""
    values = {row.ids: _value(view, row, key) for row in rows}
    present = [row for row in rows if values[row.ids] is not None]
    missing = [row for row in rows if values[row.ids] is None]
    return sorted(present, key=lambda row: values[row.ids], reverse=_descends(key)) + missing


def _descends(key: Key) -> bool:
    inner = key["count"] if "count" in key else next(iter(key.values()))
    return _descends(inner) if isinstance(inner, Mapping) else bool(inner == "DESC")


def _value(view: View, row: Entry, key: Key) -> Any:
    """Orders: a key is a property, one of a to-one fact, the number of related facts that match, or on relationships `edge`."""
    ((name, inner),) = key.items()
    if name == "edge" and row.relationship:
        return _value(view, Entry(row.relationship), inner)
    prop = row.fact.properties.get(name)
    if prop:
        return comparable(prop, row.fact.values.get(name))
    route = model().routes[row.fact.label][name]
    related = view.related(row.fact, route)
    if not route.one:
        return sum(matches(view, entry, inner.get("where")) for entry in related)
    return _value(view, related[0], inner) if related else None

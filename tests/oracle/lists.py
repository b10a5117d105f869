"""Which rows a list has and in which order. In: a View, entries, `where` and `orderBy`. Out: entries."""

from collections.abc import Mapping, Sequence
from typing import Any

from schema.declare import kebab
from schema.model import Route, model
from tests.oracle.compare import PLAIN, fits, rank
from tests.oracle.view import Entry, View
from tests.oracle.world import Fact

Where = Mapping[str, Any]
QUANTIFIERS = {"some": any, "none": lambda found: not any(found), "every": all}


def matches(view: View, node: Fact, where: Where | None) -> bool:
    """Whether a visible fact fulfils a filter. A null object is as none; a null operator matches nothing."""
    return all(_part(view, node, name, given) for name, given in (where or {}).items() if given is not None)


def _part(view: View, node: Fact, name: str, given: Any) -> bool:
    if name in ("and", "or"):
        return {"and": all, "or": any}[name](matches(view, node, part) for part in given)
    if name == "not":
        return not matches(view, node, given)
    if prop := node.property(name):
        return fits(prop, node.values.get(name), given)
    if route := model().routes.get(node.label, {}).get(name):
        return _related(view, node, route, given)
    if name == "type":
        return fits(PLAIN, kebab(node.label).replace("-", "_").upper(), given)
    raise LookupError(f"{node.label} has nothing called {name}")


def _related(view: View, node: Fact, route: Route, given: Where) -> bool:
    far = [entry.node for entry in view.related(node, route)]
    if route.one:
        return any(matches(view, one, given) for one in far)
    wanted = {name: part for name, part in given.items() if part is not None}
    counted = fits(PLAIN, len(far), wanted.pop("count", {}))
    found = {name: [matches(view, one, part) for one in far] for name, part in wanted.items()}
    return counted and all(QUANTIFIERS[name](each) for name, each in found.items())


def ordered(entries: Sequence[Entry], keys: Sequence[Where] | None) -> list[Entry]:
    """Order entries by keys, the first counting most: missing values last both ways, ids break ties."""
    rows = sorted(entries, key=lambda entry: entry.place)
    for key in reversed(keys or ()):
        ((name, direction),) = key.items()
        if of_tie := name == "edge":
            ((name, direction),) = direction.items()
        ranks = {row.place: _rank(row.tie if of_tie else row.node, name) for row in rows}
        present = [row for row in rows if ranks[row.place] is not None]
        absent = [row for row in rows if ranks[row.place] is None]
        # Sorting in reverse keeps equal rows as they were, so the id still breaks ties upwards.
        rows = sorted(present, key=lambda row: ranks[row.place], reverse=direction == "DESC") + absent
    return rows


def _rank(fact: Fact | None, name: str) -> Any:
    prop = fact.property(name) if fact else None
    if fact is None or prop is None:
        raise LookupError(f"there is nothing called {name} to order by")
    return rank(prop, fact.values.get(name))

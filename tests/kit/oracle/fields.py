"""What can be asked of a fact, field by field. In: a View and a visible fact. Out: values, other facts, lists of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from schema.language import edtf
from schema.language.computed import ComputedField, Pairs
from schema.language.kinds import Kind
from schema.model import model
from tests.kit.oracle import computed, waves
from tests.kit.oracle.aggregates import Aggregate
from tests.kit.oracle.filters import NO_NAMES, Names, matches, named
from tests.kit.oracle.orders import ordered
from tests.kit.oracle.pages import connection
from tests.kit.oracle.view import Entry, View
from tests.kit.oracle.world import Fact, Relationship

Given = Mapping[str, Any]
Answer = dict[str, Any]


@dataclass(frozen=True)
class Shown:
    """A fact that the viewer may see: every field is looked up when it is asked for. `names` are those of the lists above."""

    view: View
    fact: Fact
    names: Names = field(default_factory=dict)

    def field(self, name: str, given: Given) -> Any:
        """Answer one field: a property, an end of a relationship, a computed field, or what a relationship leads to."""
        if name in self.fact.properties:
            return self.value(name)
        if isinstance(self.fact, Relationship) and name in ("type", "start", "end"):
            return getattr(self.fact, name)
        declared = model().computed(self.fact.label).get(name)
        if declared:
            return self.computed(name, declared)
        route = model().routes[self.fact.label][name]
        entries = self.view.related(self.fact, route)
        if route.one:
            self.view.tell(entries[:1])
            return self.show(entries[0].fact) if entries else None
        return list_of(self.view, entries, given, self.names)

    def show(self, other: Fact) -> "Shown":
        """Show a fact that this one leads to."""
        return Shown(self.view, other, self.names)

    def value(self, name: str) -> Any:
        """Show a property as its type in the API has it; a reference as the fact that it names, if that may be seen."""
        prop, value = self.fact.properties[name], self.fact.values.get(name)
        if prop.refers_to:
            targets = self.view.references(self.fact, name)[: 1 if prop.kind is Kind.REFERENCE else None]
            self.view.tell(map(Entry, targets))
            shown = [self.show(target) for target in targets]
            return next(iter(shown), None) if prop.kind is Kind.REFERENCE else shown
        if prop.kind is Kind.TEXTS:
            return value or []
        if prop.kind.is_date and value is not None:
            when = edtf.parse(value)
            days = {"earliest": when.earliest, "latest": when.latest}
            return {"text": value} | {part: day.isoformat() if day else None for part, day in days.items()}
        return value

    def computed(self, name: str, declared: ComputedField) -> Any:
        """Show a computed field."""
        if isinstance(declared, Pairs):
            others = computed.pairs(self.view, self.fact, declared)
            self.view.tell(map(Entry, others))
            return [self.show(other) for other in others]
        if name == "tieChange":
            return waves.change(self.view, self.fact)
        if name == "lagYears":
            return computed.lag(self.view, self.fact)
        if name == "size":
            return computed.size(self.view, self.fact)
        assert name == "responseRate", f"the oracle does not know {name}"
        return computed.share(self.fact)


def list_of(view: View, entries: list[Entry], given: Given, names: Names = NO_NAMES) -> Answer:
    """Lists: `where` leaves rows, `orderBy` orders them, and the page takes some; the aggregate is over all of them."""
    rows = [row for row in entries if matches(view, row, given.get("where"), names)]
    of_edge = partial(_said_on_the_edge, view, names, given)
    return page_of(view, ordered(view, rows, given.get("orderBy") or ()), given, of_edge, names)


def page_of(
    view: View, rows: list[Entry], given: Given, said: Callable[[Entry], Answer], names: Names = NO_NAMES
) -> Answer:
    """Make a connection of rows in order; `said` is what an edge says beside its node."""
    by_ids = sorted(rows, key=lambda row: row.ids)  # sums of floats depend on the order in which they are added
    page = connection(view, rows, given, lambda row: {"node": _row(view, row, given, names)} | said(row))
    return page | {"aggregate": partial(_aggregate, view, by_ids, names)}


def _aggregate(view: View, rows: list[Entry], names: Names, *, distinct: bool | None = None) -> Aggregate:
    """Aggregates: over all rows of a list; with `distinct` over its facts, each once."""
    facts = [Entry(fact) for fact in dict.fromkeys(row.fact for row in rows)]
    return Aggregate(view, facts if distinct else rows, partial(Shown, view, names=names), told=rows)


def _row(view: View, row: Entry, given: Given, names: Names) -> Shown:
    """Names of facts: what the filter of a list names is known below its rows, but not below its groups."""
    return Shown(view, row.fact, named(row, given.get("where"), names))


def _said_on_the_edge(view: View, names: Names, given: Given, row: Entry) -> Answer:
    """Lists: on the edge, `since`, `sources` and the like are the relationship's, and `relationshipId` is its id."""
    relationship = row.relationship
    if relationship is None:
        return {}
    shown = Shown(view, relationship, named(row, given.get("where"), names))
    asked_for_later = {name: partial(waves.in_wave, view, relationship, name) for name in relationship.spec.computed}
    said = {name: partial(shown.value, name) for name in relationship.properties}
    return {"relationshipId": said.pop("id"), **said} | asked_for_later

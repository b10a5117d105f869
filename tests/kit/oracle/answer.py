"""The oracle: each field is looked up by itself. In: world, document, variables, viewer. Out: the answer, but for cursors."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any

import graphql
from graphql import GraphQLError

from schema.derived.graphql import build
from schema.language import edtf
from schema.language.computed import ComputedField, Pairs
from schema.language.kinds import Kind
from schema.model import model
from tests.kit.oracle import computed
from tests.kit.oracle.findings import highlights, path, search
from tests.kit.oracle.lists import Aggregate, matches, ordered
from tests.kit.oracle.view import Entry, View, Viewer
from tests.kit.oracle.world import Fact, World

Given = Mapping[str, Any]
Answer = dict[str, Any]


def answer(world: World, document: str, variables: Given | None = None, viewer: Viewer | None = None) -> Answer:
    """Return {"data": ...}, and "errors" where a field failed; raise ValueError for an invalid document."""
    parsed = graphql.parse(document)
    if errors := graphql.validate(_schema(), parsed):
        raise ValueError("; ".join(error.message for error in errors))
    run = partial(graphql.execute_sync, field_resolver=_resolve, type_resolver=lambda seen, *_: seen.fact.label)
    seen, given = View(world, viewer or Viewer()), dict(variables or {})
    return dict(run(_schema(), parsed, context_value=seen, variable_values=given).formatted)


@cache
def _schema() -> graphql.GraphQLSchema:
    """Make the published schema anew from its SDL: the same types, without anybody's resolvers."""
    return graphql.build_schema(build.sdl(build.schema()), assume_valid=True)


def _resolve(source: Any, info: graphql.GraphQLResolveInfo[Any], **given: Any) -> Any:
    if source is not None:
        found = source[info.field_name] if isinstance(source, dict) else source.field(info.field_name, given)
        return found() if isinstance(found, partial) else found
    day = edtf.parse(given["asOf"]).latest if given.get("asOf") is not None else None
    if day is None and given.get("asOf") is not None:
        raise GraphQLError(f"asOf is {given['asOf']!r}, which has no latest day")
    return _root(replace(info.context, day=day), info.field_name, given)


def _root(view: View, name: str, given: Given) -> Any:
    """Look up a field of the query: by id or ids, by words, a path, or a list of one label."""
    if name in ("node", "nodes"):
        facts = [view.find(id_) for id_ in given.get("ids", [given.get("id")])]
        seen = [Seen(view, fact) if fact else None for fact in facts]
        if len(seen) > 100:
            raise GraphQLError(f"ids has {len(seen)} ids; accepted are at most 100")
        return seen if name == "nodes" else seen[0]
    if name == "search":
        rows = search(view, given["text"], given.get("types"))
        return _page(view, rows, given, lambda row: {"highlights": highlights(row.node, given["text"])})
    if name == "path":
        way = path(view, (given["from"], given["to"]), given["through"], given.get("maxHops"))
        nodes, ties = [Seen(view, row.node) for row in way or ()], [Seen(view, row.tie) for row in way or () if row.tie]
        return {"length": len(ties), "nodes": nodes, "ties": ties} if way else None
    spec = next(spec for spec in model().concepts.values() if name in (spec.singular, spec.plural))
    if name == spec.plural:
        return _list(view, view.all(spec.label), given)
    fact = view.find(given["id"])
    return Seen(view, fact) if fact and fact.label == spec.label else None


@dataclass(frozen=True)
class Seen:
    """A fact that the viewer may see, with what can be asked of it."""

    view: View
    fact: Fact

    def field(self, name: str, given: Given) -> Any:
        if name in self.fact.properties:
            return self.value(name)
        if name in self.fact.ends:
            return self.fact.ends[name]
        if made := model().computed(self.fact.label).get(name):
            return self.computed(name, made)
        route = model().routes[self.fact.label][name]
        entries = self.view.related(self.fact, route)
        if route.one:
            return Seen(self.view, entries[0].node) if entries else None
        return _list(self.view, entries, given)

    def value(self, name: str) -> Any:
        """Show a property as its type in the API has it."""
        prop, value = self.fact.properties[name], self.fact.values.get(name)
        if prop.refers_to:
            found = [Seen(self.view, to) for to in self.view.references(self.fact, name)]
            return next(iter(found), None) if prop.kind is Kind.REFERENCE else found
        if prop.kind is Kind.TEXTS:
            return value or []
        if prop.kind.is_date and value is not None:
            days = {"earliest": edtf.parse(value).earliest, "latest": edtf.parse(value).latest}
            return {"text": value} | {part: day and day.isoformat() for part, day in days.items()}
        return value

    def computed(self, name: str, made: ComputedField) -> Any:
        """Show a field that is computed from other facts."""
        if isinstance(made, Pairs):
            return [Seen(self.view, other) for other in computed.pairs(self.view, self.fact, made)]
        if name == "tieChange":
            return computed.change(self.view, self.fact)
        return computed.lag(self.view, self.fact) if name == "lagYears" else computed.share(self.fact)


def _list(view: View, entries: list[Entry], given: Given) -> Answer:
    """Make a connection: filter, then order; an edge has what its tie says."""
    rows = [row for row in entries if matches(view, row, given.get("where"))]

    def said(row: Entry) -> Answer:
        if row.tie is None:
            return {}
        found = {name: partial(computed.in_wave, view, row.tie, name) for name in row.tie.spec.computed}
        return found | {name: Seen(view, row.tie).value(name) for name in row.tie.properties}

    return _page(view, ordered(view, rows, given.get("orderBy") or ()), given, said)


def _page(view: View, rows: list[Entry], given: Given, said: Callable[[Entry], Answer]) -> Answer:
    """Cut a list at its cursors, then to the size asked for, at its begin or its end; count before that."""
    first, last, after, before = (given.get(name) for name in ("first", "last", "after", "before"))
    size = (20 if first is None else first) if last is None else last
    if (first is not None and last is not None) or not 1 <= size <= 100:
        raise GraphQLError(f"first is {first}, last is {last}; accepted is one of them, from 1 to 100")
    cursors = [" ".join(row.place) for row in rows]
    end = len(rows) if before is None else cursors.index(before)
    cut = range(len(rows))[0 if after is None else cursors.index(after) + 1 : end]
    page, more = cut[:size] if last is None else cut[-size:], len(cut) > size
    edges = [{"cursor": cursors[at], "node": Seen(view, rows[at].node)} | said(rows[at]) for at in page]
    return {
        "edges": edges,
        "nodes": [edge["node"] for edge in edges],
        "totalCount": len(rows),
        "aggregate": Aggregate(view, sorted(rows, key=lambda row: row.place), partial(Seen, view)),
        "pageInfo": {
            "hasNextPage": more if last is None else before is not None,
            "hasPreviousPage": after is not None if last is None else more,
            "startCursor": edges[0]["cursor"] if edges else None,
            "endCursor": edges[-1]["cursor"] if edges else None,
        },
    }

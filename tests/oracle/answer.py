"""The oracle. In: world, document, variables, viewer. Out: what the API must answer, but for cursors.

graphql-core executes the document; each field is looked up by itself, in the plainest way there is.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

import graphql
from graphql import GraphQLError

from schema import edtf
from schema.evidence import COMMON
from schema.graphql import build
from schema.kinds import Kind
from schema.model import model
from tests.oracle.lists import matches, ordered
from tests.oracle.view import Entry, View, Viewer
from tests.oracle.world import Fact, World

Given = Mapping[str, Any]
Answer = dict[str, Any]
DEFAULT, MOST = 20, 100
NOBODY = Viewer()


def answer(world: World, document: str, variables: Given | None = None, viewer: Viewer = NOBODY) -> Answer:
    """Return {"data": ...}, and "errors" where a field failed; raise ValueError for an invalid document."""
    parsed = graphql.parse(document)
    if errors := graphql.validate(_schema(), parsed):
        raise ValueError("; ".join(error.message for error in errors))
    result = graphql.execute_sync(
        _schema(),
        parsed,
        context_value=View(world, viewer),
        variable_values=dict(variables or {}),
        field_resolver=_resolve,
        type_resolver=lambda seen, *_: seen.fact.label,
    )
    return dict(result.formatted)


@cache
def _schema() -> graphql.GraphQLSchema:
    """Make the published schema anew from its SDL: the same types, without anybody's resolvers."""
    return graphql.build_schema(build.sdl(build.schema()), assume_valid=True)


def _resolve(source: Any, info: graphql.GraphQLResolveInfo[Any], **given: Any) -> Any:
    if source is None:
        return _root(replace(info.context, day=_day(given)), info.field_name, given)
    return source.field(info.field_name, given) if isinstance(source, Seen) else source[info.field_name]


def _root(view: View, name: str, given: Given) -> Any:
    """Look up a field of the query: by id or ids, or a list of one label."""
    if name == "nodes":
        if len(given["ids"]) > MOST:
            raise GraphQLError(f"ids has {len(given['ids'])} ids; accepted are at most {MOST}")
        return [_found(view, id_) for id_ in given["ids"]]
    if name == "node":
        return _found(view, given["id"])
    spec = next(spec for spec in model().concepts.values() if name in (spec.singular, spec.plural))
    if name == spec.plural:
        return _page(view, view.all(spec.label), given)
    found = _found(view, given["id"])
    return found if found and found.fact.label == spec.label else None


@dataclass(frozen=True)
class Seen:
    """A fact that the viewer may see, with what can be asked of it."""

    view: View
    fact: Fact

    def field(self, name: str, given: Given) -> Any:
        if self.fact.property(name):
            return self.value(name)
        if name == "lagYears":
            return self.lag()
        route = model().routes[self.fact.label][name]
        entries = self.view.related(self.fact, route)
        if route.one:
            return Seen(self.view, entries[0].node) if entries else None
        return _page(self.view, entries, given)

    def lag(self) -> dict[str, int | None] | None:
        """Years between the dates of the lessons drawn on and that of the use, at the least and at the most."""
        lessons = [entry.node for entry in self.view.related(self.fact, model().routes["Adoption"]["drewOn"])]
        dates = [edtf.parse(text) for lesson in lessons if (text := lesson.values.get("since"))]
        used = edtf.parse(self.fact.values["since"]) if self.fact.values.get("since") else None
        if used is None or not dates:
            return None
        least = [_years(used.earliest, date.latest) for date in dates]
        most = [_years(used.latest, date.earliest) for date in dates]
        return {
            "earliest": None if None in least else min(years for years in least if years is not None),
            "latest": None if None in most else max(years for years in most if years is not None),
        }

    def value(self, name: str) -> Any:
        """Show a property as its type in the API has it."""
        prop, value = self.fact.property(name), self.fact.values.get(name)
        if prop and prop.refers_to:
            found = [Seen(self.view, to) for to in self.view.references(self.fact, name, prop.refers_to)]
            return next(iter(found), None) if prop.kind is Kind.REFERENCE else found
        if prop and prop.kind is Kind.TEXTS:
            return value or []
        if prop and prop.kind is Kind.WHEN and value is not None:
            when = edtf.parse(value)
            days = {"earliest": when.earliest, "latest": when.latest}
            return {"text": value} | {part: day and day.isoformat() for part, day in days.items()}
        return value


def _years(later: date | None, earlier: date | None) -> int | None:
    return None if later is None or earlier is None else later.year - earlier.year


def _edge(view: View, row: Entry) -> dict[str, Any]:
    """Make an entry of a page: the fact, and what the tie itself says."""
    tie = row.tie
    said = {name: Seen(view, tie).value(name) for name in COMMON | tie.spec.properties} if tie else {}
    return said | {"cursor": _cursor(row), "node": Seen(view, row.node)}


def _page(view: View, entries: list[Entry], given: Given) -> dict[str, Any]:
    """Make a connection: filter, order, count, then cut."""
    matching = [row for row in entries if matches(view, row.node, given.get("where"))]
    rows = ordered(matching, given.get("orderBy"))
    size = DEFAULT if given.get("first") is None else given["first"]
    if not 1 <= size <= MOST:
        raise GraphQLError(f"first is {size}; accepted are 1 to {MOST}")
    after = given.get("after")
    begin = 0 if after is None else _position(rows, after) + 1
    page = rows[begin : begin + size]
    return {
        "edges": [_edge(view, row) for row in page],
        "nodes": [Seen(view, row.node) for row in page],
        "totalCount": len(rows),
        "pageInfo": {
            "hasNextPage": len(rows) > begin + size,
            "hasPreviousPage": after is not None,
            "startCursor": _cursor(page[0]) if page else None,
            "endCursor": _cursor(page[-1]) if page else None,
        },
    }


def _cursor(row: Entry) -> str:
    return base64.urlsafe_b64encode(json.dumps(row.place).encode()).decode()


def _position(rows: list[Entry], cursor: str) -> int:
    try:
        return [list(row.place) for row in rows].index(json.loads(base64.urlsafe_b64decode(cursor)))
    except ValueError as error:
        raise GraphQLError("after is no cursor of this list") from error


def _found(view: View, id_: str) -> Seen | None:
    fact = view.find(id_)
    return Seen(view, fact) if fact else None


def _day(given: Given) -> date | None:
    """Read `asOf` as the latest day that it may mean."""
    if (text := given.get("asOf")) is None:
        return None
    if (day := edtf.parse(text).latest) is None:
        raise GraphQLError(f"asOf is {text!r}, which has no latest day")
    return day

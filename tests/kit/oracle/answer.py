"""The oracle: each field is looked up by itself. In: world, document, variables, viewer. Out: the answer, but for cursors.

A docstring begins with the section of docs/language.md whose sentence it carries out; `Security` is docs/security.md.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache, partial
from typing import Any

import graphql
from graphql import GraphQLError

from schema.derived.graphql import build
from schema.language import edtf
from schema.model import model
from tests.kit.oracle.fields import Shown, list_of, page_of
from tests.kit.oracle.paths import shortest_path
from tests.kit.oracle.search import highlights, search
from tests.kit.oracle.view import Entry, View, Viewer
from tests.kit.oracle.world import World

MOST_IDS = 100
SYNTHETIC = "These fields hold made-up facts (confidence SYNTHETIC), which say nothing about real people or cities."
Given = Mapping[str, Any]
Answer = dict[str, Any]


def answer(
    world: World,
    document: str,
    variables: Given | None = None,
    viewer: Viewer | None = None,
    *,
    synthetic: bool = True,
) -> Answer:
    """Return {"data": ...}, "errors" if a field failed, "extensions" if made-up facts are shown or counted.

    `synthetic` is the setting of the server: the tests' own has it. Raise ValueError for an invalid document.
    """
    parsed = graphql.parse(document)
    errors = graphql.validate(_schema(), parsed)
    if errors:
        raise ValueError("; ".join(error.message for error in errors))
    view = View(world, viewer or Viewer(), synthetic=synthetic)
    result = graphql.execute_sync(
        _schema(),
        parsed,
        context_value=view,
        variable_values=dict(variables or {}),
        field_resolver=_resolve,
        type_resolver=lambda shown, *_: shown.fact.label,
    )
    told = [key for key in result.data or () if key in view.told]
    said = {"synthetic": {"fields": told, "message": SYNTHETIC}}
    return dict(result.formatted) | ({"extensions": said} if told else {})


@cache
def _schema() -> graphql.GraphQLSchema:
    """Make the published schema anew from its SDL: the same types, without anybody's resolvers."""
    return graphql.build_schema(build.sdl(build.schema()), assume_valid=True)


def _resolve(source: Any, info: graphql.GraphQLResolveInfo[Any], **given: Any) -> Any:
    """Look up one field: of the root, of a dictionary, or of an object that answers for its fields."""
    if source is None:
        view, asked = info.context, given.get("synthetic")
        view = replace(view, root=str(info.path.key), synthetic=view.synthetic if asked is None else asked)
        return _root(_as_of(view, given.get("asOf")), info.field_name, given)
    if not isinstance(source, dict):
        return source.field(info.field_name, given)
    value = source[info.field_name]
    return value(**given) if isinstance(value, partial) else value  # what is costly waits until it is asked for


def _as_of(view: View, text: str | None) -> View:
    """As of a date: it holds for everything below a field of the root, and is read as its latest day."""
    if text is None:
        return replace(view, day=None)
    day = edtf.parse(text).latest
    if day is None:
        raise GraphQLError(f"asOf is {text!r}, which has no latest day")
    return replace(view, day=day)


def _root(view: View, name: str, given: Given) -> Any:
    """Answer a field of the root: a fact by id, facts by ids, what words find, a path, or the list of a label."""
    special: dict[str, Callable[[View, Given], Any]] = {
        "node": _node,
        "nodes": _nodes,
        "search": _search,
        "path": _path,
    }
    if name in special:
        return special[name](view, given)
    (spec,) = (spec for spec in model().concepts.values() if name in (spec.singular, spec.plural))
    if name == spec.plural:
        return list_of(view, view.all(spec.label), given)
    return _node(view, given, spec.label)


def _node(view: View, given: Given, label: str | None = None) -> Shown | None:
    """Facts by id: what is not there and what the viewer may not see are both null."""
    fact = view.find(given["id"])
    if fact is None or label not in (None, fact.label):
        return None
    view.tell([Entry(fact)])
    return Shown(view, fact)


def _nodes(view: View, given: Given) -> list[Shown | None]:
    """Facts by id: `nodes` keeps the order asked."""
    if len(given["ids"]) > MOST_IDS:
        raise GraphQLError(f"ids has {len(given['ids'])} ids; accepted are at most {MOST_IDS}")
    return [_node(view, {"id": id_}) for id_ in given["ids"]]


def _search(view: View, given: Given) -> Answer:
    rows = search(view, given["text"], given.get("types"))
    return page_of(view, rows, given, lambda row: {"highlights": highlights(row.fact, given["text"])})


def _path(view: View, given: Given) -> Answer | None:
    way = shortest_path(view, (given["from"], given["to"]), given["through"], given.get("maxHops"))
    if way is None:
        return None
    view.tell(way)
    relationships = [Shown(view, entry.relationship) for entry in way if entry.relationship]
    nodes = [Shown(view, entry.fact) for entry in way]
    return {"length": len(relationships), "nodes": nodes, "ties": relationships}

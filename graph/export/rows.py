"""Stored facts as the rows that state them, without what a viewer may not see. In: columns. Out: rows as a load reads."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from graph.facts.restored import restored
from schema.domain.evidence import COMMON
from schema.language.declare import ConceptSpec, RelationshipSpec
from schema.model import Model

HOLDERS = "holders"


def node_row(columns: Mapping[str, Any], spec: ConceptSpec, seen: Collection[str]) -> dict[str, Any]:
    """Return the row of a node; `seen` are the ids that may be named in it."""
    return {"label": spec.label, "id": columns["id"], **_values(columns, spec, seen)}


def relationship_row(
    columns: Mapping[str, Any], spec: RelationshipSpec, ends: tuple[str, str], seen: Collection[str]
) -> dict[str, Any]:
    """Return the row of a relationship, with its id."""
    start, end = ends
    return {"type": spec.type, "id": columns["id"], "from": start, "to": end, **_values(columns, spec, seen)}


def _values(columns: Mapping[str, Any], spec: ConceptSpec | RelationshipSpec, seen: Collection[str]) -> dict[str, Any]:
    values = restored(columns, spec)
    for prop in (COMMON | spec.properties).values():
        if prop.refers_to and prop.name in values:
            named = values.pop(prop.name)
            kept = (
                [id_ for id_ in named if id_ in seen] if isinstance(named, list) else named if named in seen else None
            )
            if kept:
                values[prop.name] = kept
    if not values[HOLDERS]:
        del values[HOLDERS]
    return values


def named_ids(columns: Mapping[str, Any], references: Iterable[str]) -> Iterable[str]:
    """Yield the ids of other facts in some columns."""
    for name in references:
        held = columns.get(name)
        if held is not None:
            yield from [held] if isinstance(held, str) else held


def spec_between(model: Model, type_: str, start: str, end: str) -> RelationshipSpec | None:
    """Return the declaration of a relationship by its type and the ids of its ends."""
    labels = [spec.label if (spec := model.concept_of_id(id_)) else "" for id_ in (start, end)]
    return model.relationship(type_, *labels)

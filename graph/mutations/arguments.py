"""The rows of a mutation. In: the values of its argument `rows`. Out: what is wanted, nested relationships included."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from graph.errors import BadUserInput
from graph.facts.wanted import WantedEnd, WantedNode, WantedRelationship, WantedRemoval, Within
from schema.domain.evidence import COMMON
from schema.language.declare import ConceptSpec, RelationshipSpec
from schema.language.writes import KEY, MOST_ROWS
from schema.model import Model, Route

GUARD = "expectedUpdatedAt"
Given = Mapping[str, Any]


@dataclass(frozen=True)
class Wanted:
    """The facts that rows state."""

    nodes: tuple[WantedNode, ...] = ()
    relationships: tuple[WantedRelationship, ...] = ()


def of_concept(label: str, rows: Sequence[Given], model: Model) -> Wanted:
    """Return what rows of a concept state. Raise BadUserInput if there are too many."""
    nodes: list[WantedNode] = []
    links: list[WantedRelationship] = []
    for at, row in enumerate(rows):
        where = f"rows[{at}]"
        nodes.append(_node(where, label, row, model.concepts[label]))
        links += _nested(where, at, row, model.routes.get(label, {}))
        _require_few(len(nodes) + len(links))
    return Wanted(tuple(nodes), tuple(links))


def of_relationship(name: str, rows: Sequence[Given], model: Model) -> Wanted:
    """Return what rows of a relationship state. Raise BadUserInput if there are too many."""
    _require_few(len(rows))
    spec = model.relationships[name]
    links = (_link(f"rows[{at}]", row, spec, row.get("from"), row.get("to")) for at, row in enumerate(rows))
    return Wanted(relationships=tuple(links))


def removals(rows: Sequence[Given]) -> tuple[WantedRemoval, ...]:
    """Return which facts rows delete. Raise BadUserInput if there are too many."""
    _require_few(len(rows))
    return tuple(
        WantedRemoval(f"rows[{at}]", row["id"], bool(row.get("withRelationships")), _moment(row))
        for at, row in enumerate(rows)
    )


def ends(rows: Sequence[Given], today: str) -> tuple[WantedEnd, ...]:
    """Return which facts rows end, those without a day today. Raise BadUserInput if there are too many."""
    _require_few(len(rows))
    return tuple(
        WantedEnd(f"rows[{at}]", row["id"], row.get("until") or today, _moment(row)) for at, row in enumerate(rows)
    )


def _require_few(count: int) -> None:
    if count > MOST_ROWS:
        raise BadUserInput(f"`rows` holds more than {MOST_ROWS:,} facts, nested ones included. Send them in parts.")


def _node(where: str, label: str, row: Given, spec: ConceptSpec) -> WantedNode:
    ((name, value),) = (row.get(KEY) or {"": None}).items()
    values = _values(row, spec)
    if name and name != "id":
        values = {name: value} | values
    return WantedNode(where, label, values, (name, value) if name else None, _moment(row))


def _nested(where: str, at: int, row: Given, routes: Mapping[str, Route]) -> Iterator[WantedRelationship]:
    for field, route in routes.items():
        for number, link in enumerate(row.get(field) or ()):
            spec, here = route.relationship, Within(at)
            far = link.get("to") or (link.get("from") if route.undirected or not route.forward else None)
            ends = (here, far) if route.forward else (link.get("from") or far, here)
            yield _link(f"{where}.{field}[{number}]", link, spec, *ends)


def _link(
    where: str, row: Given, spec: RelationshipSpec, start: str | Within | None, end: str | Within | None
) -> WantedRelationship:
    return WantedRelationship(where, spec.name, _values(row, spec), start, end, row.get("id"), _moment(row))


def _values(row: Given, spec: ConceptSpec | RelationshipSpec) -> dict[str, Any]:
    accepted = _accepted(spec)
    return {name: value for name, value in row.items() if name in accepted}


@cache
def _accepted(spec: ConceptSpec | RelationshipSpec) -> frozenset[str]:
    """Return the names of the values that a row may set."""
    return frozenset((*COMMON, *spec.properties, "holders")) - {"id"}


def _moment(row: Given) -> datetime | None:
    return None if row.get(GUARD) is None else datetime.fromisoformat(row[GUARD])

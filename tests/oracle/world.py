"""A world in memory. In: files of rows, and rows. Out: facts and ties by id, with what meets at each fact."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from schema.declare import ConceptSpec, RelationshipSpec, kebab
from schema.evidence import COMMON
from schema.ids import tie_id
from schema.kinds import Marking, Property
from schema.model import Route, model

Row = Mapping[str, Any]
Spec = ConceptSpec | RelationshipSpec
BESIDES = {"label", "type", "from", "to", "holders"}


@dataclass(frozen=True, eq=False)
class Fact:
    """A node: its values as written, by property; `label` of a tie is the name of its declaration."""

    label: str
    spec: Spec
    values: Mapping[str, Any]
    marking: Marking
    audience: str

    @property
    def id(self) -> str:
        return str(self.values["id"])

    def property(self, name: str) -> Property | None:
        """Declaration of a property; None where there is no such property."""
        return COMMON.get(name) or self.spec.properties.get(name)


@dataclass(frozen=True, eq=False)
class Tie(Fact):
    """A relationship: a fact with two ends."""

    start: str
    end: str


@dataclass
class World:
    """Everything that the rows say, visible or not; ties also by declaration, direction and near end."""

    recorded_at: str
    nodes: dict[str, Fact] = field(default_factory=dict)
    ties: dict[str, Tie] = field(default_factory=dict)
    ways: dict[tuple[str, bool, str], list[Tie]] = field(default_factory=dict)

    @classmethod
    def read(cls, paths: Iterable[Path], recorded_at: str, extra: Iterable[Row] = ()) -> "World":
        """Read files of rows (one JSON object a line) and more rows; ties may stand before their ends.

        `recorded_at` is the moment of recording of rows that do not give theirs. Raise ValueError for a row
        that is not declared, whose ends do not exist or whose id another row has.
        """
        lines = (line for path in paths for line in path.read_text("utf-8").split("\n") if line.strip())
        rows = [*map(json.loads, lines), *extra]
        world = cls(recorded_at)
        for row in sorted(rows, key=lambda row: "label" not in row):
            (world._add_node if "label" in row else world._add_tie)(row)
        return world

    def along(self, node: Fact, route: Route) -> list[tuple[Fact, Tie]]:
        """List the facts that a route leads to, each with its tie; once for each tie."""
        name, directions = route.relationship.name, {route.forward, route.forward ^ route.undirected}
        found = {tie.id: tie for way in directions for tie in self.ways.get((name, way, node.id), ())}
        return [(self.nodes[t.end if t.start == node.id else t.start], t) for t in found.values()]

    def _add_node(self, row: Row) -> None:
        node = Fact(row["label"], *self._content(row, model().concepts[row["label"]], row["id"]))
        if self.nodes.setdefault(node.id, node) is not node:
            raise ValueError(f"{node.id} is there twice")

    def _add_tie(self, row: Row) -> None:
        type_, start, end = row["type"], row["from"], row["to"]
        if missing := {start, end} - self.nodes.keys():
            raise ValueError(f"{type_} from {start} to {end}: there is no {' and no '.join(missing)}")
        spec = _declaration(type_, self.nodes[start].label, self.nodes[end].label)
        if spec.undirected:
            start, end = sorted((start, end))
        id_ = row.get("id") or tie_id(kebab(type_), start, end, *(str(row.get(name, "")) for name in spec.per))
        tie = Tie(spec.name, *self._content(row, spec, id_), start, end)
        if self.ties.setdefault(id_, tie) is not tie:
            raise ValueError(f"{id_} is there twice")
        self.ways.setdefault((spec.name, True, start), []).append(tie)
        self.ways.setdefault((spec.name, False, end), []).append(tie)

    def _content(self, row: Row, spec: Spec, id_: str) -> tuple[Spec, dict[str, Any], Marking, str]:
        """Return what a fact is made of: its declaration, all its values, its marking and audience."""
        marking = Marking[row.get("marking", spec.marking.name)]
        if spec.always_clear and marking is not Marking.CLEAR:
            raise ValueError(f"{id_} is always CLEAR, not {marking.name}")
        given = {name: value for name, value in row.items() if name not in BESIDES and name[0] != "_"}
        if unknown := given.keys() - COMMON.keys() - spec.properties.keys():
            raise ValueError(f"{id_} has properties that are not declared: {sorted(unknown)}")
        holders = "+".join(sorted(city.removeprefix("city/") for city in row.get("holders", ())))
        common = {"id": id_, "marking": marking.name, "recordedAt": row.get("recordedAt", self.recorded_at)}
        return spec, given | common, marking, f"{int(marking)}:{holders}"


def _declaration(type_: str, start: str, end: str) -> RelationshipSpec:
    """Find the declaration of a type between these labels: a type may have several."""
    for spec in model().relationships.values():
        if spec.type == type_ and start in spec.start.labels and end in spec.end.labels:
            return spec
    raise ValueError(f"{type_} is not declared from {start} to {end}")

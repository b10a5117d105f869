"""A world in memory. In: files of rows, and rows. Out: facts and ties by id, with what meets at each fact."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from schema.domain.evidence import COMMON
from schema.language.declare import ConceptSpec, RelationshipSpec, kebab
from schema.language.ids import relationship_id
from schema.language.kinds import Marking, Property
from schema.model import model

BESIDES = {"label", "type", "from", "to", "holders"}


@dataclass(frozen=True, eq=False)
class Fact:
    """A node or a tie, with its values as written; a tie says where it starts and ends, its `label` is its declaration."""

    label: str
    spec: ConceptSpec | RelationshipSpec
    values: Mapping[str, Any]
    marking: Marking
    audience: str
    ends: Mapping[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return str(self.values["id"])

    @property
    def properties(self) -> dict[str, Property]:
        return COMMON | self.spec.properties


@dataclass
class World:
    """Everything that the rows say, visible or not; nodes also by label, ties by declaration, direction and near end."""

    recorded_at: str
    nodes: dict[str, Fact] = field(default_factory=dict)
    ties: dict[str, Fact] = field(default_factory=dict)
    labels: dict[str, list[Fact]] = field(default_factory=dict)
    ways: dict[tuple[str, bool, str], list[Fact]] = field(default_factory=dict)

    @classmethod
    def read(cls, paths: Iterable[Path], recorded_at: str, extra: Iterable[Mapping[str, Any]] = ()) -> "World":
        """Read files of rows and more rows; `recorded_at` is when they were recorded, where they do not say."""
        lines = (line for path in paths for line in path.read_text("utf-8").split("\n") if line.strip())
        world = cls(recorded_at)
        for row in sorted([*map(json.loads, lines), *extra], key=lambda row: "label" not in row):
            (world._add_node if "label" in row else world._add_tie)(row)
        return world

    def meeting(self, node: Fact, name: str, ways: Iterable[bool] = (True, False)) -> list[tuple[Fact, Fact]]:
        """List the ties of a declaration that begin or end at a node, each once, with the fact at the other end."""
        found = {tie.id: tie for forward in ways for tie in self.ways.get((name, forward, node.id), ())}
        return [
            (self.nodes[tie.ends["end" if tie.ends["start"] == node.id else "start"]], tie) for tie in found.values()
        ]

    def _add_node(self, row: Mapping[str, Any]) -> None:
        node = Fact(row["label"], *self._content(row, model().concepts[row["label"]], row["id"]))
        assert self.nodes.setdefault(node.id, node) is node, f"{node.id} is there twice"
        self.labels.setdefault(node.label, []).append(node)

    def _add_tie(self, row: Mapping[str, Any]) -> None:
        type_, start, end = row["type"], row["from"], row["to"]
        spec = model().relationship(type_, self.nodes[start].label, self.nodes[end].label)
        assert spec, f"{type_} is not declared from {start} to {end}"
        if spec.undirected:
            start, end = sorted((start, end))
        id_ = row.get("id") or relationship_id(kebab(type_), start, end, *(str(row.get(name, "")) for name in spec.per))
        tie = Fact(spec.name, *self._content(row, spec, id_), {"type": type_, "start": start, "end": end})
        assert self.ties.setdefault(id_, tie) is tie, f"{id_} is there twice"
        self.ways.setdefault((spec.name, True, start), []).append(tie)
        self.ways.setdefault((spec.name, False, end), []).append(tie)

    def _content(self, row: Mapping[str, Any], spec: Any, id_: str) -> tuple[Any, dict[str, Any], Marking, str]:
        """Return what a fact is made of: its declaration, all its values, its marking and audience."""
        marking = Marking[row.get("marking", spec.marking.name)]
        given = {name: value for name, value in row.items() if name not in BESIDES and name[0] != "_"}
        holders = "+".join(sorted(city.removeprefix("city/") for city in row.get("holders", ())))
        common = {"id": id_, "marking": marking.name, "recordedAt": row.get("recordedAt", self.recorded_at)}
        return spec, given | common, marking, f"{int(marking)}:{holders}"

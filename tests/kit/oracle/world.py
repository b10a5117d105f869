"""A world in memory. In: files of rows, and rows. Out: nodes and relationships by id, and the relationships at each node."""

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

NOT_PROPERTIES = {"label", "type", "from", "to", "holders"}
"""What a row says of a fact beside its properties; what begins with an underscore is for those who keep the rows."""


@dataclass(frozen=True, eq=False)
class Fact:
    """A node, with its values as the row has them. `label` is its label; of a relationship the name of its declaration."""

    label: str
    spec: ConceptSpec | RelationshipSpec
    values: Mapping[str, Any]
    marking: Marking
    audience: str

    @property
    def id(self) -> str:
        return str(self.values["id"])

    @property
    def synthetic(self) -> bool:
        """Whether it is made up."""
        return self.values.get("confidence") == "SYNTHETIC"

    @property
    def properties(self) -> dict[str, Property]:
        """The declared properties, with those that every fact has."""
        return COMMON | self.spec.properties


@dataclass(frozen=True, eq=False)
class Relationship(Fact):
    """A relationship: a fact between two nodes, whose ids are `start` and `end`."""

    type: str
    start: str
    end: str

    def other_end(self, node: Fact) -> str:
        """Return the id of the node at the other end; of a relationship from a node to itself that is the node."""
        return self.end if self.start == node.id else self.start


@dataclass
class World:
    """Everything that the rows say, whoever may see it."""

    recorded_at: str
    nodes: dict[str, Fact] = field(default_factory=dict)
    relationships: dict[str, Relationship] = field(default_factory=dict)
    nodes_of: dict[str, list[Fact]] = field(default_factory=dict)
    """The nodes of each label."""
    starting_at: dict[tuple[str, str], list[Relationship]] = field(default_factory=dict)
    ending_at: dict[tuple[str, str], list[Relationship]] = field(default_factory=dict)
    """The relationships that start, or end, at a node: by the name of their declaration and the id of the node."""

    @classmethod
    def read(cls, paths: Iterable[Path], recorded_at: str, extra: Iterable[Mapping[str, Any]] = ()) -> "World":
        """Read files of rows, and `extra` rows. A row that does not say when it was recorded was so at `recorded_at`."""
        rows: list[Mapping[str, Any]] = []
        for path in paths:
            rows += [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]
        rows += extra
        world = cls(recorded_at)
        for row in rows:
            if "label" in row:
                world._add_node(row)
        for row in rows:  # relationships last: both of their ends must be there
            if "label" not in row:
                world._add_relationship(row)
        return world

    def met(
        self, node: Fact, declaration: str, *, starting: bool = True, ending: bool = True
    ) -> list[tuple[Fact, Relationship]]:
        """List the relationships of a declaration that start or end at a node, each once, after the fact at the other end."""
        relationships: dict[str, Relationship] = {}
        if starting:
            relationships |= {each.id: each for each in self.starting_at.get((declaration, node.id), ())}
        if ending:
            relationships |= {each.id: each for each in self.ending_at.get((declaration, node.id), ())}
        return [(self.nodes[each.other_end(node)], each) for each in relationships.values()]

    def _add_node(self, row: Mapping[str, Any]) -> None:
        label, spec = row["label"], model().concepts[row["label"]]
        marking = _marking(row, spec)
        node = Fact(label, spec, self._values(row, row["id"], marking), marking, _audience(row, marking))
        assert node.id not in self.nodes, f"{node.id} is there twice"
        self.nodes[node.id] = node
        self.nodes_of.setdefault(label, []).append(node)

    def _add_relationship(self, row: Mapping[str, Any]) -> None:
        type_, start, end = row["type"], row["from"], row["to"]
        spec = model().relationship(type_, self.nodes[start].label, self.nodes[end].label)
        assert spec, f"{type_} is not declared from {start} to {end}"
        if spec.undirected:
            start, end = sorted((start, end))
        told_apart_by = [str(row.get(name, "")) for name in spec.per]
        id_ = row.get("id") or relationship_id(kebab(type_), start, end, *told_apart_by)
        marking = _marking(row, spec)
        values, audience = self._values(row, id_, marking), _audience(row, marking)
        relationship = Relationship(spec.name, spec, values, marking, audience, type_, start, end)
        assert id_ not in self.relationships, f"{id_} is there twice"
        self.relationships[id_] = relationship
        self.starting_at.setdefault((spec.name, start), []).append(relationship)
        self.ending_at.setdefault((spec.name, end), []).append(relationship)

    def _values(self, row: Mapping[str, Any], id_: str, marking: Marking) -> dict[str, Any]:
        """Return the properties that a row gives, and those that every fact has even if its row is silent."""
        given = {name: value for name, value in row.items() if name not in NOT_PROPERTIES and not name.startswith("_")}
        recorded_at = row.get("recordedAt", self.recorded_at)
        updated_at = row.get("updatedAt", recorded_at)
        return given | {"id": id_, "marking": marking.name, "recordedAt": recorded_at, "updatedAt": updated_at}


def _marking(row: Mapping[str, Any], spec: ConceptSpec | RelationshipSpec) -> Marking:
    """Return the marking that a row gives, or else that of its declaration."""
    return Marking[row["marking"]] if "marking" in row else spec.marking


def _audience(row: Mapping[str, Any], marking: Marking) -> str:
    """Write marking and holders as one text: "2:it-12-turin+us-wa-seattle"."""
    holders = sorted(city.removeprefix("city/") for city in row.get("holders", ()))
    return f"{int(marking)}:{'+'.join(holders)}"

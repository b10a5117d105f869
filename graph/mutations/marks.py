"""What small upserts read and write, as marks. In: wanted facts, and what was read of them. Out: Marks, which say who could meet.

A mark stands for a fact, a value or a place where a relationship may be. More marks than needed keep mutations apart that
could go side by side; a missing one would let one of them read what another one is about to change.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.facts.found import LISTS, Looked, named_ids
from graph.facts.wanted import WantedNode, WantedRelationship, Within
from graph.mutations.arguments import Wanted
from schema.language.declare import ConceptSpec, RelationshipSpec
from schema.language.writes import natural
from schema.model import Model

Mark = tuple[Any, ...]
ACCESS = frozenset(("marking", "holders", "confidence"))
"""Properties that say who may see a fact."""
NODES, LINKS = ("who may see a node",), ("who may see a relationship",)
"""Written by who changes who may see a stored fact; read by who looks at facts whose ids he does not know."""


@dataclass(frozen=True)
class Marks:
    """The marks that a mutation reads and writes."""

    reads: set[Mark] = field(default_factory=set)
    writes: set[Mark] = field(default_factory=set)

    def meets(self, other: "Marks") -> bool:
        """Whether one of two mutations could read what the other one writes."""
        return not (self.reads.isdisjoint(other.writes) and self.writes.isdisjoint(other.reads))

    def add(self, other: "Marks") -> None:
        """Add the marks of another mutation."""
        self.reads.update(other.reads)
        self.writes.update(other.writes)

    def both(self, *marks: Mark) -> None:
        """Add marks of what is read and written."""
        self.reads.update(marks)
        self.writes.update(marks)


def marks(wanted: Wanted, looked: Looked, model: Model) -> Marks:
    """Return the marks of wanted facts. What is stored of the nodes that they key must have been looked up."""
    made = Marks(reads={_node(id_) for _, _, id_ in named_ids(wanted.nodes, wanted.relationships, model)})
    ids = [_of_node(made, node, looked, model.concepts[node.label]) for node in wanted.nodes]
    for link in wanted.relationships:
        _of_relationship(made, link, ids, model.relationships[link.name])
    return made


def _node(id_: str) -> Mark:
    return "node", id_


def _value(label: str, name: str, value: Any) -> Mark:
    """Mark a value that facts are known by. Spellings that could be stored as one value have one mark."""
    if isinstance(value, str):
        value = " ".join(unicodedata.normalize("NFKC", value).casefold().split())
    return "value", label, name, value


def known_by(spec: ConceptSpec, values: Mapping[str, Any]) -> Iterator[Mark]:
    """Yield the marks of the values by which a fact with these values is known."""
    return (_value(spec.label, prop.name, values[prop.name]) for prop in natural(spec) if _has(values, prop.name))


def _has(values: Mapping[str, Any], name: str) -> bool:
    return values.get(name) is not None


def _of_node(made: Marks, wanted: WantedNode, looked: Looked, spec: ConceptSpec) -> Sequence[str]:
    """Add the marks of a node; return the ids of the stored nodes that may be meant, none if it is new."""
    stored = list(looked.stored(wanted))
    # A new fact may be found by its values; a stored one by those that it had and those that it gets.
    made.writes.update(known_by(spec, wanted.values))
    for name in (prop.name for prop in spec.properties.values() if prop.unique and _has(wanted.values, prop.name)):
        made.reads.add(_value(spec.label, name, wanted.values[name]))
    if wanted.key and wanted.key[0] != "id":
        made.both(_value(spec.label, *wanted.key))
    for each in stored:
        made.both(_node(str(each["id"])))
        made.writes.update(known_by(spec, each))
        for name in LISTS & wanted.values.keys():
            # A list that is replaced keeps the ids that the writer may not see.
            made.reads.update(_node(id_) for id_ in each.get(name, ()))
        if not ACCESS.isdisjoint(wanted.values):
            made.writes.add(NODES)
    return [str(each["id"]) for each in stored]


def _of_relationship(
    made: Marks, wanted: WantedRelationship, ids: Sequence[Sequence[str]], spec: RelationshipSpec
) -> None:
    """Add the marks of a relationship. One at a new node is new, and nobody else can name that node."""
    start, end = (_at(each, ids) for each in (wanted.start, wanted.end))
    by_id = "by id", spec.type
    made.reads.add(by_id)
    if wanted.id is not None:
        # It may be between any two facts, which the writer need not name.
        made.writes.add(by_id)
        made.reads.add(NODES)
    if spec.acyclic:
        made.both(("circle", spec.type))
        made.reads.update((NODES, LINKS))
    for near, here in ((start, spec.start), (end, spec.end)):
        if here.one and near:
            made.both(*(("end", spec.type, id_) for id_ in near))
            made.reads.update((NODES, LINKS))
    if (start and end) or wanted.id is not None:
        made.both(*(("pair", spec.type, *sorted((a, b))) for a in start for b in end))
        if not ACCESS.isdisjoint(wanted.values):
            made.writes.add(LINKS)
        if not LISTS.isdisjoint(wanted.values):
            made.reads.add(NODES)


def _at(end: str | Within | None, ids: Sequence[Sequence[str]]) -> Iterable[str]:
    """Return the ids of the facts that may be at an end, none if it is new."""
    return () if end is None else ids[end.at] if isinstance(end, Within) else (end,)

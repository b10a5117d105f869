"""Facts that a writer names by id. In: ids, of nodes or relationships. Out: what is stored of each, or a Problem.

A fact that the writer may not see and a fact that does not exist give the same problem.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from graph.cypher import upserts as cypher
from graph.facts.found import Current, Finder, expected
from graph.facts.near import explained
from graph.facts.rows import Meant, Problem, Stale
from graph.facts.wanted import WantedEnd, WantedRemoval
from schema.language.declare import ConceptSpec, RelationshipSpec
from schema.model import Model

Wanted = WantedRemoval | WantedEnd


@dataclass(frozen=True)
class Existing:
    """A stored fact that the writer may see; a node has no ends."""

    spec: ConceptSpec | RelationshipSpec
    stored: Mapping[str, Any] = field(hash=False)
    ends: tuple[str, str] = ("", "")

    @property
    def id(self) -> str:
        """Return the id of the fact."""
        return str(self.stored["id"])

    @property
    def of(self) -> str:
        """Return the label or type."""
        return self.spec.type if isinstance(self.spec, RelationshipSpec) else self.spec.label


async def find_existing(finder: Finder, wanted: Sequence[Wanted]) -> list[Existing | Problem]:
    """Find facts by their ids, in the order of the rows. An id that two rows name is refused in the second."""
    facts = await _nodes(finder, [each.id for each in wanted])
    facts |= await _relationships(finder, [each.id for each in wanted])
    seen: dict[str, str] = {}
    return await explained([_one(each, facts, seen, finder.model) for each in wanted], finder.model, finder.run)


def _one(wanted: Wanted, facts: Mapping[str, Existing], seen: dict[str, str], model: Model) -> Existing | Problem:
    if wanted.id in seen:
        return Problem(wanted.where, "id", f"{wanted.id!r} is already stated at {seen[wanted.id]}", "CONFLICT")
    seen[wanted.id] = wanted.where
    fact = facts.get(wanted.id)
    if fact is None:
        spec = model.concept_of_id(wanted.id)
        meant = Meant(wanted.id, (spec.label,)) if spec else None
        says = f"{wanted.id!r} is not the id of a fact that you may see"
        return Problem(wanted.where, "id", says, "NOT_FOUND", meant=meant)
    current: Current | Problem = expected(wanted.where, wanted.expected, fact.stored)
    if isinstance(current, Stale):
        return replace(current, of=fact.of)
    return current if isinstance(current, Problem) else fact


async def _nodes(finder: Finder, ids: Sequence[str]) -> dict[str, Existing]:
    known = [id_ for id_ in ids if finder.model.concept_of_id(id_)]
    stored = await finder.by_id(known)
    specs = {id_: finder.model.concept_of_id(id_) for id_ in stored}
    return {id_: Existing(spec, stored[id_]) for id_, spec in specs.items() if spec}


async def _relationships(finder: Finder, ids: Sequence[str]) -> dict[str, Existing]:
    types = {spec.prefix: spec.type for spec in finder.model.relationships.values()}
    keys: dict[str, list[str]] = {}
    for id_ in ids:
        type_ = types.get(id_.partition("/")[0])
        if type_:
            keys.setdefault(type_, []).append(finder.stamp.key(id_))
    facts = {}
    for type_, some in keys.items():
        for record in await finder.run(cypher.relationships_with_ids(type_), keys=some):
            ends = record["start"], record["end"]
            start, end = (finder.model.prefixes[id_.partition("/")[0]] for id_ in ends)
            spec = finder.model.relationship(type_, start, end)
            if spec:
                facts[record["stored"]["id"]] = Existing(spec, record["stored"], ends)
    return facts

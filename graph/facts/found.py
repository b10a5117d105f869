"""Finding the facts that a writer means. In: wanted facts and the database. Out: what is stored of each, or a Problem.

A fact that the writer may not see and a fact that does not exist give the same problem.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from graph.access.rights import Rights
from graph.bolt.write import Unit
from graph.cypher import upserts as cypher
from graph.facts.restored import holders
from graph.facts.rows import Meant, Problem, Stale
from graph.facts.wanted import WantedNode, WantedRelationship, Within
from graph.facts.write import Stamp, at_millisecond
from schema.derived.rows import CITY
from schema.domain.evidence import COMMON
from schema.language.declare import ConceptSpec, RelationshipSpec
from schema.language.kinds import Kind
from schema.language.moments import moment_text
from schema.language.named import with_article
from schema.language.writes import natural
from schema.model import Model

MOST_SHOWN = 10
"""Prefixes of ids that a problem names."""
Value = tuple[str, str, Any]
"""A value that nodes may be known by: label, property, value."""
BY_ID = ("", "")
"""The ends of a relationship that is named by its id alone."""


@dataclass(frozen=True)
class Current:
    """A wanted fact before the write: its id and columns, None and empty if it is new.

    `hidden` are ids in lists of references that the writer may not see, by property: they stay.
    """

    id: str | None = None
    stored: Mapping[str, Any] = field(default_factory=dict)
    ends: tuple[str, str] = ("", "")
    hidden: Mapping[str, list[str]] = field(default_factory=dict)

    def refers_to(self, spec: ConceptSpec | RelationshipSpec) -> Iterator[str]:
        """Yield the facts that the stored fact needs: they exist, or were deleted by who could not see this fact."""
        if self.id is not None:
            yield from (end for end in self.ends if end)
            yield from holders(self.stored["audience"])
            for prop in (COMMON | spec.properties).values():
                if prop.refers_to and (value := self.stored.get(prop.name)):
                    yield from ([value] if isinstance(value, str) else value)


@dataclass(frozen=True)
class Looked:
    """What was read when the write began: for ids and values what is stored of nodes, and which other ids there are.

    What was looked for and is not here belongs to no fact that the writer may see.
    """

    keys: frozenset[str] = frozenset()
    nodes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, hash=False)
    named: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()
    values: frozenset[Value] = frozenset()
    with_values: Mapping[Value, Sequence[Mapping[str, Any]]] = field(default_factory=dict, hash=False)

    def stored(self, wanted: WantedNode) -> Sequence[Mapping[str, Any]]:
        """Return what is stored of the nodes that have the key of a wanted one; none if it is new."""
        if wanted.key is None:
            return ()
        name, value = wanted.key
        if name != "id":
            return self.with_values.get((wanted.label, name, value), ())
        return (self.nodes[value],) if value in self.nodes else ()


@dataclass(frozen=True)
class Finder:
    """Finds facts for one writer in one transaction."""

    unit: Unit
    model: Model
    rights: Rights
    stamp: Stamp
    looked: Looked = field(default_factory=Looked)

    async def run(self, text: Any, **values: Any) -> list[dict[str, Any]]:
        """Run a statement with the rights of the writer."""
        return await self.unit.run(text, **self.rights.parameters(synthetic=True), **values)

    # Nodes -----------------------------------------------------------------------------------------------------------

    async def nodes(self, wanted: Sequence[WantedNode]) -> list[Current | Problem]:
        """Find the nodes that are meant. A key that no node has is that of a new one, unless the key is an id."""
        by_id = await self.by_id([str(each.key[1]) for each in wanted if each.key and each.key[0] == "id"])
        by_value = await self._by_value(wanted)
        seen: dict[Value, str] = {}
        found = [self._node(each, by_id, by_value, seen) for each in wanted]
        return [await self._with_hidden(current, each.values) for current, each in zip(found, wanted, strict=True)]

    async def by_id(self, ids: Sequence[str]) -> dict[str, Mapping[str, Any]]:
        """Read the nodes with these ids that the writer may see."""
        rest = [id_ for id_ in dict.fromkeys(ids) if id_ not in self.looked.keys]
        records = await self.run(cypher.visible_nodes(), ids=rest) if rest else []
        nodes = {id_: self.looked.nodes[id_] for id_ in ids if id_ in self.looked.nodes}
        return nodes | {record["stored"]["id"]: record["stored"] for record in records}

    async def _by_value(self, wanted: Sequence[WantedNode]) -> dict[Value, Sequence[Mapping[str, Any]]]:
        asked = natural_keys(wanted)
        values: dict[tuple[str, str], list[Any]] = {}
        for label, name, value in asked:
            if (label, name, value) not in self.looked.values:
                values.setdefault((label, name), []).append(value)
        nodes = {each: self.looked.with_values.get(each, ()) for each in asked}
        for (label, name), given in values.items():
            nodes |= by_value(label, name, await self.run(cypher.nodes_with(label, name), values=given))
        return nodes

    def _node(
        self,
        wanted: WantedNode,
        by_id: Mapping[str, Mapping[str, Any]],
        by_value: Mapping[Value, Sequence[Mapping[str, Any]]],
        seen: dict[Value, str],
    ) -> Current | Problem:
        if wanted.key is None:
            return (
                unread(wanted, "a new fact was not read before; give the key of a stored one", "INVALID") or Current()
            )
        name, value = wanted.key
        place, known = f"key.{name}", ("id", *(prop.name for prop in natural(self.model.concepts[wanted.label])))
        if name not in known:
            return Problem(
                wanted.where,
                place,
                f"{with_article(wanted.label)} has no such key; accepted are {', '.join(known)}",
                accepted=known,
            )
        if name == "id":
            prefix, meant = f"{self.model.concepts[wanted.label].prefix}/", Meant(value, (wanted.label,))
            if not value.startswith(prefix):
                says = f"{value!r} is not the id of {with_article(wanted.label)}; it begins with {prefix}"
                return Problem(wanted.where, place, says, meant=meant)
            stored = by_id.get(value)
            if stored is None:
                says = f"{value!r} is not the id of {with_article(wanted.label)} that you may see"
                return Problem(wanted.where, place, says, "NOT_FOUND", meant=meant)
            return expected(wanted.where, wanted.expected, stored)
        key = (wanted.label, name, value)
        if key in seen:
            return Problem(wanted.where, place, f"{value!r} is already stated at {seen[key]}", "CONFLICT")
        seen[key] = wanted.where
        nodes = by_value.get(key, ())
        if len(nodes) > 1:
            ids = tuple(str(node["id"]) for node in nodes)
            says = f"{len(nodes)} facts have {value!r} here; give the id of one of them, or no key for a new one"
            return Problem(wanted.where, place, says, "AMBIGUOUS", ids)
        if nodes:
            return expected(wanted.where, wanted.expected, nodes[0])
        says = f"there is no {wanted.label} with this {name} that you may see; without expectedUpdatedAt it is created"
        return unread(wanted, says) or Current()

    async def _with_hidden(self, current: Current | Problem, given: Mapping[str, Any]) -> Current | Problem:
        """Keep the ids that the writer cannot see in the lists of references that he replaces."""
        if isinstance(current, Problem) or not current.stored:
            return current
        held = {name: list(current.stored.get(name, ())) for name in given if name in LISTS and given[name] is not None}
        ids = [id_ for each in held.values() for id_ in each]
        visible = await self._visible(ids)
        hidden = {name: [id_ for id_ in each if id_ not in visible] for name, each in held.items()}
        return Current(current.id, current.stored, current.ends, {name: each for name, each in hidden.items() if each})

    async def _visible(self, ids: Sequence[str]) -> set[str]:
        visible = {id_ for id_ in ids if id_ in self.looked.ids}
        rest = [id_ for id_ in dict.fromkeys(ids) if id_ not in self.looked.named]
        if rest:
            visible |= {str(record["id"]) for record in await self.run(cypher.visible_ids(), ids=rest)}
        return visible

    # Relationships ---------------------------------------------------------------------------------------------------

    async def relationships(
        self, wanted: Sequence[WantedRelationship], placed: Sequence[tuple[str, str] | Problem], new: Collection[str]
    ) -> list[Current | Problem]:
        """Find the relationships that are meant, between facts whose ids are known by now; at `new` ones is none."""
        between = await self._between(wanted, placed, new)
        with_ids = await self._with_ids(wanted)
        seen: dict[Any, str] = {}
        found = []
        for each, ends in zip(wanted, placed, strict=True):
            current = ends if isinstance(ends, Problem) else self._one(each, ends, between, with_ids, seen)
            found.append(await self._with_hidden(current, each.values))
        return found

    async def _between(
        self, wanted: Sequence[WantedRelationship], placed: Sequence[tuple[str, str] | Problem], new: Collection[str]
    ) -> dict[tuple[str, str, str], list[Mapping[str, Any]]]:
        pairs: dict[str, list[tuple[str, str]]] = {}
        for each, ends in zip(wanted, placed, strict=True):
            if not isinstance(ends, Problem) and ends != BY_ID and not (ends[0] in new or ends[1] in new):
                pairs.setdefault(each.name, []).append(_in_order(self.model.relationships[each.name], ends))
        seen, statements = self.rights.parameters(synthetic=True), []
        for name, several in pairs.items():
            spec = self.model.relationships[name]
            text = cypher.relationships_between(spec.type, undirected=spec.undirected)
            statements.append((text, {**seen, "pairs": [list(pair) for pair in dict.fromkeys(several)]}))
        stored: dict[tuple[str, str, str], list[Mapping[str, Any]]] = {}
        for name, records in zip(pairs, await self.unit.run_all(statements) if statements else (), strict=True):
            for record in records:
                stored.setdefault((name, record["start"], record["end"]), []).append(record["stored"])
        return stored

    async def _with_ids(self, wanted: Sequence[WantedRelationship]) -> dict[str, tuple[Mapping[str, Any], str, str]]:
        ids: dict[str, list[str]] = {}
        for each in wanted:
            if each.id is not None:
                ids.setdefault(self.model.relationships[each.name].type, []).append(self.stamp.key(each.id))
        stored = {}
        for type_, keys in ids.items():
            for record in await self.run(cypher.relationships_with_ids(type_), keys=keys):
                stored[record["stored"]["id"]] = record["stored"], record["start"], record["end"]
        return stored

    def _one(
        self,
        wanted: WantedRelationship,
        ends: tuple[str, str],
        between: Mapping[tuple[str, str, str], list[Mapping[str, Any]]],
        with_ids: Mapping[str, tuple[Mapping[str, Any], str, str]],
        seen: dict[Any, str],
    ) -> Current | Problem:
        spec = self.model.relationships[wanted.name]
        ends = _in_order(spec, ends)
        if wanted.id is not None:
            stored, start, end = with_ids.get(wanted.id, ({}, "", ""))
            if not start or (start, end) != (self._ends(spec, start, end) if ends == BY_ID else ends):
                between_them = "" if ends == BY_ID else " between these facts"
                says = f"{wanted.id!r} is not the id of {with_article(spec.type)}{between_them} that you may see"
                return Problem(wanted.where, "id", says, "NOT_FOUND")
            return expected(wanted.where, wanted.expected, stored, (start, end))
        told_apart = tuple(wanted.values.get(name) for name in spec.per)
        key = (wanted.name, *ends, *told_apart)
        if key in seen:
            return Problem(wanted.where, "(row)", f"this {spec.type} is already stated at {seen[key]}", "CONFLICT")
        seen[key] = wanted.where
        alike = [each for each in between.get((wanted.name, *ends), ()) if _per(each, spec) == told_apart]
        if len(alike) > 1:
            ids = tuple(str(each["id"]) for each in alike)
            return Problem(
                wanted.where, "id", f"{len(alike)} relationships are meant; give the id of one", "AMBIGUOUS", ids
            )
        if alike:
            return expected(wanted.where, wanted.expected, alike[0], ends)
        says = f"there is no such {spec.type} that you may see; without expectedUpdatedAt it is created"
        return unread(wanted, says) or Current(ends=ends)

    def _ends(self, spec: RelationshipSpec, start: str, end: str) -> tuple[str, str]:
        """Return the ends of a stored relationship if it is one of this declaration; others share its type."""
        labels = [self.model.prefixes[id_.partition("/")[0]] for id_ in (start, end)]
        return (start, end) if self.model.relationship(spec.type, *labels) == spec else BY_ID

    # References ------------------------------------------------------------------------------------------------------

    async def named(
        self, nodes: Sequence[WantedNode], relationships: Sequence[WantedRelationship]
    ) -> tuple[list[Problem], set[str]]:
        """Return the problems of ids that belong to no fact the writer may see, and the other ids that rows name."""
        named = [*_named(nodes, relationships, self.model)]
        visible = await self._visible([id_ for _, _, id_, _ in named])
        problems: list[Problem] = []
        for where, field_, id_, labels in named:
            problem = wrong_kind(where, field_, Meant(id_, labels), self.model)
            if problem is None and id_ not in visible:
                says = f"{id_!r} is not the id of a fact that you may see"
                problem = Problem(where, field_, says, "NOT_FOUND", meant=Meant(id_, labels))
            problems += [problem] if problem else []
        return problems, visible


def natural_keys(wanted: Sequence[WantedNode]) -> dict[Value, None]:
    """Return the values by which nodes are named, in the order of the nodes."""
    return {(each.label, *each.key): None for each in wanted if each.key and each.key[0] != "id"}


def by_value(label: str, name: str, records: Sequence[Mapping[str, Any]]) -> dict[Value, list[Mapping[str, Any]]]:
    """Group what `nodes_with` has read by the values."""
    nodes: dict[Value, list[Mapping[str, Any]]] = {}
    for record in records:
        nodes.setdefault((label, name, record["value"]), []).append(record["stored"])
    return nodes


LISTS = {prop.name for prop in COMMON.values() if prop.kind is Kind.REFERENCES}
"""Names of lists of references, of which a writer may not see all."""


def expected(
    where: str, last_read: datetime | None, stored: Mapping[str, Any], ends: tuple[str, str] = ("", "")
) -> Current | Problem:
    """Refuse to change a fact that was changed after the writer read it."""
    if last_read is not None and last_read != (last := at_millisecond(stored["updatedAt"])):
        now = moment_text(last)
        return Stale(
            where,
            "expectedUpdatedAt",
            f"the fact was changed at {now}; read it again",
            "CONFLICT",
            (now,),
            stored,
            ends,
        )
    return Current(str(stored["id"]), stored, ends)


def unread(wanted: WantedNode | WantedRelationship, says: str, code: str = "NOT_FOUND") -> Problem | None:
    """Refuse to create a fact that the writer has read: meanwhile it was deleted, or has another name."""
    return Problem(wanted.where, "expectedUpdatedAt", says, code) if wanted.expected else None


def _in_order(spec: RelationshipSpec, ends: tuple[str, str]) -> tuple[str, str]:
    return (min(ends), max(ends)) if spec.undirected else ends


def _per(stored: Mapping[str, Any], spec: RelationshipSpec) -> tuple[Any, ...]:
    return tuple(stored.get(name) for name in spec.per)


def named_ids(
    nodes: Sequence[WantedNode], relationships: Sequence[WantedRelationship], model: Model
) -> Iterator[tuple[str, str, str]]:
    """Yield every id of another fact that rows give: place, field, id."""
    return ((where, name, id_) for where, name, id_, _ in _named(nodes, relationships, model))


Named = tuple[str, str, str, tuple[str, ...]]
"""An id that a row gives: place, field, id, and the labels that a fact may have there."""


def _named(nodes: Sequence[WantedNode], relationships: Sequence[WantedRelationship], model: Model) -> Iterator[Named]:
    for node in nodes:
        yield from _references(node.where, node.values, model.concepts[node.label], model)
    for link in relationships:
        spec = model.relationships[link.name]
        for name, end in (("from", link.start), ("to", link.end)):
            if end is not None and not isinstance(end, Within):
                yield link.where, name, end, labels_at(spec, name)
        yield from _references(link.where, link.values, spec, model)


def _references(
    where: str, values: Mapping[str, Any], spec: ConceptSpec | RelationshipSpec, model: Model
) -> Iterator[Named]:
    for prop in (COMMON | spec.properties).values():
        if prop.refers_to and values.get(prop.name) is not None:
            given = values[prop.name]
            for id_ in given if isinstance(given, list) else [given]:
                yield where, prop.name, id_, (prop.refers_to,)
    for id_ in values.get("holders") or ():
        yield where, "holders", id_, (model.prefixes[CITY.removesuffix("/")],)


def labels_at(spec: RelationshipSpec, name: str) -> tuple[str, ...]:
    """Return the labels that may be at an end of a relationship, `from` or `to`."""
    ends = (spec.start, spec.end) if spec.undirected else (spec.start if name == "from" else spec.end,)
    return tuple(dict.fromkeys(label for end in ends for label in end.labels))


def wrong_kind(where: str, name: str, meant: Meant, model: Model) -> Problem | None:
    """Refuse the id of a fact that cannot be here."""
    concept = model.concept_of_id(meant.text)
    if concept and concept.label in meant.labels:
        return None
    prefixes = tuple(f"{model.concepts[label].prefix}/" for label in meant.labels)
    shown = ", ".join(prefixes[:MOST_SHOWN]) + (" and others" if len(prefixes) > MOST_SHOWN else "")
    is_ = f"is the id of {with_article(concept.label)}" if concept else "is not an id"
    says = f"{meant.text!r} {is_}; accepted here are ids that begin with {shown}"
    return Problem(where, name, says, accepted=prefixes, meant=meant)

"""Deletes. In: a transaction, ids of facts, rights. Out: Done; tombstones and events stay in place of the facts.

A node goes with all its relationships. Those that the writer cannot see change nothing of what he is told.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.bolt.write import Unit
from graph.cypher import deletes as cypher
from graph.events.append import append
from graph.events.event import Access, Did, Logged
from graph.facts.change import Change, access
from graph.facts.diff import Diff
from graph.facts.existing import Existing, find_existing
from graph.facts.found import Finder
from graph.facts.referrers import find_referrers
from graph.facts.restored import holders
from graph.facts.rows import Problem, Stale
from graph.facts.upsert import Writing, with_problems
from graph.facts.wanted import Done, WantedRemoval
from schema.language.declare import RelationshipSpec
from schema.language.named import with_article
from schema.language.writes import MOST_ROWS
from schema.model import Model

NAMED = 5
"""How many facts a problem names."""
Link = Mapping[str, Any]
"""A relationship of a node, as `cypher.relationships_of` returns it."""


@dataclass
class _Grave:
    """What is to be deleted: nodes, and relationships with those that go with their nodes."""

    nodes: dict[str, Existing] = field(default_factory=dict)
    links: dict[str, Link] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


async def delete(unit: Unit, wanted: Sequence[WantedRemoval], model: Model, by: Writing) -> Done:
    """Delete what may be deleted. The caller locks first, and rolls back if the writer wants all rows or none.

    A trial needs no lock.
    """
    finder = by.finder(unit, model)
    facts, problems = dict[str, Existing](), list[Problem]()
    named = await find_existing(finder, wanted)
    for each, fact in zip(wanted, named, strict=True):
        if isinstance(fact, Problem):
            problems.append(fact)
        elif problem := by.refusal(each.where, fact.of, holders(fact.stored["audience"])):
            problems.append(problem)
        else:
            facts[each.where] = fact
    links = await _links(finder, [fact.id for fact in facts.values() if not _is_link(fact)])
    grave = _fill(wanted, facts, links, by)
    while referrers := await find_referrers(finder, grave.nodes, [*grave.nodes, *grave.links]):
        # A fact that stays keeps its relationships and refers to others, so what goes with it is sorted out again.
        places = {fact.id: where for where, fact in facts.items()}
        problems += [_referred(places[id_], facts_) for id_, facts_ in referrers.items()]
        facts = {where: fact for where, fact in facts.items() if fact.id not in referrers}
        grave = _fill(wanted, facts, links, by)
    if not by.trial:
        await _bury(unit, grave, by)
    changes = tuple(_changes(named, wanted, grave)) if by.trial else ()
    done = Done(Diff(), changes=changes)
    return with_problems(done, [*problems, *grave.problems], {each.where: each.id for each in wanted})


def _changes(named: Sequence[Existing | Problem], wanted: Sequence[WantedRemoval], grave: _Grave) -> Iterator[Change]:
    """Yield what becomes of the named facts, and of the relationships that the writer sees go with them."""
    ids = {each.id for each in wanted}
    for each, fact in zip(wanted, named, strict=True):
        if isinstance(fact, Problem):
            if isinstance(fact, Stale):
                yield Change(each.where, None, fact.of, each.id, (access(fact.stored),))
        else:
            did = Did.DELETED if each.id in grave.nodes or each.id in grave.links else None
            was = (access(fact.stored),)
            yield Change(each.where, did, fact.of, each.id, was, fact.spec, fact.stored, {}, *fact.ends)
    for link in grave.links.values():
        if link.get("seen") and link["id"] not in ids:
            was = (Access(link["level"], link["audience"]),)
            ends = {"start": link["start"], "end": link["end"]}
            yield Change("", Did.DELETED, link["type"], link["id"], was, **ends)


def _is_link(fact: Existing) -> bool:
    return isinstance(fact.spec, RelationshipSpec)


async def _links(finder: Finder, nodes: Sequence[str]) -> dict[str, list[Link]]:
    """Read all relationships of nodes, hidden ones too, by node."""
    links: dict[str, list[Link]] = {node: [] for node in nodes}
    for record in await finder.run(cypher.relationships_of(), ids=list(nodes)) if nodes else ():
        links[record["node"]].append(record)
    return links


def _fill(
    wanted: Sequence[WantedRemoval], facts: Mapping[str, Existing], links: Mapping[str, list[Link]], by: Writing
) -> _Grave:
    """Sort out what goes. Nodes that take their relationships along come before those that must have none left."""
    grave = _Grave()
    for fact in facts.values():
        if _is_link(fact):
            grave.links[fact.id] = _link(fact, by)
    for each in sorted(wanted, key=lambda one: not one.relationships):
        node = facts.get(each.where)
        if node is None or _is_link(node):
            continue
        seen = [link for link in links[node.id] if link["seen"]]
        problem = _in_the_way(each, node, [link for link in seen if link["id"] not in grave.links], by)
        if problem:
            grave.problems.append(problem)
        else:
            grave.nodes[node.id] = node
            grave.links |= {link["id"]: link for link in links[node.id]}
    return grave


def _link(fact: Existing, by: Writing) -> Link:
    start, end = fact.ends
    shown = {name: fact.stored[name] for name in ("id", "level", "audience")}
    return {**shown, "key": by.stamp.key(fact.id), "type": fact.of, "start": start, "end": end}


def _in_the_way(wanted: WantedRemoval, node: Existing, left: Sequence[Link], by: Writing) -> Problem | None:
    """Return why a node cannot go with the relationships that are left of it."""
    ids = tuple(dict.fromkeys(str(link["id"]) for link in left))
    if not ids:
        return None
    if not wanted.relationships:
        says = f"{_counted(ids)} it; remove them first, or give `withRelationships: true`"
        return Problem(wanted.where, "withRelationships", says, "CONFLICT", ids[:NAMED])
    if len(ids) > MOST_ROWS:
        says = f"{_counted(ids)} it; remove them first, at most {MOST_ROWS:,} at a time"
        return Problem(wanted.where, "withRelationships", says, "CONFLICT", ids[:NAMED])
    barred = next((link for link in left if not by.may_write(link["type"], holders(link["audience"]))), None)
    if barred is None:
        return None
    says = f"you may not write {barred['id']}, {with_article(barred['type'])} of this {node.of}"
    return Problem(wanted.where, "withRelationships", says, "NOT_ALLOWED")


def _counted(ids: Sequence[str]) -> str:
    return f"{ids[0]} leads to or from" if len(ids) == 1 else f"{len(ids):,} relationships lead to or from"


def _referred(where: str, facts: Sequence[str]) -> Problem:
    more = ", ..." if len(facts) > NAMED else ""
    says = f"{', '.join(facts[:NAMED])}{more} refer to it; change or remove these first"
    return Problem(where, "id", says, "CONFLICT", tuple(facts[:NAMED]))


async def _bury(unit: Unit, grave: _Grave, by: Writing) -> None:
    """Delete, leave tombstones, and append to the event log: relationships before nodes, each sorted by id."""
    keys: dict[str, list[str]] = {}
    for link in grave.links.values():
        keys.setdefault(link["type"], []).append(link["key"])
    for type_, some in keys.items():
        await unit.run(cypher.delete_relationships(type_), keys=some)
    if grave.nodes:
        await unit.run(cypher.DELETE_NODES, ids=list(grave.nodes))
    events = [*_of_links(grave.links.values()), *_of_nodes(grave.nodes.values())]
    if events:
        await unit.run(cypher.BURY, rows=[_tombstone(event) for event in events], now=by.stamp.now)
        await append(unit, events, by.stamp.now, by.stamp.actor)


def _of_links(links: Iterable[Link]) -> Iterator[Logged]:
    for link in sorted(links, key=lambda one: str(one["id"])):
        was = Access(link["level"], link["audience"])
        yield Logged(Did.DELETED, link["type"], link["id"], was, None, link["start"], link["end"])


def _of_nodes(nodes: Iterable[Existing]) -> Iterator[Logged]:
    for node in sorted(nodes, key=lambda one: one.id):
        yield Logged(Did.DELETED, node.of, node.id, Access(node.stored["level"], node.stored["audience"]))


def _tombstone(event: Logged) -> dict[str, Any]:
    assert event.was is not None
    row = {"id": event.fact, "of": event.of, "level": event.was.level, "audience": event.was.audience}
    return {**row, "start": event.start, "end": event.end} if event.start else row

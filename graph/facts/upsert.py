"""Upserts: what a writer states of single fields. In: a transaction, wanted facts, rights. Out: Done.

A writer changes what he may see, and nothing he cannot see changes what he is told.
"""

import asyncio
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from graph.access.rights import Rights
from graph.bolt.write import Unit
from graph.facts.change import Stated, changes_of
from graph.facts.check import Checked, check
from graph.facts.compare import compare
from graph.facts.decide import decide
from graph.facts.found import BY_ID, Current, Finder, Looked, labels_at, wrong_kind
from graph.facts.ids import fresh_id, fresh_relationship_id
from graph.facts.near import explained
from graph.facts.restored import holders, restored
from graph.facts.rows import Meant, Problem, Row, Stale
from graph.facts.wanted import Done, WantedNode, WantedRelationship, Within
from graph.facts.write import Stamp, write
from schema.language.declare import ConceptSpec, RelationshipSpec
from schema.language.kinds import SYNTHETIC
from schema.model import Model

MANY = 50
"""Rows from which on they are checked in a thread."""
NUMBER = re.compile(r"\d+")
INHERITED = ("sources", "confidence", "marking", "holders")
"""What a new relationship inside a row has from that row, if it does not state its own."""


class MayWrite(Protocol):
    """Says whether the writer may write facts of a label or type that these cities hold."""

    def __call__(self, of: str, holders: Collection[str]) -> bool: ...


@dataclass(frozen=True)
class Writing:
    """Who writes, what, and when. `seed` makes the ids of new facts, so that a second try makes the same ones.

    A `trial` reads only: it returns what the write would do, with every change. `whole` says that nothing is written if a row
    is refused. `looked` is what was read of the facts when the write began.
    """

    rights: Rights
    may_write: MayWrite
    stamp: Stamp
    seed: bytes
    trial: bool = False
    whole: bool = False
    looked: Looked = field(default_factory=Looked)

    def finder(self, unit: Unit, model: Model) -> Finder:
        """Return what finds facts for this writer."""
        return Finder(unit, model, self.rights, self.stamp, self.looked)

    def refusal(self, where: str, of: str, held: Collection[str]) -> Problem | None:
        """Return the problem of a fact that this writer may not write; `held` are the cities that hold it."""
        if self.may_write(of, held):
            return None
        return Problem(where, "(row)", f"you may not write this {of}", "NOT_ALLOWED")


@dataclass
class _Rows:
    """The rows that wanted facts become, by place, and the problems of the others; `places` are those of the nodes.

    `stated` are the facts that were found or are new, also those whose rows are refused. `known` are the facts that the
    stored ones refer to. `new` are the ids of new nodes.
    """

    places: list[str] = field(default_factory=list)
    nodes: list[str | None] = field(default_factory=list)
    relationships: list[str | None] = field(default_factory=list)
    ends: list[tuple[str, str] | None] = field(default_factory=list)
    rows: dict[str, Row] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    stated: list[Stated] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    new: set[str] = field(default_factory=set)


async def upsert(
    unit: Unit,
    nodes: Sequence[WantedNode],
    relationships: Sequence[WantedRelationship],
    model: Model,
    by: Writing,
) -> Done:
    """Write what is wanted, as far as it is accepted. The caller locks first, and rolls back if it wants all rows or none.

    A trial needs no lock.
    """
    finder, made = by.finder(unit, model), _Rows()
    for wanted, current in zip(nodes, await finder.nodes(nodes), strict=True):
        _node(made, wanted, current, model, by)
    placed = [_placed(made, each, model) for each in relationships]
    for link, at in zip(relationships, await finder.relationships(relationships, placed, made.new), strict=True):
        _relationship(made, link, at, model, by)
    unknown, known = await finder.named(nodes, relationships)
    told = {(problem.where, problem.field) for problem in made.problems}
    problems = [*made.problems, *(each for each in unknown if (each.where, each.field) not in told)]
    problems = await explained(problems, model, finder.run)
    refused = {problem.where for problem in problems}
    rows = [row for where, row in made.rows.items() if where not in refused]
    # Many rows take long, and others must be answered meanwhile.
    checked = check(rows, model) if len(rows) < MANY else await asyncio.to_thread(check, rows, model)
    checked = Checked(checked.facts, (*problems, *checked.problems))
    settled = made.new.union(id_ for id_ in made.relationships if id_)
    decided = await decide(unit, checked, by.stamp.key, by.rights, known | made.known, settled=settled)
    if by.whole and decided.problems:
        decided = replace(decided, facts=(), freed={})
    diff = await (compare if by.trial else write)(unit, decided, by.stamp)
    written = {fact.id for fact in decided.facts}
    problems = sorted((_with_its_row(each, made) for each in diff.problems), key=_number)
    return Done(
        replace(diff, problems=tuple(problems)),
        tuple(id_ if id_ in written else None for id_ in made.nodes),
        tuple(id_ if id_ in written else None for id_ in made.relationships),
        tuple(made.ends),
        audiences=tuple(sorted({fact.properties["audience"].removeprefix(SYNTHETIC) for fact in decided.facts})),
        changes=changes_of(made.stated, made.rows, decided.facts) if by.trial else (),
    )


def with_problems(done: Done, problems: Sequence[Problem], places: Mapping[str, str]) -> Done:
    """Add problems of other rows, in their order, and name the facts at these places that were not refused."""
    every = sorted((*done.diff.problems, *problems), key=_number)
    refused = {problem.where for problem in every}
    named = tuple(id_ for where, id_ in places.items() if where not in refused)
    return replace(done, diff=replace(done.diff, problems=tuple(every)), named=named)


def _number(problem: Problem) -> list[int]:
    """Return the numbers in a place, so that problems come in the order of the rows."""
    return [int(number) for number in NUMBER.findall(problem.where)]


def _with_its_row(problem: Problem, made: _Rows) -> Problem:
    """Say of a relationship without an end that it is refused with the row that it belongs to."""
    row = made.rows.get(problem.where)
    if problem.code == "NOT_FOUND" and row and row.values.get(problem.field, "") in made.nodes:
        return Problem(problem.where, "(row)", "belongs to a row that is refused", "REFUSED_WITH")
    return problem


def _node(made: _Rows, wanted: WantedNode, current: Current | Problem, model: Model, by: Writing) -> None:
    spec = model.concepts[wanted.label]
    made.places.append(wanted.where)
    current = _tried(made, current, by)
    if isinstance(current, Problem):
        made.nodes.append(None)
        made.problems.append(current)
        return
    made.known.update(current.refers_to(spec))
    values = _overlaid(current, wanted.values, spec)
    id_ = current.id or fresh_id(spec, values, by.seed, wanted.where)
    made.nodes.append(id_)
    if current.id is None:
        made.new.add(id_)
    made.stated.append(Stated(wanted.where, spec, id_, current.stored))
    problem = _refusal(wanted.where, wanted.label, current, values, by)
    if problem is not None:
        made.problems.append(problem)
    else:
        made.rows[wanted.where] = Row(wanted.where, {"label": wanted.label, "id": id_, **values})


def _placed(made: _Rows, wanted: WantedRelationship, model: Model) -> tuple[str, str] | Problem:
    """Return the ids of the ends of a wanted relationship."""
    if wanted.id is not None and wanted.start is None and wanted.end is None:
        return BY_ID
    ends = []
    for name, end in (("from", wanted.start), ("to", wanted.end)):
        if end is None:
            return Problem(wanted.where, name, "is missing: give the id of the fact at this end", "MISSING")
        if isinstance(end, str):
            labels = labels_at(model.relationships[wanted.name], name)
            if problem := wrong_kind(wanted.where, name, Meant(end, labels), model):
                return problem
        id_ = made.nodes[end.at] if isinstance(end, Within) else end
        if id_ is None:
            return Problem(wanted.where, "(row)", "belongs to a row that is refused", "REFUSED_WITH")
        ends.append(id_)
    return ends[0], ends[1]


def _relationship(
    made: _Rows, wanted: WantedRelationship, current: Current | Problem, model: Model, by: Writing
) -> None:
    spec = model.relationships[wanted.name]
    current = _tried(made, current, by)
    if isinstance(current, Problem):
        made.relationships.append(None)
        made.ends.append(None)
        made.problems.append(current)
        return
    made.known.update(current.refers_to(spec))
    given = wanted.values if current.id else _inherited(made, wanted, spec) | wanted.values
    values = _overlaid(current, given, spec)
    id_ = current.id or fresh_relationship_id(spec, by.seed, wanted.where)
    made.relationships.append(id_)
    made.ends.append(current.ends)
    made.stated.append(Stated(wanted.where, spec, id_, current.stored, *current.ends))
    problem = _refusal(wanted.where, spec.type, current, values, by)
    if problem is not None:
        made.problems.append(problem)
    else:
        start, end = current.ends
        made.rows[wanted.where] = Row(wanted.where, {"type": spec.type, "from": start, "to": end, "id": id_, **values})


def _tried(made: _Rows, current: Current | Problem, by: Writing) -> Current | Problem:
    """Return, for a trial, the fact that changed since the writer read it, as it is now. Its row is refused all the same."""
    if not by.trial or not isinstance(current, Stale):
        return current
    made.problems.append(current)
    return Current(str(current.stored["id"]), current.stored, current.ends)


def _inherited(made: _Rows, wanted: WantedRelationship, spec: RelationshipSpec) -> dict[str, Any]:
    within = next((end for end in (wanted.start, wanted.end) if isinstance(end, Within)), None)
    parent = made.rows.get(made.places[within.at]) if within else None
    values = {} if parent is None else {name: parent.values[name] for name in INHERITED if name in parent.values}
    if spec.always_clear:
        values.pop("marking", None)
        values.pop("holders", None)
    return values


def _overlaid(current: Current, given: Mapping[str, Any], spec: ConceptSpec | RelationshipSpec) -> dict[str, Any]:
    """Return the values that a fact has with what is given; None removes a value."""
    before = restored(current.stored, spec) if current.stored else {}
    kept = {name: [*given[name], *hidden] for name, hidden in current.hidden.items() if given.get(name) is not None}
    return {name: value for name, value in (before | dict(given) | kept).items() if value is not None}


def _refusal(where: str, of: str, current: Current, values: Mapping[str, Any], by: Writing) -> Problem | None:
    """Return why this writer may not write this fact now."""
    before = holders(current.stored["audience"]) if current.stored else []
    return by.refusal(where, of, {*before, *values.get("holders", ())})

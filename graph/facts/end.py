"""Ends. In: a transaction, ids of facts with their last days, rights. Out: Done; an end is an upsert of `until`."""

from collections.abc import Sequence
from dataclasses import replace

from graph.bolt.write import Unit
from graph.facts.change import Change, access
from graph.facts.existing import Existing, find_existing
from graph.facts.rows import Problem, Stale
from graph.facts.upsert import Writing, upsert, with_problems
from graph.facts.wanted import Done, WantedEnd, WantedNode, WantedRelationship
from schema.language.declare import RelationshipSpec
from schema.language.edtf import EdtfError, parse
from schema.model import Model

UNTIL = "until"


async def end(unit: Unit, wanted: Sequence[WantedEnd], model: Model, by: Writing) -> Done:
    """Set the last day of facts. A fact that has ended on another day is refused."""
    nodes, links, problems, places = list[WantedNode](), list[WantedRelationship](), list[Problem](), dict[str, str]()
    concerned: list[Change | None] = []
    for each, fact in zip(wanted, await find_existing(by.finder(unit, model), wanted), strict=True):
        problem = fact if isinstance(fact, Problem) else _open(each) or _ended(each, fact)
        if isinstance(problem, Problem):
            problems.append(problem)
            concerned += [_refused(each, fact, problem)] if by.trial else []
        elif isinstance(fact, Existing):
            places[each.where] = each.id
            values = {UNTIL: each.until}
            if isinstance(fact.spec, RelationshipSpec):
                links.append(WantedRelationship(each.where, fact.spec.name, values, *fact.ends, each.id))
            else:
                nodes.append(WantedNode(each.where, fact.spec.label, values, ("id", each.id)))
    done = with_problems(await upsert(unit, nodes, links, model, by), problems, places)
    return replace(done, changes=(*done.changes, *filter(None, concerned)))


def _refused(wanted: WantedEnd, fact: Existing | Problem, problem: Problem) -> Change | None:
    """Return which fact a refused row concerns, None if that is not known."""
    if isinstance(fact, Existing):
        return Change(wanted.where, None, fact.of, fact.id, (access(fact.stored),))
    return (
        Change(wanted.where, None, problem.of, wanted.id, (access(problem.stored),))
        if isinstance(problem, Stale)
        else None
    )


def _open(wanted: WantedEnd) -> Problem | None:
    """Refuse an end without a last day. A text that is no date is refused with the other values of its fact."""
    try:
        when = parse(wanted.until)
    except EdtfError:
        return None
    if when.latest is not None:
        return None
    says = f"{wanted.until!r} is open, and so no end; give a day, a month or a year"
    nearest = () if when.earliest is None else (when.earliest.isoformat(),)
    return Problem(wanted.where, UNTIL, says, accepted=nearest)


def _ended(wanted: WantedEnd, fact: Existing) -> Problem | None:
    before = fact.stored.get(UNTIL)
    if before is None or before == wanted.until:
        return None
    says = f"the fact has ended already: {before}; change `{UNTIL}` by an upsert if that is wrong"
    return Problem(wanted.where, UNTIL, says, "CONFLICT", (str(before),))

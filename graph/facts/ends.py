"""The ends of relationships. In: facts and the database. Out: the facts whose ends are right.

A relationship stays between the nodes where it was first written. An end that is declared to-one takes one relationship.
"""

from collections.abc import Callable, Collection, Sequence

from graph.access.rights import Rights
from graph.bolt.write import Unit
from graph.cypher import facts as cypher
from graph.facts.check import Checked
from graph.facts.fact import Fact, Only
from graph.facts.rows import Problem

Ends = dict[str, tuple[str, str]]
"""The ids of the start and end of a relationship, by its id."""

Taken = dict[Only, str]
"""The id of the relationship at an end that takes one."""


async def find_ends(
    unit: Unit, facts: Sequence[Fact], key: Callable[[str], str], settled: Collection[str] = ()
) -> Ends:
    """Read the ends of relationships with ids of their own, but for the settled ones. An id made from the ends needs no check."""
    wanted: dict[str, list[str]] = {}
    for fact in facts:
        if fact.own and fact.id not in settled:
            wanted.setdefault(fact.of, []).append(key(fact.id))
    return {
        record["id"]: (record["start"], record["end"])
        for type_, keys in wanted.items()
        for record in await unit.run(cypher.relationship_ends(type_), keys=keys)
    }


def refuse_moved(checked: Checked, ends: Ends) -> Checked:
    """Refuse the relationships that are in the database between other nodes."""
    if not ends:
        return checked
    facts, problems = [], list(checked.problems)
    for fact in checked.facts:
        start, end = ends.get(fact.id, (fact.start, fact.end))
        if (start, end) == (fact.start, fact.end):
            facts.append(fact)
        else:
            problems.append(Problem(fact.where, "id", f"{fact.id} already connects {start} and {end}", "CONFLICT"))
    return Checked(tuple(facts), tuple(problems))


async def find_taken(
    unit: Unit, facts: Sequence[Fact], rights: Rights | None = None, new: Collection[str] = ()
) -> Taken:
    """Read which relationships of the database are at the ends that these facts need for themselves; at `new` ends is none.

    With `rights`, relationships that these do not admit are left out.
    """
    wanted: dict[tuple[str, bool, str], list[Only]] = {}
    for fact in facts:
        for only in (each for each in fact.only if each.near not in new):
            wanted.setdefault((fact.of, only.forward, only.near), []).append(only)
    if not wanted:
        return {}
    ends = [{"type": type_, "forward": forward, "near": near} for type_, forward, near in wanted]
    taken: Taken = {}
    text = cypher.relationships_at_ends(only_visible=rights is not None)
    seen = rights.parameters(synthetic=True) if rights else {}
    for record in await unit.run(text, ends=ends, **seen):
        for only in wanted[record["type"], record["forward"], record["near"]]:
            # A relationship of the same type may lead to other labels, where another declaration applies.
            if record["far"].partition("/")[0] in only.far:
                taken.setdefault(only, record["relationship"])
    return taken


def refuse_second(checked: Checked, taken: Taken) -> Checked:
    """Refuse the relationships at an end where another one is already, in the database or in an earlier row."""
    seen, places = dict(taken), dict.fromkeys(taken.values(), "in the database")
    facts, problems = [], list(checked.problems)
    for fact in checked.facts:
        clash = next((only for only in fact.only if seen.get(only, fact.id) != fact.id), None)
        if clash is None:
            seen |= dict.fromkeys(fact.only, fact.id)
            places[fact.id] = fact.where
            facts.append(fact)
        else:
            first = f"{seen[clash]} ({places[seen[clash]]}) is there already"
            reason = f"{clash.near} takes one {clash.field} only; {first}"
            problems.append(Problem(fact.where, "from" if clash.forward else "to", reason, "CONFLICT"))
    return Checked(tuple(facts), tuple(problems))

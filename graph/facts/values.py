"""Unique values. In: facts and the database. Out: who owns which value, and the facts whose values nobody else has."""

from collections.abc import Sequence

from graph.bolt.write import Unit
from graph.cypher import facts as cypher
from graph.facts.check import Checked
from graph.facts.fact import Fact
from graph.facts.rows import Problem

Owners = dict[tuple[str, str, object], str]
"""The id of the node that has a value of a unique property, by label, property and value."""


async def find_owners(unit: Unit, facts: Sequence[Fact]) -> Owners:
    """Read which nodes of the database have the unique values that these facts state."""
    wanted: dict[tuple[str, str], list[object]] = {}
    for fact in facts:
        for name in fact.unique:
            wanted.setdefault((fact.of, name), []).append(fact.properties[name])
    return {
        (label, name, record["value"]): str(record["id"])
        for (label, name), values in wanted.items()
        for record in await unit.run(cypher.value_owners(label, name), values=values)
    }


def given_up(facts: Sequence[Fact], owners: Owners) -> Owners:
    """Return the values of the database whose owners these facts state with another value or none."""
    stated = {fact.id: fact.properties for fact in facts}
    return {at: owner for at, owner in owners.items() if owner in stated and stated[owner].get(at[1]) != at[2]}


def refuse_taken(checked: Checked, owners: Owners) -> Checked:
    """Refuse the facts whose unique value another fact has."""
    if not any(fact.unique for fact in checked.facts):
        return checked
    freed = given_up(checked.facts, owners)
    seen = {at: owner for at, owner in owners.items() if at not in freed}
    facts, problems = [], list(checked.problems)
    for fact in checked.facts:
        values = {name: (fact.of, name, fact.properties[name]) for name in fact.unique}
        clash = next((name for name, at in values.items() if seen.get(at, fact.id) != fact.id), None)
        if clash is None:
            seen |= dict.fromkeys(values.values(), fact.id)
            facts.append(fact)
        else:
            reason = f"{seen[values[clash]]} has {fact.properties[clash]!r} already"
            problems.append(Problem(fact.where, clash, reason, "CONFLICT"))
    return Checked(tuple(facts), tuple(problems))

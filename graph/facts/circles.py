"""Relationships that lead back to where they began. In: facts and the database. Out: the facts that make no circle."""

from collections.abc import Collection, Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from graph.access.rights import Rights
from graph.bolt.write import Unit
from graph.cypher import facts as cypher
from graph.facts.check import Checked
from graph.facts.fact import Fact
from graph.facts.rows import Problem

Steps = dict[str, dict[str, str]]
"""Which nodes a type of relationship leads to from a node, with the id of the relationship."""


async def find_steps(
    unit: Unit, facts: Sequence[Fact], rights: Rights | None = None, new: Collection[str] = ()
) -> dict[str, Steps]:
    """Read, by type, the relationships of the database that lead on from the ends of acyclic facts; from `new` ends leads none.

    With `rights`, relationships that these do not admit are left out.
    """
    wanted: dict[str, set[str]] = {}
    for fact in facts:
        if fact.acyclic:
            wanted.setdefault(fact.of, set()).update({fact.end}.difference(new))
    return {type_: await _steps_from(unit, type_, ends, rights) for type_, ends in wanted.items()}


async def _steps_from(unit: Unit, type_: str, ends: set[str], rights: Rights | None) -> Steps:
    """Read one step further each time, until there is nothing new."""
    steps: Steps = {}
    text = cypher.relationships_at_ends(only_visible=rights is not None)
    seen = rights.parameters(synthetic=True) if rights else {}
    while ends:
        near = [{"type": type_, "forward": True, "near": end} for end in sorted(ends)]
        steps |= {end: {} for end in ends}
        for record in await unit.run(text, ends=near, **seen):
            steps[record["near"]][record["far"]] = record["relationship"]
        ends = {far for end in ends for far in steps[end]} - steps.keys()
    return steps


def refuse_circles(checked: Checked, known: dict[str, Steps]) -> Checked:
    """Refuse relationships from a fact to itself, and those that close a circle with others, stored or stated."""
    problems = list(checked.problems)
    closing: set[str] = set()
    for type_, steps in known.items():
        problems += _closing([fact for fact in checked.facts if fact.acyclic and fact.of == type_], steps, closing)
    for fact in checked.facts:
        if fact.apart and fact.start and fact.start == fact.end:
            problems.append(Problem(fact.where, "to", f"{fact.of} does not lead from {fact.start} to itself"))
            closing.add(fact.id)
    return Checked(tuple(fact for fact in checked.facts if fact.id not in closing), tuple(problems))


def _closing(facts: list[Fact], steps: Steps, closing: set[str]) -> list[Problem]:
    """Find the facts that close circles, the last row of each circle, and add their ids to `closing`."""
    problems = []
    stated: dict[tuple[str, str], list[Fact]] = {}
    for fact in facts:
        if fact.start != fact.end:
            stated.setdefault((fact.start, fact.end), []).append(fact)
    order = {edge: at for at, edge in enumerate(stated)}
    stored = {(near, far) for near, fars in steps.items() for far in fars}
    edges = stored | stated.keys()
    while circle := _circle(edges):
        # A circle of stored relationships alone is old; it must not keep new rows out.
        last = max(circle, key=lambda edge: (edge not in stored, order.get(edge, -1)))
        edges.discard(last)
        for fact in stated.get(last, ()):
            closing.add(fact.id)
            problems.append(Problem(fact.where, "to", f"{fact.of} would lead in a circle: {_shown(circle, last[0])}"))
    return problems


def _circle(edges: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the edges of one circle in their order; none if there is no circle."""
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for near, far in sorted(edges):
        sorter.add(far, near)
    try:
        sorter.prepare()
    except CycleError as error:
        nodes: list[str] = error.args[1]
        return list(pairwise(nodes))
    return []


def _shown(circle: list[tuple[str, str]], first: str) -> str:
    """Write a circle from one of its facts on."""
    after = dict(circle)
    nodes = [first]
    while len(nodes) <= len(circle):
        nodes.append(after[nodes[-1]])
    return " -> ".join(nodes if len(nodes) <= MOST_SHOWN else [*nodes[: MOST_SHOWN - 1], "...", nodes[-1]])


MOST_SHOWN = 8
"""How many facts of a circle a problem names."""

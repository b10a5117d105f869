"""Writing facts, step 2. In: checked rows and the database. Out: the facts that may be written, and all problems.

A fact may be written if what it needs exists and if no other fact has what only one may have. Nothing is written here.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from graph.access.rights import Rights
from graph.bolt.write import Unit
from graph.facts.check import Checked
from graph.facts.circles import find_steps, refuse_circles
from graph.facts.ends import find_ends, find_taken, refuse_moved, refuse_second
from graph.facts.fact import Fact
from graph.facts.needs import find_known, refuse_unmet
from graph.facts.rows import Problem
from graph.facts.values import Owners, find_owners, given_up, refuse_taken


@dataclass(frozen=True)
class Decided:
    """What to write, and what is refused; `freed` are unique values that their owners give up in this write."""

    facts: tuple[Fact, ...]
    problems: tuple[Problem, ...] = ()
    freed: Owners = field(default_factory=dict)


async def decide(
    unit: Unit,
    checked: Checked,
    key: Callable[[str], str],
    rights: Rights | None = None,
    known: Collection[str] = (),
    *,
    settled: Collection[str] = (),
) -> Decided:
    """Refuse the facts that do not fit the database or each other; `key` makes the key of an id.

    With `rights`, only relationships that the writer may see take an end that takes one. `known` facts are not looked up.
    `settled` are new nodes, at which nothing is stored, and relationships whose ends were looked up before.
    """
    owners = await find_owners(unit, checked.facts)
    rest = await _meet_needs(unit, checked, owners, set(known))
    rest = refuse_moved(rest, await find_ends(unit, rest.facts, key, settled))
    rest = refuse_circles(rest, await find_steps(unit, rest.facts, rights, settled))
    rest = refuse_second(rest, await find_taken(unit, rest.facts, rights, settled))
    return Decided(rest.facts, rest.problems, given_up(rest.facts, owners))


async def _meet_needs(unit: Unit, checked: Checked, owners: Owners, sure: set[str]) -> Checked:
    """Refuse the facts that need a node which does not exist, or a value that another fact has."""
    needed = {need.id for fact in checked.facts for need in fact.needs}
    stated = {fact.id for fact in checked.facts}
    known = sure | await find_known(unit, needed - stated - sure)
    rest = _settle(checked, known, owners)
    if len(rest.facts) < len(checked.facts):
        # The node of a refused row may be in the database from before. Good rows cost no such query.
        rest = _settle(checked, known | await find_known(unit, needed & stated), owners)
    return rest


def _settle(checked: Checked, known: set[str], owners: Owners) -> Checked:
    """Repeat both checks until nothing more is refused: a refused fact gives up no value, and no fact may need it."""
    while len((rest := refuse_taken(refuse_unmet(checked, known), owners)).facts) < len(checked.facts):
        checked = rest
    return rest

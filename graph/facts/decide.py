"""Load, step 3. In: the good rows of a file. Out: those that fit what the database holds, and the others as bad rows.

A row fits when what it needs is there and no other fact has what only one may have.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from graph.bolt.write import Unit
from graph.cypher import facts as cypher
from graph.facts.check import Checked, Fact
from graph.facts.ends import alone, owners, places, unmoved
from graph.load.files import BadRow, RowFile

Values = dict[tuple[str, str, object], str]
"""Who has a value of a unique property, by label, property and value."""


@dataclass(frozen=True)
class Decided:
    """The rows of a file that are written, and the others; `freed` are the values of restated facts that others take."""

    file: RowFile
    facts: tuple[Fact, ...]
    bad: tuple[BadRow, ...]
    freed: Values = field(default_factory=dict)


def decide(unit: Unit, checked: Checked, key: Callable[[str], str]) -> Decided:
    """Set aside the rows that do not fit, in the transaction that writes the others."""
    values = taken(unit, checked.facts)
    whole = _standing(unit, checked, values)
    whole = _parted(whole, unmoved(whole.file.name, whole.facts, places(unit, whole.facts, key)))
    whole = _parted(whole, alone(whole.file.name, whole.facts, owners(unit, whole.facts)))
    return Decided(whole.file, whole.facts, whole.bad, given_up(whole.facts, values))


def _standing(unit: Unit, checked: Checked, values: Values) -> Checked:
    """Set aside the rows that need what is not there, and those whose unique values others have."""
    needed, own = {need.id for each in checked.facts for need in each.needs}, {each.id for each in checked.facts}
    there = known(unit, needed - own)
    whole = settle(checked, there, values)
    if len(whole.facts) < len(checked.facts):
        # The fact of a row that is set aside may be in the database; a file of good rows asks for none of its own.
        whole = settle(checked, there | known(unit, needed & own), values)
    return whole


def settle(checked: Checked, there: set[str], values: Values) -> Checked:
    """Set aside until all that is left fits: a row that is set aside gives up no value, and nothing stands on it."""
    while len((whole := once(resolve(checked, there), values)).facts) < len(checked.facts):
        checked = whole
    return whole


def _parted(checked: Checked, parts: tuple[list[Fact], list[BadRow]]) -> Checked:
    good, bad = parts
    return replace(checked, facts=tuple(good), bad=(*checked.bad, *bad))


def taken(unit: Unit, facts: Sequence[Fact]) -> Values:
    """Ask who in the database has the values of unique properties that these facts state."""
    wanted: dict[tuple[str, str], list[object]] = {}
    for each in facts:
        for name in each.unique:
            wanted.setdefault((each.of, name), []).append(each.properties[name])
    return {
        (label, name, record["value"]): str(record["id"])
        for (label, name), values in wanted.items()
        for record in unit.run(cypher.holders(label, name), values=values)
    }


def given_up(facts: Sequence[Fact], values: Values) -> Values:
    """Return the values in the database whose owners these facts state with another value or none."""
    stated = {each.id: each.properties for each in facts}
    return {at: owner for at, owner in values.items() if owner in stated and stated[owner].get(at[1]) != at[2]}


def once(checked: Checked, values: Values) -> Checked:
    """Set aside the facts whose value of a unique property another fact has already."""
    freed = given_up(checked.facts, values)
    seen = {at: owner for at, owner in values.items() if at not in freed}
    good, bad = [], list(checked.bad)
    for each in checked.facts:
        clash = next((n for n in each.unique if seen.get((each.of, n, each.properties[n]), each.id) != each.id), None)
        if clash is None:
            seen |= {(each.of, name, each.properties[name]): each.id for name in each.unique}
            good.append(each)
        else:
            owner = seen[each.of, clash, each.properties[clash]]
            bad.append(BadRow(checked.file.name, each.line, clash, f"{each.properties[clash]!r} is that of {owner}"))
    return replace(checked, facts=tuple(good), bad=tuple(bad))


def known(unit: Unit, ids: set[str]) -> set[str]:
    """Ask which of these facts are in the database."""
    return {str(record["id"]) for record in unit.run(cypher.KNOWN_IDS, ids=sorted(ids))} if ids else set()


def resolve(checked: Checked, there: set[str]) -> Checked:
    """Set aside the rows that need a fact which is neither in the file nor in the database."""
    nodes = {fact.id: fact for fact in checked.facts if not fact.start}
    while gone := [node for node in nodes.values() if not _complete(node, nodes, there)]:
        for lost in gone:
            del nodes[lost.id]
    good, bad = [], list(checked.bad)
    for each in checked.facts:
        missing = [need for need in each.needs if need.id not in nodes and need.id not in there]
        if missing:
            bad.append(BadRow(checked.file.name, each.line, missing[0].field, f"{missing[0].id} is not known"))
        else:
            good.append(each)
    return replace(checked, facts=tuple(good), bad=tuple(bad))


def _complete(fact: Fact, nodes: dict[str, Fact], there: set[str]) -> bool:
    return all(need.id in nodes or need.id in there for need in fact.needs)

"""Load, step 3, of relationships. In: the good facts of a file. Out: those that keep the promise of one, and bad rows.

A relationship whose end is declared to-one is the only one there: in the file and in the database.
"""

from collections.abc import Iterable, Sequence

from graph.bolt.write import Unit
from graph.cypher import load as cypher
from graph.load.facts import Fact, Only
from graph.load.files import BadRow

Owners = dict[Only, str]
"""Which relationship stands at an end that takes one."""


def owners(unit: Unit, facts: Sequence[Fact]) -> Owners:
    """Ask which relationships stand in the database at the ends that these facts take; one statement for each type."""
    wanted: dict[tuple[str, bool], dict[str, list[Only]]] = {}
    for fact in facts:
        for only in fact.only:
            wanted.setdefault((fact.of, only.forward), {}).setdefault(only.near, []).append(only)
    found: Owners = {}
    for (type_, forward), ends in wanted.items():
        for record in unit.run(cypher.ends(type_, forward), ids=list(ends)):
            for only in ends[record["near"]]:
                # Relationships of one type can lead elsewhere too, where another declaration holds.
                if record["far"].partition("/")[0] in only.far:
                    found.setdefault(only, record["tie"])
    return found


def alone(file: str, facts: Iterable[Fact], taken: Owners) -> tuple[list[Fact], list[BadRow]]:
    """Part the facts into those that stand alone at their ends and those that another one stands before."""
    seen, lines = dict(taken), {}
    good: list[Fact] = []
    bad: list[BadRow] = []
    for fact in facts:
        clash = next((only for only in fact.only if seen.get(only, fact.id) != fact.id), None)
        if clash is None:
            seen |= dict.fromkeys(fact.only, fact.id)
            lines[fact.id] = fact.line
            good.append(fact)
        else:
            bad.append(BadRow(file, fact.line, "from" if clash.forward else "to", _reason(clash, seen[clash], lines)))
    return good, bad


def _reason(clash: Only, first: str, lines: dict[str, int]) -> str:
    where = f"line {lines[first]}" if first in lines else "the database"
    return f"{clash.near} has one {clash.field} at most, and {first} in {where} states it"

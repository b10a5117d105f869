"""Load, step 3, of relationships. In: the good facts of a file. Out: those whose ends are right, and bad rows.

A relationship stays between the facts where it was loaded first. One whose end is declared to-one is the only one there:
in the file and in the database.
"""

from collections.abc import Callable, Iterable, Sequence

from graph.bolt.write import Unit
from graph.cypher import facts as cypher
from graph.facts.check import Fact, Only
from graph.load.files import BadRow

Owners = dict[Only, str]
"""Which relationship stands at an end that takes one."""


Places = dict[str, tuple[str, str]]
"""Between which facts a relationship stands, by its id."""


def places(unit: Unit, facts: Sequence[Fact], key: Callable[[str], str]) -> Places:
    """Ask where relationships with ids of their own stand in the database; an id made from the ends cannot lie."""
    wanted: dict[str, list[str]] = {}
    for fact in facts:
        if fact.own:
            wanted.setdefault(fact.of, []).append(key(fact.id))
    return {
        record["id"]: (record["start"], record["end"])
        for type_, keys in wanted.items()
        for record in unit.run(cypher.between(type_), keys=keys)
    }


def unmoved(file: str, facts: Iterable[Fact], stand: Places) -> tuple[list[Fact], list[BadRow]]:
    """Part the facts into those that stay where they stand and those whose id stands between others."""
    good: list[Fact] = []
    bad: list[BadRow] = []
    for fact in facts:
        start, end = stand.get(fact.id, (fact.start, fact.end))
        if (start, end) == (fact.start, fact.end):
            good.append(fact)
        else:
            bad.append(BadRow(file, fact.line, "id", f"{fact.id} stands between {start} and {end} already"))
    return good, bad


def owners(unit: Unit, facts: Sequence[Fact]) -> Owners:
    """Ask which relationships stand in the database at the ends that these facts take."""
    wanted: dict[tuple[str, bool, str], list[Only]] = {}
    for fact in facts:
        for only in fact.only:
            wanted.setdefault((fact.of, only.forward, only.near), []).append(only)
    ends = [{"type": type_, "forward": forward, "near": near} for type_, forward, near in wanted]
    found: Owners = {}
    for record in unit.run(cypher.ENDS, ends=ends) if ends else ():
        for only in wanted[record["type"], record["forward"], record["near"]]:
            # Relationships of one type can lead elsewhere too, where another declaration holds.
            if record["far"].partition("/")[0] in only.far:
                found.setdefault(only, record["relationship"])
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

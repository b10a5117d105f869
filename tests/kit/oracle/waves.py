"""Computed fields of survey waves. In: a View, a wave or a tie of trust. Out: what was said in the next wave or the one before.

Somebody tells about a tie in a wave if they answered in it, for others to see, and the other person was on the list that day.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from schema.language.edtf import parse
from schema.model import model
from tests.kit.oracle.computed import follow
from tests.kit.oracle.view import Entry, View
from tests.kit.oracle.world import Fact, Relationship

NEXT, BEFORE = 1, -1
FOR_OTHERS_TO_SEE = ("NAMED", "PSEUDONYM")


class Neighbour(NamedTuple):
    """The wave next to a wave, and the roster whose people both asked."""

    wave: Fact
    roster: Fact


def neighbour(view: View, wave: Fact, direction: int) -> Neighbour | None:
    """Find the next wave of the same roster, or the wave before: the nearest by its day, then the first by id."""
    day = _day(wave)
    if day is None:
        return None
    near: list[tuple[int, str, Fact]] = []
    for other in follow(view, wave, ("roster", "waves")):
        other_day = _day(other)
        if other_day and direction * (other_day - day).days > 0:
            near.append((abs((other_day - day).days), other.id, other))
    if not near:
        return None
    nearest = min(near)[2]
    for roster in follow(view, wave, ("roster",)):
        if nearest in follow(view, roster, ("waves",)):
            return Neighbour(nearest, roster)
    return None


def in_wave(view: View, tie: Relationship, name: str) -> str | None:
    """Computed fields, `inNextWave` and `inWaveBefore`: whether a tie was said there too; None if there is no such wave."""
    wave = next(iter(view.references(tie, "wave")), None)
    if wave is None:
        return None
    beside = neighbour(view, wave, NEXT if name == "inNextWave" else BEFORE)
    if beside is None:
        return None
    one, other = view.world.nodes[tie.start], view.world.nodes[tie.end]
    for entry, said_in in _ties(view, one):
        if entry.fact is other and said_in == beside.wave.id:
            return "PRESENT"
    return "ABSENT" if _could_tell(view, one, other, beside) else "UNKNOWN"


def change(view: View, wave: Fact) -> dict[str, int] | None:
    """Computed fields, `tieChange`: ties beside those of the wave before, each pair and direction counted once."""
    before = neighbour(view, wave, BEFORE)
    if before is None:
        return None
    counts = {"lasted": 0, "appeared": 0, "ended": 0, "unknown": 0}
    for one in follow(view, before.roster, ("people",)):
        for other, waves in _said(view, one, {wave.id, before.wave.id}):
            if waves == {wave.id, before.wave.id}:
                kind = "lasted"
            elif waves == {wave.id}:
                kind = "appeared" if _could_tell(view, one, other, before) else "unknown"
            else:
                kind = "ended" if _could_tell(view, one, other, Neighbour(wave, before.roster)) else "unknown"
            counts[kind] += 1
    return counts


def _said(view: View, person: Fact, waves: set[str]) -> Iterator[tuple[Fact, set[str]]]:
    """List whom a person said to trust in some waves, each with the waves in which it was said."""
    said: dict[str, set[str]] = {}
    for entry, said_in in _ties(view, person):
        if said_in in waves:
            said.setdefault(entry.fact.id, set()).add(said_in)
    return ((view.world.nodes[id_], those) for id_, those in said.items())


def _could_tell(view: View, one: Fact, other: Fact, at: Neighbour) -> bool:
    """Whether one person answered in a wave, for others to see, and the other was on its roster that day."""
    answers = [entry.relationship for entry in _related(view, one, "waves") if entry.fact is at.wave]
    listings = [entry.relationship for entry in _related(view, other, "rosters") if entry.fact is at.roster]
    answered = any(each and each.values["consent"] in FOR_OTHERS_TO_SEE for each in answers)
    return answered and any(each and _held_on(each, _day(at.wave)) for each in listings)


def _ties(view: View, person: Fact) -> Iterator[tuple[Entry, str | None]]:
    """List the ties of trust of a person, each with the id of the wave in which it was said."""
    for entry in _related(view, person, "trusts"):
        yield entry, entry.relationship.values.get("wave") if entry.relationship else None


def _related(view: View, person: Fact, field: str) -> list[Entry]:
    return view.related(person, model().routes["Person"][field])


def _day(wave: Fact) -> date | None:
    since = wave.values.get("since")
    return parse(since).earliest if since else None


def _held_on(relationship: Relationship, day: date | None) -> bool:
    """Whether a relationship had begun and had not ended on a day; without dates it always holds."""
    since, until = relationship.values.get("since"), relationship.values.get("until")
    first = parse(since).earliest if since else None
    last = parse(until).latest if until else None
    return day is not None and (first is None or first <= day) and (last is None or day <= last)

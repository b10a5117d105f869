"""Computed fields, looked up by following ties. In: a view and a visible fact or tie. Out: facts, numbers and words."""

from typing import Any

from schema.edtf import parse
from schema.kinds import Chain, Pairs
from schema.model import model
from tests.oracle.view import View
from tests.oracle.world import Fact

STATED = {"Adoption": (("drewOn",), ("outcomes",)), "Lesson": (("adoptions",), ("adoptions", "outcomes"))}


def follow(view: View, fact: Fact, fields: Chain) -> list[Fact]:
    """List what a chain of fields leads to, each fact once, by id."""
    here = {fact.id: fact}
    for field in fields:
        rows = [row for each in here.values() for row in view.related(each, model().routes[each.label][field])]
        here = {row.node.id: row.node for row in rows}
    return [here[id_] for id_ in sorted(here)]


def pairs(view: View, fact: Fact, made: Pairs) -> list[Fact]:
    """List the others that are met along one chain and some more, and along none of the rest; at most 100."""
    also = [follow(view, fact, chain) for chain in made.also]
    never = [other for chain in made.never for other in follow(view, fact, chain)]
    met = [other for other in follow(view, fact, made.by) if other.label == fact.label and other is not fact]
    return [other for other in met if all(other in each for each in also) and other not in never][:100]


def share(fact: Fact) -> float | None:
    """Return which share of those invited to a survey answered."""
    answered, invited = fact.values.get("answered"), fact.values.get("invited")
    return answered / invited if answered is not None and invited else None


def lag(view: View, fact: Fact) -> dict[str, Any] | None:
    """Years between learning and use, at the least and at the most, from dates; else those that outcomes state."""
    others, outcomes = (follow(view, fact, chain) for chain in STATED[fact.label])
    dates = [parse(since) for each in (fact, *others[:]) if (since := each.values.get("since"))]
    if fact.values.get("since") and len(dates) > 1:
        mine, rest = dates[:1], dates[1:]
        lessons, uses = (mine, rest) if fact.label == "Lesson" else (rest, mine)
        least = [_years(one.latest, other.earliest) for one in lessons for other in uses]
        most = [_years(one.earliest, other.latest) for one in lessons for other in uses]
        known = {"earliest": None if None in least else min(least), "latest": None if None in most else max(most)}
        return known | {"stated": False}
    stated = [years for each in outcomes if (years := each.values.get("statedLagYears")) is not None]
    return {"earliest": min(stated), "latest": max(stated), "stated": True} if stated else None


def _years(earlier: Any, later: Any) -> Any:
    return later.year - earlier.year if later and earlier else None


def in_wave(view: View, tie: Fact, name: str) -> str | None:
    """Say whether a tie was said in the next wave of its roster, or in the wave before."""
    one, other = (view.world.nodes[tie.ends[end]] for end in ("start", "end"))
    wave, sign = next(iter(view.references(tie, "wave", "Wave")), None), 1 if name == "inNextWave" else -1
    begun = wave and _day(wave)
    waves = follow(view, wave, ("roster", "waves")) if wave and begun else []
    apart = [(sign * (day - begun).days, each.id, each) for each in waves if (day := _day(each))]
    near = min((found for found in apart if found[0] > 0), default=(0, "", None))[2]
    if wave is None or near is None:
        return None
    if any(row.node is other and row.tie.values.get("wave") == near.id for row in _ties(view, one, "trusts")):
        return "PRESENT"
    roster = next(each for each in follow(view, wave, ("roster",)) if near in follow(view, each, ("waves",)))
    listed = [row.tie for row in _ties(view, other, "rosters") if row.node is roster]
    held = any(_held(tie, _day(near)) for tie in listed)
    return "ABSENT" if held and near in follow(view, one, ("waves",)) else "UNKNOWN"


def _ties(view: View, person: Fact, field: str) -> list[Any]:
    return view.related(person, model().routes["Person"][field])


def _day(wave: Fact) -> Any:
    return parse(wave.values["since"]).earliest if wave.values.get("since") else None


def _held(tie: Fact, day: Any) -> bool:
    begin, end = (tie.values.get(name) for name in ("since", "until"))
    first, last = begin and parse(begin).earliest, end and parse(end).latest
    return (not first or first <= day) and (not last or last >= day)

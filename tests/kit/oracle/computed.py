"""Computed fields, looked up by following ties. In: a view and a visible fact or tie. Out: facts, numbers and words."""

from typing import Any

from schema.language.computed import Chain, Pairs
from schema.language.edtf import parse
from schema.model import model
from tests.kit.oracle.view import View
from tests.kit.oracle.world import Fact

STATED = {"Adoption": (("drewOn",), ("outcomes",)), "Lesson": (("adoptions",), ("adoptions", "outcomes"))}


def follow(view: View, fact: Fact, fields: Chain) -> list[Fact]:
    """List what a chain of fields leads to, each fact once, by id."""
    here = {fact.id: fact}
    for field in fields:
        rows = [row for each in here.values() for row in view.related(each, model().routes[each.label][field])]
        here = {row.node.id: row.node for row in rows}
    return [here[id_] for id_ in sorted(here)]


def topics(view: View, fact: Fact) -> list[Fact]:
    """List the topics that a fact is about, itself if it is one, and all above them; also those of its practices."""
    met = [fact]
    for each in met:  # it grows meanwhile
        near = [row.node for route in model().topical(each.label) for row in view.related(each, route)]
        met += [node for node in near if node not in met]
    return [each for each in met if each.label == "Topic"]


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


def change(view: View, wave: Fact) -> dict[str, int] | None:
    """Count ties of trust in a wave and the wave before: each pair and direction once."""
    before = beside(view, wave, -1)
    if before is None:
        return None
    (other, roster), counts = before, {"lasted": 0, "appeared": 0, "ended": 0, "unknown": 0}
    for one in follow(view, roster, ("people",)):
        told: dict[str, set[str]] = {}
        for row in _ties(view, one, "trusts"):
            if (said := row.tie.values.get("wave")) in (wave.id, other.id):
                told.setdefault(row.node.id, set()).add(str(said))
        for id_, waves in told.items():
            silent = other if waves == {wave.id} else wave
            known = _could_tell(view, (one, view.world.nodes[id_]), silent, roster)
            only = "appeared" if silent is other else "ended"
            counts["lasted" if len(waves) == 2 else only if known else "unknown"] += 1
    return counts


def beside(view: View, wave: Fact, sign: int) -> tuple[Fact, Fact] | None:
    """Find the next wave of the same roster (1), or the wave before (-1), and the roster."""
    begun = _day(wave)
    waves = follow(view, wave, ("roster", "waves")) if begun else []
    apart = [(sign * (day - begun).days, each.id, each) for each in waves if (day := _day(each))]
    near = min((found for found in apart if found[0] > 0), default=(0, "", None))[2]
    rosters = follow(view, wave, ("roster",)) if near else []
    return next(((near, each) for each in rosters if near and near in follow(view, each, ("waves",))), None)


def _could_tell(view: View, pair: tuple[Fact, Fact], wave: Fact, roster: Fact) -> bool:
    """Whether the one answered in a wave, and the other was on the list that day."""
    listed = [row.tie for row in _ties(view, pair[1], "rosters") if row.node is roster]
    answers = [row.tie.values["consent"] for row in _ties(view, pair[0], "waves") if row.node is wave]
    return bool({"NAMED", "PSEUDONYM"} & set(answers)) and any(_held(tie, _day(wave)) for tie in listed)


def in_wave(view: View, tie: Fact, name: str) -> str | None:
    """Say whether a tie was said in the next wave of its roster, or in the wave before."""
    one, other = (view.world.nodes[tie.ends[end]] for end in ("start", "end"))
    wave = next(iter(view.references(tie, "wave")), None)
    found = beside(view, wave, 1 if name == "inNextWave" else -1) if wave else None
    if found is None:
        return None
    near, roster = found
    if any(row.node is other and row.tie.values.get("wave") == near.id for row in _ties(view, one, "trusts")):
        return "PRESENT"
    return "ABSENT" if _could_tell(view, (one, other), near, roster) else "UNKNOWN"


def _ties(view: View, person: Fact, field: str) -> list[Any]:
    return view.related(person, model().routes["Person"][field])


def _day(wave: Fact) -> Any:
    return parse(wave.values["since"]).earliest if wave.values.get("since") else None


def _held(tie: Fact, day: Any) -> bool:
    begin, end = (tie.values.get(name) for name in ("since", "until"))
    first, last = begin and parse(begin).earliest, end and parse(end).latest
    return (not first or first <= day) and (not last or last >= day)

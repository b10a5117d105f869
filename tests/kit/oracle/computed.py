"""Computed fields, but for those of survey waves. In: a View and a visible fact. Out: facts, a share, years."""

from datetime import date
from math import ceil
from typing import Any

from graphql import GraphQLError

from schema.language.computed import Chain, Pairs
from schema.language.edtf import When, parse
from schema.model import model
from tests.kit.oracle.view import View
from tests.kit.oracle.world import Fact

MOST_PAIRS = 100
OTHER_SIDE: dict[str, Chain] = {"Adoption": ("drewOn",), "Lesson": ("adoptions",)}
"""What leads from a use to the lessons it drew on, and from a lesson to its uses."""
OUTCOMES: dict[str, Chain] = {"Adoption": ("outcomes",), "Lesson": ("adoptions", "outcomes")}
"""What leads to the outcomes whose texts state years."""


def follow(view: View, fact: Fact, fields: Chain) -> list[Fact]:
    """List the facts that a chain of fields leads to, each once, by id; every step is as visible as in a question."""
    here = {fact.id: fact}
    for field in fields:
        entries = [entry for each in here.values() for entry in view.related(each, model().routes[each.label][field])]
        here = {entry.fact.id: entry.fact for entry in entries}
    return [here[id_] for id_ in sorted(here)]


def topics(view: View, fact: Fact) -> list[Fact]:
    """Filters, `about`: the topics of a fact, itself if it is one, all above them, and those of its practices."""
    met, to_visit = [fact], [fact]
    while to_visit:
        each = to_visit.pop()
        for route in model().topical(each.label):
            for entry in view.related(each, route):
                if entry.fact not in met:
                    met.append(entry.fact)
                    to_visit.append(entry.fact)
    return [each for each in met if each.label == "Topic"]


def pairs(view: View, fact: Fact, declared: Pairs) -> list[Fact]:
    """Computed fields: others of the same kind, met along `by` and each of `also`, but along none of `never`; at most 100."""
    also = [follow(view, fact, chain) for chain in declared.also]
    never = [follow(view, fact, chain) for chain in declared.never]
    others = []
    for other in follow(view, fact, declared.by):
        is_another = other.label == fact.label and other is not fact
        if is_another and all(other in met for met in also) and not any(other in met for met in never):
            others.append(other)
    return others[:MOST_PAIRS]


def share(fact: Fact) -> float | None:
    """Computed fields, `responseRate`: the share of those invited who answered; None if a number is missing or 0."""
    answered, invited = fact.values.get("answered"), fact.values.get("invited")
    if answered is None or not invited:
        return None
    return float(answered / invited)


def size(view: View, council: Fact) -> dict[str, int]:
    """Computed fields, `size`: members who certainly sit there, or as many as the latest source says; and all who may."""
    if view.day is None:
        raise GraphQLError("size is about a day")
    seats = view.related(council, model().routes["Council"]["members"])
    certain = len({seat.fact.id for seat in seats if view.certain(seat)})
    stated = []
    for fact in follow(view, council, ("statedSizes",)):
        when, value = _date(fact), fact.values.get("value")
        if when and when.latest and when.latest <= view.day and value is not None:
            stated.append((when.latest, value))
    least = max(certain, ceil(max(stated, default=(None, 0))[1]))
    return {"certain": least, "possible": max(least, len({seat.fact.id for seat in seats}))}


def lag(view: View, fact: Fact) -> dict[str, Any] | None:
    """Computed fields, `lagYears`: calendar years between a lesson and its use, from dates, or else as outcomes state them."""
    mine = _date(fact)
    others = [when for other in follow(view, fact, OTHER_SIDE[fact.label]) if (when := _date(other))]
    if mine and others:
        lessons, uses = ([mine], others) if fact.label == "Lesson" else (others, [mine])
        return _between(lessons, uses)
    outcomes = follow(view, fact, OUTCOMES[fact.label])
    stated = [years for each in outcomes if (years := each.values.get("statedLagYears")) is not None]
    return {"earliest": min(stated), "latest": max(stated), "stated": True} if stated else None


def _date(fact: Fact) -> When | None:
    since = fact.values.get("since")
    return parse(since) if since else None


def _between(lessons: list[When], uses: list[When]) -> dict[str, Any]:
    """Count years from learning to use: at the least and at the most that the dates allow; None where a date is open."""
    least = [_years(lesson.latest, use.earliest) for lesson in lessons for use in uses]
    most = [_years(lesson.earliest, use.latest) for lesson in lessons for use in uses]
    earliest = None if None in least else min(years for years in least if years is not None)
    latest = None if None in most else max(years for years in most if years is not None)
    return {"earliest": earliest, "latest": latest, "stated": False}


def _years(earlier: date | None, later: date | None) -> int | None:
    """Count calendar years: from the last day of 2009 to the first of 2010 is one."""
    return later.year - earlier.year if earlier and later else None

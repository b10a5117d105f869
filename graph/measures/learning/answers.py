"""Answers about learning. In: what is read for a viewer, and arguments. Out: Found: a result, and the facts that it is of."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from graph.measures.learning import read
from graph.measures.learning.adoption import curve, of_practice, stopped
from graph.measures.learning.basis import maybe_by
from graph.measures.learning.conversion import conversion, lags, waiting
from graph.measures.learning.diffusion import exposure, likely, sources
from graph.measures.learning.exchange import Wanted as WantedVisits
from graph.measures.learning.exchange import contacts, counted, exchange, hubs
from graph.measures.learning.mixing import mixing
from graph.measures.learning.read import Reading
from graph.measures.learning.shown import More


@dataclass(frozen=True)
class Found:
    """A result, None if there is nothing to see, and the ids of the facts that it counts."""

    result: Any
    of: frozenset[str] = frozenset()


Asked = Mapping[str, Any]
"""Arguments by name, checked; `year` is that of `asOf`."""
Answer = Callable[[Reading, Asked], Awaitable[Found]]


async def exchange_network(of: Reading, asked: Asked) -> Found:
    """Answer who visits whom."""
    facts = await read.exchange_facts(of)
    wanted = WantedVisits(asked.get("fromYear"), asked.get("toYear"), asked.get("subject"))
    found = exchange(facts.visits, facts.cities, wanted)
    sizes = {id_: each.size for id_, each in facts.cities.items()}
    incomes = {id_: each.income for id_, each in facts.cities.items()}
    more = {
        "hubs": lambda: hubs(found),
        "bySize": lambda: mixing(found, sizes),
        "byIncome": lambda: mixing(found, incomes),
    }
    return Found(More(found, more), frozenset(each.id for each in counted(facts.visits, facts.cities, wanted)))


async def diffusion(of: Reading, asked: Asked) -> Found:
    """Answer how a practice spread."""
    practice, year = asked["practice"], asked["year"]
    if practice not in await of.names([practice]):
        return Found(None)
    facts, visited = await read.learning_facts(of), await read.exchange_facts(of)
    uses = [each for each in of_practice(facts.adoptions, practice) if maybe_by(each.since, year)]
    met = contacts(visited.visits, visited.cities)
    drawn, exposed = curve(uses, year), exposure(uses, met, year)
    told = sources(uses, facts.lessons, visited.visits)
    more = {
        "practice": practice,
        "year": year,
        "cities": drawn.cities,
        "curve": drawn.years,
        "curveLeftOut": drawn.basis.left_out,
        "stopped": [each.city for each in stopped(uses) if maybe_by(each.ended, year)],
        "likely": lambda: likely(told, uses, met, practice),
        "exposures": exposed.cities,
        "exposuresLeftOut": exposed.basis.left_out,
        "undatedContacts": exposed.undated,
    }
    return Found(More(told, more), frozenset({*(each.id for each in uses), *(each.through for each in told.links)}))


async def lesson_conversion(of: Reading, asked: Asked) -> Found:
    """Answer how many lessons were put to use."""
    facts, year = await read.learning_facts(of), asked["year"]
    lessons = [each for each in facts.lessons if maybe_by(each.when, year)]
    uses = [each for each in facts.adoptions if maybe_by(each.since, year)]
    results = [each for each in facts.outcomes if maybe_by(each.when, year)]
    waited = waiting(facts.lessons, facts.adoptions, year)
    more = {
        "year": year,
        "uses": lambda: lags(lessons, uses, results),
        "medianWaiting": waited.median,
        "notUsed": [each.not_used for each in waited.years],
        "notUsedLeftOut": waited.basis.left_out,
    }
    found = conversion(facts.lessons, facts.adoptions, facts.outcomes, year, horizon=asked["horizon"])
    counted_ids = {*(each.id for each in lessons), *(each.id for each in uses), *(each.id for each in results)}
    return Found(More(found, more), frozenset(counted_ids))


ANSWERS: dict[str, Answer] = {
    "exchangeNetwork": exchange_network,
    "diffusion": diffusion,
    "conversion": lesson_conversion,
}
"""What answers each field of Query."""

"""Answers about learning. In: what is read for a viewer, and arguments. Out: Found: a result, and the facts that it is of."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.errors import QuestionTooExpensive
from graph.measures.learning import delegations, read, records
from graph.measures.learning.adoption import curve, of_practice, stopped
from graph.measures.learning.basis import day_of, maybe_by
from graph.measures.learning.conversion import conversion, lags, waiting
from graph.measures.learning.cost import costs
from graph.measures.learning.councils import attendance, cadence
from graph.measures.learning.diffusion import exposure, likely, sources
from graph.measures.learning.exchange import Wanted as WantedVisits
from graph.measures.learning.exchange import by_subject, contacts, counted, exchange, hubs
from graph.measures.learning.mixing import mixing
from graph.measures.learning.peers import Peer, peers
from graph.measures.learning.read import Reading
from graph.measures.learning.scorecard import scorecard
from graph.measures.learning.shown import More
from graph.measures.learning.silos import Project, lead_and_follow, silo

MOST_IN_MATRIX = 300
"""Organizations in the matrix of who leads whom."""
WITHOUT_SIZE = "no size class is known of a city"
WITHOUT_INCOME = "no income group is known of the country of a city"
"""Why a journey does not count where groups of cities mix."""


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
        "bySize": lambda: mixing(found, sizes, without=WITHOUT_SIZE),
        "byIncome": lambda: mixing(found, incomes, without=WITHOUT_INCOME),
        "subjects": lambda: by_subject(facts.visits, facts.cities, wanted),
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


async def learning_costs(of: Reading, asked: Asked) -> Found:
    """Answer what visits and lessons cost. The last entry is of visits whose cost does not count, if there are some."""
    programme = asked.get("programme")
    every = await read.journeys(of)
    chosen = [each for each in every if programme is None or programme in each.programmes]
    found = costs(chosen)
    known = [More(each, {"leftOut": ()}) for each in found.currencies]
    visits = sum(each.rows for each in found.basis.left_out)
    unknown = dict.fromkeys(("currency", "cost", "perLesson", "withoutLesson", "paid"))
    more = {**unknown, "visits": visits, "lessons": found.lessons_of_unknown, "leftOut": found.basis.left_out}
    return Found([*known, *([More(None, more)] if visits else [])], frozenset(each.id for each in chosen))


async def delegation_bonding(of: Reading, asked: Asked) -> Found:
    """Answer whether a delegation came closer."""
    found = await delegations.measured(of, asked["visit"], asked.get("roster"))
    return Found(None) if found is None else Found(More(found.bonding, found.fields), found.ids)


async def council_measures(of: Reading, asked: Asked) -> Found:
    """Answer whether a council meets, and who comes."""
    council = next((each for each in await read.councils(of) if each.id == asked["council"]), None)
    if council is None:
        return Found(None)
    first, last = asked.get("fromYear"), asked.get("toYear")
    begin, end = first and date(first, 1, 1), last and date(last, 12, 31)
    meetings = [each for each in council.meetings if _between(day_of(each.when), begin, end)]
    more = {
        "council": council.id,
        "rhythm": council.rhythm,
        "attendance": lambda: attendance(meetings, council.seats),
    }
    found = cadence(council.meetings, council.rhythm, begin, end, today=asked["day"])
    return Found(More(found, more), frozenset({council.id, *(each.id for each in meetings)}))


async def joint_work(of: Reading, asked: Asked) -> Found:
    """Answer who leads whom and how far organizations work alone, at the end of each year."""
    projects, kinds = await read.projects(of), await read.kinds(of)
    last = asked.get("toYear") or max(asked["year"], asked.get("fromYear") or 0)
    first = asked.get("fromYear") or last
    days = [date(year, 12, 31) for year in range(first, last + 1)]
    return Found([_joint(projects, kinds, day) for day in days], frozenset(each.id for each in projects))


def _joint(projects: Sequence[Project], kinds: Mapping[str, str | None], day: date) -> More:
    led = lead_and_follow(projects, day)

    def counts() -> tuple[tuple[int, ...], ...]:
        if len(led.organizations) > MOST_IN_MATRIX:
            raise QuestionTooExpensive(
                f"`counts` is of {len(led.organizations):,} organizations; at most {MOST_IN_MATRIX} are allowed."
            )
        return led.counts

    more = {
        "organizations": led.organizations,
        "counts": counts,
        "leads": led.leads,
        "follows": led.follows,
        "mutual": led.mutual,
        "oneWay": led.one_way,
    }
    return More(silo(projects, day, kinds), more)


async def city_scorecard(of: Reading, asked: Asked) -> Found:
    """Answer what a city puts into learning."""
    record = await records.record(of, asked["city"])
    if record is None:
        return Found([])
    visits, uses = {each.id for each in record.visits}, {each.id for each in record.adoptions}
    counted_ids = {*visits, *uses, *(each.lesson for each in record.lessons), *(each.id for each in record.outcomes)}
    return Found(scorecard(record), frozenset({*counted_ids, *(each.id for each in record.efforts)}))


async def city_peers(of: Reading, asked: Asked) -> Found:
    """Answer from which cities a city may learn."""
    found = peers(await records.profiles(of), asked["city"])
    # What all cities have learned decides which subjects are rare, so whatever was read counts.
    return Found([_peer(each) for each in found.peers] if found else [], frozenset(of.made_up))


def _peer(of: Peer) -> More:
    shared = {"sharedProblems": of.shared_problems, "sharedLearning": of.shared_learning}
    return More(of, {name: [each.subject for each in reasons] for name, reasons in shared.items()})


def _between(day: date | None, first: date | None, last: date | None) -> bool:
    return day is not None and (not first or first <= day) and (not last or day <= last)


ANSWERS: dict[str, Answer] = {
    "exchangeNetwork": exchange_network,
    "diffusion": diffusion,
    "lessonConversion": lesson_conversion,
    "learningCosts": learning_costs,
    "councilMeasures": council_measures,
    "jointWork": joint_work,
    "scorecard": city_scorecard,
    "peers": city_peers,
    "delegationBonding": delegation_bonding,
}
"""What answers each field of Query."""

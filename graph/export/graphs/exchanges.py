"""The exchange network as one that is exported. In: a job, a process that reads. Out: Exported: cities, who visited whom."""

from collections.abc import Sequence
from typing import Any

from graph.export.graphs.exported import About, Attribute, Exported, Node, Tie, Type, Value
from graph.export.graphs.jobs import ExchangeFile
from graph.export.graphs.licences import licences
from graph.measures.learning.basis import year_of
from graph.measures.learning.exchange import CityExchange, Exchange, Wanted, contacts, counted, exchange
from graph.measures.learning.read import ExchangeFacts, Reading, Rows, back, ends, exchange_facts
from graph.measures.worker import Process
from schema.model import model

TRAVELLED = "TRAVELLED_TO"
NODES = (
    Attribute("name", Type.TEXT),
    Attribute("latitude", Type.NUMBER),
    Attribute("longitude", Type.NUMBER),
    Attribute("role", Type.TEXT),
    Attribute("visitsMade", Type.INTEGER),
    Attribute("visitsHosted", Type.INTEGER),
    Attribute("citiesVisited", Type.INTEGER),
    Attribute("citiesHosted", Type.INTEGER),
)
TIES = (
    Attribute("visits", Type.INTEGER),
    Attribute("firstYear", Type.INTEGER),
    Attribute("lastYear", Type.INTEGER),
    Attribute("lessons", Type.INTEGER),
    Attribute("lessonIds", Type.TEXTS),
)
Lessons = dict[tuple[str, str], tuple[str, ...]]
"""Ids of lessons by the city that travelled and its host, in order."""


async def exported(job: ExchangeFile, process: Process) -> Exported | None:
    """Read what a job wants; None if the viewer does not see the city that is wanted."""
    reading = Reading(process.reader, job.rights, model(), job.synthetic)
    real = Reading(process.reader, job.rights, model(), synthetic=False)
    facts = await exchange_facts(reading)
    places, sources, *learned = await reading.rows(
        reading.nodes("City", "name", "location"),
        reading.nodes("Visit", "sources"),
        reading.nodes("Lesson", "sources"),
        *(reading.relationships(name) for name in ("Learned", "GainedOn", "From")),
    )
    city, where = job.wanted.city, {id_: (name, at) for id_, name, at in places}
    if city is not None and city not in where:
        return None
    network, in_fact = exchange(facts.visits, facts.cities, job.wanted), await exchange_facts(real)
    gained = lessons(facts, job.wanted, learned)
    told = {id_ for each in gained.values() for id_ in each}
    made_up = job.synthetic and (
        network != exchange(in_fact.visits, in_fact.cities, job.wanted) or bool(told & reading.made_up)
    )
    chosen = {each.id for each in counted(facts.visits, facts.cities, job.wanted)} | told
    stated = {source for id_, ids in (*sources, *learned[0]) if id_ in chosen for source in ids or ()}
    terms = await licences(process.reader, job.rights, sorted(stated), synthetic=job.synthetic)
    about = _about(job, where, terms, made_up=made_up)
    return _exported(job, network, (_years(facts, job.wanted), gained), where, about)


def lessons(facts: ExchangeFacts, wanted: Wanted, rows: Sequence[Rows]) -> Lessons:
    """Return the lessons that a city gained on the visits to a host, by id.

    A lesson that names a host of the visit as its place counts for this host alone, another one for each host of the visit.
    `rows` are those of lessons, then who learned them, on which visits they were gained, and from which places they are.
    """
    every, learned, gained_on, of = rows
    learner, gained, places = back(learned), back(gained_on), ends(of)
    hosts, there = {each.id: {*each.hosts} for each in facts.visits}, {id_ for id_, *_ in every}
    found: dict[tuple[str, str], set[str]] = {}
    for contact in contacts(facts.visits, facts.cities, wanted):
        for id_ in gained.get(contact.visit, ()):
            named = hosts[contact.visit] & {*places.get(id_, ())}
            if id_ in there and contact.visitor in learner.get(id_, ()) and contact.host in (named or {contact.host}):
                found.setdefault((contact.visitor, contact.host), set()).add(id_)
    return {pair: tuple(sorted(ids)) for pair, ids in found.items()}


def _years(facts: ExchangeFacts, wanted: Wanted) -> dict[tuple[str, str], list[int]]:
    """Return the years of the visits from city to city that are known."""
    years: dict[tuple[str, str], list[int]] = {}
    for contact in contacts(facts.visits, facts.cities, wanted):
        year = year_of(contact.when)
        if year is not None:
            years.setdefault((contact.visitor, contact.host), []).append(year)
    return years


def _exported(
    job: ExchangeFile,
    network: Exchange,
    more: tuple[dict[tuple[str, str], list[int]], Lessons],
    where: dict[str, tuple[str | None, Any]],
    about: About,
) -> Exported:
    years, gained = more
    city, counts = job.wanted.city, {each.city: each for each in network.cities}
    legs = [each for each in network.legs if city is None or city in (each.visitor, each.host)]
    ids = set(counts) if city is None else {city, *(end for each in legs for end in (each.visitor, each.host))}
    number = {id_: at for at, id_ in enumerate(sorted(ids))}
    ties = []
    for each in legs:
        pair = (each.visitor, each.host)
        known, learned = years.get(pair), gained.get(pair, ())
        span = (min(known), max(known)) if known else (None, None)
        ties.append(Tie(number[each.visitor], number[each.host], (each.visits, *span, len(learned), learned or None)))
    nodes = [Node(id_, _values(*where.get(id_, (None, None)), counts.get(id_))) for id_ in number]
    return Exported(about, "City", TRAVELLED, True, NODES, TIES, nodes, ties, weight="visits")


def _values(name: str | None, at: Any, of: CityExchange | None) -> tuple[Value, ...]:
    place = (None, None) if at is None else (at.latitude, at.longitude)
    counts = (None, 0, 0, 0, 0) if of is None else (of.role.name, of.made, of.hosted, of.hosts, of.guests)
    return (name, *place, *counts)


def _about(
    job: ExchangeFile,
    where: dict[str, tuple[str | None, Any]],
    terms: tuple[tuple[str, ...], tuple[str, ...]],
    *,
    made_up: bool,
) -> About:
    wanted, (stated, sources) = job.wanted, terms
    title = f"Exchanges of {where[wanted.city][0] or wanted.city}" if wanted.city else "Exchanges between cities"
    asked = {"from": wanted.first_year, "to": wanted.last_year, "subject": wanted.subject, "city": wanted.city}
    facts = [(name, str(value)) for name, value in asked.items() if value is not None]
    said = "A tie leads from the city that travelled to its host; visits that were held, and lessons gained on them."
    if made_up:
        said += " It has made-up facts, which say nothing about real cities."
        facts.append(("synthetic", "true"))
    return About(title, said, tuple(facts), stated, sources)

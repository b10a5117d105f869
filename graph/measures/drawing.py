"""What draws figures of facts, in a process that measures. In: jobs, and a process that reads. Out: the bytes of a figure.

This is where what was measured becomes the input of `graph/figures`, which knows neither facts nor viewers.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from graph.errors import PayloadTooLarge
from graph.figures.caption import Facts
from graph.figures.cloud import cloud
from graph.figures.diffusion import Adoption, Diffusion, Source, diffusion
from graph.figures.exchange import exchange as laid_out
from graph.figures.flows import Exchange, Place, Visits
from graph.figures.growth import growth
from graph.figures.large import large
from graph.figures.layout import MOST
from graph.figures.people import Cloud as Drawn
from graph.figures.people import Person, Tie, Way
from graph.figures.people import Wave as DrawnWave
from graph.figures.projection import EUROPE, NORTH_AMERICA, WORLD
from graph.figures.spread import Adopter, Spread, spread
from graph.figures.text import words
from graph.figures.worldmap import worldmap
from graph.measures import gaps
from graph.measures.cloud import Cloud
from graph.measures.communities import communities
from graph.measures.jobs import Reading
from graph.measures.learning.adoption import of_practice
from graph.measures.learning.basis import year_of
from graph.measures.learning.diffusion import Link, sources
from graph.measures.learning.exchange import Wanted, exchange
from graph.measures.learning.facts import Adoption as Used
from graph.measures.learning.read import Reading as LearningReading
from graph.measures.learning.read import exchange_facts, learning_facts
from graph.measures.network import Network, Rule, Ties
from graph.measures.pictures import CloudPicture, DiffusionPicture, ExchangePicture
from graph.measures.worker import Done, Process
from schema.model import model

MOST_WAVES = 10
"""Waves over which one layout is made: the last ones."""
WINDOWS = {"world": WORLD, "europe": EUROPE, "north-america": NORTH_AMERICA}
MADE_UP = " (synthetic)"
"""What ends the names of made-up people. The caption says it once."""


async def draw_cloud(job: CloudPicture, process: Process) -> Done:
    """Draw a cloud; no data if there is no such network, or no wave before."""
    found = await job.reading.read(process)
    last = found if job.reading.key == job.whole.key else await job.whole.read(process)
    if found is None or last is None:
        return Done()
    waves = await waves_of(job.whole, process, last)
    at = next((at for at, each in enumerate(waves) if wave_of(each) == wave_of(found)), None)
    if at is None or (job.kind == "growth" and at == 0):
        return Done()
    synthetic = any(each.basis.synthetic for each in waves)
    key = repr((job.kind, at, job.drawing, job.reading.key))
    kept = process.kept.figures.get(key, waves)
    if kept is None:
        process.tell("layout")
        kept = process.kept.figures.keep(key, waves, _of_cloud(job, waves, at))
    return Done(kept, synthetic)


def _of_cloud(job: CloudPicture, waves: Sequence[Cloud], at: int) -> bytes:
    """Draw the network of a wave; raise PayloadTooLarge if it has too many people."""
    drawn, seed = drawn_cloud(waves), job.drawing.seed
    if job.kind == "network":
        return large(drawn, seed=seed)
    if len(drawn.people) > MOST:
        raise PayloadTooLarge(
            f"A figure shows at most {MOST:,} people, and these are {len(drawn.people):,}. Ask for `network.json`."
        )
    svg = growth(drawn, at - 1, at, seed=seed) if job.kind == "growth" else cloud(drawn, at, seed=seed)
    return job.drawing.bytes_of(svg)


async def draw_exchange(job: ExchangePicture, process: Process) -> Done:
    """Draw the exchange network, or what belongs to one city in it; no data if the viewer sees no such city."""
    reading, real = _readings(job, process)
    facts = await exchange_facts(reading)
    (places,) = await reading.rows(reading.nodes("City", "name", "location"))
    city, called = job.wanted.city, {id_: name or id_ for id_, name, _ in places}
    if city is not None and city not in called:
        return Done()
    network = exchange(facts.visits, facts.cities, job.wanted)
    in_fact = await exchange_facts(real)
    made_up = job.synthetic and network != exchange(in_fact.visits, in_fact.cities, job.wanted)
    legs = [each for each in network.legs if city is None or city in (each.visitor, each.host)]
    shown = {end for each in legs for end in (each.visitor, each.host)} | ({city} if city else set())
    process.tell("layout")
    title = f"Exchanges of {called[city]}" if city else "Exchanges between cities"
    about = await _name(reading, job.wanted.subject)
    given = Exchange(
        Facts(title, _years(job.wanted), _rule(about), synthetic=made_up),
        tuple(_place(id_, name, at) for id_, name, at in places if id_ in shown),
        tuple(Visits(each.visitor, each.host, each.visits) for each in legs),
    )
    svg = laid_out(given, seed=job.drawing.seed) if job.window is None else worldmap(given, WINDOWS[job.window])
    return Done(job.drawing.bytes_of(svg), made_up)


async def draw_diffusion(job: DiffusionPicture, process: Process) -> Done:
    """Draw the adoptions of a practice, by year or on a map; no data if the viewer sees no such practice."""
    reading, real = _readings(job, process)
    practices, cities = await reading.rows(reading.nodes("Practice", "name"), reading.nodes("City", "name", "location"))
    names, where = dict(practices), {id_: _place(id_, name, at) for id_, name, at in cities}
    if job.practice not in names:
        return Done()
    facts, visited = await learning_facts(reading), await exchange_facts(reading)
    adoptions = of_practice(facts.adoptions, job.practice)
    in_fact = await learning_facts(real)
    made_up = job.synthetic and adoptions != of_practice(in_fact.adoptions, job.practice)
    links = sources(adoptions, facts.lessons, visited.visits).links
    used = [each for each in adoptions if each.used]
    process.tell("layout")
    rule = "Uses of the practice that began, proposals left out; a source is one that a source of the data states"
    about = Facts(names[job.practice] or job.practice, "All years", rule, synthetic=made_up)
    if job.window is not None:
        svg = spread(Spread(about, tuple(_adopters(used, links, where))), WINDOWS[job.window])
    else:
        kinds = _kinds(links)
        drawn = (
            Adoption(each.id, _called(each, where), year_of(each.since), kinds.get(each.id, Source.NOT_KNOWN))
            for each in used
        )
        svg = diffusion(Diffusion(about, tuple(drawn)))
    return Done(job.drawing.bytes_of(svg), made_up)


def _kinds(links: Sequence[Link]) -> dict[str, Source]:
    """Say of each adoption with a stated source whether one of them is direct."""
    kinds: dict[str, Source] = {}
    for link in links:
        if kinds.get(link.adoption) is not Source.DIRECT:
            kinds[link.adoption] = Source.SECOND_HAND if link.second_hand else Source.DIRECT
    return kinds


def _adopters(used: Sequence[Used], links: Sequence[Link], where: Mapping[str, Place]) -> Iterator[Adopter]:
    """Yield each city with its first use: of those with a known year the earliest, then by id."""
    first: dict[str, Used] = {}
    for each in sorted(used, key=lambda each: (year_of(each.since) is None, year_of(each.since) or 0, each.id)):
        first.setdefault(each.city, each)
    kinds = _kinds(links)
    for city, each in first.items():
        at = where.get(city)
        of_city = [link for link in links if link.adopter == city]
        known = {kinds[link.adoption] for link in of_city}
        kind = next((kind for kind in (Source.DIRECT, Source.SECOND_HAND) if kind in known), Source.NOT_KNOWN)
        came = {
            (first[link.source].id, Source.SECOND_HAND if link.second_hand else Source.DIRECT)
            for link in of_city
            if link.source in first and link.source != city
        }
        yield Adopter(
            each.id,
            _called(each, where),
            year_of(each.since),
            kind,
            at.latitude if at else None,
            at.longitude if at else None,
            tuple(sorted(came, key=lambda each: (each[0], each[1].name))),
        )


def _called(each: Used, where: Mapping[str, Place]) -> str:
    return where[each.city].label if each.city in where else each.city


def _readings(job: ExchangePicture | DiffusionPicture, process: Process) -> tuple[LearningReading, LearningReading]:
    """Return what reads the facts of a figure, and what reads those of them that are not made up."""
    of = model()
    return (
        LearningReading(process.reader, job.rights, of, job.synthetic),
        LearningReading(process.reader, job.rights, of, synthetic=False),
    )


async def waves_of(whole: Reading, process: Process, last: Cloud) -> list[Cloud]:
    """Return the networks of all waves, the earliest first."""
    found = [last]
    while len(found) < MOST_WAVES:
        before = await whole.another(process, found[-1], None)
        if before is None:
            break
        found.append(before)
    return found[::-1]


def wave_of(of: Cloud) -> str | None:
    """Return the id of the wave of a network."""
    return of.basis.wave.id if of.basis.wave else None


def _years(wanted: Wanted) -> str:
    first, last = wanted.first_year, wanted.last_year
    if first is not None and last is not None:
        return f"{first} to {last}"
    if first is not None:
        return f"{first} and later"
    return "All years" if last is None else f"Until {last}"


async def _name(reading: LearningReading, id_: str | None) -> str | None:
    """Return the name of a topic or a practice; its id, as it was asked for, if the viewer sees no such fact."""
    return None if id_ is None else (await reading.names([id_])).get(id_) or id_


def _rule(about: str | None) -> str:
    said = f" about {about}" if about else ""
    return f"A link leads from the city that travelled to its host; visits that were held{said}"


def drawn_cloud(waves: Sequence[Cloud]) -> Drawn:
    """Return the input of a figure of these waves of one roster."""
    last = waves[-1]
    every = {member.id: member for each in waves for member in each.members}
    of_all = _union(waves, sorted(every))
    found = communities(of_all)
    people = tuple(
        Person(
            id_,
            (every[id_].name or id_).removesuffix(MADE_UP),
            every[id_].groups[0],
            found.of[at] if found and of_all.graph.degree(at) else None,
        )
        for at, id_ in enumerate(of_all.people)
    )
    synthetic = any(each.basis.synthetic for each in waves)
    title = (last.basis.roster_name or last.basis.roster).removesuffix(MADE_UP)
    rule = f"{words(last.basis.layer).capitalize()}: {last.basis.rule.value}"
    group_is = words(last.groupings[0]).capitalize()
    return Drawn(title, people, tuple(_drawn_wave(each) for each in waves), rule, synthetic, group_is=group_is)


def _union(waves: Sequence[Cloud], ids: Sequence[str]) -> Network:
    number = {id_: at for at, id_ in enumerate(ids)}
    pairs = {
        tuple(sorted((number[each.stated.people[a]], number[each.stated.people[b]])))
        for each in waves
        for a, b in each.network.ties
    }
    return Network(tuple(ids), Ties.of(sorted((a, b) for a, b in pairs)), directed=False)


def _drawn_wave(of: Cloud) -> DrawnWave:
    wave, people = of.basis.wave, of.stated.people
    arcs = set(of.network.ties)
    ties = []
    for a, b in of.network.ties:
        back = (b, a) in arcs
        if of.network.directed and back and a > b:
            continue
        if of.network.directed:
            way = Way.MUTUAL if back else Way.ONE_WAY
        else:
            way = Way.MUTUAL if of.basis.rule is Rule.MUTUAL else Way.EITHER
        ties.append(Tie(people[a], people[b], way))
    when = (
        f"{wave.name or 'Wave'}, {wave.date or 'no date'}".replace(MADE_UP, "") if wave else of.basis.day or "All dates"
    )
    return DrawnWave(
        when,
        tuple(ties),
        tuple(people),
        tuple(each.id for each in of.members if each.answered) if wave else None,
        wave.invited if wave else None,
        wave.answered if wave else None,
        tuple(people[at] for at in gaps.cut_points(of.plain)),
    )


def _place(id_: str, name: str | None, at: Any) -> Place:
    """Return a city as it is drawn; `at` is a point of the database, or None."""
    return Place(id_, name or id_, getattr(at, "latitude", None), getattr(at, "longitude", None))

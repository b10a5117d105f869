"""Figures as jobs of a process. In: how the facts are read, and which figure. Out: the bytes of an SVG or a PNG.

This is where what was measured becomes the input of `graph/figures`, which knows neither facts nor viewers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.access.rights import Rights
from graph.errors import BadUserInput
from graph.figures.caption import Facts
from graph.figures.diffusion import Adoption, Diffusion, Source
from graph.figures.flows import Exchange, Place, Visits
from graph.figures.people import Cloud as Drawn
from graph.figures.people import Person, Tie, Way
from graph.figures.people import Wave as DrawnWave
from graph.figures.projection import EUROPE, NORTH_AMERICA, WORLD
from graph.measures import gaps
from graph.measures import network as networks
from graph.measures.cloud import Cloud
from graph.measures.communities import communities
from graph.measures.jobs import Reading
from graph.measures.learning.adoption import of_practice
from graph.measures.learning.basis import year_of
from graph.measures.learning.diffusion import sources
from graph.measures.learning.exchange import Exchange as Network
from graph.measures.learning.exchange import Wanted, exchange
from graph.measures.learning.read import Reading as LearningReading
from graph.measures.learning.read import exchange_facts, learning_facts
from graph.measures.network import Rule
from graph.measures.worker import Done, Process
from schema.model import model

MOST_WAVES = 10
"""Waves over which one layout is made: the last ones."""
WINDOWS = {"world": WORLD, "europe": EUROPE, "north-america": NORTH_AMERICA}
MADE_UP = " (synthetic)"
"""What ends the names of made-up people. The caption says it once."""


@dataclass(frozen=True)
class Drawing:
    """What every figure has: a seed of its layout, and whether it is wanted as PNG."""

    seed: int
    as_png: bool

    def bytes_of(self, svg: bytes) -> bytes:
        """Return the figure in the format that is wanted."""
        if not self.as_png:
            return svg
        from graph.figures.png import png

        return png(svg)


@dataclass(frozen=True)
class CloudPicture:
    """A cloud in one wave, or with `growth` that wave beside the one before. `whole` reads the last wave of the roster."""

    reading: Reading
    whole: Reading
    drawing: Drawing
    growth: bool
    seconds: float

    async def done(self, process: Process) -> Done:
        """Draw it; no data if there is no such network, or no wave before."""
        found, last = await self.reading.read(process), await self.whole.read(process)
        if found is None or last is None:
            return Done()
        waves = await self._waves(process, last)
        at = next((at for at, each in enumerate(waves) if _wave(each) == _wave(found)), None)
        if at is None or (self.growth and at == 0):
            return Done()
        process.tell("layout")
        drawn = _drawn(waves)
        if self.growth:
            from graph.figures.growth import growth

            return Done(self.drawing.bytes_of(growth(drawn, at - 1, at, seed=self.drawing.seed)), drawn.synthetic)
        from graph.figures.cloud import cloud

        return Done(self.drawing.bytes_of(cloud(drawn, at, seed=self.drawing.seed)), drawn.synthetic)

    async def _waves(self, process: Process, last: Cloud) -> list[Cloud]:
        """Return the networks of all waves, the earliest first."""
        found = [last]
        while len(found) < MOST_WAVES:
            before = await self.whole.another(process, found[-1], None)
            if before is None:
                break
            found.append(before)
        return found[::-1]


def _wave(of: Cloud) -> str | None:
    return of.basis.wave.id if of.basis.wave else None


def _drawn(waves: Sequence[Cloud]) -> Drawn:
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
    rule = f"{last.basis.layer}: {last.basis.rule.value}"
    group_is = last.groupings[0].replace("_", " ").capitalize()
    return Drawn(title, people, tuple(_drawn_wave(each) for each in waves), rule, synthetic, group_is=group_is)


def _union(waves: Sequence[Cloud], ids: Sequence[str]) -> networks.Network:
    number = {id_: at for at, id_ in enumerate(ids)}
    pairs = {
        tuple(sorted((number[each.stated.people[a]], number[each.stated.people[b]])))
        for each in waves
        for a, b in each.network.ties
    }
    return networks.Network(tuple(ids), tuple(sorted((a, b) for a, b in pairs)), directed=False)


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
        tuple(people[at] for at in gaps.cut_points(of.union)),
    )


@dataclass(frozen=True)
class ExchangePicture:
    """The exchange network, laid out or on a map: `window` names the part of the world."""

    rights: Rights
    synthetic: bool
    wanted: Wanted
    window: str | None
    drawing: Drawing
    seconds: float

    async def done(self, process: Process) -> Done:
        """Draw it."""
        reading = LearningReading(process.reader, self.rights, model(), self.synthetic)
        facts = await exchange_facts(reading)
        (places,) = await reading.rows(reading.nodes("City", "name", "location"))
        network = exchange(facts.visits, facts.cities, self.wanted)
        made_up = self.synthetic and network != await self._of_real_facts(process)
        shown = {city for each in network.legs for city in (each.visitor, each.host)}
        process.tell("layout")
        given = Exchange(
            Facts("Exchanges between cities", self._years(), self._rule(), synthetic=made_up),
            tuple(_place(id_, name, at) for id_, name, at in places if id_ in shown),
            tuple(Visits(each.visitor, each.host, each.visits) for each in network.legs),
        )
        if self.window is None:
            from graph.figures.exchange import exchange as drawn

            return Done(self.drawing.bytes_of(drawn(given, seed=self.drawing.seed)), made_up)
        from graph.figures.worldmap import worldmap

        return Done(self.drawing.bytes_of(worldmap(given, WINDOWS[self.window])), made_up)

    async def _of_real_facts(self, process: Process) -> Network:
        facts = await exchange_facts(LearningReading(process.reader, self.rights, model(), synthetic=False))
        return exchange(facts.visits, facts.cities, self.wanted)

    def _years(self) -> str:
        first, last = self.wanted.first_year, self.wanted.last_year
        if first is None and last is None:
            return "All years"
        return f"{first or 'until'} {'to' if first and last else ''} {last or 'and later'}".replace("  ", " ").strip()

    def _rule(self) -> str:
        about = f" about {self.wanted.subject}" if self.wanted.subject else ""
        return f"A link leads from the city that travelled to its host; visits that were held{about}"


def _place(id_: str, name: str | None, at: Any) -> Place:
    return Place(id_, name or id_, getattr(at, "latitude", None), getattr(at, "longitude", None))


@dataclass(frozen=True)
class DiffusionPicture:
    """The adoptions of a practice by year."""

    rights: Rights
    synthetic: bool
    practice: str
    drawing: Drawing
    seconds: float

    async def done(self, process: Process) -> Done:
        """Draw it; no data if the viewer sees no such practice."""
        reading = LearningReading(process.reader, self.rights, model(), self.synthetic)
        names = await self._names(reading)
        if self.practice not in names:
            return Done()
        facts, visited = await learning_facts(reading), await exchange_facts(reading)
        adoptions = of_practice(facts.adoptions, self.practice)
        real = await learning_facts(LearningReading(process.reader, self.rights, model(), synthetic=False))
        made_up = self.synthetic and adoptions != of_practice(real.adoptions, self.practice)
        links = sources(adoptions, facts.lessons, visited.visits).links
        kinds: dict[str, Source] = {}
        for link in links:
            kind = Source.SECOND_HAND if link.second_hand else Source.DIRECT
            if kinds.get(link.adoption) is not Source.DIRECT:
                kinds[link.adoption] = kind
        process.tell("layout")
        drawn = tuple(
            Adoption(
                each.id,
                names.get(each.city) or each.city,
                year_of(each.since) if each.since else None,
                kinds.get(each.id, Source.NOT_KNOWN),
            )
            for each in adoptions
            if each.used
        )
        rule = "Uses of the practice that began, proposals left out; a source is one that a source of the data states"
        given = Diffusion(Facts(names[self.practice] or self.practice, "All years", rule, synthetic=made_up), drawn)
        from graph.figures.diffusion import diffusion

        return Done(self.drawing.bytes_of(diffusion(given)), made_up)

    async def _names(self, reading: LearningReading) -> Mapping[str, str | None]:
        """Return the names of practices and cities by id."""
        practices, cities = await reading.rows(reading.nodes("Practice", "name"), reading.nodes("City", "name"))
        return dict((*practices, *cities))


def window(name: str | None) -> str:
    """Return the name of a part of the world; raise BadUserInput if there is none of this name."""
    found = name or "world"
    if found not in WINDOWS:
        raise BadUserInput(f"`window` is {found[:40]!r}; accepted are {', '.join(WINDOWS)}.")
    return found

"""Clouds as networks that are exported. In: a job, a process that reads. Out: Exported: people, and their ties with values.

A wave is read as measures read it, with more columns.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from graph.export.graphs.exported import About, Attribute, Exported, Node, Tie, Type, Value, Wave, free
from graph.export.graphs.jobs import CloudFile
from graph.export.graphs.licences import licences
from graph.measures.cloud import Cloud, Member, Read
from graph.measures.jobs import Reading
from graph.measures.network import Rule
from graph.measures.worker import Process
from schema.domain.evidence import COMMON
from schema.language.edtf import parse
from schema.language.kinds import Kind
from schema.language.networks import Layer
from schema.model import Model, model

SOURCES, WAVE, WAVE_DATE = "sources", "wave", "waveDate"
TYPES = {
    Kind.TEXT: Type.TEXT,
    Kind.CHOICE: Type.TEXT,
    Kind.URL: Type.TEXT,
    Kind.WHEN: Type.TEXT,
    Kind.END: Type.TEXT,
    Kind.TEXTS: Type.TEXTS,
    Kind.INTEGER: Type.INTEGER,
    Kind.BIG_INTEGER: Type.INTEGER,
    Kind.NUMBER: Type.NUMBER,
    Kind.BOOLEAN: Type.BOOLEAN,
}
"""The types of the properties of ties that are written; those that refer to other facts are not."""
Values = tuple[Value, ...]


def told(layer: Layer, people: str, of: Model) -> dict[str, Attribute]:
    """Return what is written of a tie of a layer between people, who have this label, by the property that it is.

    Of a tie that leads over something that people have in common it is nothing.
    """
    if len(layer.chain) > 1:
        return {}
    spec = of.routes[people][layer.chain[0]].relationship
    properties = {**spec.properties, **{name: COMMON[name] for name in ("since", "until")}}
    return {name: Attribute(free(name), TYPES[each.kind]) for name, each in properties.items() if each.kind in TYPES}


@dataclass
class Told(Read):
    """What was read of a network, with the values of ties and the ids of sources."""

    weight: int | None = None
    values: dict[tuple[str, str], Values] = field(default_factory=dict)
    sources: set[str] = field(default_factory=set)

    def add(self, record: dict[str, Any] | list[Any]) -> None:
        """Add a record."""
        if isinstance(record, dict):
            super().add(record)
            return
        *person, ends, sources = record
        self.sources.update(sources or ())
        if self.directed:
            for end, *values, of_tie in ends:
                self.sources.update(of_tie or ())
                given = tuple(tuple(each) or None if isinstance(each, list) else each for each in values)
                before = self.values.get((person[0], end))
                self.values[person[0], end] = given if before is None else self.stronger(before, given)
        super().add([*person, [each[0] for each in ends]])

    def stronger(self, *given: Values) -> Values:
        """Return the values of the stronger of ties between the same two people; of equally strong ones of the same each time."""
        return max(given, key=lambda each: (self.strength(each), repr(each)))

    def strength(self, values: Values) -> float:
        """Return how strong a tie is; one of which nothing is stated is the weakest."""
        given = None if self.weight is None else values[self.weight]
        return float("-inf") if given is None else float(given)  # type: ignore[arg-type]  # the weight is a number


@dataclass(frozen=True)
class InWave:
    """The network of one wave, with what is told of its ties."""

    cloud: Cloud
    read: Told

    def values(self, start: str, end: str) -> Values:
        """Return what is written of a tie: its values; without direction only how strong it is.

        It is then as strong as the stronger of the two statements, or as the weaker if both are needed.
        """
        of = self.read
        if self.cloud.network.directed:
            return of.values[start, end]
        if of.weight is None:
            return ()
        choose = min if self.cloud.basis.rule is Rule.MUTUAL else max
        both = [of.values[pair] for pair in ((start, end), (end, start)) if pair in of.values]
        return (choose(both, key=of.strength)[of.weight],)


@dataclass(frozen=True)
class Ties:
    """The ties of the waves, in the order of their ends; `number` numbers all people. They can be gone over again."""

    waves: Sequence[InWave]
    number: Mapping[str, int]
    all_waves: bool

    def __iter__(self) -> Iterator[Tie]:
        if not self.all_waves:
            yield from self._of(self.waves[0], None, ())
            return
        every = [tie for at, each in enumerate(self.waves) for tie in self._of(each, at, _stated(each.cloud))]
        yield from sorted(every, key=lambda tie: (tie.start, tie.end, tie.wave))

    def _of(self, of: InWave, wave: int | None, more: Values) -> Iterator[Tie]:
        people = of.cloud.stated.people
        for a, b in of.cloud.network.ties:
            start, end = people[a], people[b]
            yield Tie(self.number[start], self.number[end], (*of.values(start, end), *more), wave)


def _stated(of: Cloud) -> Values:
    wave = of.basis.wave
    return (None, None) if wave is None else (wave.id, wave.date)


async def exported(job: CloudFile, process: Process) -> Exported | None:
    """Read what a job wants; None if there is no such network."""
    of = model()
    people = of.routes[job.networks.roster][job.networks.survey.people].target
    attributes = tuple(told(job.layer, people, of).values())
    weight = next((at for at, each in enumerate(attributes) if each.name == job.layer.weight), None)
    first = await _read(job.reading.text, job.reading.parameters, job.reading, process, weight)
    if first is None:
        return None
    waves = [first]
    if job.waves is not None and first.cloud.basis.wave is not None:
        waves = await _every(job, first, process, weight)
    every = {id_ for each in waves for id_ in each.read.sources}
    terms = await licences(process.reader, job.rights, sorted(every), synthetic=job.synthetic)
    if not first.cloud.network.directed:
        attributes = () if weight is None else (attributes[weight],)
    return _exported(job, waves, attributes, people, terms)


async def _every(job: CloudFile, first: InWave, process: Process, weight: int | None) -> list[InWave]:
    """Read all waves, the earliest first."""
    of = {**job.reading.parameters, "id": first.cloud.basis.roster, "day": None}
    listed = await process.reader.value(job.waves or "", {"q": of}, "waves")
    found = [await _read(job.reading.other, {**of, "asked": id_}, job.reading, process, weight) for id_, _ in listed]
    return [each for each in found if each is not None]


async def _read(
    text: str, parameters: Mapping[str, Any], reading: Reading, process: Process, weight: int | None
) -> InWave | None:
    read = await process.reader.gathered(
        text, {"q": parameters}, "network", lambda: Told(reading.directed, weight=weight)
    )
    made = read.cloud(reading.basis, reading.groupings)
    return None if made is None else InWave(made, read)


def _exported(
    job: CloudFile,
    waves: Sequence[InWave],
    attributes: tuple[Attribute, ...],
    people: str,
    terms: tuple[tuple[str, ...], tuple[str, ...]],
) -> Exported:
    all_waves, last = job.waves is not None and waves[-1].cloud.basis.wave is not None, waves[-1].cloud
    nodes = list(_nodes(waves, all_waves=all_waves))
    groups = tuple(Attribute(_camel(name), Type.TEXT) for name in last.groupings)
    own = (
        (Attribute("waves", Type.TEXTS), Attribute("answeredIn", Type.TEXTS))
        if all_waves
        else (Attribute("answered", Type.BOOLEAN),)
    )
    of_wave = (Attribute(WAVE, Type.TEXT), Attribute(WAVE_DATE, Type.TEXT)) if all_waves else ()
    name, elected = Attribute("name", Type.TEXT), Attribute("elected", Type.BOOLEAN)
    type_ = (
        model().routes[people][job.layer.chain[0]].relationship.type if len(job.layer.chain) == 1 else job.layer.name
    )
    return Exported(
        about=_about([each.cloud for each in waves], terms, all_waves=all_waves),
        label=people,
        type=type_,
        directed=last.network.directed,
        node_attributes=(name, *groups, elected, *own),
        tie_attributes=(*attributes, *of_wave),
        nodes=nodes,
        ties=Ties(waves, {node.id: at for at, node in enumerate(nodes)}, all_waves),
        weight=job.layer.weight,
        waves=tuple(_wave(each.cloud) for each in waves) if all_waves else (),
    )


def _nodes(waves: Sequence[InWave], *, all_waves: bool) -> Iterator[Node]:
    """Yield everybody, as in the last wave in which he was listed."""
    every: dict[str, Member] = {each.id: each for wave in waves for each in wave.cloud.members}
    listed: dict[str, list[int]] = {}
    answered: dict[str, list[str]] = {}
    for at, wave in enumerate(waves if all_waves else ()):
        for each in wave.cloud.members:
            listed.setdefault(each.id, []).append(at)
            if each.answered:
                answered.setdefault(each.id, []).append(_id(wave.cloud))
    for id_ in sorted(every):
        each = every[id_]
        own: Iterable[Value] = (each.answered,)
        if all_waves:
            own = (tuple(_id(waves[at].cloud) for at in listed[id_]), tuple(answered.get(id_, ())) or None)
        yield Node(id_, (each.name, *each.groups, each.elected, *own), tuple(listed.get(id_, ())))


def _id(of: Cloud) -> str:
    return of.basis.wave.id if of.basis.wave else ""


def _wave(of: Cloud) -> Wave:
    date = of.basis.wave.date if of.basis.wave else None
    when = parse(date) if date else None
    first, last = (when.earliest, when.latest) if when else (None, None)
    return Wave(_id(of), first.isoformat() if first else None, last.isoformat() if last else None)


def _about(waves: Sequence[Cloud], terms: tuple[tuple[str, ...], tuple[str, ...]], *, all_waves: bool) -> About:
    basis = replace(waves[-1].basis, synthetic=any(each.basis.synthetic for each in waves))
    title, (licences_, sources) = basis.roster_name or basis.roster, terms
    said = [f"{basis.layer}: {basis.rule.value}"]
    facts = [("roster", basis.roster), ("layer", basis.layer), ("direction", basis.rule.name)]
    for name, value in (("rosterRule", basis.roster_rule), ("date", basis.day)):
        facts += [(name, value)] if value else []
    if all_waves:
        said.append(f"Ties of {len(waves)} waves.")
    elif basis.wave is not None:
        wave = basis.wave
        said.append(f"{wave.name or wave.id}, {wave.date or 'no date'}.")
        facts += [(WAVE, wave.id), *([(WAVE_DATE, wave.date)] if wave.date else [])]
        numbers = (("invited", wave.invited), ("answered", wave.answered))
        facts += [(name, str(number)) for name, number in numbers if number is not None]
    if basis.synthetic:
        said.append("It has made-up facts, which say nothing about real people.")
        facts.append(("synthetic", "true"))
    return About(title, " ".join(said), tuple(facts), licences_, sources)


def _camel(name: str) -> str:
    """Write the name of a grouping as that of a property: AGE_BAND -> ageBand."""
    head, *rest = name.lower().split("_")
    return head + "".join(each.capitalize() for each in rest)

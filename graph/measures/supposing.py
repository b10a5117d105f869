"""What draws a cloud under other conditions, in a process that measures. In: a job, and a process that reads. Out: a figure."""

from collections.abc import Mapping, Sequence
from typing import Any

from graph.errors import PayloadTooLarge
from graph.figures.layout import MOST
from graph.figures.whatif import Supposed, whatif
from graph.measures.cloud import Cloud
from graph.measures.drawing import MADE_UP, drawn_cloud, wave_of, waves_of
from graph.measures.learning.read import Reading as LearningReading
from graph.measures.pictures import WhatIfPicture
from graph.measures.worker import Done, Process
from schema.model import model

MOST_NAMES = 4
"""Names in a sentence; the others are counted."""


async def draw_what_if(job: WhatIfPicture, process: Process) -> Done:
    """Draw a cloud of which people leave or come together; no data if there is no such network."""
    of = job.cloud
    found = await of.reading.read(process)
    last = found if of.reading.key == of.whole.key else await of.whole.read(process)
    if found is None or last is None:
        return Done()
    waves = await waves_of(of.whole, process, last)
    at = next((at for at, each in enumerate(waves) if wave_of(each) == wave_of(found)), None)
    if at is None:
        return Done()
    drawn = drawn_cloud(waves)
    if len(drawn.people) > MOST:
        raise PayloadTooLarge(f"A figure shows at most {MOST:,} people, and these are {len(drawn.people):,}.")
    asked = job.measuring.wanted.asked
    then = await job.measuring.evaluator(process).variant(found, asked)
    process.tell("layout")
    supposed = changes(found, then, *await _words(job, process, found, asked))
    svg = whatif(drawn, supposed, at, seed=of.drawing.seed)
    return Done(of.drawing.bytes_of(svg), any(each.basis.synthetic for each in waves))


def changes(now: Cloud, then: Cloud, who: str, what: str) -> Supposed:
    """Return who leaves and which ties come and go; with direction, each direction is one."""
    before, after = _arcs(now), _arcs(then)
    gone = set(now.stated.people) - set(then.stated.people)
    return Supposed(tuple(sorted(gone)), tuple(sorted(after - before)), tuple(sorted(before - after)), who, what)


def _arcs(of: Cloud) -> set[tuple[str, str]]:
    people = of.network.people
    return {(people[one], people[other]) for one, other in of.network.ties}


async def _words(job: WhatIfPicture, process: Process, of: Cloud, asked: Mapping[str, Any]) -> tuple[str, str]:
    """Say who leaves and what is added, by the names that the viewer sees."""
    called = {each.id: (each.name or each.id).removesuffix(MADE_UP) for each in of.members}
    leave = ["the elected leaders"] if asked["withoutElected"] else []
    leave += [called.get(id_, id_) for id_ in asked["without"]]
    names: Mapping[str, str | None] = {}
    if asked["gatherings"]:
        names = await LearningReading(process.reader, job.rights, model(), job.synthetic).names(asked["gatherings"])
    added = [(names.get(id_) or id_).removesuffix(MADE_UP) for id_ in asked["gatherings"]]
    return (f"without {listed(leave)}" if leave else "", f"with {listed(added)}" if added else "")


def listed(names: Sequence[str]) -> str:
    """List names; after the first few, the number of the others."""
    more = len(names) - MOST_NAMES
    said = [*names[:MOST_NAMES], *([f"{more:,} more"] if more > 0 else [])]
    return " and ".join(filter(None, [", ".join(said[:-1]), said[-1]]))

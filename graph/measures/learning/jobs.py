"""Measuring learning, as a job of a process. In: what is wanted and who asks. Out: the data of the field."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from graph.access.rights import Rights
from graph.errors import BadUserInput
from graph.measures.cloud import Cloud
from graph.measures.jobs import Reading as NetworkReading
from graph.measures.learning.shown import Shower
from graph.measures.wanted import Wanted
from graph.measures.worker import Done, Process
from schema.domain.measures.learning import ABOUT, QUESTIONS
from schema.language.edtf import parse
from schema.model import Model, model

QUESTION = {each.name: each for each in QUESTIONS}


@dataclass(frozen=True)
class Learning:
    """A field of Query that measures learning, for one viewer. `asked` are its arguments, checked.

    `network` is how networks of its layer are read, if it has one.
    """

    wanted: Wanted
    asked: Mapping[str, Any]
    rights: Rights
    synthetic: bool
    seconds: float
    network: NetworkReading | None = None

    async def done(self, process: Process) -> Done:
        """Read and measure."""
        from graph.measures.learning.answers import ANSWERS  # here, because only a process that measures needs them
        from graph.measures.learning.read import Reading

        process.tell(self.wanted.name)
        network = self.network

        async def read(roster: str, wave: str) -> Cloud | None:
            return await network.at(roster, wave).read(process) if network else None

        reading = Reading(process.reader, self.rights, model(), self.synthetic, network=read)
        found = await ANSWERS[self.wanted.name](reading, self.asked)
        if found.result is None:
            return Done()
        question, shower = QUESTION[self.wanted.name], Shower()
        data = shower.value(found.result, self.wanted, question.type_name)
        if shower.facts:
            shower.name(await reading.names(shower.ids))
        return Done(data, bool(reading.made_up & (found.of | shower.ids)))


def checked(wanted: Wanted, of: Model) -> dict[str, Any]:
    """Return the arguments of a field; raise BadUserInput if one is wrong."""
    defaults: dict[str, Any] = {each.name: each.default for each in QUESTION[wanted.name].asked}
    asked = {
        name: default if wanted.asked.get(name) is None else wanted.asked[name] for name, default in defaults.items()
    }
    for name, labels in ABOUT.items():
        id_ = asked.get(name)
        if id_ is not None and of.prefixes.get(str(id_).partition("/")[0]) not in labels:
            raise BadUserInput(f"{wanted.key}.{name}: {str(id_)[:40]!r} is no id of a {' or '.join(labels)}.")
    for each in QUESTION[wanted.name].asked:
        value = asked[each.name]
        if each.most is not None and value is not None and not each.least <= value <= each.most:
            raise BadUserInput(f"{wanted.key}: `{each.name}` is {value}; accepted are {each.least} to {each.most}.")
    first, last = asked.get("fromYear"), asked.get("toYear")
    if first is not None and last is not None and first > last:
        raise BadUserInput(f"{wanted.key}: `fromYear` is {first}, which is after `toYear`, {last}.")
    day = _day(wanted.key, asked.get("asOf"))
    return {**asked, "day": day, "year": day.year}


def _day(key: str, as_of: str | None) -> date:
    """Return the last day of a date; today if there is none."""
    if as_of is None:
        return datetime.now(UTC).date()
    day = parse(as_of).latest
    if day is None:
        raise BadUserInput(f"{key}.asOf: {as_of!r} has no latest day; give a date that ends.")
    return day

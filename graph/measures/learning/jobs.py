"""Measuring learning, as a job of a process. In: what is wanted and who asks. Out: the data of the field."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from graph.access.rights import Rights
from graph.errors import BadUserInput
from graph.measures.cloud import Cloud
from graph.measures.jobs import Reading as NetworkReading
from graph.measures.learning.shown import Shower
from graph.measures.wanted import Wanted
from graph.measures.worker import Done, Process
from graph.question.id_form import check_ids
from graph.question.last_day import last_day
from schema.domain.measures.learning import ABOUT, QUESTIONS
from schema.model import Model, model

if TYPE_CHECKING:
    from graph.measures.learning.read import Reading

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

    @property
    def key(self) -> str:
        """Return what tells results apart: the measure, its arguments and the viewer, but not which fields are shown."""
        network = self.network.key if self.network else None
        return repr((self.wanted.name, sorted(self.asked.items()), self.rights, self.synthetic, network))

    async def done(self, process: Process) -> Done:
        """Read and measure, or take what the process keeps if nothing was written since."""
        version = await process.version()
        before: tuple[str, Learned] | None = process.kept.get(self.key)
        if before and before[0] == version:
            learned = before[1]
        else:
            learned = await self._learned(process)
            if learned.result is None:
                return Done()
        question = QUESTION[self.wanted.name]
        shower = Shower(question.libraries)
        data = shower.value(learned.result, self.wanted, question.type_name)
        if shower.facts:
            shower.name(await learned.names(shower.ids))
        process.kept.keep(self.key, version, learned)
        return Done(data, learned.made_up(shower.ids))

    async def _learned(self, process: Process) -> "Learned":
        from graph.measures.learning.answers import ANSWERS  # here, because only a process that measures needs them
        from graph.measures.learning.read import Reading

        process.tell(self.wanted.name)
        network = self.network

        async def read(roster: str, wave: str) -> Cloud | None:
            return await network.at(roster, wave).read(process) if network else None

        reading = Reading(process.reader, self.rights, model(), self.synthetic, network=read)
        found = await ANSWERS[self.wanted.name](reading, self.asked)
        return Learned(reading, found.result, found.of)


@dataclass(frozen=True)
class Learned:
    """A result with the ids of the facts that it counts, how it was read, and the names that were read since."""

    reading: "Reading"
    result: Any
    of: frozenset[str]
    named: dict[str, str | None] = field(default_factory=dict)

    @property
    def weight(self) -> int:
        """The number of facts."""
        return 1 + len(self.of) + len(self.named) + len(self.reading.made_up)

    async def names(self, ids: Set[str]) -> Mapping[str, str | None]:
        """Return the names of facts; those that are shown again are not read again."""
        if unknown := ids - self.named.keys():
            self.named.update(dict.fromkeys(unknown) | await self.reading.names(unknown))
        return self.named

    def made_up(self, shown: Set[str]) -> bool:
        """Whether a fact that is counted or shown is made up."""
        return bool(self.reading.made_up & (self.of | shown))


def checked(wanted: Wanted, of: Model) -> dict[str, Any]:
    """Return the arguments of a field; raise BadUserInput if one is wrong."""
    defaults: dict[str, Any] = {each.name: each.default for each in QUESTION[wanted.name].asked}
    asked = {
        name: default if wanted.asked.get(name) is None else wanted.asked[name] for name, default in defaults.items()
    }
    for name, labels in ABOUT.items():
        check_ids(asked.get(name), f"{wanted.key}.{name}", tuple(of.concepts[label].prefix for label in labels), of)
    for each in QUESTION[wanted.name].asked:
        value = asked[each.name]
        if each.most is not None and value is not None and not each.least <= value <= each.most:
            raise BadUserInput(f"{wanted.key}: `{each.name}` is {value}; accepted are {each.least} to {each.most}.")
    first, last = asked.get("fromYear"), asked.get("toYear")
    if first is not None and last is not None and first > last:
        raise BadUserInput(f"{wanted.key}: `fromYear` is {first}, which is after `toYear`, {last}.")
    as_of = asked.get("asOf")
    day = datetime.now(UTC).date() if as_of is None else last_day(as_of, f"{wanted.key}.asOf")
    return {**asked, "day": day, "year": day.year}

"""Reading and measuring a network, as a job of a process. In: statements and what is wanted. Out: the data of the field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from graph.errors import BadUserInput
from graph.measures.cloud import Basis, Cloud, Read
from graph.measures.wanted import Wanted
from graph.measures.worker import Done, Process
from schema.language.edtf import parse

if TYPE_CHECKING:
    from graph.measures.evaluate import Evaluator


@dataclass(frozen=True)
class Reading:
    """A statement that reads a network, with its parameters, and what it says of the basis.

    `other` is the statement that reads another wave of the same roster.
    """

    text: str
    other: str
    parameters: dict[str, Any]
    basis: Basis
    groupings: tuple[str, ...]
    directed: bool

    @property
    def key(self) -> str:
        """Return what tells networks apart."""
        return repr((self.text, sorted(self.parameters.items()), self.basis.rule, self.basis.layer))

    async def read(self, process: Process) -> Cloud | None:
        """Return the network, the one that the process keeps if nothing in it has changed; None if there is none.

        It is not read if nothing was written at all.
        """
        version = await process.version()
        before: tuple[str, Cloud] | None = process.kept.get(self.key)
        if before and version == before[0]:
            return before[1]
        read = await process.reader.gathered(self.text, {"q": self.parameters}, "cloud", lambda: Read(self.directed))
        made = read.cloud(self.basis, self.groupings)
        if made is None:
            return None
        if before:
            made = made.after(before[1])
        process.kept.keep(self.key, version, made)
        return made

    async def beside(self, process: Process, of: Cloud) -> Cloud | None:
        """Return the network of this layer for the roster and wave of a network of another layer."""
        if of.basis.wave is None:
            return await self.read(process)
        return await self.another(process, of, of.basis.wave.id)

    async def another(self, process: Process, of: Cloud, wave: str | None) -> Cloud | None:
        """Return the network of another wave, of the one before without an id; None if there is none."""
        id_ = wave or of.basis.before
        if id_ is None:
            return None
        return await self.at(of.basis.roster, id_).read(process)

    def at(self, roster: str, wave: str) -> "Reading":
        """Return how the network of a wave of a roster is read."""
        parameters = {**self.parameters, "id": roster, "asked": wave, "day": None}
        return replace(self, text=self.other, parameters=parameters)


@dataclass(frozen=True)
class Measuring:
    """A network and what is wanted of it."""

    reading: Reading
    wanted: Wanted
    seconds: float
    gathered: str
    """The statement that reads who took part in visits and organizations."""
    layers: Mapping[str, Reading] = field(default_factory=dict)
    """How the other layers are read that are wanted beside."""

    async def done(self, process: Process) -> Done:
        """Read and measure."""
        found = await self.reading.read(process)
        if found is None:
            return Done()
        data = await self.evaluator(process).answer(found, self.wanted)
        return Done(data, found.basis.synthetic)

    def evaluator(self, process: Process) -> "Evaluator":
        """Return what measures the network in a process."""
        # A server sends this job and does not do it: it needs no library of networks, which takes long to import.
        from graph.measures.evaluate import Evaluator

        async def another(of: Cloud, wave: str | None) -> Cloud | None:
            return await self.reading.another(process, of, wave)

        async def beside(of: Cloud, layer: str) -> Cloud | None:
            return await self.layers[layer].beside(process, of)

        async def gathered(of: Cloud, gatherings: Sequence[str]) -> list[list[str]]:
            return await self._gathered(process, of, gatherings)

        return Evaluator(another, beside, gathered, process.tell)

    async def _gathered(self, process: Process, of: Cloud, gatherings: Sequence[str]) -> list[list[str]]:
        """Return who took part in each of these facts; raise BadUserInput if the viewer sees no such fact."""
        asked = {**self.reading.parameters, "gatherings": list(gatherings)}
        asked["day"] = _begun(of) or asked["day"]
        found = dict(await process.reader.value(self.gathered, {"q": asked}, "gathered"))
        for each in gatherings:
            if each not in found:
                raise BadUserInput(
                    f"`gatherings` names {each[:60]!r}, which is not there; accepted are ids of visits and organizations."
                )
        return [found[each] for each in gatherings]


def _begun(of: Cloud) -> date | None:
    """Return the day on which the wave of a network began; None if it has no wave or no date."""
    return parse(of.basis.wave.date).earliest if of.basis.wave and of.basis.wave.date else None

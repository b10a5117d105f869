"""The process that reads and measures networks. In: jobs, as frames on its standard input. Out: what they gave, as frames.

Measuring takes the processor for long and cannot be stopped from outside, so it is not done where questions are answered.
"""

import asyncio
import os
import pickle
import signal
import sys
import traceback
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import IO, Any

from graph.bolt.connect import Address, open_async_driver
from graph.bolt.read import Reader, Sessions
from graph.errors import QuestionError
from graph.measures.cloud import Basis, Cloud, cloud
from graph.measures.evaluate import Evaluator
from graph.measures.wanted import Wanted

LENGTH = 8
"""Bytes in which the length of a frame is written."""
KEPT, KEPT_TIES = 100, 2_000_000
"""Bounds of the networks that a process keeps: their number, and the ties of all."""
MORE_NICE = 5
"""How far other processes go first."""


@dataclass(frozen=True)
class Reading:
    """A statement that reads a network, with its parameters, and what it says of the basis."""

    text: str
    parameters: dict[str, Any]
    basis: Basis
    groupings: tuple[str, ...]
    directed: bool

    @property
    def key(self) -> str:
        """Return what tells networks apart."""
        return repr((self.text, sorted(self.parameters.items()), self.basis.rule, self.basis.layer))


@dataclass(frozen=True)
class Job:
    """A network and what is wanted of it. `other` is the statement that reads another wave of the same roster."""

    reading: Reading
    other: str
    wanted: Wanted
    seconds: float


@dataclass(frozen=True)
class Done:
    """What a job gave: data, null if there is no such network; or an error that the client is told about, or a fault of ours."""

    data: Any = None
    synthetic: bool = False
    error: QuestionError | None = None
    fault: str = ""


@dataclass(frozen=True)
class Began:
    """A measure began."""

    measure: str


READY = Began("")
"""What a process says first."""


def write_frame(to: IO[bytes], value: object) -> None:
    """Write a value with its length before it."""
    to.write(frame(value))
    to.flush()


def frame(value: object) -> bytes:
    """Return a value as bytes, with their number before them."""
    body = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    return len(body).to_bytes(LENGTH, "big") + body


def read_frame(of: IO[bytes]) -> Any:
    """Read a value; None at the end. The frames are of our own processes."""
    head = of.read(LENGTH)
    return pickle.loads(of.read(int.from_bytes(head, "big"))) if len(head) == LENGTH else None  # noqa: S301


@dataclass
class Kept:
    """The networks that were read last, each with the version of the data that it was read at."""

    clouds: OrderedDict[str, tuple[str, Cloud]] = field(default_factory=OrderedDict)

    def get(self, key: str) -> tuple[str, Cloud] | None:
        """Return a network, which is then the last one used."""
        if key in self.clouds:
            self.clouds.move_to_end(key)
        return self.clouds.get(key)

    def keep(self, key: str, version: str, made: Cloud) -> None:
        """Keep a network; drop those that were not used for longest."""
        self.clouds[key] = (version, made)
        self.clouds.move_to_end(key)
        while len(self.clouds) > KEPT or sum(len(each.stated.ties) for _, each in self.clouds.values()) > KEPT_TIES:
            self.clouds.popitem(last=False)


@dataclass
class Process:
    """One database and the networks that were read from it."""

    reader: Reader
    out: IO[bytes]
    kept: Kept = field(default_factory=Kept)

    async def do(self, job: Job) -> Done:
        """Do a job."""
        found = await self._cloud(job.reading)
        if found is None:
            return Done()

        async def another(of: Cloud, wave: str | None) -> Cloud | None:
            id_ = wave or of.basis.before
            if id_ is None:
                return None
            parameters = {**job.reading.parameters["q"], "id": of.basis.roster, "asked": id_, "day": None}
            reading = Reading(job.other, {"q": parameters}, job.reading.basis, of.groupings, job.reading.directed)
            return await self._cloud(reading)

        evaluator = Evaluator(another, lambda measure: write_frame(self.out, Began(measure)))
        return Done(await evaluator.answer(found, job.wanted), found.basis.synthetic)

    async def _cloud(self, reading: Reading) -> Cloud | None:
        """Return a network, from those kept if nothing was written since."""
        before = self.kept.get(reading.key)
        known = [before[0]] if before else []
        read = await self.reader.value(reading.text, {"q": {**reading.parameters["q"], "known": known}}, "cloud")
        if before and "network" not in read:
            return before[1]
        if read["network"] is None:
            return None
        made = cloud(read["network"], reading.basis, reading.groupings, directed=reading.directed)
        self.kept.keep(reading.key, read["version"], made)
        return made


async def _serve(address: Address, seconds: float, given: IO[bytes], out: IO[bytes]) -> None:
    async with Sessions(open_async_driver(address, 1), address.database) as sessions:
        process = Process(Reader(sessions, seconds), out)
        write_frame(out, READY)
        while (job := read_frame(given)) is not None:  # nothing else runs here
            # The time limit ends this process, whatever library is at work.
            signal.setitimer(signal.ITIMER_REAL, job.seconds)
            try:
                done = await process.do(job)
            except QuestionError as error:
                done = Done(error=error)
            except Exception:
                done = Done(fault=traceback.format_exc())
            signal.setitimer(signal.ITIMER_REAL, 0)
            write_frame(out, done)


def serve() -> None:
    """Do jobs until the standard input ends."""
    os.nice(MORE_NICE)
    given, out = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    address, seconds = read_frame(given)
    asyncio.run(_serve(address, seconds, given, out))


if __name__ == "__main__":
    # The classes of the frames are those of the module, and not of the program that runs it.
    from graph.measures import worker

    worker.serve()

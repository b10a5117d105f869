"""The process that reads and measures networks. In: jobs, as frames on its standard input. Out: what they gave, as frames.

Measuring takes the processor for long and cannot be stopped from outside, so it is not done where questions are answered.
"""

import asyncio
import os
import pickle
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import IO, Any, Protocol

from graph.bolt.connect import Address, open_async_driver
from graph.bolt.read import Reader, Sessions
from graph.cypher.networks import APPLIED, VERSION
from graph.errors import QuestionError
from graph.measures.kept import Kept

LENGTH = 8
"""Bytes in which the length of a frame is written."""
MORE_NICE = 5
"""How far other processes go first."""


class Job(Protocol):
    """What a process does: it reads what a viewer may see, and computes. It is sent to the process as it is."""

    @property
    def seconds(self) -> float:
        """Return the longest time that it may take."""
        ...

    async def done(self, process: "Process") -> "Done":
        """Do it."""
        ...


@dataclass(frozen=True)
class Done:
    """What a job gave: data, null if there is nothing to see; or an error that the client is told about, or a fault of ours."""

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
class Process:
    """What jobs find in the process: a reader of one database, and networks that were read. `tell` tells of measures."""

    reader: Reader
    tell: Callable[[str], None]
    kept: Kept = field(default_factory=Kept)

    async def version(self) -> str:
        """Return the version of the data; what is read from now on has all writes up to it."""
        found: str = await self.reader.value_when_applied(VERSION.text, APPLIED.text, {}, "version")
        return found


async def _serve(address: Address, seconds: float, given: IO[bytes], out: IO[bytes]) -> None:
    async with Sessions(open_async_driver(address, 1), address.database) as sessions:
        process = Process(Reader(sessions, seconds), lambda measure: write_frame(out, Began(measure)))
        write_frame(out, READY)
        while (job := read_frame(given)) is not None:  # nothing else runs here
            # The time limit ends this process, whatever library is at work.
            signal.setitimer(signal.ITIMER_REAL, job.seconds)
            try:
                done = await job.done(process)
            except QuestionError as error:
                done = Done(error=error)
            except Exception:
                # A fault of one job ends no other: the server logs it, and the client gets an id.
                done = Done(fault=traceback.format_exc())
            signal.setitimer(signal.ITIMER_REAL, 0)
            write_frame(out, done)


def serve() -> None:
    """Do jobs until the standard input ends."""
    # Ctrl-C at a terminal reaches this process too. The server, which it is meant for, ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(MORE_NICE)
    given, out = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    address, seconds = read_frame(given)
    asyncio.run(_serve(address, seconds, given, out))


if __name__ == "__main__":
    # The classes of the frames are those of the module, and not of the program that runs it.
    from graph.measures import worker

    worker.serve()

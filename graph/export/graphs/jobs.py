"""Networks as files, as jobs of a process. In: how the facts are read, and which file. Out: the file, and its size in bytes.

A server sends these jobs and does not do them: what reads and writes is imported where it is used.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from graph.access.rights import Rights
from graph.errors import BadUserInput, Unavailable
from graph.measures.jobs import Reading
from graph.measures.learning.exchange import Wanted
from graph.measures.worker import Done, Process
from schema.language.networks import Layer, Networks

if TYPE_CHECKING:
    from graph.export.graphs.exported import Exported


@dataclass(frozen=True)
class File:
    """The file that is wanted: its format, by its ending, and where it is written. It is written over if it is there."""

    ending: str
    path: Path

    def write(self, of: "Exported") -> int:
        """Write a network; return the size in bytes. Raise QuestionError if the format cannot hold it or there is no room."""
        from graph.export.graphs.exported import CannotHold
        from graph.export.graphs.formats import write

        try:
            with self.path.open("wb") as to:
                write(self.ending, of, to)
            return self.path.stat().st_size
        except CannotHold as error:
            raise BadUserInput(error.what) from None
        except OSError as error:
            raise Unavailable(f"The file cannot be written: {error.strerror}.") from error

    def done(self, found: "Exported | None", process: Process) -> Done:
        """Write what was found; no data if nothing was."""
        if found is None:
            return Done()
        process.tell("writing")
        return Done(self.write(found), ("synthetic", "true") in found.about.facts)


@dataclass(frozen=True)
class CloudFile:
    """The network of a roster, in one wave or, if `waves` has the statement that lists them, in all of them."""

    reading: Reading
    layer: Layer
    networks: Networks
    waves: str | None
    rights: Rights
    synthetic: bool
    file: File
    seconds: float

    async def done(self, process: Process) -> Done:
        """Read and write it; no data if there is no such network."""
        from graph.export.graphs.clouds import exported

        return self.file.done(await exported(self, process), process)


@dataclass(frozen=True)
class ExchangeFile:
    """The exchange network of cities, or one city's part of it."""

    rights: Rights
    synthetic: bool
    wanted: Wanted
    file: File
    seconds: float

    async def done(self, process: Process) -> Done:
        """Read and write it; no data if the viewer does not see the city that is wanted."""
        from graph.export.graphs.exchanges import exported

        return self.file.done(await exported(self, process), process)

"""Publishing. In: a Reader, a Shelf, turns. Out: entries and files of data sets, made once for each state of the event log.

All who ask at the same time share one build. If facts are written while a data set is read, it is read anew.
"""

import asyncio
import hashlib
from collections.abc import Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import BinaryIO, Protocol, TypeVar

import orjson

from graph.access.rights import Rights
from graph.bolt.read import Chained, Reader
from graph.export.datasets import Dataset
from graph.export.formats import LINES, WRITERS, Steps, write_gzip
from graph.export.read import Places, Reading, Row, State, state, touched
from graph.export.store import Entry, ExportFailed, Shelf, seal
from schema.model import Model

TRIES = 5
"""How often a data set is read anew because it was written meanwhile."""
PASSES = 4
"""How often all data sets are looked through, until none was written meanwhile."""
MANY = 200_000
"""Events after which every data set is taken to be touched."""
GZIP = ".gz"
Result = TypeVar("Result")
Done = Callable[[Entry], None]
"""Called with each entry when it is there."""


class Turns(Places, Protocol):
    """Gives turns for what takes the processor."""

    async def work(self, step: Callable[[], Result]) -> Result:
        """Do a step of some milliseconds."""
        ...


class KeepsChanging(ExportFailed):
    """A data set was written each time while it was read."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} was written each of the {TRIES} times that it was read. Try again when fewer facts come in."
        )


@dataclass
class Publisher:
    """Publishes the data sets of one viewer."""

    reader: Reader
    model: Model
    shelf: Shelf
    turns: Turns
    rights: Rights = field(default_factory=Rights)
    _building: asyncio.Lock = field(default_factory=asyncio.Lock)
    _touched: tuple[State, int, frozenset[str]] = (State("", 0), 0, frozenset())

    async def entry(self, dataset: Dataset, places: Places) -> Entry:
        """Return what is published of a data set as of now; raise KeepsChanging, NoRoom or an error of the reader.

        `places` are those of the one who asks. What he asks for is made in turns of the publisher's own.
        """
        async with self.reader.chained() as chain:
            return await self._entry(chain, dataset, await state(chain, places))

    async def entries(
        self, wanted: Sequence[Dataset], places: Places, done: Done = lambda _: None, *, former: bool = False
    ) -> list[Entry]:
        """Return what is published of several data sets, as of one place of the log if writers leave time for that.

        With `former`, a data set that keeps changing is told of as it was last read.
        """
        entries: list[Entry] = []
        for attempt in range(PASSES):
            async with self.reader.chained() as chain:
                at = await state(chain, places)
                entries = []
                for dataset in wanted:
                    try:
                        entries.append(await self._entry(chain, dataset, at))
                    except KeepsChanging:
                        known = self.shelf.known(dataset) if former else None
                        if known is None or known.state.log != at.log:
                            raise
                        entries.append(known)
                    if not attempt:
                        done(entries[-1])
            if former or all(entry.state == at for entry in entries):
                break
        return entries

    async def file(self, dataset: Dataset, ending: str, places: Places) -> tuple[Entry, BinaryIO]:
        """Return a file of a data set as of now, open; the caller closes it. `ending` is such as `csv` or `csv.gz`."""
        for _ in range(TRIES):
            entry = await self.entry(dataset, places)
            try:
                path = await self.made(dataset, entry, ending)
                file = path.open("rb")
                path.touch()
            except FileNotFoundError:
                continue  # another build has replaced the rows
            return entry, file
        raise KeepsChanging(dataset.name)

    async def made(self, dataset: Dataset, entry: Entry, ending: str) -> Path:
        """Return a file of what is published; make it if it is not there. Raise FileNotFoundError if the rows are gone."""
        path = self.shelf.path(entry, ending)
        if path.exists():
            return path
        async with self._building:
            if path.exists():
                return path
            plain = ending.removesuffix(GZIP)
            whole = self.shelf.path(entry, plain)
            if not whole.exists():
                writer, lines = WRITERS[plain], self.shelf.path(entry, LINES)
                await self._write(lambda file: writer(dataset, lines, file), whole)
            if path != whole:
                await self._write(lambda file: write_gzip(whole, file), path)
        return path

    async def _write(self, steps: Callable[[BinaryIO], Steps], path: Path) -> None:
        with self.shelf.draft() as (file, draft):
            rest = steps(file)
            while await self.turns.work(lambda: next(rest, path)) is not path:
                pass
            file.close()
            draft.replace(path)
        self.shelf.shrink()

    async def _entry(self, chain: Chained, dataset: Dataset, at: State) -> Entry:
        """Return what is published as of a place of the log, or of a later one."""
        known = await self._current(chain, dataset, at)
        if known is None:
            async with self._building:
                # Another request may have made it meanwhile.
                known = await self._current(chain, dataset, at) or await self._build(chain, dataset, at)
        return known

    async def _current(self, chain: Chained, dataset: Dataset, at: State) -> Entry | None:
        """Return what is published if no write has touched it since."""
        known = self.shelf.known(dataset)
        if known is None or known.state.log != at.log or known.state.seq >= at.seq:
            return known if known and known.state.log == at.log else None
        return None if await self._is_touched(chain, dataset, known.state, at) else self.shelf.moved(known, at)

    async def _build(self, chain: Chained, dataset: Dataset, at: State) -> Entry:
        """Read a data set until no write touches it meanwhile.

        `at` was read in the same session: so every write before it is seen as a whole.
        """
        for _ in range(TRIES):
            with self.shelf.draft() as (file, path):
                entry = await self._read(chain, dataset, at, file)
                after = await state(chain, self.turns)
                if not await self._is_touched(chain, dataset, at, after):
                    return self.shelf.keep(dataset, path, entry)
            at = after
        raise KeepsChanging(dataset.name)

    async def _read(self, chain: Chained, dataset: Dataset, at: State, file: BinaryIO) -> Entry:
        """Write the rows of a data set; return what is counted of them."""
        reading, digest = Reading(chain, self.rights, self.model, self.turns), hashlib.blake2b(digest_size=16)
        digest.update(seal(dataset).encode())

        def write(rows: list[Row]) -> None:
            lines = b"".join(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in rows)
            digest.update(lines)
            file.write(lines)

        async with aclosing(reading.pages(dataset)) as pages:
            async for rows in pages:
                await self.turns.work(partial(write, rows))
        terms = await reading.terms()
        file.close()
        return Entry(dataset.name, at, digest.hexdigest(), reading.rows, reading.modified, terms)

    async def _is_touched(self, chain: Chained, dataset: Dataset, after: State, until: State) -> bool:
        """Whether a write between two places may have changed a data set."""
        if after.log != until.log or until.seq - after.seq > MANY:
            return True
        if after.seq >= until.seq:
            return False
        kept, end, names = self._touched
        if (kept, end) != (after, until.seq):
            names = await touched(chain, self.turns, after.seq, until.seq)
            self._touched = after, until.seq, names
        return bool(names & dataset.depends)

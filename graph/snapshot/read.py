"""Reading V(G, v) into files. In: a session, a Wanted, a folder. Out: two files of each data set, and what is counted of them.

If facts are written meanwhile, the data sets that they touch are read anew, until a whole reading is of one place of the log.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Iterable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import itemgetter
from pathlib import Path
from typing import Any

from graph.access.rights import Rights
from graph.bolt.read import Chained
from graph.cypher import snapshots as cypher
from graph.export.datasets import Dataset, datasets
from graph.export.licences import Tally, Terms
from graph.export.publish import TRIES
from graph.export.read import AFTER_SLASH, Places, State, state, touched
from graph.snapshot.columns import stored_columns
from graph.snapshot.problems import SnapshotFailed
from graph.snapshot.tables import CSV, PARQUET, Page, Tables, batch, file_name
from schema.domain.evidence import COMMON, LICENCE
from schema.language.kinds import Nature
from schema.model import Model

FIRST, MOST = 1_000, 16_000
"""Facts of the first page of a data set, and of the largest."""
FEW, TOGETHER = 500, 5_000
"""Types with so few relationships are read together, so many relationships by one statement."""
BYTES = 8 * 2**20
"""About so many bytes a page may have; Neo4j gathers a page in memory."""
NAME = "snapshot"
Read = Callable[[str], None]
"""Called with the name of each data set when it is read."""


@dataclass(frozen=True)
class Wanted:
    """Whose V(G, v), and as of which day; None is now. Without `pseudonymous`, people known by a pseudonym only are left out."""

    rights: Rights
    day: date | None = None
    pseudonymous: bool = True


@dataclass(frozen=True)
class Counted:
    """What is counted of one data set. `licences` are by id those that sources of this data set state."""

    rows: int
    multiline: bool
    sources: "Counter[str]"
    without: int
    changed: datetime | None
    licences: dict[str, str | None] = field(default_factory=dict)


@dataclass
class Copy:
    """Reads the data sets of one viewer into a folder. `seen` are the ids of the nodes that were read, by label."""

    chain: Chained
    model: Model
    wanted: Wanted
    places: Places
    folder: Path
    seen: dict[str, set[str]] = field(default_factory=dict)
    counted: dict[str, Counted] = field(default_factory=dict)
    _few: dict[str, list[Any]] = field(default_factory=dict)
    """The relationships of types with few of them."""

    async def everything(self, done: Read) -> State:
        """Read all data sets; return the place of the log that the files are of. Raise SnapshotFailed if writes do not pause."""
        every = datasets(self.model)
        at, unread = await state(self.chain, self.places), list(every.values())
        for _ in range(TRIES):
            # Nodes come first: relationships are those between nodes that were read.
            for dataset in (each for each in unread if not each.of_relationships):
                await self.read(dataset)
                done(dataset.name)
            await self._read_few([each.name for each in unread if each.of_relationships])
            for dataset in (each for each in unread if each.of_relationships):
                await self.read(dataset)
                done(dataset.name)
            after = await state(self.chain, self.places)
            if after == at:
                return at
            if after.log != at.log:
                break
            names = await touched(self.chain, self.places, at.seq, after.seq)
            unread, at = [each for each in every.values() if names & each.depends], after
        raise SnapshotFailed(
            f"Facts were written each of the {TRIES} times that they were read. Try again when fewer facts come in."
        )

    async def read(self, dataset: Dataset) -> None:
        """Read one data set; files of an earlier reading of it are replaced."""
        for format_ in (CSV, PARQUET):
            (self.folder / file_name(dataset, format_)).unlink(missing_ok=True)
        ids: set[str] = set()
        licences: dict[str, str | None] = {}
        if not dataset.of_relationships:
            self.seen[dataset.name] = ids
            await self._find_own(dataset, ids)
        with Tables(dataset, self.folder) as tables:
            async with aclosing(self._pages(dataset)) as pages:
                async for page in pages:
                    kept = self._kept(dataset, page)
                    ids.update(each["key"] for each in kept if not dataset.of_relationships)
                    if dataset.name == COMMON["sources"].refers_to:
                        licences |= {each["key"]: each["properties"].get(LICENCE) for each in kept}
                    rows = batch(dataset, kept, self.seen)
                    await asyncio.to_thread(tables.add, rows)
        if dataset.of_relationships:
            ids.clear()
        self.counted[dataset.name] = Counted(
            tables.rows, tables.multiline, tables.sources, tables.without, tables.changed, licences
        )

    def terms(self) -> tuple[Terms, ...]:
        """Return the terms of the sources of all rows."""
        tally, stated = Tally(), dict[str, str | None]()
        for each in self.counted.values():
            tally.sources.update(each.sources)
            tally.without += each.without
            stated |= each.licences
        return tally.terms(stated)

    async def _find_own(self, dataset: Dataset, ids: set[str]) -> None:
        """Find the ids of a label whose nodes refer to nodes of the same label, before any of them is written."""
        if any(column.refers_to == dataset.name for column in stored_columns(dataset)):
            async with aclosing(self._pages(dataset)) as pages:
                async for page in pages:
                    ids.update(each["key"] for each in self._kept(dataset, page))

    def _kept(self, dataset: Dataset, page: Page) -> Page:
        """Leave out people without a name if they are not wanted, and relationships of which an end was not read."""
        if dataset.of_relationships:
            if self.wanted.day is None and self.wanted.pseudonymous:
                return page
            return [each for each in page if self._has(each["start"]) and self._has(each["end"])]
        marked = self.model.concepts[dataset.name].marked
        if marked is None or self.wanted.pseudonymous:
            return page
        name, word = marked
        return [each for each in page if each["properties"].get(name) != word.name]

    def _has(self, id_: str) -> bool:
        spec = self.model.concept_of_id(id_)
        return spec is not None and id_ in self.seen[spec.label]

    async def _pages(self, dataset: Dataset) -> AsyncGenerator[Page, None]:
        """Yield pages in the order of ids or keys. The next one is read while one is written."""
        if dataset.name in self._few:
            yield sorted(self._few.pop(dataset.name), key=itemgetter("key"))
            return
        statement, given = self._statement(dataset)
        async with aclosing(self._following(statement, given)) as pages:
            async for page in pages:
                yield page

    async def _read_few(self, types: Sequence[str]) -> None:
        """Read the types of which there are few relationships."""
        self._few = {}
        numbers = dict(await self._value(cypher.TYPES.text))
        by, dated = self.wanted.rights.by_audience, self.wanted.day is not None
        together: list[str] = []
        for type_ in (each for each in types if numbers.get(each, 0) <= FEW):
            self._few[type_] = []
            together += [type_] if type_ in numbers else []
        while together:
            part: list[str] = []
            while together and sum(numbers[each] for each in (*part, together[-1])) <= TOGETHER:
                part.append(together.pop())
            page = await self._value(
                cypher.ties_of(by_audience=by, dated=dated).text, types=part, lasting=self._ending()
            )
            for each in page:
                self._few[each["type"]].append(each)

    async def _following(self, statement: str, given: dict[str, Any]) -> AsyncGenerator[Page, None]:
        first = FIRST
        coming = asyncio.ensure_future(self._value(statement, first=first, **given))
        try:
            while page := await coming:
                if len(page) == first:
                    first = _larger(page, first)
                    given["after"] = page[-1]["key"]
                    coming = asyncio.ensure_future(self._value(statement, first=first, **given))
                    yield page
                else:
                    yield page
                    return
        finally:
            if not coming.done():
                coming.cancel()
                await asyncio.gather(coming, return_exceptions=True)

    def _statement(self, dataset: Dataset) -> tuple[str, dict[str, Any]]:
        by, dated = self.wanted.rights.by_audience, self.wanted.day is not None
        if dataset.of_relationships:
            text = cypher.ties_after(dataset.name, by_audience=by, dated=dated).text
            return text, {"after": ""}
        spec = self.model.concepts[dataset.name]
        after, before = f"{spec.prefix}/", spec.prefix + AFTER_SLASH
        text = cypher.nodes(by_audience=by, dated=dated).text
        return text, {"after": after, "before": before, "lasting": spec.nature is Nature.STATE}

    def _ending(self) -> list[list[str]]:
        """Return of which types, and between which labels, relationships can end."""
        states = (spec for spec in self.model.relationships.values() if spec.nature is Nature.STATE)
        return [[spec.type, start, end] for spec in states for start in spec.start.labels for end in spec.end.labels]

    async def _value(self, statement: str, **given: Any) -> Any:
        parameters = {**self.wanted.rights.parameters(), **given}
        if self.wanted.day is not None:
            parameters |= {"day": self.wanted.day, "endings": self._ending()}
        async with self.places.at_database():
            return await self.chain.value(statement, {"q": parameters}, NAME)


def _larger(page: Page, first: int) -> int:
    """Return how many facts the next page may have, by the texts of this one."""
    size = sum(len(text) for each in page[:200] for text in each["properties"].values() if isinstance(text, str))
    each = 200 + size // min(len(page), 200)
    return max(FIRST, min(MOST, first * 2, BYTES // each))


def last_change(counted: Iterable[Counted]) -> datetime | None:
    """Return when the last of all facts was changed."""
    return max((each.changed for each in counted if each.changed), default=None)

"""Reading a data set. In: a session, rights, a Dataset. Out: its rows in pages, in flat memory, and what is counted of them."""

from collections.abc import AsyncGenerator, Iterable, Mapping
from contextlib import AbstractAsyncContextManager, aclosing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any, Protocol

from graph.access.rights import Rights
from graph.bolt.read import Chained
from graph.cypher import exports as cypher
from graph.export.datasets import Dataset
from graph.export.licences import Tally, Terms
from graph.export.rows import named_ids, node_row, relationship_row, spec_between
from schema.domain.evidence import LICENCE
from schema.model import Model

PAGE = 1_000
"""Facts of a page."""
MOST_REMEMBERED = 200_000
"""Ids of which it is remembered, while a data set is read, whether the viewer sees them."""
NAME = "export"
AFTER_SLASH = "0"
"""The character after the slash, which ends the prefix of an id."""
SOURCES = "sources"
Row = dict[str, Any]


class Places(Protocol):
    """Gives places at the database."""

    def at_database(self) -> AbstractAsyncContextManager[object]:
        """Wait for a place for one statement."""
        ...


@dataclass(frozen=True)
class State:
    """A place in the event log: the id of the log and the number of its last event."""

    log: str
    seq: int


@dataclass
class Reading:
    """Reads one data set as a viewer sees it, in a session."""

    chain: Chained
    rights: Rights
    model: Model
    places: Places
    tally: Tally = field(default_factory=Tally)
    rows: int = 0
    modified: datetime | None = None
    """When the last of the facts that were read was changed."""
    _visible: set[str] = field(default_factory=set)
    _hidden: set[str] = field(default_factory=set)

    async def pages(self, dataset: Dataset) -> AsyncGenerator[list[Row], None]:
        """Yield the rows in pages."""
        references = [prop.name for prop in dataset.references]
        read = self._relationships(dataset) if dataset.of_relationships else self._nodes(dataset)
        async with aclosing(read) as pages:
            async for page in pages:
                await self._look_up({id_ for each in page for id_ in named_ids(each["properties"], references)})
                yield [self._row(dataset, each) for each in page]

    async def _nodes(self, dataset: Dataset) -> AsyncGenerator[list[Any], None]:
        text = cypher.nodes_after(by_audience=self.rights.by_audience).text
        prefix = self.model.concepts[dataset.name].prefix
        after, before = f"{prefix}/", prefix + AFTER_SLASH
        while page := await self.value(text, after=after, before=before, first=PAGE):
            after = page[-1]["key"]
            yield page
            if len(page) < PAGE:
                return

    async def _relationships(self, dataset: Dataset) -> AsyncGenerator[list[Any], None]:
        """Yield pages in the order of the keys. To plan a statement for a type takes longer than to read a few of it."""
        few = cypher.some_relationships(by_audience=self.rights.by_audience).text
        page = await self.value(few, type=dataset.name, first=PAGE + 1)
        if len(page) <= PAGE:
            yield sorted(page, key=itemgetter("key"))
            return
        text, after = cypher.relationships_after(dataset.name, by_audience=self.rights.by_audience).text, ""
        while page := await self.value(text, after=after, first=PAGE):
            after = page[-1]["key"]
            yield page
            if len(page) < PAGE:
                return

    async def terms(self) -> tuple[Terms, ...]:
        """Return the terms of the rows that were read."""
        statement = cypher.visible_values(LICENCE, by_audience=self.rights.by_audience).text
        stated: dict[str, str | None] = {}
        for ids in _parts(sorted(self.tally.sources)):
            stated |= {each["id"]: each["value"] for each in await self.value(statement, ids=ids)}
        return self.tally.terms(stated)

    async def value(self, statement: str, **given: Any) -> Any:
        """Return the value of a statement, when it is its turn."""
        async with self.places.at_database():
            return await self.chain.value(statement, {"q": {**self.rights.parameters(), **given}}, NAME)

    async def _look_up(self, ids: set[str]) -> None:
        """Find out which of these ids the viewer may see."""
        if len(self._visible) + len(self._hidden) > MOST_REMEMBERED:
            self._visible.clear()
            self._hidden.clear()
        statement = cypher.visible_ids(by_audience=self.rights.by_audience).text
        for part in _parts(sorted(ids - self._visible - self._hidden)):
            found = set(await self.value(statement, ids=part))
            self._visible |= found
            self._hidden |= set(part) - found

    def _row(self, dataset: Dataset, read: Mapping[str, Any]) -> Row:
        columns = read["properties"]
        if dataset.of_relationships:
            ends = read["start"], read["end"]
            spec = spec_between(self.model, dataset.name, *ends)
            if spec is None:
                raise LookupError(f"{dataset.name} is not declared between the ends of {columns['id']}")
            row = relationship_row(columns, spec, ends, self._visible)
        else:
            row = node_row(columns, self.model.concepts[dataset.name], self._visible)
        self.tally.count(row.get(SOURCES, ()))
        self.rows += 1
        changed = moment(columns["updatedAt"])
        self.modified = changed if self.modified is None else max(self.modified, changed)
        return row


async def state(chain: Chained, places: Places) -> State:
    """Return the place at the end of the log."""
    async with places.at_database():
        found = await chain.value(cypher.STATE.text, {"q": {}}, NAME)
    return State(found["log"], found["seq"])


async def touched(chain: Chained, places: Places, after: int, until: int) -> frozenset[str]:
    """Return the labels and types that were written between two places."""
    async with places.at_database():
        found = await chain.value(cypher.TOUCHED.text, {"q": {"after": after, "until": until}}, NAME)
    return frozenset(found)


def moment(stored: Any) -> datetime:
    """Return a stored time in whole seconds, in which HTTP and catalogues show it."""
    exact: datetime = stored.to_native()
    return exact.astimezone(UTC).replace(microsecond=0)


def _parts(ids: list[str]) -> Iterable[list[str]]:
    return (ids[at : at + PAGE] for at in range(0, len(ids), PAGE))

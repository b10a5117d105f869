"""How facts are written. In: statements and batches. Out: records and counts; a unit of work is one transaction."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from neo4j import AsyncDriver, AsyncTransaction
from neo4j.spatial import WGS84Point

from graph.bolt.codes import FAILURES, code, is_memory, is_worth_another_try
from graph.bolt.connect import Address, DatabaseUnavailable, open_async_driver
from graph.cypher.fragments import Fragment

Made = TypeVar("Made")


TRIES = 6
PAUSE = 0.05
CONNECTIONS = 4
"""How many transactions of one writer may be under way at once."""


class UnitTooLarge(Exception):
    """A unit of work needs more memory than the database gives to one transaction."""


@dataclass(frozen=True)
class Point:
    """A place on the globe on its way into the database, in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True)
class Changed:
    """A fact that was changed, and the columns that were removed from it or replaced in it."""

    id: str
    gone: tuple[str, ...] = ()
    altered: tuple[str, ...] = ()


@dataclass(frozen=True)
class Written:
    """What a batch did; `first_changed` are the first facts that it changed."""

    created: int
    changed: int
    first_changed: tuple[Changed, ...] = ()


@dataclass(frozen=True)
class Unit:
    """One transaction under way."""

    transaction: AsyncTransaction = field(repr=False)

    async def write(self, text: Fragment, rows: Sequence[dict[str, Any]], **more: Any) -> Written:
        """Write a batch of rows."""
        result = await self.transaction.run(text.text, {"q": {"rows": [_native(row) for row in rows], **more}})
        record = await result.single()
        counters = (await result.consume()).counters
        created = counters.nodes_created + counters.relationships_created
        if record is None:
            return Written(created, 0)
        first = (Changed(each["id"], tuple(each["gone"]), tuple(each["altered"])) for each in record["first_changed"])
        return Written(created, record["changed"], tuple(first))

    async def run(self, text: Fragment, **values: Any) -> list[dict[str, Any]]:
        """Run a statement and return its records."""
        result = await self.transaction.run(text.text, {"q": values})
        return [record.data() async for record in result]


@dataclass(frozen=True)
class Writer:
    """Writes to one database."""

    driver: AsyncDriver = field(repr=False)
    database: str

    async def unit(self, work: Callable[[Unit], Awaitable[Made]]) -> Made:
        """Do work in one transaction, and again in another one if the error may pass.

        Raise UnitTooLarge if it needs more memory than one transaction may have, DatabaseUnavailable for other failures.
        """
        attempt = 0
        while True:
            attempt += 1
            try:
                return await self._once(work)
            except FAILURES as error:
                if is_memory(error):
                    raise UnitTooLarge from error
                if attempt == TRIES or not is_worth_another_try(error):
                    raise DatabaseUnavailable(_reason(error)) from error
                await asyncio.sleep(PAUSE * 2**attempt)

    async def _once(self, work: Callable[[Unit], Awaitable[Made]]) -> Made:
        async with (
            self.driver.session(database=self.database) as session,
            await session.begin_transaction() as transaction,
        ):
            made = await work(Unit(transaction))
            await transaction.commit()
            return made

    async def read(self, text: Fragment, **values: Any) -> list[dict[str, Any]]:
        """Run one statement in a transaction and return its records."""
        return await self.unit(lambda unit: unit.run(text, **values))

    async def alone(self, text: Fragment, **values: Any) -> None:
        """Run a statement that must not be in a transaction with others, such as `CALL ... IN TRANSACTIONS`."""
        try:
            async with self.driver.session(database=self.database) as session:
                await (await session.run(text.text, {"q": values})).consume()
        except FAILURES as error:
            raise DatabaseUnavailable(_reason(error)) from error


@asynccontextmanager
async def open_writer(address: Address) -> AsyncIterator[Writer]:
    """Open a writer on the database of an address."""
    async with open_async_driver(address, CONNECTIONS) as driver:
        yield Writer(driver, address.database)


def _native(row: dict[str, Any]) -> dict[str, Any]:
    """Turn points into the driver's own."""
    properties = row["properties"]
    points = {k: WGS84Point((p.longitude, p.latitude)) for k, p in properties.items() if isinstance(p, Point)}
    return {**row, "properties": {**properties, **points}} if points else row


def _reason(error: Exception) -> str:
    return f"The database could not do what was asked ({code(error)})."

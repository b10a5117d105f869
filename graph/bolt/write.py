"""How facts are written. In: statements and batches. Out: records and counts; a unit of work is one transaction."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from math import inf
from typing import Any, TypeVar

from neo4j import AsyncDriver
from neo4j.spatial import WGS84Point

from graph.bolt.changes import EVERYTHING, Changes, Hold
from graph.bolt.codes import FAILURES, code, is_memory, is_unacknowledged, is_unknown, is_worth_another_try
from graph.bolt.connect import Address, DatabaseUnavailable, open_async_driver
from graph.bolt.lane.lane import Lane
from graph.bolt.lane.transaction import LaneTransaction
from graph.bolt.transaction import DriverTransaction, Transaction
from graph.cypher.fragments import Fragment

Made = TypeVar("Made")
Batch = tuple[Fragment, Sequence[dict[str, Any]], dict[str, Any]]
"""A statement that writes rows, the rows, and more parameters."""


TRIES = 12
SECONDS = 30.0
"""Limits of trying again: the number of tries, and the time after the first failure. A cluster elects within 20 seconds."""
PAUSE, LONGEST_PAUSE = 0.1, 5.0
"""Seconds before the second try, doubled with each try up to the longest."""
UNKNOWN_TRIES = 6
"""Tries of what failed for no reason that the database can name; 3 seconds in all."""
CONNECTIONS = 4
"""How many transactions of one writer may be under way at once."""


class NotTaken(DatabaseUnavailable):
    """The database took a unit of work in none of its tries, for a reason that any other unit would meet too."""


class UnitTooLarge(Exception):
    """A unit of work needs more memory than the database gives to one transaction."""


@dataclass(frozen=True)
class Point:
    """A place on the globe on its way into the database, in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True)
class Changed:
    """A fact that was changed: the columns that were removed, replaced and added, and what it was before.

    `level` and `audience` are those before. `referred` has the former values of the columns that were asked for.
    """

    id: str
    gone: tuple[str, ...] = ()
    altered: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    level: int = 0
    audience: str = ""
    referred: tuple[Any, ...] = field(default=(), hash=False)


@dataclass(frozen=True)
class Written:
    """What a batch did: the ids of the facts that it created, and the facts that it changed, in the order of the rows."""

    created: tuple[str, ...] = ()
    changed: tuple[Changed, ...] = ()


@dataclass(frozen=True)
class Unit:
    """One transaction under way. `touched` are the labels and types of the facts that it creates, changes or deletes."""

    transaction: Transaction = field(repr=False)
    touched: set[str] = field(default_factory=set, repr=False, hash=False)

    async def write(self, text: Fragment, rows: Sequence[dict[str, Any]], **more: Any) -> Written:
        """Write a batch of rows."""
        return (await self.write_all([(text, rows, more)]))[0]

    async def write_all(self, batches: Sequence[Batch]) -> list[Written]:
        """Write batches in their order; they are sent at once."""
        sent = [(text.text, {"q": {"rows": [_native(row) for row in rows], **more}}) for text, rows, more in batches]
        return [_written(records) for records in await self.transaction.all(sent)]

    async def run(self, text: Fragment, **values: Any) -> list[dict[str, Any]]:
        """Run a statement and return its records."""
        return await self.transaction.run(text.text, {"q": values})

    async def run_all(self, statements: Sequence[tuple[Fragment, dict[str, Any]]]) -> list[list[dict[str, Any]]]:
        """Run statements that are sent at once, in their order, and return the records of each."""
        return await self.transaction.all([(text.text, {"q": values}) for text, values in statements])

    async def tell(self, text: Fragment, **values: Any) -> None:
        """Run a statement whose records nobody needs. It may be sent later, with another one, but before the commit."""
        await self.transaction.tell(text.text, {"q": values})

    async def value(self, text: str, parameters: dict[str, Any], ids: str | None = None) -> Any:
        """Return the one value of the one record of a statement, with what this transaction has written.

        `ids` names the parameter with ids by which it finds facts: the value may have rows of other facts too.
        """
        (record,) = await self.transaction.run(text, parameters, ids)
        (value,) = record.values()
        return value


@dataclass(frozen=True)
class Writer:
    """Writes to one database, over the lane if there is one.

    `changes` is told what each commit changes, before it is sent and when its outcome is known.
    """

    driver: AsyncDriver = field(repr=False)
    database: str
    tries: int = TRIES
    seconds: float = SECONDS
    changes: Changes = field(default_factory=Changes, repr=False, compare=False)
    lane: Lane | None = field(default=None, repr=False)

    async def unit(self, work: Callable[[Unit], Awaitable[Made]]) -> Made:
        """Do work in one transaction, and again in another one if the error may pass.

        Work must do the same if it is done twice: a commit may be stored although its acknowledgement was lost.
        Raise UnitTooLarge if it needs more memory than one transaction may have, DatabaseUnavailable for other failures.
        """
        try:
            # Until the last try has ended: one before it may be stored without acknowledgement.
            with self.changes.committing() as hold:
                return await self._tried(lambda: self._once(work, hold))
        except FAILURES as error:
            raise UnitTooLarge from error

    async def _tried(self, work: Callable[[], Awaitable[Made]]) -> Made:
        """Do work until it succeeds or a limit is reached; the driver asks for the leader again after each failure.

        Raise an error about memory as it is, DatabaseUnavailable for others.
        """
        attempt, until = 0, inf
        while True:
            attempt += 1
            try:
                return await work()
            except FAILURES as error:
                if is_memory(error):
                    raise
                now = time.monotonic()
                until = min(until, now + self.seconds)
                # Several loaders that lost the same leader are not to come back at the same moment.
                pause = min(PAUSE * 2 ** (attempt - 1), LONGEST_PAUSE) * random.uniform(0.8, 1.2)  # noqa: S311
                if not is_worth_another_try(error) and not (is_unknown(error) and attempt < UNKNOWN_TRIES):
                    raise DatabaseUnavailable(_refusal(error)) from error
                if attempt == self.tries or now + pause > until:
                    raise NotTaken(_given_up(error, attempt, now - until + self.seconds)) from error
                await asyncio.sleep(pause)

    async def _once(self, work: Callable[[Unit], Awaitable[Made]], hold: Hold) -> Made:
        if self.lane is not None and self.lane.writes:
            return await _over(self.lane.transaction(), work, hold)
        async with (
            self.driver.session(database=self.database) as session,
            await session.begin_transaction() as transaction,
        ):
            unit = Unit(DriverTransaction(transaction))
            made = await work(unit)
            hold(unit.touched)
            await transaction.commit()
            return made

    async def read(self, text: Fragment, **values: Any) -> list[dict[str, Any]]:
        """Run one statement in a transaction and return its records."""
        return await self.unit(lambda unit: unit.run(text, **values))

    async def alone(self, text: Fragment, **values: Any) -> None:
        """Run a statement that must not be in a transaction with others, such as `CALL ... IN TRANSACTIONS`.

        It must do the same if it is done twice. Raise DatabaseUnavailable.
        """

        async def once() -> None:
            async with self.driver.session(database=self.database) as session:
                await (await session.run(text.text, {"q": values})).consume()

        try:
            with self.changes.committing() as hold:
                hold((EVERYTHING,))
                await self._tried(once)
        except FAILURES as error:
            raise DatabaseUnavailable(_refusal(error)) from error


async def _over(transaction: LaneTransaction, work: Callable[[Unit], Awaitable[Made]], hold: Hold) -> Made:
    unit = Unit(transaction)
    try:
        made = await work(unit)
        hold(unit.touched)
        await transaction.commit()
    except Exception:  # whatever the work raised, nothing of it is to be stored
        await transaction.rollback()
        raise
    except BaseException:
        # Who is cancelled waits for no answer; the server ends what it does when the connection is closed.
        transaction.kill()
        raise
    return made


@asynccontextmanager
async def open_writer(address: Address) -> AsyncIterator[Writer]:
    """Open a writer on the database of an address."""
    async with open_async_driver(address, CONNECTIONS) as driver:
        yield Writer(driver, address.database)


def _written(records: Sequence[dict[str, Any]]) -> Written:
    if not records:
        return Written()
    (record,) = records
    return Written(tuple(record.get("created", ())), tuple(_changed(each) for each in record["changed"]))


def _changed(record: dict[str, Any]) -> Changed:
    columns: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in record.items()}
    return Changed(**columns)


def _native(row: dict[str, Any]) -> dict[str, Any]:
    """Turn points into the driver's own."""
    properties = row["properties"]
    points = {k: WGS84Point((p.longitude, p.latitude)) for k, p in properties.items() if isinstance(p, Point)}
    return {**row, "properties": {**properties, **points}} if points else row


def _refusal(error: Exception) -> str:
    return f"The database refused the statement ({code(error)}). The same again would be refused too."


def _given_up(error: Exception, tries: int, seconds: float) -> str:
    tried = f"The database did not take the write in {tries} tries and {seconds:.0f} s ({code(error)})."
    if is_unacknowledged(error):
        return f"{tried} The last try may be stored. Run the command again: what is stored is not stored twice."
    return f"{tried} Has the cluster a leader, and does the database run? Nothing of the last transaction is stored."

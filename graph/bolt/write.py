"""How facts are written. In: statements and batches. Out: counts; the good rows of a unit commit together or not at all."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from neo4j import Driver, Transaction
from neo4j.spatial import WGS84Point

from graph.bolt.codes import FAILURES, code, is_memory, is_worth_another_try
from graph.bolt.connect import Address, DatabaseUnavailable, open_driver
from graph.cypher.fragments import Fragment

Made = TypeVar("Made")


TRIES = 6
PAUSE = 0.05


class UnitTooLarge(Exception):
    """A unit of work does not fit into the memory that the database gives to one transaction."""


@dataclass(frozen=True)
class Point:
    """A place on the globe on its way into the database, in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True)
class Written:
    """What a batch did; `some` are the ids of the first facts that it changed."""

    created: int
    changed: int
    some: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unit:
    """One transaction under way."""

    transaction: Transaction = field(repr=False)

    def write(self, text: Fragment, rows: Sequence[dict[str, Any]], **more: Any) -> Written:
        """Write a batch of rows."""
        result = self.transaction.run(text.text, {"q": {"rows": [_native(row) for row in rows], **more}})
        record = result.single()
        counters = result.consume().counters
        created = counters.nodes_created + counters.relationships_created
        return Written(created, record["changed"], tuple(record["some"])) if record else Written(created, 0)

    def run(self, text: Fragment, **values: Any) -> list[dict[str, Any]]:
        """Run a statement and return its records."""
        return [record.data() for record in self.transaction.run(text.text, {"q": values})]


@dataclass(frozen=True)
class Writer:
    """Writes to one database."""

    driver: Driver = field(repr=False)
    database: str

    def unit(self, work: Callable[[Unit], Made]) -> Made:
        """Do work in one transaction, again where the database asks for it.

        Raise UnitTooLarge where it does not fit into a transaction's memory, DatabaseUnavailable where it cannot be done.
        """
        attempt = 0
        while True:
            attempt += 1
            try:
                return self._once(work)
            except FAILURES as error:
                if is_memory(error):
                    raise UnitTooLarge from error
                if attempt == TRIES or not is_worth_another_try(error):
                    raise DatabaseUnavailable(_reason(error)) from error
                time.sleep(PAUSE * 2**attempt)

    def _once(self, work: Callable[[Unit], Made]) -> Made:
        with self.driver.session(database=self.database) as session, session.begin_transaction() as transaction:
            made = work(Unit(transaction))
            transaction.commit()
            return made

    def read(self, text: Fragment, **values: Any) -> list[dict[str, Any]]:
        """Run a statement that reads."""
        return self.unit(lambda unit: unit.run(text, **values))

    def alone(self, text: Fragment) -> None:
        """Run a statement that wants a transaction of its own."""
        try:
            with self.driver.session(database=self.database) as session:
                session.run(text.text).consume()
        except FAILURES as error:
            raise DatabaseUnavailable(_reason(error)) from error


@contextmanager
def open_writer(address: Address) -> Iterator[Writer]:
    """Open a writer on the database of an address."""
    with open_driver(address) as driver:
        yield Writer(driver, address.database)


def _native(row: dict[str, Any]) -> dict[str, Any]:
    """Turn points into the driver's own."""
    properties = row["properties"]
    points = {k: WGS84Point((p.longitude, p.latitude)) for k, p in properties.items() if isinstance(p, Point)}
    return {**row, "properties": {**properties, **points}} if points else row


def _reason(error: Exception) -> str:
    return f"The database could not do what was asked ({code(error)})."

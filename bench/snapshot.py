"""A snapshot, against Neo4j's import alone and the bare driver's reading of the same columns. In: a database. Out: seconds."""

import asyncio
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

from neo4j import READ_ACCESS

from app.cli.export import AtOnce
from bench.compiler import RIGHTS
from bench.promises import most
from bench.questions import visible
from graph.bolt.connect import Address, open_async_driver, open_driver
from graph.bolt.read import Reader, Sessions
from graph.export.datasets import Dataset, datasets
from graph.managed import admin
from graph.managed.home import prepare, write_conf
from graph.managed.server import free_port
from graph.managed.settings import ManagedSettings
from graph.snapshot import database
from graph.snapshot.columns import stored_columns
from graph.snapshot.make import Maker, Wishes
from graph.snapshot.read import Copy, Wanted
from graph.snapshot.tables import CSV
from schema.model import model

PROMISED, SECONDS = 1.5, 300.0


@dataclass(frozen=True)
class Snapshot:
    """Seconds of a whole snapshot and of its reading; of Neo4j's import alone; of the bare driver; and how many facts."""

    whole: float
    reading: float
    importing: float
    driver: float
    facts: int

    @property
    def ratio(self) -> float:
        """Return how long a snapshot takes against import and driver together."""
        return self.whole / (self.importing + self.driver)


def measure(address: Address, common: ManagedSettings) -> Snapshot:
    """Take a snapshot of a database, once."""
    with tempfile.TemporaryDirectory(prefix="citygraph-bench-snapshot-") as folder:
        return _measured(address, common, Path(folder))


def _measured(address: Address, common: ManagedSettings, folder: Path) -> Snapshot:
    begun, told = time.perf_counter(), dict[str, float]()
    copies: list[Copy] = []

    def step(name: str) -> None:
        told.setdefault(name, time.perf_counter() - begun)

    async def ours() -> int:
        async with Sessions(open_async_driver(address, 2), address.database) as sessions:
            maker = _Kept(Reader(sessions, SECONDS), model(), AtOnce(), common, step=step, copies=copies)
            return (await maker.make(folder / "taken", Wishes(Wanted(RIGHTS), "bench"))).facts

    facts = asyncio.run(ours())
    whole = time.perf_counter() - begun
    (copy,) = copies
    settings = replace(common, data=folder / "alone")
    home = prepare(settings)
    write_conf(home, settings, free_port())
    begun = time.perf_counter()
    admin.run(settings, home, database.arguments(copy), folder / "taken" / CSV)
    importing = time.perf_counter() - begun
    begun = time.perf_counter()
    read = _by_hand(address, [each for each in datasets(model()).values() if copy.counted[each.name].rows])
    if read != facts:
        raise AssertionError(f"the driver read {read:,} facts, the snapshot has {facts:,}")
    return Snapshot(whole, told["checksums"], importing, time.perf_counter() - begun, facts)


@dataclass(frozen=True)
class _Kept(Maker):
    """Keeps what was read, because the import alone needs to know which files there are."""

    copies: list[Copy] | None = None

    async def _fill(self, made_in: Path, folder: Path, wishes: Wishes, copy: Copy) -> None:
        assert self.copies is not None
        self.copies.append(copy)
        await super()._fill(made_in, folder, wishes, copy)


def _by_hand(address: Address, wanted: list[Dataset]) -> int:
    """Read the same columns as an analyst would: one statement for each label and type, record by record."""
    facts = 0
    with (
        open_driver(address) as driver,
        driver.session(database=address.database, default_access_mode=READ_ACCESS) as session,
    ):
        for dataset in wanted:
            columns = ", ".join(f"x.{column.name}" for column in stored_columns(dataset))
            if dataset.of_relationships:
                text = f"MATCH (a:Fact)-[x:{dataset.name}]->(b:Fact) WHERE {visible('x', 'a', 'b')} "
                text += f"RETURN a.id, b.id, x.id, {columns}"
            else:
                text = f"MATCH (x:{dataset.name}) WHERE {visible('x')} RETURN x.id, {columns}"
            rows = [record.values() for record in session.run(text, RIGHTS.parameters())]
            facts += len(rows)
    return facts


def section(of: Snapshot) -> str:
    """Return the section of the results about snapshots."""
    return f"""## A snapshot

Of {of.facts:,} facts, once: read, written as CSV and Parquet, imported, with constraints and indexes; against Neo4j's import of
the same files alone, and the bare driver that reads the same columns, one after the other.

| | s |
| --- | --- |
| a snapshot | {of.whole:.1f} |
| of it until all is read and written | {of.reading:.1f} |
| `neo4j-admin database import` alone | {of.importing:.1f} |
| the bare driver's reading | {of.driver:.1f} |

| | measured | promised | holds |
| --- | --- | --- | --- |
| a snapshot against both together | {most(of.ratio, PROMISED)} |"""

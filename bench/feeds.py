"""Loading against the bare driver, and a feed that has not changed against its first run. In: a database. Out: rates and times.

The driver sends the same batches with the same statements, made before its time begins. It reads and checks nothing. The feed
runs in a process of its own: that of the benchmarks holds other graphs, and its memory would say nothing.
"""

import asyncio
import csv
import json
import multiprocessing
import re
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from neo4j import AsyncDriver, AsyncManagedTransaction

from app.feeds.administration import Feeds, Wish
from bench.compiler import settle
from bench.network import SECRET
from bench.writes import LOG_MANY_BY_HAND
from graph.bolt.connect import Address, open_async_driver
from graph.bolt.write import Writer
from graph.cypher import facts as cypher
from graph.facts.check import check
from graph.facts.rows import Row
from graph.facts.write import Stamp, batches, now, sent
from graph.load.feed import Outcome
from graph.load.feeding import Report
from graph.load.run import load
from schema.model import model

ROUNDS, FILES, VISITS, RECORDS = 3, 4, 10_000, 100_000
STATED = {"confidence": "REPORTED", "sources": ["source/bench"], "marking": "CLEAR"}
SOURCE = {"label": "Source", "id": "source/bench", "title": "Bench", "confidence": "REPORTED"}
CITY = {"label": "City", "id": "city/bench-host", "name": "Host", "confidence": "REPORTED", "sources": ["source/bench"]}
CONFIG = """
feed: bench
from: {kind: csv, path: visits.csv}
source: {title: Visits of a portal, licence: CC0-1.0}
key: no
facts:
  - concept: Visit
    title: title
    kind: {value: STUDY_TOUR}
    status: {value: HELD}
    since: {column: day, format: "%Y-%m-%d"}
    delegates: people
    note: note
"""


@dataclass(frozen=True)
class Rates:
    """Rows in a second: loaded, and sent by the bare driver with the event log and without it."""

    loaded: float
    with_log: float
    without_log: float


@dataclass(frozen=True)
class Fed:
    """Rates of loading, a round each. Seconds of the first run of a feed and of the next, which finds nothing new.

    `read` are the seconds of both until all records were read.

    `memory` is the most that the process of the feed had after the first tenth of the first run and after all of it, in MiB.
    """

    rates: list[Rates]
    first: float
    again: float
    read: tuple[float, float]
    memory: tuple[float, float]


def measure(address: Address) -> Fed:
    """Measure loads in a new event loop, then a feed in a new process."""
    rates = asyncio.run(_loaded(address))
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as own:
        return Fed(rates, *own.submit(_fed, address).result())


async def _loaded(address: Address) -> list[Rates]:
    async with open_async_driver(address, 8) as driver:
        with tempfile.TemporaryDirectory(prefix="citygraph-bench-") as folder:
            return await _files(driver, Writer(driver, address.database), Path(folder))


Times = tuple[float, float, tuple[float, float], tuple[float, float]]
"""What `Fed` has of a feed."""


def _fed(address: Address) -> Times:
    """Run a feed in a new event loop."""

    async def fed() -> Times:
        async with open_async_driver(address, 8) as driver:
            with tempfile.TemporaryDirectory(prefix="citygraph-bench-") as folder:
                return await _feed(Writer(driver, address.database), Path(folder))

    return asyncio.run(fed())


async def _files(driver: AsyncDriver, writer: Writer, folder: Path) -> list[Rates]:
    """Load files, and send others with the bare driver, in turn. The first turn only warms."""
    await _load(writer, [_file(folder, "source", [SOURCE, CITY])])
    rates = list[Rates]()
    for at in range(ROUNDS + 1):
        files = [_file(folder, f"ours-{at}-{n}", list(_rows(f"ours-{at}-{n}"))) for n in range(FILES)]
        sending = {
            log: [_batches(list(_rows(f"{log}-{at}-{n}")), log=log) for n in range(FILES)] for log in (True, False)
        }
        settle()
        ours = await _load(writer, files)
        took = {log: await _send(driver, writer.database, each) for log, each in sending.items()}
        if at:
            rates.append(Rates(*(2 * VISITS * FILES / seconds for seconds in (ours, took[True], took[False]))))
    return rates


def _rows(name: str) -> Iterator[dict[str, Any]]:
    """Yield visits and their hosts, as many of both."""
    for n in range(VISITS):
        visit = f"visit/bench-{name}-{n}"
        yield {"label": "Visit", "id": visit, "title": f"Visit {n} of {name}", "kind": "STUDY_TOUR", "status": "HELD",
               "since": f"20{n % 25:02}-0{1 + n % 9}", "delegates": n % 90, "note": "Seen.", **STATED}  # fmt: skip
        yield {"type": "HOSTED_BY", "from": visit, "to": CITY["id"], **STATED}


def _file(folder: Path, name: str, rows: list[dict[str, Any]]) -> Path:
    path = folder / f"bench-{name}.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


async def _load(writer: Writer, paths: list[Path]) -> float:
    begun = time.perf_counter()
    for report in await load(paths, writer, model(), Stamp(SECRET, now()), lambda _: None):
        assert not report.diff.problems, report.diff.problems[:3]
    return time.perf_counter() - begun


Sending = list[tuple[str, dict[str, Any]]]


def _batches(rows: list[dict[str, Any]], *, log: bool) -> Sending:
    """Return the statements and parameters that a load of rows sends for its facts, with or without their events."""
    stamp, made = Stamp(SECRET, now()), list[tuple[str, dict[str, Any]]]()
    facts = check([Row(str(at), row) for at, row in enumerate(rows)], model()).facts
    for of, batch in batches(facts):
        text = cypher.write_relationships(of) if batch[0].start else cypher.write_nodes(of)
        references = sorted({name for fact in batch for name in fact.references})
        values = {"rows": [sent(fact, stamp) for fact in batch], "now": stamp.now, "references": references}
        made.append((text.text, {"q": values}))
        if log:
            made.append((LOG_MANY_BY_HAND, {"rows": [{"id": fact.id} for fact in batch], "now": stamp.now}))
    return made


async def _send(driver: AsyncDriver, database: str, files: list[Sending]) -> float:
    """Send the batches of files, each file in a transaction."""
    begun = time.perf_counter()
    async with driver.session(database=database) as session:
        for sending in files:

            async def work(transaction: AsyncManagedTransaction, sending: Sending = sending) -> None:
                for text, values in sending:
                    await (await transaction.run(text, values)).consume()

            await session.execute_write(work)
    return time.perf_counter() - begun


async def _feed(writer: Writer, folder: Path) -> Times:
    """Run a feed, and again over a file with other bytes and the same records."""
    with (folder / "visits.csv").open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(["no", "title", "day", "people", "note"])
        lines.writerows([n, f"Visit {n}", f"2026-0{1 + n % 9}-11", n % 90, "As told."] for n in range(RECORDS))
    (folder / "feed.yaml").write_text(CONFIG, encoding="utf-8")
    feeds = Feeds(writer, model(), SECRET, folder / "spools")
    await feeds.add(folder / "feed.yaml")
    early, until_read = [0.0], [0.0]

    def progress(stage: str, done: int, of: int | None) -> None:
        if stage == "Reading":
            until_read[0] = time.perf_counter()
        elif of and done * 10 <= of:
            early[0] = _memory()

    async def timed() -> tuple[float, float, Report]:
        settle()
        begun = time.perf_counter()
        report = await _run(feeds, progress)
        return time.perf_counter() - begun, until_read[0] - begun, report

    first, read, _ = await timed()
    late = _memory()
    with (folder / "visits.csv").open("a", encoding="utf-8") as file:
        file.write("\n")
    again, read_again, report = await timed()
    assert report.counts.same == RECORDS, report
    return first, again, (read, read_again), (early[0], late)


async def _run(feeds: Feeds, progress: Any) -> Report:
    report = await feeds.run("bench", Wish(), progress)
    assert report.outcome is Outcome.DONE, report
    return report


def _memory() -> float:
    """Return the most memory that this process had, in MiB.

    `getrusage` would also count the process that started this one: Linux keeps its number across the exec.
    """
    found = re.search(r"^VmHWM:\s+(\d+) kB$", Path("/proc/self/status").read_text(encoding="ascii"), re.MULTILINE)
    assert found is not None
    return int(found[1]) / 1024

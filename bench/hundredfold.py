"""The same questions on a graph of a hundred times the size, which `neo4j-admin database import` fills. Out: times and memory.

Both graphs have servers of their own that run at the same time with the same memory, and are asked in turn.
"""

import asyncio
import csv
import random
import statistics
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import psutil

from bench import network
from bench.beside import OFF, graphql
from bench.graphs import managed
from bench.promises import most, ms
from bench.questions import MEDIUM, SMALL, Measured
from bench.serving import OURS, Running, put_load, server
from graph.bolt.connect import Address, change_password, check
from graph.bolt.write import open_writer
from graph.facts.migrate import migrate
from graph.managed import admin, fetch
from graph.managed.home import prepare, write_conf
from graph.managed.lease import acquire
from graph.managed.server import free_port
from graph.managed.settings import ManagedSettings
from schema.model import model

TIMES, ROUNDS, SECONDS, WARM_SECONDS = 100, 9, 2.0, 30.0
PAGE_CACHE = "6g"
PROMISED, MEMORY = 1.2, 1.1
_ALIKE = (
    "key",
    "marking:int",
    "level:int",
    "audience",
    "confidence",
    "_digest",
    "recordedAt:datetime",
    "updatedAt:datetime",
)
_BEGUN = ("since", "sinceDay:date", "sinceLastDay:date")
NODES = {
    "Fact;City": (":ID", "id", *_ALIKE, "name"),
    "Fact;Person": (":ID", "id", *_ALIKE, "name", "kind", "sector", *_BEGUN),
}
TIES = {
    "LIVES_IN": (":START_ID", ":END_ID", "id", *_ALIKE),
    "TRUSTS": (":START_ID", ":END_ID", "id", *_ALIKE, "strength:int", "wave", *_BEGUN),
}
Row = list[Any]


@dataclass
class Place:
    """What our server did on one graph: the seconds of its answers to each question, and its resident memory in MiB."""

    took: dict[str, list[float]] = field(default_factory=lambda: {SMALL.name: [], MEDIUM.name: []})
    memory: float = 0.0


@dataclass(frozen=True)
class Hundredfold:
    """Both graphs; `people` and `ties` are those of the larger one."""

    normal: Place
    large: Place
    people: int
    ties: int


def measure(times: int = TIMES) -> Hundredfold:
    """Fill both graphs in the same way and ask in turn."""
    with tempfile.TemporaryDirectory(prefix="citygraph-bench-") as folder, ExitStack() as stack:
        counts, servers = [], []
        for cities in (network.CITIES, network.CITIES * times):
            address, count = stack.enter_context(_graph(Path(folder, str(cities)), cities))
            counts.append(count)
            servers.append((cities, stack.enter_context(server(OURS, address, **OFF))))
        places = Place(), Place()
        _ask(servers, places)
        return Hundredfold(*places, network.CITIES * times * network.PER_CITY, counts[1])


def _ask(servers: list[tuple[int, Running]], places: tuple[Place, Place]) -> None:
    sides = list(zip(servers, places, strict=True))
    for of in (SMALL, MEDIUM):
        for (cities, running), _ in sides:
            put_load(running.port, WARM_SECONDS, _bodies(of, cities, 0), 1)
        for at in range(ROUNDS):
            for (cities, running), place in sides if at % 2 else reversed(sides):
                place.took[of.name] += put_load(running.port, SECONDS, _bodies(of, cities, at + 1), 1)["latencies"]
    for (_, running), place in sides:
        place.memory = psutil.Process(running.pid).memory_info().rss / 2**20


def _bodies(of: Measured, cities: int, seed: int) -> list[str]:
    """Return questions for people and cities anywhere in the graph, others for each seed."""
    dice = random.Random(seed)
    if of is SMALL:
        return [graphql(of, {"id": f"person/{dice.randrange(cities * network.PER_CITY)}"}) for _ in range(2_000)]
    return [graphql(of, {"id": f"city/x-x-{dice.randrange(cities)}"}) for _ in range(500)]


@contextmanager
def _graph(data: Path, cities: int) -> Iterator[tuple[Address, int]]:
    """Import a generated graph and run its server; yield its address and the number of its relationships."""
    settings = replace(managed(data), page_cache=PAGE_CACHE)
    ties = _import(settings, cities)
    with acquire(settings, check, change_password) as lease:
        address = Address(lease.uri, lease.username, lease.password)
        asyncio.run(_make_rules(address))
        yield address, ties


async def _make_rules(address: Address) -> None:
    async with open_writer(address) as writer:
        await migrate(replace(writer, seconds=1_200.0), model(), network.SECRET)


def _import(settings: ManagedSettings, cities: int) -> int:
    fetch.fetch(settings.jars)
    home = prepare(settings)
    write_conf(home, settings, free_port())
    with tempfile.TemporaryDirectory(prefix="citygraph-bench-csv-", dir=settings.data) as name:
        folder, ties = Path(name), 0
        given = []
        for labels, rows in zip(NODES, _nodes(cities), strict=True):
            _write(folder / f"{labels}.csv", NODES[labels], rows)
            given.append(f"--nodes={labels.replace(';', ':')}={labels}.csv")
        for type_, rows in zip(TIES, _ties(cities), strict=True):
            ties += _write(folder / f"{type_}.csv", TIES[type_], rows)
            given.append(f"--relationships={type_}={type_}.csv")
        whole = ("database", "import", "full", "neo4j", "--overwrite-destination=true", "--id-type=string", *given)
        admin.run(settings, home, whole, folder)
    home.imported_file.touch(mode=0o600)
    return ties


def _write(path: Path, head: Iterable[str], rows: Iterable[Row]) -> int:
    """Write rows as CSV; return how many."""
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(head)
        for count, row in enumerate(rows, 1):  # noqa: B007  # the last is returned
            writer.writerow(row)
    return count


def _alike(id_: str, closed: bool) -> Row:
    marking, audience = (2, "2:x-x-0") if closed else (0, "0")
    now = network.NOW.isoformat()
    return [id_, id_, marking, marking, audience, "UNVERIFIED", "x", now, now]


def _begun(year: int | None) -> Row:
    return ["", "", ""] if year is None else [year, f"{year}-01-01", f"{year}-12-31"]


def _nodes(cities: int) -> tuple[Iterator[Row], Iterator[Row]]:
    dice = random.Random(1)
    towns = ([n, *_alike(f"city/x-x-{n}", False), f"City {n:04}"] for n in range(cities))
    return _keyed("city/x-x-", towns), _keyed("person/", _people(cities * network.PER_CITY, dice))


def _keyed(stem: str, rows: Iterable[Row]) -> Iterator[Row]:
    return ([f"{stem}{row[0]}", *row[1:]] for row in rows)


def _people(people: int, dice: random.Random) -> Iterator[Row]:
    for n in range(people):
        id_, name, closed, year, sector = network.person(n, dice)
        yield [n, *_alike(id_, closed), name, "NAMED", sector, *_begun(year)]


def _ties(cities: int) -> tuple[Iterator[Row], Iterator[Row]]:
    people = cities * network.PER_CITY
    return _lives_in(people, random.Random(2)), _trusts(people, random.Random(3))


def _lives_in(people: int, dice: random.Random) -> Iterator[Row]:
    for n in range(people):
        one, other = f"person/{n}", f"city/x-x-{n // network.PER_CITY}"
        yield [one, other, *_alike(f"lives-in/{one}/{other}", dice.random() < network.CLOSED)]


def _trusts(people: int, dice: random.Random) -> Iterator[Row]:
    for one, other, closed, year, strength in network.trusts(people, dice):
        yield [one, other, *_alike(f"trusts/{one}/{other}", closed), strength, "wave/x", *_begun(year)]


def section(of: Hundredfold) -> str:
    """Return the section of the results about a hundred times the data."""
    rows = "\n".join(f"| {name}, p50 | {_times(of, name)} |" for name in (SMALL.name, MEDIUM.name))
    return f"""## {TIMES} times the data

The small and the medium question on a second server with {of.people:,} people and {of.ties:,} relationships, over one
connection. `neo4j-admin database import` filled both graphs, from files that hold the same columns. Each server has 1 GiB of
heap and {PAGE_CACHE} of page cache. Each question is for any person or city of the graph; for {WARM_SECONDS:g} s nothing was
measured. Resident memory is that of our process.

| | ratio | promised | holds | normal | {TIMES} times |
| --- | --- | --- | --- | --- | --- |
{rows}
| resident memory, MiB | {most(of.large.memory / of.normal.memory, MEMORY)} | {of.normal.memory:.0f} | {of.large.memory:.0f} |"""


def _times(of: Hundredfold, name: str) -> str:
    normal, large = (statistics.median(place.took[name]) for place in (of.normal, of.large))
    return f"{most(large / normal, PROMISED)} | {ms(normal)} ms | {ms(large)} ms"

"""What tests of snapshots share. In: a database or a world. Out: snapshots, their rows, and what the oracle expects."""

import asyncio
import csv
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import platformdirs
from pyarrow import parquet

from graph.access.rights import Rights
from graph.bolt.read import Reader, Sessions
from graph.export.datasets import Dataset, datasets
from graph.managed.settings import ManagedSettings
from graph.snapshot.make import Maker, Wishes
from graph.snapshot.manifest import Manifest
from graph.snapshot.read import Wanted
from schema.language.kinds import Kind, Marking
from schema.model import model
from tests.export.kit import AtOnce
from tests.kit.oracle.view import View
from tests.kit.oracle.world import Fact, Relationship, World

Row = dict[str, Any]
Rows = dict[str, dict[str, Row]]
EVERY = datasets(model())
NONE = ("recordedAt", "updatedAt")
"""Given by the database, not by the rows of the oracle."""


@dataclass
class Snapshots:
    """Makes snapshots of the database of the tests."""

    sessions: Sessions
    runner: asyncio.Runner
    managed: ManagedSettings

    def maker(self) -> Maker:
        return Maker(Reader(self.sessions, 120), model(), AtOnce(), self.managed)

    def make(self, folder: Path, wishes: Wishes) -> Manifest:
        return self.runner.run(self.maker().make(folder, wishes))

    def refresh(self, folder: Path, wishes: Wishes, known: Manifest) -> Manifest | None:
        return self.runner.run(self.maker().refresh(folder, wishes, known))


def managed_settings(data: Path) -> ManagedSettings:
    """Return settings for the Neo4j of a snapshot, with the jars of this machine."""
    cache = Path(os.environ.get("CITYGRAPH_CACHE_DIR") or platformdirs.user_cache_dir("citygraph"))
    return ManagedSettings(cache=cache, data=data)


def wishes(rights: Rights, *, day: date | None = None, pseudonymous: bool = True, database: bool = False) -> Wishes:
    """Return wishes for a snapshot, by default without its Neo4j."""
    wanted = Wanted(rights, day, pseudonymous)
    return Wishes(wanted, "test", as_of=day.isoformat() if day else None, with_database=database)


# What is in a snapshot ---------------------------------------------------------------------------------------------


def parquet_rows(folder: Path) -> Rows:
    """Read the Parquet files of a snapshot, by data set and id."""
    found: Rows = {name: {} for name in EVERY}
    for path in (folder / "parquet").rglob("*.parquet"):
        rows = parquet.read_table(path).to_pylist()
        found[path.stem] = {row["id"]: {k: v for k, v in row.items() if v is not None} for row in rows}
        assert len(found[path.stem]) == len(rows), "an id came twice"
    return found


def csv_rows(folder: Path) -> Rows:
    """Read the CSV files of a snapshot by the types of their headers, with a reader that knows nothing of Arrow."""
    found: Rows = {name: {} for name in EVERY}
    for path in (folder / "csv").rglob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            lines = csv.reader(file)
            heads = [each.partition(":") for each in next(lines)]
            for line in lines:
                row = dict(_cells(heads, line))
                found[path.stem][row["id"]] = row
    return found


def _cells(heads: list[tuple[str, str, str]], line: list[str]) -> Iterator[tuple[str, Any]]:
    for (name, _, type_), text in zip(heads, line, strict=True):
        if text == "":
            continue  # no text of a fact is empty
        if type_ == "START_ID(Fact)":
            yield "from", text
        elif type_ == "END_ID(Fact)":
            yield "to", text
        elif type_ == "point{crs:WGS-84}":
            latitude, longitude = (part.partition(":")[2] for part in text.strip("{}").split(","))
            yield from ((f"{name}Latitude", float(latitude)), (f"{name}Longitude", float(longitude)))
        else:
            yield name, READERS[type_](text)


READERS: dict[str, Any] = {
    "string": str,
    "ID(Fact)": str,
    "string[]": lambda text: text.split("\x1f"),
    "long": int,
    "double": float,
    "boolean": {"true": True, "false": False}.__getitem__,
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
}


def stated(dataset: Dataset, row: Row) -> Row:
    """Return what a row of a snapshot states, as the rows of the oracle do."""
    values: Row = {key: row[key] for key in ("id", "from", "to") if key in row}
    for prop in dataset.properties:
        if prop.kind is Kind.MONEY and f"{prop.name}Amount" in row:
            values[prop.name] = {"amount": row[f"{prop.name}Amount"], "currency": row[f"{prop.name}Currency"]}
        elif prop.kind is Kind.POINT and f"{prop.name}Latitude" in row:
            place = {"latitude": row[f"{prop.name}Latitude"], "longitude": row[f"{prop.name}Longitude"]}
            values[prop.name] = place
        elif prop.name in row:
            values[prop.name] = row[prop.name]
    values["marking"] = Marking(row["marking"]).name
    holders = row["audience"].removeprefix("s").partition(":")[2]
    return values | ({"holders": [f"city/{city}" for city in holders.split("+")]} if holders else {})


# The oracle --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Named(View):
    """A view without people who are known by a pseudonym only."""

    def shows(self, fact: Fact) -> bool:
        pseudonymous = fact.label == "Person" and fact.values.get("kind") == "PSEUDONYMOUS"
        return super().shows(fact) and not pseudonymous


def different(given: Rows, wanted: Rows) -> list[str]:
    """Tell in what two snapshots differ: the first facts of each data set. A whole difference takes pytest minutes to write."""
    assert given.keys() == wanted.keys()
    return [
        f"{name} {id_}: {given[name].get(id_)} instead of {wanted[name].get(id_)}"
        for name in given
        for id_ in sorted(given[name].keys() ^ wanted[name].keys() | _unequal(given[name], wanted[name]))[:3]
    ]


def _unequal(given: dict[str, Row], wanted: dict[str, Row]) -> set[str]:
    return {id_ for id_ in given.keys() & wanted.keys() if given[id_] != wanted[id_]}


def expected(world: World, view: View) -> Rows:
    """Return the rows that a snapshot of a view must have, by data set and id."""
    made: Rows = {name: {} for name in EVERY}
    for fact in world.nodes.values():
        if view.shows(fact):
            made[fact.label][fact.id] = _values(view, fact)
    for each in world.relationships.values():
        if view.shows(each) and view.shows(world.nodes[each.start]) and view.shows(world.nodes[each.end]):
            made[each.type][each.id] = {"from": each.start, "to": each.end, **_values(view, each)}
    return made


def _values(view: View, fact: Fact | Relationship) -> Row:
    values = {name: value for name, value in fact.values.items() if name not in NONE and value not in ([], None)}
    for name, prop in fact.properties.items():
        if prop.refers_to and name in values:
            held = values.pop(name)
            kept = [id_ for id_ in ([held] if isinstance(held, str) else held) if view.find(id_)]
            if kept:
                values[name] = kept if isinstance(held, list) else kept[0]
    holders = [f"city/{city}" for city in fact.audience.partition(":")[2].split("+") if city]
    return values | ({"holders": holders} if holders else {})

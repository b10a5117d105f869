"""What tests of exports share. In: a database or a world. Out: exports as rows, and what the oracle says that they must be."""

import asyncio
import json
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.access.rights import Rights
from graph.bolt.read import Reader
from graph.export.datasets import datasets
from graph.export.publish import Publisher
from graph.export.store import Entry, Shelf
from graph.facts import rows as facts
from graph.facts.check import read_fact, require_plain_id
from schema.model import model
from tests.kit.oracle.view import View, Viewer
from tests.kit.oracle.world import Fact, Relationship, World

Row = dict[str, Any]
EVERY = datasets(model())
SMALL = 4096
"""Bytes that must stay free on the disk of a test."""


class AtOnce:
    """Turns of one who is alone."""

    def at_database(self) -> AbstractAsyncContextManager[object]:
        return nullcontext()

    async def work(self, step: Any) -> Any:
        return step()


@dataclass(frozen=True)
class Exporter:
    """Exports in an event loop, for one viewer."""

    publisher: Publisher
    runner: asyncio.Runner

    def entries(self, *names: str) -> list[Entry]:
        wanted = [EVERY[name] for name in names] if names else list(EVERY.values())
        return self.runner.run(self.publisher.entries(wanted, AtOnce()))

    def path(self, entry: Entry, format_: str = "jsonl") -> Path:
        return self.runner.run(self.publisher.made(EVERY[entry.name], entry, format_))

    def rows(self, *names: str) -> dict[str, dict[str, Row]]:
        """Return the exported rows by data set and id; no id may come twice."""
        return {entry.name: by_id(lines(self.path(entry))) for entry in self.entries(*names)}


def exporter(reader: Reader, runner: asyncio.Runner, folder: Path, rights: Rights | None = None) -> Exporter:
    """Make an exporter for a viewer, by default for everybody."""
    publisher = Publisher(reader, model(), Shelf(folder, spare=SMALL), AtOnce(), rights or Rights())
    return Exporter(publisher, runner)


def lines(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_bytes().split(b"\n") if line]


def by_id(rows: list[Row]) -> dict[str, Row]:
    found = {row["id"]: row for row in rows}
    assert len(found) == len(rows), "an id came twice"
    return found


# The oracle --------------------------------------------------------------------------------------------------------


def expected(world: World, viewer: Viewer, *, synthetic: bool = False) -> dict[str, dict[str, Row]]:
    """Return the rows that a viewer must get of a world, by data set and id."""
    view = View(world, viewer, synthetic=synthetic)
    made: dict[str, dict[str, Row]] = {name: {} for name in EVERY}
    for fact in world.nodes.values():
        if view.shows(fact):
            made[fact.label][fact.id] = {"label": fact.label, **_values(view, fact)}
    for each in world.relationships.values():
        if view.shows(each) and view.shows(world.nodes[each.start]) and view.shows(world.nodes[each.end]):
            made[each.type][each.id] = {"type": each.type, "from": each.start, "to": each.end, **_values(view, each)}
    return made


def _values(view: View, fact: Fact | Relationship) -> Row:
    values = {name: value for name, value in fact.values.items() if name not in ("recordedAt", "updatedAt")}
    for name, prop in fact.properties.items():
        if prop.refers_to and name in values:
            held = values.pop(name)
            kept = [id_ for id_ in ([held] if isinstance(held, str) else held) if view.find(id_)]
            if kept:
                values[name] = kept if isinstance(held, list) else kept[0]
    holders = [f"city/{city}" for city in fact.audience.partition(":")[2].split("+") if city]
    values = {name: value for name, value in values.items() if value not in ([], None)}
    return values | ({"holders": holders} if holders else {})


# Loading again -----------------------------------------------------------------------------------------------------


def refused(row: Row) -> str:
    """Say why a load refuses a row. The documented reasons are what a viewer may not see: all sources, or a part of the id."""
    try:
        require_plain_id(read_fact(facts.Row("row:1", row), model()))
    except facts.RowRefused as why:
        (problem,) = why.problems
        hidden_sources = problem[0] == "sources" and "sources" not in row
        assert hidden_sources or (problem[0] == "id" and row["type"] in ("TRUSTS", "REPRESENTS")), problem
        return problem[1]
    return ""

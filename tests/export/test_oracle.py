"""Exports have what the oracle says that their viewer sees, fact by fact and value by value, and nothing else."""

import csv
import io
from typing import Any

import pytest
from pyarrow import parquet

from app.start.boot import seed_files
from graph.access.rights import Rights
from graph.cypher.fragments import Fragment
from graph.export.datasets import Dataset
from graph.export.table import columns
from graph.facts import rows as facts_rows
from graph.facts.check import read_fact
from schema.language.kinds import Kind
from schema.model import model
from tests.conftest import BROKEN, EDGES, NOW_TEXT
from tests.export.conftest import Exports, Load, forget
from tests.export.kit import EVERY, Row, expected, lines, refused
from tests.export.worlds import random_rows
from tests.kit.oracle.view import Viewer
from tests.kit.oracle.world import World
from tests.kit.random.documents import random_seed
from tests.kit.writer import BlockingWriter

DIGESTS = Fragment(
    "CALL () { MATCH (n:Fact) RETURN n.id AS id, n._digest AS digest "
    "UNION ALL MATCH (:Fact)-[r]->(:Fact) RETURN r.id AS id, r._digest AS digest } RETURN id, digest"
)
SEEDS, SEEDS_SOAK = 1, 20
WRITTEN = ("Source", "Person", "Visit", "Organization", "TRUSTS", "REPRESENTS", "JOINED", "HOSTED_BY", "SAME_AS")
SEATTLE = "2:us-wa-seattle"


@pytest.mark.soak
def test_everybody_gets_what_everybody_sees(
    exports: Exports, load_rows: Load, seeded: BlockingWriter, pytestconfig: pytest.Config
) -> None:
    for turn in range(SEEDS_SOAK if pytestconfig.getoption("soak") else SEEDS):
        rows = random_rows(random_seed() + turn)
        load_rows(rows)
        wanted, exporter = expected(world_with(rows), Viewer()), exports()
        given = exporter.rows()
        assert given == wanted
        assert sum(map(len, given.values())) > 19_000
        hidden = {row["id"] for row in rows if "id" in row} - {id_ for each in wanted.values() for id_ in each}
        assert len(hidden) > 20, "the world would prove nothing"
        text = b"".join(path.read_bytes() for path in exporter.publisher.shelf.folder.iterdir())
        assert_stored(seeded, stated(given))
        assert [id_ for id_ in hidden if f'"{id_}"'.encode() in text] == []
        forget(seeded)


def stated(exported: dict[str, dict[str, Row]]) -> dict[str, Any]:
    """Return the digest of everything that a row states, of each row that could be loaded and names all that is stored."""
    rows = [
        row for rows in exported.values() for row in rows.values() if "/export-" not in str(row) and not refused(row)
    ]
    facts = [read_fact(facts_rows.Row("row:1", row), model()) for row in rows]
    return {fact.id: fact.properties["_digest"] for fact in facts}


def assert_stored(seeded: BlockingWriter, digests: dict[str, Any]) -> None:
    stored = {record["id"]: record["digest"] for record in seeded.read(DIGESTS)}
    assert len(digests) > 19_000
    assert {id_ for id_, digest in digests.items() if stored[id_] != digest} == set()


def test_a_member_gets_what_he_sees(exports: Exports, load_rows: Load) -> None:
    rows = random_rows(random_seed())
    load_rows(rows)
    wanted = expected(world_with(rows), Viewer(1, frozenset({SEATTLE})))
    given = exports(Rights(1, (SEATTLE,))).rows(*WRITTEN)
    assert given == {name: wanted[name] for name in given}
    everybody = expected(world_with(rows), Viewer())
    assert given != {name: everybody[name] for name in given}, "the viewer would prove nothing"


def world_with(rows: list[Row]) -> World:
    return World.read([*seed_files(), *EDGES, BROKEN], NOW_TEXT, rows)


# The other formats say the same as the rows --------------------------------------------------------------------------


def test_csv_and_parquet_say_what_the_rows_say(exports: Exports, load_rows: Load) -> None:
    load_rows(random_rows(random_seed(), 60))
    exporter = exports()
    for entry in exporter.entries(*WRITTEN, "City"):
        dataset, rows = EVERY[entry.name], lines(exporter.path(entry))
        assert entry.rows == len(rows)
        read = parquet.read_table(exporter.path(entry, "parquet")).to_pylist()
        assert [unflattened(dataset, each) for each in read] == rows, entry.name
        table = list(csv.DictReader(io.StringIO(exporter.path(entry, "csv").read_bytes().decode(), newline="")))
        kinds = {column.name: column.kind for column in columns(dataset)}
        texts = [cell for line in table for name, cell in line.items() if kinds[name] not in READ]
        assert [text for text in texts if text[:1] in tuple("=+-@\t\r")] == [], "a spreadsheet would run it"
        assert [unflattened(dataset, from_cells(dataset, each)) for each in table] == rows, entry.name


def unflattened(dataset: Dataset, values: dict[str, Any]) -> Row:
    """Return the row of a line of a table."""
    assert list(values) == [column.name for column in columns(dataset)]
    row = {key: values[key] for key in dataset.keys}
    for prop in dataset.properties:
        if prop.kind is Kind.POINT and values[f"{prop.name}Latitude"] is not None:
            place = values[f"{prop.name}Latitude"], values[f"{prop.name}Longitude"]
            row[prop.name] = dict(zip(("latitude", "longitude"), place, strict=True))
        elif prop.kind is Kind.MONEY and values[f"{prop.name}Amount"] is not None:
            paid = values[f"{prop.name}Amount"], values[f"{prop.name}Currency"]
            row[prop.name] = dict(zip(("amount", "currency"), paid, strict=True))
        elif values.get(prop.name) is not None:
            row[prop.name] = values[prop.name]
    return row


READ: dict[Kind, Any] = {
    Kind.INTEGER: int,
    Kind.BIG_INTEGER: int,
    Kind.NUMBER: float,
    Kind.BOOLEAN: {"true": True, "false": False}.__getitem__,
}


def from_cells(dataset: Dataset, cells: dict[str, str]) -> dict[str, Any]:
    """Read the cells of a line as docs/catalog.md says."""
    values: dict[str, Any] = {}
    for column in columns(dataset):
        text = unquoted(cells[column.name])
        if cells[column.name] == "":
            values[column.name] = None
        elif column.kind in (Kind.TEXTS, Kind.REFERENCES):
            values[column.name] = items(text)
        else:
            values[column.name] = READ.get(column.kind, str)(cells[column.name] if column.kind in READ else text)
    return values


def unquoted(text: str) -> str:
    """Take one quote from a text that begins with quotes and what a spreadsheet would run."""
    return text[1:] if text.startswith("'") and text.lstrip("'")[:1] in tuple("=+-@\t\r") else text


def items(text: str) -> list[str]:
    found, escaped = [""], False
    for letter in text:
        if escaped or letter not in "\\|":
            found[-1] += letter
            escaped = False
        elif letter == "\\":
            escaped = True
        else:
            found.append("")
    return found

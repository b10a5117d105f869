"""Where each seed row comes from. In: seeds/rows and the files of seeds/sources. Out: each row names what it was made from."""

import csv
import io
import json
from typing import Any

import pytest

from tests.kit.paths import SEEDS

ROWS: list[dict[str, Any]] = [
    json.loads(line)
    for path in sorted((SEEDS / "rows").glob("*.jsonl"))
    for line in path.read_text(encoding="utf-8").splitlines()
]
SOURCES = SEEDS / "sources"


def test_every_row_names_the_rows_that_it_was_made_from() -> None:
    assert [row for row in ROWS if not row.get("rows")] == []
    assert [row for row in ROWS if any(key.startswith("_") for key in row)] == []


def test_only_made_up_rows_say_synthetic() -> None:
    for row in ROWS:
        made_up = any(origin.startswith("synthetic ") for origin in row["rows"])
        assert made_up is (row["confidence"] == "SYNTHETIC"), row


def test_every_file_that_a_row_names_is_there() -> None:
    files = {origin.split(" ")[0] for row in ROWS for origin in row["rows"]} - {"synthetic"}
    assert files == {
        "chains.csv",
        "cities_pop100k.csv",
        "countries.json",
        "facts.csv",
        "facts_cities.csv",
        "gbfs_systems.csv",
        "lighthouse_cities.csv",
        "sister_cities.tsv",
        "year_system_commenced.csv",
    }
    assert [file for file in files if not (SOURCES / file).is_file()] == []


def test_a_data_set_has_a_source_of_its_own() -> None:
    named = {tuple(row["rows"]) for row in ROWS if row.get("label") == "Source"}
    for file in ("facts.csv", "chains.csv", "gbfs_systems.csv", "lighthouse_cities.csv", "sister_cities.tsv"):
        assert (file,) in named


@pytest.mark.parametrize(
    ("id_", "file", "column", "value"),
    [
        ("city/us-wa-seattle", "cities_pop100k.csv", "name", "Seattle"),
        ("adoption/br-18-curitiba-bus-rapid-transit", "year_system_commenced.csv", "City", "Curitiba"),
        ("adoption/fr-32-lille-bike-sharing", "gbfs_systems.csv", "Location", "Lille"),
    ],
)
def test_a_row_of_a_table_is_known_by_its_line(id_: str, file: str, column: str, value: str) -> None:
    (row,) = (row for row in ROWS if row.get("id") == id_)
    (line,) = (int(origin.split(" ")[1]) for origin in row["rows"] if origin.startswith(file))
    lines = (SOURCES / file).read_text(encoding="latin-1").splitlines()
    (found,) = csv.DictReader(io.StringIO("\n".join((lines[0].removeprefix("ï»¿"), lines[line - 1]))))
    assert found[column] == value


def test_a_file_refers_only_to_facts_of_itself_and_of_files_before_it() -> None:
    known: set[str] = set()
    for path in sorted((SEEDS / "rows").glob("*.jsonl")):
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        known |= {row["id"] for row in rows if "id" in row}
        wanted = {
            id_
            for row in rows
            for id_ in (*row.get("sources", ()), *(row[end] for end in ("from", "to") if "type" in row))
        }
        assert wanted - known == set(), path.name

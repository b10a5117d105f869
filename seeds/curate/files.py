"""Files of the curation. In: paths of raw files and row files. Out: their contents; rows as bytes, the same in every run."""

import csv
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

Row = dict[str, Any]
"""One line of a seed file (a node or a relationship) or of a table (texts by column name)."""

ORIGIN = "(row)"
"""Column that reading a table adds: the name of the file and the line, such as `brt_systems.csv 17`."""

Report = dict[str, Any]
"""What a step did: counts, and lists of names, such as names without a city."""


def read_csv(path: Path, encoding: str = "utf-8-sig") -> list[Row]:
    """Read a table with a header; raise FileNotFoundError if the file is missing."""
    with path.open(encoding=encoding, newline="") as file:
        return _with_origin(path, csv.DictReader(file))


def read_tsv(path: Path) -> list[Row]:
    """Read a table with a header, tabs between columns and no quotes; raise FileNotFoundError if the file is missing."""
    with path.open(encoding="utf-8", newline="") as file:
        return _with_origin(path, csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _with_origin(path: Path, table: "csv.DictReader[str]") -> list[Row]:
    return [{**row, ORIGIN: f"{path.name} {table.line_num}"} for row in table]


def read_json(path: Path) -> Any:
    """Read a JSON file; raise FileNotFoundError if it is missing."""
    return json.loads(path.read_text(encoding="utf-8"))


def read_rows(path: Path) -> list[Row]:
    """Read a seed file, one JSON object a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def written(rows: Iterable[Row]) -> bytes:
    """Return rows as the bytes of a seed file, in the order given."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def node(label: str, id_: str, properties: Row, *sources: str) -> Row:
    """Make the row of a node that was read in its sources; missing values (None, "", []) are left out."""
    known = {name: value for name, value in properties.items() if value not in (None, "", [])}
    return {"label": label, "id": id_, **known, "sources": list(sources), "confidence": "VERIFIED"}


def relationship(type_: str, start: str, end: str, *sources: str) -> Row:
    """Make the row of a relationship that was read in its sources."""
    return {"type": type_, "from": start, "to": end, "sources": list(sources), "confidence": "VERIFIED"}


def made_of(fact: Row, *origins: str) -> Row:
    """Add to a fact the rows of data files that it was made from, in their order."""
    return {**fact, "rows": list(dict.fromkeys([*fact.get("rows", ()), *origins]))}

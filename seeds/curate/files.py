"""Curation, the files. In: raw files and rows on disk. Out: their contents; and rows as bytes that never vary."""

import csv
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

Row = dict[str, Any]
"""One line of a seed file (a node or a relationship) or of a table (texts by the name of their column)."""

Report = dict[str, Any]
"""What a step did: counts, and the names that led to nothing."""


def read_csv(path: Path, encoding: str = "utf-8-sig") -> list[Row]:
    """Read a table with a header; raise FileNotFoundError where it is missing."""
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file))


def read_tsv(path: Path) -> list[Row]:
    """Read a table with a header whose columns are parted by tabs and never quoted; raise FileNotFoundError."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def read_json(path: Path) -> Any:
    """Read a JSON file; raise FileNotFoundError where it is missing."""
    return json.loads(path.read_text(encoding="utf-8"))


def read_rows(path: Path) -> list[Row]:
    """Read a seed file, one JSON object a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def written(rows: Iterable[Row]) -> bytes:
    """Return rows as the bytes of a seed file, in the order given."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def node(label: str, id_: str, given: Row, *sources: str) -> Row:
    """Make the row of a node that was read in its sources; absent values (None, "", []) are left out."""
    kept = {name: value for name, value in given.items() if value not in (None, "", [])}
    return {"label": label, "id": id_, **kept, "sources": list(sources), "confidence": "VERIFIED"}


def tie(type_: str, start: str, end: str, *sources: str) -> Row:
    """Make the row of a relationship that was read in its sources."""
    return {"type": type_, "from": start, "to": end, "sources": list(sources), "confidence": "VERIFIED"}

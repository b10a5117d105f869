"""One table in every format. In: names and rows of cells. Out: a file; and what reading it gave."""

import asyncio
import csv
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from graph.load.formats import FileOptions, open_file
from graph.load.records import Known, Record, Told

Rows = Sequence[Sequence[Any]]
Writer = Callable[[Path, Sequence[str], Rows], None]


@dataclass
class Read:
    """Everything that a reading gave."""

    told: Told = field(default_factory=Told)
    records: list[Record] = field(default_factory=list)
    parts: list[int] = field(default_factory=list)

    @property
    def values(self) -> list[dict[str, Any]]:
        return [dict(each.values) for each in self.records if not each.problem]

    @property
    def problems(self) -> dict[str, str]:
        return {each.where: each.problem for each in self.records if each.problem}


def read(path: Path, known: Known | None = None, **options: Any) -> Read:
    found = Read()

    async def take(records: Sequence[Record], position: str | None) -> None:
        assert position is None
        found.records += records
        found.parts.append(len(records))

    source = open_file(path, FileOptions(**options))
    found.told = asyncio.run(source.read(known or Known(), take))
    return found


def text_of(cell: Any) -> str:
    return "" if cell is None else str(cell).lower() if isinstance(cell, bool) else str(cell)


def write_csv(path: Path, names: Sequence[str], rows: Rows) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        made = csv.writer(file, delimiter="\t" if path.suffix == ".tsv" else ",")
        made.writerow(names)
        made.writerows([text_of(cell) for cell in row] for row in rows)


def as_json(value: Any) -> Any:
    """Write a value as JSON has it; decimals keep their digits."""
    return json.loads(str(value)) if isinstance(value, Decimal) else str(value) if isinstance(value, date) else value


def objects(names: Sequence[str], rows: Rows) -> list[str]:
    return [
        json.dumps(dict(zip(names, map(as_json, row), strict=True)), ensure_ascii=bool(number % 2))
        for number, row in enumerate(rows)
    ]


def write_lines(path: Path, names: Sequence[str], rows: Rows) -> None:
    path.write_text("".join(f"{line}\n" for line in objects(names, rows)), encoding="utf-8")


def write_array(path: Path, names: Sequence[str], rows: Rows) -> None:
    path.write_text("[" + ",\n".join(objects(names, rows)) + "]", encoding="utf-8")


def write_excel(path: Path, names: Sequence[str | None], rows: Rows) -> None:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Visits")
    for row in (names, *rows):
        cells = [WriteOnlyCell(sheet, value=cell) for cell in row]
        for cell in cells:
            if isinstance(cell.value, str):
                cell.data_type = "s"  # also a text that begins with "=" is a text
        sheet.append(cells)
    book.save(path)


def write_parquet(path: Path, names: Sequence[str], rows: Rows) -> None:
    import pyarrow
    from pyarrow import parquet

    columns = [pyarrow.array([row[at] for row in rows]) for at in range(len(names))]
    parquet.write_table(pyarrow.table(columns, names=list(names)), path)


WRITERS: dict[str, Writer] = {
    "a.csv": write_csv,
    "a.tsv": write_csv,
    "a.jsonl": write_lines,
    "a.json": write_array,
    "a.xlsx": write_excel,
    "a.parquet": write_parquet,
}


def plain(value: Any) -> str:
    """Return a value without its type: what a file without types says of it."""
    if isinstance(value, datetime):
        value = value.date()
    text = text_of(value)
    return text.removesuffix(".0")

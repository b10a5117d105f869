"""Tables written as files of each format, by their own libraries. In: rows. Out: files, and what was read of them."""

import asyncio
import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from graph.load.formats import open_file
from graph.load.formats.options import file_options
from graph.load.records import Known, Record, Told

Rows = Sequence[Mapping[str, Any]]


def read(path: Path, **options: Any) -> tuple[list[Record], Told]:
    """Read a whole file."""
    found: list[Record] = []

    async def take(records: Sequence[Record], position: str | None) -> None:
        found.extend(records)

    return found, asyncio.run(open_file(path, file_options(options)).read(Known(), take))


def records(path: Path, **options: Any) -> list[Record]:
    """Read a file that can be read whole."""
    found, told = read(path, **options)
    assert told.incomplete == ""
    return found


def write_csv(path: Path, rows: Rows, delimiter: str = ",", encoding: str = "utf-8", ends: str = "\r\n") -> None:
    text = io.StringIO(newline="")
    # The writer does not see that a line feed needs quotes if lines end otherwise.
    quoted = {"quoting": csv.QUOTE_ALL} if ends == "\r" else {}
    writer = csv.writer(text, delimiter=delimiter, lineterminator=ends, **quoted)  # type: ignore[arg-type]  # it is a constant
    writer.writerow(rows[0])
    writer.writerows([["" if value is None else value for value in row.values()] for row in rows])
    path.write_bytes(text.getvalue().encode(encoding))


def write_json(path: Path, rows: Rows) -> None:
    path.write_text(json.dumps(rows, default=str), encoding="utf-8")


def write_lines(path: Path, rows: Rows) -> None:
    path.write_text("".join(json.dumps(row, default=str, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def write_excel(path: Path, rows: Rows, sheet: str = "rows") -> None:
    from openpyxl import Workbook

    book = Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for at, values in enumerate([list(rows[0]), *[list(row.values()) for row in rows]], start=1):
        for column, value in enumerate(values, start=1):
            cell = page.cell(row=at, column=column, value=value)
            if isinstance(value, str):
                # What begins with = would be a formula.
                cell.data_type = "s"
    book.save(path)


def write_parquet(path: Path, rows: Rows) -> None:
    import pyarrow
    from pyarrow import parquet

    parquet.write_table(pyarrow.Table.from_pylist([dict(row) for row in rows]), path)


WRITERS: dict[str, Callable[[Path, Rows], None]] = {
    "csv": write_csv,
    "tsv": lambda path, rows: write_csv(path, rows, delimiter="\t"),
    "json": write_json,
    "jsonl": write_lines,
    "xlsx": write_excel,
    "parquet": write_parquet,
}


def write_large(path: Path, count: int) -> None:
    """Write a table of eight columns, half of whose texts are different in each row, without holding it."""
    match path.suffix:
        case ".csv" | ".tsv":
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file, delimiter="," if path.suffix == ".csv" else "\t")
                writer.writerow(large(0))
                writer.writerows(large(number).values() for number in range(count))
        case ".json" | ".jsonl":
            with path.open("w", encoding="utf-8") as file:
                array = path.suffix == ".json"
                file.write("[" if array else "")
                for number in range(count):
                    file.write(("," if array and number else "") + json.dumps(large(number)) + "\n")
                file.write("]" if array else "")
        case ".parquet":
            write_large_parquet(path, count)
        case _:
            write_large_excel(path, count)


def large(number: int) -> dict[str, str]:
    """Return a row of a large table."""
    return {
        "visit_no": f"V{number}",
        "title": f"Visit of delegation {number} to look at water",
        "host": f"City {number % 7000}",
        "land": "NO",
        "date": f"{2000 + number % 25}-{number % 12 + 1:02}-{number % 28 + 1:02}",
        "kind": "tour",
        "delegates": str(number % 300),
        "note": f"Nothing is known of delegation {number}",
    }


def write_large_parquet(path: Path, count: int) -> None:
    import pyarrow
    from pyarrow import parquet

    schema = pyarrow.schema([(name, pyarrow.string()) for name in large(0)])
    with parquet.ParquetWriter(path, schema) as writer:
        for start in range(0, count, 50_000):
            rows = [large(number) for number in range(start, min(start + 50_000, count))]
            writer.write_table(pyarrow.Table.from_pylist(rows, schema))


PARTS = {
    "[Content_Types].xml": '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    '<Override PartName="/xl/sharedStrings.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
    "_rels/.rels": '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="rows" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<?xml version="1.0"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
    'Target="worksheets/sheet1.xml"/></Relationships>',
}
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def write_large_excel(path: Path, count: int) -> None:
    """Write a workbook as Excel does: all texts in one table, which the cells name by number."""
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in PARTS.items():
            archive.writestr(name, text)
        header = list(large(0))
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(f'<worksheet xmlns="{MAIN}"><sheetData>'.encode())
            width = len(header)
            for at in range(count + 1):
                cells = "".join(f'<c t="s"><v>{at * width + column}</v></c>' for column in range(width))
                sheet.write(f'<row r="{at + 1}">{cells}</row>'.encode())
            sheet.write(b"</sheetData></worksheet>")
        with archive.open("xl/sharedStrings.xml", "w", force_zip64=True) as strings:
            strings.write(f'<sst xmlns="{MAIN}">'.encode())
            for row in (header, *map(list, map(dict.values, map(large, range(count))))):
                strings.write("".join(f"<si><t>{escape(text)}</t></si>" for text in row).encode())
            strings.write(b"</sst>")


def plain(value: Any) -> str:
    """Return a value as text, so that formats with types compare with those that have none."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, float | Decimal) and value == int(value):
        return str(int(value))
    return str(value)

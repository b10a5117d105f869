"""What a file seems to be. In: a path. Out: options with which it can be read, and what of them is a guess."""

import csv
import io
from itertools import islice
from pathlib import Path
from typing import Any

from graph.load.files import UnreadableFile
from graph.load.formats.open import open_file
from graph.load.formats.options import FileOptions, file_options, kind_of
from graph.load.formats.table import BOMS, DIVIDERS

LOOKED_AT = 64 * 2**10
"""Bytes of a table that are looked at."""
LINES = 50
LINES_BEFORE = 10
"""Lines among which the header is looked for."""
FULL = 7
"""How many of ten cells the first line has at least, if it is the header; and how many of ten names in it differ."""


def sniff(path: Path) -> tuple[dict[str, Any], list[str]]:
    """Return the kind and the options of a file, and a sentence for each guess; raise UnreadableFile."""
    kind = kind_of(path)
    options: dict[str, Any] = {"kind": kind}
    open_file(path)
    if kind in ("csv", "tsv"):
        return _table(path, options)
    if kind == "json":
        from graph.load.formats.json import arrays

        found = arrays(path)
        if found and "" not in found:
            options["records"] = found[0]
            return options, [f"records: the arrays of the file are {', '.join(found[:5])}"]
    if kind == "excel":
        return options, _workbook(path, options)
    return options, []


def _workbook(path: Path, options: dict[str, Any]) -> list[str]:
    """Choose the first sheet with a table, and the row of its header."""
    from graph.load.formats.excel import ExcelReading

    reading = ExcelReading(path, FileOptions("excel"), path.name)
    sheets = reading.sheets()
    reading.close()
    first = dict.fromkeys(sheets, 0)
    for sheet in sheets:
        reading = ExcelReading(path, FileOptions("excel", sheet=sheet), path.name)
        try:
            first[sheet] = _header(reading.beginning(LINES))
        except Exception as error:  # a damaged sheet makes openpyxl raise errors of many kinds
            raise UnreadableFile(f"{path} cannot be read: {error}.") from error
        finally:
            reading.close()
    chosen = next((sheet for sheet, row in first.items() if row), next(iter(sheets), ""))
    guesses = []
    if len(sheets) > 1:
        options["sheet"] = chosen
        guesses.append(f"sheet: the sheets of the file are {', '.join(sheets[:10])}")
    return guesses + _say_header(options, first.get(chosen, 0))


def _say_header(options: dict[str, Any], row: int) -> list[str]:
    """Add the row of the header to the options, if it is not the first."""
    if row <= 1:
        return []
    options["header"] = row
    return [f"header: row {row} is the first that names the columns"]


def _header(rows: list[list[str]]) -> int:
    """Return the number of the row that names the columns; 0 if no row with others below it does.

    It is the first one, unless that has a title, or names for several columns, and a row below it has more cells. A few names may
    stand twice.
    """
    filled = [sum(map(bool, row)) for row in rows]
    most = max(filled[:LINES_BEFORE], default=0)
    for at, row in enumerate(rows[:LINES_BEFORE]):
        names = list(filter(None, row))
        full = filled[at] * 10 >= most * FULL if at == 0 else filled[at] == most
        differ = len(set(names)) * 10 >= len(names) * FULL
        if names and full and differ and (most > 1 or at == 0) and any(filled[at + 1 :]):
            return at + 1
    return 0


def _table(path: Path, options: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Guess encoding and delimiter."""
    guesses: list[str] = []
    with path.open("rb") as file:
        begins = file.read(LOOKED_AT)
    encoding = next((encoding for bom, encoding in BOMS.items() if begins.startswith(bom)), "utf-8")
    if encoding == "utf-8" and not _is_utf8(path):
        options["encoding"] = encoding = "cp1252"
        guesses.append(
            "encoding: the file is not UTF-8, and nothing in it says what it is; look at letters with accents"
        )
    # The csv module knows fewer ends of lines than str.splitlines.
    lines = list(islice(io.StringIO(begins.decode(encoding, "replace"), newline=""), LINES))
    lines = lines[:-1] if len(begins) == LOOKED_AT and len(lines) > 1 else lines
    usual = "\t" if options["kind"] == "tsv" else ","
    best = max((usual, *DIVIDERS), key=lambda mark: (_fit(lines, mark), mark == usual))
    if best != usual:
        options["delimiter"] = "tab" if best == "\t" else best
    try:
        rows = list(csv.reader(lines, delimiter=best))
    except csv.Error:
        return options, guesses
    if len(rows) == len(lines):  # else a cell has several lines, and rows are no lines
        guesses += _say_header(options, _header([[cell.strip() for cell in row] for row in rows]))
    return options, guesses


def _fit(lines: list[str], mark: str) -> int:
    """Return how many cells lines have that are divided by this mark; 0 if most do not have as many as the first."""
    try:
        rows = [row for row in csv.reader(lines, delimiter=mark) if row]
    except csv.Error:
        return 0
    if not rows or len(rows[0]) == 1:
        return 0
    alike = sum(len(row) == len(rows[0]) for row in rows)
    return len(rows[0]) if alike * 10 >= len(rows) * 8 else 0


def _is_utf8(path: Path) -> bool:
    try:
        open_file(path, file_options({"kind": "csv", "delimiter": "|"})).first(1)
    except UnreadableFile as error:
        return not isinstance(error.__cause__, UnicodeDecodeError)
    return True

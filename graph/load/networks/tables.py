"""People and ties as tables: CSV files, alone or in a ZIP archive, and Excel. In: tables. Out: their network.

A table with two columns of ends, such as `source` and `target`, has ties; another one has people. Cells are texts.
"""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from graph.load.files import MOST_BYTES
from graph.load.formats.excel import ESCAPED
from graph.load.formats.workbook import MOST_ROWS
from graph.load.networks.network import OWN_END, OWN_ID, OWN_KIND, OWN_START, Found, Network

ENDS = ((OWN_START, OWN_END), ("source", "target"), ("from", "to"), ("ego", "alter"), ("start", "end"))
"""Names of the columns with the ends of a tie; the first pair that a table has is taken."""
DAYS = ("start", "end")
"""What may also be the first and the last day of a person with a name."""
IDS = (OWN_ID, "id", "key", "name", "label")
"""Names of the column with the id of a person; the first that a table has is taken."""
TYPE = "type"
UNDIRECTED = "undirected"
EGO = "networkCanvasEgoUUID"
"""The column that each table of Network Canvas has, but for matrices; a table of who was interviewed has no ids beside."""
KIND = re.compile(r"_(?:attributeList|edgeList)_(.+)\.csv$")
"""The kind of people or of ties, in the name of a table of Network Canvas."""
MATRIX = re.compile(r"_adjacencyMatrix_(.+)\.csv$")
"""The kind of ties, in the name of a matrix of Network Canvas."""
MARKED = re.compile(r"^'(?='*[=+\-@\t\r])")
"""The quote before a text that a spreadsheet would else run; exports of ours write it too."""
Rows = Iterable[Sequence[str]]


def read_tables(tables: Sequence[tuple[str, Rows]], name: str) -> Network:
    """Read tables of people and of ties, each with its name; raise UnreadableFile if none has ties, or nobody has an id."""
    found, listed, tied, canvas = Found(name), False, False, False
    matrices: list[tuple[str, list[str], Rows]] = []
    for called, rows in tables:
        header, body = _split(rows)
        low = {column.strip().lower(): at for at, column in enumerate(header)}
        if EGO.lower() in low:
            canvas = True
            if OWN_ID.lower() not in low:
                continue
            body = _with_kind(called, header, body)
        elif header[:1] == [""] and (kind := MATRIX.search(called)):
            matrices.append((kind[1], header, body))
            continue
        ends = next((pair for pair in ENDS if all(end.lower() in low for end in pair)), None)
        if ends == DAYS and "name" in low:
            ends = None
        id_ = next((column for column in IDS if column.lower() in low), None)
        if ends is not None:
            tied = True
            _ties(found, header, body, (low[ends[0].lower()], low[ends[1].lower()]))
        elif id_ is not None:
            listed = True
            _people(found, header, body, low[id_.lower()], again=canvas)
        else:
            raise found.wrong(
                f"{called} has neither a column with ids, such as id, nor two with the ends of ties, such as source and target; "
                f"it has {', '.join(header[:8])}"
            )
    for kind_, ids, body in matrices if not tied else ():
        _adjacent(found, kind_, ids[1:], body)
    if not tied and not listed:
        raise found.wrong("it has no table of people or ties")
    return found.network(people_are_listed=listed)


def _split(rows: Rows) -> tuple[list[str], Rows]:
    each = iter(rows)
    header = [column.strip() for column in next(each, ())]
    return header, (row for row in each if any(cell.strip() for cell in row))


def _with_kind(called: str, header: list[str], rows: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
    """Add the kind of people or ties to each row of a table of Network Canvas."""
    kind, width = KIND.search(called), len(header)
    header.append(OWN_KIND)
    return ([*row[:width], *[""] * (width - len(row)), kind[1] if kind else ""] for row in rows)


def _adjacent(found: Found, kind: str, ids: Sequence[str], rows: Rows) -> None:
    """Add the ties of a matrix, which Network Canvas writes both ways."""
    for number, (start, *cells) in enumerate(rows):
        for end, cell in zip(ids[number + 1 :], cells[number + 1 :], strict=False):
            if cell == "1":
                found.tie(start, end, {OWN_KIND: kind}, directed=False)


def _people(found: Found, header: list[str], rows: Iterable[Sequence[str]], at: int, *, again: bool) -> None:
    """Add people. `again`: somebody of a roster has the same id in each interview; what was said of him first is kept."""
    for row in rows:
        cells = dict(zip(header, row, strict=False))
        known = found.people.get(row[at]) if again and at < len(row) else None
        if known is not None:
            added = {name: cell for name, cell in cells.items() if cell and name != header[at]}
            found.people[row[at]] = {**added, **known}
            continue
        found.person(row[at].strip() if at < len(row) else "", {**cells, header[at]: ""})
        if header[at].lower() in ("name", "label"):
            found.people[row[at].strip()] = {**found.people[row[at].strip()], header[at]: row[at]}


def _ties(found: Found, header: list[str], rows: Iterable[Sequence[str]], ends: tuple[int, int]) -> None:
    own = {header[at] for at in ends}
    for row in rows:
        cells = dict(zip(header, row, strict=False))
        kind = next((value for key, value in cells.items() if key.lower() == TYPE), "")
        start, end = (row[at].strip() if at < len(row) else "" for at in ends)
        values = {key: value for key, value in cells.items() if key not in own and key.lower() != TYPE}
        # Ties of Network Canvas have no direction: its GraphML and its matrices say so.
        found.tie(start, end, values, directed=kind.strip().lower() != UNDIRECTED and OWN_START not in own)


def csv_rows(text: str, name: str) -> Iterator[list[str]]:
    """Yield the rows of a CSV text; commas, semicolons or tabs separate, whichever the first line has most of.

    Raise UnreadableFile for a cell that is too large.
    """
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for row in rows:
            yield [MARKED.sub("", cell, 1) if cell[:1] == "'" else cell for cell in row]
    except csv.Error as error:
        raise Found(name).wrong(f"line {rows.line_num} has a {error}") from error


def zipped(file: BinaryIO, name: str) -> list[tuple[str, Rows]]:
    """Return the CSV files of an archive; raise UnreadableFile for one that is none or that unpacks to too much."""
    found = Found(name)
    try:
        with zipfile.ZipFile(file) as archive:
            inside = [each for each in archive.infolist() if each.filename.lower().endswith(".csv")]
            if sum(each.file_size for each in inside) > MOST_BYTES:
                raise found.wrong(f"unpacked it is larger than {MOST_BYTES // 2**20} MiB")
            texts = [(each.filename, archive.open(each).read(each.file_size)) for each in inside]
    # zipfile raises the last two for a compression that it does not know and for a password.
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        # The last two: a way of packing that Python does not know, and a password.
        raise found.wrong(f"it is no ZIP archive that can be read: {error}") from error
    if not texts:
        raise found.wrong("the archive has no CSV file")
    return [(called, csv_rows(decoded(raw, called), called)) for called, raw in texts]


def sheets(path: Path) -> list[tuple[str, Rows]]:
    """Return the sheets of an Excel file, but those without two columns; whole numbers are texts without a point."""
    import openpyxl

    try:
        _require_small(path)
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        most = MOST_ROWS + 1
        read = [
            (sheet.title, [[_cell(value) for value in row] for row in islice(sheet.values, most)])
            for sheet in book.worksheets
        ]
        if any(len(rows) == most for _, rows in read):
            raise ValueError(f"it goes on after row {MOST_ROWS:,}, the last that Excel has")
        book.close()
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise Found(path.name).wrong(f"it is no Excel file that can be read: {error}") from error
    return [(title, rows) for title, rows in read if title != "About" and any(len(row) > 1 for row in islice(rows, 1))]


def _require_small(path: Path) -> None:
    """Raise ValueError if a file is too large when it is unpacked."""
    with zipfile.ZipFile(path) as parts:
        if sum(each.file_size for each in parts.infolist()) > MOST_BYTES:
            raise ValueError(f"unpacked it is larger than {MOST_BYTES // 2**20} MiB")


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = "" if value is None else str(value)
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def decoded(raw: bytes, name: str) -> str:
    """Return the text of a file in UTF-8; raise UnreadableFile if it is something else."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Found(name).wrong(f"byte {error.start + 1} is no UTF-8; save the file as UTF-8") from error

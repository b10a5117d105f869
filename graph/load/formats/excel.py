"""Excel. In: a sheet of an .xlsx file. Out: records with dates and numbers, and formulas as last seen."""

import re
import tempfile
from array import array
from collections.abc import Iterator, Sequence
from datetime import time, timedelta
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import IO, Any

from graph.load.files import UnreadableFile
from graph.load.formats.options import FileOptions
from graph.load.formats.reading import AT_ONCE, Cut, column_names
from graph.load.formats.workbook import MOST_ROWS, MOST_TEXTS, Parts, TooLarge
from graph.load.records import Record

CACHED = 10_000
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
"""How Excel writes characters that XML does not have, and underscores before what looks like that."""
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class _Strings(Sequence[str]):
    """The texts of a workbook, which stand in one table: they are kept on disk, because they may be most of the file."""

    def __init__(self, xml: IO[bytes]) -> None:
        from xml.etree.ElementTree import iterparse  # the parser is expat, which limits what entities grow to

        self._file = tempfile.TemporaryFile()  # noqa: SIM115  # closed with the reading
        self._ends = array("Q", [0])
        self._read = lru_cache(CACHED)(self._from_disk)
        events = iterparse(xml, events=("start", "end"))  # noqa: S314
        try:
            _, root = next(events)
            within = False
            for event, node in events:
                if node.tag != f"{MAIN}si":
                    continue
                if event == "start" and within:
                    raise TooLarge("a text of its table has a text in it, which none of Excel has")
                within = event == "start"
                if not within:
                    if len(self) == MOST_TEXTS:
                        raise TooLarge(f"its table has more than {MOST_TEXTS:,} texts")
                    self._ends.append(self._ends[-1] + self._file.write(_text(node).encode("utf-8", "surrogatepass")))
                    root.clear()
        except BaseException:
            self.close()
            raise

    def _from_disk(self, number: int) -> str:
        self._file.seek(self._ends[number])
        return self._file.read(self._ends[number + 1] - self._ends[number]).decode("utf-8", "surrogatepass")

    def __getitem__(self, number: Any) -> Any:
        return self._read(number)

    def __len__(self) -> int:
        return len(self._ends) - 1

    def close(self) -> None:
        """Remove the file."""
        self._file.close()


def _text(node: Any) -> str:
    """Return the text of an entry: its own, or those of its runs; not how it is pronounced."""
    parts = (
        child if child.tag == f"{MAIN}t" else child.find(f"{MAIN}t") for child in node if child.tag != f"{MAIN}rPh"
    )
    text = "".join(part.text or "" for part in parts if part is not None)
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


class ExcelReading:
    """A reading of a sheet of a workbook."""

    total: int | None = None
    at_once = AT_ONCE

    def __init__(self, path: Path, options: FileOptions, name: str) -> None:
        self._options, self._name = options, name
        self._strings: _Strings | None = None
        self._file = path.open("rb")
        try:
            self._book = self._open()
        except TooLarge as error:
            self.close()
            raise UnreadableFile(f"{path} is too large to be read: {error}.") from error
        except Exception as error:  # a damaged file makes openpyxl raise errors of many kinds
            self.close()
            raise UnreadableFile(f"{path} is not an Excel file (.xlsx): {error}.") from error

    def _open(self) -> Any:
        """Open a workbook as openpyxl does, with its texts on disk."""
        from openpyxl.reader.excel import SHARED_STRINGS, ExcelReader

        class Reader(ExcelReader):  # type: ignore[misc]  # openpyxl has no types
            def read_strings(reader) -> None:  # noqa: N805  # `self` is the reading
                found = reader.package.find(SHARED_STRINGS)
                if found is not None:
                    with reader.archive.open(found.PartName[1:]) as xml:
                        reader.shared_strings = self._strings = _Strings(xml)

        reader = Reader(self._file, read_only=True, data_only=True, keep_links=False)
        reader.archive = Parts(self._file)
        reader.read()
        return reader.wb

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        if self._strings:
            self._strings.close()

    def records(self) -> Iterator[Record | Cut]:
        """Yield a record for each row with a value; a fault in the file ends it, with a Cut."""
        sheet = self._sheet()
        sheet.reset_dimensions()
        at = self._options.header
        rows = enumerate(sheet.iter_rows(min_row=at, values_only=True), start=at)
        try:
            number, header = next(rows, (at, (None,)))
        except Exception as error:  # as above
            raise UnreadableFile(f"{self._name} cannot be read: {error}.") from error
        if not any(cell is not None for cell in header):
            raise UnreadableFile(f"{self._name} has no names of columns in row {at} of sheet {sheet.title!r}.")
        last = max(number for number, cell in enumerate(header) if cell is not None)
        names = column_names(["" if cell is None else str(cell) for cell in header[: last + 1]])
        try:
            for number, row in rows:
                if number > MOST_ROWS:
                    raise TooLarge(f"it goes on after row {MOST_ROWS:,}, the last that Excel has")
                if any(cell is not None for cell in row):
                    yield self._record(f"{self._name}:{number}", names, row)
        except Exception as error:  # as above
            yield Cut(f"{self._name} cannot be read after row {number}: {error}")

    def _record(self, where: str, names: list[str], row: tuple[Any, ...]) -> Record:
        from openpyxl.utils import get_column_letter

        beyond = next((n for n, cell in enumerate(row[len(names) :], len(names) + 1) if cell is not None), 0)
        if beyond:
            return Record(
                where, {}, f"has a cell in column {get_column_letter(beyond)}, which has no name in the header"
            )
        cells = (*map(_known, row[: len(names)]), *[None] * (len(names) - len(row)))
        return Record(where, dict(zip(names, cells, strict=True)))

    def sheets(self) -> list[str]:
        """Return the names of the sheets that can be seen."""
        return [sheet.title for sheet in self._book.worksheets if sheet.sheet_state == "visible"]

    def beginning(self, count: int) -> list[list[str]]:
        """Return the first rows of the sheet as texts."""
        sheet = self._sheet()
        sheet.reset_dimensions()
        rows = islice(sheet.iter_rows(values_only=True), count)
        return [["" if cell is None else str(cell).strip() for cell in row] for row in rows]

    def _sheet(self) -> Any:
        """Return the sheet that is meant; one that can be seen, if the options name none and there is only one."""
        from openpyxl.worksheet._read_only import ReadOnlyWorksheet

        sheets = [sheet for sheet in self._book.worksheets if isinstance(sheet, ReadOnlyWorksheet)]
        seen = [sheet for sheet in sheets if sheet.sheet_state == "visible"]
        wanted = self._options.sheet
        if wanted is None and len(seen) == 1:
            return seen[0]
        named = ", ".join(repr(sheet.title) for sheet in sheets)
        if wanted is None:
            raise UnreadableFile(
                f"{self._name} has the sheets {named}; write the one to read into the config: sheet: ..."
            )
        for number, sheet in enumerate(sheets, start=1):
            if wanted in (sheet.title, number):
                return sheet
        raise UnreadableFile(f"{self._name} has no sheet {wanted!r}; its sheets are {named}.")


def _known(value: Any) -> Any:
    """Return a value of the kinds that records have."""
    if isinstance(value, time):
        return value.isoformat()
    return value.total_seconds() if isinstance(value, timedelta) else value

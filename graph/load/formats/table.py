"""CSV and TSV. In: a file of lines with cells. Out: records of raw text; a row that cannot be read is a record with a problem."""

import codecs
import csv
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from graph.load.files import UnreadableFile
from graph.load.formats.options import FileOptions
from graph.load.formats.reading import AT_ONCE, Cut, column_names
from graph.load.records import Record

BLOCK = 2**20
LONGEST_CELL = 131_072
TOO_LONG = f"has a cell of more than {LONGEST_CELL:,} characters"
"""Characters: what the csv module takes unless a program says otherwise."""
LIKELY = {";": '";"', "\t": "tab", "|": '"|"', ",": '","'}
DIVIDERS = (";", "\t", "|", ",")
BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


class _Lines(Iterator[str]):
    """The lines of a file, which can be given back, with the number of the next one."""

    def __init__(self, file: TextIO) -> None:
        self._file, self._back, self._taken = file, deque[str](), list[str]()
        self.number = 1

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else next(self._file)
        self._taken.append(line)
        self.number += 1
        return line

    def begin(self) -> int:
        """Begin a row; return the number of its first line."""
        self._taken.clear()
        return self.number

    def give_back(self) -> bool:
        """Give back all lines of this row but the first; return whether there were any."""
        rest = self._taken[1:]
        self._back.extendleft(reversed(rest))
        self.number -= len(rest)
        self._taken.clear()
        return bool(rest)


class TableReading:
    """A reading of a CSV or TSV file."""

    total: int | None = None
    at_once = AT_ONCE

    def __init__(self, path: Path, options: FileOptions, name: str) -> None:
        self._path, self._options, self._name = path, options, name
        self._file: TextIO | None = None

    def close(self) -> None:
        """Close the file."""
        if self._file:
            self._file.close()

    def records(self) -> Iterator[Record | Cut]:
        """Yield a record for each row that has a cell with text."""
        encoding = self._encoding()
        _require_text(self._path, encoding, self._name)
        self._file = self._path.open(encoding=encoding, newline="")
        lines = _Lines(self._file)
        rows = self._rows(lines)
        names = self._header(rows)
        for number, cells, problem in rows:
            where = f"{self._name}:{number}"
            if problem:
                yield Record(where, {}, problem)
            elif not any(cells):
                continue
            elif len(cells) != len(names):
                said = f"has {_cells(len(cells))}, and the header has {len(names)}"
                more = "; a quote may be missing" if lines.give_back() else ""
                yield Record(where, {}, said + more)
            else:
                yield Record(where, dict(zip(names, cells, strict=True)))

    def _encoding(self) -> str:
        with self._path.open("rb") as file:
            begins = file.read(4)
        marked = next((encoding for bom, encoding in BOMS.items() if begins.startswith(bom)), "")
        return marked or self._options.encoding or "utf-8"

    def _rows(self, lines: _Lines) -> Iterator[tuple[int, list[str], str]]:
        """Yield for each row the number of its first line, its cells, and why they cannot be read."""
        quote = self._options.quote
        rows = csv.reader(
            lines,
            delimiter=self._delimiter,
            quotechar=quote or None,
            quoting=csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE,
            strict=True,
        )
        while True:
            number = lines.begin()
            try:
                cells = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                # An opened quote takes in all lines that follow; they are read again without it.
                lines.give_back()
                yield number, [], _said(error)
            else:
                yield number, cells, ""

    @property
    def _delimiter(self) -> str:
        return self._options.delimiter or ("\t" if self._options.kind == "tsv" else ",")

    def _header(self, rows: Iterator[tuple[int, list[str], str]]) -> list[str]:
        """Read the names of the columns."""
        for number, cells, problem in rows:
            if number < self._options.header or (not any(cells) and not problem):
                continue
            if problem:
                raise UnreadableFile(f"{self._name}:{number} has the names of the columns, and {problem}.")
            if len(cells) == 1 and self._options.delimiter is None:
                self._require_one_column(cells[0])
            return column_names(cells)
        raise UnreadableFile(f"{self._name} has no line {self._options.header} with the names of the columns.")

    def _require_one_column(self, name: str) -> None:
        """Refuse a header of one cell that looks like several."""
        likely = next((mark for mark in LIKELY if mark in name and mark != self._delimiter), "")
        if likely:
            raise UnreadableFile(
                f"{self._name} has one column only, {name[:100]!r}. If its cells are divided by another character, "
                f"say so in the config: delimiter: {LIKELY[likely]}"
            )


def _cells(count: int) -> str:
    return "1 cell" if count == 1 else f"{count} cells"


def _said(error: csv.Error) -> str:
    text = str(error)
    if "field larger" in text:
        return f"{TOO_LONG}; a closing quote may be missing"
    if "unexpected end" in text:
        return "opens a quote that is never closed"
    return f"has a quote in the wrong place: {text}; inside of quotes, write a quote twice"


def _require_text(path: Path, encoding: str, name: str) -> None:
    """Refuse a file that is not text of this encoding, and say in which line."""
    decoder, line = codecs.getincrementaldecoder(encoding)(), 1
    with path.open("rb") as file:
        while True:
            block = file.read(BLOCK)
            try:
                line += decoder.decode(block, final=not block).count("\n")
            except UnicodeDecodeError as error:
                line += error.object[: error.start].count(b"\n")
                raise UnreadableFile(_undecodable(f"{name}:{line}", encoding, error)) from error
            if not block:
                return


def _undecodable(where: str, encoding: str, error: UnicodeDecodeError) -> str:
    name = encoding.removesuffix("-sig").upper()
    byte = f"byte {error.object[error.start]:#04x}" if error.start < len(error.object) else "the end"
    if encoding.startswith("utf-8"):
        say = "write its encoding into the config, such as encoding: latin-1 or encoding: cp1252, or save it as UTF-8"
    else:
        say = "write another encoding into the config, or save the file as UTF-8"
    return f"{where} is not {name} ({byte}); {say}."

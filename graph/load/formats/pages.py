"""What a Parquet file needs in memory while it is read. In: a path and its metadata. Out: Needs of each group of rows.

The footer does not tell it: a page is decompressed as a whole, and one entry of a dictionary may stand in each row.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

MIB = 2**20
MOST_PAGES = 256 * MIB
"""Most bytes that the open pages of all columns may have."""
MOST_ROW = 256 * MIB
AT_ONCE = 8 * MIB
"""Bytes of rows that are read at once."""
MOST_ROWS = 65_536
HEAD, LONGEST_HEAD = 4_096, 16 * MIB
FIXED = 16
"""Bytes of a value that is no text, at most."""
COPIES, COPIES_KEPT = 2, 6
"""How often the library has a dictionary in memory; more often if the column stays a dictionary."""
GROWS = 7
"""The encoding DELTA_BYTE_ARRAY: a value may repeat the one before, so a page may grow with each value."""
TEXT = "BYTE_ARRAY"
DATA, DICTIONARY, DATA_2 = 0, 2, 3
"""Types of pages."""


@dataclass(frozen=True)
class Needs:
    """Bytes of the open pages of a group of rows, and of its largest row, at most."""

    pages: int
    row: int

    @property
    def rows(self) -> int:
        """How many rows are read at once."""
        return max(1, min(MOST_ROWS, AT_ONCE // max(1, self.row)))

    @property
    def problem(self) -> str:
        """Say why the group cannot be read; an empty text if it can."""
        if self.pages > MOST_PAGES:
            what, size, most = "its pages and dictionaries need", self.pages, MOST_PAGES
        elif self.row > MOST_ROW:
            what, size, most = "a row may need", self.row, MOST_ROW
        else:
            return ""
        return (
            f"{what} {size // MIB:,} MiB at once, and at most {most // MIB:,} are accepted; write it with smaller pages"
        )


@dataclass(frozen=True)
class _Page:
    """A page: its type, its sizes as stored and decompressed, its values, their encoding, and where its body begins."""

    type: int
    packed: int
    size: int
    values: int
    encoding: int
    rows: int | None
    at: int


def needs_of(path: Path, metadata: Any, kept: frozenset[str]) -> Iterator[Needs]:
    """Yield what each group of rows needs; columns that are `kept` as dictionaries need more. Raise ValueError."""
    with path.open("rb") as file:
        for at in range(metadata.num_row_groups):
            group = metadata.row_group(at)
            every = [
                _column(file, group.column(number), metadata.schema.column(number), kept)
                for number in range(group.num_columns)
            ]
            yield Needs(sum(each.pages for each in every), sum(each.row for each in every))


def _column(file: BinaryIO, chunk: Any, schema: Any, kept: frozenset[str]) -> Needs:
    """Return what a column of a group of rows needs."""
    pages = list(_pages(file, chunk))
    words = [page for page in pages if page.type == DICTIONARY]
    data = [page for page in pages if page.type != DICTIONARY]
    copies = COPIES_KEPT if chunk.path_in_schema.split(".")[0] in kept else COPIES
    open_at_once = copies * _most(page.size for page in words) + _most(page.size + page.packed for page in data)
    fixed = max(FIXED, schema.length or 0)
    longest = _most(_longest(file, page, chunk) for page in words) if chunk.physical_type == TEXT else fixed
    several = schema.max_repetition_level > 0
    return Needs(open_at_once, _most(_row(page, longest if words else fixed, several=several) for page in data))


def _row(page: _Page, longest: int, *, several: bool) -> int:
    """Return how much of a page one row may be; with `several`, a row has as many values as it likes."""
    if page.encoding == GROWS:
        return page.size * (page.values if several else 1)
    most = max(FIXED, longest, page.size // max(1, page.values))
    return most * (page.values if several and page.rows != page.values else 1)


def _most(sizes: Iterator[int]) -> int:
    return max(sizes, default=0)


def _pages(file: BinaryIO, chunk: Any) -> Iterator[_Page]:
    """Yield the pages of a column, by their headers; raise ValueError."""
    starts = chunk.dictionary_page_offset if chunk.has_dictionary_page else None
    at, values = starts or chunk.data_page_offset, 0
    while values < chunk.num_values:
        page = _page(file, at)
        at = page.at + page.packed
        values += page.values if page.type != DICTIONARY else 0
        yield page


def _page(file: BinaryIO, at: int) -> _Page:
    """Read the header of a page."""
    length = HEAD
    while True:
        file.seek(at)
        data = file.read(length)
        header = _Header(data)
        try:
            told = header.struct()
            break
        except IndexError:
            if len(data) < length or length >= LONGEST_HEAD:
                raise ValueError("the head of a page is damaged") from None
            length *= 16
    about: dict[int, Any] = next((told[name] for name in (5, 7, 8) if name in told), {})
    type_, size, packed, values = told.get(1), told.get(2), told.get(3), about.get(1, 0)
    if type_ is None or size is None or packed is None or min(size, packed, values) < 0:
        raise ValueError("the head of a page is damaged")
    # The second form of data pages has another field for the encoding, and tells its rows.
    encoding, rows = (about.get(4, 0), about.get(3)) if type_ == DATA_2 else (about.get(2, 0), None)
    return _Page(type_, packed, size, values, encoding, rows, at + header.at)


def _longest(file: BinaryIO, page: _Page, chunk: Any) -> int:
    """Return the length of the longest text of a dictionary; that of all of it if it cannot be decompressed here."""
    if page.size * MOST_ROWS <= AT_ONCE or page.size > MOST_PAGES:
        return page.size
    import pyarrow

    file.seek(page.at)
    data = file.read(page.packed)
    try:
        if chunk.compression != "UNCOMPRESSED":
            data = pyarrow.Codec(chunk.compression.lower()).decompress(data, page.size, asbytes=True)
    except (pyarrow.ArrowException, ValueError, OSError):
        return page.size
    at = longest = 0
    for _ in range(page.values):
        length = int.from_bytes(data[at : at + 4], "little")
        at += 4 + length
        longest = max(longest, length)
    return min(longest, page.size)


class _Header:
    """Reads a structure in Thrift's compact protocol; raise IndexError where it ends too early, ValueError where it is none."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.at = 0

    def struct(self, depth: int = 0) -> dict[int, Any]:
        """Return the fields of a structure by their numbers."""
        found: dict[int, Any] = {}
        last = 0
        while head := self._byte():
            last = last + (head >> 4) if head >> 4 else self._number()
            found[last] = self._value(head & 15, depth)
        return found

    def _value(self, kind: int, depth: int) -> Any:
        if kind in (1, 2):
            return kind == 1
        if kind in (3, 4, 5, 6):
            return self._byte() if kind == 3 else self._number()
        if kind == 8:
            length = self._plain()
            self.at += length
            return None
        if kind == 12 and depth < 4:
            return self.struct(depth + 1)
        raise ValueError("the head of a page is damaged")

    def _byte(self) -> int:
        self.at += 1
        return self._data[self.at - 1]

    def _plain(self) -> int:
        value = shift = 0
        while True:
            byte = self._byte()
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value
            if shift > 63:
                raise ValueError("the head of a page is damaged")

    def _number(self) -> int:
        plain = self._plain()
        return (plain >> 1) ^ -(plain & 1)

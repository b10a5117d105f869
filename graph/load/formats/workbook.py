"""The parts of a workbook, which are packed. In: an .xlsx file. Out: its parts, unless one is larger than any of Excel.

A few kilobytes can be unpacked to gigabytes. What is read whole may have 16 MiB, and so may a row or a text of what is read in
pieces.
"""

import re
from types import TracebackType
from typing import IO, Any
from zipfile import ZipFile, ZipInfo

MOST_WHOLE = 16 * 2**20
"""Bytes of a part that is read whole, such as the styles, and of a row or a text."""
MOST_PART = 2 * 2**30
"""Bytes of a part that is read in pieces: a sheet, or the table of texts."""
MOST_ROWS = 2**20
"""Rows of a sheet of Excel."""
MOST_TEXTS = 2**25
"""Texts in the table of texts, each of which takes 8 bytes of memory."""
MOST_BEGUN = 2 * MOST_ROWS + 1_000
"""Halves of rows in a part: names with a prefix are counted where a row begins and where it ends. Some texts write of rows."""
MOST_TAGS = 2**20
"""Tags of a row or a text: an element takes many times the memory that it takes in the file."""
BEGINS = (b"<row", b":row", b"<si>", b":si>")
"""How rows and texts begin."""
SECTIONS = {b"<![CDATA[": b"]]>", b"<!--": b"-->", b"<?": b"?>"}
"""How what is no element begins and ends: in there `<row` begins no row."""
NO_ELEMENT = re.compile(rb"<!\[CDATA\[|<!--|<\?|<!DOCTYPE")
LONGEST_MARK = 9
STEP = 64 * 1024


class TooLarge(Exception):
    """A part of a workbook is too large; the text says which. It is no ValueError, which openpyxl takes for one of its own."""


class Parts(ZipFile):
    """The parts of a workbook."""

    def read(self, name: str | ZipInfo, pwd: bytes | None = None) -> bytes:
        """Read a part; raise TooLarge."""
        self._require(name, MOST_WHOLE)
        with ZipFile.open(self, name, "r", pwd) as file:
            return file.read()

    def open(self, name: str | ZipInfo, *given: Any, **options: Any) -> IO[bytes]:
        """Open a part that is read in pieces; raise TooLarge, also while it is read."""
        self._require(name, MOST_PART)
        return Pieces(super().open(name, *given, **options), str(name))  # type: ignore[return-value]  # it has what is used

    def _require(self, name: str | ZipInfo, most: int) -> None:
        """Raise TooLarge if a part says that it has more bytes; no more of it than it says is ever unpacked."""
        about = name if isinstance(name, ZipInfo) else self.getinfo(name)
        if about.file_size > most:
            raise TooLarge(f"its part {about.filename[:100]} has {about.file_size:,} bytes; accepted are {most:,}")


class Pieces:
    """A part that is read in pieces."""

    def __init__(self, file: IO[bytes], name: str) -> None:
        self._file, self._name, self._since = file, name, 0
        self._begun, self._tags = 0, 0
        self._left, self._ends = b"", b""

    def read(self, count: int = STEP) -> bytes:
        """Read the next piece; raise TooLarge if no row and no text began for too long."""
        piece = self._file.read(min(count, STEP) if count >= 0 else STEP)
        since = self._since_begin(self._left + piece)
        self._since = self._since + len(piece) if since is None else since
        if self._since > MOST_WHOLE:
            raise TooLarge(f"its part {self._name[:100]} has a row or a text of more than {MOST_WHOLE:,} bytes")
        self._count(piece, since)
        return piece

    def _count(self, piece: bytes, since: int | None) -> None:
        """Raise TooLarge if the part has too many rows, nested ones too, or a row or a text has too many tags."""
        self._begun += 2 * piece.count(b"<row") + piece.count(b":row")
        self._tags = self._tags + piece.count(b"<") if since is None else piece.count(b"<", max(0, len(piece) - since))
        if self._begun > MOST_BEGUN:
            raise TooLarge(f"its part {self._name[:100]} has more than {MOST_ROWS:,} rows, the most that Excel has")
        if self._tags > MOST_TAGS:
            raise TooLarge(f"its part {self._name[:100]} has a row or a text of more than {MOST_TAGS:,} tags")

    def _since_begin(self, data: bytes) -> int | None:
        """Return how many bytes ago the last row or text began, None if none did; keep what may be half a mark."""
        at, last = 0, -1
        while True:
            if self._ends:
                end = data.find(self._ends, at)
                if end < 0:
                    break
                at, self._ends = end + len(self._ends), b""
            mark = NO_ELEMENT.search(data, at)
            last = max(last, *(data.rfind(begin, at, mark.start() if mark else len(data)) for begin in BEGINS))
            if mark is None:
                break
            if mark[0] not in SECTIONS:
                raise TooLarge(f"its part {self._name[:100]} declares a type of document, as no part of Excel does")
            at, self._ends = mark.end(), SECTIONS[mark[0]]
        self._left = data[max(at, len(data) - (LONGEST_MARK - 1)) :]
        return len(data) - last if last >= 0 else None

    def close(self) -> None:
        """Close the part."""
        self._file.close()

    def __enter__(self) -> "Pieces":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

"""What a downloaded file grows to when it is read. In: a path, a kind of file, limits. Out: why it is too large, or "".

Both kinds state the sizes of their parts. In a Parquet file a text may stand for many rows, so its records are weighed too.
"""

import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from graph.load.records import Record
from graph.portals.limits import MIB, Limits

STREAMED = ("xl/worksheets/", "xl/sharedStrings.xml")
"""Parts of a workbook that are read in pieces. The others are read into memory."""


def too_large(path: Path, kind: str, limits: Limits) -> str:
    """Say why a file is not read. A file that cannot be opened is left to its reader, which says why."""
    if kind == "excel":
        return _workbook(path, limits)
    return _parquet(path, limits) if kind == "parquet" else ""


def _workbook(path: Path, limits: Limits) -> str:
    try:
        with zipfile.ZipFile(path) as book:
            sizes = [(part.filename.startswith(STREAMED), part.file_size) for part in book.infolist()]
    except (zipfile.BadZipFile, OSError):
        return ""
    in_memory = sum(size for streamed, size in sizes if not streamed)
    if in_memory > limits.page_bytes:
        return (
            f"the workbook has {_mib(in_memory)} beside its sheets, and at most {_mib(limits.page_bytes)} are accepted"
        )
    return _total(sum(size for _, size in sizes), limits)


def _parquet(path: Path, limits: Limits) -> str:
    import pyarrow
    from pyarrow import parquet

    try:
        about = parquet.read_metadata(path)
    except (pyarrow.ArrowException, OSError):
        return ""
    return _total(sum(about.row_group(at).total_byte_size for at in range(about.num_row_groups)), limits)


class Weighed:
    """Adds up the texts of records as they come, in characters."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._size = 0

    def add(self, records: Iterable[Record]) -> str:
        """Add records; say why no more are read, or ""."""
        self._size += sum(map(_weight, (each.values for each in records)))
        return _total(self._size, self._limits)


def _weight(value: Any) -> int:
    if isinstance(value, str):
        return len(value)
    if isinstance(value, dict):
        return sum(map(_weight, value.values()))
    return sum(map(_weight, value)) if isinstance(value, list) else 1


def _total(size: int, limits: Limits) -> str:
    most = limits.file_bytes
    return (
        f"the file has {_mib(size)} when it is unpacked, and at most {_mib(most)} are accepted" if size > most else ""
    )


def _mib(size: int) -> str:
    return f"{size / MIB:,.0f} MiB" if size >= MIB else f"{size:,} bytes"

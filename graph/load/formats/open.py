"""Opening a file. In: a path and options. Out: a Source, which gives its records in parts and keeps none of them."""

import asyncio
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from graph.load.files import UnreadableFile
from graph.load.formats.options import KINDS, FileOptions, kind_of
from graph.load.formats.reading import Cut, Reading
from graph.load.records import Known, Record, Take, Told

BLOCK = 2**20
COMPRESSED = {b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"\xfd7zXZ": "xz", b"\x28\xb5\x2f\xfd": "zstandard"}
BEGINNINGS = {b"PAR1": "parquet", b"PK\x03\x04": "excel"}
OLD = "is an old Excel file (.xls) or one with a password; save it as .xlsx without a password"
BINARY = ("excel", "parquet")
VALIDATOR = "digest"


@dataclass(frozen=True)
class FileSource:
    """A file as a Source. `name` is what places of records begin with."""

    path: Path
    options: FileOptions
    name: str

    async def read(self, known: Known, take: Take) -> Told:
        """Give the records of the file, unless it is what it was when `known` was told; raise UnreadableFile."""
        before = _state(self.path)
        digest = await asyncio.to_thread(_digest, self.path, self.options)
        validators = {VALIDATOR: digest}
        if known.validators.get(VALIDATOR) == digest:
            return Told(unchanged=True, validators=validators)
        reading = _reading(self)
        records, incomplete = reading.records(), ""
        try:
            while part := await asyncio.to_thread(_part, records, reading.at_once):
                if isinstance(part[-1], Cut):
                    incomplete = str(part.pop())
                read = [each for each in part if isinstance(each, Record)]
                if read:
                    await take(read, None)
        finally:
            reading.close()
        if _state(self.path) != before:
            incomplete = f"{self.name} changed while it was read"
        return Told(total=reading.total, incomplete=incomplete, validators=validators)

    def first(self, count: int) -> list[Record]:
        """Return the first records of the file; raise UnreadableFile."""
        reading = _reading(self)
        try:
            return [each for each in islice(reading.records(), count) if isinstance(each, Record)]
        finally:
            reading.close()


def open_file(path: Path, options: FileOptions | None = None, name: str = "") -> FileSource:
    """Return a file as a Source; raise UnreadableFile if it is missing, or not of the kind that the options or its name say."""
    options = options or FileOptions()
    kind = options.kind or kind_of(path)
    try:
        with path.open("rb") as file:
            begins = file.read(8)
    except OSError as error:
        raise UnreadableFile(f"{path} cannot be read: {error.strerror}.") from error
    if packed := next((packed for mark, packed in COMPRESSED.items() if begins.startswith(mark)), ""):
        raise UnreadableFile(f"{path} is compressed ({packed}); unpack it first.")
    if begins.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableFile(f"{path} {OLD}.")
    if not kind:
        raise UnreadableFile(
            f"{path}: the end of its name does not say what it is; accepted kinds are {', '.join(KINDS)}."
        )
    _require_kind(path, kind, begins)
    return FileSource(path, replace(options, kind=kind), name or path.name)


def _require_kind(path: Path, kind: str, begins: bytes) -> None:
    """Refuse a file that begins as another kind of file."""
    if not begins:
        raise UnreadableFile(f"{path} is empty.")
    found = next((found for mark, found in BEGINNINGS.items() if begins.startswith(mark)), "")
    if found != kind and (found or kind in BINARY):
        raise UnreadableFile(f"{path} is {found or 'not'}{'' if found else ' ' + kind}; it was to be read as {kind}.")


def _reading(source: FileSource) -> Reading:
    """Return what reads this kind of file; their libraries are imported only if they are needed."""
    kind = source.options.kind
    given = (source.path, source.options, source.name)
    if kind in ("csv", "tsv"):
        from graph.load.formats.table import TableReading

        return TableReading(*given)
    if kind == "excel":
        from graph.load.formats.excel import ExcelReading

        return ExcelReading(*given)
    if kind == "parquet":
        from graph.load.formats.parquet import ParquetReading

        return ParquetReading(*given)
    from graph.load.formats.json import ArrayReading, LinesReading

    return ArrayReading(*given) if kind == "json" else LinesReading(*given)


def _part(records: Iterator[Record | Cut], most: int) -> list[Record | Cut]:
    return list(islice(records, most))


def _state(path: Path) -> tuple[int, int]:
    try:
        about = path.stat()
    except OSError as error:
        raise UnreadableFile(f"{path} cannot be read: {error.strerror}.") from error
    return about.st_size, about.st_mtime_ns


def _digest(path: Path, options: FileOptions) -> str:
    """Return a digest of the file and of how it is read."""
    digest = hashlib.sha256(repr(options).encode())
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()

"""Parquet. In: a file of typed columns. Out: records with dates, decimals, and timestamps with their zones."""

from collections.abc import Iterator
from datetime import time, timedelta
from pathlib import Path
from typing import Any

from graph.load.files import UnreadableFile
from graph.load.formats.options import FileOptions
from graph.load.formats.pages import needs_of
from graph.load.formats.reading import AT_ONCE, Cut, column_names
from graph.load.formats.table import LONGEST_CELL, TOO_LONG
from graph.load.records import Record

BUFFER = 2**20


class ParquetReading:
    """A reading of a Parquet file."""

    def __init__(self, path: Path, options: FileOptions, name: str) -> None:  # noqa: ARG002  # all readings take the same
        import pyarrow
        from pyarrow import parquet

        self._name = name
        try:
            # With a buffer a column is read in pieces, and not a whole group of rows at once.
            self._file = parquet.ParquetFile(path, memory_map=False, buffer_size=BUFFER, pre_buffer=False)
        except (pyarrow.ArrowException, OSError) as error:
            raise UnreadableFile(f"{path} is not a Parquet file: {_plain(error)}.") from error
        kept = frozenset(field.name for field in self._file.schema_arrow if "dictionary" in str(field.type))
        try:
            self._needs = list(needs_of(path, self._file.metadata, kept))
        except (ValueError, OSError) as error:
            self._file.close()
            raise UnreadableFile(f"{path} is not a Parquet file: {_plain(error)}.") from error
        if problem := next((each.problem for each in self._needs if each.problem), ""):
            self._file.close()
            raise UnreadableFile(f"{path} is not read: {problem}.")
        self.total: int | None = self._file.metadata.num_rows
        self.at_once = min(AT_ONCE, *(each.rows for each in self._needs)) if self._needs else AT_ONCE

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def records(self) -> Iterator[Record | Cut]:
        """Yield a record for each row; a fault in the file ends it, with a Cut."""
        import pyarrow

        names = column_names(self._file.schema_arrow.names)
        number = 0
        try:
            for part in self._parts():
                long = {number + row for column in part.columns for row in _too_long(column)}
                for row in zip(*(_column(column) for column in part.columns), strict=True):
                    where, is_long = f"{self._name}[{number + 1}]", number in long
                    number += 1
                    yield Record(where, {}, TOO_LONG) if is_long else Record(where, dict(zip(names, row, strict=True)))
        except (pyarrow.ArrowException, OSError) as error:
            yield Cut(f"{self._name} cannot be read after record {number}: {_plain(error)}")

    def _parts(self) -> Iterator[Any]:
        """Yield the rows in parts: as many as need little memory, also if each has the longest text of a dictionary."""
        import pyarrow

        for group, needs in enumerate(self._needs):
            for batch in self._file.iter_batches(batch_size=needs.rows, row_groups=[group], use_threads=False):
                for first in range(0, batch.num_rows, self.at_once):
                    yield batch.slice(first, self.at_once)
            # Otherwise the library gives memory back when some time has passed, which on a busy machine is several groups later.
            pyarrow.default_memory_pool().release_unused()


def _plain(error: Exception) -> str:
    return " ".join(str(error).split())[:200]


def _too_long(column: Any) -> list[int]:
    """Return the numbers of the rows whose text is longer than a cell may be in other formats."""
    from pyarrow import compute, types

    if types.is_dictionary(column.type):
        words = compute.binary_length(column.dictionary) if _is_text(column.type.value_type) else None
        lengths = None if words is None else compute.take(words, column.indices)
    else:
        lengths = compute.binary_length(column) if _is_text(column.type) else None
    if lengths is None or (compute.max(lengths).as_py() or 0) <= LONGEST_CELL:
        return []
    return [row for row, length in enumerate(lengths.to_pylist()) if (length or 0) > LONGEST_CELL]


def _is_text(of: Any) -> bool:
    from pyarrow import types

    return any(each(of) for each in (types.is_string, types.is_large_string, types.is_binary, types.is_large_binary))


def _column(column: Any) -> list[Any]:
    """Return the values of a column as Python knows them."""
    import pyarrow
    from pyarrow import compute, types

    of = column.type
    if types.is_timestamp(of) and of.unit == "ns":
        # Python's datetimes have microseconds.
        column = compute.cast(column, pyarrow.timestamp("us", tz=of.tz), safe=False)
    elif types.is_duration(of) or (types.is_time(of) and of.unit == "ns"):
        column = compute.cast(column, pyarrow.time64("us"), safe=False) if types.is_time(of) else column.cast("int64")
    values: list[Any] = column.to_pylist()
    if types.is_nested(of) or types.is_time(of) or types.is_binary(of) or types.is_large_binary(of):
        return [_known(value) for value in values]
    return values


def _known(value: Any) -> Any:
    """Return a value of the kinds that records have."""
    if isinstance(value, dict):
        return {str(key): _known(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_known(each) for each in value]
    if isinstance(value, tuple):
        return [_known(each) for each in value]
    if isinstance(value, time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value

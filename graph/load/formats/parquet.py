"""Parquet. In: a file of typed columns. Out: records with dates, decimals, and timestamps with their zones."""

from collections.abc import Iterator
from datetime import time, timedelta
from pathlib import Path
from typing import Any

from graph.load.files import UnreadableFile
from graph.load.formats.options import FileOptions
from graph.load.formats.reading import Cut, column_names
from graph.load.records import Record

AT_ONCE = 1_000
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
        self.total: int | None = self._file.metadata.num_rows

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def records(self) -> Iterator[Record | Cut]:
        """Yield a record for each row; a fault in the file ends it, with a Cut."""
        import pyarrow

        names = column_names(self._file.schema_arrow.names)
        number = 0
        try:
            for batch in self._file.iter_batches(batch_size=AT_ONCE, use_threads=False):
                columns = [_column(column) for column in batch.columns]
                for row in zip(*columns, strict=True):
                    number += 1
                    yield Record(f"{self._name}[{number}]", dict(zip(names, row, strict=True)))
        except (pyarrow.ArrowException, OSError) as error:
            yield Cut(f"{self._name} cannot be read after record {number}: {_plain(error)}")


def _plain(error: Exception) -> str:
    return " ".join(str(error).split())[:200]


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

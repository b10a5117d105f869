"""Pages of facts as files. In: pages as they are read, a folder. Out: a CSV and a Parquet file of a data set, grown page by page.

The CSV is what `neo4j-admin database import` takes. Equal pages make equal bytes.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from graph.export.datasets import Dataset
from graph.snapshot.columns import DATE, DATETIME, LATITUDE, LONGITUDE, POINT, STRINGS, header, schema, stored_columns

SEPARATOR = "\x1f"
"""Separates the items of a list in CSV: the unit separator, which no text of a fact may hold (`schema/derived/rows.py`)."""
GROUP = 20_000
"""Rows of a row group of a Parquet file."""
CSV, PARQUET = "csv", "parquet"
NODES, TIES = "nodes", "relationships"
Page = Sequence[Mapping[str, Any]]
Seen = Mapping[str, Collection[str]]
"""The ids of the nodes that a snapshot has, by label."""


def file_name(dataset: Dataset, format_: str) -> str:
    """Return where a file of a data set is in a snapshot, such as `csv/nodes/City.csv`."""
    return f"{format_}/{TIES if dataset.of_relationships else NODES}/{dataset.name}.{format_}"


def batch(dataset: Dataset, page: Page, seen: Seen) -> Any:
    """Return a page as an Arrow record batch; a property that holds ids names only nodes that the snapshot has."""
    import pyarrow as arrow

    rows = [each["properties"] for each in page]
    known = schema(dataset)
    own = [[each[key] for each in page] for key in ("start", "end")] if dataset.of_relationships else []
    own.append([row["id"] for row in rows])
    values: list[list[Any]] = [*own]
    for column in stored_columns(dataset):
        cells = [row.get(column.name) for row in rows]
        if column.refers_to:
            cells = [_kept(cell, seen.get(column.refers_to, ())) for cell in cells]
        elif column.type == DATE:
            # The days that every fact may have come as texts, others as objects of the driver.
            cells = [cell if cell is None or isinstance(cell, str) else cell.iso_format() for cell in cells]
        if column.type == POINT:
            values.append([None if cell is None else cell.latitude for cell in cells])
            values.append([None if cell is None else cell.longitude for cell in cells])
        else:
            values.append(cells)
    arrays = [_array(cells, each.type) for cells, each in zip(values, known, strict=True)]
    return arrow.record_batch(arrays, schema=known)


def _array(cells: list[Any], type_: Any) -> Any:
    import pyarrow as arrow

    if type_ == arrow.date32():
        return arrow.array(cells, arrow.string()).cast(type_)
    return arrow.array(cells, type_)


def _kept(held: Any, seen: Collection[str]) -> Any:
    if held is None:
        return None
    if isinstance(held, str):
        return held if held in seen else None
    return [id_ for id_ in held if id_ in seen] or None


@dataclass
class Tables:
    """The two files of one data set, and what is counted of its rows. Use it as a context; a file is made with the first row."""

    dataset: Dataset
    folder: Path
    rows: int = 0
    multiline: bool = False
    """Whether a text holds the end of a line, which Neo4j's import must be told of."""
    sources: "Counter[str]" = field(default_factory=Counter)
    without: int = 0
    """How many rows name no source."""
    changed: datetime | None = None
    """When the last of the rows was changed."""
    _waiting: list[Any] = field(default_factory=list)
    _held: int = 0
    _csv: Any = None
    _parquet: Any = None
    _text: Any = None

    def __enter__(self) -> "Tables":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None and self._waiting:
                self._flush()
        finally:
            for each in (self._csv, self._text, self._parquet):
                if each is not None:
                    each.close()

    def add(self, rows: Any) -> None:
        """Add a record batch that `batch` made."""
        import pyarrow.compute as compute

        if not rows.num_rows:
            return
        if self._csv is None:
            self._open(rows.schema)
        self._csv.write(self._as_text(rows))
        self._waiting.append(rows)
        self._held += rows.num_rows
        if self._held >= GROUP:
            self._flush()
        self.rows += rows.num_rows
        cited = rows.column("sources")
        self.without += cited.null_count
        for each in compute.value_counts(compute.list_flatten(cited)).to_pylist():
            self.sources[each["values"]] += each["counts"]
        last = compute.max(rows.column("updatedAt")).as_py()
        self.changed = last if self.changed is None else max(self.changed, last)

    def _open(self, known: Any) -> None:
        from pyarrow import csv, parquet

        for format_ in (CSV, PARQUET):
            (self.folder / file_name(self.dataset, format_)).parent.mkdir(parents=True, exist_ok=True)
        self._text = (self.folder / file_name(self.dataset, CSV)).open("wb")
        self._text.write(header(self.dataset).encode())
        options = csv.WriteOptions(include_header=False, quoting_style="needed")
        self._csv = csv.CSVWriter(self._text, _as_texts(self.dataset, known), write_options=options)
        target = str(self.folder / file_name(self.dataset, PARQUET))
        self._parquet = parquet.ParquetWriter(target, known, compression="zstd", store_schema=False)

    def _flush(self) -> None:
        import pyarrow as arrow

        # In one piece: the bytes must not depend on how the pages were cut.
        self._parquet.write_table(arrow.Table.from_batches(self._waiting).combine_chunks())
        self._waiting, self._held = [], 0

    def _as_text(self, rows: Any) -> Any:
        """Return a batch with the columns of CSV: lists joined, points and moments as Neo4j reads them."""
        import pyarrow as arrow
        import pyarrow.compute as compute

        own = 3 if self.dataset.of_relationships else 1
        arrays = [rows.column(at) for at in range(own)]
        for column in stored_columns(self.dataset):
            if column.type == POINT:
                parts = (rows.column(column.name + part).cast("string") for part in (LATITUDE, LONGITUDE))
                latitude, longitude = parts
                arrays.append(
                    compute.binary_join_element_wise("{latitude:", latitude, ",longitude:", longitude, "}", "")
                )
                continue
            values = rows.column(column.name)
            if column.type == STRINGS:
                values = compute.binary_join(values, SEPARATOR)
            elif column.type == DATETIME:
                values = compute.replace_substring(values.cast("string"), " ", "T", max_replacements=1)
            if values.type == arrow.string() and not self.multiline:
                self.multiline = bool(compute.any(compute.match_substring_regex(values, "[\r\n]")).as_py())
            arrays.append(values)
        return arrow.record_batch(arrays, schema=_as_texts(self.dataset, rows.schema))


def _as_texts(dataset: Dataset, known: Any) -> Any:
    import pyarrow as arrow

    own = list(known)[: 3 if dataset.of_relationships else 1]
    texts = [arrow.field(each.name, arrow.string()) for each in own]
    for column in stored_columns(dataset):
        joined = column.type in (POINT, STRINGS, DATETIME)
        texts.append(arrow.field(column.name, arrow.string() if joined else known.field(column.name).type))
    return arrow.schema(texts)

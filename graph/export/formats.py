"""Files of a data set. In: its rows as JSON Lines. Out: CSV, Parquet and gzip files, made step by step.

A step takes some milliseconds, so that whoever runs them may do other things between them. Equal rows make equal bytes.
"""

import csv
import gzip
import io
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from graph.export.datasets import Dataset
from graph.export.table import cell, columns
from schema.language.kinds import Kind

CHUNK = 500
"""Rows of a step."""
GROUP = 20_000
"""Rows of a row group of a Parquet file."""
BYTES = 256 * 1024
"""Bytes of a step of gzip."""
LEVEL = 6
LINES, CSV, PARQUET = "jsonl", "csv", "parquet"
MEDIA = {LINES: "application/x-ndjson", CSV: "text/csv", PARQUET: "application/vnd.apache.parquet"}
"""Media types of the formats. None is registered for JSON Lines."""

Steps = Iterator[None]


def write_csv(dataset: Dataset, lines: Path, target: BinaryIO) -> Steps:
    """Write RFC 4180: UTF-8, a line of names, CR LF."""
    every = columns(dataset)
    text = io.TextIOWrapper(target, "utf-8", newline="", write_through=True)
    table = csv.writer(text)
    table.writerow([column.name for column in every])
    for rows in _chunks(lines):
        table.writerows([[cell(column.value(row)) for column in every] for row in rows])
        yield
    text.detach()


def write_parquet(dataset: Dataset, lines: Path, target: BinaryIO) -> Steps:
    """Write Parquet with the types of the properties, in row groups."""
    import pyarrow as arrow
    from pyarrow import parquet

    every = columns(dataset)
    # Each column is nullable, but those that every row has.
    fields = [arrow.field(each.name, _type(each.kind), each.name not in dataset.keys) for each in every]
    schema = arrow.schema(fields)
    with parquet.ParquetWriter(target, schema, compression="zstd", store_schema=False) as writer:
        group: list[Any] = []
        held = 0
        for rows in _chunks(lines):
            arrays = [
                arrow.array([each.value(row) for row in rows], field.type)
                for each, field in zip(every, fields, strict=True)
            ]
            group.append(arrow.record_batch(arrays, schema=schema))
            held += len(rows)
            if held >= GROUP:
                writer.write_table(arrow.Table.from_batches(group, schema))
                group, held = [], 0
            yield
        writer.write_table(arrow.Table.from_batches(group, schema))
        yield


def _type(kind: Kind) -> Any:
    import pyarrow as arrow

    known = {
        Kind.INTEGER: arrow.int32(),
        Kind.BIG_INTEGER: arrow.int64(),
        Kind.NUMBER: arrow.float64(),
        Kind.BOOLEAN: arrow.bool_(),
        Kind.TEXTS: arrow.list_(arrow.string()),
        Kind.REFERENCES: arrow.list_(arrow.string()),
    }
    return known.get(kind, arrow.string())


def write_gzip(source: Path, target: BinaryIO) -> Steps:
    """Compress a file; neither its name nor the time is written."""
    with source.open("rb") as plain, gzip.GzipFile("", "wb", LEVEL, target, mtime=0) as packed:
        while part := plain.read(BYTES):
            packed.write(part)
            yield


def _chunks(lines: Path) -> Iterator[list[dict[str, Any]]]:
    with lines.open("rb") as file:
        while chunk := [orjson.loads(line) for line in islice(file, CHUNK)]:
            yield chunk


WRITERS: dict[str, Callable[[Dataset, Path, BinaryIO], Steps]] = {CSV: write_csv, PARQUET: write_parquet}
"""What makes each format of the rows."""

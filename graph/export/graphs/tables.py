"""Nodes and ties as two tables: CSV and Parquet. In: a network. Out: one of the tables, or both in a ZIP archive.

By hand: the edge lists of networkx 3.6.1 and igraph 1.0.0 lose people without ties, and cut or refuse ids such as `#7`.
"""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any, BinaryIO

from graph.export.graphs.exported import Attribute, Exported, Type, joined
from graph.export.graphs.zipped import write_zip
from graph.export.table import harmless

ROWS = 10_000
"""Rows of a row group of a Parquet file."""
Row = Sequence[Any]


@dataclass(frozen=True)
class Table:
    """A table: its columns, and its rows, which are made one by one."""

    columns: tuple[Attribute, ...]
    rows: Iterator[Row]


def nodes(of: Exported) -> Table:
    """Return the table of the nodes: id, then their attributes."""
    return Table((Attribute("id", Type.TEXT), *of.node_attributes), ((node.id, *node.values) for node in of.nodes))


def ties(of: Exported) -> Table:
    """Return the table of the ties: ends, whether it has a direction, a number as id, then their attributes."""
    own = tuple(Attribute(name, Type.TEXT) for name in ("source", "target", "type", "id"))
    kind, ids = "directed" if of.directed else "undirected", [node.id for node in of.nodes]
    rows = ((ids[a], ids[b], kind, str(at), *values) for at, (a, b, values, _) in enumerate(of.ties))
    return Table((*own, *of.tie_attributes), rows)


def write_csv(table: Callable[[Exported], Table], of: Exported, to: BinaryIO) -> None:
    """Write RFC 4180: UTF-8, a line of names, CR LF. An absent value is empty, and no text is."""
    given = table(of)
    text = io.TextIOWrapper(to, "utf-8", newline="")
    lines = csv.writer(text)
    lines.writerow([each.name for each in given.columns])
    cells = [_CELLS[each.type] for each in given.columns]
    lines.writerows(
        ["" if value is None else cell(value) for cell, value in zip(cells, row, strict=True)] for row in given.rows
    )
    text.flush()
    text.detach()


_CELLS: dict[Type, Callable[[Any], str]] = {
    Type.TEXT: harmless,
    Type.TEXTS: lambda items: harmless(joined(items)),
    Type.INTEGER: str,
    Type.NUMBER: repr,
    Type.BOOLEAN: lambda value: "true" if value else "false",
}


def write_parquet(table: Callable[[Exported], Table], of: Exported, to: BinaryIO) -> None:
    """Write Parquet with the types of the attributes, in row groups."""
    import pyarrow as arrow
    from pyarrow import parquet

    types = {
        Type.TEXT: arrow.string(),
        Type.TEXTS: arrow.list_(arrow.string()),
        Type.INTEGER: arrow.int64(),
        Type.NUMBER: arrow.float64(),
        Type.BOOLEAN: arrow.bool_(),
    }
    given = table(of)
    schema = arrow.schema([arrow.field(each.name, types[each.type]) for each in given.columns])
    with parquet.ParquetWriter(to, schema, compression="zstd", store_schema=False) as writer:
        while rows := list(islice(given.rows, ROWS)):
            columns = [
                arrow.array(column, field.type) for column, field in zip(zip(*rows, strict=True), schema, strict=True)
            ]
            writer.write_batch(arrow.record_batch(columns, schema=schema))


Write = Callable[[Callable[[Exported], Table], Exported, BinaryIO], None]


def write_both(write: Write, ending: str, of: Exported, to: BinaryIO) -> None:
    """Write both tables into a ZIP archive."""
    tables = {f"nodes.{ending}": nodes, f"edges.{ending}": ties}
    write_zip({name: partial(write, table, of) for name, table in tables.items()}, to, large=True)

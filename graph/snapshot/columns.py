"""The columns of a snapshot's files. In: a Dataset. Out: Columns, with their types in CSV for Neo4j's import and in Parquet.

They are the stored properties that the model declares, so that a statement of the live database means the same in a snapshot.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from graph.export.datasets import Dataset
from schema.language.days import SINCE_LAST, UNTIL_FIRST
from schema.language.kinds import Kind, Property
from schema.model import FACT

STRING, STRINGS, LONG, DOUBLE = "string", "string[]", "long", "double"
BOOLEAN, DATE, DATETIME, POINT = "boolean", "date", "datetime", "point{crs:WGS-84}"
TYPES = {
    Kind.INTEGER: LONG,
    Kind.BIG_INTEGER: LONG,
    Kind.MARKING: LONG,
    Kind.NUMBER: DOUBLE,
    Kind.BOOLEAN: BOOLEAN,
    Kind.INSTANT: DATETIME,
    Kind.POINT: POINT,
    Kind.TEXTS: STRINGS,
    Kind.REFERENCES: STRINGS,
}
"""Types of Neo4j's import, by kind; a kind that is not here is a string."""
START, END = f":START_ID({FACT})", f":END_ID({FACT})"
LATITUDE, LONGITUDE = "Latitude", "Longitude"


@dataclass(frozen=True)
class Column:
    """A stored property: its name, its type in Neo4j's import, and the label that it refers to if it holds ids."""

    name: str
    type: str
    refers_to: str | None = None

    @property
    def header(self) -> str:
        """Return the column's name in CSV."""
        return f"{self.name}:{self.type}"


def stored_columns(dataset: Dataset) -> tuple[Column, ...]:
    """Return the stored properties of a data set that a snapshot has, beside id and ends, in a stable order."""
    every = [
        Column("marking", LONG),
        Column("level", LONG),
        Column("audience", STRING),
        *(column for prop in dataset.properties for column in _columns(prop)),
        Column(SINCE_LAST, DATE),
        Column(UNTIL_FIRST, DATE),
        Column("recordedAt", DATETIME),
        Column("updatedAt", DATETIME),
    ]
    return tuple({column.name: column for column in every}.values())


def _columns(prop: Property) -> Iterator[Column]:
    if prop.kind is Kind.MONEY:
        yield Column(f"{prop.name}Amount", LONG)
        yield Column(f"{prop.name}Currency", STRING)
    else:
        yield Column(prop.name, TYPES.get(prop.kind, STRING), prop.refers_to)
    if prop.kind.is_date:
        yield Column(prop.day, DATE)
    if prop.searched:
        yield Column(prop.words, STRING)


def header(dataset: Dataset) -> str:
    """Return the first line of a CSV file."""
    own = [START, END, f"id:{STRING}"] if dataset.of_relationships else [f"id:ID({FACT})"]
    return ",".join([*own, *(column.header for column in stored_columns(dataset))]) + "\n"


def schema(dataset: Dataset) -> Any:
    """Return the Arrow schema of a Parquet file. A point is two columns."""
    import pyarrow as arrow

    plain = {
        STRING: arrow.string(),
        STRINGS: arrow.list_(arrow.string()),
        LONG: arrow.int64(),
        DOUBLE: arrow.float64(),
        BOOLEAN: arrow.bool_(),
        DATE: arrow.date32(),
        DATETIME: arrow.timestamp("ms", "UTC"),
    }
    own = ("from", "to", "id") if dataset.of_relationships else ("id",)
    fields = [arrow.field(name, arrow.string(), nullable=False) for name in own]
    for column in stored_columns(dataset):
        if column.type == POINT:
            fields += [arrow.field(column.name + part, arrow.float64()) for part in (LATITUDE, LONGITUDE)]
        else:
            fields.append(arrow.field(column.name, plain[column.type]))
    return arrow.schema(fields)

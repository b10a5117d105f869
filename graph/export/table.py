"""Rows as tables. In: a Dataset and its rows. Out: columns in a stable order, each with a kind, and the cells of a row.

A point and an amount of money are two columns. Everything else is one, under the name of its property.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from graph.export.datasets import Dataset
from schema.language.kinds import Kind, Property

Row = Mapping[str, Any]
JOINED = "|"
"""Separates the items of a list in a cell of CSV; in an item it is written `\\|`, and a backslash `\\\\`."""
QUOTE = "'"
BEGINS_FORMULA = "=+-@\t\r"
"""Spreadsheets take a text that begins with one of these for a formula."""


@dataclass(frozen=True)
class Column:
    """A column: its name, the kind of its values, and how it gets one from a row."""

    name: str
    kind: Kind
    value: Callable[[Row], Any]


def columns(dataset: Dataset) -> tuple[Column, ...]:
    """Return the columns of a data set, in their order."""
    own = [Column(key, Kind.TEXT, _getter(key)) for key in dataset.keys]
    return (*own, *(column for prop in dataset.properties for column in _columns(prop)))


def _columns(prop: Property) -> list[Column]:
    if prop.kind is Kind.POINT:
        return [
            Column(f"{prop.name}Latitude", Kind.NUMBER, _part(prop.name, "latitude")),
            Column(f"{prop.name}Longitude", Kind.NUMBER, _part(prop.name, "longitude")),
        ]
    if prop.kind is Kind.MONEY:
        return [
            Column(f"{prop.name}Amount", Kind.BIG_INTEGER, _part(prop.name, "amount")),
            Column(f"{prop.name}Currency", Kind.TEXT, _part(prop.name, "currency")),
        ]
    return [Column(prop.name, prop.kind, _getter(prop.name))]


def _getter(name: str) -> Callable[[Row], Any]:
    return lambda row: row.get(name)


def _part(name: str, part: str) -> Callable[[Row], Any]:
    def value(row: Row) -> Any:
        whole = row.get(name)
        return None if whole is None else whole[part]

    return value


def cell(value: Any) -> str:
    """Write a value for CSV; an absent one is empty, and no text is."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return harmless(JOINED.join(item.replace("\\", "\\\\").replace(JOINED, "\\" + JOINED) for item in value))
    return harmless(value) if isinstance(value, str) else repr(value)


def harmless(text: str) -> str:
    """Put a quote before a text that a spreadsheet would run, and before one that has such a quote already.

    Who removes one quote from each text that begins with quotes and one of these characters has the texts again.
    """
    return QUOTE + text if text.lstrip(QUOTE)[:1] in tuple(BEGINS_FORMULA) else text

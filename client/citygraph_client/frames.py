"""Rows to data frames. In: rows as nested objects, names of columns. Out: a DataFrame of pandas or polars.

Nested objects become columns with dotted names. A text stays a text, so `001` and `1991~` are what the server says.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from typing import Any, Literal

from citygraph_client.errors import BadDocument, MissingExtra

Library = Literal["pandas", "polars"]
LIBRARIES = ("pandas", "polars")


def needed(name: str, extra: str) -> Any:
    """Import a library that an extra brings; raise MissingExtra if it is not installed."""
    try:
        return import_module(name)
    except ImportError as error:
        raise MissingExtra(f"{name} is not installed: pip install 'citygraph-client[{extra}]'") from error


def check(to: str) -> None:
    """Raise BadDocument for an unknown library, MissingExtra for one that is not installed, before anything is asked."""
    if to not in LIBRARIES:
        raise BadDocument(f"`to` is {to!r}; accepted are {' and '.join(LIBRARIES)}.")
    needed(to, to)


def flat(row: Any, before: str = "") -> dict[str, Any]:
    """Return a row with dotted names. An object that is null is one value, null; lists stay lists."""
    found: dict[str, Any] = {}
    for key, value in row.items() if isinstance(row, Mapping) else [("value", row)]:
        if isinstance(value, Mapping):
            found |= flat(value, f"{before}{key}.")
        else:
            found[before + key] = value
    return found


def columns(rows: Iterable[Any], selected: Sequence[str]) -> dict[str, list[Any]]:
    """Return the values of each column, in the order of the document, missing ones as None.

    `selected` names what the document selects: so a frame without rows has its columns, and an object that is null in one row
    makes no column of its own.
    """
    flattened = [flat(row) for row in rows]
    names = dict.fromkeys(selected)
    for row in flattened:
        for name, value in row.items():
            if name not in names and not (value is None and any(each.startswith(f"{name}.") for each in names)):
                names[name] = None
    inner = {name.rpartition(".")[0] for name in names}
    found = {name: [row.get(name) for row in flattened] for name in names}
    lists = {name for row in flattened for name, value in row.items() if isinstance(value, list)}
    # What stands in a list, such as `hosts.nodes.id`, is in the column of the list.
    kept = {name for name in names if not any(name.startswith(f"{each}.") for each in lists)}
    empty = {name for name in kept if name in inner and name not in lists and all(each is None for each in found[name])}
    return {name: found[name] for name in names if name in kept - empty}


def frame(rows: Sequence[Any], selected: Sequence[str], to: Library, days: Sequence[str] = ()) -> Any:
    """Return rows as a DataFrame.

    `days` are columns that become dates: only those with days of the calendar, such as `since.earliest`. All missing values
    are null. Raise BadDocument if a column of `days` is not there or holds something else.
    """
    found = columns(rows, selected)
    unknown = [name for name in days if name not in found]
    if unknown:
        raise BadDocument(f"`days` names {unknown[0]!r}, which is no column; there are {', '.join(found) or 'none'}.")
    return _MAKERS[to](found, days)


def _kind(values: Sequence[Any]) -> str:
    kinds = {type(value) for value in values if value is not None}
    if kinds == {bool}:
        return "bool"
    if kinds == {int}:
        return "int" if all(value is None or -(2**63) <= value < 2**63 for value in values) else "object"
    if kinds and kinds <= {int, float}:
        return "float"
    return "text" if kinds <= {str} else "list" if kinds == {list} else "object"


def _pandas(found: Mapping[str, Sequence[Any]], days: Sequence[str]) -> Any:
    pandas = needed("pandas", "pandas")
    types = {"bool": "boolean", "int": "Int64", "float": "Float64", "text": "string"}

    def series(name: str, values: Sequence[Any]) -> Any:
        if name in days:
            return _days(
                name, lambda: pandas.Series(pandas.to_datetime(values, format="%Y-%m-%d"), dtype="datetime64[s]")
            )
        return pandas.Series(values, dtype=types.get(_kind(values), "object"))

    return pandas.DataFrame({name: series(name, values) for name, values in found.items()}, columns=list(found))


def _polars(found: Mapping[str, Sequence[Any]], days: Sequence[str]) -> Any:
    polars = needed("polars", "polars")
    types = {"bool": polars.Boolean, "int": polars.Int64, "float": polars.Float64, "text": polars.String}

    def series(name: str, values: Sequence[Any]) -> Any:
        kind = _kind(values)
        if name in days:
            return _days(name, lambda: polars.Series(name, values, dtype=polars.String).str.to_date("%Y-%m-%d"))
        if kind in types:
            return polars.Series(name, values, dtype=types[kind])
        if kind == "object":  # values of several kinds, which a column of polars cannot hold
            values = [None if value is None else json.dumps(value, ensure_ascii=False) for value in values]
            return polars.Series(name, values, dtype=polars.String)
        return polars.Series(name, values, strict=False)

    return polars.DataFrame([series(name, values) for name, values in found.items()])


def _days(name: str, made: Callable[[], Any]) -> Any:
    try:
        return made()
    except Exception as error:  # each library has errors of its own
        raise BadDocument(f"`days` names {name!r}, which does not hold days of the calendar alone: {error}") from error


_MAKERS: Mapping[str, Callable[[Mapping[str, Sequence[Any]], Sequence[str]], Any]] = {
    "pandas": _pandas,
    "polars": _polars,
}

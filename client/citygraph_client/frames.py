"""Rows to data frames. In: rows as nested objects, names of columns. Out: a DataFrame of pandas or polars.

Nested objects become columns with dotted names. A text stays a text, so `001` and `1991~` are what the server says.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, ClassVar, Literal

from citygraph_client.errors import BadDocument, MissingExtra

Library = Literal["pandas", "polars"]
LIBRARIES = ("pandas", "polars")
BOOL, INT, FLOAT, TEXT = "bool", "int", "float", "text"
PACKED = frozenset({BOOL, INT, FLOAT, TEXT})
"""Kinds of values that a library holds in less room than Python."""
TOGETHER = 10_000
"""Rows that are packed together."""


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


def frame(rows: Sequence[Any], selected: Sequence[str], to: Library, days: Sequence[str] = ()) -> Any:
    """Return rows as a DataFrame; see `Frame`."""
    made = Frame(selected, to, days)
    made.add(rows)
    return made.done()


class Frame:
    """A DataFrame that grows by pages, so that no more rows than those of a few pages are held as objects of Python.

    `selected` names what the document selects: so a frame without rows has its columns, and an object that is null in one row
    makes no column of its own. `days` are columns that become dates: only those with days of the calendar, such as
    `since.earliest`. All missing values are null.
    """

    def __init__(self, selected: Sequence[str], to: Library, days: Sequence[str] = ()) -> None:
        self.to, self.days, self._library = to, days, _LIBRARIES[to]()
        self._names = dict.fromkeys(selected)
        self._lists: set[str] = set()
        self._parts: dict[str, dict[int, Part]] = {}
        self._sizes: list[int] = []
        self._waiting: list[dict[str, Any]] = []

    def add(self, rows: Iterable[Any]) -> None:
        """Add the rows of a page."""
        for row in rows:
            self._waiting.append(flat(row))
            if len(self._waiting) == TOGETHER:
                self._pack()

    def done(self) -> Any:
        """Return the DataFrame. Raise BadDocument if a column of `days` is not there or holds something else."""
        self._pack()
        found = self._columns()
        unknown = [name for name in self.days if name not in found]
        if unknown:
            raise BadDocument(
                f"`days` names {unknown[0]!r}, which is no column; there are {', '.join(found) or 'none'}."
            )
        return self._library.frame({name: self._whole(name) for name in found})

    def _pack(self) -> None:
        """Make a part of each column of the rows that wait."""
        rows, at = self._waiting, len(self._sizes)
        for row in rows:
            for name, value in row.items():
                if name not in self._names and not (value is None and self._is_above(name)):
                    self._names[name] = None
                if isinstance(value, list):
                    self._lists.add(name)
        for name in self._names:
            values = [row.get(name) for row in rows]
            if any(value is not None for value in values):
                self._parts.setdefault(name, {})[at] = self._part(values)
        self._sizes.append(len(rows))
        self._waiting = []

    def _is_above(self, name: str) -> bool:
        return any(each.startswith(f"{name}.") for each in self._names)

    def _part(self, values: list[Any]) -> "Part":
        kind = _kind(values)
        return Part(kind, self._library.series(values, kind) if kind in PACKED else values)

    def _columns(self) -> list[str]:
        """Return the names of the columns. What stands in a list, such as `hosts.nodes.id`, is in the column of the list."""
        inner = {name.rpartition(".")[0] for name in self._names}
        kept = [name for name in self._names if not any(name.startswith(f"{each}.") for each in self._lists)]
        return [name for name in kept if name in self._parts or name not in inner or name in self._lists]

    def _whole(self, name: str) -> Any:
        """Return a column. Parts of one kind are put together; else its values are, and there is one kind for all of them."""
        parts = self._parts.get(name, {})
        kinds = {each.kind for each in parts.values()} or {TEXT}
        if kinds == {INT, FLOAT}:
            kinds = {FLOAT}
        if name in self.days or not (len(kinds) == 1 and kinds <= PACKED):
            values = [value for at, size in enumerate(self._sizes) for value in self._values(parts.get(at), size)]
            return self._day(name, values) if name in self.days else self._library.series(values, _kind(values))
        (kind,) = kinds
        empty = (self._library.series([None] * size, kind) for size in self._sizes)
        return self._library.together(
            [parts[at].values if at in parts else none for at, none in enumerate(empty)], kind
        )

    def _values(self, part: "Part | None", size: int) -> list[Any]:
        if part is None:
            return [None] * size
        values: list[Any] = self._library.values(part.values) if part.kind in PACKED else part.values
        return values

    def _day(self, name: str, values: list[Any]) -> Any:
        try:
            return self._library.days(values)
        except Exception as error:  # each library has errors of its own
            raise BadDocument(
                f"`days` names {name!r}, which does not hold days of the calendar alone: {error}"
            ) from error


@dataclass(frozen=True)
class Part:
    """A part of a column: a series of the library if the kind is one of `PACKED`, else a list of values."""

    kind: str
    values: Any


def _kind(values: Sequence[Any]) -> str:
    kinds = {type(value) for value in values if value is not None}
    if kinds == {bool}:
        return BOOL
    if kinds == {int}:
        return INT if all(value is None or -(2**63) <= value < 2**63 for value in values) else "object"
    if kinds and kinds <= {int, float}:
        return FLOAT
    return TEXT if kinds <= {str} else "list" if kinds == {list} else "object"


class _Pandas:
    """Columns and frames of pandas."""

    types: ClassVar = {BOOL: "boolean", INT: "Int64", FLOAT: "Float64", TEXT: "string"}

    def __init__(self) -> None:
        self.library = needed("pandas", "pandas")

    def series(self, values: Sequence[Any], kind: str) -> Any:
        """Return values of one kind as a column."""
        return self.library.Series(values, dtype=self.types.get(kind, "object"))

    def values(self, series: Any) -> list[Any]:
        """Return the values of a column, missing ones as None."""
        return [None if value is self.library.NA else value for value in series.to_list()]

    def together(self, parts: Sequence[Any], kind: str) -> Any:
        """Put parts of a column together."""
        return self.library.concat([each.astype(self.types[kind]) for each in parts], ignore_index=True)

    def days(self, values: Sequence[Any]) -> Any:
        """Return texts as days."""
        return self.library.Series(self.library.to_datetime(values, format="%Y-%m-%d"), dtype="datetime64[s]")

    def frame(self, found: Mapping[str, Any]) -> Any:
        """Return a DataFrame of columns by name."""
        return self.library.DataFrame(found, columns=list(found))


class _Polars:
    """Columns and frames of polars."""

    def __init__(self) -> None:
        self.library = needed("polars", "polars")
        of = self.library
        self.types = {BOOL: of.Boolean, INT: of.Int64, FLOAT: of.Float64, TEXT: of.String}

    def series(self, values: Sequence[Any], kind: str) -> Any:
        """Return values of one kind as a column."""
        if kind in self.types:
            return self.library.Series(values=values, dtype=self.types[kind])
        if kind == "object":  # values of several kinds, which a column of polars cannot hold
            values = [None if value is None else json.dumps(value, ensure_ascii=False) for value in values]
            return self.library.Series(values=values, dtype=self.library.String)
        return self.library.Series(values=values, strict=False)

    def values(self, series: Any) -> list[Any]:
        """Return the values of a column, missing ones as None."""
        found: list[Any] = series.to_list()
        return found

    def together(self, parts: Sequence[Any], kind: str) -> Any:
        """Put parts of a column together."""
        return self.library.concat([each.cast(self.types[kind]) for each in parts])

    def days(self, values: Sequence[Any]) -> Any:
        """Return texts as days."""
        return self.library.Series(values=values, dtype=self.library.String).str.to_date("%Y-%m-%d")

    def frame(self, found: Mapping[str, Any]) -> Any:
        """Return a DataFrame of columns by name."""
        return self.library.DataFrame(found)


_LIBRARIES: Mapping[str, Callable[[], Any]] = {"pandas": _Pandas, "polars": _Polars}

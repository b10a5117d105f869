"""Rows of files. In: a file of CSV, TSV or JSON Lines, and the types of its fields. Out: rows with the lines they begin on.

Cells are written as on the page "Record" of citygraph: `;` between several values, `900 EUR`, `47.6, -122.3`.
"""

import csv
import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from citygraph_client.errors import BadDocument
from citygraph_client.shapes import Shapes, named

SEPARATORS = {".csv": ",", ".tsv": "\t"}
LINES = (".jsonl", ".ndjson")
_WHOLE, _NUMBER = ("Int", "BigInt"), ("Float",)


@dataclass(frozen=True)
class RowProblem:
    """Why a row was refused. `row` counts from 1, `line` is the line of the file on which it begins, `field` is in the row."""

    row: int
    field: str
    code: str
    message: str
    accepted: tuple[str, ...] = ()
    line: int | None = None

    def __str__(self) -> str:
        where = f"row {self.row}" + (f" (line {self.line})" if self.line else "")
        return f"{where}{f', {self.field}' if self.field else ''}: {self.message} [{self.code}]"


@dataclass(frozen=True)
class Row:
    """A row, its number from 1, and the line on which it begins; instead of a value its problem, if a cell has no value."""

    number: int
    value: Mapping[str, Any]
    line: int | None = None
    problem: RowProblem | None = None


def is_table(rows: object) -> bool:
    """Whether rows come from a file whose cells are texts; raise BadDocument for a file of an unknown kind."""
    if not isinstance(rows, str | Path):
        return False
    ending = Path(rows).suffix.lower()
    if ending not in (*SEPARATORS, *LINES):
        raise BadDocument(f"{str(rows)[-80:]!r} ends in none of {', '.join([*SEPARATORS, *LINES])}.")
    return ending in SEPARATORS


def read(rows: Iterable[Mapping[str, Any]] | str | Path, mutation: str, shapes: Shapes) -> Iterator[Row]:
    """Yield rows one after the other. Raise BadDocument if a file cannot be read at all, OSError if it cannot be opened."""
    if not isinstance(rows, str | Path):
        for number, row in enumerate(rows, 1):
            yield Row(number, row)
    elif is_table(rows):
        yield from _table(Path(rows), named(shapes.of_rows(mutation)), shapes)
    else:
        yield from _lines(Path(rows))


def _lines(path: Path) -> Iterator[Row]:
    number = 0
    with path.open(encoding="utf-8-sig") as opened:
        try:
            for line, text in enumerate(opened, 1):
                if text.strip():
                    number += 1
                    yield _line(number, line, text)
        except UnicodeDecodeError as error:
            raise BadDocument(f"{path.name} is not UTF-8: {error}.") from error


def _line(number: int, line: int, text: str) -> Row:
    try:
        value = json.loads(text, parse_constant=_refused)
        wrong = None if isinstance(value, dict) else "A row is a JSON object."
    except ValueError as error:
        value, wrong = {}, f"This is no JSON: {error}."
    return Row(number, value, line, RowProblem(number, "", "INVALID", wrong, (), line) if wrong else None)


def _refused(word: str) -> None:
    raise ValueError(f"{word} is no number of JSON")


def _table(path: Path, type_: str, shapes: Shapes) -> Iterator[Row]:
    with path.open(encoding="utf-8-sig", newline="") as opened:
        cells = csv.reader(opened, delimiter=SEPARATORS[path.suffix.lower()], strict=True)
        try:
            names = [name.strip() for name in next(cells, [])]
            if twice := next((name for at, name in enumerate(names) if name in names[:at]), None):
                raise BadDocument(f"{path.name} has the column {twice[:40]!r} twice.")
            columns = [_column(name, type_, shapes) for name in names]
            number, after = 0, cells.line_num + 1
            for texts in cells:
                line, after = after, cells.line_num + 1
                if texts:
                    number += 1
                    yield _row(Row(number, {}, line), texts, columns)
        except csv.Error as error:
            raise BadDocument(f"{path.name}, line {cells.line_num}: {error}.") from error
        except UnicodeDecodeError as error:
            raise BadDocument(f"{path.name} is not UTF-8: {error}.") from error


@dataclass(frozen=True)
class _Column:
    keys: tuple[str, ...]
    type: str
    shapes: Shapes


def _column(name: str, type_: str, shapes: Shapes) -> _Column:
    """Find the type of a column; a dot leads into an object, as in `key.id`."""
    keys, here = tuple(name.split(".")), type_
    for key in keys:
        fields = shapes.inputs.get(named(here), {})
        if key not in fields:
            known = ", ".join(f"{name.rpartition('.')[0]}.{each}".lstrip(".") for each in fields) or "none"
            raise BadDocument(f"The column {name[:40]!r} is no field of these rows; there are {known}.")
        here = fields[key]
    return _Column(keys, here, shapes)


def _row(of: Row, texts: list[str], columns: list[_Column]) -> Row:
    if len(texts) > len(columns):
        wrong = f"The row has {len(texts)} cells, and the first line {len(columns)}."
        return Row(of.number, {}, of.line, RowProblem(of.number, "", "INVALID", wrong, (), of.line))
    made: dict[str, Any] = {}
    for column, text in zip(columns, texts, strict=False):
        if text.strip():
            try:
                _put(made, column.keys, _cell(text.strip(), column.type, column.shapes))
            except ValueError as error:
                name = ".".join(column.keys)
                return Row(of.number, {}, of.line, RowProblem(of.number, name, "INVALID", str(error), (), of.line))
    return Row(of.number, made, of.line)


def _put(made: dict[str, Any], keys: tuple[str, ...], value: Any) -> None:
    for key in keys[:-1]:
        made = made.setdefault(key, {})
    made[keys[-1]] = value


def _cell(text: str, type_: str, shapes: Shapes) -> Any:
    """Return the value of a cell; raise ValueError that says what is accepted."""
    bare, name = type_.rstrip("!"), named(type_)
    if bare.startswith("["):
        return [_cell(each.strip(), bare[1:-1], shapes) for each in text.split(";") if each.strip()]
    if name in _WHOLE:
        if not text.lstrip("-").isdecimal():
            raise ValueError(f"{text[:40]!r} is no whole number.")
        return int(text)
    if name in _NUMBER:
        return _number(text)
    if name == "Boolean":
        if text.lower() not in ("true", "false"):
            raise ValueError(f"{text[:40]!r} is neither true nor false.")
        return text.lower() == "true"
    return _object(text, name, shapes.inputs[name]) if name in shapes.inputs else text


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise ValueError(f"{text[:40]!r} is no number.")
    return number


def _object(text: str, name: str, fields: Mapping[str, str]) -> Any:
    if "to" in fields:
        return {"to": text}
    if {*fields} == {"amount", "currency"}:
        amount, _, currency = text.partition(" ")
        if not amount.isdecimal() or not currency.strip():
            raise ValueError(f"{text[:40]!r} is no amount such as `900 EUR`.")
        return {"amount": int(amount), "currency": currency.strip()}
    if {*fields} == {"latitude", "longitude"}:
        latitude, _, longitude = text.partition(",")
        return {"latitude": _number(latitude.strip()), "longitude": _number(longitude.strip())}
    raise ValueError(
        f"A cell cannot hold a {name}; write columns such as {', '.join(f'`.{each}`' for each in fields)}."
    )

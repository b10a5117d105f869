"""Answers as tables. In: the data of an answer. Out: for each root field what it says about itself, and its lists as tables.

app/web/tables.js does the same for the page; a test compares the two.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Row = dict[str, list[str]]
"""The lines of each cell by the name of its column."""
WRAPPERS = ("nodes", "edges")
"""Fields of a connection that hold its rows; they are no part of a name."""
PAGE = "pageInfo"
LEFT_OUT = (PAGE, "cursor", "startCursor", "endCursor")
MORE = "There are more rows: ask for them with `after`."
NOTHING = "nothing was found"
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True)
class Table:
    """A list of an answer: the path to it, whether it is a page that more rows follow, and its columns and rows."""

    name: str
    more: bool
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Part:
    """A root field: its name, its values that are in no list, and its lists."""

    name: str
    about: tuple[tuple[str, str], ...]
    tables: tuple[Table, ...]


def parts(data: dict[str, Any]) -> list[Part]:
    """Split an answer into its root fields."""
    return [_part(name, value) for name, value in data.items()]


def _part(name: str, value: Any) -> Part:
    fields = list(_fields(value, (name,))) if isinstance(value, dict) else [((name,), value, False)]
    if value is None:
        return Part(name, (("", NOTHING),), ())
    about = tuple((_name(path[1:]), _joined(found)) for path, found, _ in fields if not _is_table(found))
    tables = tuple(_table(_name(path), found, more) for path, found, more in fields if _is_table(found))
    return Part(name, about, tables)


def _is_table(value: Any) -> bool:
    return isinstance(value, list) and (not value or isinstance(value[0], dict))


def _fields(item: dict[str, Any], path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any, bool]]:
    """Yield the values and lists of an object and of the objects in it, each with its path and whether more rows follow."""
    page = item.get(PAGE)
    more = isinstance(page, dict) and bool(page.get("hasNextPage"))
    for key, value in item.items():
        if key in LEFT_OUT:
            continue
        if isinstance(value, dict):
            yield from _fields(value, path if key == "node" else (*path, key))
        else:
            yield (*path, key), value, more and key in WRAPPERS


def _name(path: tuple[str, ...]) -> str:
    return ".".join(step for step in path if step not in WRAPPERS)


def _table(name: str, items: list[Any], more: bool) -> Table:
    rows = [_row(item) for item in items]
    names = _columns(rows)
    shown = tuple({names[column]: lines for column, lines in row.items() if column in names} for row in rows)
    return Table(name, more, tuple(dict.fromkeys(names.values())), shown)


def _columns(rows: list[Row]) -> dict[str, str]:
    """Name the columns: `city.name` is `city` if nothing else is; a column of absent facts, whose values have others, is none."""
    empty = {column: True for row in rows for column in row}
    for row in rows:
        empty |= {column: False for column, lines in row.items() if any(lines)}
    paths = [path for path in empty if not (empty[path] and any(each.startswith(path + ".") for each in empty))]
    named = {}
    for path in paths:
        above = path.rpartition(".")[0]
        same = [other for other in paths if other == above or other.startswith(above + ".")]
        named[path] = above if above and same == [path] else path
    return named


def _row(item: Any) -> Row:
    """Turn an item into cells: facts in it become columns such as `city.name`, lists become lines of one cell."""
    if not isinstance(item, dict):
        return {"": [_text(item)]}
    return {_name(path) or path[-1]: _lines(value, 0) for path, value, _ in _fields(item, ())}


def _lines(value: Any, depth: int) -> list[str]:
    """Write a value as one line, a list as a line for each item; lists inside an item follow it, indented."""
    if not isinstance(value, list):
        return [_text(value)]
    lines = []
    for item in value:
        own, below = _item(item, depth)
        if own or not below:
            lines.append("  " * depth + own)
        lines += below
    return lines


def _item(item: Any, depth: int) -> tuple[str, list[str]]:
    """Return the values of an item as one text, and the lines of those lists in it that do not fit into this text."""
    if not isinstance(item, dict):
        return _text(item), []
    own: list[str] = []
    below: list[str] = []
    for _, value, _ in _fields(item, ()):
        lines = _lines(value, depth + 1)
        if isinstance(value, list) and not _is_short(value):
            below += lines
        else:
            own += [text for line in lines if (text := line.strip())]
    return ", ".join(own), below


def _is_short(items: list[Any]) -> bool:
    """Whether a list fits into the line of what it belongs to: it has one item without lists, or items with one value."""
    values = [[value for _, value, _ in _fields({"item": item}, ()) if value is not None] for item in items]
    most = 1 if len(items) > 1 else max(map(len, values), default=0)
    return all(len(each) <= most and not any(isinstance(value, list) for value in each) for each in values)


def _joined(value: Any) -> str:
    return ", ".join(_lines(value, 0))


def _text(value: Any) -> str:
    """Write a value in one line without control characters, which a terminal would obey."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else CONTROL.sub(" ", str(value))


def show(answer: dict[str, Any]) -> None:
    """Print the tables of an answer, what it says of made-up facts, and its errors to standard error."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    for part in parts(answer.get("data") or {}):
        for name, value in part.about:
            console.print(Text(f"{part.name}.{name}: {value}" if name else f"{part.name}: {value}"), soft_wrap=True)
        for table in part.tables:
            console.print(Text(table.name, style="bold"))
            console.print(_drawn(table) if table.rows else Text("no rows"))
            if table.more:
                console.print(MORE)
        console.print()
    synthetic = answer.get("extensions", {}).get("synthetic")
    if synthetic:
        said = f"{', '.join(synthetic['fields'])}: {synthetic['message']}"
        console.print(Text(said, style="italic"), soft_wrap=True)
    complaints = Console(stderr=True, highlight=False)
    for error in answer.get("errors", ()):
        code = error.get("extensions", {}).get("code", "")
        message = str(error.get("message", ""))
        complaints.print(Text(f"{code}: {message}" if code else message), soft_wrap=True)


def _drawn(table: Table) -> Any:
    from rich import box
    from rich.table import Table as Drawn
    from rich.text import Text

    drawn = Drawn(box=box.SIMPLE_HEAD, show_edge=False)
    for column in table.columns:
        drawn.add_column(Text(column))
    for row in table.rows:
        drawn.add_row(*(Text("\n".join(row.get(column, []))) for column in table.columns))
    return drawn

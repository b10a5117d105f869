"""JSON and JSON Lines. In: one array, an object that holds one, or an object on each line. Out: records with exact decimals."""

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from graph.load.files import UnreadableFile
from graph.load.formats.options import FileOptions
from graph.load.formats.reading import AT_ONCE, Cut
from graph.load.records import Record

LONGEST_LINE = 16 * 2**20
"""Bytes of a line, which is read whole."""
DEEPEST = 200
"""How deep a file may be nested."""
MOST_VALUES = 1_000_000
"""Names and values of one record."""
BEGINS, ENDS = ("start_map", "start_array"), ("end_map", "end_array")
NO_VALUES = ("map_key", *ENDS)
Event = tuple[list[str], str, Any]
"""The names that lead to a value, of which the reader keeps none, and what ijson tells of it."""
MOST_LISTED = 5


class _Bad(ValueError):
    """An object names a key twice, or holds what JSON has not."""


class LinesReading:
    """A reading of a file with one JSON object on each line."""

    total: int | None = None
    at_once = AT_ONCE

    def __init__(self, path: Path, options: FileOptions, name: str) -> None:  # noqa: ARG002  # all readings take the same
        self._file, self._name = path.open("rb"), name

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def records(self) -> Iterator[Record | Cut]:
        """Yield a record for each line that is not empty."""
        number = 0
        while line := self._file.readline(LONGEST_LINE):
            number += 1
            where = f"{self._name}:{number}"
            if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
                while (rest := self._file.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                    pass
                yield Record(where, {}, f"has more than {LONGEST_LINE // 2**20} MiB")
                continue
            text = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
            if text.strip():
                yield _record(where, text)


def _record(where: str, text: bytes) -> Record:
    import orjson

    try:
        # The first reader refuses what is not quite JSON; the second keeps decimals, and sees a key that is named twice.
        orjson.loads(text)
        values = json.loads(text, parse_float=Decimal, object_pairs_hook=_once)
    except _Bad as error:
        return Record(where, {}, str(error))
    except (ValueError, RecursionError) as error:
        return Record(where, {}, f"is not JSON: {error}")
    if not isinstance(values, dict):
        return Record(where, {}, "is not a JSON object; write one object on each line")
    return Record(where, values)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise _Bad(f"names {twice!r} twice; one of the two values would be lost")
    return values


class ArrayReading:
    """A reading of a JSON array of objects, which may stand in an object."""

    total: int | None = None
    at_once = AT_ONCE

    def __init__(self, path: Path, options: FileOptions, name: str) -> None:
        self._path, self._at, self._name = path, options.records, name
        self._file = _after_bom(path)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def records(self) -> Iterator[Record | Cut]:
        """Yield a record for each item of the array; a fault in the file ends it, with a Cut."""
        import ijson

        found = arrays(self._path, stop=self._at)
        if self._at not in found:
            raise UnreadableFile(self._no_array(found))
        item = f"{self._at}.item" if self._at else "item"
        number = 0
        try:
            events = _walk(self._file)
            for path, event, value in events:
                if event not in NO_VALUES and ".".join(path) == item:
                    built = _build(events, event, value)
                    number += 1
                    yield _item(f"{self._name}[{number}]", built)
        except ijson.JSONError as error:
            yield Cut(f"{self._name} is not JSON after record {number}: {_plain(error)}")

    def _no_array(self, found: list[str]) -> str:
        """Say that there is no array where it should be, and where there are some."""
        at = f"no array at {self._at}" if self._at else "not one array"
        listed = ", ".join(filter(None, found[:MOST_LISTED])) or "the whole file, without records"
        hint = f"write where it is into the config, as records: ...; there are {listed}" if found else "it has no array"
        return f"{self._name} has {at}: {hint}."


def arrays(path: Path, stop: str | None = None) -> list[str]:
    """Return the places of the arrays of a file, "" if it is one; those up to `stop`. Raise UnreadableFile."""
    import ijson

    found: dict[str, None] = {}
    with _after_bom(path) as file:
        try:
            for way, event, _ in _walk(file):
                if event == "start_array" and "item" not in way:
                    prefix = ".".join(way)
                    found[prefix] = None
                    if prefix in ("", stop):
                        break
        except ijson.JSONError as error:
            if not found:
                raise UnreadableFile(f"{path.name} is not JSON: {_plain(error)}.") from error
    return list(found)


def _walk(file: IO[bytes]) -> Iterator[Event]:
    """Yield what stands in a file; raise JSONError if that is not JSON, or nested too deep.

    ijson can tell the way to each value too, but it writes all ways of a block at once: those of 60 kB took 6 GiB.
    """
    import ijson

    path: list[str] = []
    for event, value in ijson.basic_parse(file):
        if event == "map_key":
            path[-1] = value
        elif event in ENDS:
            path.pop()
        yield path, event, value
        if event in BEGINS:
            path.append("item" if event == "start_array" else "")
            if len(path) > DEEPEST:
                raise ijson.JSONError(f"it is nested more than {DEEPEST} deep")


def _after_bom(path: Path) -> IO[bytes]:
    """Open a file behind its byte order mark, if it has one."""
    file = path.open("rb")
    if file.read(3) != b"\xef\xbb\xbf":
        file.seek(0)
    return file


def _plain(error: Exception) -> str:
    return " ".join(str(error).split())[:200]


def _build(events: Iterator[Event], event: str, value: Any) -> Any:
    """Build the value that begins with this event; a _Bad in it is returned instead of it."""
    if event not in BEGINS:
        return value
    root: Any = {} if event == "start_map" else []
    stack, keys, bad = [root], [""], None
    for count, (_, event, value) in enumerate(events):
        if count > MOST_VALUES:
            return _too_large(events, len(stack), event)
        if event == "map_key":
            keys[-1] = value
            if value in stack[-1]:
                bad = bad or _Bad(f"names {value!r} twice; one of the two values would be lost")
            continue
        if event in ENDS:
            stack.pop()
            keys.pop()
            if not stack:
                return bad or root
            continue
        if event in BEGINS:
            value = {} if event == "start_map" else []
        if isinstance(stack[-1], list):
            stack[-1].append(value)
        else:
            stack[-1][keys[-1]] = value
        if event in BEGINS:
            stack.append(value)
            keys.append("")
    return bad or root


def _too_large(events: Iterator[Event], depth: int, event: str) -> _Bad:
    """Leave out the rest of a value, which has so many ends yet, from this event on."""
    while depth := depth + (event in BEGINS) - (event in ENDS):
        event = next(events)[1]
    return _Bad(f"has more than {MOST_VALUES:,} names and values")


def _item(where: str, value: Any) -> Record:
    if isinstance(value, _Bad):
        return Record(where, {}, str(value))
    if not isinstance(value, dict):
        return Record(where, {}, "is not a JSON object")
    return Record(where, value)

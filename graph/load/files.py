"""Load, step 1. In: a file of one JSON object a line. Out: its lines as dicts with their numbers, and the bad ones."""

import codecs
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

MOST_BYTES = 256 * 2**20
STORED_AS = b"2"
"""Changes where rows are stored in another way, so that files which were loaded before are loaded again."""
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
SAVE = "save the file as UTF-8"


@dataclass(frozen=True)
class BadRow:
    """A row that was not loaded: where it stands, which field is wrong and why."""

    file: str
    line: int
    field: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.field}: {self.reason}"


@dataclass(frozen=True)
class Line:
    """One line of a file, read."""

    number: int
    row: dict[str, Any]


@dataclass(frozen=True)
class RowFile:
    """A file as read: its digest tells whether it was loaded before."""

    name: str
    digest: str
    lines: tuple[Line, ...]
    bad: tuple[BadRow, ...]


class UnreadableFile(Exception):
    """A file is missing, too large or no text."""


def read_file(path: Path) -> RowFile:
    """Read a file of rows; raise UnreadableFile where it cannot be read at all."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UnreadableFile(f"{path} is larger than {MOST_BYTES // 2**20} MiB; split it.")
        raw = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"{path} cannot be read: {error.strerror}.") from error
    if raw.startswith(UTF_16):
        raise UnreadableFile(f"{path} is UTF-16; {SAVE}.")
    lines, bad = [], []
    for number, text in enumerate(raw.removeprefix(codecs.BOM_UTF8).split(b"\n"), start=1):
        if not text.strip():
            continue
        row = _object(text)
        if isinstance(row, str):
            bad.append(BadRow(path.name, number, "(line)", row))
        else:
            lines.append(Line(number, row))
    return RowFile(path.name, hashlib.sha256(STORED_AS + raw).hexdigest(), tuple(lines), tuple(bad))


def _object(text: bytes) -> dict[str, Any] | str:
    """Return the object on a line without its private keys, or what is wrong with it."""
    try:
        found = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        return f"is no JSON: {error}" if _is_utf8(text) else f"is not UTF-8; {SAVE}"
    if not isinstance(found, dict):
        return "is no JSON object; accepted is one object a line"
    # Every key has a colon: where there are no more colons than keys, none is lost, and the slow way is not needed.
    if text.count(b":") > _keys(found) and (twice := _named_twice(text)):
        return twice
    return {key: value for key, value in found.items() if not key.startswith("_")}


def _is_utf8(text: bytes) -> bool:
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return b"\0" not in text


def _keys(found: Any) -> int:
    """Count the keys of an object and of those in it."""
    count, rest = 0, [found]
    while rest:
        each = rest.pop()
        if isinstance(each, dict):
            count += len(each)
            rest += each.values()
        elif isinstance(each, list):
            rest += each
    return count


class _Twice(ValueError):
    """An object names a key twice, of which readers keep the last value only."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _Twice(f"names {key!r} twice; one of the two values would be lost")
        found[key] = value
    return found


def _named_twice(text: bytes) -> str:
    """Say which key of an object stands there twice; empty where none does."""
    try:
        json.loads(text, object_pairs_hook=_once)
    except _Twice as error:
        return str(error)
    except RecursionError:
        return "is nested too deep"
    return ""

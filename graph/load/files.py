"""Loading, step 1. In: a file with one JSON object on each line. Out: its rows, and the problems of the other lines."""

import codecs
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from graph.facts.rows import Problem, Row
from graph.load.records import SourceFailed

MOST_BYTES = 256 * 2**20
STORED_AS = b"2"
"""Raised when rows are stored in a new way, so that files which were loaded before are loaded again."""
MOST_ROWS = 20_000
"""A file is one transaction, and this many rows fit into the memory that the managed server gives to one."""
ACCEPTED = (
    "accepted is JSON Lines: one JSON object on each line. Other files need a config: "
    "`citygraph mapping suggest FILE` drafts one"
)
FORMATS = {".csv": "CSV", ".tsv": "CSV", ".xlsx": "an Excel file", ".xls": "an Excel file", ".ods": "a spreadsheet",
           ".parquet": "a Parquet file"}  # fmt: skip
"""What other files are, by the end of their name."""
BEGINNINGS = {b"PAR1": "a Parquet file", b"PK\x03\x04": "an Excel or a zip file", b"\xd0\xcf\x11\xe0": "an Excel file",
              b"\x1f\x8b": "a compressed file"}  # fmt: skip
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
MOST_LOOKED_AT = 1_000
SAVE = "save the file as UTF-8"


@dataclass(frozen=True)
class RowFile:
    """A file as read: its digest tells whether it was loaded before."""

    name: str
    digest: str
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    size: int = 0
    """Bytes of the file."""


class UnreadableFile(SourceFailed):
    """A file is missing, too large or not what it should be; the text says what to do."""


def check_readable(path: Path) -> None:
    """Raise UnreadableFile if there is no such file or it cannot be opened."""
    try:
        path.open("rb").close()
    except OSError as error:
        raise UnreadableFile(f"{path} cannot be read: {error.strerror}.") from error


def read_file(path: Path) -> RowFile:
    """Read a file of rows; raise UnreadableFile if it cannot be read at all."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UnreadableFile(f"{path} is larger than {MOST_BYTES // 2**20} MiB; split it.")
        raw = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"{path} cannot be read: {error.strerror}.") from error
    if raw.startswith(UTF_16):
        raise UnreadableFile(f"{path} is UTF-16; {SAVE}.")
    if other := _other_format(path, raw.removeprefix(codecs.BOM_UTF8).lstrip()[:MOST_LOOKED_AT]):
        raise UnreadableFile(f"{path} is {other}; {ACCEPTED}.")
    rows, problems = [], []
    for number, text in enumerate(raw.removeprefix(codecs.BOM_UTF8).split(b"\n"), start=1):
        if not text.strip():
            continue
        values, where = _object(text), f"{path.name}:{number}"
        if isinstance(values, str):
            problems.append(Problem(where, "(line)", values))
        else:
            rows.append(Row(where, values))
    if len(rows) + len(problems) > MOST_ROWS:
        raise UnreadableFile(
            f"{path} has {len(rows) + len(problems):,} rows; at most {MOST_ROWS:,} are accepted. Split it."
        )
    return RowFile(path.name, hashlib.sha256(STORED_AS + raw).hexdigest(), tuple(rows), tuple(problems), len(raw))


def _other_format(path: Path, begins: bytes) -> str:
    """Say what a file is that has no rows of ours; an empty text if it may have some."""
    if name := next((name for mark, name in BEGINNINGS.items() if begins.startswith(mark)), ""):
        return name
    if begins.startswith(b"["):
        return "one JSON array"
    if begins.partition(b"\n")[0].strip() == b"{":
        return "JSON over several lines"
    return "" if begins.startswith(b"{") else FORMATS.get(path.suffix.lower(), "")


def _object(text: bytes) -> dict[str, Any] | str:
    """Return the object on a line without its private keys, or what is wrong with it."""
    try:
        values = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        return f"is not JSON: {error}" if _is_utf8(text) else f"is not UTF-8; {SAVE}"
    if not isinstance(values, dict):
        return "is not a JSON object; write one object on each line"
    # Every key has a colon. If there are no more colons than keys, no key was lost and the slow check is not needed.
    if text.count(b":") > _keys(values) and (twice := _named_twice(text)):
        return twice
    return {key: value for key, value in values.items() if not key.startswith("_")}


def _is_utf8(text: bytes) -> bool:
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return b"\0" not in text


def _keys(value: Any) -> int:
    """Count the keys of an object and of all objects in it."""
    count, rest = 0, [value]
    while rest:
        each = rest.pop()
        if isinstance(each, dict):
            count += len(each)
            rest += each.values()
        elif isinstance(each, list):
            rest += each
    return count


class _Twice(ValueError):
    """An object names a key twice; readers would keep only the last value."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, value in pairs:
        if key in values:
            raise _Twice(f"names {key!r} twice; one of the two values would be lost")
        values[key] = value
    return values


def _named_twice(text: bytes) -> str:
    """Say which key an object names twice; return an empty text if there is none."""
    try:
        json.loads(text, object_pairs_hook=_once)
    except _Twice as error:
        return str(error)
    except RecursionError:
        return "is nested too deep"
    return ""

"""What may be said of a file. In: its kind and the options that its config gives. Out: FileOptions, or what is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import PurePath
from typing import Any

ENCODINGS = (
    "utf-8", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp1252", "iso-8859-2", "iso-8859-15", "cp1250", "cp1251",
    "cp437", "cp850", "mac-roman", "gb18030", "shift-jis", "big5", "euc-kr",
)  # fmt: skip
DELIMITERS = {"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}
"""Words that stand for a delimiter."""
TEXT = frozenset({"path", "delimiter", "encoding", "quote", "header"})
KINDS: dict[str, frozenset[str]] = {
    "csv": TEXT,
    "tsv": TEXT,
    "excel": frozenset({"path", "sheet", "header"}),
    "json": frozenset({"path", "records"}),
    "jsonl": frozenset({"path"}),
    "parquet": frozenset({"path"}),
}
"""Each kind of file with its options."""
ENDINGS = {".csv": "csv", ".tsv": "tsv", ".tab": "tsv", ".txt": "csv", ".xlsx": "excel", ".xlsm": "excel",
           ".json": "json", ".geojson": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet"}  # fmt: skip


class WrongOption(Exception):
    """An option has a value that is not accepted."""

    def __init__(self, option: str, reason: str, accepted: tuple[str, ...] = ()) -> None:
        super().__init__(f"{option}: {reason}")
        self.option, self.reason, self.accepted = option, reason, accepted


@dataclass(frozen=True)
class FileOptions:
    """How a file is read. None is what is usual for its kind.

    `header` is the number of the line, or row of a sheet, with the names of the columns. `sheet` is a name or a number from 1.
    `records` says where the array is in a JSON object: keys divided by dots. An empty `quote` means that nothing is quoted.
    """

    kind: str = ""
    delimiter: str | None = None
    encoding: str | None = None
    quote: str = '"'
    header: int = 1
    sheet: str | int | None = None
    records: str = ""


def kind_of(path: PurePath) -> str:
    """Return the kind that the end of a name tells; an empty text if it tells none."""
    return ENDINGS.get(path.suffix.lower(), "")


def file_options(values: Mapping[str, Any]) -> FileOptions:
    """Read the options of a file as a config gives them, without `path`; raise WrongOption at the first wrong one."""
    given = {name: value for name, value in values.items() if name != "path" and value is not None}
    kind = given.get("kind", "")
    if kind and kind not in KINDS:
        raise WrongOption("kind", f"{kind!r} is no kind of file", tuple(KINDS))
    known = {each.name for each in fields(FileOptions)}
    for name in given:
        if name not in known or (kind and name != "kind" and name not in KINDS[kind]):
            accepted = tuple(sorted(KINDS[kind] if kind else known))
            raise WrongOption(name, f"is no option of {kind or 'a file'}", accepted)
    for name, read in _READ.items():
        if name in given:
            given[name] = read(given[name])
    return FileOptions(**given)


def _delimiter(value: object) -> str:
    text = DELIMITERS.get(str(value), str(value))
    if len(text) != 1 or text in '"\r\n' or not text.isascii():
        raise WrongOption("delimiter", f"{value!r} is not one character", (",", ";", "tab", "|"))
    return text


def _encoding(value: object) -> str:
    text = str(value).lower().replace("_", "-")
    text = {"utf8": "utf-8", "utf16": "utf-16", "latin1": "latin-1", "iso-8859-1": "latin-1", "windows-1252": "cp1252",
            "windows-1250": "cp1250", "windows-1251": "cp1251"}.get(text, text)  # fmt: skip
    if text not in ENCODINGS:
        raise WrongOption("encoding", f"{value!r} is not known", ENCODINGS)
    return text


def _quote(value: object) -> str:
    text = "" if value == "none" else str(value)
    if len(text) > 1 or not text.isascii():
        raise WrongOption("quote", f"{value!r} is not one character", ('"', "'", "none"))
    return text


def _header(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 1000:
        raise WrongOption("header", f"{value!r} is not the number of a line, from 1 to 1000")
    return value


def _sheet(value: object) -> str | int:
    if isinstance(value, bool) or not isinstance(value, str | int) or (isinstance(value, int) and value < 1):
        raise WrongOption("sheet", f"{value!r} is neither the name of a sheet nor its number from 1")
    return value


def _records(value: object) -> str:
    if not isinstance(value, str):
        raise WrongOption("records", f"{value!r} is not a way to an array, such as result.records")
    return value


_READ = {"delimiter": _delimiter, "encoding": _encoding, "quote": _quote, "header": _header, "sheet": _sheet,
         "records": _records}  # fmt: skip

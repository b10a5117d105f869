"""Files that are damaged, odd or changed meanwhile: one bad record ends nothing, and what ends a reading says so in words."""

import asyncio
import os
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from graph.load.files import UnreadableFile
from graph.load.formats import open_file
from graph.load.records import Known
from tests.loading.written import WRITERS, read, write_csv, write_excel, write_parquet


def saved(path: Path, raw: bytes | str) -> Path:
    path.write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    return path


BAD_LINES: list[tuple[str, str, dict[str, str]]] = [
    ("a.csv", "a,b\n1,2\n3\n4,5\n", {"a.csv:3": "has 1 cell, and the header has 2"}),
    ("a.csv", "a,b\n1,2\n3,4,5\n4,5\n", {"a.csv:3": "has 3 cells, and the header has 2"}),
    ("a.csv", 'a,b\n1,2\n3,"x" y\n4,5\n', {"a.csv:3": "has a quote in the wrong place"}),
    ("a.csv", 'a,b\n1,2\n3,"x\n4,5\n', {"a.csv:3": "opens a quote that is never closed"}),
    ("a.jsonl", '{"a": 1}\n{"a": 1\n{"a": 2}\n', {"a.jsonl:2": "is not JSON"}),
    ("a.jsonl", '{"a": 1}\n{"a": NaN}\n{"a": 2}\n', {"a.jsonl:2": "is not JSON"}),
    ("a.jsonl", '{"a": 1}\n[1]\n{"a": 2}\n', {"a.jsonl:2": "is not a JSON object"}),
    ("a.jsonl", '{"a": 1}\n{"b": {"a": 1, "a": 1}}\n{"a": 2}\n', {"a.jsonl:2": "names 'a' twice"}),
    ("a.jsonl", '{"a": 1}\n' + "[" * 100_000 + '\n{"a": 2}\n', {"a.jsonl:2": "is not JSON"}),
    ("a.json", '[{"a": 1}, {"a": 1, "a": 1}, {"a": 2}]', {"a.json[2]": "names 'a' twice"}),
    ("a.json", '[{"a": 1}, {"b": [{"c": 1, "c": 2}]}, {"a": 2}]', {"a.json[2]": "names 'c' twice"}),
    ("a.json", '[{"a": 1}, 7, {"a": 2}]', {"a.json[2]": "is not a JSON object"}),
    ("a.json", '[{"a": 1}, [{"a": 3}], {"a": 2}]', {"a.json[2]": "is not a JSON object"}),
]


@pytest.mark.parametrize(("name", "raw", "wanted"), BAD_LINES)
def test_one_bad_record_ends_nothing(tmp_path: Path, name: str, raw: str, wanted: dict[str, str]) -> None:
    found = read(saved(tmp_path / name, raw))
    assert found.problems.keys() == wanted.keys()
    assert all(found.problems[where].startswith(says) for where, says in wanted.items())
    assert len(found.values) == 2
    assert not found.told.incomplete


def test_dates_and_formulas_of_excel(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.append(("day", "moment", "time", "span", "sum"))
    moment = datetime(2031, 5, 2, 13, 45)
    sheet.append((date(2031, 5, 2), moment, time(13, 45), timedelta(hours=26), "=1+1"))
    book.save(tmp_path / "a.xlsx")
    assert read(tmp_path / "a.xlsx").values == [
        {"day": datetime(2031, 5, 2), "moment": moment, "time": "13:45:00", "span": 93_600.0, "sum": None}
    ]


def test_decimals_and_timestamps_of_parquet(tmp_path: Path) -> None:
    import pyarrow

    zoned = datetime(2031, 5, 2, 13, 45, 0, 5, tzinfo=timezone(timedelta(hours=2)))
    typed: dict[str, tuple[Any, Any, Any]] = {
        "decimal": (pyarrow.decimal128(12, 3), Decimal("1234567.125"), Decimal("1234567.125")),
        "zoned": (pyarrow.timestamp("us", tz="Europe/Oslo"), zoned, zoned),
        "naive": (pyarrow.timestamp("ns"), datetime(2031, 5, 2, 1), datetime(2031, 5, 2, 1)),
        "day": (pyarrow.date32(), date(2031, 5, 2), date(2031, 5, 2)),
        "time": (pyarrow.time64("ns"), time(1, 2, 3), "01:02:03"),
        "list": (pyarrow.list_(pyarrow.string()), ["a", "b"], ["a", "b"]),
        "object": (pyarrow.struct([("lat", pyarrow.float64())]), {"lat": 1.5}, {"lat": 1.5}),
        "bytes": (pyarrow.binary(), b"ab", "ab"),
        "word": (pyarrow.dictionary(pyarrow.int8(), pyarrow.string()), "x", "x"),
        "span": (pyarrow.duration("s"), timedelta(minutes=1), 60),
        "none": (pyarrow.null(), None, None),
    }
    columns = {name: pyarrow.array([value], type=of) for name, (of, value, _) in typed.items()}
    from pyarrow import parquet

    parquet.write_table(pyarrow.table(columns), tmp_path / "a.parquet")
    (values,) = read(tmp_path / "a.parquet").values
    assert values == {name: wanted for name, (_, _, wanted) in typed.items()}
    assert values["zoned"].utcoffset() == timedelta(hours=2)
    assert read(tmp_path / "a.parquet").told.total == 1


def test_names_of_columns_that_stand_twice_or_not_at_all(tmp_path: Path) -> None:
    wanted = ["no", "name [2]", "name [3]", "[4]"]
    write_csv(tmp_path / "a.csv", ("no", "name", " name", ""), [(1, "a", "b", "c")])
    write_excel(tmp_path / "a.xlsx", ("no", "name", "name", None), [(1, "a", "b")])
    write_parquet(tmp_path / "a.parquet", ("no", "name", "name", ""), [(1, "a", "b", "c")])
    for name in ("a.csv", "a.parquet"):
        assert [*read(tmp_path / name).values[0]] == wanted
    assert [*read(tmp_path / "a.xlsx").values[0]] == wanted[:3]


def test_an_opened_quote_takes_one_line_with_it_and_no_more(tmp_path: Path) -> None:
    lines = [f"{n},t{n}" for n in range(50)]
    lines[20] = '20,"t20'
    found = read(saved(tmp_path / "a.csv", "\n".join(["a,b", *lines, ""])))
    assert [each["a"] for each in found.values] == [str(n) for n in range(50) if n != 20]
    assert [*found.problems] == ["a.csv:22"]


def test_a_cell_beyond_the_header_of_a_sheet_is_named(tmp_path: Path) -> None:
    write_excel(tmp_path / "a.xlsx", ("a", "b"), [(1, 2), (1, 2, None, 4), (3,)])
    found = read(tmp_path / "a.xlsx")
    assert found.problems == {"a.xlsx:3": "has a cell in column D, which has no name in the header"}
    assert found.values == [{"a": 1, "b": 2}, {"a": 3, "b": None}]


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size * 2 // 3)


@pytest.mark.parametrize("name", ["a.xlsx", "a.parquet"])
def test_a_book_or_parquet_file_that_ends_too_early_cannot_be_read(tmp_path: Path, name: str) -> None:
    WRITERS[name](tmp_path / name, ("a",), [(n,) for n in range(30)])
    cut(tmp_path / name)
    with pytest.raises(UnreadableFile, match=f"{name} is not "):
        read(tmp_path / name)


@pytest.mark.parametrize("name", ["a.xlsx", "a.parquet"])
def test_bytes_that_are_changed_end_a_reading_in_words(tmp_path: Path, name: str) -> None:
    """Wherever a byte differs, the file is read, is incomplete, or is refused."""
    WRITERS[name](tmp_path / name, ("no", "b"), [(n, f"text {n}") for n in range(2_000)])
    whole, ended = (tmp_path / name).read_bytes(), 0
    for at in range(8, len(whole), max(1, len(whole) // 60)):
        changed = bytearray(whole)
        changed[at] ^= 0x55
        try:
            found = read(saved(tmp_path / name, bytes(changed)))
        except UnreadableFile:
            ended += 1
        else:
            assert len(found.records) == 2_000 or found.told.incomplete
            ended += bool(found.told.incomplete)
    assert ended


def test_a_file_that_changes_while_it_is_read_is_incomplete(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_csv(path, ("a",), [(n,) for n in range(3_000)])

    async def take(*_: Any) -> None:
        with path.open("a") as file:
            file.write("more\n")

    told = asyncio.run(open_file(path).read(Known(), take))
    assert told.incomplete == "a.csv changed while it was read"

"""Files of all kinds: a table gives the same records, one bad record never ends a reading, and errors say what to write."""

import asyncio
import csv
import datetime
import io
import json
import random
import string
from collections.abc import Callable, Sequence
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from graph.load.files import UnreadableFile
from graph.load.formats import FileOptions, open_file
from graph.load.formats.options import KINDS, WrongOption, file_options
from graph.load.records import Known, Record, Told

Rows = list[dict[str, Any]]
TABLE: Rows = [
    {"no": "1", "city": "Köln", "note": 'said "yes"; twice'},
    {"no": "02", "city": "東京", "note": "two\nlines"},
    {"no": "3", "city": "São Paulo", "note": "a,b\tc|d"},
]


def read(path: Path, **options: Any) -> tuple[list[Record], Told]:
    records: list[Record] = []

    async def take(some: Sequence[Record], position: str | None) -> None:
        assert position is None
        records.extend(some)

    told = asyncio.run(open_file(path, file_options(options)).read(Known(), take))
    return records, told


def values(path: Path, **options: Any) -> Rows:
    records, told = read(path, **options)
    assert told.incomplete == ""
    assert not [record.problem for record in records if record.problem]
    return [dict(record.values) for record in records]


# Writers -------------------------------------------------------------------------------------------------------------


def as_csv(rows: Rows, path: Path, encoding: str = "utf-8", delimiter: str = ",") -> None:
    with path.open("w", encoding=encoding, newline="") as file:
        lines = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        lines.writeheader()
        lines.writerows(rows)


def as_excel(rows: Rows, path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(list(rows[0]))
    for row in rows:
        book.active.append(list(row.values()))
    book.save(path)


def as_json(rows: Rows, path: Path) -> None:
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")


def as_lines(rows: Rows, path: Path) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def as_parquet(rows: Rows, path: Path) -> None:
    import pyarrow
    import pyarrow.parquet

    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), path)


WRITERS: dict[str, tuple[str, Callable[[Rows, Path], None]]] = {
    "csv": ("t.csv", as_csv),
    "tsv": ("t.tsv", lambda rows, path: as_csv(rows, path, delimiter="\t")),
    "excel": ("t.xlsx", as_excel),
    "json": ("t.json", as_json),
    "jsonl": ("t.jsonl", as_lines),
    "parquet": ("t.parquet", as_parquet),
}
each_kind = pytest.mark.parametrize("kind", WRITERS)


def written(kind: str, rows: Rows, folder: Path) -> Path:
    name, write = WRITERS[kind]
    write(rows, folder / name)
    return folder / name


def test_every_kind_has_a_writer() -> None:
    assert WRITERS.keys() == KINDS.keys()


@each_kind
def test_the_same_table_gives_the_same_records(kind: str, tmp_path: Path) -> None:
    assert values(written(kind, TABLE, tmp_path)) == TABLE


@each_kind
@pytest.mark.parametrize("seed", range(4))
def test_random_tables_of_texts(kind: str, seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    names = [f"c{at}" for at in range(chance.randrange(1, 6))]
    letters = string.ascii_letters + string.digits + " .,;|\"'äŁ東\n\t#=/\\"

    def text() -> str:
        return "x" + "".join(chance.choice(letters) for _ in range(chance.randrange(12)))

    rows = [{name: text() for name in names} for _ in range(chance.randrange(1, 1_200))]
    assert values(written(kind, rows, tmp_path)) == rows


@each_kind
def test_places_can_be_found_again(kind: str, tmp_path: Path) -> None:
    path = written(kind, TABLE, tmp_path)
    places = [record.where for record in read(path)[0]]
    lines = {"csv": [2, 3, 5], "tsv": [2, 3, 5], "excel": [2, 3, 4], "jsonl": [1, 2, 3]}
    expected = [f"{path.name}:{line}" for line in lines.get(kind, [])] or [f"{path.name}[{n}]" for n in (1, 2, 3)]
    if kind == "parquet":
        assert len(set(places)) == 3
        return
    assert places == expected


@each_kind
def test_an_unchanged_file_is_not_read_again(kind: str, tmp_path: Path) -> None:
    path = written(kind, TABLE, tmp_path)
    told = read(path)[1]

    async def take(some: Sequence[Record], position: str | None) -> None:
        raise AssertionError("nothing is to be read")

    again = asyncio.run(open_file(path).read(Known(told.validators), take))
    assert again.unchanged


# Text ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252"])
def test_encodings(encoding: str, tmp_path: Path) -> None:
    rows = [{"no": "1", "city": "Köln"}]
    as_csv(rows, tmp_path / "t.csv", encoding)
    said = {"encoding": encoding} if encoding in ("latin-1", "cp1252") else {}
    assert values(tmp_path / "t.csv", kind="csv", **said) == rows


def test_an_encoding_that_is_not_said_is_asked_for_with_the_line(tmp_path: Path) -> None:
    as_csv([{"no": "1", "city": "Oslo"}, {"no": "2", "city": "Köln"}], tmp_path / "t.csv", "latin-1")
    with pytest.raises(UnreadableFile, match=r"t.csv:3 is not UTF-8 .* encoding: latin-1"):
        read(tmp_path / "t.csv")


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_a_delimiter_that_is_not_said_is_asked_for(delimiter: str, tmp_path: Path) -> None:
    as_csv(TABLE, tmp_path / "t.csv", delimiter=delimiter)
    with pytest.raises(UnreadableFile, match="delimiter: "):
        read(tmp_path / "t.csv")
    assert values(tmp_path / "t.csv", kind="csv", delimiter=delimiter) == TABLE


@pytest.mark.parametrize(
    ("text", "problem", "good"),
    [
        ("a,b\n1,2\n3\n4,5\n", "has 1 cell, and the header has 2", ["1", "4"]),
        ("a,b\n1,2\n3,4,5\n6,7\n", "has 3 cells, and the header has 2", ["1", "6"]),
        ('a,b\n1,2\n3,"x"y\n4,5\n', "has a quote in the wrong place", ["1", "4"]),
        ('a,b\n1,2\n3,"x\n4,5\n', "opens a quote that is never closed", ["1", "4"]),
    ],
)
def test_a_bad_row_of_a_csv_is_reported_and_the_others_are_read(
    text: str, problem: str, good: list[str], tmp_path: Path
) -> None:
    (tmp_path / "t.csv").write_text(text)
    records, _ = read(tmp_path / "t.csv")
    bad = [record for record in records if record.problem]
    assert [(record.where, problem in record.problem) for record in bad] == [("t.csv:3", True)]
    assert [record.values["a"] for record in records if not record.problem] == good


def test_empty_lines_are_skipped_and_names_that_stand_twice_refused(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("a,b\n\n1,2\n,\n3,4\n\n")
    assert values(tmp_path / "t.csv") == [{"a": "1", "b": "2"}, {"a": "3", "b": "4"}]
    (tmp_path / "t.csv").write_text("a,a\n1,2\n")
    assert values(tmp_path / "t.csv") == [{"a [1]": "1", "a [2]": "2"}]


# JSON ----------------------------------------------------------------------------------------------------------------


def test_json_keeps_decimals_and_big_numbers_exactly(tmp_path: Path) -> None:
    for name, text in (
        ("t.jsonl", '{"a": 0.1, "b": 12345678901234567890}\n'),
        ("t.json", '[{"a": 0.1, "b": 12345678901234567890}]'),
    ):
        (tmp_path / name).write_text(text)
        assert values(tmp_path / name) == [{"a": Decimal("0.1"), "b": 12345678901234567890}]


@pytest.mark.parametrize("bad", ['{"a": 1, "a": 2}', "[1]", '"x"'])
def test_a_bad_object_is_reported_and_the_others_are_read(bad: str, tmp_path: Path) -> None:
    (tmp_path / "t.jsonl").write_text(f'{{"a": 0}}\n{bad}\n{{"a": 3}}\n')
    (tmp_path / "t.json").write_text(f'[{{"a": 0}}, {bad}, {{"a": 3}}]')
    for name, place in (("t.jsonl", "t.jsonl:2"), ("t.json", "t.json[2]")):
        records, told = read(tmp_path / name)
        assert [record.where for record in records if record.problem] == [place]
        assert [record.values["a"] for record in records if not record.problem] == [0, 3]
        assert told.incomplete == ""


def test_a_line_that_is_no_json_is_reported(tmp_path: Path) -> None:
    (tmp_path / "t.jsonl").write_text('{"a": 0}\n{"a": \n{"a": 3}\n')
    records, _ = read(tmp_path / "t.jsonl")
    assert [bool(record.problem) for record in records] == [False, True, False]


def test_a_json_file_that_breaks_off_is_incomplete(tmp_path: Path) -> None:
    (tmp_path / "t.json").write_text('[{"a": 1}, {"a": 2}, {"a"')
    records, told = read(tmp_path / "t.json")
    assert [record.values["a"] for record in records] == [1, 2]
    assert "is not JSON after record 2" in told.incomplete


def test_an_array_inside_of_an_object_is_named(tmp_path: Path) -> None:
    (tmp_path / "t.json").write_text('{"result": {"records": [{"a": 1}]}, "tags": []}')
    with pytest.raises(UnreadableFile, match=r"result.records"):
        read(tmp_path / "t.json")
    assert values(tmp_path / "t.json", kind="json", records="result.records") == [{"a": 1}]


# Typed formats ---------------------------------------------------------------------------------------------------------


def test_excel_gives_dates_numbers_and_truths(tmp_path: Path) -> None:
    when = datetime.datetime(2026, 3, 1)
    as_excel([{"a": 1, "b": 1.5, "c": when, "d": True, "e": None}], tmp_path / "t.xlsx")
    (row,) = values(tmp_path / "t.xlsx")
    assert (row["a"], row["b"], row["c"] in (when, when.date()), row["d"]) == (1, 1.5, True, True)


def test_a_sheet_is_chosen_by_name_and_a_wrong_one_named(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.create_sheet("Visits")
    sheet.append(["a"])
    sheet.append(["x"])
    book.save(tmp_path / "t.xlsx")
    assert values(tmp_path / "t.xlsx", kind="excel", sheet="Visits") == [{"a": "x"}]
    with pytest.raises(UnreadableFile, match="Visits"):
        read(tmp_path / "t.xlsx", kind="excel", sheet="Visit")


def test_parquet_keeps_decimals_days_and_zones(tmp_path: Path) -> None:
    zone = datetime.timezone(datetime.timedelta(hours=2))
    row = {"a": Decimal("1.10"), "b": datetime.date(2026, 3, 1), "c": datetime.datetime(2026, 3, 1, 12, tzinfo=zone)}
    as_parquet([row], tmp_path / "t.parquet")
    assert values(tmp_path / "t.parquet") == [row]


# What is refused -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("t.csv", b"\x1f\x8b\x08\x00", "is compressed (gzip); unpack it first"),
        ("t.xlsx", b"a,b\n1,2\n", "it was to be read as excel"),
        ("t.csv", b"PK\x03\x04 and more", "is excel"),
        ("t.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "accepted kinds are"),
        ("t.parquet", b"PAR1 and no more", "is not a Parquet file"),
        ("t.csv", b"", "is empty"),
        ("t.data", b"a,b\n", "accepted kinds are csv"),
    ],
)
def test_files_that_are_something_else(name: str, content: bytes, says: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableFile) as refused:
        read(tmp_path / name)
    assert says in str(refused.value)


@pytest.mark.parametrize(
    ("options", "option"),
    [
        ({"kind": "cvs"}, "kind"),
        ({"kind": "csv", "delimiter": ";;"}, "delimiter"),
        ({"kind": "csv", "encoding": "klingon"}, "encoding"),
        ({"kind": "csv", "header": 0}, "header"),
        ({"kind": "excel", "delimiter": ";"}, "delimiter"),
        ({"kind": "excel", "sheet": 0}, "sheet"),
        ({"kind": "json", "records": 3}, "records"),
    ],
)
def test_wrong_options_are_named(options: dict[str, Any], option: str) -> None:
    with pytest.raises(WrongOption) as wrong:
        file_options(options)
    assert wrong.value.option == option


@pytest.mark.parametrize("seed", range(20))
def test_random_bytes_never_end_with_anything_but_an_error_that_is_meant(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    for kind, (name, write) in WRITERS.items():
        buffer = io.BytesIO()
        write(TABLE, tmp_path / name)
        content = bytearray((tmp_path / name).read_bytes())
        for _ in range(chance.randrange(1, 6)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        buffer.write(content[: chance.randrange(1, len(content) + 1)])
        (tmp_path / name).write_bytes(buffer.getvalue())
        with suppress(UnreadableFile):
            read(tmp_path / name, kind=kind)


def test_options_default_to_the_kind_that_the_name_tells(tmp_path: Path) -> None:
    as_csv(TABLE, tmp_path / "t.tsv", delimiter="\t")
    assert open_file(tmp_path / "t.tsv", FileOptions()).options.kind == "tsv"

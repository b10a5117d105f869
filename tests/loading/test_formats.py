"""CSV, TSV, Excel, JSON, JSON Lines and Parquet give the same records; what is broken is a record with a problem, or a Cut."""

import asyncio
import os
from collections.abc import Callable
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.load.files import UnreadableFile
from graph.load.formats import open_file
from graph.load.formats.options import KINDS, WrongOption, file_options
from graph.load.records import Known
from tests.loading.tables import WRITERS, plain, read, write_csv, write_excel, write_parquet

NAMES = ("no", "title", "day", "cost", "held")
ROWS = (
    (1, "Oslo, \"the\" 'tiger'\nstad", date(2031, 5, 2), 12.5, True),
    (2, "ÆØÅ 東京 🏙 = 1;2\t3", date(2031, 6, 30), -0.25, False),
    (3, "", None, None, None),
    (4, "last", date(1999, 12, 31), 7.0, True),
)

formats = pytest.mark.parametrize("name", WRITERS)


def saved(path: Path, raw: bytes | str) -> Path:
    path.write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    return path


@formats
def test_the_same_table_gives_the_same_records(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    WRITERS[name](path, NAMES, ROWS)
    found = read(path)
    wanted = [{at: plain(cell) for at, cell in zip(NAMES, row, strict=True)} for row in ROWS]
    assert [{at: plain(cell) for at, cell in each.items()} for each in found.values] == wanted
    assert found.problems == {}
    assert not found.told.incomplete
    assert len({each.where for each in found.records}) == len(ROWS)
    assert all(each.where.startswith(name) for each in found.records)


TYPED = {
    "a.xlsx": (int, str, datetime, float, bool),
    "a.parquet": (int, str, date, float, bool),
    "a.json": (int, str, str, Decimal, bool),
    "a.jsonl": (int, str, str, Decimal, bool),
    "a.csv": (str,) * 5,
    "a.tsv": (str,) * 5,
}


@formats
def test_values_have_the_types_that_the_format_has(tmp_path: Path, name: str) -> None:
    WRITERS[name](tmp_path / name, NAMES, ROWS)
    assert tuple(map(type, read(tmp_path / name).values[0].values())) == TYPED[name]


@formats
def test_records_come_in_parts_and_a_file_that_did_not_change_gives_none(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    WRITERS[name](path, ("a",), [(n,) for n in range(2_500)])
    first = read(path)
    assert first.parts == [1_000, 1_000, 500]
    again = read(path, Known(first.told.validators))
    assert (again.told.unchanged, again.records) == (True, [])
    WRITERS[name](path, ("a",), [(n,) for n in range(2_501)])
    assert len(read(path, Known(first.told.validators)).records) == 2_501


def texts(name: str) -> st.SearchStrategy[str]:
    """Texts that the format can hold: a sheet has no control characters, and CSV in Python no lone surrogate."""
    odd = st.sampled_from(
        ['"', '""', ",", ";", "\t", "'", "=1+1", "#N/A", "  x ", "a\nb", "\\", "null", "1,5", "\ufeff", "é"]
    )
    letters = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=12)
    some = st.one_of(odd, letters, st.builds(str.__add__, odd, letters))
    if name == "a.xlsx":
        return some.filter(lambda text: "_x" not in text and "\ufffe" not in text and "\uffff" not in text)
    return some


@pytest.mark.soak
@formats
def test_random_tables_come_back_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, name: str, pytestconfig: pytest.Config
) -> None:
    path = tmp_path_factory.mktemp("tables") / name

    @settings(max_examples=1_000 if pytestconfig.getoption("soak") else 20, deadline=None, database=None)
    @given(st.data())
    def written_and_read(data: st.DataObject) -> None:
        header = st.text("abcxyzåß ._-", min_size=1, max_size=8).filter(lambda text: text == text.strip())
        names = data.draw(st.lists(header, min_size=1, max_size=5, unique=True))
        cells = st.lists(texts(name), min_size=len(names), max_size=len(names))
        rows = data.draw(st.lists(cells.filter(any), max_size=8))
        WRITERS[name](path, names, rows)
        if not rows and name.startswith("a.json"):
            return  # an array without objects has no names, and a file without lines is empty
        found = [["" if cell is None else cell for cell in each.values()] for each in read(path).values]
        assert found == rows  # an empty cell of a sheet is nothing
        assert all(list(each) == names for each in read(path).values)

    written_and_read()


def test_numbers_of_json_are_exact(tmp_path: Path) -> None:
    for name, raw in (("a.json", '[{"a": 0.1, "b": 12345678901234567890, "c": 1E-2}]'), ("a.jsonl", "")):
        (values,) = read(saved(tmp_path / name, raw or '{"a": 0.1, "b": 12345678901234567890, "c": 1E-2}')).values
        assert values == {"a": Decimal("0.1"), "b": 12345678901234567890, "c": Decimal("0.01")}


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


def test_a_book_with_several_sheets_asks_which(tmp_path: Path) -> None:
    from openpyxl import Workbook

    path = tmp_path / "a.xlsx"
    book = Workbook()
    book.active.title = "Notes"
    book.create_sheet("2031").append(("a",))
    book["2031"].append((1,))
    hidden = book.create_sheet("lists")
    hidden.sheet_state = "hidden"
    book.save(path)
    with pytest.raises(UnreadableFile, match=r"has the sheets 'Notes', '2031', 'lists'; write the one to read"):
        read(path)
    assert read(path, sheet="2031").values == read(path, sheet=2).values == [{"a": 1}]
    with pytest.raises(UnreadableFile, match="has no sheet 'Nots'"):
        read(path, sheet="Nots")
    book.remove(book["Notes"])
    book.save(path)
    assert read(path).values == [{"a": 1}]


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


ENCODED: list[tuple[str, bytes, dict[str, str]]] = [
    ("mark of UTF-8", "a,b\né,2\n".encode("utf-8-sig"), {}),
    ("UTF-16, little", "\ufeffa,b\né,2\n".encode("utf-16-le"), {}),
    ("UTF-16, big", "\ufeffa,b\né,2\n".encode("utf-16-be"), {}),
    ("UTF-16, said", "a,b\né,2\n".encode("utf-16-le"), {"encoding": "utf-16-le"}),
    ("Latin-1", "a,b\né,2\n".encode("latin-1"), {"encoding": "latin-1"}),
    ("Windows", "a,b\né,2\n".encode("cp1252"), {"encoding": "cp1252"}),
    ("lines of Windows", "a,b\r\né,2\r\n".encode(), {}),
    ("lines of old Macs", "a,b\ré,2\r".encode(), {}),
    ("semicolons", "a;b\né;2\n".encode(), {"delimiter": ";"}),
    ("tabs", "a\tb\né\t2\n".encode(), {"delimiter": "\t"}),
    ("quotes of one stroke", "a,b\n'é','2'\n".encode(), {"quote": "'"}),
    ("no end of line", "a,b\né,2".encode(), {}),
    ("empty lines", "\n\na,b\n\né,2\n\n,\n".encode(), {}),
]


@pytest.mark.parametrize(("raw", "options"), [each[1:] for each in ENCODED], ids=[each[0] for each in ENCODED])
def test_encodings_and_dialects(tmp_path: Path, raw: bytes, options: dict[str, Any]) -> None:
    assert read(saved(tmp_path / "a.csv", raw), **options).values == [{"a": "é", "b": "2"}]


def test_another_encoding_is_named_with_its_line(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.csv", "a,b\n1,2\n3,é\n".encode("latin-1"))
    with pytest.raises(UnreadableFile, match=r"a\.csv:3 is not UTF-8 \(byte 0xe9\); write its encoding"):
        read(path)


def test_a_line_before_the_header_and_quotes_that_are_no_quotes(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.csv", 'Visits of 2031,\nno,title\n1,5" pipe\n')
    assert read(path, header=2, quote="").values == [{"no": "1", "title": '5" pipe'}]


def test_names_of_columns_that_stand_twice_or_not_at_all(tmp_path: Path) -> None:
    wanted = ["no", "name [2]", "name [3]", "[4]"]
    write_csv(tmp_path / "a.csv", ("no", "name", " name", ""), [(1, "a", "b", "c")])
    write_excel(tmp_path / "a.xlsx", ("no", "name", "name", None), [(1, "a", "b")])
    write_parquet(tmp_path / "a.parquet", ("no", "name", "name", ""), [(1, "a", "b", "c")])
    for name in ("a.csv", "a.parquet"):
        assert [*read(tmp_path / name).values[0]] == wanted
    assert [*read(tmp_path / "a.xlsx").values[0]] == wanted[:3]


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


@pytest.mark.parametrize("name", ["a.json"])
def test_a_file_that_ends_too_early_is_incomplete(tmp_path: Path, name: str) -> None:
    WRITERS[name](tmp_path / name, ("a",), [(n,) for n in range(30)])
    cut(tmp_path / name)
    found = read(tmp_path / name)
    assert [each["a"] for each in found.values] == list(range(len(found.values)))
    assert f"is not JSON after record {len(found.values)}" in found.told.incomplete


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


REFUSED: list[tuple[str, str, bytes, dict[str, Any], str]] = [
    ("missing", "a.csv", b"", {}, r"a\.csv is empty"),
    ("no kind", "a.dat", b"a", {}, "the end of its name does not say what it is; accepted kinds are csv, tsv, excel"),
    ("gzip", "a.csv", b"\x1f\x8b..", {}, r"is compressed \(gzip\); unpack it first"),
    ("book as csv", "a.csv", b"PK\x03\x04..", {}, "is excel; it was to be read as csv"),
    ("csv as book", "a.xlsx", b"a,b\n", {}, "is not excel; it was to be read as excel"),
    ("old book", "a.xlsx", b"\xd0\xcf\x11\xe0", {}, "save it as .xlsx without a password"),
    ("zip", "a.xlsx", b"PK\x03\x04....", {}, "is not an Excel file"),
    (
        "object",
        "a.json",
        b'{"result": {"records": [{"a": 1}], "fields": []}}',
        {},
        "its arrays are at result.records, re",
    ),
    ("nowhere", "a.json", b'{"rows": []}', {"records": "row"}, "no array at row: its arrays are at rows"),
    ("text", "a.json", b"<html>", {}, "is not JSON"),
    ("semicolons", "a.csv", b"no;title\n1;2\n", {}, 'say so in the config: delimiter: ";"'),
    ("header", "a.csv", b"no,title\n", {"header": 3}, "has no line 3 with the names of the columns"),
]


@pytest.mark.parametrize(
    ("name", "raw", "options", "says"), [each[1:] for each in REFUSED], ids=[each[0] for each in REFUSED]
)
def test_what_cannot_be_read_says_what_to_do(
    tmp_path: Path, name: str, raw: bytes, options: dict[str, Any], says: str
) -> None:
    with pytest.raises(UnreadableFile, match=says):
        read(saved(tmp_path / name, raw), **options)


def test_the_array_of_an_object_is_found_by_its_way(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.json", '{"result": {"n": 1, "records": [{"a": {"b": [1]}}]}}')
    assert read(path, records="result.records").values == [{"a": {"b": [1]}}]


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"kind": "cvs"}, "kind"),
    *[({"kind": kind, "delimeter": ","}, "delimeter") for kind in KINDS],
    ({"kind": "parquet", "encoding": "utf-8"}, "encoding"),
    ({"kind": "json", "sheet": 1}, "sheet"),
    ({"kind": "csv", "records": "a"}, "records"),
    ({"kind": "csv", "delimiter": ",,"}, "delimiter"),
    ({"kind": "tsv", "delimiter": '"'}, "delimiter"),
    ({"kind": "csv", "encoding": "utf-9"}, "encoding"),
    ({"kind": "csv", "quote": "''"}, "quote"),
    ({"kind": "csv", "header": 0}, "header"),
    ({"kind": "excel", "header": "first"}, "header"),
    ({"kind": "csv", "header": True}, "header"),
    ({"kind": "excel", "sheet": 0}, "sheet"),
    ({"kind": "excel", "sheet": [1]}, "sheet"),
    ({"kind": "json", "records": 1}, "records"),
]


@pytest.mark.parametrize(("options", "wrong"), WRONG)
def test_a_wrong_option_is_named(options: dict[str, Any], wrong: str) -> None:
    with pytest.raises(WrongOption) as refused:
        file_options(options)
    assert refused.value.option == wrong
    assert str(refused.value).startswith(f"{wrong}: ")


RIGHT: list[tuple[dict[str, Any], Callable[[Any], Any], Any]] = [
    ({"kind": "csv", "delimiter": "tab", "path": "a.csv"}, lambda got: got.delimiter, "\t"),
    ({"kind": "csv", "encoding": "Windows-1252"}, lambda got: got.encoding, "cp1252"),
    ({"kind": "csv", "quote": "none"}, lambda got: got.quote, ""),
    ({"kind": "excel", "sheet": "2031", "header": 4}, lambda got: (got.sheet, got.header), ("2031", 4)),
]


@pytest.mark.parametrize(("options", "get", "wanted"), RIGHT)
def test_options_are_read_in_the_words_that_people_use(
    options: dict[str, Any], get: Callable[[Any], Any], wanted: Any
) -> None:
    assert get(file_options(options)) == wanted

"""Files of each format are read as what stands in them: the same table in all formats, and tables of each kind of trouble."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.load.files import UnreadableFile
from graph.load.formats import open_file
from graph.load.formats.options import WrongOption, file_options
from graph.load.records import Known
from tests.loading.tables import WRITERS, plain, read, records, write_csv

EXAMPLES, MANY_EXAMPLES = 15, 3000
TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn"], exclude_characters="\ufffe\uffff\ufeff"), max_size=12
)
CELL = st.one_of(
    TEXT, st.sampled_from([";", ",", '"', '""', "a\nb", " a ", "=1+1", "007", "1,5", "\t", "'", "|", "null"])
)


@st.composite
def tables(draw: st.DrawFn) -> list[dict[str, str]]:
    """Draw a table of texts in which no row is empty."""
    names = draw(st.lists(st.from_regex(r"[a-z]{1,8}", fullmatch=True), min_size=2, max_size=5, unique=True))
    rows = draw(st.lists(st.lists(CELL, min_size=len(names), max_size=len(names)), min_size=1, max_size=8))
    return [
        {name: (value if at else "x" + value) for at, (name, value) in enumerate(zip(names, row, strict=True))}
        for row in rows
    ]


@pytest.mark.soak
@pytest.mark.parametrize("kind", WRITERS)
def test_a_table_of_texts_is_read_as_it_was_written(kind: str, pytestconfig: pytest.Config, tmp_path: Path) -> None:
    path = tmp_path / f"rows.{kind}"

    @settings(
        max_examples=MANY_EXAMPLES if pytestconfig.getoption("soak") else EXAMPLES, deadline=None, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(tables())
    def holds(rows: list[dict[str, str]]) -> None:
        WRITERS[kind](path, rows)
        found = [{name: plain(value) for name, value in record.values.items()} for record in records(path)]
        assert found == [dict(row) for row in rows]

    holds()


@pytest.mark.soak
def test_csv_of_any_delimiter_and_encoding(pytestconfig: pytest.Config, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    shapes = st.tuples(
        st.sampled_from([",", ";", "\t", "|"]),
        st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252"]),
        st.sampled_from(["\n", "\r\n", "\r"]),
    )

    @settings(
        max_examples=MANY_EXAMPLES if pytestconfig.getoption("soak") else EXAMPLES, deadline=None, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(tables(), shapes)
    def holds(rows: list[dict[str, str]], shape: tuple[str, str, str]) -> None:
        delimiter, encoding, ends = shape
        try:
            write_csv(path, rows, delimiter, encoding, ends)
        except UnicodeEncodeError:
            return
        said = {} if encoding.startswith("utf") else {"encoding": encoding}
        assert [dict(record.values) for record in records(path, delimiter=delimiter, **said)] == rows

    holds()


TABLE = [
    {"no": "1", "title": "Trams", "delegates": "12"},
    {"no": "2", "title": "Vann, «kloakk» og\nøkonomi", "delegates": ""},
    {"no": "3", "title": '5" pipes; said "so"', "delegates": "7"},
]


def test_the_same_table_in_all_formats_gives_the_same_records(tmp_path: Path) -> None:
    seen = {}
    for kind, write in WRITERS.items():
        write(tmp_path / f"rows.{kind}", TABLE)
        found = records(tmp_path / f"rows.{kind}")
        seen[kind] = [{name: plain(value) for name, value in record.values.items()} for record in found]
    assert all(rows == TABLE for rows in seen.values()), seen


def written(tmp_path: Path, name: str, content: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


GOOD = {"a": "1", "b": "2"}
CSV_CASES: dict[str, tuple[bytes, dict[str, Any], list[Any]]] = {
    "a byte order mark is no part of a name": (b"\xef\xbb\xbfa,b\n1,2\n", {}, [(2, GOOD)]),
    "UTF-16 with a mark": ("\ufeffa,b\n1,2\n".encode("utf-16-le"), {}, [(2, GOOD)]),
    "Latin-1, if it is said": (b"a,b\n1,\xf8\n", {"encoding": "latin-1"}, [(2, {"a": "1", "b": "ø"})]),
    "empty lines and lines of empty cells": (b"\na,b\n\n1,2\n,\n\n", {}, [(4, GOOD)]),
    "no line end at the end": (b"a,b\n1,2", {}, [(2, GOOD)]),
    "a short row": (b"a,b\n1\n1,2\n", {}, [(2, "has 1 cell, and the header has 2"), (3, GOOD)]),
    "a long row": (b"a,b\n1,2,3\n1,2\n", {}, [(2, "has 3 cells, and the header has 2"), (3, GOOD)]),
    "a quote that is never closed": (b'a,b\n"1,2\n1,2\n1,2\n', {}, [(2, "never closed"), (3, GOOD), (4, GOOD)]),
    "a quote that another row closes": (b'a,b\n"1,2\n1,2\n1,"2\n1,2\n', {},
                                        [(2, "quote"), (3, GOOD), (4, "never closed"), (5, GOOD)]),
    "a quote in the wrong place": (b'a,b\n"1"x,2\n1,2\n', {}, [(2, "quote in the wrong place"), (3, GOOD)]),
    "quotes are plain, if it is said": (b'a\tb\n1\t"2\n', {"kind": "tsv", "quote": "none"}, [(2, {"a": "1", "b": '"2'})]),
    "two columns of one name": (b"a,a,b\n1,2,3\n", {}, [(2, {"a [1]": "1", "a [2]": "2", "b": "3"})]),
    "a column without a name": (b"a,\n1,2\n", {}, [(2, {"a": "1", "[2]": "2"})]),
    "lines before the header": (b"Visits\n2024\na,b\n1,2\n", {"header": 3}, [(4, GOOD)]),
    "blanks around names": (b" a , b\n1, 2\n", {}, [(2, {"a": "1", "b": " 2"})]),
    "numbers stay as they are written": (b"a,b\n007,1.50\n", {}, [(2, {"a": "007", "b": "1.50"})]),
}  # fmt: skip


@pytest.mark.parametrize("name", CSV_CASES)
def test_tables_of_trouble(name: str, tmp_path: Path) -> None:
    content, options, expected = CSV_CASES[name]
    found = records(written(tmp_path, "rows.csv", content), **options)
    assert [record.where for record in found] == [f"rows.csv:{line}" for line, _ in expected]
    for record, (_, wanted) in zip(found, expected, strict=True):
        if isinstance(wanted, str):
            assert wanted in record.problem
            assert record.values == {}
        else:
            assert (dict(record.values), record.problem) == (wanted, "")


def test_a_cell_that_takes_in_the_file_is_given_back(tmp_path: Path) -> None:
    lines = [b"a,b", b'"1,2', *[b"1,2"] * 60_000]
    found = records(written(tmp_path, "rows.csv", b"\n".join(lines)))
    assert "a closing quote may be missing" in found[0].problem
    assert len(found) == 60_001
    assert all(dict(record.values) == GOOD for record in found[1:])


UNREADABLE: dict[str, tuple[str, bytes, dict[str, Any], str]] = {
    "not UTF-8": (
        "r.csv",
        b"a,b\n1,2\n3,\xf8\n",
        {},
        "r.csv:3 is not UTF-8 (byte 0xf8); write its encoding into the config",
    ),
    "not UTF-16": ("r.csv", b"\xff\xfea\x00\x00", {}, "is not UTF-16"),
    "cells divided otherwise": ("r.csv", b"a;b\n1;2\n", {}, 'delimiter: ";"'),
    "empty": ("r.csv", b"", {}, "is empty"),
    "no header": ("r.csv", b"\n\n", {}, "has no line 1"),
    "gzip": ("r.csv", b"\x1f\x8b\x08\x00", {}, "is compressed (gzip); unpack it first"),
    "an Excel file named csv": ("r.csv", b"PK\x03\x04aaaaaaaa", {}, "is excel; it was to be read as csv"),
    "a table named xlsx": ("r.xlsx", b"a,b\n1,2\n", {}, "is not excel"),
    "a broken workbook": ("r.xlsx", b"PK\x03\x04aaaaaaaa", {}, "is not an Excel file"),
    "an old workbook": ("r.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", {}, "save it as .xlsx"),
    "a broken Parquet file": ("r.parquet", b"PAR1aaaaaaaa", {}, "is not a Parquet file"),
    "no kind": ("r.dat", b"a,b\n", {}, "accepted kinds are csv"),
    "no JSON": ("r.json", b"visits", {}, "is not JSON"),
    "an object": ("r.json", b'{"data": {"rows": []}, "n": 1}', {}, "there are data.rows"),
    "no array there": ("r.json", b'{"data": []}', {"records": "result"}, "no array at result: write where it is"),
    "no array at all": ("r.json", b'{"n": 1}', {}, "it has no array"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_says_what_to_do(name: str, tmp_path: Path) -> None:
    file, content, options, said = UNREADABLE[name]
    path = written(tmp_path, file, content)
    with pytest.raises(UnreadableFile) as error:
        read(path, **options)
    assert said in str(error.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"no\.csv cannot be read"):
        open_file(tmp_path / "no.csv")


JSON_CASES: dict[str, tuple[str, bytes, dict[str, Any], list[Any]]] = {
    "exact decimals": ("r.jsonl", b'{"x": 0.1000000000000000055511151231257827}\n', {},
                       [{"x": "0.1000000000000000055511151231257827"}]),
    "exact decimals in an array": ("r.json", b'[{"x": 12345678901234567890.5}]', {}, [{"x": "12345678901234567890.5"}]),
    "a key that is named twice": ("r.jsonl", b'{"a": 1, "a": 2}\n{"a": 1}\n', {}, ["names 'a' twice", {"a": "1"}]),
    "a key twice, deeper, in an array": ("r.json", b'[{"b": [{"a": 1, "a": 2}]}, {"a": 1}]', {}, ["names 'a' twice", {"a": "1"}]),
    "no object": ("r.json", b'[1, [2], "x", {"a": 1}]', {}, ["is not", "is not", "is not", {"a": "1"}]),
    "a line that is no JSON": ("r.jsonl", b'{"a": 1\n\n{"a": 1}', {}, ["is not JSON", {"a": "1"}]),
    "a line that is not UTF-8": ("r.jsonl", b'{"a": "\xf8"}\n{"a": 1}', {}, ["is not JSON", {"a": "1"}]),
    "no number": ("r.jsonl", b'{"a": NaN}\n{"a": 1}', {}, ["is not JSON", {"a": "1"}]),
    "half a character": ("r.jsonl", b'{"a": "\\ud800"}\n{"a": 1}', {}, ["is not JSON", {"a": "1"}]),
    "very deep": ("r.jsonl", b"[" * 100_000 + b'\n{"a": 1}', {}, ["is not JSON", {"a": "1"}]),
    "an array in an object": ("r.json", b'{"n": [0], "data": {"rows": [{"a": 1}], "more": [{"a": 2}]}}', {"records": "data.rows"},
                              [{"a": "1"}]),
    "a byte order mark": ("r.json", b'\xef\xbb\xbf[{"a": 1}]', {}, [{"a": "1"}]),
    "a byte order mark before lines": ("r.jsonl", b'\xef\xbb\xbf{"a": 1}', {}, [{"a": "1"}]),
    "an empty array": ("r.json", b"[]", {}, []),
}  # fmt: skip


@pytest.mark.parametrize("name", JSON_CASES)
def test_json_of_trouble(name: str, tmp_path: Path) -> None:
    file, content, options, expected = JSON_CASES[name]
    found = records(written(tmp_path, file, content), **options)
    assert len(found) == len(expected)
    for record, wanted in zip(found, expected, strict=True):
        if isinstance(wanted, str):
            assert wanted in record.problem
        else:
            assert {name: str(value) for name, value in record.values.items()} == wanted


def test_an_array_that_breaks_off_is_incomplete(tmp_path: Path) -> None:
    found, told = read(written(tmp_path, "r.json", b'[{"a": 1}, {"a": 2}, {"a": '))
    assert [record.values["a"] for record in found] == [1, 2]
    assert "is not JSON after record 2" in told.incomplete


def test_a_file_that_has_not_changed_is_not_read_again(tmp_path: Path) -> None:
    import asyncio

    path = written(tmp_path, "r.csv", b"a,b\n1,2\n")
    _, told = read(path)
    again = asyncio.run(open_file(path).read(Known(told.validators), fail))
    assert again.unchanged
    otherwise = asyncio.run(open_file(path, file_options({"delimiter": ","})).read(Known(told.validators), ignore))
    assert not otherwise.unchanged


async def fail(taken: object, position: object) -> None:
    raise AssertionError(taken)


async def ignore(taken: object, position: object) -> None:
    return


@pytest.mark.parametrize(
    ("values", "option", "accepted"),
    [
        ({"kind": "xls"}, "kind", "excel"),
        ({"kind": "csv", "delimiter": ";;"}, "delimiter", "tab"),
        ({"kind": "csv", "encoding": "utf-9"}, "encoding", "utf-8"),
        ({"kind": "csv", "sheet": 1}, "sheet", "delimiter"),
        ({"kind": "excel", "header": 0}, "header", ""),
        ({"kind": "excel", "header": True}, "header", ""),
    ],
)
def test_a_wrong_option_is_named(values: dict[str, Any], option: str, accepted: str) -> None:
    with pytest.raises(WrongOption) as error:
        file_options(values)
    assert error.value.option == option
    assert not accepted or accepted in error.value.accepted


def test_our_csv_cases_are_what_the_csv_module_reads() -> None:
    """The cases without options and problems are read by the module itself to the same cells."""
    plain_cases = [(content, rows) for content, options, rows in CSV_CASES.values() if not options]
    checked = 0
    for content, rows in plain_cases:
        if all(isinstance(row, dict) and row == GOOD for _, row in rows) and content[:1] == b"a":
            checked += 1
            found = [row for row in csv.reader(io.StringIO(content.decode(), newline="")) if any(row)]
            assert found[1:] == [["1", "2"]] * len(rows)
    assert checked

"""Excel and Parquet keep their types: dates, decimals, zones; a chosen sheet; what a formula was last seen to be."""

import zipfile
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from openpyxl import Workbook
from pyarrow import parquet

from graph.load.files import UnreadableFile
from tests.loading.tables import read, records, write_large


def workbook(path: Path, **sheets: list[list[Any]]) -> Path:
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    book.save(path)
    return path


def test_values_of_a_sheet_have_their_types(tmp_path: Path) -> None:
    moment = datetime(2024, 5, 1, 10, 30)
    rows: list[list[Any]] = [
        ["day", "n", "x", "yes", "text"],
        [date(2024, 5, 1), 3, 1.5, True, "007"],
        [moment, None, None, None, "b"],
    ]
    first, second = records(workbook(tmp_path / "r.xlsx", visits=rows))
    assert first.values == {"day": datetime(2024, 5, 1), "n": 3, "x": 1.5, "yes": True, "text": "007"}
    assert second.values["day"] == moment
    assert second.values["n"] is None
    assert (first.where, second.where) == ("r.xlsx:2", "r.xlsx:3")


def test_a_formula_is_what_it_was_last_seen_to_be(tmp_path: Path) -> None:
    path = workbook(tmp_path / "r.xlsx", visits=[["a", "b"], [2, "=A2*2"], [3, "=A3/0"]])
    # openpyxl writes no values of formulas, which Excel does.
    seen = tmp_path / "seen.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(seen, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            text = text.replace(b"<f>A2*2</f><v></v>", b"<f>A2*2</f><v>4</v>").replace(
                b"<f>A2*2</f><v />", b"<f>A2*2</f><v>4</v>"
            )
            new.writestr(name, text)
    assert records(seen)[0].values == {"a": 2, "b": 4}


def test_the_sheet_that_is_meant(tmp_path: Path) -> None:
    path = workbook(tmp_path / "r.xlsx", notes=[["x"], ["y"]], visits=[["Visits of 2024"], [], ["a"], [1]])
    with pytest.raises(UnreadableFile, match="has the sheets 'notes', 'visits'"):
        read(path)
    with pytest.raises(UnreadableFile, match="has no sheet 'visit'"):
        read(path, sheet="visit")
    assert [dict(record.values) for record in records(path, sheet="visits", header=3)] == [{"a": 1}]
    assert [dict(record.values) for record in records(path, sheet=1)] == [{"x": "y"}]


def test_a_cell_beyond_the_header_is_a_problem_of_its_row(tmp_path: Path) -> None:
    path = workbook(tmp_path / "r.xlsx", visits=[["a", "b", None], [1, 2, 3], [1], [None, None], [1, 2]])
    found = records(path)
    assert "column C" in found[0].problem
    assert [dict(record.values) for record in found[1:]] == [{"a": 1, "b": None}, {"a": 1, "b": 2}]


def test_texts_of_a_workbook_as_excel_writes_it(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    write_large(path, 50)
    assert records(path)[49].values["title"] == "Visit of delegation 49 to look at water"
    strings = '<si><r><t>New </t></r><r><t>York</t></r><rPh sb="0" eb="1"><t>x</t></rPh></si>'
    rich = tmp_path / "rich.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(rich, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(
                name, text.replace(b"<si><t>Visit of delegation 0 to look at water</t></si>", strings.encode())
            )
    assert records(rich)[0].values["title"] == "New York"


def test_types_of_a_parquet_file(tmp_path: Path) -> None:
    oslo = timezone(timedelta(hours=2))
    moment = datetime(2024, 5, 1, 23, 30, tzinfo=oslo)
    columns = {
        "day": pyarrow.array([date(2024, 5, 1), None]),
        "exact": pyarrow.array([Decimal("1.10"), Decimal("2.25")]),
        "zoned": pyarrow.array([moment, None], pyarrow.timestamp("us", tz="+02:00")),
        "plain": pyarrow.array([datetime(2024, 5, 1, 9), None], pyarrow.timestamp("ms")),
        "fine": pyarrow.array([1_700_000_000_123_456_789, None], pyarrow.timestamp("ns")),
        "list": pyarrow.array([["a", "b"], []]),
        "object": pyarrow.array([{"lat": 59.9, "lon": 10.7}, None]),
        "bytes": pyarrow.array([b"abc", None]),
        "word": pyarrow.array(["x", "y"]).dictionary_encode(),
    }
    path = tmp_path / "r.parquet"
    parquet.write_table(pyarrow.table(columns), path)
    found, told = read(path)
    assert told.total == 2
    values = found[0].values
    assert values["day"] == date(2024, 5, 1)
    assert str(values["exact"]) == "1.10"
    assert values["zoned"] == moment
    assert values["zoned"].isoformat() == "2024-05-01T23:30:00+02:00"
    assert values["plain"] == datetime(2024, 5, 1, 9)
    assert values["fine"].replace(tzinfo=UTC).timestamp() == pytest.approx(1_700_000_000.123456)
    assert (values["list"], values["object"], values["bytes"], values["word"]) == (
        ["a", "b"], {"lat": 59.9, "lon": 10.7}, "abc", "x",
    )  # fmt: skip
    assert [found[1].values[name] for name in ("day", "zoned", "object", "bytes")] == [None] * 4


def test_a_parquet_file_that_is_cut_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "r.parquet"
    parquet.write_table(pyarrow.table({"a": list(range(1000))}), path)
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(UnreadableFile, match="is not a Parquet file"):
        read(path)

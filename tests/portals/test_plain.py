"""Files over HTTP are read as files are: bad rows are reported, cut ones end nothing, equal bytes are read once."""

import io
import zipfile
from dataclasses import replace
from datetime import date
from typing import Any

import pyarrow
import pytest
from aiohttp import web
from openpyxl import Workbook
from pyarrow import parquet

from graph.load.records import Known
from graph.portals.kinds import open_portal
from graph.portals.limits import BadOptions, Limits
from tests.portals.reading import QUICK, Reading, reading, run
from tests.portals.server import Portal
from tests.portals.test_bugs import other


def read(kind: str, body: str, known: Known | None = None, **options: Any) -> Reading:
    """Read a body that a server gives without any validator; places are shown without its address."""
    found: list[Reading] = []

    def answer(portal: Portal, request: web.Request) -> web.Response:
        return web.Response(text=body, content_type="text/csv" if kind == "csv" else "application/json")

    async def work() -> None:
        async with Portal(other(kind, answer, **options)) as portal:
            found.append(await reading(portal.options, known=known))

    run(work)
    return found[0]


def test_a_bad_row_is_a_record_with_its_place_and_the_others_are_read() -> None:
    got = read("csv", 'no,title\n1,a\n2\n3,"b\nc"\n4,d\n')
    assert [each.values.get("no") for each in got.records] == ["1", None, "3", "4"]
    (bad,) = [each for each in got.records if each.problem]
    assert bad.problem.startswith("has 1 cell, and the header has 2")
    assert bad.where.endswith("/visits.csv:3")
    assert got.outcome == "whole"


@pytest.mark.parametrize(
    ("kind", "body", "options", "kept"),
    [
        ("csv", "no,title\n1,a\n2,b\n3", {}, 2),
        ("csv", 'no,title\n1,a\n2,b\n3,"c', {}, 2),
        ("json", '{"data": {"visits": [{"no": 1}, {"no": 2}, {"no": 3', {}, 2),
        ("json", '{"no": 1}\n{"no": 2}\n{"no": 3', {"form": "lines"}, 2),
    ],
)
def test_what_is_cut_in_a_record_is_incomplete_and_is_asked_for_again(
    kind: str, body: str, options: dict[str, Any], kept: int
) -> None:
    got = read(kind, body, **options)
    assert got.told is not None
    assert [str(each.values["no"]) for each in got.records] == ["1", "2"][:kept]
    assert got.told.incomplete
    assert got.told.validators == {}


def test_equal_bytes_are_not_read_again_without_a_validator_of_the_server() -> None:
    bodies = ["no\n1\n", "no\n1\n", "no\n1\n2\n"]
    known, seen = Known(), []

    def answer(portal: Portal, request: web.Request) -> web.Response:
        return web.Response(text=bodies.pop(0), content_type="text/csv")

    async def work() -> None:
        nonlocal known
        async with Portal(other("csv", answer)) as portal:
            for _ in range(3):
                got = await reading(portal.options, known=known)
                assert got.told is not None
                known = Known(got.told.validators)
                seen.append((got.told.unchanged, len(got.records)))

    run(work)
    assert seen == [(False, 1), (True, 0), (False, 2)]


def test_json_that_holds_its_records_elsewhere_names_the_option() -> None:
    got = read("json", '{"meta": [], "rows": [{"no": 1}]}')
    assert "no array at data.visits" in got.failure
    assert "items: ...; there are meta, rows" in got.failure


def test_lines_before_the_header_and_other_quotes() -> None:
    got = read("csv", "Visits\nno;title\n1;'a;b'\n", delimiter=";", quote="'", header=2)
    assert [dict(each.values) for each in got.records] == [{"no": "1", "title": "a;b"}]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"encoding": "utf-9"}, "encoding: 'utf-9' is not known. Accepted are 'utf-8', "),
        ({"delimiter": "::"}, "delimiter: '::' is not one character. Accepted are ','"),
        ({"quote": "''"}, "quote: "),
        ({"header": 2_000}, "header: "),
    ],
)
def test_a_wrong_option_is_refused_before_anything_is_asked(options: dict[str, Any], says: str) -> None:
    with pytest.raises(BadOptions, match=says):
        open_portal({"kind": "csv", "url": "https://example.org/a.csv", **options}, QUICK)


def served(kind: str, body: bytes, limits: Limits = QUICK, **options: Any) -> Reading:
    """Read bytes that a server gives as of no particular kind, as many do."""
    found: list[Reading] = []

    async def work() -> None:
        dialect = other(kind, lambda p, r: web.Response(body=body, content_type="application/octet-stream"), **options)
        async with Portal(dialect) as portal:
            found.append(await reading(portal.options, limits))

    run(work)
    return found[0]


def workbook() -> bytes:
    """Return a workbook with two sheets; the second has a line above its header."""
    book, body = Workbook(), io.BytesIO()
    book.worksheets[0].append(["nothing"])
    sheet = book.create_sheet("2031")
    for row in (["Visits of 2031"], ["no", "day", "people"], [1, date(2031, 5, 7), 12.5], [2, None, "many"]):
        sheet.append(row)
    book.save(body)
    return body.getvalue()


@pytest.mark.parametrize("sheet", ["2031", 2])
def test_a_sheet_is_read_by_its_name_or_number(sheet: str | int) -> None:
    got = served("excel", workbook(), sheet=sheet, header=2)
    first, second = (dict(each.values) for each in got.records)
    assert (first["no"], str(first["day"])[:10], float(first["people"])) == (1, "2031-05-07", 12.5)
    assert (second["day"], second["people"]) == (None, "many")
    assert got.records[0].where.endswith("/visits.xlsx:3")


def test_a_workbook_with_several_sheets_asks_for_one() -> None:
    assert "has the sheets 'Sheet', '2031'" in served("excel", workbook()).failure


def test_a_parquet_file_keeps_its_types() -> None:
    body = pyarrow.BufferOutputStream()
    parquet.write_table(pyarrow.table({"no": [1, 2], "day": [date(2031, 5, 7), None]}), body)
    got = served("parquet", body.getvalue().to_pybytes())
    assert [dict(each.values) for each in got.records] == [{"no": 1, "day": date(2031, 5, 7)}, {"no": 2, "day": None}]


def with_part(name: str, size: int) -> bytes:
    """Return the workbook with another part, which is small until it is unpacked."""
    body = io.BytesIO(workbook())
    with zipfile.ZipFile(body, "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr(name, b" " * size)
    return body.getvalue()


@pytest.mark.parametrize(
    ("name", "size", "said"),
    [
        (
            "xl/worksheets/sheet9.xml",
            3_000_000,
            "the file has 3 MiB when it is unpacked, and at most 2 MiB are accepted",
        ),
        ("xl/theme/other.xml", 1_500_000, "1 MiB beside its sheets, and at most 1 MiB are accepted"),
        ("xl/worksheets/sheet9.xml", 1_500_000, ""),
    ],
)
def test_a_workbook_that_grows_too_large_is_not_unpacked(name: str, size: int, said: str) -> None:
    body = with_part(name, size)
    assert len(body) < 100_000
    limits = replace(QUICK, file_bytes=2 * 2**20, page_bytes=2**20)
    got = served("excel", body, limits, sheet=2, header=2)
    assert said in got.failure
    assert len(got.records) == (0 if said else 2)


def test_a_parquet_file_that_grows_too_large_is_not_unpacked() -> None:
    body = pyarrow.BufferOutputStream()
    parquet.write_table(pyarrow.table({"note": [" " * 3_000_000]}), body, compression="zstd")
    small = body.getvalue().to_pybytes()
    assert len(small) < 100_000
    got = served("parquet", small, replace(QUICK, file_bytes=2 * 2**20))
    assert "the file has 3 MiB when it is unpacked" in got.failure
    whole = served("parquet", small)
    assert (whole.outcome, whole.records[0].problem) == ("whole", "has a cell of more than 131,072 characters")


def test_a_text_that_stands_for_many_rows_of_a_parquet_file_counts_for_each() -> None:
    body = pyarrow.BufferOutputStream()
    parquet.write_table(pyarrow.table({"note": ["x" * 10_000] * 500}), body)
    small = body.getvalue().to_pybytes()
    assert len(small) < 20_000
    got = served("parquet", small, replace(QUICK, file_bytes=2 * 2**20))
    assert "MiB when it is unpacked, and at most 2 MiB are accepted" in got.failure
    assert len(served("parquet", small, replace(QUICK, file_bytes=6 * 2**20)).records) == 500


@pytest.mark.parametrize("kind", ["excel", "parquet"])
def test_another_kind_of_file_is_told(kind: str) -> None:
    assert f"it was to be read as {kind}" in served(kind, b"no,title\n1,a\n").failure

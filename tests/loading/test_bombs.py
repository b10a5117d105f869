"""Small files that grow when they are read: each ends in words, with little memory and time."""

import resource
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from pathlib import Path

import pytest

from graph.load.files import UnreadableFile
from graph.load.formats import excel
from graph.load.formats.json import MOST_VALUES
from graph.load.formats.workbook import Pieces
from graph.load.networks.read import read_network
from tests.loading.tables import read, write_excel

SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
MEBIBYTE = b"a" * 2**20
MOST_MEMORY, MOST_SECONDS = 512 * 2**20, 20
Written = Callable[[], Iterable[bytes]]


def workbook(path: Path, part: str, pieces: Written) -> Path:
    """Write a workbook one part of which is made of pieces."""
    write_excel(path, [{"name": "x"}])
    bomb = path.with_name("bomb.xlsx")
    with zipfile.ZipFile(path) as small, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as large:
        for name in [part, *(each for each in small.namelist() if each != part)]:
            with large.open(name, "w") as file:
                own = small.read(name) if name != part else b""
                types = own.replace(b"</Types>", TYPE_OF_TEXTS) if part == TEXTS else own
                for piece in pieces() if name == part else [types]:
                    file.write(piece)
    return bomb


def sheet(rest: Written) -> Written:
    """Write a sheet with a header, and what follows it."""

    def pieces() -> Iterator[bytes]:
        cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row>'
        yield f"<worksheet {SPACE}><sheetData>{cell}".encode()
        yield from rest()
        yield b"</sheetData></worksheet>"

    return pieces


def repeated(before: str, piece: bytes, times: int) -> Written:
    return lambda: [before.encode(), *[piece] * times]


TYPE_OF_TEXTS = (
    b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    b'spreadsheetml.sharedStrings+xml"/></Types>'
)
SHEET, TEXTS, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"
LONG = '<row r="2"><c r="A2" t="inlineStr"><is><t>'
GAP = b'<row r="900000000"><c r="A900000000"><v>1</v></c></row>'
ENDLESS = "a row or a text of more than"
WORKBOOKS: dict[str, tuple[str, Written, str]] = {
    "a row far below": (SHEET, sheet(lambda: [GAP]), "goes on after row 1,048,576"),
    "a long text in a row": (SHEET, sheet(repeated(LONG, MEBIBYTE, 40)), ENDLESS),
    "a wide row": (
        SHEET,
        sheet(repeated('<row r="2">', b"<c><v>1</v></c>" * 40_000, 40)),
        ENDLESS,
    ),
    "a long text of the table": (
        TEXTS,
        repeated(f"<sst {SPACE}><si><t>", MEBIBYTE, 40),
        ENDLESS,
    ),
    **{
        f"rows that are none, in {name}": (
            SHEET,
            sheet(repeated(LONG + begin, (b"<row " + b"a" * 995) * 1_000, 40)),
            ENDLESS,
        )
        for name, begin in (("CDATA", "<![CDATA["), ("a comment", "<!-- "), ("an instruction", "<?x "))
    },
    "texts that are none": (
        TEXTS,
        repeated(f"<sst {SPACE}><si><t><![CDATA[", (b"<si>" + b"a" * 996) * 1_000, 40),
        ENDLESS,
    ),
    "many sections": (SHEET, sheet(repeated(LONG, (b"<![CDATA[<row ]]>" + b"a" * 983) * 1_000, 40)), ENDLESS),
    "a type of document": (
        SHEET,
        lambda: [b'<!DOCTYPE a [<!ENTITY b "<row ', *[MEBIBYTE] * 40],
        "declares a type of document",
    ),
    "rows in rows": (SHEET, sheet(repeated("", b"<row>" * 200_000, 40)), "more than 1,048,576 rows"),
    "a row again and again": (SHEET, sheet(repeated("", b'<row r="1"/>' * 100_000, 60)), "more than 1,048,576 rows"),
    "texts in texts": (TEXTS, repeated(f"<sst {SPACE}>", b"<si>" * 200_000, 40), "has a text in it"),
    "a row of very many cells": (SHEET, sheet(repeated('<row r="2">', b"<c/>" * 40_000, 100)), "1,048,576 tags"),
    "cells in cells": (SHEET, sheet(repeated('<row r="2">', b"<c>" * 50_000, 100)), "1,048,576 tags"),
    "large styles": (STYLES, repeated(f"<styleSheet {SPACE}>", b"<fonts></fonts>" * 80_000, 20), "bytes; accepted are"),
}


def bounded(work: Callable[[], str]) -> str:
    """Return what is said, if that took little time and memory. The memory is that of the process, which only grows."""
    begun, before = time.process_time(), peak()
    said = work()
    assert time.process_time() - begun < MOST_SECONDS
    assert peak() - before < MOST_MEMORY
    return said


def peak() -> int:
    """Return the most memory that the process ever had, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def said_of(path: Path) -> str:
    """Read a file; return why it is refused or incomplete, or what is wrong with its first record."""
    try:
        records, told = read(path)
    except UnreadableFile as error:
        return str(error)
    return told.incomplete or (records[0].problem if records else "")


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_workbook_that_unpacks_to_much(tmp_path: Path, name: str) -> None:
    part, pieces, says = WORKBOOKS[name]
    path = workbook(tmp_path / "rows.xlsx", part, pieces)
    assert path.stat().st_size < 2**20
    assert says in bounded(lambda: said_of(path))


def test_a_table_of_too_many_texts_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = workbook(tmp_path / "rows.xlsx", TEXTS, repeated(f"<sst {SPACE}>", b"<si></si>", 40))
    monkeypatch.setattr(excel, "MOST_TEXTS", 10)
    assert "more than 10 texts" in said_of(path)


def test_a_text_that_writes_of_rows_is_read(tmp_path: Path) -> None:
    text = b"<![CDATA[<row ]]> and <!-- <row --> more"
    path = workbook(tmp_path / "rows.xlsx", SHEET, sheet(lambda: [LONG.encode(), text, b"</t></is></c></row>"]))
    records, told = read(path)
    assert [record.values for record in records] == [{"name": "<row  and  more"}]
    assert told.incomplete == ""


@pytest.mark.parametrize("at", range(1, 60))
def test_marks_are_found_where_pieces_meet(at: int) -> None:
    """A row that is none does not begin one, wherever a piece ends."""
    data = b"<row><t>aa<![CDATA[ <row ]]>b<!-- <row --> <?x <row ?></t>"

    pieces = Pieces(BytesIO(data), "a part")
    assert pieces.read(at) + pieces.read() == data
    assert pieces._since == len(data)


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ('[{"a": ' + "[" * 60_000, "nested more than 200 deep"),
        ('[{"a": ' + '{"b": ' * 60_000, "nested more than 200 deep"),
        ('[{"a": [' + "1," * (MOST_VALUES + 9) + "1]}]", "more than 1,000,000 names and values"),
    ],
    ids=["deep lists", "deep objects", "a large record"],
)
def test_json_that_takes_more_than_it_seems(tmp_path: Path, written: str, says: str) -> None:
    (tmp_path / "rows.json").write_text(written)
    assert says in bounded(lambda: said_of(tmp_path / "rows.json"))


def test_a_header_of_very_many_columns_takes_moments(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text(",".join(f"c{number}" for number in range(60_000)) + "\n1\n")
    assert "1 cell" in bounded(lambda: said_of(tmp_path / "rows.csv"))


def test_a_network_with_a_row_far_below_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "rows.xlsx", SHEET, sheet(lambda: [GAP]))
    with pytest.raises(UnreadableFile, match="goes on after row 1,048,576"):
        read_network([path])

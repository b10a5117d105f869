"""Files that are damaged, or change while they are read: a bad record ends nothing, and what ends a reading says so in words."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from graph.load.files import UnreadableFile
from graph.load.formats import open_file
from graph.load.records import Known
from tests.loading.tables import WRITERS, read, write_csv

ROWS = 500


@pytest.mark.parametrize("kind", ["xlsx", "parquet"])
def test_bytes_that_are_changed_end_a_reading_in_words(tmp_path: Path, kind: str) -> None:
    """Wherever a byte differs, the file is read, is incomplete, or is refused; no error of a library comes out."""
    path = tmp_path / f"rows.{kind}"
    WRITERS[kind](path, [{"no": n, "title": f"text {n}"} for n in range(ROWS)])
    whole, ended = path.read_bytes(), 0
    for at in range(8, len(whole), max(1, len(whole) // 60)):
        changed = bytearray(whole)
        changed[at] ^= 0x55
        path.write_bytes(changed)
        try:
            found, told = read(path)
        except UnreadableFile:
            ended += 1
        else:
            assert len(found) == ROWS or told.incomplete, at
            ended += bool(told.incomplete)
    assert ended


@pytest.mark.parametrize("kind", ["xlsx", "parquet", "json"])
@pytest.mark.parametrize("share", [0.3, 0.9])
def test_a_file_that_ends_too_early_is_incomplete_or_refused(tmp_path: Path, kind: str, share: float) -> None:
    path = tmp_path / f"rows.{kind}"
    WRITERS[kind](path, [{"no": n} for n in range(ROWS)])
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    if kind != "json":
        with pytest.raises(UnreadableFile, match=f"rows.{kind} is not "):
            read(path)
        return
    found, told = read(path)
    assert [each.values["no"] for each in found] == list(range(len(found)))
    assert f"is not JSON after record {len(found)}:" in told.incomplete


def test_an_opened_quote_takes_one_line_with_it_and_no_more(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    lines = [f"{n},t{n}" for n in range(50)]
    lines[20] = '20,"t20'
    path.write_text("\n".join(["no,title", *lines, ""]))
    found, _ = read(path)
    assert [each.where for each in found if each.problem] == ["rows.csv:22"]
    assert [each.values["no"] for each in found if not each.problem] == [str(n) for n in range(50) if n != 20]


def test_a_file_that_changes_while_it_is_read_is_incomplete(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    write_csv(path, [{"no": n} for n in range(3_000)])

    async def take(*_: Any) -> None:
        with path.open("a") as file:
            file.write("more\n")

    told = asyncio.run(open_file(path).read(Known(), take))
    assert told.incomplete == "rows.csv changed while it was read"

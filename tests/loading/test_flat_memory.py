"""Memory stays flat however many rows a file has: in its own process, so that its largest size can be read."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from pyarrow import parquet

from graph.load.files import UnreadableFile
from graph.load.formats import open_file
from tests.kit.paths import ROOT
from tests.loading.tables import write_large

MANY = 1_000_000
MOST = 400
"""MiB of a process that reads MANY rows."""
FEWER_AND_MORE = {
    "csv": (2_000, 60_000),
    "jsonl": (2_000, 60_000),
    "json": (2_000, 60_000),
    "parquet": (50_000, 200_000),  # a group of rows has 50,000
    "xlsx": (2_000, 15_000),
}
GROWTH = {"parquet": 120}
"""MiB. A group of rows of a Parquet file is in memory, in pieces that its library keeps for the next one. 14 were measured on an
idle machine and 97 on a busy one, where the library gives memory back later; 143 if every record were kept."""
LEAST_GROWTH = 8
"""MiB that a process may be larger for more rows. If they were kept, they would take twice as much at least."""
READ = """
import asyncio, re, sys
from pathlib import Path
from graph.load.formats import open_file
from graph.load.records import Known

count = 0

async def take(records, position):
    global count
    count += len(records)

asyncio.run(open_file(Path(sys.argv[1])).read(Known(), take))
size = re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())
print(count, int(size[1]) // 1024)
"""
"""Linux is asked for the largest size since the program began; `getrusage` also counts that of the process that began it."""


def size(path: Path, rows: int) -> int:
    """Return the largest size of a process that reads a file of so many rows, in MiB."""
    write_large(path, rows)
    return size_of(path, rows)


def size_of(path: Path, rows: int) -> int:
    """Return the largest size of a process that reads a file, in MiB."""
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path)],
        cwd=ROOT,
        env={"PYTHONPATH": "."},
        capture_output=True,
        text=True,
        check=True,
    )
    path.unlink()
    count, mebibytes = map(int, done.stdout.split())
    assert count == rows
    return mebibytes


@pytest.mark.soak
@pytest.mark.parametrize("kind", FEWER_AND_MORE)
def test_memory_does_not_grow_with_the_rows(kind: str, pytestconfig: pytest.Config, tmp_path: Path) -> None:
    path = tmp_path / f"rows.{kind}"
    if pytestconfig.getoption("soak"):
        largest = size(path, MANY)
        print(f"{kind}: {largest} MiB for {MANY:,} rows")
        assert largest <= MOST
    else:
        fewer, more = FEWER_AND_MORE[kind]
        assert size(path, more) - size(path, fewer) <= GROWTH.get(kind, LEAST_GROWTH)


def texts(count: int, different: int, length: int, *, kept: bool) -> pyarrow.Table:
    """Return a table whose texts come from so many; with `kept`, its schema says that they are a dictionary."""
    words = pyarrow.array([f"{number:08d}".ljust(length, "x") for number in range(different)])
    places = pyarrow.array((number % different for number in range(count)), pyarrow.int32(), size=count)
    column = pyarrow.DictionaryArray.from_arrays(places, words)
    return pyarrow.table({"word": column if kept else column.cast(pyarrow.string())})


@pytest.mark.parametrize("kept", [False, True])
def test_a_long_text_that_stands_in_each_row_of_a_parquet_file(tmp_path: Path, kept: bool) -> None:
    """A dictionary makes them a file of a few kilobytes; 4,000 rows with a text of their own would be 400 MiB."""
    path = tmp_path / "rows.parquet"
    parquet.write_table(texts(4_000, 2, 100_000, kept=kept), path, dictionary_pagesize_limit=2**30)
    assert path.stat().st_size < 100_000
    assert size_of(path, 4_000) <= 250


@pytest.mark.parametrize("kept", [False, True])
def test_a_parquet_file_with_a_large_dictionary(tmp_path: Path, kept: bool) -> None:
    path = tmp_path / "rows.parquet"
    parquet.write_table(texts(60_000, 60_000, 400, kept=kept), path, dictionary_pagesize_limit=2**30)
    assert size_of(path, 60_000) <= MOST


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"dictionary_pagesize_limit": 2**30}, "its pages and dictionaries need"),
        ({"use_dictionary": False, "data_page_size": 2**30, "write_batch_size": 2**30}, "its pages and dictionaries need"),
        ({"use_dictionary": False, "column_encoding": "DELTA_BYTE_ARRAY"}, ""),
    ],
)  # fmt: skip
def test_a_parquet_file_whose_pages_are_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: dict[str, Any], said: str
) -> None:
    monkeypatch.setattr("graph.load.formats.pages.MOST_PAGES", 4 * 2**20)
    path = tmp_path / "rows.parquet"
    parquet.write_table(texts(20_000, 20_000, 300, kept=False), path, compression="zstd", **options)
    if said:
        with pytest.raises(UnreadableFile, match=said):
            open_file(path).first(1)
    else:
        assert len(open_file(path).first(30_000)) == 20_000


@pytest.mark.parametrize("codec", ["none", "snappy", "gzip", "zstd", "lz4", "brotli"])
@pytest.mark.parametrize("version", ["1.0", "2.0"])
def test_pages_of_each_kind_are_read(tmp_path: Path, codec: str, version: str) -> None:
    path = tmp_path / "rows.parquet"
    table = pyarrow.table(
        {
            "text": [None if n % 5 == 0 else f"Łódź {n % 700}" for n in range(9_000)],
            "list": [[n, n + 1] if n % 3 else [] for n in range(9_000)],
            "object": [{"names": [f"n{n % 9}"], "flag": n % 2 == 0} for n in range(9_000)],
            "day": pyarrow.array([n if n % 4 else None for n in range(9_000)], pyarrow.date32()),
            "bytes": pyarrow.array([b"abcd"] * 9_000, pyarrow.binary(4)),
        }
    )
    parquet.write_table(
        table, path, compression=codec, data_page_version=version, row_group_size=4_000, data_page_size=2_000
    )
    found = [record.values for record in open_file(path).first(10_000)]
    assert [(row["text"], row["list"], row["object"], row["day"]) for row in found] == list(
        zip(*(table[name].to_pylist() for name in ("text", "list", "object", "day")), strict=True)
    )

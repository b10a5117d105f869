"""Memory stays flat however many rows a file has: in its own process, so that its largest size can be read."""

import subprocess
import sys
from pathlib import Path

import pytest

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
GROWTH = {"parquet": 64}
"""A group of rows of a Parquet file is in memory, in pieces that its library keeps for the next one."""
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

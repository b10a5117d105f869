"""Reading a file takes as much memory for a million rows as for a few. `make soak` has a million rows in each format."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.kit.paths import ROOT

FORMATS = ("csv", "tsv", "jsonl", "json", "xlsx", "parquet")
MOST, MOST_GROWTH = 400 * 1024, 8 * 1024
"""KiB: of a process that reads a million rows, and between 10,000 and 100,000 rows."""


def process(*arguments: object) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "tests.loading.flat", *map(str, arguments)],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout


def written(folder: Path, kind: str, count: int) -> Path:
    path = folder / f"{count}.{kind}"
    process("write", path, count)
    return path


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "kind" in metafunc.fixturenames:
        metafunc.parametrize("kind", FORMATS if metafunc.config.getoption("soak") else ())


def test_100_000_rows_take_no_more_memory_than_10_000(tmp_path: Path) -> None:
    few, many = (written(tmp_path, "csv", count) for count in (10_000, 100_000))
    (first, before), (second, after) = json.loads(process("read", few, many))
    assert (first, second) == (10_000, 100_000)
    assert after - before <= MOST_GROWTH


@pytest.mark.soak
def test_a_million_rows_take_at_most_400_mib(tmp_path: Path, kind: str) -> None:
    [(count, peak)] = json.loads(process("read", written(tmp_path, kind, 1_000_000)))
    print(f"{kind}: {peak / 1024:,.0f} MiB")
    assert count == 1_000_000
    assert peak <= MOST

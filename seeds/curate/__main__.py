"""Curation from the command line. In: a folder of seeds. Out: its curated files, and a report on standard output."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from seeds.curate import curate, write
from seeds.curate.files import Report

MOST_SHOWN = 5


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the curated files anew; return 0, or 2 where a raw file is missing."""
    parser = argparse.ArgumentParser(prog="python -m seeds.curate", description="Make the curated seed files anew.")
    parser.add_argument("--root", type=Path, default=Path("seeds"), help="folder with sources/ and rows/")
    parser.add_argument("--to", type=Path, help="folder to write to; rows/ of the root where left out")
    parser.add_argument("--all", action="store_true", help="list every name that led to nothing")
    given = parser.parse_args(arguments)
    try:
        curated = curate(given.root, lambda step: print(f"{step} ...", file=sys.stderr, flush=True))
    except FileNotFoundError as error:
        print(f"{error.filename} is missing; give the folder that has sources/ and rows/ as --root.", file=sys.stderr)
        return 2
    write(curated, given.to or given.root / "rows")
    for step, report in curated.report.items():
        print(f"{step}: {summary(report, sys.maxsize if given.all else MOST_SHOWN)}")
    return 0


def summary(report: Report, most: int) -> str:
    """Put a report on a step into one line: counts, and of lists their length and the first names."""
    return "; ".join(f"{name} {_shown(value, most)}" for name, value in report.items())


def _shown(value: object, most: int) -> str:
    if not isinstance(value, list):
        return str(value)
    more = ", ..." if len(value) > most else ""
    return f"{len(value)} ({', '.join(map(str, value[:most]))}{more})" if value else "0"


if __name__ == "__main__":
    sys.exit(main())

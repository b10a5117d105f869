"""`python -m seeds.curate`. In: a folder of seeds. Out: its curated files, docs/coverage.md, a report on standard output."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from seeds.curate import curate, write
from seeds.curate.coverage import page
from seeds.curate.files import Report, read_rows

MOST_SHOWN = 5
PAGE = Path("docs/coverage.md")
"""Page that says what the data cover, beside the folder of seeds."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the curated files again; return 0, or 2 if a raw file is missing."""
    parser = argparse.ArgumentParser(prog="python -m seeds.curate", description="Make the curated seed files again.")
    parser.add_argument("--root", type=Path, default=Path("seeds"), help="folder with sources/ and rows/")
    parser.add_argument("--to", type=Path, help="folder to write to; by default rows/ of the root")
    parser.add_argument("--all", action="store_true", help="list every name in the report, not only the first ones")
    options = parser.parse_args(arguments)
    try:
        curated = curate(options.root, lambda step: print(f"{step} ...", file=sys.stderr, flush=True))
    except FileNotFoundError as error:
        print(f"{error.filename} is missing. Set --root to the folder that has sources/ and rows/.", file=sys.stderr)
        return 2
    write(curated, options.to or options.root / "rows")
    if not options.to:
        every = [row for path in sorted((options.root / "rows").glob("*.jsonl")) for row in read_rows(path)]
        (options.root.parent / PAGE).write_text(page(every, curated.report), encoding="utf-8")
    for step, report in curated.report.items():
        print(f"{step}: {summary(report, sys.maxsize if options.all else MOST_SHOWN)}")
    return 0


def summary(report: Report, most: int) -> str:
    """Write the report of a step as one line: counts, and for each list its length and the first names."""
    return "; ".join(f"{name} {_shown(value, most)}" for name, value in report.items())


def _shown(value: object, most: int) -> str:
    if not isinstance(value, list):
        return str(value)
    more = ", ..." if len(value) > most else ""
    return f"{len(value)} ({', '.join(map(str, value[:most]))}{more})" if value else "0"


if __name__ == "__main__":
    sys.exit(main())

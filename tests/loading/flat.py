"""A process that writes a large file, or reads files and tells its memory. In: arguments. Out: a file, or JSON."""

import asyncio
import csv
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from graph.load.formats import open_file
from graph.load.records import Known, Record

NAMES = ("no", "title", "day", "visitor", "host", "delegates", "note")
PART = 10_000


def row(number: int) -> tuple[int, str, str, str, str, int, str]:
    return (
        number, f"Visit {number} to the city", f"20{number % 40:02}-05-02", f"City {number % 9_973}", f"City {number % 9_967}",
        number % 60, f"A note of some length that no other row has: {number * 7919}",
    )  # fmt: skip


def write(path: Path, count: int) -> None:
    """Write a file of so many rows without holding them."""
    rows = map(row, range(count))
    if path.suffix == ".xlsx":
        _excel(path, rows)
    elif path.suffix == ".parquet":
        _parquet(path, rows, count)
    else:
        with path.open("w", newline="") as file:
            if path.suffix in (".csv", ".tsv"):
                table = csv.writer(file, delimiter="\t" if path.suffix == ".tsv" else ",")
                table.writerow(NAMES)
                table.writerows(rows)
                return
            ends = ("[", ",\n", "]") if path.suffix == ".json" else ("", "\n", "\n")
            for number, each in enumerate(rows):
                file.write((ends[1] if number else ends[0]) + json.dumps(dict(zip(NAMES, each, strict=True))))
            file.write(ends[2])


def _excel(path: Path, rows: Iterator[Sequence[object]]) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(NAMES)
    for each in rows:
        sheet.append(each)
    book.save(path)


def _parquet(path: Path, rows: Iterator[Sequence[object]], count: int) -> None:
    import pyarrow
    from pyarrow import parquet

    types = ("int64", "string", "string", "string", "string", "int64", "string")
    schema = pyarrow.schema([*zip(NAMES, map(pyarrow.type_for_alias, types), strict=True)])
    with parquet.ParquetWriter(path, schema) as file:
        for _ in range(0, count, PART):
            part = [each for _, each in zip(range(PART), rows, strict=False)]
            columns = [
                pyarrow.array(column, type=of) for column, of in zip(zip(*part, strict=True), schema.types, strict=True)
            ]
            # One group of rows for all, as some programs write it, is the hardest to read.
            file.write_table(pyarrow.table(columns, schema=schema), row_group_size=count)


def peak() -> int:
    """Return the most memory that this process has had, in KiB."""
    status = Path("/proc/self/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))


def count_of(path: Path) -> int:
    """Read all records of a file and forget them."""
    count = 0

    async def take(records: Sequence[Record], position: str | None) -> None:
        nonlocal count
        count += sum(not each.problem for each in records)

    asyncio.run(open_file(path).read(Known(), take))
    return count


if __name__ == "__main__":
    if sys.argv[1] == "write":
        write(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        print(json.dumps([(count_of(Path(path)), peak()) for path in sys.argv[2:]]))

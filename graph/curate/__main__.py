"""Write the curated seed rows anew. In: seeds/sources. Out: seeds/rows; the same sources give the same bytes."""

import json
import sys
from pathlib import Path

from graph.curate.files import curated


def main(arguments: list[str]) -> int:
    """Write every curated file below the folder of the seeds, and say what was made."""
    folder = Path(arguments[0]) if arguments else Path("seeds")
    for name, rows in curated(folder).items():
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / "rows" / name).write_text(text, encoding="utf-8")
        sys.stdout.write(f"{name}: {len(rows):,} rows\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

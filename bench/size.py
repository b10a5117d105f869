"""The size of the schema and the time to build it in a new process. In: nothing. Out: counts and seconds."""

import statistics
import subprocess
import sys
from dataclasses import dataclass

from schema.derived.graphql.build import core, schema, sdl

ROUNDS = 3
BUILD = """import time
begun = time.perf_counter()
from schema.derived.graphql.build import schema
read = time.perf_counter()
schema()
print(read - begun, time.perf_counter() - read)"""


@dataclass(frozen=True)
class Size:
    """Lines and bytes of the SDL, the number of types, and the seconds to import the modules and to build the schema."""

    lines: int
    size: int
    types: int
    imported: float
    built: float


def measure() -> Size:
    """Count, and build the schema in new processes; the seconds are medians."""
    rounds = [
        subprocess.run([sys.executable, "-c", BUILD], capture_output=True, text=True, check=True).stdout.split()
        for _ in range(ROUNDS)
    ]
    imported, built = (statistics.median(map(float, column)) for column in zip(*rounds, strict=True))
    text = sdl(schema())
    types = [name for name in core(schema()).type_map if not name.startswith("__")]
    return Size(text.count("\n"), len(text.encode()), len(types), imported, built)

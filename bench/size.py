"""The size of the schema, for servers, editors and typed clients. In: nothing. Out: counts and seconds."""

import gzip
import json
import statistics
import subprocess
import sys
from dataclasses import dataclass

from graphql import get_introspection_query, graphql_sync

from bench import client
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
    """Lines and bytes of the SDL, the types, bytes of the answer to introspection, seconds to import and build, and a client."""

    lines: int
    size: int
    zipped: int
    types: int
    introspection: int
    introspection_zipped: int
    imported: float
    built: float
    client: client.Client


def measure() -> Size:
    """Count, and build the schema in new processes; the seconds are medians."""
    rounds = [
        subprocess.run([sys.executable, "-c", BUILD], capture_output=True, text=True, check=True).stdout.split()
        for _ in range(ROUNDS)
    ]
    imported, built = (statistics.median(map(float, column)) for column in zip(*rounds, strict=True))
    text, types = sdl(schema()), [name for name in core(schema()).type_map if not name.startswith("__")]
    answer = json.dumps(graphql_sync(core(schema()), get_introspection_query()).data, separators=(",", ":")).encode()
    return Size(
        lines=text.count("\n"),
        size=len(text.encode()),
        zipped=len(gzip.compress(text.encode())),
        types=len(types),
        introspection=len(answer),
        introspection_zipped=len(gzip.compress(answer)),
        imported=imported,
        built=built,
        client=client.measure(text),
    )

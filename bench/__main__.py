"""`python -m bench`: measure everything in one run and write bench/RESULTS.md. It uses a managed server of its own."""

import os
import platform
import tempfile
from pathlib import Path

import platformdirs

from bench import compiler, network, starts
from graph.bolt.connect import Address, change_password, probe
from graph.bolt.write import open_writer
from graph.managed.lease import acquire
from graph.managed.settings import ManagedSettings

RESULTS = Path(__file__).parent / "RESULTS.md"


def main() -> None:
    """Measure and write the page."""
    ratios = _compiler()
    RESULTS.write_text(_page(ratios, starts.measure()), encoding="utf-8")
    print(RESULTS.read_text(encoding="utf-8"))


def _compiler() -> list[compiler.Ratios]:
    cache = Path(os.environ.get("CITYGRAPH_CACHE_DIR") or platformdirs.user_cache_dir("citygraph"))
    with tempfile.TemporaryDirectory(prefix="citygraph-bench-") as folder:
        settings = ManagedSettings(cache=cache, data=Path(folder), heap="1g", page_cache="256m")
        with acquire(settings, probe, change_password) as lease:
            address = Address(lease.uri, lease.username, lease.password)
            with open_writer(address) as writer:
                network.fill(writer)
            return compiler.run(address)


def _page(ratios: list[compiler.Ratios], begun: starts.Starts) -> str:
    rows = "\n".join(
        f"| {r.name} | {r.p50:.2f} | {r.p99:.2f} | {r.cpu:.2f} | {r.by_hand_p50:.1f} | {r.compiled_p50:.1f} |"
        for r in ratios
    )
    return f"""# Results

Written by `python -m bench` on {platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python
{platform.python_version()}. Ratios are what counts; times differ from machine to machine and from day to day.

## Compiled questions against Cypher written by hand

A generated graph of {network.CITIES} cities, {network.PEOPLE:,} people and {network.TIES:,} ties, three in ten facts
confidential and open to this viewer. Cypher by hand uses map projections and carries the same access predicates; both run
in process through the same driver in auto-commit, in turn, and end in JSON. *small*: one person by id, five fields.
*medium*: one city, its first 100 people by name, for each the 10 strongest ties. *large*: ten such cities. Below 1 the
compiled question is cheaper. CPU is processor time of the Python process.

| question | p50 | p99 | CPU | by hand p50, ms | compiled p50, ms |
| --- | --- | --- | --- | --- | --- |
{rows}

The viewer's grants are one read at start for the local viewer; none is made for each question.

## Starts against Neo4j alone

Neo4j alone: the managed server from nothing to its first answered query. Ours: `citygraph up` to its first answer over
HTTP, with constraints and all seeds. The download cache is filled. Median of {starts.ROUNDS} rounds.

| start | Neo4j alone, s | citygraph up, s | ratio | promised |
| --- | --- | --- | --- | --- |
| first | {begun.alone_first:.1f} | {begun.ours_first:.1f} | {begun.ours_first / begun.alone_first:.2f} | at most 5 |
| later | {begun.alone_later:.1f} | {begun.ours_later:.1f} | {begun.ours_later / begun.alone_later:.2f} | at most 2 |
"""


if __name__ == "__main__":
    main()

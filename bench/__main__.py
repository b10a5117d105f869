"""`python -m bench [PART...]`: measure all parts, or those named, and write them into bench/RESULTS.md.

Parts run in the order of the table below. Those that change a graph are last.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from bench import (
    beside,
    client_network,
    clouds,
    clouds_report,
    compiler,
    explorer,
    explorer_report,
    feeds,
    graph_files,
    graphql_library,
    http,
    hundredfold,
    large_clouds,
    paging,
    report,
    results,
    scale,
    size,
    snapshot,
    starts,
    subscribers,
    workers,
    writes,
)
from bench.graphs import Graphs


def _compiler(graphs: Graphs) -> str:
    compared = compiler.run(graphs.normal)
    return report.of_compiler(compared) + "\n\n" + report.of_loaders(compared)


PARTS: dict[str, Callable[[Graphs], str]] = {
    "compiler": _compiler,
    "http": lambda graphs: report.of_http(http.measure(graphs.normal)),
    "beside": lambda graphs: beside.section(beside.measure(graphs.normal)),
    "workers": lambda graphs: workers.section(workers.measure(graphs.normal)),
    "scale": lambda graphs: report.of_scale(scale.measure(graphs.normal, graphs.tenfold)),
    "paging": lambda graphs: report.of_paging(paging.measure(graphs.tenfold)),
    # These two add rosters to a graph, of whose people no other question asks.
    "clouds": lambda graphs: clouds_report.section(clouds.measure(graphs.normal)),
    "large": lambda graphs: clouds_report.of_large(large_clouds.measure(graphs.tenfold)),
    "snapshot": lambda graphs: snapshot.section(snapshot.measure(graphs.tenfold, graphs.of_tenfold)),
    "explorer": lambda graphs: explorer_report.section(explorer.measure(graphs.normal)),
    "client": lambda graphs: client_network.section(client_network.measure(graphs.normal)),
    "writes": lambda graphs: report.of_writes(writes.measure(graphs.normal)),
    "library": lambda graphs: report.of_library(graphql_library.measure(graphs.normal)),
    "subscribers": lambda graphs: report.of_subscribers(subscribers.measure(graphs.normal)),
    "feeds": lambda graphs: report.of_feeds(feeds.measure(graphs.normal)),
    "starts": lambda _: report.of_starts(starts.measure()),
    "size": lambda _: report.of_size(size.measure()),
    "files": lambda _: graph_files.section(graph_files.measure()),
    "hundredfold": lambda _: hundredfold.section(hundredfold.measure()),
}


def main(names: list[str]) -> int:
    """Measure and write the page, after each part; return the exit code."""
    if unknown := [name for name in names if name not in PARTS]:
        print(f"There is no part {', '.join(unknown)}; there are {', '.join(PARTS)}.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="citygraph-bench-") as folder, ExitStack() as stack:
        graphs = Graphs(Path(folder), stack)
        for name in [name for name in PARTS if not names or name in names]:
            begun = time.perf_counter()
            text = PARTS[name](graphs)
            print(results.put(name, text, time.perf_counter() - begun, list(PARTS)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

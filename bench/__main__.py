"""`python -m bench`: measure everything in one run and write bench/RESULTS.md. It uses managed servers of its own."""

import asyncio
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import platformdirs

from bench import (
    client_network,
    clouds,
    compiler,
    explorer,
    feeds,
    graph_files,
    graphql_library,
    http,
    network,
    paging,
    scale,
    size,
    snapshot,
    starts,
    subscribers,
    writes,
)
from bench.report import Measured, page
from graph.bolt.connect import Address, change_password, check
from graph.bolt.write import open_writer
from graph.managed.lease import acquire
from graph.managed.settings import ManagedSettings

RESULTS = Path(__file__).parent / "RESULTS.md"


def main() -> None:
    """Measure and write the page."""
    begun = time.perf_counter()
    with (
        tempfile.TemporaryDirectory(prefix="citygraph-bench-") as folder,
        graph(Path(folder, "1"), network.CITIES) as normal,
    ):
        compiled, rates = compiler.run(normal), http.measure(normal)
        with graph(Path(folder, "10"), network.MORE_CITIES) as tenfold:
            scaled, paged = scale.measure(normal, tenfold), paging.measure(tenfold)
            # It adds rosters to both graphs, of whose people no other question asks.
            measured_clouds = clouds.measure(normal, tenfold)
            taken = snapshot.measure(tenfold, managed(Path(folder, "10")))
        explored, to_igraph = explorer.measure(normal), client_network.measure(normal)
        # Last, because they change the graph.
        written, beside, delivered, fed = (
            writes.measure(normal),
            graphql_library.measure(normal),
            subscribers.measure(normal),
            feeds.measure(normal),
        )
    begun_, sized, of_files = starts.measure(), size.measure(), graph_files.measure()
    seconds = time.perf_counter() - begun
    measured = Measured(
        compiled,
        rates,
        scaled,
        paged,
        written,
        beside,
        delivered,
        fed,
        measured_clouds,
        explored,
        of_files,
        to_igraph,
        taken,
        begun_,
        sized,
        seconds,
    )
    RESULTS.write_text(page(measured), encoding="utf-8")
    print(RESULTS.read_text(encoding="utf-8"))


@contextmanager
def graph(data: Path, cities: int) -> Iterator[Address]:
    """Run a managed server with a generated graph; yield its address. Every graph gets the same memory."""
    with acquire(managed(data), check, change_password) as lease:
        address = Address(lease.uri, lease.username, lease.password)
        asyncio.run(_fill(address, cities))
        yield address


def managed(data: Path) -> ManagedSettings:
    """Return the settings of a managed server with its data in a folder."""
    cache = Path(os.environ.get("CITYGRAPH_CACHE_DIR") or platformdirs.user_cache_dir("citygraph"))
    return ManagedSettings(cache=cache, data=data, heap="1g", page_cache="768m")


async def _fill(address: Address, cities: int) -> None:
    async with open_writer(address) as writer:
        await network.fill(writer, cities)


if __name__ == "__main__":
    main()

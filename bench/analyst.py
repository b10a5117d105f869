"""A large network as others read it, in a process of its own. In: orders as JSON on stdin. Out: seconds, MiB and ties on stdout.

It imports nothing of ours, and only what the way needs, so that the memory is that of the way.
"""

import asyncio
import importlib
import json
import random
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

Orders = dict[str, Any]
SLOW_DECODER = "slow decoder"
"""In the orders, whether the driver is used as `pip install neo4j` brings it: without a decoder that is compiled."""


def driver(orders: Orders) -> int:
    """Read with the bare driver; keep the records."""
    from neo4j import READ_ACCESS, AsyncGraphDatabase

    async def read() -> int:
        async with (
            AsyncGraphDatabase.driver(
                orders["uri"], auth=tuple(orders["auth"]), notifications_min_severity="OFF"
            ) as opened,
            opened.session(default_access_mode=READ_ACCESS, fetch_size=-1) as session,
        ):
            records = [record async for record in await session.run(orders["people"], orders["values"])]
        return sum(len(record["ends"]) for record in records)

    return asyncio.run(read())


def networkx(orders: Orders) -> int:
    """Read with loops over records into a graph of networkx, as the manuals of both libraries show."""
    if orders[SLOW_DECODER]:
        sys.modules["neo4j._rust"] = None  # type: ignore[assignment]  # this is how an import is forbidden
    from neo4j import GraphDatabase

    # It is no dependency of ours.
    graph = importlib.import_module("networkx").DiGraph()
    with GraphDatabase.driver(orders["uri"], auth=tuple(orders["auth"])) as opened, opened.session() as session:
        for record in session.run(orders["people"], orders["values"]):
            graph.add_node(record["p"]["id"], **record["p"])
        for record in session.run(orders["ties"], orders["values"]):
            graph.add_edge(record["one"], record["other"], strength=record["strength"])
    return int(graph.number_of_edges())


def igraph(orders: Orders) -> int:
    """Make igraph's own graph of so many people and random ties."""
    from igraph import Graph

    people, ties, dice = orders["people"], orders["ties"], random.Random(1)
    pairs = [(dice.randrange(people), dice.randrange(people)) for _ in range(ties)]
    return int(Graph(people, pairs, directed=True).ecount())


WAYS: dict[str, Callable[[Orders], int]] = {"driver": driver, "networkx": networkx, "igraph": igraph}


def main() -> None:
    """Go one way."""
    orders = json.load(sys.stdin)
    begun = time.perf_counter()
    ties = WAYS[orders["way"]](orders)
    seconds, memory = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "memory": memory, "ties": ties}))


if __name__ == "__main__":
    main()

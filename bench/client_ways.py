"""One way to have a network in igraph, in a process of its own. In: orders as JSON on stdin. Out: seconds and what it has.

It imports what the way needs before the time begins.
"""

import hashlib
import json
import sys
import time
from collections.abc import Callable
from typing import Any

from igraph import Graph

Orders = dict[str, Any]
Way = Callable[[Orders], Any]


def client(orders: Orders) -> Any:
    """By the Python client."""
    from citygraph_client import Client

    begun = time.perf_counter()
    with Client(orders["url"], orders["token"]) as opened:
        graph = opened.network(roster=orders["roster"], to="igraph")
    return graph, time.perf_counter() - begun


def loop(orders: Orders) -> Any:
    """By a loop over records, each of which is added as it comes."""
    begun = time.perf_counter()
    graph = Graph(directed=True)
    with _session(orders) as session:
        for record in session.run(orders["people"], orders["values"]):
            graph.add_vertex(record["id"], label=record["name"], sector=record["sector"])
        for record in session.run(orders["ties"], orders["values"]):
            graph.add_edge(record["one"], record["other"])
    return graph, time.perf_counter() - begun


def lists(orders: Orders) -> Any:
    """By lists of records, of which the graph is made at once."""
    begun = time.perf_counter()
    with _session(orders) as session:
        people = [
            (each["id"], each["name"], each["sector"]) for each in session.run(orders["people"], orders["values"])
        ]
        ties = [(each["one"], each["other"]) for each in session.run(orders["ties"], orders["values"])]
    at = {person[0]: number for number, person in enumerate(people)}
    ids, names, sectors = zip(*people, strict=True)
    graph = Graph(
        n=len(people),
        edges=[(at[one], at[other]) for one, other in ties],
        directed=True,
        vertex_attrs={"name": list(ids), "label": list(names), "sector": list(sectors)},
    )
    return graph, time.perf_counter() - begun


def _session(orders: Orders) -> Any:
    from neo4j import GraphDatabase

    address = orders["address"]
    driver = GraphDatabase.driver(
        address["uri"], auth=(address["username"], address["password"]), notifications_min_severity="OFF"
    )
    return driver.session(database=address["database"])


WAYS: dict[str, Way] = {"client": client, "loop": loop, "lists": lists}


def main() -> None:
    """Go one way."""
    orders = json.load(sys.stdin)
    if orders["way"] == "client":
        import citygraph_client  # noqa: F401 - before the time begins
    else:
        import neo4j  # noqa: F401
    graph, seconds = WAYS[orders["way"]](orders)
    names = graph.vs["name"]
    shown = sorted(f"{names[each.source]} {names[each.target]}" for each in graph.es)
    people = sorted(
        f"{name} {label} {sector}"
        for name, label, sector in zip(names, graph.vs["label"], graph.vs["sector"], strict=True)
    )
    digest = hashlib.sha256("\n".join(shown + people).encode()).hexdigest()
    print(json.dumps({"seconds": seconds, "people": graph.vcount(), "ties": graph.ecount(), "digest": digest}))


if __name__ == "__main__":
    main()

"""A network to igraph by the Python client, against loops over the driver's records. In: a database. Out: seconds of each.

Each run is a process of its own, which imports before the time begins. All ways must give the same people and ties.
"""

import asyncio
import json
import os
import statistics
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bench import rosters
from bench.large_clouds import PERSON, VALUES
from bench.promises import least
from bench.questions import visible
from bench.serving import OURS, TOKEN, server
from graph.bolt.connect import Address
from graph.bolt.write import open_writer

ROSTER, PEOPLE, ROUNDS, TIMES = "roster/bench-client", 6_000, 3, 8.0
CLIENT = Path(__file__).parent.parent / "client"
PEOPLE_OF_LOOP = f"{PERSON} RETURN p.id AS id, p.name AS name, p.sector AS sector"
TIES_OF_LOOP = f"""{PERSON} MATCH (p)-[t:TRUSTS]->(o:Person)-[m:LISTED_ON]->(:Roster {{id: $id}})
  WHERE t.wave = $wave AND p <> o AND {visible("t", "o", "m")} RETURN p.id AS one, o.id AS other"""


@dataclass(frozen=True)
class ToIgraph:
    """Seconds of each way in each round, and the number of ties.

    `ours` reads what was read before only if nothing was written since: `after_write` is the first time after a write.
    """

    after_write: list[float]
    kept: list[float]
    loop: list[float]
    lists: list[float]
    ties: int


def measure(address: Address) -> ToIgraph:
    """Go each way in turn."""
    asyncio.run(_enrol(address))
    found: dict[str, list[float]] = {name: [] for name in ("after_write", "kept", "loop", "lists")}
    given: set[tuple[int, int, str]] = set()
    with server(OURS, address) as (port, *_):
        for at in range(ROUNDS + 1):
            asyncio.run(_write(address))
            for name, way in (("after_write", "client"), ("kept", "client"), ("loop", "loop"), ("lists", "lists")):
                result = _way(way, address, port)
                given.add((result["people"], result["ties"], result["digest"]))
                if at:  # the first round warms the server and the database
                    found[name].append(result["seconds"])
    if len(given) != 1:
        raise AssertionError(f"the ways give several networks: {given}")
    return ToIgraph(**found, ties=given.pop()[1])


async def _enrol(address: Address) -> None:
    async with open_writer(address) as writer:
        await rosters.enrol(writer, ROSTER, PEOPLE)


async def _write(address: Address) -> None:
    async with open_writer(address) as writer:
        await rosters.write(writer)


def _way(way: str, address: Address, port: int) -> dict[str, Any]:
    orders = {
        "way": way,
        "url": f"http://127.0.0.1:{port}",
        "token": TOKEN,
        "roster": ROSTER,
        "address": asdict(address),
        "values": {**VALUES, "id": ROSTER},
        "people": PEOPLE_OF_LOOP,
        "ties": TIES_OF_LOOP,
    }
    done = subprocess.run(
        [sys.executable, "-m", "bench.client_ways"],
        input=json.dumps(orders),
        env={**os.environ, "PYTHONPATH": str(CLIENT)},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    if done.returncode:
        raise AssertionError(f"{way} failed: {done.stderr[-2000:]}")
    return dict(json.loads(done.stdout))


def section(of: ToIgraph) -> str:
    """Return the section of the results."""
    after_write, kept, loop, lists = map(statistics.median, (of.after_write, of.kept, of.loop, of.lists))
    return f"""## A network to igraph

`client.network(to="igraph")` of the Python client against a loop over the driver's records, for {PEOPLE:,} people and {of.ties:,}
ties: median of {ROUNDS} rounds in turn, from the call to the graph. The loop adds each person and tie as its record comes; the
other way collects lists of records and makes the graph at once. Both run statements with the access predicates.

| | s | the loop takes, times as long | promised | holds | lists take, times as long |
| --- | --- | --- | --- | --- | --- |
| ours, first after a write | {after_write:.2f} | {least(loop / after_write, TIMES)} | {lists / after_write:.2f} |
| ours, again | {kept:.2f} | {least(loop / kept, TIMES)} | {lists / kept:.2f} |

The loop took {loop:.2f} s, with lists {lists:.2f} s."""

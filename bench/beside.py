"""Reading over HTTP beside a route written by hand and @neo4j/graphql. In: a database. Out: rates, latencies, processor time.

All servers are asked in turn, in short rounds, over the same database. Their answers are first checked to be equal.
"""

import json
import statistics
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

from bench import route
from bench.compiler import RIGHTS, leaves, values_of
from bench.graphql_library import library
from bench.promises import least, most, ms
from bench.questions import ALL, LARGE, MEDIUM, SMALL, Measured
from bench.serving import OURS, ROUTE, TOKEN, Running, put_load, server
from graph.bolt.connect import Address

ROUNDS, SECONDS, WARM_SECONDS = 4, 1.5, 2.0
BODIES = {SMALL.name: 500, MEDIUM.name: 200, LARGE.name: 20}
CELLS = tuple((of, 1) for of in ALL) + tuple((of, 16) for of in ALL)
PLAIN, KEPT, LIBRARY = "plain", "kept", "library"
OFF = {"CITYGRAPH_ANSWER_CACHE": "0"}
SETTINGS = {
    OURS: OFF,
    PLAIN: {**OFF, "CITYGRAPH_BOLT": "driver", "CITYGRAPH_NATIVE": "false"},
    KEPT: {"CITYGRAPH_ANSWER_CACHE": "64"},
}
"""Ours: without kept answers; also through the driver and shaped in Python; also with kept answers."""
PROMISES = {(SMALL.name, 16): (1.25, 5.0), (LARGE.name, 1): (1.3, None), (LARGE.name, 16): (None, 6.0)}
"""How many times the requests/s of the route and of the library."""
AGAIN, BUSY = 8.0, 0.4
EDGE = "edge: { OR: [{ level: { lte: $open } }, { audience: { in: $audiences } }] }"
THEIRS = {
    SMALL.name: "query ($id: ID!) { people(where: {id: {eq: $id}}) { id name sector kind confidence } }",
    MEDIUM.name: f"""query ($ids: [ID!]!, $open: Int!, $audiences: [String!]!) {{
  cities(where: {{id: {{in: $ids}}}}, limit: 10, sort: [{{id: ASC}}]) {{ name
    residentsConnection(first: 100, sort: [{{node: {{name: ASC}}}}], where: {{{EDGE}}}) {{ edges {{ node {{ name
      trustsConnection(first: 10, sort: [{{edge: {{strength: DESC}}}}, {{node: {{id: DESC}}}}], where: {{{EDGE}}}) {{
        edges {{ properties {{ strength }} node {{ name }} }} }} }} }} }} }} }}""",
}
Write = Callable[[Measured, int], str]


@dataclass
class Side:
    """What one server did: of each round the answers a second and its processor seconds for one; the times of all answers."""

    rates: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)
    took: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return statistics.median(self.rates)

    def at(self, percent: int) -> float:
        return statistics.quantiles(self.took, n=100)[percent - 1]


@dataclass(frozen=True)
class Cell:
    """One question over so many connections, and what each server did."""

    name: str
    connections: int
    sides: dict[str, Side]

    def ratio(self, one: str, other: str) -> tuple[float, float, float]:
        """Return how many times as many answers one gave: of the medians, and the least and greatest of a round."""
        pairs = [mine / its for mine, its in zip(self.sides[one].rates, self.sides[other].rates, strict=True)]
        return self.sides[one].rate / self.sides[other].rate, min(pairs), max(pairs)


def measure(address: Address) -> list[Cell]:
    """Run all servers and put load on them in turn."""
    with _servers(address) as running:
        _agree(running)
        return [_cell(of, connections, running) for of, connections in CELLS]


@contextmanager
def _servers(address: Address) -> Iterator[dict[str, tuple[Running, Write]]]:
    with ExitStack() as stack:
        ours = {way: stack.enter_context(server(OURS, address, **given)) for way, given in SETTINGS.items()}
        by_hand = stack.enter_context(server(ROUTE, address))
        other = stack.enter_context(library(address))
        yield {
            **{way: (one, _ours) for way, one in ours.items()},
            ROUTE: (by_hand, _by_hand),
            LIBRARY: (other, _library),
        }


def graphql(of: Measured, variables: dict[str, Any]) -> str:
    """Return the body of a request."""
    return json.dumps({"query": of.graphql, "variables": variables})


def _ours(of: Measured, at: int) -> str:
    return graphql(of, values_of(of, at))


def _by_hand(of: Measured, at: int) -> str:
    return route.body(of.name, values_of(of, at))


def _library(of: Measured, at: int) -> str:
    values = values_of(of, at)
    if of is SMALL:
        return json.dumps({"query": THEIRS[SMALL.name], "variables": values})
    variables = {"ids": values.get("ids") or [values["id"]], "open": RIGHTS.open, "audiences": RIGHTS.audiences}
    return json.dumps({"query": THEIRS[MEDIUM.name], "variables": variables})


def _agree(running: dict[str, tuple[Running, Write]]) -> None:
    """Raise AssertionError if two servers answer differently, because a comparison would mean nothing."""
    for of in ALL:
        for at in range(3):
            answers = {way: leaves(_post(one.port, write(of, at))) for way, (one, write) in running.items()}
            for way, answer in answers.items():
                if answer != answers[ROUTE] or len(answer) < 5:
                    raise AssertionError(f"{of.name}: {way} answers differently: {answer[:20]} {answers[ROUTE][:20]}")


def _post(port: int, body: str) -> Any:
    headers = {"content-type": "application/json", "accept": "application/json", "authorization": f"Bearer {TOKEN}"}
    request = urllib.request.Request(f"http://127.0.0.1:{port}/graphql", body.encode(), headers)
    with urllib.request.urlopen(request, timeout=30) as response:
        return json.load(response)["data"]


def _cell(of: Measured, connections: int, running: dict[str, tuple[Running, Write]]) -> Cell:
    bodies = {way: [write(of, at) for at in range(BODIES[of.name])] for way, (_, write) in running.items()}
    sides = {way: Side() for way in running}
    for way, (one, _) in running.items():
        put_load(one.port, WARM_SECONDS, bodies[way], 16)
    for at in range(ROUNDS):
        for way in list(running)[:: 1 if at % 2 else -1]:
            _round(sides[way], running[way][0], bodies[way], connections)
    return Cell(of.name, connections, sides)


def _round(to: Side, one: Running, bodies: list[str], connections: int) -> None:
    before, begun = one.busy, time.perf_counter()
    result = put_load(one.port, SECONDS, bodies, connections)
    assert time.perf_counter() - begun < SECONDS + 30
    to.rates.append(result["answers"] / result["seconds"])
    to.busy.append((one.busy - before) / max(1, result["answers"]))
    to.took.extend(result["latencies"])


def section(cells: list[Cell]) -> str:
    """Return the section of the results about reading over HTTP."""
    return f"""## Reading over HTTP beside a route by hand and @neo4j/graphql

A FastAPI route with one hand-written statement for each question and the access rule, through the driver; @neo4j/graphql 7
behind Apollo Server with the same rule; and ours, without kept answers. All under one Neo4j, asked in turn over connections
that stay open. Requests/s, times: the ratio of medians of {ROUNDS} rounds of {SECONDS:g} s, and the least and greatest ratio
of a round.

| question, connections | by hand, times | promised | holds | p99, ours / by hand | @neo4j/graphql, times | promised | holds |
| --- | --- | --- | --- | --- | --- | --- | --- |
{_lines(map(_beside, cells))}

| question, connections | ours, 1/s | by hand, 1/s | @neo4j/graphql, 1/s | ours p50; p99, ms | by hand p50; p99, ms |
| --- | --- | --- | --- | --- | --- |
{_lines(map(_absolute, cells))}

Processor time of our server for one answer, with the Bolt lane and native answers, against the driver and Python alone, and
against the route by hand:

| question, connections | against driver and Python | promised | holds | against the route |
| --- | --- | --- | --- | --- |
{_lines(map(_busy, cells))}

With kept answers, of facts that do not change; {BODIES[SMALL.name]}, {BODIES[MEDIUM.name]} and {BODIES[LARGE.name]} different
questions:

| question, connections | route by hand, times | promised | holds | 1/s | p50; p99, ms |
| --- | --- | --- | --- | --- | --- |
{_lines(map(_kept, cells))}"""


def _lines(rows: Iterator[str]) -> str:
    return "\n".join(rows)


def _ranged(cell: Cell, other: str, promised: float | None) -> str:
    ratio, low, high = cell.ratio(OURS, other)
    shown, *rest = least(ratio, promised).split(" | ", 1)
    return f"{shown} ({low:.2f} to {high:.2f}) | {''.join(rest)}"


def _beside(cell: Cell) -> str:
    by_hand, their = PROMISES.get((cell.name, cell.connections), (None, None))
    tail = cell.sides[OURS].at(99) / cell.sides[ROUTE].at(99)
    return (
        f"| {cell.name}, {cell.connections} | {_ranged(cell, ROUTE, by_hand)} | {tail:.2f} "
        f"| {_ranged(cell, LIBRARY, their)} |"
    )


def _absolute(cell: Cell) -> str:
    ours, by_hand, their = cell.sides[OURS], cell.sides[ROUTE], cell.sides[LIBRARY]
    return (
        f"| {cell.name}, {cell.connections} | {ours.rate:,.0f} | {by_hand.rate:,.0f} | {their.rate:,.0f} "
        f"| {ms(ours.at(50))}; {ms(ours.at(99))} | {ms(by_hand.at(50))}; {ms(by_hand.at(99))} |"
    )


def _busy(cell: Cell) -> str:
    ours, plain, by_hand = (statistics.median(cell.sides[way].busy) for way in (OURS, PLAIN, ROUTE))
    promised = (
        most(ours / plain, BUSY) if (cell.name, cell.connections) == (LARGE.name, 1) else f"{ours / plain:.2f} | | "
    )
    return f"| {cell.name}, {cell.connections} | {promised} | {ours / by_hand:.2f} |"


def _kept(cell: Cell) -> str:
    kept = cell.sides[KEPT]
    ratio = kept.rate / cell.sides[ROUTE].rate
    return (
        f"| {cell.name}, {cell.connections} | {least(ratio, AGAIN)} | {kept.rate:,.0f} "
        f"| {ms(kept.at(50))}; {ms(kept.at(99))} |"
    )

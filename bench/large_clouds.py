"""A network of 200,000 people and a million ties. In: a database. Out: time and memory of reading and measuring it."""

import asyncio
import json
import subprocess
import sys
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psutil

from bench import network, rosters
from bench.analyst import SLOW_DECODER
from bench.compiler import RIGHTS
from bench.questions import visible
from bench.wrapped import Wrapped, compared
from graph.bolt.connect import Address, open_async_driver
from graph.bolt.read import Reader, Sessions
from graph.bolt.write import open_writer
from graph.measures.cloud import Cloud
from graph.measures.clouds import Clouds
from graph.measures.jobs import Measuring, Reading
from graph.measures.wanted import Wanted
from graph.measures.worker import Process
from graph.measures.workers import Workers
from graph.question.networks import Asking
from graph.question.turns import AtOnce
from schema.model import model

PEOPLE, ROUNDS, SECONDS, MOST_SECONDS = network.MORE_CITIES * network.PER_CITY, 3, 120.0, 300.0
VALUES = {**RIGHTS.parameters(), "id": rosters.LARGE, "wave": rosters.WAVE}
PERSON = f"""MATCH (:Roster {{id: $id}})<-[l:LISTED_ON]-(p:Person) WHERE {visible("l", "p")}"""
BY_HAND = f"""{PERSON} RETURN p.id, p.name, p.sector, p.ageBand, p.origin,
  head(COLLECT {{ MATCH (p)-[w:WORKS_FOR]->(o:Organization) WHERE {visible("w", "o")}
    RETURN o.id ORDER BY o.id LIMIT 1 }}),
  EXISTS {{ MATCH (p)-[h:HOLDS]->(o:Office) WHERE o.selection = 'ELECTED' AND {visible("h", "o")} }},
  EXISTS {{ MATCH (p)-[a:ANSWERED]->(w:Wave) WHERE w.id = $wave AND a.consent IN ['NAMED', 'PSEUDONYM']
    AND {visible("a", "w")} }},
  COLLECT {{ MATCH (p)-[t:TRUSTS]->(o:Person) WHERE t.wave = $wave AND {visible("t", "o")} RETURN o.id }} AS ends"""
"""What we read, written by hand: a record for each person."""
PEOPLE_OF_ANALYST = f"{PERSON} RETURN p"
TIES_OF_ANALYST = f"""{PERSON} MATCH (p)-[t:TRUSTS {{wave: $wave}}]->(o:Person) WHERE {visible("t", "o")}
  RETURN p.id AS one, o.id AS other, t.strength AS strength"""


@dataclass(frozen=True)
class Used:
    """What a process used: seconds until it had a graph, and the most memory that it ever had, in MiB."""

    seconds: float
    memory: float
    ties: int


@dataclass(frozen=True)
class Large:
    """Each way to read the network, of ours and the bare driver the middle of several rounds; what ours wraps of igraph.

    The ways with networkx are None if it is not installed; the first has the driver's compiled decoder, the other has not.
    """

    ours: Used
    driver: Used
    networkx: Used | None
    slow_networkx: Used | None
    igraph: Used
    wrapped: list[Wrapped]


def measure(address: Address) -> Large:
    """Measure each way in turn."""
    asyncio.run(_enrol(address))
    ours, driver = list[Used](), list[Used]()
    for _ in range(ROUNDS):
        ours.append(asyncio.run(_ours(address)))
        driver.append(_other("driver", address, people=BY_HAND))
    ties, analyst = ours[0].ties, find_spec("networkx") is not None
    fast, slow = (
        _other("networkx", address, people=PEOPLE_OF_ANALYST, ties=TIES_OF_ANALYST, **{SLOW_DECODER: slow})
        if analyst
        else None
        for slow in (False, True)
    )
    igraph = _other("igraph", address, people=PEOPLE, ties=ties)
    return Large(_middle(ours), _middle(driver), fast, slow, igraph, compared(asyncio.run(_cloud(address))))


async def _enrol(address: Address) -> None:
    async with open_writer(address) as writer:
        await rosters.enrol(writer, rosters.LARGE, PEOPLE)


def _middle(runs: list[Used]) -> Used:
    return sorted(runs, key=lambda each: each.seconds)[len(runs) // 2]


def _other(way: str, address: Address, **orders: Any) -> Used:
    """Go one of the ways of others."""
    common = {"way": way, "uri": address.uri, "auth": (address.username, address.password), "values": VALUES}
    done = subprocess.run(
        [sys.executable, "-m", "bench.analyst"],
        input=json.dumps({**common, **orders}),
        capture_output=True,
        text=True,
        timeout=MOST_SECONDS,
        check=False,
    )
    if done.returncode:
        raise AssertionError(f"{way} failed: {done.stderr[-2000:]}")
    return Used(**json.loads(done.stdout))


def _reading(address: Address, roster: str) -> Reading:
    wanted = Wanted("cloud", "cloud", {"roster": roster})
    asking = Asking((), {}, RIGHTS, AtOnce(), synthetic=False)
    return Clouds(model(), Workers(address, SECONDS)).reading(wanted, asking)


FIRST = Wanted(
    "cloud",
    "cloud",
    below=(
        Wanted("people", "people", {"first": 1}, (Wanted("inDegree", "inDegree"),)),
        Wanted("on", "on", below=(Wanted("ties", "ties"),)),
    ),
)
"""Asks for one degree, so that the graph is made, and for the number of ties."""


async def _ours(address: Address) -> Used:
    """Have the process that measures read the network, make the graph and tell a degree."""
    workers = Workers(address, SECONDS)
    try:
        # An unknown roster first: so the process runs, and the statement has its plan.
        await workers.do(Measuring(_reading(address, "roster/none"), FIRST, SECONDS, gathered=""), lambda _: None)
        begun = time.perf_counter()
        done = await workers.do(
            Measuring(_reading(address, rosters.LARGE), FIRST, SECONDS, gathered=""), lambda _: None
        )
        return Used(time.perf_counter() - begun, _peak(), done.data["on"]["ties"])
    finally:
        await workers.close()


def _peak() -> float:
    """Return the most memory that the process that measures ever had, in MiB."""
    (worker,) = (each for each in psutil.Process().children() if "graph.measures.worker" in each.cmdline())
    lines = Path(f"/proc/{worker.pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


async def _cloud(address: Address) -> Cloud:
    """Read the network into this process."""
    async with Sessions(open_async_driver(address, 1), address.database) as sessions:
        read = await _reading(address, rosters.LARGE).read(Process(Reader(sessions, SECONDS), lambda _: None))
    assert read is not None
    return read

"""`citygraph serve` with one and with two workers, in turn. In: a database. Out: requests/s, and processor time for one answer.

Client, Neo4j and workers share the processors of this machine, so a ratio is less than where each has its own.
"""

import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

import psutil

from bench.network import SECRET
from bench.promises import least
from bench.serving import CONNECTIONS, put_load, small_body
from bench.starts import free_port, until_answered
from graph.bolt.connect import Address

ROUNDS, SECONDS, WARM_SECONDS, PROMISED = 7, 1.5, 3.0, 1.8
COUNTS = 1, 2
PEEK = b'{"query": "{ __typename }"}'
ASKED = {
    "`{ __typename }`, which needs no database": [PEEK.decode()],
    "small, kept answers": [small_body(at) for at in range(500)],
}
NOT_KEPT = "small"


@dataclass
class Side:
    """What a server did: of each round the answers a second and the processor seconds of all its processes for one."""

    rates: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Compared:
    """One question, asked of servers with different numbers of workers. `client` is the share of a processor the client took."""

    name: str
    sides: dict[int, Side]
    client: list[float]


def measure(address: Address) -> list[Compared]:
    """Run servers with and without kept answers, and ask them in turn."""
    kept = _measured(address, "64", ASKED)
    return [*kept, *_measured(address, "0", {NOT_KEPT: [small_body(at) for at in range(500)]})]


def _measured(address: Address, megabytes: str, asked: dict[str, list[str]]) -> list[Compared]:
    with ExitStack() as stack:
        running = {count: stack.enter_context(_server(address, count, megabytes)) for count in COUNTS}
        return [_compared(name, bodies, running) for name, bodies in asked.items()]


def _compared(name: str, bodies: list[str], running: dict[int, tuple[int, psutil.Process]]) -> Compared:
    made = Compared(name, {count: Side() for count in running}, [])
    for port, _ in running.values():
        put_load(port, WARM_SECONDS, bodies, named=False)
    for at in range(ROUNDS):
        for count in list(running)[:: 1 if at % 2 else -1]:
            port, process = running[count]
            before = _busy(process)
            result = put_load(port, SECONDS, bodies, named=False)
            made.sides[count].rates.append(result["answers"] / result["seconds"])
            made.sides[count].busy.append((_busy(process) - before) / max(1, result["answers"]))
            made.client.append(result["busy"] / result["seconds"])
    return made


def _busy(process: psutil.Process) -> float:
    """Return the processor seconds of a process and of those that it started."""
    times = [each.cpu_times() for each in (process, *process.children(recursive=True))]
    return float(sum(each.user + each.system for each in times))


@contextmanager
def _server(address: Address, workers: int, megabytes: str) -> Iterator[tuple[int, psutil.Process]]:
    """Run `citygraph serve`; yield its port and its first process. Who asks is anonymous."""
    port, begun = free_port(), time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="citygraph-bench-") as data:
        given = {
            "NEO4J_URI": address.uri,
            "NEO4J_USERNAME": address.username,
            "NEO4J_PASSWORD": address.password,
            "CITYGRAPH_PORT": str(port),
            "CITYGRAPH_DATA_DIR": data,
            "CITYGRAPH_KEY_SECRET": SECRET.decode(),
            "CITYGRAPH_ANSWER_CACHE": megabytes,
            "CITYGRAPH_CLIENT_SHARE": "100",
        }
        process = subprocess.Popen(
            [sys.executable, "-c", "from app.cli import main; main()", "serve", "--workers", str(workers)],
            env=os.environ | given,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            until_answered(port, PEEK, begun)
            yield port, psutil.Process(process.pid)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)


def section(compared: list[Compared]) -> str:
    """Return the section of the results about several processes."""
    rows = "\n".join(map(_row, compared))
    return f"""## Several processes on one port

`citygraph serve --workers 2` against `--workers 1`, in turn, over {CONNECTIONS} connections that stay open. The promise is for
a machine where client and Neo4j have processors of their own. Here they share {os.cpu_count()} with the workers. Requests/s,
times: the ratio of medians of {ROUNDS} rounds of {SECONDS:g} s, and the least and greatest of a round. The processor time is that
of all processes of a server.

| question | two workers, times | promised | holds | 1 worker, 1/s | 2, 1/s | µs for one answer, 1; 2 | client, processors |
| --- | --- | --- | --- | --- | --- | --- | --- |
{rows}"""


def _row(of: Compared) -> str:
    one, two = (of.sides[count] for count in COUNTS)
    rates = [statistics.median(side.rates) for side in (one, two)]
    spent = [f"{statistics.median(side.busy) * 1e6:.0f}" for side in (one, two)]
    pairs = [more / less for more, less in zip(two.rates, one.rates, strict=True)]
    shown, rest = least(rates[1] / rates[0], PROMISED).split(" | ", 1)
    return (
        f"| {of.name} | {shown} ({min(pairs):.2f} to {max(pairs):.2f}) | {rest} | {rates[0]:,.0f} | {rates[1]:,.0f} "
        f"| {'; '.join(spent)} | {statistics.fmean(of.client):.2f} |"
    )

"""Requests per second over HTTP: our server against Strawberry's router with DataLoaders. In: a database. Out: rates.

Both servers and the client are processes of their own; both servers run under uvicorn with the same settings.
"""

import gc
import json
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from typing import Any

import uvicorn
from fastapi import FastAPI, Request
from strawberry.fastapi import GraphQLRouter

from app.http.api import Service
from app.start.boot import trusted
from app.start.logs import set_up_logs
from app.start.serve import bound_socket, serve
from app.start.settings import Profile, Settings
from app.viewers.tokens import Viewers
from bench import dataloaders
from bench.compiler import RIGHTS, new_engine
from bench.network import CITIES, PER_CITY
from bench.questions import SMALL
from bench.starts import free_port, until_answered
from graph.bolt.connect import Address, open_async_driver

CONNECTIONS, ROUNDS, SECONDS, WARM_SECONDS = 16, 15, 1.5, 6.0
TOKEN = "the token of the benchmarks"
OURS, LOADERS = "ours", "loaders"


@dataclass(frozen=True)
class Rates:
    """Requests per second of each round, the seconds that each answer took, and seconds from start to first answer.

    `client` is the share of a core that the client used.
    """

    ours: list[float]
    loaders: list[float]
    ours_took: list[float]
    loaders_took: list[float]
    client: float
    ours_ready: float
    loaders_ready: float

    @property
    def ratio(self) -> float:
        return statistics.median(self.ours) / statistics.median(self.loaders)


def measure(address: Address) -> Rates:
    """Run both servers and put load on them in turn."""
    rates: dict[str, list[float]] = {OURS: [], LOADERS: []}
    took: dict[str, list[float]] = {OURS: [], LOADERS: []}
    shares = []
    with server(OURS, address) as (ours, ours_ready), server(LOADERS, address) as (loaders, loaders_ready):
        ports = {OURS: ours, LOADERS: loaders}
        for port in ports.values():
            put_load(port, WARM_SECONDS)
        for at in range(ROUNDS):
            for way in (OURS, LOADERS) if at % 2 else (LOADERS, OURS):
                result = put_load(ports[way], SECONDS)
                rates[way].append(result["answers"] / result["seconds"])
                took[way] += result["latencies"]
                shares.append(result["busy"] / result["seconds"])
    return Rates(
        rates[OURS], rates[LOADERS], took[OURS], took[LOADERS], statistics.fmean(shares), ours_ready, loaders_ready
    )


def _body(at: int) -> str:
    return json.dumps({"query": SMALL.graphql, "variables": {"id": f"person/{at * 7919 % (CITIES * PER_CITY)}"}})


def put_load(port: int, seconds: float, bodies: list[str] | None = None) -> dict[str, Any]:
    """Send requests for so many seconds, small questions if no others are given."""
    headers = {"content-type": "application/json", "accept": "application/json", "authorization": f"Bearer {TOKEN}"}
    orders = {"port": port, "connections": CONNECTIONS, "seconds": seconds, "headers": headers,
              "bodies": bodies or [_body(at) for at in range(500)]}  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "bench.load"],
        input=json.dumps(orders),
        capture_output=True,
        text=True,
        timeout=seconds + 30,
        check=False,
    )
    if done.returncode:
        raise AssertionError(f"the client failed: {done.stderr[-2000:]}")
    return dict(json.loads(done.stdout))


@contextmanager
def server(way: str, address: Address) -> Iterator[tuple[int, float]]:
    """Run a server; yield its port and the seconds until its first answer."""
    port, begun = free_port(), time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "bench.http"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    try:
        orders = {"way": way, "port": port, "address": asdict(address)}
        assert process.stdin is not None
        process.stdin.write(json.dumps(orders).encode())
        process.stdin.close()
        until_answered(port, _body(0).encode(), begun)
        yield port, time.perf_counter() - begun
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def main() -> None:
    """Run one of the two servers, as standard input says."""
    orders: dict[str, Any] = json.load(sys.stdin)
    settings, address = Settings(profile=Profile.LOCAL, port=orders["port"]), Address(**orders["address"])
    viewers = Viewers(TOKEN, RIGHTS.audiences)
    set_up_logs(settings)
    if orders["way"] == OURS:
        engine = new_engine(settings.limits())
        serve(Service(engine, address, viewers, settings, trusted(settings, engine)), bound_socket(settings))
    else:
        _serve_loaders(address, viewers, settings)


def _serve_loaders(address: Address, viewers: Viewers, settings: Settings) -> None:
    driver = open_async_driver(address, settings.max_in_flight + 4)

    async def context(request: Request) -> Any:
        rights = (await viewers.viewer(request.headers.get("authorization"))).rights
        return dataloaders.Loaders(dataloaders.Source(driver, rights))

    app = FastAPI(docs_url=None, redoc_url=None)
    app.include_router(GraphQLRouter(dataloaders.schema(), context_getter=context), prefix="/graphql")
    configuration = uvicorn.Config(
        app, loop="uvloop", http="httptools", lifespan="on", log_config=None, access_log=False, server_header=False
    )
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)
    with suppress(KeyboardInterrupt):
        uvicorn.Server(configuration).run(sockets=[bound_socket(settings)])


if __name__ == "__main__":
    main()

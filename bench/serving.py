"""Servers for load over HTTP, each a process of its own. In: a database and which server. Out: a port, or rates.

`python -m bench.serving` is such a process; what it serves stands on standard input. All run under uvicorn with uvloop.
"""

import gc
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from typing import Any, NamedTuple

import psutil
import uvicorn
from fastapi import FastAPI, Request
from strawberry.fastapi import GraphQLRouter

from app.http.api import Service
from app.start.boot import trusted
from app.start.logs import set_up_logs
from app.start.port import bound_socket
from app.start.serve import serve
from app.start.settings import Profile, Settings
from app.viewers.tokens import Viewers
from bench import dataloaders, route
from bench.compiler import RIGHTS, new_engine
from bench.network import CITIES, PER_CITY
from bench.questions import SMALL
from bench.starts import free_port, until_answered
from graph.bolt.connect import Address, open_async_driver
from graph.question.decode.native import installed

CONNECTIONS = 16
TOKEN = "the token of the benchmarks"
OURS, LOADERS, ROUTE = "ours", "loaders", "route"
PEEKS = {ROUTE: route.body("small", {"id": "person/0"})}


class Running(NamedTuple):
    """A server: its port, the seconds until its first answer, and its process."""

    port: int
    ready: float
    pid: int

    @property
    def busy(self) -> float:
        """Return the processor seconds that the process has used."""
        used = psutil.Process(self.pid).cpu_times()
        return float(used.user + used.system)


def small_body(at: int) -> str:
    """Return the body of a request for the small question."""
    return json.dumps({"query": SMALL.graphql, "variables": {"id": f"person/{at * 7919 % (CITIES * PER_CITY)}"}})


def put_load(
    port: int, seconds: float, bodies: list[str] | None = None, connections: int = CONNECTIONS, *, named: bool = True
) -> dict[str, Any]:
    """Send requests for so many seconds, small questions if no others are given; anonymous ones unless `named`."""
    headers = {"content-type": "application/json", "accept": "application/json"}
    headers |= {"authorization": f"Bearer {TOKEN}"} if named else {}
    orders = {"port": port, "connections": connections, "seconds": seconds, "headers": headers,
              "bodies": bodies or [small_body(at) for at in range(500)]}  # fmt: skip
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
def server(way: str, address: Address, **settings: str) -> Iterator[Running]:
    """Run a server, with settings by the names of their variables."""
    port, begun = free_port(), time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.serving"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        env=os.environ | settings,
    )
    try:
        orders = {"way": way, "port": port, "address": asdict(address)}
        assert process.stdin is not None
        process.stdin.write(json.dumps(orders).encode())
        process.stdin.close()
        until_answered(port, PEEKS.get(way, small_body(0)).encode(), begun)
        yield Running(port, time.perf_counter() - begun, process.pid)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def main() -> None:
    """Run one of the servers, as standard input says."""
    orders: dict[str, Any] = json.load(sys.stdin)
    settings, address = Settings(profile=Profile.LOCAL, port=orders["port"]), Address(**orders["address"])
    viewers = Viewers(TOKEN, RIGHTS.audiences)
    set_up_logs(settings)
    if orders["way"] == OURS:
        engine = new_engine(settings.limits(), installed() if settings.native else None)
        serve(Service(engine, address, viewers, settings, trusted(settings, engine)), bound_socket(settings))
        return
    driver = open_async_driver(address, settings.max_in_flight + 4)
    app = _loaders(driver, viewers) if orders["way"] == LOADERS else route.app(driver, viewers)
    configuration = uvicorn.Config(
        app, loop="uvloop", http="httptools", lifespan="on", log_config=None, access_log=False, server_header=False
    )
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)
    with suppress(KeyboardInterrupt):
        uvicorn.Server(configuration).run(sockets=[bound_socket(settings)])


def _loaders(driver: Any, viewers: Viewers) -> FastAPI:
    async def context(request: Request) -> Any:
        rights = (await viewers.viewer(request.headers.get("authorization"))).rights
        return dataloaders.Loaders(dataloaders.Source(driver, rights))

    app = FastAPI(docs_url=None, redoc_url=None)
    app.include_router(GraphQLRouter(dataloaders.schema(), context_getter=context), prefix="/graphql")
    return app


if __name__ == "__main__":
    main()

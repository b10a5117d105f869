"""`citygraph serve --workers N` as processes of their own. In: an address, settings. Out: a server, connections to one worker."""

import http.client
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import psutil

from bench.starts import free_port
from graph.bolt.connect import Address
from tests.conftest import SECRET
from tests.kit.paths import ONE_DOCUMENT, ROOT
from tests.kit.status import status

COMMAND = "from app.cli import main; main()"
HEADERS = {"content-type": "application/json", "accept": "application/graphql-response+json"}
PATIENCE = 60.0
MOST = 50
"""Connections that are opened until one is with the worker that is meant."""


def until(done: Callable[[], object], what: str, seconds: float = PATIENCE) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, f"{what}: did not happen in {seconds} seconds"
        time.sleep(0.02)


@dataclass
class Served:
    """A server; `folder` has its data and its log."""

    port: int
    process: subprocess.Popen[bytes]
    folder: Path

    @property
    def log(self) -> str:
        return (self.folder / "serve.log").read_text()

    @property
    def token(self) -> str:
        return (self.folder / "steward.token").read_text()

    @property
    def workers(self) -> list[int]:
        """Return the ids of the processes of the workers, the first worker first."""
        return sorted(child.pid for child in psutil.Process(self.process.pid).children())

    def connections(self, pid: int) -> list[int]:
        """Return the ports of the clients that a process is connected with."""
        found = psutil.Process(pid).net_connections("tcp")
        return [each.raddr.port for each in found if each.laddr.port == self.port and each.raddr]

    def connection(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)

    def status(self, path: str) -> int:
        return status(self.port, path, PATIENCE)

    def _took(self, port: int) -> bool:
        return any(port in self.connections(pid) for pid in self.workers)

    @contextmanager
    def connected(self, worker: int) -> Iterator[http.client.HTTPConnection]:
        """Connect to the worker with this process id."""
        opened: list[http.client.HTTPConnection] = []
        try:
            for _ in range(MOST):
                opened.append(self.connection())
                opened[-1].connect()
                port = opened[-1].sock.getsockname()[1]
                until(partial(self._took, port), "a worker took it")
                if port in self.connections(worker):
                    break
            else:
                raise AssertionError("no connection came to this worker")
            for other in opened[:-1]:
                other.close()
            yield opened[-1]
        finally:
            for each in opened:
                each.close()

    def ask(self, worker: int, query: str, token: str | None = None, **variables: Any) -> Any:
        """Return what a worker answers."""
        with self.connected(worker) as connection:
            return ask(connection, query, token, variables)


def ask(
    connection: http.client.HTTPConnection, query: str, token: str | None = None, variables: Mapping[str, Any] = {}
) -> Any:
    """Ask on a connection; return the answer."""
    body = json.dumps({"query": query, "variables": variables})
    connection.request("POST", "/graphql", body, HEADERS | bearer(token))
    return json.load(connection.getresponse())


def bearer(token: str | None) -> dict[str, str]:
    return {} if token is None else {"authorization": f"Bearer {token}"}


@contextmanager
def serving(address: Address, folder: Path, *options: str, before: str = "", **settings: str) -> Iterator[Served]:
    """Serve a filled database until the end of the block. Each of the settings is that of an environment variable.

    `before` is run first, in the same process.
    """
    port = free_port()
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("NEO4J_", "CITYGRAPH_"))}
    environment = kept | {
        "NEO4J_URI": address.uri,
        "NEO4J_USERNAME": address.username,
        "NEO4J_PASSWORD": address.password,
        "CITYGRAPH_DATA_DIR": str(folder),
        "CITYGRAPH_KEY_SECRET": SECRET.decode(),
        "CITYGRAPH_PORT": str(port),
        "CITYGRAPH_TRUSTED_DIR": str(ONE_DOCUMENT),
        "PYTHONPATH": str(ROOT),
        **settings,
    }
    with (folder / "serve.log").open("wb") as log:
        command = [sys.executable, "-c", f"{before}\n{COMMAND}", "serve", *options]
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=ROOT)
    made = Served(port, process, folder)
    try:
        yield made
    finally:
        family = [psutil.Process(pid) for pid in made.workers] if process.poll() is None else []
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(10)
        for each in psutil.wait_procs(family, timeout=20)[1]:
            each.kill()


def ready(served: Served) -> bool:
    """Whether a server answers; raise if it has ended."""
    assert served.process.poll() is None, served.log
    return served.status("/readyz") == 200

"""A whole platform as its own processes, as a newcomer starts it. In: folders. Out: a handle that asks, kills and stops."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import platformdirs

from graph.bolt.connect import Address, DatabaseUnavailable
from graph.cypher.fragments import Fragment
from graph.managed.control import Status, status
from graph.managed.settings import ManagedSettings
from tests.kit.writer import BlockingWriter, blocking_writer

PATIENCE = 240
FACTS = Fragment("MATCH (n:Fact) RETURN count(n) AS count")
TIES = Fragment("MATCH (:Fact)-[r]->(:Fact) RETURN count(r) AS count")
COMMAND = (sys.executable, "-c", "from app.cli import main; main()")
LOADS = Fragment("MATCH (l:_Load) RETURN l.file AS file, l.bad AS bad")


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
    return port


def default_cache() -> Path:
    return Path(os.environ.get("CITYGRAPH_CACHE_DIR") or platformdirs.user_cache_dir("citygraph"))


@dataclass
class Platform:
    """`citygraph up` in folders of its own."""

    data: Path
    cache: Path = field(default_factory=default_cache)
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    command: tuple[str, ...] = COMMAND
    folder: Path | None = None
    """Where it is started; None is the folder of the tests."""
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))

    @property
    def settings(self) -> ManagedSettings:
        return ManagedSettings(cache=self.cache, data=self.data)

    @property
    def log(self) -> Path:
        return self.data.parent / "up.log"

    def start(self) -> None:
        """Begin a start; it goes on in the background."""
        environment = {k: v for k, v in self.environment.items() if not k.startswith(("NEO4J_", "CITYGRAPH_"))}
        environment |= {
            "CITYGRAPH_DATA_DIR": str(self.data),
            "CITYGRAPH_CACHE_DIR": str(self.cache),
            "CITYGRAPH_PORT": str(self.port),
        }
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*self.command, "up"],
                cwd=self.folder,
                env=environment,
                stdout=log,
                stderr=log,
            )

    def ask(self, query: str, timeout: float = 10) -> tuple[int, dict[str, Any]]:
        """Ask a question; return status and body, status 0 if nobody answers."""
        return self.post({"query": query}, timeout)

    def post(self, asked: dict[str, Any], timeout: float = 10, token: str = "") -> tuple[int, dict[str, Any]]:
        """Post a GraphQL request, with a token if there is one; return status and body, status 0 if nobody answers."""
        headers = {"content-type": "application/json", "accept": "application/graphql-response+json"}
        headers |= {"authorization": f"Bearer {token}"} if token else {}
        body = json.dumps(asked).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/graphql", body, headers)
        try:
            with urllib.request.urlopen(request, timeout=timeout) as response:
                return response.status, json.load(response)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)
        except (urllib.error.URLError, OSError):
            return 0, {}

    def until(self, done: Callable[[], bool], what: str) -> None:
        """Wait for something; fail with the log where it does not happen."""
        begun = time.monotonic()
        while not done():
            if time.monotonic() - begun > PATIENCE or (self.process and self.process.poll() is not None):
                raise AssertionError(f"{what}: did not happen\n{self.log.read_text()[-3000:]}\n{self.troubles()}")
            time.sleep(0.05)

    def troubles(self) -> str:
        """Return the last lines of Neo4j's own log that tell of an error, with what follows each."""
        lines = [line for log in self.settings.home.rglob("debug.log") for line in log.read_text().splitlines()]
        told = [at for at, line in enumerate(lines) if " ERROR " in line or "Caused by" in line]
        return "\n".join(line[:300] for at in told[-8:] for line in lines[at : at + 4])

    def until_ready(self) -> None:
        self.until(lambda: self.ask("{ __typename cities(first: 1) { totalCount } }")[0] == 200, "ready")

    def kill(self) -> None:
        """End the process as a power cut would."""
        assert self.process is not None
        self.process.kill()
        self.process.wait(10)

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        """Ask the process to stop and return its exit code."""
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(60)

    def server(self) -> Status:
        return status(self.settings)

    def until_no_server(self) -> None:
        begun = time.monotonic()
        while (found := self.server()).running or found.changing:
            assert time.monotonic() - begun < 60, "Neo4j was left behind"
            time.sleep(0.1)

    @contextmanager
    def writer(self) -> Iterator[BlockingWriter]:
        """Open a writer on the running database, with the password that the platform keeps."""
        # Of a server that starts on a full disk the address is not known until there is room.
        if not (uri := self.server().uri):
            raise DatabaseUnavailable("no server runs, or it cannot tell its address")
        password = next(self.settings.home.rglob("password")).read_text().strip()
        address = Address(uri, "neo4j", password)
        with asyncio.Runner() as runner, blocking_writer(address, runner) as writer:
            yield writer

    def loaded(self) -> int:
        """Count the files that are loaded; 0 while the database cannot say."""
        try:
            with self.writer() as writer:
                return len(writer.read(LOADS))
        except Exception:  # the database is on its way
            return 0


def counts(writer: BlockingWriter) -> tuple[int, int]:
    """Count facts and their ties."""
    return writer.read(FACTS)[0]["count"], writer.read(TIES)[0]["count"]

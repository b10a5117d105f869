"""Neo4j and servers as processes that are killed and started again. In: folders and ports. Out: Neo4j and App."""

import asyncio
import os
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from graph.bolt.connect import Address, DatabaseUnavailable, change_password, check
from graph.managed import home, server
from graph.managed.home import INITIAL_PASSWORD, Home
from graph.managed.settings import USERNAME, ManagedSettings
from tests.conftest import SECRET
from tests.kit.paths import ONE_DOCUMENT, ROOT
from tests.recovery.platform import default_cache, free_port

PATIENCE = 180.0
QUICK = "-XX:TieredStopAtLevel=1"
"""Java compiles less: it starts in half the time, and is killed soon anyway."""
SERVE = (sys.executable, "-c", "from app.cli import main; main()", "serve")


@dataclass
class Neo4j:
    """A Neo4j of its own, without a supervisor."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    _starting: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def settings(self) -> ManagedSettings:
        return ManagedSettings(cache=default_cache(), data=self.folder)

    @property
    def home(self) -> Home:
        return home.home_of(self.settings)

    @property
    def address(self) -> Address:
        return Address(f"bolt://127.0.0.1:{self.port}", USERNAME, self.home.password())

    async def start(self) -> None:
        """Start it unless it runs, and wait until it answers."""
        until = time.monotonic() + PATIENCE
        async with self._starting:
            while not await asyncio.to_thread(self._answers):
                assert time.monotonic() < until, "Neo4j does not answer"
                if self.process is None or self.process.poll() is not None:
                    self._launch()
                await asyncio.sleep(0.1)

    def _launch(self) -> None:
        home.prepare(self.settings)
        home.write_conf(self.home, self.settings, self.port)
        java, *rest = server.command(self.settings, self.home)
        self.process = server.launch([java, QUICK, *rest], self.home)

    def _answers(self) -> bool:
        if not server.listens(self.port):
            return False
        with suppress(DatabaseUnavailable):
            if not self.home.is_ready():
                change_password(self.address.uri, USERNAME, INITIAL_PASSWORD, self.home.password())
                self.home.confirm_password()
            check(self.address)
            return True
        return False

    def kill(self) -> None:
        """End it as a power cut would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(30)


@dataclass
class App:
    """One server on a Neo4j that it reaches through a port of the wire."""

    folder: Path
    database: int
    password: str = field(repr=False)
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    _starting: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.folder / f"server-{self.port}.log"

    def begin(self) -> None:
        """Begin a start."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("NEO4J_", "CITYGRAPH_"))}
        environment = kept | {
            "NEO4J_URI": f"bolt://127.0.0.1:{self.database}",
            "NEO4J_PASSWORD": self.password,
            "CITYGRAPH_DATA_DIR": str(self.folder),
            "CITYGRAPH_PORT": str(self.port),
            "CITYGRAPH_KEY_SECRET": SECRET.decode(),
            "CITYGRAPH_TRUSTED_DIR": str(ONE_DOCUMENT),
            "PYTHONPATH": str(ROOT),
        }
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(SERVE, env=environment, stdout=log, stderr=log, cwd=ROOT)

    async def start(self) -> None:
        """Start it, and wait until it is ready. It ends if Neo4j is away just then, and is started again."""
        until = time.monotonic() + PATIENCE
        async with self._starting, httpx.AsyncClient() as client:
            while not await self._is_ready(client):
                assert time.monotonic() < until, f"the server is not ready: {self.log.read_text()[-2_000:]}"
                if self.process is None or self.process.poll() is not None:
                    self.begin()
                await asyncio.sleep(0.1)

    async def _is_ready(self, client: httpx.AsyncClient) -> bool:
        try:
            return (await client.get(f"{self.url}/readyz", timeout=5)).status_code == 200
        except httpx.HTTPError:
            return False

    def kill(self) -> None:
        """End it as a power cut would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(30)

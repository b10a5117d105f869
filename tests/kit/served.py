"""`citygraph serve` as a process of its own, with the settings that it has by itself. In: an address. Out: a Served."""

import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from bench.starts import free_port
from graph.bolt.connect import Address
from tests.kit.paths import ONE_DOCUMENT, ROOT

PATIENCE = 90
START = ("-c", "from app.cli import main; main()")


@dataclass(frozen=True)
class Served:
    """A server in a process of its own."""

    process: subprocess.Popen[str]
    port: int

    @property
    def memory(self) -> float:
        """Return the resident memory of the process, in MiB."""
        return float(psutil.Process(self.process.pid).memory_info().rss) / 2**20

    def status(self, path: str) -> int:
        """Return the status of a GET; 0 if there is no response."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as response:
                return int(response.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0


@contextmanager
def served(address: Address, secret: str, start: tuple[str, ...] = START, **settings: str) -> Iterator[Served]:
    """Serve a filled database until the end of the block. Each of the settings is that of an environment variable."""
    with tempfile.TemporaryDirectory(prefix="citygraph-served-") as folder:
        port = free_port()
        environment = os.environ | {
            "NEO4J_URI": address.uri,
            "NEO4J_USERNAME": address.username,
            "NEO4J_PASSWORD": address.password or "",
            "CITYGRAPH_DATA_DIR": folder,
            "CITYGRAPH_PORT": str(port),
            "CITYGRAPH_KEY_SECRET": secret,
            "CITYGRAPH_TRUSTED_DIR": str(ONE_DOCUMENT),
            "PYTHONPATH": str(ROOT),
            **settings,
        }
        with (
            Path(folder, "log").open("w") as log,
            subprocess.Popen(
                [sys.executable, *start, "serve"],
                env=environment,
                text=True,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                cwd=ROOT,
            ) as process,
        ):
            running = Served(process, port)
            try:
                _until_ready(running, Path(folder, "log"))
                yield running
            finally:
                process.terminate()
                _end(process)


def _until_ready(running: Served, log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while running.status("/readyz") != 200:
        if running.process.poll() is not None or time.monotonic() > end:
            raise AssertionError(f"the server did not start: {log.read_text()[-2_000:]}")
        time.sleep(0.1)


def _end(process: subprocess.Popen[str]) -> None:
    try:
        process.communicate(timeout=40)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()

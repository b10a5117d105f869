"""What processes share about a running server. In: a home. Out: its state file, and locks that show which processes run."""

import contextlib
import fcntl
import json
import os
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from graph.managed.files import make_private, write_private
from graph.managed.home import Home
from graph.managed.processes import Mark


@dataclass(frozen=True)
class State:
    """The processes and the address of a server; `listening` is false until its port is open.

    `browser` is the address of Neo4j Browser, "" if it has none.
    """

    supervisor: Mark
    server: Mark
    uri: str
    listening: bool
    browser: str = ""


class Lock:
    """A lock on a file (flock), which the system releases when the process that has it ends for any reason."""

    def __init__(self, path: Path) -> None:
        make_private(path.parent)
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def take(self, *, shared: bool = False) -> bool:
        """Take the lock if it is free; return whether it was."""
        try:
            fcntl.flock(self._file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def take_within(self, seconds: float, *, shared: bool = False) -> bool:
        """Wait for the lock at most so many seconds; return whether it was taken."""
        deadline = time.monotonic() + seconds
        while not self.take(shared=shared):
            if time.monotonic() > deadline:
                return False
            time.sleep(0.05)
        return True

    def release(self) -> None:
        """Release the lock and close its file; the object cannot be used afterwards."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def give_back(self) -> None:
        """Release the lock; it can be taken again."""
        fcntl.flock(self._file, fcntl.LOCK_UN)


def leases(home: Home) -> Lock:
    """Return the lock that clients share, and that the supervisor takes exclusively when it stops."""
    return Lock(home.run / "leases.lock")


def starting(home: Home) -> Lock:
    """Return the lock of the one process that starts a server."""
    return Lock(home.run / "start.lock")


def supervising(home: Home) -> Lock:
    """Return the lock that a supervisor has as long as it runs."""
    return Lock(home.run / "supervisor.lock")


def is_supervised(home: Home) -> bool:
    """Return whether a supervisor runs."""
    with held(supervising(home)) as lock:
        return not lock.take(shared=True)


@contextlib.contextmanager
def held(lock: Lock) -> Iterator[Lock]:
    """Yield the lock and release it at the end of the block."""
    try:
        yield lock
    finally:
        lock.release()


def stay_file(home: Home) -> Path:
    """Return the file that keeps a server running without leases while the file exists."""
    return home.run / "stay"


def failure_file(home: Home) -> Path:
    """Return the file into which a supervisor writes why it gave up."""
    return home.run / "failure.txt"


def waiting_file(home: Home) -> Path:
    """Return the file that is there while the supervisor waits for room on the disk."""
    return home.run / "waiting"


def _path(home: Home) -> Path:
    return home.run / "state.json"


def write(home: Home, state: State) -> None:
    """Write the state atomically, with mode 0600."""
    write_private(_path(home), json.dumps(asdict(state)))


def read(home: Home) -> State | None:
    """Return the state; None if there is none or it cannot be read."""
    try:
        given = json.loads(_path(home).read_text(encoding="utf-8"))
        given["supervisor"] = (int(given["supervisor"][0]), str(given["supervisor"][1]))
        given["server"] = (int(given["server"][0]), str(given["server"][1]))
        # Another version of citygraph may have written more fields, or fewer.
        return State(**{part.name: given[part.name] for part in fields(State) if part.name in given})
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return None


def remove(home: Home) -> None:
    """Remove the state file."""
    _path(home).unlink(missing_ok=True)

"""What a running server tells other processes. In: a home. Out: its state file and the locks that say who lives."""

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
    """The processes and the address of a server; `listening` is false until its port is open."""

    supervisor: Mark
    server: Mark
    uri: str
    listening: bool


class Lock:
    """A flock'd file; the system gives it up when its holder dies, however it dies."""

    def __init__(self, path: Path) -> None:
        make_private(path.parent)
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def take(self, *, shared: bool = False) -> bool:
        """Take the lock if it is free; say whether it was."""
        try:
            fcntl.flock(self._file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def take_within(self, seconds: float, *, shared: bool = False) -> bool:
        """Take the lock, waiting for it; say whether that succeeded."""
        deadline = time.monotonic() + seconds
        while not self.take(shared=shared):
            if time.monotonic() > deadline:
                return False
            time.sleep(0.05)
        return True

    def release(self) -> None:
        """Give the lock up; the object is of no use afterwards."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def give_back(self) -> None:
        """Give the lock up and keep the file open, to take it again."""
        fcntl.flock(self._file, fcntl.LOCK_UN)


def leases(home: Home) -> Lock:
    """Return the lock that clients share and that the supervisor takes alone when it stops."""
    return Lock(home.run / "leases.lock")


def starting(home: Home) -> Lock:
    """Return the lock of the one process that starts a server."""
    return Lock(home.run / "start.lock")


def supervising(home: Home) -> Lock:
    """Return the lock that a supervisor holds as long as it lives."""
    return Lock(home.run / "supervisor.lock")


def is_supervised(home: Home) -> bool:
    """Say whether a supervisor lives."""
    with held(supervising(home)) as lock:
        return not lock.take(shared=True)


@contextlib.contextmanager
def held(lock: Lock) -> Iterator[Lock]:
    """Release a lock at the end of a block."""
    try:
        yield lock
    finally:
        lock.release()


def stay_file(home: Home) -> Path:
    """Return the file whose existence keeps a server running without leases."""
    return home.run / "stay"


def failure_file(home: Home) -> Path:
    """Return the file in which a supervisor says why it gave up."""
    return home.run / "failure.txt"


def _path(home: Home) -> Path:
    return home.run / "state.json"


def write(home: Home, state: State) -> None:
    """Write the state in one step, mode 0600."""
    write_private(_path(home), json.dumps(asdict(state)))


def read(home: Home) -> State | None:
    """Return the state, or nothing where there is none or it cannot be read."""
    try:
        given = json.loads(_path(home).read_text(encoding="utf-8"))
        given["supervisor"] = (int(given["supervisor"][0]), str(given["supervisor"][1]))
        given["server"] = (int(given["server"][0]), str(given["server"][1]))
        # A server that another version started may tell more.
        return State(**{part.name: given[part.name] for part in fields(State)})
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return None


def remove(home: Home) -> None:
    """Remove the state file."""
    _path(home).unlink(missing_ok=True)

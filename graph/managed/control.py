"""Commands on the managed server. In: settings. Out: its status, a server that runs until stopped, or a stopped server."""

import signal
import time
from dataclasses import dataclass

from graph.managed import processes, state
from graph.managed.home import Home, home_of
from graph.managed.settings import ManagedServerError, ManagedSettings

_STOP_SECONDS = 30.0


@dataclass(frozen=True)
class Status:
    """The state of the server. `changing`: it starts or stops now. `stays`: it runs without leases. `in_use`: it has leases."""

    running: bool
    changing: bool = False
    stays: bool = False
    in_use: bool = False
    uri: str = ""
    pid: int = 0
    browser: str = ""


def status(settings: ManagedSettings) -> Status:
    """Return the status of the server of this data folder, without changing anything."""
    home = home_of(settings)
    if not home.run.is_dir() or not state.is_supervised(home):
        return Status(running=False)
    known = state.read(home)
    if known is None or not known.listening:
        return Status(running=False, changing=True)
    stays = state.stay_file(home).exists()
    return Status(True, False, stays, _in_use(home), known.uri, known.server[0], known.browser)


def stay(settings: ManagedSettings) -> None:
    """Keep the server running without leases until `stop`. The caller must hold a lease."""
    state.stay_file(home_of(settings)).touch(mode=0o600)


def stop(settings: ManagedSettings, *, force: bool = False) -> bool:
    """Stop the server and return whether one ran; raise ManagedServerError if a process uses it, unless forced."""
    home = home_of(settings)
    if not home.run.is_dir() or not state.is_supervised(home):
        return False
    with state.held(state.leases(home)) as lock:
        # The supervisor takes this lock for a moment again and again, so one try is not enough.
        if not lock.take_within(0.5) and not force:
            raise ManagedServerError(
                "another citygraph process uses the server; end that process first, or use `citygraph db stop --force`"
            )
        _end(home)
    return True


def _in_use(home: Home) -> bool:
    with state.held(state.leases(home)) as lock:
        return not lock.take_within(0.5)


def _end(home: Home) -> None:
    state.stay_file(home).unlink(missing_ok=True)
    deadline = time.monotonic() + _STOP_SECONDS
    asked = False
    while state.is_supervised(home):
        known = state.read(home)
        if known and not asked:
            processes.send(known.supervisor, signal.SIGTERM)
            asked = True
        if time.monotonic() > deadline:
            raise ManagedServerError(f"the server did not stop within {_STOP_SECONDS:.0f} s; see {home.console}")
        time.sleep(0.05)

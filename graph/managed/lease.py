"""The way to use the managed server. In: settings. Out: a lease: an address and a login that are valid until its release."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from graph.bolt.connect import Address, DatabaseUnavailable
from graph.managed import causes, fetch, processes, server, space, state
from graph.managed.files import last_lines, make_private, why
from graph.managed.home import INITIAL_PASSWORD, Home, home_of, prepare
from graph.managed.settings import USERNAME, ManagedServerError, ManagedSettings

Check = Callable[[Address], None]
"""Runs one query; raises DatabaseUnavailable if that fails."""
ChangePassword = Callable[[str, str, str, str], None]
"""Replaces a password. Arguments: address, user, old password, new password."""

_GRACE_SECONDS = 5.0
_LOOK_SECONDS = 1.0
"""Seconds between two looks into the logs of a server that is starting."""
_REFUSED_SECONDS = 10.0
"""Seconds for which a refused login is tried again."""


@dataclass(frozen=True)
class _Login:
    """The two calls to the driver that a lease needs. Both raise DatabaseUnavailable while the database is not ready."""

    check: Check
    change_password: ChangePassword
    deadline: float


class Lease:
    """The right to use the running server, until `release()` or the end of the `with` block."""

    def __init__(self, uri: str, password: str, lock: state.Lock) -> None:
        self.uri = uri
        self.username = USERNAME
        self.password = password
        self._lock = lock

    def release(self) -> None:
        """Give the lease up; the server stops a few seconds after the last lease is gone."""
        self._lock.release()

    def __enter__(self) -> "Lease":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def acquire(
    settings: ManagedSettings,
    check: Check,
    change_password: ChangePassword,
    progress: fetch.Progress = fetch.no_progress,
) -> Lease:
    """Return a lease on the server of this data folder; download and start the server first if needed.

    `progress(done, total, bytes)` is called during the download. Raise ManagedServerError, whose text says what failed
    and why, or has the last lines of the server's log.
    """
    home = _folders(settings)
    server.classpath(settings)
    server.java()
    if settings.neo4j_home is None and not state.is_supervised(home):
        fetch.fetch(settings.jars, progress)
    login = _Login(check, change_password, time.monotonic() + settings.start_seconds)
    lock = state.leases(home)
    try:
        if not lock.take_within(settings.start_seconds, shared=True):
            raise ManagedServerError("the last server is still stopping; try again, or see `citygraph db status`")
        with state.held(state.starting(home)) as start:
            if not start.take_within(settings.start_seconds):
                raise ManagedServerError("another citygraph process is still starting the server; try again")
            uri = _start(settings, home, login)
        return Lease(uri, home.password(), lock)
    except OSError as error:
        lock.release()
        raise ManagedServerError(f"the server could not be started from {home.root}: {why(error)}") from error
    except BaseException:
        lock.release()
        raise


def _folders(settings: ManagedSettings) -> Home:
    home = home_of(settings)
    try:
        make_private(home.root)
        make_private(home.run)
    except OSError as error:
        raise ManagedServerError(
            f"the data folder {home.root} cannot be used: {why(error)}. Set CITYGRAPH_DATA_DIR to another folder."
        ) from error
    return home


def _start(settings: ManagedSettings, home: Home, login: _Login) -> str:
    """Return the address of a server that answers. The caller holds the start lock."""
    running = _wait_listening(settings, home, login.deadline)
    fresh = running is None
    if running is None:
        _clear(home)
        if causes.disk_full(home):
            space.give_back(home)
        prepare(settings)
        if full := causes.disk_full(home):
            raise ManagedServerError(full)
        causes.begin(home)
        _spawn(settings, home)
        running = _wait_listening(settings, home, login.deadline)
    if running is None:
        raise ManagedServerError(_failure(home))
    _log_in(home, running.uri, login, fresh=fresh)
    return running.uri


def _clear(home: Home) -> None:
    """End a server whose supervisor was killed, and remove its state file."""
    old = state.read(home)
    if old is not None:
        processes.end(old.server, _GRACE_SECONDS)
        state.remove(home)


def _spawn(settings: ManagedSettings, home: Home) -> None:
    root = str(Path(__file__).parents[2])
    path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    with os.fdopen(os.open(home.console, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as console:
        done = subprocess.run(
            [sys.executable, "-m", "graph.managed.supervisor", settings.to_json()],
            stdin=subprocess.DEVNULL,
            stdout=console,
            stderr=console,
            cwd=home.root,
            env=os.environ | {"PYTHONPATH": path},
            check=False,
        )
    if done.returncode:
        raise ManagedServerError(f"the server's supervisor did not start: {causes.told(home)}")


def _wait_listening(settings: ManagedSettings, home: Home, deadline: float) -> state.State | None:
    """Return the state of the server as soon as its port is open; None if no supervisor runs, or when it ends."""
    look = time.monotonic() + _LOOK_SECONDS
    while state.is_supervised(home):
        running = state.read(home)
        if running and running.listening:
            return running
        if time.monotonic() > deadline:
            raise ManagedServerError(f"Neo4j did not listen within {settings.start_seconds} s: {causes.told(home)}")
        look = _look(home, look)
        time.sleep(0.05)
    return None


def _look(home: Home, at: float) -> float:
    """Raise ManagedServerError if the logs or the disk say why no start can succeed; return when to look again."""
    if time.monotonic() < at:
        return at
    waits = state.waiting_file(home).exists() and state.is_supervised(home)
    known = causes.cause(home) or (causes.disk_full(home) if waits else None)
    if known is not None:
        raise ManagedServerError(known)
    return time.monotonic() + _LOOK_SECONDS


def _failure(home: Home) -> str:
    reason = last_lines(state.failure_file(home), 40)
    return "\n".join(reason) or f"the server ended before it was ready: {causes.told(home)}"


def _log_in(home: Home, uri: str, login: _Login, *, fresh: bool) -> None:
    password = home.password()

    def check() -> None:
        login.check(Address(uri, USERNAME, password))

    def change() -> None:
        login.change_password(uri, USERNAME, INITIAL_PASSWORD, password)

    if home.is_ready():
        _until_answered(home, login.deadline, check)
        return
    # A client that was killed since may have set the password of this running server.
    if fresh or not _succeeds(check):
        _until_answered(home, login.deadline, change)
    home.confirm_password()


def _succeeds(call: Callable[[], None]) -> bool:
    try:
        call()
    except DatabaseUnavailable:
        return False
    return True


def _until_answered(home: Home, deadline: float, call: Callable[[], None]) -> None:
    """Repeat a call until the database answers: for a while after its port opens it does not."""
    look = time.monotonic() + _LOOK_SECONDS
    refused_until = min(deadline, time.monotonic() + _REFUSED_SECONDS)
    while True:
        try:
            return call()
        except DatabaseUnavailable as error:
            refused = _is_refusal(error)
            if not state.is_supervised(home):
                raise ManagedServerError(_failure(home)) from error
            if time.monotonic() > (refused_until if refused else deadline):
                raise ManagedServerError(_no_answer(home, error, refused=refused)) from error
        look = _look(home, look)
        # Neo4j counts refused logins: after three in a row it refuses everybody for five seconds.
        time.sleep(2 if refused else 0.05)


def _is_refusal(error: DatabaseUnavailable) -> bool:
    code = getattr(error.__cause__, "code", None)
    return isinstance(code, str) and code.startswith("Neo.ClientError.Security.")


def _no_answer(home: Home, error: DatabaseUnavailable, *, refused: bool) -> str:
    if refused:
        return (
            f"the server refuses the password in {home.password_file}; its data is unharmed. Put the right password "
            f"into that file, or move {home.root} away to start with an empty database."
        )
    return f"the database does not answer: {error}\n{causes.told(home)}"

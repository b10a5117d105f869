"""The process that owns the server. In: settings as JSON. Out: a server that runs as long as there is a lease.

It runs as `python -m graph.managed.supervisor SETTINGS`. The command returns when a detached child has taken the lock.
"""

import contextlib
import enum
import os
import signal
import sys
import time

from graph.managed import causes, processes, server, space, state
from graph.managed.files import last_lines, write_private
from graph.managed.health import Trouble, Watch, keep_logs
from graph.managed.home import Home, home_of, write_conf
from graph.managed.settings import ManagedServerError, ManagedSettings
from graph.managed.watchdog import Watchdog

LINGER_SECONDS = 3.0
GRACE_SECONDS = 15.0
_TICK = 0.2
_PORTS_TRIED = 3
_DEATHS = 4
"""The supervisor gives up when the server has ended so often in a row by itself."""
_LONG_LIFE = 600.0
"""Seconds after which the end of the server begins a new count."""


RESET = "`citygraph db reset` moves the data aside, begins anew and names the files that must be loaded again."


class End(enum.Enum):
    """Why a server ended, if its database was not in trouble."""

    DONE = "nobody needs it"
    DIED = "its process ended"
    FULL = "the disk is full"


class Supervisor:
    """Starts the server, restarts it if it dies or its database is in trouble, and stops it when the last lease is gone."""

    def __init__(self, settings: ManagedSettings, home: Home) -> None:
        self._settings = settings
        self._home = home
        self._port = server.free_port()
        self._browser = server.free_port() if settings.browser else None
        self._asked = False
        self._told = False
        self._leases = state.leases(home)
        self._needed = time.monotonic()

    def ask_to_stop(self, *_: object) -> None:
        """Ask for a stop; a signal handler."""
        self._asked = True

    def run(self) -> None:
        """Keep the server running until a stop is asked for or no lease is left.

        Raise ManagedServerError if the server does not start, dies again and again, or cannot recover its database.
        """
        deaths, mending = 0, False
        while deaths < _DEATHS:
            began = time.monotonic()
            end = self._live(mending=mending)
            if end is End.DONE or not self._has_room():
                return
            if end is Trouble.OFFLINE or (end is Trouble.TORN and mending):
                raise ManagedServerError(f"Neo4j cannot recover its database: {causes.told(self._home)} {RESET}")
            mending = end in (Trouble.TORN, End.FULL)
            if end is not End.FULL:
                deaths = 1 if time.monotonic() - began > _LONG_LIFE else deaths + 1
            # What the logs say about the full disk is no cause of what comes now.
            causes.begin(self._home)
        raise ManagedServerError(f"the server died {deaths} times in a row: {causes.told(self._home)}")

    def _live(self, *, mending: bool) -> "End | Trouble":
        """Run the server once, and say why it ended; with `mending` a torn log of transactions is cut."""
        if mending:
            keep_logs(self._home)
        watch = Watch(self._home)
        try:
            process, watchdog = self._start(mending=mending)
        except (ManagedServerError, OSError):
            if causes.disk_full(self._home):
                return End.FULL
            raise
        try:
            end = self._end_of(process, watch)
            if end is End.DONE:
                return end
            # A server that could not append to its log of transactions writes the rest when it stops. If there is room by then,
            # the log has a gap, which Neo4j 5.26 cannot recover from. What was acknowledged is on the disk already.
            process.kill()
            process.wait()
            full = causes.cause(self._home) is not None
            return End.FULL if full and end is not Trouble.TORN else end
        finally:
            space.give_back(self._home)
            self._tell(process, listening=False)
            server.stop(process, GRACE_SECONDS)
            if watchdog:
                watchdog.close()

    def _has_room(self) -> bool:
        """Wait until the disk has room for a start; return False if nobody needs the server any more."""
        waiting = state.waiting_file(self._home)
        try:
            while causes.disk_full(self._home):
                with contextlib.suppress(OSError):
                    waiting.touch(mode=0o600)
                if not self._is_needed():
                    return False
                time.sleep(_TICK)
            return True
        finally:
            waiting.unlink(missing_ok=True)

    def _start(self, *, mending: bool) -> tuple[server.Process, Watchdog | None]:
        for _ in range(_PORTS_TRIED):
            write_conf(self._home, self._settings, self._port, mending=mending, browser=self._browser)
            process = server.launch(server.command(self._settings, self._home), self._home)
            self._tell(process, listening=False)
            watchdog = None if sys.platform == "linux" else Watchdog(processes.mark(process.pid))
            seconds = self._settings.start_seconds
            if server.wait_listening(process, self._port, seconds, lambda: self._asked) or self._asked:
                self._tell(process, listening=not self._asked)
                return process, watchdog
            server.stop(process, GRACE_SECONDS)
            if watchdog:
                watchdog.close()
            if not self._port_was_taken():
                break
            self._port = server.free_port()
            self._browser = server.free_port() if self._settings.browser else None
        raise ManagedServerError(f"Neo4j did not start: {causes.told(self._home)}")

    def _port_was_taken(self) -> bool:
        return any("Address already in use" in line for line in last_lines(self._home.root / "logs" / "neo4j.log", 40))

    def _tell(self, process: server.Process, *, listening: bool) -> None:
        me, it = processes.mark(os.getpid()), processes.mark(process.pid)
        uri = f"bolt://127.0.0.1:{self._port}"
        browser = f"http://127.0.0.1:{self._browser}/browser/" if self._browser else ""
        try:
            state.write(self._home, state.State(me, it, uri, listening, browser))
            self._told = True
        except OSError:
            # The disk is full; an old state would be wrong. It is told again until there is room.
            state.remove(self._home)
            self._told = False

    def _end_of(self, process: server.Process, watch: Watch) -> "End | Trouble":
        """Wait; return why the server must end or has ended, and keep an eye on the disk."""
        self._needed = time.monotonic()
        while process.poll() is None:
            if not self._is_needed():
                return End.DONE
            if trouble := watch.trouble(f"bolt://127.0.0.1:{self._port}"):
                return trouble
            space.tend(self._home)
            if not self._told:
                self._tell(process, listening=True)
            time.sleep(_TICK)
        return End.DIED

    def _is_needed(self) -> bool:
        """Return whether a lease is held, was held a moment ago, or the server is to stay, and no stop is asked for."""
        if self._asked:
            return False
        if state.stay_file(self._home).exists() or not self._leases.take():
            self._needed = time.monotonic()
        elif time.monotonic() - self._needed > LINGER_SECONDS:
            # The lock is not released, so that a new client waits for the end of this server and does not use it.
            return False
        else:
            self._leases.give_back()
        return True


def _supervise(settings: ManagedSettings, home: Home) -> int:
    supervisor = Supervisor(settings, home)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, supervisor.ask_to_stop)
    try:
        supervisor.run()
    except ManagedServerError as error:
        with contextlib.suppress(OSError):
            write_private(state.failure_file(home), str(error))
        return 1
    finally:
        state.remove(home)
    return 0


def main(arguments: list[str]) -> int:
    os.umask(0o077)
    settings = ManagedSettings.from_json(arguments[0])
    home = home_of(settings)
    lock = state.supervising(home)
    if not lock.take_within(GRACE_SECONDS):
        return 2
    state.failure_file(home).unlink(missing_ok=True)
    state.stay_file(home).unlink(missing_ok=True)
    state.waiting_file(home).unlink(missing_ok=True)
    # The child inherits the lock. So a caller knows, when this process returns, that a supervisor runs.
    if os.fork():
        return 0
    os.setsid()
    return _supervise(settings, home)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

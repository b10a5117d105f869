"""The process that owns the server. In: settings as JSON. Out: a server that runs as long as there is a lease.

It runs as `python -m graph.managed.supervisor SETTINGS`. The command returns when a detached child has taken the lock.
"""

import os
import signal
import sys
import time

from graph.managed import causes, processes, server, state
from graph.managed.files import last_lines, write_private
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


class Supervisor:
    """Starts the server, restarts it if it dies, and stops it when the last lease is gone."""

    def __init__(self, settings: ManagedSettings, home: Home) -> None:
        self._settings = settings
        self._home = home
        self._port = server.free_port()
        self._asked = False
        self._leases = state.leases(home)

    def ask_to_stop(self, *_: object) -> None:
        """Ask for a stop; a signal handler."""
        self._asked = True

    def run(self) -> None:
        """Keep the server running until a stop is asked for or no lease is left.

        Raise ManagedServerError if the server does not start or dies again and again.
        """
        deaths = 0
        while deaths < _DEATHS:
            began = time.monotonic()
            process, watchdog = self._start()
            try:
                if self._is_done_with(process):
                    return
            finally:
                self._tell(process, listening=False)
                server.stop(process, GRACE_SECONDS)
                if watchdog:
                    watchdog.close()
            deaths = 1 if time.monotonic() - began > _LONG_LIFE else deaths + 1
        raise ManagedServerError(f"the server died {deaths} times in a row: {causes.told(self._home)}")

    def _start(self) -> tuple[server.Process, Watchdog | None]:
        for _ in range(_PORTS_TRIED):
            write_conf(self._home, self._settings, self._port)
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
        raise ManagedServerError(f"Neo4j did not start: {causes.told(self._home)}")

    def _port_was_taken(self) -> bool:
        return any("Address already in use" in line for line in last_lines(self._home.root / "logs" / "neo4j.log", 40))

    def _tell(self, process: server.Process, *, listening: bool) -> None:
        me, it = processes.mark(os.getpid()), processes.mark(process.pid)
        uri = f"bolt://127.0.0.1:{self._port}"
        state.write(self._home, state.State(me, it, uri, listening))

    def _is_done_with(self, process: server.Process) -> bool:
        """Wait; return True when nobody needs the server any more, False when it died."""
        needed = time.monotonic()
        while process.poll() is None:
            if self._asked:
                return True
            if state.stay_file(self._home).exists() or not self._leases.take():
                needed = time.monotonic()
            elif time.monotonic() - needed > LINGER_SECONDS:
                # The lock is not released, so that a new client waits for the end of this server and does not use it.
                return True
            else:
                self._leases.give_back()
            time.sleep(_TICK)
        return False


def _supervise(settings: ManagedSettings, home: Home) -> int:
    supervisor = Supervisor(settings, home)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, supervisor.ask_to_stop)
    try:
        supervisor.run()
    except ManagedServerError as error:
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
    # The child inherits the lock. So a caller knows, when this process returns, that a supervisor runs.
    if os.fork():
        return 0
    os.setsid()
    return _supervise(settings, home)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

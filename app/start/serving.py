"""A server of one or several processes. In: a Service and a bound socket. Out: it answers until a signal."""

import gc
import signal
import socket
from collections.abc import Callable
from dataclasses import replace

from app.http.api import Service
from app.start.boot import learned
from app.start.files import raise_limit
from app.start.logs import set_up_logs
from app.start.serve import GRACE_SECONDS
from app.start.serve import serve as serve_alone
from app.start.servers import announced
from app.start.temporary import temporary_files
from app.start.worker import work
from app.start.workers import Workers

STUCK = 15.0
"""Seconds beyond all other limits after which a worker that does not end is killed."""


def serve(service: Service, bound: socket.socket, ready: Callable[[], None] = lambda: None) -> None:
    """Serve on a bound socket with as many processes as the settings say, until SIGINT or SIGTERM.

    `ready` is called when they serve; with one process, just before. Raise WorkersFailed if they cannot start.
    """
    raise_limit()
    ended_by = None
    with temporary_files():
        if service.settings.workers == 1:
            ready()
            serve_alone(service, bound)
        else:
            ended_by = _serve_with_workers(service, bound, ready)
    if ended_by == signal.SIGTERM:
        # The same status as that of a server of one process.
        signal.raise_signal(signal.SIGTERM)


def _serve_with_workers(service: Service, bound: socket.socket, ready: Callable[[], None]) -> int | None:
    """Serve with several processes; return the signal that ended them."""
    settings = service.settings

    def run(number: int, channel: socket.socket, replaces: bool) -> None:
        set_up_logs(settings, number)
        # A worker that replaces another one is a copy of what this process knew at its start.
        known = learned(service) if replaces else service
        work(replace(known, worker=number), channel)

    # The copies share what exists now, as long as nobody writes to it: so no garbage collector may look at it.
    gc.freeze()
    patience = settings.statement_seconds + GRACE_SECONDS + STUCK
    with announced(settings, bound.getsockname()[1]):
        return Workers(bound, settings.workers, run, ready, patience).serve()

"""A worker as the first process sees it. In: what became of it. Out: whether it took a connection, hangs, and how it ended."""

import math
import os
import socket
import time
from dataclasses import dataclass, field

from app.start import channel as told

BEAT, MOST_UNANSWERED = 3.0, 5
"""Seconds between two beats, to which the event loop of a worker answers; a worker that owes so many answers hangs."""
READY_SECONDS = 60.0
"""Seconds after which a worker that is not ready hangs."""


@dataclass(eq=False)
class Worker:
    """A worker as the first process sees it; `connections` are those that were passed to it and have not ended.

    It owes answers to beats that are `unanswered`, and it hangs if it has not ended by a time once it leaves.
    """

    number: int
    pid: int
    channel: socket.socket
    began: float = field(default_factory=time.monotonic)
    is_ready: bool = False
    is_leaving: bool = False
    is_warm: bool = False
    connections: int = 0
    unanswered: int = 0
    ends_by: float = math.inf


def passed(worker: Worker, connection: socket.socket) -> bool:
    """Pass a connection to a worker; return whether it had room for it."""
    try:
        told.pass_on(worker.channel, connection)
    except OSError:
        return False
    worker.connections += 1
    return True


def why_it_hangs(worker: Worker, now: float) -> str | None:
    """Return why a worker is taken to hang; None if it is not."""
    if worker.unanswered >= MOST_UNANSWERED:
        return f"it did not answer for {MOST_UNANSWERED * BEAT:.0f} seconds"
    if not worker.is_ready and now > worker.began + READY_SECONDS:
        return f"it was not ready after {READY_SECONDS:.0f} seconds"
    return "it did not end in time" if now > worker.ends_by else None


def how(status: int) -> str:
    """Say how a process ended."""
    code = os.waitstatus_to_exitcode(status)
    return f"by signal {-code}" if code < 0 else f"with exit code {code}"

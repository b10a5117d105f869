"""Files that may be open, connections among them. In: settings. Out: the limit is raised; how many connections fit in it."""

import resource
from contextlib import suppress

from app.start.settings import Settings

WANTED = 65_536
"""Files that are enough. A system often gives 1,024 until a process asks for more."""
RESERVED = 256
"""Files that the server itself may have open: pages, exports, logs, webhooks, feeds."""
FEWEST = 16
"""Connections of clients that are accepted in any case."""


def raise_limit() -> None:
    """Let this process, and those that it starts, open as many files as the system allows; it may refuse that."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = WANTED if hard == resource.RLIM_INFINITY else min(hard, WANTED)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def most_connections(settings: Settings, own: int) -> int:
    """Return how many connections of clients this process takes, beside so many of its own."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    room = WANTED if soft == resource.RLIM_INFINITY else soft - RESERVED - own
    return max(FEWEST, min(settings.part(settings.max_connections), room))

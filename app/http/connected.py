"""The open WebSocket connections. In: an address that connects. Out: a place, unless it has its share; reasons to close.

If all places are taken, the connection that is idle longest is closed for a client that has less than its share.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from graph.errors import Unavailable

IDLE_SECONDS = 120.0
"""Seconds without an operation after which a connection is closed."""
MOST_SECONDS = 3600.0
"""Seconds after which a connection is closed in any case. Clients connect again by themselves."""
GIVES_WAY_SECONDS = 5.0
"""Seconds without an operation after which a connection gives way if there is no place left."""


@dataclass(eq=False)
class Connected:
    """One connection: when it was opened, when it was last used, and how many subscriptions it follows."""

    address: str
    opened: float = field(default_factory=time.monotonic)
    used: float = field(default_factory=time.monotonic)
    gives_way: asyncio.Event = field(default_factory=asyncio.Event)
    following: int = 0

    @property
    def idle(self) -> float:
        """Seconds since the connection was last used."""
        return time.monotonic() - self.used

    @property
    def reason(self) -> str | None:
        """Why the connection is to be closed now; None if it may stay."""
        if self.gives_way.is_set():
            return "Idle, and others need the connection"
        if self.idle > IDLE_SECONDS and not self.following:
            return f"Idle for {IDLE_SECONDS:.0f} seconds"
        if time.monotonic() - self.opened > MOST_SECONDS:
            return f"Open for {MOST_SECONDS:.0f} seconds; connect again"
        return None


class OpenConnections:
    """A number of places for connections, of which one address may have a share."""

    def __init__(self, most: int, share: int) -> None:
        self._most, self._share = most, share
        self._open: set[Connected] = set()
        self._leaving: set[Connected] = set()
        self._by_address: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._open)

    @contextmanager
    def place(self, address: str) -> Iterator[Connected]:
        """Have a place until the end of the block. Raise Unavailable if there is none for this address."""
        if self._by_address[address] >= self._share < self._most:
            raise Unavailable(
                f"There are {self._by_address[address]} connections from this address, the most allowed. Close one first."
            )
        if len(self._open) - len(self._leaving) >= self._most:
            self._make_room()
        connected = Connected(address)
        self._open.add(connected)
        self._by_address[address] += 1
        try:
            yield connected
        finally:
            self._open.discard(connected)
            self._leaving.discard(connected)
            self._by_address[address] -= 1
            if not self._by_address[address]:
                del self._by_address[address]

    def _make_room(self) -> None:
        """Ask the connection that is idle longest to give way; raise Unavailable if all are in use."""
        longest = max(self._open - self._leaving, key=lambda connected: connected.idle, default=None)
        if longest is None or longest.idle < GIVES_WAY_SECONDS:
            raise Unavailable("The server accepts no further connection now. Try again in a moment.")
        longest.gives_way.set()
        self._leaving.add(longest)

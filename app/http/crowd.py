"""The open connections. In: an address that connects, answers that nobody reads. Out: whether it may have more of either.

One address may have a share. Proxies that are trusted stand for many clients, so only the answers of each client count there.
"""

from collections import Counter
from typing import Protocol

MOST_UNREAD = 32 * 2**20
"""Bytes of answers that one client has not read, after which its next requests are refused."""


class Buffered(Protocol):
    """A transport."""

    def get_write_buffer_size(self) -> int:
        """Return the bytes that were written and not sent."""


class Crowd:
    """Counts connections and unread answers, of HTTP and WebSocket together."""

    def __init__(self, most: int, share: int, most_unread: int = MOST_UNREAD) -> None:
        self._most, self._share, self._most_unread = most, share, most_unread
        self._by_address: Counter[str] = Counter()
        self._open = 0
        self._unread: dict[Buffered, str] = {}

    def has_room(self, address: str, *, trusted: bool = False) -> bool:
        """Whether one more connection of an address may stay. Each is to enter and to leave, whether it stays or not."""
        return self._open < self._most and (trusted or self._by_address[address] < self._share)

    def enter(self, address: str) -> None:
        """Note that a connection is open."""
        self._open += 1
        self._by_address[address] += 1

    def leave(self, address: str) -> None:
        """Note that a connection has ended."""
        self._open -= 1
        self._by_address[address] -= 1
        if not self._by_address[address]:
            del self._by_address[address]

    def waits(self, transport: Buffered, client: str) -> None:
        """Note that a connection has an answer that its client does not read."""
        self._unread[transport] = client

    def goes_on(self, transport: Buffered) -> None:
        """Note that nearly all answers of a connection were read, or that it has ended."""
        self._unread.pop(transport, None)

    @property
    def has_unread(self) -> bool:
        """Whether anybody has an answer that he does not read."""
        return bool(self._unread)

    def is_full(self, client: str) -> bool:
        """Whether a client has too many answers that it does not read."""
        mine = (transport.get_write_buffer_size() for transport, whose in self._unread.items() if whose == client)
        return sum(mine) > self._most_unread

"""Memory that the requests of a client take while they wait. In: a client and a size. Out: leave to keep it, or Unavailable."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from app.http.clients import Client
from app.http.places import TOO_MANY
from graph.errors import Unavailable

MOST = 64 * 2**20
"""Bytes of all requests of one client that are under way. A client may have one request of any size."""


class Held:
    """Bytes by client."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._bytes: Counter[Client] = Counter()

    @contextmanager
    def hold(self, client: Client, size: int) -> Iterator[None]:
        """Count a request until the end of the block; raise Unavailable if its client has too much under way."""
        if self._bytes[client] and self._bytes[client] + size > self._most:
            raise Unavailable(TOO_MANY)
        self._bytes[client] += size
        try:
            yield
        finally:
            self._bytes[client] -= size
            if not self._bytes[client]:
                del self._bytes[client]

"""How fast clients take what they are sent. In: a connection that is full or closes. Out: one that takes too little ends.

The system ends those of clients that read nothing (`app/start/port.py`), not those of clients that read a byte now and then.
"""

import asyncio

ABORT = "citygraph.abort"
"""Key of a scope under which the function stands that ends the connection at once, whatever is left to be sent."""
LOOK_SECONDS = 20.0
"""Seconds between two looks at what was taken."""
LEAST = 128 * 1024
"""Bytes that a client must take between two looks, or all that is left."""


class Taken:
    """A protocol that ends its connection if its client takes too little of what is left in the buffer."""

    loop: asyncio.AbstractEventLoop
    _read: asyncio.Transport
    _left: int | None = None
    _look: asyncio.TimerHandle | None = None

    def look_on(self) -> None:
        """Begin to look, unless somebody does. What is written in these moments counts from the first look on."""
        if self._look is None:
            self._left, self._look = None, self.loop.call_later(LOOK_SECONDS, self._looked)

    def hurry(self, seconds: float) -> None:
        """End the connection after so many seconds if nothing of what is left is taken until then: the server stops."""
        left = self._read.get_write_buffer_size()
        if left:
            self.loop.call_later(seconds, self._hurried, left, seconds)

    def _hurried(self, before: int, seconds: float) -> None:
        if self._read.get_write_buffer_size() >= before:
            self._read.abort()
        else:
            self.hurry(seconds)

    def look_no_more(self) -> None:
        """End to look: nearly all was taken, or the connection has ended."""
        if self._look is not None:
            self._look.cancel()
            self._look = None

    def _looked(self) -> None:
        self._look = None
        before, left = self._left, self._read.get_write_buffer_size()
        if left and before is not None and before - left < LEAST:
            self._read.abort()
        elif left:
            self._left, self._look = left, self.loop.call_later(LOOK_SECONDS, self._looked)

"""Reading in steps. In: what a connection has read, up to 256 KiB at once. Out: it is taken in piece by piece, others in between.

Otherwise thousands of tiny frames or requests would be taken in at once, and hold the event loop.
"""

import asyncio
from abc import ABC, abstractmethod

STEP = 16 * 1024
"""Most bytes that are taken in at once."""


class InSteps(ABC):
    """A protocol that takes in what it reads in steps, and reads no more while something of it is left."""

    loop: asyncio.AbstractEventLoop
    _unread: bytearray
    _soon: asyncio.Handle | None
    _read: asyncio.Transport

    def in_steps(self, transport: asyncio.Transport) -> None:
        """Begin, with nothing read."""
        self._read, self._unread, self._soon = transport, bytearray(), None

    @abstractmethod
    def take(self, step: bytes) -> None:
        """Take in some bytes."""

    @abstractmethod
    def waits(self) -> bool:
        """Whether nothing is to be taken in now."""

    @property
    def is_reading(self) -> bool:
        """Whether the transport reads, and nothing is left of what it read."""
        return not self._unread and self._read.is_reading()

    def data_received(self, data: bytes) -> None:
        """Take in a first step, the others later."""
        if len(data) <= STEP and not self._unread and not self.waits():
            self.take(data)
            return
        self._unread += data
        if self._soon is None:
            self._step()

    def take_in(self) -> None:
        """Take in the next step in the next turn of the event loop; read from the network when there is none."""
        if not self._unread:
            if not (self.waits() or self._read.is_closing()):
                self._read.resume_reading()
        elif self._soon is None:
            self._soon = self.loop.call_soon(self._step)

    def no_more_steps(self) -> None:
        """Forget what is left."""
        self._unread.clear()
        if self._soon is not None:
            self._soon.cancel()
            self._soon = None

    def _step(self) -> None:
        self._soon = None
        if not (self.waits() or self._read.is_closing()):
            step = bytes(self._unread[:STEP])
            del self._unread[:STEP]
            if step:
                self.take(step)
        if self._read.is_closing():
            self._unread.clear()
        elif self._unread:
            self._read.pause_reading()
            if not self.waits():
                self.take_in()
        elif not (self.waits() or self._read.is_reading()):
            self._read.resume_reading()

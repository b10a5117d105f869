"""Chunks of Bolt. In: bytes as they arrive. Out: whole messages, each without its chunk headers.

A message is sent as chunks of up to 65,535 bytes, each after its length in 2 bytes, and ends with a chunk of length 0.
"""

import asyncio
from abc import ABC, abstractmethod

END = b"\x00\x00"
LARGEST = 0xFFFF


def chunked(message: bytes) -> bytes:
    """Return a message in chunks."""
    if len(message) <= LARGEST:
        return b"".join((len(message).to_bytes(2, "big"), message, END))
    parts = (message[at : at + LARGEST] for at in range(0, len(message), LARGEST))
    return b"".join(piece for part in parts for piece in (len(part).to_bytes(2, "big"), part)) + END


class Chunks(asyncio.Protocol, ABC):
    """Puts chunks together. Who inherits from it takes messages."""

    def __init__(self) -> None:
        self._parts: list[bytes | memoryview] = []
        self._left = 0
        self._odd = b""

    @abstractmethod
    def message(self, message: bytes) -> None:
        """Take a message."""

    def feed(self, data: bytes) -> None:
        """Take bytes as they arrived. An empty chunk between messages says that the server is alive, and is no message."""
        if self._odd:
            data, self._odd = self._odd + data, b""
        at, end = 0, len(data)
        while at < end:
            if not self._left:
                if end - at == 1:
                    self._odd = data[at:]
                    return
                size = data[at] << 8 | data[at + 1]
                at += 2
                stop = at + size
                if not size:
                    self._end()
                    continue
                if not self._parts and data[stop : stop + 2] == END:
                    self.message(data[at:stop])
                    at = stop + 2
                    continue
                self._left = size
            stop = min(end, at + self._left)
            self._parts.append(memoryview(data)[at:stop])
            self._left -= stop - at
            at = stop

    def _end(self) -> None:
        if self._parts:
            parts, self._parts = self._parts, []
            self.message(b"".join(parts))

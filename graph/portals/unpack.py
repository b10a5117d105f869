"""Decompresses the body of an answer in bounded pieces. In: the header Content-Encoding, chunks. Out: pieces; ValueError."""

import zlib
from collections.abc import Iterator

PIECE = 262_144
"""Most bytes of a piece, so that a small chunk never becomes much memory."""
ENCODINGS = {"": None, "identity": None, "gzip": 31, "x-gzip": 31, "deflate": 15}
HEAD, DEFLATED = 2, 8
RAW = -15
"""The window bits of deflate without its header, which some servers send."""


class Unpacker:
    """Decompresses one body. A gzip body may have several members."""

    def __init__(self, encoding: str) -> None:
        name = encoding.strip().lower()
        if name not in ENCODINGS:
            raise ValueError(f"the answer is encoded as {name!r}, accepted are gzip and deflate")
        self._bits = ENCODINGS[name]
        self._head = b""
        self._zip: zlib._Decompress | None = None

    def pieces(self, chunk: bytes) -> Iterator[bytes]:
        """Yield what a chunk gives."""
        if self._bits is None:
            yield chunk
            return
        if self._zip is None:
            self._head = chunk = self._head + chunk
            if len(chunk) < HEAD:
                return
            bare = self._bits == ENCODINGS["deflate"] and not _has_header(chunk)
            self._zip = zlib.decompressobj(RAW if bare else self._bits)
        more = bool(chunk)
        while more:
            if self._zip.eof:
                self._zip = zlib.decompressobj(self._bits)
            try:
                piece = self._zip.decompress(chunk, PIECE)
            except zlib.error:
                raise ValueError("the answer cannot be decompressed") from None
            chunk = self._zip.unconsumed_tail or self._zip.unused_data
            more = bool(chunk) or (len(piece) == PIECE and not self._zip.eof)
            if piece:
                yield piece

    def end(self) -> None:
        """Raise ValueError if the body ended too early."""
        if self._head and (self._zip is None or not self._zip.eof):
            raise ValueError("the answer ended before it was whole")


def _has_header(chunk: bytes) -> bool:
    """Whether a body begins as RFC 1950 says."""
    return chunk[0] & 0x0F == DEFLATED and (chunk[0] * 256 + chunk[1]) % 31 == 0

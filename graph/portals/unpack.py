"""Decompresses the body of an answer in bounded pieces. In: the header Content-Encoding, chunks. Out: pieces; ValueError."""

import zlib
from collections.abc import Iterator

PIECE = 262_144
"""Most bytes of a piece, so that a small chunk never becomes much memory."""
ENCODINGS = {"": None, "identity": None, "gzip": 31, "x-gzip": 31, "deflate": 15}
RAW = -15
"""The window bits of deflate without its header, which some servers send."""


class Unpacker:
    """Decompresses one body. A gzip body may have several members."""

    def __init__(self, encoding: str) -> None:
        name = encoding.strip().lower()
        if name not in ENCODINGS:
            raise ValueError(f"the answer is encoded as {name!r}, accepted are gzip and deflate")
        self._bits = ENCODINGS[name]
        self._zip = None if self._bits is None else zlib.decompressobj(self._bits)
        self._begun = False

    def pieces(self, chunk: bytes) -> Iterator[bytes]:
        """Yield what a chunk gives."""
        more = bool(chunk)
        while more:
            if self._zip is None or self._bits is None:
                yield chunk
                return
            if self._zip.eof:
                self._zip = zlib.decompressobj(self._bits)
            piece = self._decompressed(chunk)
            chunk = self._zip.unconsumed_tail or self._zip.unused_data
            more = bool(chunk) or (len(piece) == PIECE and not self._zip.eof)
            self._begun = True
            if piece:
                yield piece

    def _decompressed(self, chunk: bytes) -> bytes:
        assert self._zip is not None
        try:
            return self._zip.decompress(chunk, PIECE)
        except zlib.error:
            if self._begun or self._bits != ENCODINGS["deflate"]:
                raise ValueError("the answer cannot be decompressed") from None
        self._bits = RAW
        self._zip = zlib.decompressobj(RAW)
        try:
            return self._zip.decompress(chunk, PIECE)
        except zlib.error:
            raise ValueError("the answer cannot be decompressed") from None

    def end(self) -> None:
        """Raise ValueError if the body ended too early."""
        if self._zip is not None and self._begun and not self._zip.eof:
            raise ValueError("the answer ended before it was whole")

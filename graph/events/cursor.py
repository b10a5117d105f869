"""Cursors of the log. In: a place in the log. Out: opaque text, and back.

A place is encrypted with a new random number each time, because equal or close cursors would tell that nothing, or how much, was
hidden between them. The MAC covers the viewer, so that a cursor is accepted from its own viewer only.
"""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass

from graph.errors import BadUserInput

NONCE, SEQ, LOG, TAG = 12, 8, 4, 12
OPERATOR = "the operator of the database"
"""The viewer whose cursors the command line makes."""


@dataclass(frozen=True)
class Position:
    """A place in a log: the number of the last event that was read, and a mark of the log. No mark fits every log."""

    seq: int = 0
    mark: bytes = b""


def mark(log: str) -> bytes:
    """Return the mark of a log, made of its id."""
    return hashlib.blake2b(log.encode(), digest_size=LOG).digest()


class LogCursors:
    """Seals and opens cursors with keys that are made of one secret."""

    def __init__(self, secret: bytes) -> None:
        self._cipher, self._mac = (
            hashlib.blake2b(hashlib.sha256(secret).digest(), person=person).digest()
            for person in (b"log cipher", b"log mac")
        )

    def seal(self, position: Position, viewer: str | None) -> str:
        """Make a cursor of a place; None is everybody without a token."""
        nonce = secrets.token_bytes(NONCE)
        hidden = self._mixed(nonce, position.seq.to_bytes(SEQ, "big") + position.mark.ljust(LOG, b"\0"))
        return base64.urlsafe_b64encode(nonce + hidden + self._tag(nonce + hidden, viewer)).decode()

    def open(self, text: str, viewer: str | None) -> Position:
        """Return the place of a cursor. Raise BadUserInput if it is none, or another viewer's."""
        try:
            raw = base64.b64decode(text.encode("ascii"), altchars=b"-_", validate=True)
        except ValueError:
            raw = b""
        if len(raw) != NONCE + SEQ + LOG + TAG:
            raise BadUserInput(
                "This is no cursor of the event log. Take `cursor` from an answer, or the id of an event of a stream."
            )
        sealed, tag = raw[:-TAG], raw[-TAG:]
        if not hmac.compare_digest(tag, self._tag(sealed, viewer)):
            raise BadUserInput(
                "The cursor of the event log is forged or belongs to another viewer. Take one from an answer to you."
            )
        plain = self._mixed(sealed[:NONCE], sealed[NONCE:])
        return Position(int.from_bytes(plain[:SEQ], "big"), plain[SEQ:])

    def _mixed(self, nonce: bytes, text: bytes) -> bytes:
        """Encrypt a text that is as long as the stream of bytes made of the nonce, or decrypt it."""
        stream = hashlib.blake2b(nonce, key=self._cipher, digest_size=SEQ + LOG).digest()
        return bytes(one ^ other for one, other in zip(text, stream, strict=True))

    def _tag(self, sealed: bytes, viewer: str | None) -> bytes:
        of = b"" if viewer is None else b"\1" + viewer.encode()
        return hashlib.blake2b(sealed + of, key=self._mac, digest_size=TAG).digest()

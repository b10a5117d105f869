"""Cursors. In: the values that a row is sorted by. Out: opaque text, and back.

A cursor holds displayed values only, with a MAC over them and over the order, filter, date and viewer's rights of its list. So it
is accepted only by the same list for the same viewer.
"""

import base64
import hashlib
import json
from collections.abc import Sequence
from datetime import date
from enum import Enum
from typing import Any

from graph.errors import BadUserInput
from graph.question.codepoints import is_high

DIGEST = 12
ADVICE = (
    "Take `endCursor` or `cursor` from an answer to the same question, with the same order, filter, date and viewer."
)


class Cursors:
    """Seals and opens cursors with one secret key."""

    def __init__(self, key: bytes) -> None:
        self._key = hashlib.blake2b(key, person=b"cursors").digest()

    def seal(self, scope: bytes, values: Sequence[Any]) -> str:
        """Make the cursor of a row: its values in the list's order."""
        body = json.dumps(list(values), separators=(",", ":"), ensure_ascii=False, default=_written).encode()
        return base64.urlsafe_b64encode(self._digest(scope, body) + body).decode().rstrip("=")

    def open(self, text: str, scope: bytes, where: str) -> list[Any]:
        """Return the values of a cursor. Raise BadUserInput if it belongs to another list."""
        digest, body, values = _taken_apart(text, where)
        if digest != self._digest(scope, body):
            raise BadUserInput(
                f"{where}: the cursor belongs to another order, filter, date (`asOf`) or viewer. {ADVICE}"
            )
        return values

    def _digest(self, scope: bytes, body: bytes) -> bytes:
        return hashlib.blake2b(scope + b"\0" + body, key=self._key, digest_size=DIGEST).digest()


class Content(Enum):
    """What a cursor holds of a key, as far as it decides how a page is asked for."""

    MISSING = "missing"
    VALUE = "value"
    HIGH = "high"
    """A text that is compared by code points, see `codepoints`."""


def contents(text: str, where: str) -> tuple[Content, ...]:
    """Return what a cursor holds, before its MAC is checked. Raise BadUserInput if the text is no cursor."""
    return tuple(_found(value) for value in _taken_apart(text, where)[2])


def _found(value: Any) -> Content:
    if value is None:
        return Content.MISSING
    return Content.HIGH if is_high(value) else Content.VALUE


def _taken_apart(text: str, where: str) -> tuple[bytes, bytes, list[Any]]:
    try:
        raw = base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
        values = json.loads(raw[DIGEST:])
    except (ValueError, RecursionError) as error:
        raise BadUserInput(f"{where}: this is no cursor. {ADVICE}") from error
    if not isinstance(values, list):
        raise BadUserInput(f"{where}: this is no cursor. {ADVICE}")
    return raw[:DIGEST], raw[DIGEST:], values


def _written(value: Any) -> str:
    if isinstance(value, date) or hasattr(value, "iso_format"):
        return value.isoformat() if isinstance(value, date) else str(value.iso_format())
    raise TypeError(f"a cursor cannot hold a {type(value).__name__}")

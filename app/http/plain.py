"""Responses that are one piece. In: a body, its media type, a status. Out: Plain, as ASGI messages or as bytes.

The headers that all have are encoded once: Starlette's responses encode them again for each.
"""

from dataclasses import dataclass
from functools import lru_cache

from starlette.types import Receive, Scope, Send

from app.http.headers import ALWAYS, Raw, raw
from app.http.log import SENT

REPLY = "citygraph.reply"
"""Key of a scope under which a connection says how a response is written in one piece, if that can be done."""


@dataclass(slots=True)
class Plain:
    """A response: its status, its headers before and after the length, and its body."""

    status: int
    before: Raw
    after: Raw
    body: bytes

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """Send it, in one piece if the connection can."""
        reply = scope.get(REPLY)
        if reply is not None and reply(self):
            scope[SENT] = self.status
            return
        length = (b"content-length", b"%d" % len(self.body))
        headers = [*self.before, length, *self.after]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": self.body})

    def head(self, first: bytes) -> bytes:
        """Return all before the body as HTTP/1.1, with a status line and headers that come first."""
        return b"".join(
            (first, _lines(*self.before), b"content-length: %d\r\n" % len(self.body), _lines(*self.after), b"\r\n")
        )

    def written(self, first: bytes) -> bytes:
        """Return it as HTTP/1.1, with a status line and headers that come first."""
        return self.head(first) + self.body


def plain(body: bytes, media: str, status: int, more: dict[str, str] | None = None) -> Plain:
    """Make a response with the headers that every response has, and more."""
    before, after = _headers(media)
    return Plain(status, [*before, *raw(more)] if more else before, after, body)


@lru_cache(maxsize=64)
def _lines(*headers: tuple[bytes, bytes]) -> bytes:
    return b"".join(b"%b: %b\r\n" % header for header in headers)


@lru_cache(maxsize=16)
def _headers(media: str) -> tuple[Raw, Raw]:
    return raw(ALWAYS), raw({"content-type": f"{media}; charset=utf-8"})

"""The request log. In: ASGI requests. Out: one line for each, with method, path, status and milliseconds; never values."""

import logging
import time
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

NAME = "citygraph.http"
log = logging.getLogger(NAME)

LOGGED = "citygraph.path"
"""Key of a scope under which an endpoint notes the path to log instead of the one asked for, which has an id in it."""

SENT = "citygraph.sent"
"""Key of a scope under which the status of a response stands that was written in one piece."""


LONGEST = 200
"""Characters of a path that are logged."""


def shown(path: str) -> str:
    """Return a path as it is logged: the beginning of a long one, on one line, whatever a client put in it."""
    path = path[:LONGEST]
    return path if path.isprintable() else path.encode("unicode_escape").decode()


def note(scope: Scope, status: int, begun: float) -> None:
    """Log a request that began at a time of `time.perf_counter`."""
    if not log.isEnabledFor(logging.INFO):
        return
    record = logging.LogRecord(NAME, logging.INFO, "", 0, "request", (), None)
    took = round((time.perf_counter() - begun) * 1000, 1)
    path = shown(scope.get(LOGGED, scope["path"]))
    record.__dict__.update(method=scope["method"], path=path, status=status or 499, ms=took)
    log.handle(record)


@dataclass(frozen=True)
class RequestLog:
    """Middleware that logs every HTTP request after its response; status 499 if the client went away."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun, status = time.perf_counter(), 0

        async def send_and_note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, send_and_note)
        finally:
            note(scope, status or scope.get(SENT, 0), begun)

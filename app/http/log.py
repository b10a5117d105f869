"""The request log. In: ASGI requests. Out: one line for each, with method, path, status and milliseconds; never values."""

import time
from dataclasses import dataclass

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = structlog.get_logger("citygraph.http")

LOGGED = "citygraph.path"
"""Key of a scope under which an endpoint notes the path to log instead of the one asked for, which has an id in it."""


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
            took = round((time.perf_counter() - begun) * 1000, 1)
            path = scope.get(LOGGED, scope["path"])
            log.info("request", method=scope["method"], path=path, status=status or 499, ms=took)

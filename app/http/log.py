"""One line of log for each request. In: ASGI requests. Out: method, path, status and milliseconds; no ids, no values."""

import time
from dataclasses import dataclass

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = structlog.get_logger("citygraph.http")


@dataclass(frozen=True)
class RequestLog:
    """Middleware that logs every request once it is answered."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun, status = time.perf_counter(), 0

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noted)
        finally:
            took = round((time.perf_counter() - begun) * 1000, 1)
            log.info("request", method=scope["method"], path=scope["path"], status=status or 499, ms=took)

"""The HTTP server. In: a Service and a socket. Out: a server that runs until a signal and answers what it took before it ends."""

import asyncio
import gc
import math
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress

import uvicorn

from app.http.answering import Answering
from app.http.api import Service, web_app
from app.http.connection import Connection, Socket
from app.start.port import may_be_taken_again
from app.start.servers import announced
from app.start.warm import Turn
from app.start.workers import DRAIN_SECONDS

GRACE_SECONDS = 5
"""Seconds that a running question may take after a stop was asked for, beyond the time limit of a statement."""
TICK = 0.05
SWITCH_SECONDS = 0.0005
"""Longest time that the event loop waits for the thread that reads documents, each time that it has something to do."""
COLLECTED = (2_000, 5, 500)
"""When the garbage collector runs by itself. Every thread waits for it: 5 ms, and up to 200 ms if it looks at everything, which
the thread that reads documents lets it do before (`app/http/turns.py`)."""


class Server(uvicorn.Server):
    """A server that loses no question when it stops.

    uvicorn closes idle connections at once, although a question may be on its way on them.
    """

    def __init__(self, configuration: uvicorn.Config, answering: Answering) -> None:
        super().__init__(configuration)
        self.answering = answering

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen."""
        for bound in sockets or ():
            may_be_taken_again(bound)
        await super().startup(sockets)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Send `Connection: close` with every response, wait for connections that had no response yet, then stop."""
        self.answering.draining = True
        self.server_state.default_headers = [*self.server_state.default_headers, (b"connection", b"close")]
        for connection in self.server_state.connections:
            cycle = getattr(connection, "cycle", None)
            if cycle is not None:
                cycle.keep_alive = False
        await self._wait(DRAIN_SECONDS, self.may_get_more)
        for listening in self.servers:
            listening.close()
        # First let connections accepted last send their question, then wait for WebSocket operations: uvicorn would not.
        await asyncio.sleep(2 * TICK)
        begun, grace = time.monotonic(), self.config.timeout_graceful_shutdown or 0
        await self._wait(grace, lambda: self.answering.under_way > 0)
        self.config.timeout_graceful_shutdown = max(1, grace - int(time.monotonic() - begun))
        await super().shutdown(sockets)

    def may_get_more(self) -> bool:
        """Whether a connection may still bring a question."""
        return bool(self.server_state.connections)

    async def _wait(self, seconds: float, needed: Callable[[], bool]) -> None:
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        while needed() and loop.time() < until and not self.force_exit:  # noqa: ASYNC110  # uvicorn has no event for it
            await asyncio.sleep(TICK)


def server(service: Service) -> Server:
    """Make the server of a Service, with its web application."""
    return Server(*configured(service))


def configured(service: Service, turn: Turn | None = None) -> tuple[uvicorn.Config, Answering]:
    """Make the web application of a Service; return how uvicorn serves it, and what answers. Caches are warmed in a turn."""
    app, settings = web_app(service, turn), service.settings
    configuration = uvicorn.Config(
        app,
        loop="uvloop",
        http=Connection,
        ws=Socket,
        ws_max_size=settings.max_body,
        ws_per_message_deflate=False,
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=math.ceil(settings.statement_seconds) + GRACE_SECONDS,
    )
    return configuration, app.state.answering


def settle() -> None:
    """Prepare the interpreter for a long run.

    Objects that exist now live as long as the server, so the garbage collector need not look at them again, or even once.
    """
    gc.freeze()
    gc.set_threshold(*COLLECTED)
    sys.setswitchinterval(SWITCH_SECONDS)


def serve(service: Service, bound: socket.socket) -> None:
    """Serve on a bound socket until SIGINT or SIGTERM."""
    running = server(service)
    settle()
    with announced(service.settings, bound.getsockname()[1]), suppress(KeyboardInterrupt):
        running.run(sockets=[bound])

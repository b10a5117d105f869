"""Serving. In: a Service. Out: a running server, until it is told to stop; every question it took is answered first."""

import asyncio
import gc
import logging
import math
import socket
import time
from collections.abc import Callable
from contextlib import suppress

import structlog
import uvicorn
from structlog.typing import Processor

from app.http.answering import Answering
from app.http.api import Service, web_app
from app.http.connection import Connection
from app.start.settings import Settings, SettingsError

GRACE_SECONDS = 5
"""How much longer than the longest statement a question under way may take when the server is told to stop."""
DRAIN_SECONDS = 1.0
"""How long connections that are idle, and new ones, may still bring a question when the server is told to stop."""
TICK = 0.05
UNREAD_SECONDS = 30
"""How long a client may leave what it was sent unread."""


def bound_socket(settings: Settings) -> socket.socket:
    """Take the port before the long work begins; raise SettingsError where it is taken."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    taken = socket.socket(family, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        # Connections inherit it: else an answer that nobody reads would be kept for as long as the client likes.
        taken.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNREAD_SECONDS * 1000)
    try:
        taken.bind((settings.host, settings.port))
    except OSError as error:
        taken.close()
        raise SettingsError(
            f"Port {settings.port} of {settings.host} cannot be had ({error.strerror}). "
            "Another server may run there; CITYGRAPH_PORT takes another port."
        ) from error
    return taken


class Server(uvicorn.Server):
    """A server that loses no question when it stops: uvicorn closes idle connections at once, on which one may come."""

    def __init__(self, configuration: uvicorn.Config, answering: Answering) -> None:
        super().__init__(configuration)
        self.answering = answering

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Announce the end on every response, wait for those who have heard nothing, then stop."""
        self.answering.draining = True
        self.server_state.default_headers = [*self.server_state.default_headers, (b"connection", b"close")]
        for connection in self.server_state.connections:
            cycle = getattr(connection, "cycle", None)
            if cycle is not None:
                cycle.keep_alive = False
        await self._wait(DRAIN_SECONDS, lambda: bool(self.server_state.connections))
        for listening in self.servers:
            listening.close()
        # Who was let in last speaks now; then operations over WebSocket end, which uvicorn would not wait for.
        await asyncio.sleep(2 * TICK)
        begun, grace = time.monotonic(), self.config.timeout_graceful_shutdown or 0
        await self._wait(grace, lambda: self.answering.under_way > 0)
        self.config.timeout_graceful_shutdown = max(1, grace - int(time.monotonic() - begun))
        await super().shutdown(sockets)

    async def _wait(self, seconds: float, needed: Callable[[], bool]) -> None:
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        while needed() and loop.time() < until and not self.force_exit:  # noqa: ASYNC110  # uvicorn has no event for it
            await asyncio.sleep(TICK)


def server(service: Service) -> Server:
    """Make the server of a Service."""
    app, settings = web_app(service), service.settings
    configuration = uvicorn.Config(
        app,
        loop="uvloop",
        http=Connection,
        ws="websockets-sansio",
        ws_max_size=settings.max_body,
        ws_per_message_deflate=False,
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=math.ceil(settings.statement_seconds) + GRACE_SECONDS,
    )
    return Server(configuration, app.state.answering)


def serve(service: Service, on: socket.socket) -> None:
    """Serve until SIGINT or SIGTERM."""
    made = server(service)
    # What exists now lives as long as the server: the collector need not look at it again.
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)
    with suppress(KeyboardInterrupt):
        made.run(sockets=[on])


def set_up_logs(settings: Settings) -> None:
    """Send every log line through structlog: readable in local mode, JSON elsewhere."""
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    shown: Processor = structlog.dev.ConsoleRenderer() if settings.local else structlog.processors.JSONRenderer()
    last: list[Processor] = [structlog.processors.format_exc_info] if not settings.local else []
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last, shown],
    )
    handler = logging.StreamHandler()
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [handler]
    quiet = settings.local and "log_level" not in settings.model_fields_set
    root.setLevel("WARNING" if quiet else settings.log_level)
    # The driver logs server messages, which may quote stored values; our reader logs their codes.
    logging.getLogger("neo4j").setLevel(logging.CRITICAL)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )

"""Serving. In: a Service. Out: a running server, until it is told to stop; questions under way are answered first."""

import gc
import logging
import socket
from contextlib import suppress

import structlog
import uvicorn
from structlog.typing import Processor

from app.http.api import Service, web_app
from app.settings import Settings, SettingsError

GRACE_SECONDS = 10


def bound_socket(settings: Settings) -> socket.socket:
    """Take the port before the long work begins; raise SettingsError where it is taken."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    taken = socket.socket(family, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((settings.host, settings.port))
    except OSError as error:
        taken.close()
        raise SettingsError(
            f"Port {settings.port} of {settings.host} cannot be had ({error.strerror}). "
            "Another server may run there; CITYGRAPH_PORT takes another port."
        ) from error
    return taken


def serve(service: Service, on: socket.socket) -> None:
    """Serve until SIGINT or SIGTERM."""
    app = web_app(service)
    configuration = uvicorn.Config(
        app,
        loop="uvloop",
        http="httptools",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    # What exists now lives as long as the server: the collector need not look at it again.
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)
    with suppress(KeyboardInterrupt):
        uvicorn.Server(configuration).run(sockets=[on])


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
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )

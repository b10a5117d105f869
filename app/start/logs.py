"""Logs. In: settings. Out: the root logger, whose lines are readable in local mode and JSON otherwise."""

import logging
import os
import sys

import structlog
from structlog.typing import EventDict, Processor

from app.start.settings import Settings


def set_up_logs(settings: Settings, worker: int | None = None) -> None:
    """Send every log line through structlog: readable in local mode, JSON otherwise. The lines of a worker have its number.

    In local mode only warnings and worse are logged, unless CITYGRAPH_LOG_LEVEL is set.
    """
    shared: list[Processor] = [
        *([] if worker is None else [_of(worker)]),
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer: Processor = _readable() if settings.local else structlog.processors.JSONRenderer()
    last: list[Processor] = [structlog.processors.format_exc_info] if not settings.local else []
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last, renderer],
    )
    handler = logging.StreamHandler()
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [handler]
    quiet = settings.local and "log_level" not in settings.model_fields_set
    root.setLevel("WARNING" if quiet else settings.log_level)
    # The driver logs messages of the server, which may quote stored values; our reader logs only their codes.
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


def _of(worker: int) -> Processor:
    """Return what adds the number of a worker to each line."""

    def add(_logger: object, _method: str, line: EventDict) -> EventDict:
        line["worker"] = worker
        return line

    return add


def _readable() -> structlog.dev.ConsoleRenderer:
    """Return a renderer that writes colours to a terminal only, unless the variable NO_COLOR is set."""
    if sys.stderr.isatty() and not os.environ.get("NO_COLOR"):
        return structlog.dev.ConsoleRenderer()
    return structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)

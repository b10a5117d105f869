"""Logs. In: settings. Out: the root logger, whose lines are readable in local mode and JSON otherwise."""

import asyncio
import json
import logging
import os
import sys
from datetime import UTC, datetime
from functools import lru_cache

import structlog
from structlog.typing import EventDict, Processor

from app.start.settings import Settings

REQUESTS = "citygraph.http"
"""The logger of the request log."""
WAIT_SECONDS, MOST_WAITING = 0.2, 500
"""How long lines of the request log wait for others to be written with them, and how many may wait."""


class Together(logging.StreamHandler):  # type: ignore[type-arg]  # the stream is that of the handler itself
    """Writes the lines of the request log several at a time; any other line, and the end of the process, brings them out.

    To write each by itself takes a fifth of the processor time of a small question.
    """

    def __init__(self, worker: int | None) -> None:
        super().__init__()
        self._of = "" if worker is None else f', "worker": {worker}'
        self._waiting: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record, or keep it for a moment."""
        if record.name != REQUESTS or not (self._waiting or self._soon()):
            self._write()
            super().emit(record)
            return
        self._waiting.append(record)
        if len(self._waiting) >= MOST_WAITING:
            self._write()

    def _soon(self) -> bool:
        """Arrange for what waits to be written; tell whether that is possible."""
        try:
            asyncio.get_running_loop().call_later(WAIT_SECONDS, self.flush)
        except RuntimeError:
            return False
        return True

    def _write(self) -> None:
        if self._waiting:
            waiting, self._waiting = self._waiting, []
            try:
                self.stream.write("".join(f"{self.line(each)}{self.terminator}" for each in waiting))
            except Exception:  # as the handlers of logging do: a line that cannot be written ends no request
                self.handleError(waiting[-1])

    def line(self, record: logging.LogRecord) -> str:
        """Return a line of the request log, as structlog would write it."""
        given = record.__dict__
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="microseconds").removesuffix("+00:00")
        return (
            f'{{"method": {_quoted(given["method"])}, "path": {_quoted(given["path"])}, "status": {given["status"]}, '
            f'"ms": {given["ms"]}, "event": "request"{self._of}, "level": "info", "logger": "{REQUESTS}", "timestamp": "{at}Z"}}'
        )

    def flush(self) -> None:
        """Write what waits."""
        self.acquire()
        try:
            self._write()
        finally:
            self.release()
        super().flush()


@lru_cache(maxsize=256)
def _quoted(text: str) -> str:
    return json.dumps(text)


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
    handler = logging.StreamHandler() if settings.local else Together(worker)
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

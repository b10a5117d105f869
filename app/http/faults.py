"""Faults of ours over HTTP. In: an exception that nobody expected. Out: an error with an id, and its cause in the log."""

import logging

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from app.http.events import refused
from graph.errors import Internal

TOLD = "citygraph.fault"
"""Key of a scope whose client was told of a fault."""
log = logging.getLogger("citygraph.http")


def noted(error: Exception) -> Internal:
    """Log an exception, and return the error that its client gets."""
    ours = Internal()
    log.error("a request failed", exc_info=error, extra={"error_id": ours.mark})
    return ours


async def fault(request: Request, error: Exception) -> Response:
    """Return the response to a request that failed; Starlette raises the exception again after it is sent."""
    request.scope[TOLD] = True
    return refused(noted(error))


def is_told(scope: Scope) -> bool:
    """Whether the client of a request got the error already."""
    return TOLD in scope

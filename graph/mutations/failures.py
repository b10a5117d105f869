"""Failures of a transaction, as a client is told. In: a block that works in one. Out: a QuestionError for what it raises."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from graph.bolt.connect import DatabaseUnavailable
from graph.bolt.write import UnitTooLarge
from graph.errors import Internal, QuestionError, QuestionTooExpensive, TimedOut, Unavailable

log = logging.getLogger(__name__)

SECONDS = 30
"""Time limit of a write, with its tries and its wait for other writers, such as a load."""


@asynccontextmanager
async def failures() -> AsyncIterator[None]:
    """Raise what a block raises as a QuestionError, and end it after SECONDS."""
    try:
        async with asyncio.timeout(SECONDS):
            yield
    except UnitTooLarge as error:
        raise QuestionTooExpensive("The write needs more memory than one transaction may have.") from error
    except TimeoutError as error:
        raise TimedOut(f"The write did not end within {SECONDS} s. Repeat it with the same `requestId`.") from error
    except DatabaseUnavailable as error:
        log.warning("a write failed", extra={"reason": str(error)})
        raise Unavailable("The database did not take the write. Try again with the same `requestId`.") from error
    except QuestionError:
        raise
    except Exception as error:  # a fault of ours: the client gets its number, and the log the cause
        ours = Internal()
        log.exception("mutation failed", extra={"error_id": ours.mark})
        raise ours from error

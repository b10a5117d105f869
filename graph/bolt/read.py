"""How a question reaches the database. In: a statement and its parameters. Out: the one value it returns.

One round trip: auto-commit in a READ session, which refuses every write, with a time limit. Retries are by error code.
"""

import asyncio
import logging
from dataclasses import dataclass, field
from typing import Any

from neo4j import READ_ACCESS, AsyncDriver, Query
from neo4j.exceptions import DriverError, Neo4jError, ServiceUnavailable, SessionExpired

from graph.errors import Internal, QuestionError, TimedOut, Unavailable

log = logging.getLogger(__name__)

TRIES = 4
PAUSE = 0.05
ENDED = ("TransactionTimedOut", "MemoryPoolOutOfMemory", "OutOfMemory", "LockClientStopped", "Terminated")
"""Parts of the codes of statements that took too long or too much; they are never tried again."""
GONE = ("DatabaseUnavailable", "ServiceUnavailable", "NotALeader", "DatabaseNotFound", "Unauthorized", "Security")
"""Parts of the codes of a database that is away, or is not the one it was."""


@dataclass(frozen=True)
class Reader:
    """Runs read statements on one database."""

    driver: AsyncDriver = field(repr=False)
    database: str
    seconds: float = 10.0

    async def value(self, text: str, parameters: dict[str, Any], name: str) -> Any:
        """Return the one value of the one record of a statement; `name` marks it in the server's log.

        Raise TimedOut, Unavailable or Internal; what the database said stays in our log, as a code alone.
        """
        statement = Query(text, timeout=self.seconds, metadata={"app": "citygraph", "operation": name[:100]})
        for attempt in range(1, TRIES + 1):
            try:
                return await self._run(statement, parameters)
            except (DriverError, Neo4jError, OSError) as error:
                shown = _shown(error)
                log.warning(
                    "statement failed", extra={"code": _code(error), "attempt": attempt, "operation": name[:100]}
                )
                if attempt == TRIES or not _again(error):
                    raise shown from error
                await asyncio.sleep(PAUSE * attempt)
        raise Unavailable("The database cannot be reached.")

    async def _run(self, statement: Query, parameters: dict[str, Any]) -> Any:
        async with self.driver.session(
            database=self.database, default_access_mode=READ_ACCESS, fetch_size=-1
        ) as session:
            result = await session.run(statement, parameters)
            record = await result.single(strict=True)
            return record[0]


def _code(error: Exception) -> str:
    return (error.code or "none") if isinstance(error, Neo4jError) else type(error).__name__


def _again(error: Exception) -> bool:
    code = _code(error)
    if any(part in code for part in ENDED):
        return False
    return isinstance(error, ServiceUnavailable | SessionExpired | OSError) or ".TransientError." in code


def _shown(error: Exception) -> QuestionError:
    code = _code(error)
    if any(part in code for part in ENDED):
        return TimedOut("The question took more time or memory than one question may. Ask for less.")
    if _again(error) or isinstance(error, DriverError) or any(part in code for part in GONE):
        return Unavailable("The database cannot be reached. Try again in a moment.")
    return Internal("Something went wrong on our side.")

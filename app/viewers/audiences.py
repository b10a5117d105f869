"""The audiences of the database, read every few seconds. In: a reader. Out: viewers who know audiences that were added.

Another process may load facts with a new audience while a server runs. Who may see them sees them without a restart.
"""

import asyncio
import logging

from app.viewers.tokens import Viewers
from graph.bolt.read import Reader
from graph.cypher.facts import READ_AUDIENCES
from graph.errors import QuestionError

log = logging.getLogger(__name__)

EVERY = 3.0
"""Seconds between two queries; a query takes about a millisecond."""
MOST = 15.0
"""Most seconds between two queries if the database does not answer; the pause doubles up to this."""


async def follow(reader: Reader, viewers: Viewers) -> None:
    """Read the audiences again and again until cancelled; log a query that fails and keep what is known."""
    pause = EVERY
    while True:
        await asyncio.sleep(pause)
        try:
            viewers.learn(await reader.value(READ_AUDIENCES.text, {}, "audiences"))
            pause = EVERY
        except QuestionError as error:
            pause = min(2 * pause, MOST)
            log.warning("audiences could not be read", extra={"code": error.code, "again_in_seconds": pause})

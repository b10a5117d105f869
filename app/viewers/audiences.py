"""Following. In: the audiences of the database, now and then. Out: a steward who sees what was loaded since the start.

Another process may load facts of a new audience while a server runs; without this its steward saw them after a restart.
"""

import asyncio
import logging

from app.viewers.tokens import Viewers
from graph.bolt.read import Reader
from graph.cypher.facts import READ_AUDIENCES
from graph.errors import QuestionError

log = logging.getLogger(__name__)

EVERY = 3.0
"""Seconds between two looks; a look takes about a millisecond."""
MOST = 15.0
"""Seconds between two looks at a database that does not answer: twice as many after each, up to these."""


async def follow(reader: Reader, viewers: Viewers) -> None:
    """Learn of new audiences until cancelled; a look that fails is logged, and changes nothing of what is known."""
    if viewers.token is None:
        return
    pause = EVERY
    while True:
        await asyncio.sleep(pause)
        try:
            viewers.learn(await reader.value(READ_AUDIENCES.text, {}, "audiences"))
            pause = EVERY
        except QuestionError as error:
            pause = min(2 * pause, MOST)
            log.warning("audiences could not be read", extra={"code": error.code, "again_in_seconds": pause})

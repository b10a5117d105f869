"""Tidying of a running server. In: a writer and settings. Out: once a day, what was kept long enough is removed."""

import asyncio
import logging

from app.start.settings import Settings
from graph.bolt.connect import DatabaseUnavailable
from graph.bolt.write import UnitTooLarge, Writer
from graph.events.tidy import Kept, tidy
from graph.facts.write import now

log = logging.getLogger(__name__)

FIRST, EVERY = 3_600.0, 86_400.0
"""Seconds until the first time, when a start is long over, and between two times."""


def kept(settings: Settings) -> Kept:
    """Return for how many days things are kept."""
    return Kept(settings.keep_requests, settings.keep_drafts, settings.keep_tombstones)


async def tidying(writer: Writer, settings: Settings) -> None:
    """Tidy once a day until cancelled. Several servers may do it: what one has removed, another does not find."""
    await asyncio.sleep(FIRST)
    while True:
        try:
            done = await tidy(writer, kept(settings), now())
            log.info("tidied", extra={"requests": done.requests, "drafts": done.drafts, "tombstones": done.tombstones})
        except (DatabaseUnavailable, UnitTooLarge) as error:
            log.warning("the database could not be tidied", extra={"error": str(error)})
        await asyncio.sleep(EVERY)

"""Schedules. In: stored feeds that are due. Out: each is run by a process of its own, one after the other.

Several servers may share a database: a feed is run by the server that postpones it first. A run in a process of its own takes
nothing from the event loop, and an end of the server ends it; the next run mends what it left.
"""

import asyncio
import logging
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass, field

from graph.bolt.connect import DatabaseUnavailable
from graph.bolt.write import UnitTooLarge, Writer
from graph.cypher import feeds as cypher

log = logging.getLogger(__name__)

EVERY = 15.0
"""Seconds between two looks for feeds that are due."""
PATIENCE = 600_000
"""Milliseconds after which a feed whose run did not begin is due again."""
GRACE = 5.0
"""Seconds that a run gets to end when the server ends."""
COMMAND = (sys.executable, "-c", "from app.cli import main; main()", "feed", "run")


@dataclass(frozen=True)
class Schedule:
    """Runs the feeds of a database that are due."""

    writer: Writer = field(repr=False)
    command: tuple[str, ...] = COMMAND
    every: float = EVERY

    async def run(self) -> None:
        """Look and run until cancelled."""
        while True:
            name = await self._due()
            if name is None:
                await asyncio.sleep(self.every)
            else:
                await self._run(name)

    async def _due(self) -> str | None:
        """Return a feed that is due, and postpone it, so that no other server runs it too."""
        try:
            due = await self.writer.read(cypher.TAKE_DUE, after=PATIENCE)
        except (DatabaseUnavailable, UnitTooLarge) as error:
            log.warning("the feeds could not be read", extra={"error": str(error)})
            return None
        return str(due[0]["name"]) if due else None

    async def _run(self, name: str) -> None:
        quiet = asyncio.subprocess.DEVNULL
        process = await asyncio.create_subprocess_exec(
            *self.command, name, stdin=quiet, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
        )
        try:
            told, _ = await process.communicate()
        except asyncio.CancelledError:
            await _ended(process)
            raise
        if process.returncode:
            lines = told.decode(errors="replace").strip().splitlines()
            why = lines[-1].strip() if lines else "no message"
            log.warning(
                "a feed failed, stopped, or has records that it could not take", extra={"feed": name, "error": why}
            )


async def _ended(process: asyncio.subprocess.Process) -> None:
    """Ask a run to end, and kill it if it does not. What it tells is read until its end, which is not seen otherwise."""
    with suppress(ProcessLookupError):
        process.send_signal(signal.SIGINT)
    telling = asyncio.ensure_future(process.communicate())
    await asyncio.wait({telling}, timeout=GRACE)
    if not telling.done():
        with suppress(ProcessLookupError):
            process.kill()
    await telling

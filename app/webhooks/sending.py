"""All webhooks of a server. In: the leases that it gets. Out: a task for each webhook whose lease is its own.

Several servers may share a database: each webhook is delivered by the one that has its lease. If that one ends, or its lease is
not renewed, another one takes the lease and goes on.
"""

import asyncio
import logging
import secrets
from collections.abc import Callable

from app.webhooks.one import Means, One
from graph.bolt.connect import DatabaseUnavailable
from graph.bolt.write import UnitTooLarge
from graph.webhooks.store import Seen

log = logging.getLogger(__name__)

EVERY = 1.0
"""Seconds between two looks at the leases. A look takes about a millisecond."""
LEASE = 10_000
"""Milliseconds for which a lease holds. It is renewed when half of it is over."""
GRACE = 2.0
"""Seconds that posts under way get when the server ends."""

Running = tuple[One, asyncio.Task[None], Seen]


def new_name() -> str:
    """Return a new name for a server."""
    return secrets.token_hex(8)


class Webhooks:
    """Takes leases and runs a task for each. `means` makes what the tasks share, when the server runs."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._running: dict[str, Running] = {}

    async def run(self) -> None:
        """Deliver until cancelled; then let posts under way end, and give the leases back."""
        async with self._means.sender:
            try:
                while True:
                    # A server that is about to end takes no lease. It is cancelled later, so that this waits for its posts once.
                    if not self._means.delivery.ended:
                        await self._look()
                    await asyncio.sleep(EVERY)
            finally:
                await self._end()

    async def _look(self) -> None:
        try:
            every = await self._means.store.look()
        except (DatabaseUnavailable, UnitTooLarge) as error:
            log.warning("the webhooks could not be read", extra={"error": str(error)})
            return
        self._running = {of: each for of, each in self._running.items() if not each[1].done()}
        for seen in every:
            one, task, before = self._running.get(seen.id) or self._started(seen)
            if before != seen:
                one.poke()
            self._running[seen.id] = (one, task, seen)
        for gone in self._running.keys() - {seen.id for seen in every}:
            self._running[gone][0].end()

    def _started(self, seen: Seen) -> Running:
        one = One(seen.id, self._means)
        task = asyncio.create_task(one.run())
        task.add_done_callback(_told(seen.id))
        return one, task, seen

    async def _end(self) -> None:
        tasks = {task for _, task, _ in self._running.values()}
        for one, _, _ in self._running.values():
            one.end()
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=GRACE)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        try:
            await self._means.store.release()
        except (DatabaseUnavailable, UnitTooLarge):
            log.info("the leases of webhooks end by themselves")


def _told(of: str) -> Callable[[asyncio.Task[None]], None]:
    """Log an error with which a task ended; it is started again at the next look."""

    def tell(task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("the delivery of a webhook failed", extra={"webhook": of}, exc_info=error)

    return tell

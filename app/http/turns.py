"""Turns at a server. In: a client. Out: its turns to read documents in a thread, and to have a place at the database.

Three kinds of places: reading, where documents are read and compiled; known statements, which are fast; and all other
statements. So a statement that is known to be fast waits for no slow or new one, not even of its own client.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from app.http.clients import Client
from app.http.places import Places
from app.start.settings import Settings
from graph.question.turns import Result, Pace, Turns

READERS = 1
"""Threads that read documents. A second one would not read more: only one thread at a time runs Python."""
TRUSTED, NAMED, ANONYMOUS, RANKS = 0, 1, 2, 3
"""Who goes first: trusted documents, then viewers with a token."""


class Queues:
    """The places of a server, and the thread in which documents are read."""

    def __init__(self, settings: Settings) -> None:
        def places(most: int) -> Places:
            return Places(most, settings.share(most), RANKS)

        self.reading = Places(READERS, READERS, RANKS)
        self.known = places(settings.max_in_flight)
        self.slow = places(settings.max_slow)
        self.reader = ThreadPoolExecutor(READERS, "read")

    @property
    def is_overloaded(self) -> bool:
        """Whether a client waits long although it asks no more than its share."""
        return any(places.is_overloaded for places in (self.reading, self.known, self.slow))

    def turns(self, client: Client, *, trusted: bool = False) -> "ClientTurns":
        """Return the turns of a client, for a trusted document or another one."""
        rank = TRUSTED if trusted else NAMED if client.named else ANONYMOUS
        return ClientTurns(self, client, rank)

    def close(self) -> None:
        """End the thread."""
        self.reader.shutdown(wait=False, cancel_futures=True)


@dataclass(frozen=True)
class ClientTurns(Turns):
    """The turns of one question."""

    queues: Queues
    client: Client
    rank: int

    async def prepare(self, work: Callable[[], Result]) -> Result:
        """Do work in the reading thread. If the client goes away meanwhile, the work keeps its place until its end."""
        await self.queues.reading.take(self.client, self.rank)
        working = asyncio.get_running_loop().run_in_executor(self.queues.reader, work)
        working.add_done_callback(lambda _: self.queues.reading.leave(self.client))
        return await asyncio.shield(working)

    def at_database(self, pace: Pace) -> AbstractAsyncContextManager[object]:
        """Wait for a place at the database. A trusted document is taken to be fast until it is known to be slow."""
        fast = not pace.is_slow and (pace.is_known or self.rank == TRUSTED)
        return (self.queues.known if fast else self.queues.slow).place(self.client, self.rank)

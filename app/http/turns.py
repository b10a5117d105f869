"""Turns at a server. In: a client. Out: its turns to read documents in a thread, and to have a place at the database.

Kinds of places: reading; known statements; all others, of which few are planned at a time; measuring; mutations, small or not;
keys. So a statement that is known to be fast waits for no slow or new one, not even of its own client.
"""

import asyncio
import gc
import os
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, ExitStack, asynccontextmanager, suppress
from dataclasses import dataclass

from app.http.budget import Budget
from app.http.clients import Client
from app.http.connected import OpenConnections
from app.http.held import MOST, Held
from app.http.places import SHORTLY, Places
from app.start.settings import Settings
from graph.question.turns import Pace, Result, Turns

WRITES, WRITES_OF_ONE = 4, 2
"""Mutations at the database at once, and those of one client. One writes and the next is ready: more would only wait there."""
TOGETHER, TOGETHER_OF_ONE = 64, 32
"""Small mutations that are written or gather for the next transaction, which they share, and those of one client."""
WRITE_SECONDS = 60.0
"""Longest wait of a mutation for its place."""
LOOKUPS = 8
"""Keys that are looked up at once."""
READERS = 1
"""Threads that read documents. A second one would not read more: only one thread at a time runs Python."""
PLANNED_SECONDS = 0.5
"""Seconds after which a statement that never ran before is taken to be planned; so it keeps no other from being planned."""
SECONDS = 2.0
"""Seconds for which a client may read documents and run slow or new statements before it gets only its share of the time."""
LOAD = 0.25
"""Part of the processors' time that clients who ask so much get together, while others ask. The rest is for everybody else."""
LOOKS = 60
"""Looks of the garbage collector at what is young, after which it looks at everything, between two documents."""
TRUSTED, NAMED, ANONYMOUS, RANKS = 0, 1, 2, 3
"""Who goes first: trusted documents, then viewers with a token."""


def statements(settings: Settings) -> int:
    """Return how many statements one process may run for clients at the same time."""
    return sum(map(settings.part, (settings.max_in_flight, settings.max_slow, WRITES, LOOKUPS)))


class Queues:
    """The places of a server, its WebSocket connections, and the thread in which documents are read.

    Of several processes of a server each has its part of the places, and gives a client its share of that part.
    """

    def __init__(self, settings: Settings) -> None:
        part, share = settings.part, settings.share
        processors = os.cpu_count() or 1
        rate = LOAD * processors * settings.client_share / 100 / settings.workers
        self.budget = Budget(SECONDS / settings.workers, rate, greedy=part(processors // 2))
        self.reading = Places(READERS, READERS, RANKS, self.budget)
        known, slow, lookups, sockets = map(
            part, (settings.max_in_flight, settings.max_slow, LOOKUPS, settings.max_sockets)
        )
        self.known = Places(known, share(known), RANKS, waiting=SHORTLY)
        self.slow = Places(slow, share(slow), RANKS, self.budget)
        processes = part(settings.measure_processes)
        self.measured = Budget(SECONDS / settings.workers, rate, greedy=processes)
        self.measuring = Places(processes, share(processes), 2 * RANKS, self.measured, seconds=settings.measure_seconds)
        # To plan a statement takes a processor, which the statements that are known need too.
        planned = part(processors // 2)
        self.planning = Places(planned, planned, RANKS)
        self.writing = Places(part(WRITES), part(WRITES_OF_ONE), RANKS, seconds=WRITE_SECONDS)
        self.together = Places(part(TOGETHER), part(TOGETHER_OF_ONE), RANKS, seconds=WRITE_SECONDS)
        self.lookups = Places(lookups, share(lookups), RANKS)
        self.held = Held(part(MOST))
        self.connections = OpenConnections(sockets, share(sockets))
        self.reader = ThreadPoolExecutor(READERS, "read")

    @property
    def is_overloaded(self) -> bool:
        """Whether a client waits long although it asks no more than its share."""
        return any(places.is_overloaded for places in (self.reading, self.known, self.slow, self.planning))

    def turns(self, client: Client, *, trusted: bool = False) -> "ClientTurns":
        """Return the turns of a client, for a trusted document or another one."""
        self.budget.asks(client)
        self.measured.asks(client)
        rank = TRUSTED if trusted else NAMED if client.named else ANONYMOUS
        return ClientTurns(self, client, rank)

    def close(self) -> None:
        """End the thread."""
        self.reader.shutdown(wait=False, cancel_futures=True)


@dataclass
class Stopwatch:
    """Seconds since it was started; none before."""

    begun: float | None = None

    def start(self) -> None:
        """Start."""
        self.begun = time.monotonic()

    @property
    def seconds(self) -> float:
        """The seconds."""
        return 0.0 if self.begun is None else time.monotonic() - self.begun


@dataclass(frozen=True)
class ClientTurns(Turns):
    """The turns of one question."""

    queues: Queues
    client: Client
    rank: int

    async def prepare(self, work: Callable[[], Result]) -> Result:
        """Do work in the reading thread. If the client goes away meanwhile, the work keeps its place until its end."""
        await self.queues.reading.take(self.client, self.rank, patient=self.client.named)
        begun = time.monotonic()
        working = asyncio.get_running_loop().run_in_executor(self.queues.reader, work)
        working.add_done_callback(lambda _: self._read(begun))
        return await asyncio.shield(working)

    def _read(self, begun: float) -> None:
        if gc.get_count()[2] > LOOKS:
            with suppress(RuntimeError):
                # The thread has ended if the server stops at this moment.
                self.queues.reader.submit(gc.collect)
        self.queues.reading.leave(self.client, time.monotonic() - begun)

    def at_database(self, pace: Pace) -> AbstractAsyncContextManager[object]:
        """Wait for a place at the database. A trusted document is taken to be fast until it is known to be slow."""
        if not pace.is_slow and (pace.is_known or self.rank == TRUSTED):
            return self.queues.known.place(self.client, self.rank)
        return self.queues.slow.place(self.client, self.rank) if pace.is_known else self._to_plan()

    @asynccontextmanager
    async def _to_plan(self) -> AsyncIterator[None]:
        """Have a place for a statement that never ran, when it may be planned. Who waits for a place keeps nobody from planning.

        The next statement may be planned when this one has run or is slow. To wait until then takes nothing of a client's time.
        """
        slow, planning = self.queues.slow, self.queues.planning
        await slow.take(self.client, self.rank)
        used = Stopwatch()
        try:
            await planning.take(self.client, self.rank)
            with ExitStack() as planned:
                planned.callback(planning.leave, self.client)
                timer = asyncio.get_running_loop().call_later(PLANNED_SECONDS, planned.close)
                planned.callback(timer.cancel)
                used.start()
                yield
        finally:
            slow.leave(self.client, used.seconds)

    def to_measure(self) -> AbstractAsyncContextManager[object]:
        """Wait for a process. Who has measured much lately goes after all others: each may take one for half a minute."""
        after = RANKS if self.queues.measured.is_greedy(self.client) else 0
        return self.queues.measuring.place(self.client, self.rank + after)

    def to_write(self, *, small: bool) -> AbstractAsyncContextManager[object]:
        """Wait for a place to write. Many may wait, because each waits for a short time."""
        places = self.queues.together if small else self.queues.writing
        return places.place(self.client, self.rank, patient=True)

"""Places at something scarce, given in turn. In: clients that want one. Out: a place, or Unavailable for one with too many.

A client has at most its share of the places, and none while it must rest. Who waits is served by rank, and within a rank
each client in turn.
"""

import asyncio
import time
from collections import Counter, OrderedDict, deque
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from app.http.budget import Budget
from app.http.clients import Client
from graph.errors import Unavailable

WAITING, PATIENT = 32, 1_000
"""Most questions of one client that wait for one kind of place; the second if they are waited for patiently."""
SHORTLY = 256
"""Most questions of one client that wait for a place that everybody leaves soon."""
WAIT_SECONDS = 10.0
"""Longest wait for a place. A client that asks no more than its share rarely waits, so this ends the waits of the others."""
OVERLOAD_SECONDS = 1.0
"""A client within its share that waits so long says that the server is overloaded."""
TOO_MANY = "Your other questions take all that one client may have. Wait until some of them are answered."


@dataclass(frozen=True, eq=False)
class _Ticket:
    """One who waits."""

    since: float = field(default_factory=time.monotonic)
    called: asyncio.Future[None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


_Line = OrderedDict[Client, deque[_Ticket]]


class Places:
    """A number of places, of which one client may have a share.

    With a budget, who leaves a place pays for its time, who must rest gets none, and who is alone may have all.
    `seconds` is the longest wait, `waiting` the most that one client may have wait.
    """

    def __init__(
        self,
        most: int,
        share: int,
        ranks: int = 1,
        budget: Budget | None = None,
        *,
        seconds: float | None = None,
        waiting: int | None = None,
    ) -> None:
        self.taken = 0
        self._most, self._share, self._budget = most, share, budget
        self._seconds, self._most_waiting = seconds, waiting
        self._taken_by: Counter[Client] = Counter()
        self._waiting: Counter[Client] = Counter()
        self._lines: tuple[_Line, ...] = tuple(OrderedDict() for _ in range(ranks))
        if budget:
            budget.when_more(self._call_next)

    @asynccontextmanager
    async def place(self, client: Client, rank: int = 0, *, patient: bool = False) -> AsyncIterator[None]:
        """Have a place until the end of the block."""
        await self.take(client, rank, patient=patient)
        begun = time.monotonic()
        try:
            yield
        finally:
            self.leave(client, time.monotonic() - begun)

    async def take(self, client: Client, rank: int = 0, *, patient: bool = False) -> None:
        """Take a place, or wait for one; the lowest rank goes first. Raise Unavailable if the client has too many."""
        if self.taken < self._most and self._may(client):
            self._give(client)
            return
        if self._waiting[client] >= self._may_wait(patient=patient):
            raise Unavailable(TOO_MANY)
        await self._wait(client, self._lines[rank])

    def leave(self, client: Client, seconds: float = 0.0) -> None:
        """Give a place back that was held for so many seconds; whoever is next gets it."""
        self.taken -= 1
        self._taken_by[client] -= 1
        if not self._taken_by[client]:
            del self._taken_by[client]
        if self._budget:
            self._budget.end(client, seconds)
        self._call_next()

    @property
    def is_overloaded(self) -> bool:
        """Whether somebody waits long although he has not his share."""
        late = time.monotonic() - OVERLOAD_SECONDS
        waiting = ((client, tickets[0].since) for line in self._lines for client, tickets in line.items())
        return any(
            since < late and self._taken_by[client] < self._share and self._may(client) for client, since in waiting
        )

    async def _wait(self, client: Client, line: _Line) -> None:
        ticket = _Ticket()
        line.setdefault(client, deque()).append(ticket)
        self._waiting[client] += 1
        try:
            async with asyncio.timeout(self._longest):
                await ticket.called
        except BaseException as ended:
            if ticket.called.done() and not ticket.called.cancelled():
                # The place came at the very moment at which the wait ended.
                self.leave(client)
            else:
                self._forget(client, line, ticket)
            if isinstance(ended, TimeoutError):
                raise Unavailable(self._why(client)) from None
            raise

    def _why(self, client: Client) -> str:
        if not self._may(client):
            return TOO_MANY
        return f"The server was busy with other questions for {self._longest:.0f} seconds. Try again in a moment."

    @property
    def _longest(self) -> float:
        return WAIT_SECONDS if self._seconds is None else self._seconds

    def _may_wait(self, *, patient: bool) -> int:
        """Return how many questions of one client may wait."""
        return PATIENT if patient else WAITING if self._most_waiting is None else self._most_waiting

    def _give(self, client: Client) -> None:
        self.taken += 1
        self._taken_by[client] += 1
        if self._budget:
            self._budget.begin(client)

    def _call_next(self) -> None:
        for line in self._lines:
            while self.taken < self._most and (client := next(self._may_have_one(line), None)) is not None:
                ticket = line[client][0]
                self._forget(client, line, ticket)
                if client in line:
                    line.move_to_end(client)
                # Who was cancelled a moment ago still stands in the line.
                if not ticket.called.done():
                    self._give(client)
                    ticket.called.set_result(None)

    def _may_have_one(self, line: _Line) -> Iterator[Client]:
        """Yield the clients of a line that have less than their share. No more than the places are skipped."""
        return (client for client in line if self._may(client))

    def _may(self, client: Client) -> bool:
        taken = self._taken_by[client]
        if self._budget is None:
            return taken < self._share
        return self._budget.allows(client) and (taken < self._share or self._budget.is_alone(client))

    def _forget(self, client: Client, line: _Line, ticket: _Ticket) -> None:
        if ticket not in line.get(client, ()):
            return
        line[client].remove(ticket)
        if not line[client]:
            del line[client]
        self._waiting[client] -= 1
        if not self._waiting[client]:
            del self._waiting[client]

"""Time of the machine that clients may use. In: what a client has used. Out: whether it may go on.

Each client has some seconds, then a share of the time. With half of them used it is greedy: only a few pieces of work of all
greedy clients run at a time. With all used it rests. A client that is alone is never held back.
"""

import asyncio
import time
from collections import Counter, OrderedDict
from collections.abc import Callable

from app.http.clients import Client

MANY = 1_000
"""Clients that are remembered at most; clients that have all their time again are forgotten first."""
ALONE_SECONDS = 1.0
"""A client is alone if nobody else has asked for so many seconds."""
MOST_REST_SECONDS = 5.0
"""Longest rest: who waits for a client must get an answer before he gives up."""
LOOK_SECONDS = 0.1
"""Seconds between two looks whether clients that wait may go on."""


class Budget:
    """Seconds that a client may use at once, seconds that it gets back in each second, and pieces of work of greedy clients."""

    def __init__(self, seconds: float, rate: float, greedy: int) -> None:
        self._seconds, self._rate, self._most_greedy = seconds, rate, greedy
        self._left: dict[Client, tuple[float, float]] = {}
        self._greedy: Counter[Client] = Counter()
        self._resting: set[Client] = set()
        self._asked: OrderedDict[Client, float] = OrderedDict()
        self._callers: list[Callable[[], None]] = []

    def when_more(self, call: Callable[[], None]) -> None:
        """Call something whenever a client may go on that might not before."""
        self._callers.append(call)

    def asks(self, client: Client) -> None:
        """Note that a client asks something. The last two clients are enough to know who is alone."""
        self._asked[client] = time.monotonic()
        self._asked.move_to_end(client)
        if len(self._asked) > 2:
            self._asked.popitem(last=False)

    def is_alone(self, client: Client) -> bool:
        """Whether nobody else has asked for a moment."""
        late = time.monotonic() - ALONE_SECONDS
        return all(each == client or at < late for each, at in self._asked.items())

    def allows(self, client: Client) -> bool:
        """Whether a piece of work of a client may begin now."""
        if client in self._resting:
            return False
        return self._greedy.total() < self._most_greedy or not self.is_greedy(client)

    def is_greedy(self, client: Client) -> bool:
        """Whether a client has used half of its seconds, and is not alone."""
        return self._now(client, time.monotonic()) < self._seconds / 2 and not self.is_alone(client)

    def begin(self, client: Client) -> None:
        """Note that a piece of work of a client begins."""
        if self.is_greedy(client):
            self._greedy[client] += 1

    def end(self, client: Client, used: float) -> None:
        """Note that a piece of work of a client has ended, and for how many seconds it ran."""
        now = time.monotonic()
        self._left[client] = (max(self._now(client, now) - used, -MOST_REST_SECONDS * self._rate), now)
        if len(self._left) > MANY:
            self._left = {each: kept for each, kept in self._left.items() if self._now(each, now) < self._seconds}
        if self._left[client][0] < 0 and client not in self._resting:
            self._resting.add(client)
            self._look(client)
        if self._greedy[client]:
            self._greedy -= Counter((client,))
            self._call()

    def _now(self, client: Client, now: float) -> float:
        left, at = self._left.get(client, (self._seconds, now))
        return min(self._seconds, left + (now - at) * self._rate)

    def _look(self, client: Client) -> None:
        """Let a client go on if it has time again or is alone; look again a moment later if not."""
        left = self._now(client, time.monotonic())
        if left >= 0 or self.is_alone(client):
            self._resting.discard(client)
            self._call()
        else:
            asyncio.get_running_loop().call_later(min(-left / self._rate, LOOK_SECONDS), self._look, client)

    def _call(self) -> None:
        for call in self._callers:
            call()

"""Following the event log on an open connection. In: a reader's place and how he reads. Out: pages, as soon as there are events.

Streams of events and GraphQL subscriptions follow alike. The rights are read again before each page.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from starlette.types import Scope

from app.http.connected import MOST_SECONDS, Connected
from app.http.viewing import Viewing
from graph.access.rights import Rights
from graph.access.viewer import Viewer
from graph.errors import TimedOut, Unavailable
from graph.events.cursor import Position
from graph.events.delivery import Delivery

BEAT = 15.0
"""Seconds without an event after which a sign of life is sent, so that proxies keep the connection."""
AGAIN = 1.0
"""Seconds until the log is read again if the database did not answer."""


class Part(Protocol):
    """A page of the log, in whatever form it is sent."""

    @property
    def events(self) -> tuple[Any, ...]:
        """Its events."""

    @property
    def position(self) -> Position:
        """The place after it."""

    @property
    def full(self) -> bool:
        """Whether more events may be there already."""


Read = TypeVar("Read", bound=Part)


@dataclass
class Follower(Generic[Read]):
    """A reader of the log: his place in it, and how he reads the page after a place."""

    position: Position
    read: Callable[[Position], Awaitable[Read]]

    async def pages(self, delivery: Delivery, connected: Connected) -> AsyncGenerator[Read | None, None]:
        """Yield pages that have events, and None after each BEAT seconds without one.

        End if the server or the connection is about to end; the client goes on when it connects again. Raise QuestionError if
        the token is no longer known, or the log is another one.
        """
        gives_way = asyncio.ensure_future(connected.gives_way.wait())
        try:
            while not (delivery.ended or gives_way.done() or time.monotonic() - connected.opened > MOST_SECONDS):
                page = await self._page()
                if page is None:
                    await asyncio.sleep(AGAIN)
                    continue
                if page.events:
                    connected.used = time.monotonic()
                    yield page
                self.position = page.position
                if not page.full:
                    begun = time.monotonic()
                    await delivery.wait(page.position, BEAT, (gives_way,))
                    if time.monotonic() - begun >= BEAT:
                        yield None
        finally:
            gives_way.cancel()

    async def _page(self) -> Read | None:
        """Read the next page; return None if the database does not answer now."""
        try:
            return await self.read(self.position)
        except (TimedOut, Unavailable):
            return None


@dataclass
class Followers:
    """Reads the rights of followers. Of those who have one key and wait for the same event, one asks the database."""

    viewing: Viewing
    delivery: Delivery
    _asking: dict[tuple[str, Position | None], asyncio.Task[Viewer]] = field(default_factory=dict, init=False)

    async def rights(self, scope: Scope, authorization: str | None) -> Rights:
        """Return the rights of a viewer at this moment. Raise Unauthenticated or Unavailable.

        An answer that is under way is shared only if the question began after the end of the log was seen where it is now. So a
        key that was revoked before an event gets it in no case.
        """
        if authorization is None or not self.viewing.viewers.looks_up(authorization):
            return (await self.viewing.viewer(scope, authorization))[0].rights
        key = (authorization, self.delivery.end)
        asking = self._asking.get(key)
        if asking is None:
            asking = self._asking[key] = asyncio.create_task(self._viewer(scope, authorization))
            asking.add_done_callback(lambda done: self._forget(key, done))
        return (await asyncio.shield(asking)).rights

    async def _viewer(self, scope: Scope, authorization: str) -> Viewer:
        return (await self.viewing.viewer(scope, authorization))[0]

    def _forget(self, key: tuple[str, Position | None], done: asyncio.Task[Viewer]) -> None:
        self._asking.pop(key, None)
        if not done.cancelled():
            # Asked for here, because all who waited for it may be gone.
            done.exception()

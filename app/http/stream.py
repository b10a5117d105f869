"""A stream of server-sent events. In: a subscriber. Out: an ASGI response that sends each event with its cursor as id.

A client that comes back with the last id in `Last-Event-ID` misses nothing and gets nothing twice.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

import orjson
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from app.http.answering import refusal
from app.http.connected import MOST_SECONDS, Connected, OpenConnections
from app.http.graphql import ALWAYS
from graph.access.rights import Rights
from graph.errors import QuestionError, TimedOut, Unavailable
from graph.events.cursor import Position
from graph.events.delivery import Delivery
from graph.events.event import Event
from graph.events.read import Page, Wanted

BEAT = 15.0
"""Seconds without an event after which a cursor is sent alone, so that proxies keep the connection and a resumption is cheap."""
AGAIN = 1.0
"""Seconds until the log is read again if the database did not answer."""
RETRY = b"retry: 2000\n"
"""Milliseconds after which a browser connects again."""
MEDIA = "text/event-stream"


@dataclass
class Subscriber:
    """A reader of the log: his place in it, what he wants, his rights at each moment, and how his cursors are made."""

    position: Position
    wanted: Wanted
    rights: Callable[[], Awaitable[Rights]]
    seal: Callable[[Position], str]


class Stream(Response):
    """The stream of one subscriber. It takes one of the places of WebSocket connections."""

    def __init__(self, delivery: Delivery, subscriber: Subscriber, places: OpenConnections, address: str) -> None:
        super().__init__(headers=ALWAYS, media_type=MEDIA)
        self._delivery, self._subscriber = delivery, subscriber
        self._places, self._address = places, address

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send events until the client is gone, or until there is a reason to end."""
        try:
            with self._places.place(self._address) as connected:
                sending = StreamingResponse(
                    self._chunks(connected), headers={**ALWAYS, "x-accel-buffering": "no"}, media_type=MEDIA
                )
                await sending(scope, receive, send)
        except Unavailable as busy:
            again = {**ALWAYS, "retry-after": "1"}
            await Response(refusal(busy).body, busy.status, again, "application/json; charset=utf-8")(
                scope, receive, send
            )

    async def _chunks(self, connected: Connected) -> AsyncIterator[bytes]:
        """Yield what is sent. The rights are asked for again before each page."""
        subscriber, delivery = self._subscriber, self._delivery
        gives_way = asyncio.ensure_future(connected.gives_way.wait())
        try:
            yield RETRY + self._cursor()
            while not (delivery.ended or gives_way.done() or time.monotonic() - connected.opened > MOST_SECONDS):
                page = await self._page()
                if page is None:
                    await asyncio.sleep(AGAIN)
                    continue
                if page.events:
                    connected.used = time.monotonic()
                    yield b"".join(self._sent(event, page.position.mark) for event in page.events)
                subscriber.position = page.position
                if not page.full:
                    begun = time.monotonic()
                    await delivery.wait(page.position, BEAT, (gives_way,))
                    if time.monotonic() - begun >= BEAT:
                        yield self._cursor()
        except QuestionError:
            # The token is no longer known, or the log is another one. The client learns which when it connects again.
            return
        finally:
            gives_way.cancel()

    async def _page(self) -> Page | None:
        """Read the next page; return None if the database does not answer now."""
        subscriber = self._subscriber
        try:
            return await self._delivery.read(await subscriber.rights(), subscriber.position, subscriber.wanted)
        except (TimedOut, Unavailable):
            return None

    def _sent(self, event: Event, mark: bytes) -> bytes:
        cursor = self._subscriber.seal(Position(event.seq, mark))
        return b"id: " + cursor.encode() + b"\ndata: " + orjson.dumps(event.shown()) + b"\n\n"

    def _cursor(self) -> bytes:
        """Write a cursor without an event: a browser keeps it and calls nobody."""
        return b"id: " + self._subscriber.seal(self._subscriber.position).encode() + b"\n\n"

"""Streams of server-sent events. In: what to send on an open connection. Out: an ASGI response that sends it.

A client of the event log that comes back with the last id in `Last-Event-ID` misses nothing and gets nothing twice.
"""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

import orjson
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from app.http.answering import refusal
from app.http.connected import Connected, OpenConnections
from app.http.following import Follower
from app.http.headers import AGAIN, ALWAYS
from app.http.negotiate import JSON, STREAM
from graph.errors import QuestionError, Unavailable
from graph.events.cursor import Position
from graph.events.delivery import Delivery
from graph.events.event import Event
from graph.events.read import Page

RETRY = b"retry: 2000\n"
"""Milliseconds after which a browser connects again."""


class Stream(Response):
    """A stream of one client. It takes one of the places of WebSocket connections."""

    def __init__(
        self, places: OpenConnections, address: str, chunks: Callable[[Connected], AsyncIterator[bytes]]
    ) -> None:
        super().__init__(headers=ALWAYS, media_type=STREAM)
        self._places, self._address, self._chunks = places, address, chunks

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send until the client is gone, or until there is a reason to end."""
        try:
            with self._places.place(self._address) as connected:
                sending = StreamingResponse(
                    self._chunks(connected), headers={**ALWAYS, "x-accel-buffering": "no"}, media_type=STREAM
                )
                await sending(scope, receive, send)
        except Unavailable as busy:
            response = Response(refusal(busy).body, busy.status, {**ALWAYS, **AGAIN}, f"{JSON}; charset=utf-8")
            await response(scope, receive, send)


@dataclass(frozen=True)
class Feed:
    """The event log as a stream: each event with its cursor as id."""

    delivery: Delivery
    follower: Follower[Page]
    seal: Callable[[Position], str]

    async def chunks(self, connected: Connected) -> AsyncIterator[bytes]:
        """Yield what is sent."""
        try:
            yield RETRY + self._cursor()
            async for page in self.follower.pages(self.delivery, connected):
                yield (
                    b"".join(self._sent(event, page.position.mark) for event in page.events) if page else self._cursor()
                )
        except QuestionError:
            # The client learns the reason when it connects again.
            return

    def _sent(self, event: Event, mark: bytes) -> bytes:
        cursor = self.seal(Position(event.seq, mark))
        return b"id: " + cursor.encode() + b"\ndata: " + orjson.dumps(event.shown()) + b"\n\n"

    def _cursor(self) -> bytes:
        """Write a cursor without an event: a browser keeps it and calls nobody."""
        return b"id: " + self.seal(self.follower.position).encode() + b"\n\n"

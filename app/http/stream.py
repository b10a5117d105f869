"""Streams of server-sent events. In: what to send on an open connection. Out: an ASGI response that sends it.

A client of the event log that comes back with the last id in `Last-Event-ID` misses nothing and gets nothing twice.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass
from typing import Any

import orjson
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from app.http.answering import refusal
from app.http.connected import Connected, OpenConnections
from app.http.following import Follower
from app.http.headers import AGAIN, ALWAYS
from app.http.negotiate import JSON, STREAM
from app.http.taken import ABORT
from graph.errors import QuestionError, Unavailable
from graph.events.cursor import Position
from graph.events.delivery import Delivery
from graph.events.event import Event
from graph.events.read import Page

RETRY = b"retry: 2000\n"
"""Milliseconds after which a browser connects again."""
LAST_SECONDS = 1.0
"""Seconds that a stream has to end by itself when it is to end; its client may not read, and then it never does."""


class Stream(Response):
    """A stream of one client. It takes one of the places of WebSocket connections."""

    def __init__(
        self,
        places: OpenConnections,
        address: str,
        chunks: Callable[[Connected], AsyncIterator[bytes]],
        ending: asyncio.Event,
    ) -> None:
        super().__init__(headers=ALWAYS, media_type=STREAM)
        self._places, self._address, self._chunks, self._ending = places, address, chunks, ending

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send until the client is gone, or until there is a reason to end."""
        try:
            with self._places.place(self._address) as connected:
                sending = StreamingResponse(
                    self._chunks(connected), headers={**ALWAYS, "x-accel-buffering": "no"}, media_type=STREAM
                )
                await self._until_it_is_to_end(sending(scope, receive, send), scope, connected)
        except Unavailable as busy:
            response = Response(refusal(busy).body, busy.status, {**ALWAYS, **AGAIN}, f"{JSON}; charset=utf-8")
            await response(scope, receive, send)

    async def _until_it_is_to_end(self, sends: Coroutine[Any, Any, None], scope: Scope, connected: Connected) -> None:
        """Send; break off if the connection gives way or the server ends, and the client takes nothing."""
        sending = asyncio.create_task(sends)
        reasons = [asyncio.create_task(each.wait()) for each in (connected.gives_way, self._ending)]
        try:
            await asyncio.wait({sending, *reasons}, return_when=asyncio.FIRST_COMPLETED)
            await asyncio.wait({sending}, timeout=LAST_SECONDS)
            if not sending.done() and ABORT in scope:
                scope[ABORT]()
        finally:
            for each in (sending, *reasons):
                each.cancel()
            await asyncio.wait({sending})
        if not sending.cancelled():
            sending.result()


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

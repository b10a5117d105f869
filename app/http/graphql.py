"""The endpoint /graphql, by the GraphQL over HTTP specification and graphql-sse. In: ASGI requests. Out: ASGI responses.

`App` calls it before any routing, and it calls the engine directly.
"""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import Receive, Scope, Send

from app.http.answering import Answering, Encoded, refusal
from app.http.graphql_sse import followed, once
from app.http.headers import AGAIN, ALWAYS
from app.http.negotiate import GRAPHQL, JSON, STREAM, response_type, takes_gzip, takes_stream, wants_page
from app.http.pages import EDITOR
from app.http.request import PersistedQueryNotSupported, question
from app.http.stream import Stream
from app.http.subscribing import Subscribing
from app.http.viewing import Viewing
from app.start.trusted import Trusted
from app.web.editor import PAGE
from graph.errors import BadUserInput, QuestionError, Unauthenticated, Unavailable
from graph.question.engine import Question

METHODS = ("GET", "POST")
BODY_SECONDS = 10
"""Seconds within which the body of a request must arrive."""
PATIENCE = 0.05
"""Seconds before the client's connection is watched: the task for it would add a tenth to the time of a small question."""


@dataclass
class GraphQLEndpoint:
    """Answers questions over HTTP; in local mode it also serves the editor."""

    answering: Answering
    viewing: Viewing
    trusted: Trusted
    subscribing: Subscribing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        response = await self._respond(request)
        if response is not None:
            await response(scope, receive, send)

    async def _respond(self, request: Request) -> Response | None:
        settings = self.answering.settings
        if request.method not in METHODS:
            refused = BadUserInput(f"{request.method} is not accepted here; accepted are GET and POST.")
            return _response(refusal(refused), JSON, 405, {"allow": ", ".join(METHODS)})
        if request.method == "GET" and settings.local and wants_page(request.headers.get("accept")):
            return HTMLResponse(PAGE, headers=ALWAYS | EDITOR)
        media = response_type(request.headers.get("accept"))
        if media is None:
            refused = BadUserInput(
                f"The header Accept allows no media type of ours; accepted are {GRAPHQL}, {JSON} and {STREAM}."
            )
            return _response(refusal(refused), JSON, 406)
        try:
            viewer, client = await self.viewing.viewer(request.scope, request.headers.get("authorization"))
            most = settings.max_body if viewer.actor is None else settings.max_write_body
            async with asyncio.timeout(BODY_SECONDS):
                asked = await question(request, most, self.trusted)
        except TimeoutError:
            late = BadUserInput(f"The body did not arrive within {BODY_SECONDS} seconds, the longest time allowed.")
            return _response(refusal(late), _document(media), 408)
        except QuestionError as error:
            status = 200 if media == JSON and isinstance(error, PersistedQueryNotSupported) else error.status
            return _response(refusal(error), _document(media), status, _headers(error))
        try:
            with self.answering.queues.held.hold(client, _size(request, most)):
                asking = self.answering.answer(asked, viewer, client, writes=request.method == "POST")
                return await until_gone(request, self._answered(request, asked, asking, media))
        except Unavailable as full:
            return _response(refusal(full), _document(media), full.status, AGAIN)

    async def _answered(
        self, request: Request, asked: Question, asking: Coroutine[Any, Any, Encoded], media: str
    ) -> Response:
        """Return an answer as a response, or the stream of a subscription."""
        encoded = await asking
        if encoded.answer.subscribes and takes_stream(request.headers.get("accept")):
            return await self._subscribed(request, asked)
        if media == STREAM:
            return once(encoded)
        return _answer(encoded, media, takes_gzip(request.headers.get("accept-encoding")))

    async def _subscribed(self, request: Request, asked: Question) -> Response:
        """Return the stream of a subscription, which goes on after the event that `Last-Event-ID` names."""
        authorization, after = request.headers.get("authorization"), request.headers.get("last-event-id")
        try:
            opened = await self.subscribing.open(asked, request.scope, authorization, after)
        except QuestionError as error:
            return once(refusal(error))
        address = self.viewing.clients.address(request.scope)
        return Stream(self.answering.queues.connections, address, partial(followed, opened))


def _size(request: Request, most: int) -> int:
    """Return the bytes of a body, or the most that it may have if nobody told."""
    length = request.headers.get("content-length", "")
    return int(length) if length.isascii() and length.isdecimal() else most


async def until_gone(request: Request, responding: Coroutine[Any, Any, Response]) -> Response | None:
    """Return a response. If the client disconnects first, end the statement and return None."""
    watch = Watch(request.receive)
    try:
        return await responding
    except asyncio.CancelledError:
        if not watch.gone:
            raise
        return None
    finally:
        watch.end()


class Watch:
    """Cancels the current task if the client disconnects. It starts late: most questions are answered by then."""

    def __init__(self, receive: Receive) -> None:
        self.gone = False
        self._receive, self._asking = receive, asyncio.current_task()
        self._watching: asyncio.Task[None] | None = None
        self._timer = asyncio.get_running_loop().call_later(PATIENCE, self._begin)

    def _begin(self) -> None:
        self._watching = asyncio.ensure_future(self._watch())

    async def _watch(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        if self._asking is not None:
            self.gone = True
            self._asking.cancel()

    def end(self) -> None:
        """Stop watching."""
        self._timer.cancel()
        if self._watching is not None:
            self._watching.cancel()


def _answer(encoded: Encoded, media: str, gzip: bool) -> Response:
    status, packed = encoded.answer.status, encoded.answer.packed
    if packed is not None and gzip:
        headers = {**ALWAYS, "content-encoding": "gzip"}
        return Response(packed.gzip, status, headers, media_type=f"{media}; charset=utf-8")
    again = AGAIN if status == Unavailable.status else {}
    return _response(encoded, media, 200 if status == 400 and media == JSON else status, again)


def _document(media: str) -> str:
    """Return the media type of an error that a status tells: a stream would hide it."""
    return JSON if media == STREAM else media


def _headers(error: QuestionError) -> dict[str, str]:
    if isinstance(error, Unavailable):
        return AGAIN
    return {"www-authenticate": "Bearer"} if isinstance(error, Unauthenticated) else {}


def _response(encoded: Encoded, media: str, status: int, headers: dict[str, str] | None = None) -> Response:
    """Make a response with the headers that every response has."""
    return Response(encoded.body, status, {**ALWAYS, **(headers or {})}, media_type=f"{media}; charset=utf-8")

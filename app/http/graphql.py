"""The endpoint /graphql, by the GraphQL over HTTP specification and graphql-sse. In: ASGI requests. Out: ASGI responses.

`App` calls it before any routing, and it calls the engine directly.
"""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple, TypeVar

from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from app.http.answering import Answering, Encoded, refusal
from app.http.clients import Client
from app.http.faults import noted
from app.http.graphql_sse import followed, once
from app.http.headers import AGAIN, ALWAYS, Given
from app.http.negotiate import GRAPHQL, JSON, STREAM, response_type, takes_gzip, takes_stream, wants_page
from app.http.pages import EDITOR
from app.http.plain import Plain, plain
from app.http.request import PersistedQueryNotSupported, check_head, of_body, of_query, whole_body
from app.http.stream import Stream
from app.http.subscribing import Subscribing
from app.http.viewing import Viewing
from app.start.trusted import Trusted
from app.web.editor import PAGE
from graph.access.viewer import Viewer
from graph.errors import BadUserInput, QuestionError, Unauthenticated, Unavailable
from graph.question.engine import Question

Made = TypeVar("Made")

METHODS = ("GET", "POST")
ASKED = "citygraph.asked"
"""Key of a scope under which a request stands that was read before its call."""
BODY_SECONDS = 10
"""Seconds within which the body of a request must arrive."""
PATIENCE = 0.05
"""Seconds before the client's connection is watched: the task for it would add a tenth to the time of a small question."""


class Asked(NamedTuple):
    """A request that was read: who asks what, what its headers say, and how many bytes it has at most."""

    given: Given
    media: str
    viewer: Viewer
    client: Client
    question: Question
    size: int


@dataclass
class GraphQLEndpoint:
    """Answers questions over HTTP; in local mode it also serves the editor."""

    answering: Answering
    viewing: Viewing
    trusted: Trusted
    subscribing: Subscribing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            response = await self._respond(scope, receive)
        except Exception as error:
            ours = noted(error)
            response = _response(refusal(ours), JSON, ours.status)
        if response is not None:
            await response(scope, receive, send)

    def at_once(self, scope: Scope, body: bytes) -> Plain | None:
        """Return the response to a POST request whose answer is kept; None if anything is unusual or must be waited for.

        What was read of the request is left in the scope for the call that follows then.
        """
        given = Given(scope["headers"])
        media = response_type(given.get(b"accept"))
        known = self.viewing.known(scope, given.get(b"authorization"))
        if scope["method"] != "POST" or media is None or media == STREAM or known is None:
            return None
        viewer, client = known
        most = self._most(viewer)
        try:
            check_head(given, most)
            question = of_body(body, self.trusted)
        except QuestionError:
            return None
        if len(body) > most:
            return None
        kept = self.answering.known(question, viewer, client)
        if kept is not None:
            return plain(kept.body, media, 200)
        scope[ASKED] = Asked(given, media, viewer, client, question, len(body))
        return None

    async def _respond(self, scope: Scope, receive: Receive) -> ASGIApp | None:
        asked: Asked | ASGIApp = scope.get(ASKED) or await self._read(scope, receive)
        if not isinstance(asked, Asked):
            return asked
        kept = None if ASKED in scope else self.answering.known(asked.question, asked.viewer, asked.client)
        if kept is not None:
            return _answer(kept, asked)
        try:
            with self.answering.queues.held.hold(asked.client, asked.size):
                return await until_gone(receive, self._answered(scope, asked))
        except Unavailable as full:
            return _response(refusal(full), _document(asked.media), full.status, AGAIN)

    async def _read(self, scope: Scope, receive: Receive) -> Asked | ASGIApp:
        """Read a request; return the response instead if it is refused or asks for the editor."""
        method, given = scope["method"], Given(scope["headers"])
        accept = given.get(b"accept")
        if method not in METHODS:
            refused = BadUserInput(f"{method} is not accepted here; accepted are GET and POST.")
            return _response(refusal(refused), JSON, 405, {"allow": ", ".join(METHODS)})
        if method == "GET" and self.answering.settings.local and wants_page(accept):
            return HTMLResponse(PAGE, headers=ALWAYS | EDITOR)
        media = response_type(accept)
        if media is None:
            refused = BadUserInput(
                f"The header Accept allows no media type of ours; accepted are {GRAPHQL}, {JSON} and {STREAM}."
            )
            return _response(refusal(refused), JSON, 406)
        try:
            viewer, client = await self.viewing.viewer(scope, given.get(b"authorization"))
            most = self._most(viewer)
            with self.answering.queues.held.hold(client, _size(given, most)):
                question = await self._question(scope, given, receive, most)
        except TimeoutError:
            late = BadUserInput(f"The body did not arrive within {BODY_SECONDS} seconds, the longest time allowed.")
            return _response(refusal(late), _document(media), 408)
        except QuestionError as error:
            status = 200 if media == JSON and isinstance(error, PersistedQueryNotSupported) else error.status
            return _response(refusal(error), _document(media), status, _headers(error))
        return Asked(given, media, viewer, client, question, _size(given, most))

    async def _question(self, scope: Scope, given: Given, receive: Receive, most: int) -> Question:
        """Read the question of a request. Raise TimeoutError if its body takes too long, and QuestionError."""
        if scope["method"] == "GET":
            return of_query(scope, most, self.trusted)
        check_head(given, most)
        async with asyncio.timeout(BODY_SECONDS):
            body = await whole_body(receive, most)
        return of_body(body, self.trusted)

    def _most(self, viewer: Viewer) -> int:
        settings = self.answering.settings
        return settings.max_body if viewer.actor is None else settings.max_write_body

    async def _answered(self, scope: Scope, asked: Asked) -> ASGIApp:
        """Return an answer as a response, or the stream of a subscription."""
        writes = scope["method"] == "POST"
        encoded = await self.answering.fresh(asked.question, asked.viewer, asked.client, writes=writes)
        if encoded.answer.subscribes and takes_stream(asked.given.get(b"accept")):
            return await self._subscribed(scope, asked)
        return _answer(encoded, asked)

    async def _subscribed(self, scope: Scope, asked: Asked) -> ASGIApp:
        """Return the stream of a subscription, which goes on after the event that `Last-Event-ID` names."""
        authorization, after = asked.given.get(b"authorization"), asked.given.get(b"last-event-id")
        try:
            opened = await self.subscribing.open(asked.question, scope, authorization, after)
        except QuestionError as error:
            return once(refusal(error))
        address = self.viewing.clients.address(scope)
        ending = self.subscribing.followers.delivery.ending
        return Stream(self.answering.queues.connections, address, partial(followed, opened), ending)


def _size(given: Given, most: int) -> int:
    """Return the bytes of a body, or the most that it may have if nobody told."""
    length = given.get(b"content-length") or ""
    return int(length) if length.isascii() and length.isdecimal() and len(length) < 10 else most


async def until_gone(receive: Receive, responding: Coroutine[Any, Any, Made]) -> Made | None:
    """Return a response. If the client disconnects first, end the statement and return None."""
    watch = Watch(receive)
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


def _answer(encoded: Encoded, asked: Asked) -> ASGIApp:
    media, status, packed = asked.media, encoded.answer.status, encoded.answer.packed
    if media == STREAM:
        return once(encoded)
    if packed is not None and takes_gzip(asked.given.get(b"accept-encoding")):
        return plain(packed.gzip, media, status, {"content-encoding": "gzip"})
    again = AGAIN if status == Unavailable.status else {}
    return _response(encoded, media, 200 if status == 400 and media == JSON else status, again)


def _document(media: str) -> str:
    """Return the media type of an error that a status tells: a stream would hide it."""
    return JSON if media == STREAM else media


def _headers(error: QuestionError) -> dict[str, str]:
    if isinstance(error, Unavailable):
        return AGAIN
    return {"www-authenticate": "Bearer"} if isinstance(error, Unauthenticated) else {}


def _response(encoded: Encoded, media: str, status: int, headers: dict[str, str] | None = None) -> Plain:
    """Make a response with the headers that every response has."""
    return plain(encoded.body, media, status, headers)

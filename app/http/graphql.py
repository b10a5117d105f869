"""The endpoint /graphql, by the GraphQL over HTTP specification. In: ASGI requests. Out: ASGI responses.

`App` calls it before any routing, and it calls the engine directly.
"""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import Receive, Scope, Send

from app.http.answering import Answering, Encoded, refusal
from app.http.negotiate import GRAPHQL, JSON, response_type, takes_gzip, wants_page
from app.http.pages import EDITOR
from app.http.request import PersistedQueryNotSupported, question
from app.http.viewing import Viewing
from app.start.trusted import Trusted
from app.web.editor import PAGE
from graph.errors import BadUserInput, QuestionError, Unauthenticated, Unavailable

METHODS = ("GET", "POST")
BODY_SECONDS = 10
"""Seconds within which the body of a request must arrive."""
PATIENCE = 0.05
"""Seconds before the client's connection is watched: the task for it would add a tenth to the time of a small question."""
AGAIN = {"retry-after": "1"}
ALWAYS = {
    "cache-control": "private, no-store",
    "vary": "Accept, Accept-Encoding, Authorization",
    "x-content-type-options": "nosniff",
}


@dataclass
class GraphQLEndpoint:
    """Answers questions over HTTP; in local mode it also serves the editor."""

    answering: Answering
    viewing: Viewing
    trusted: Trusted

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
                f"The header Accept allows no media type of ours; accepted are {GRAPHQL} and {JSON}."
            )
            return _response(refusal(refused), JSON, 406)
        try:
            viewer, client = await self.viewing.viewer(request.scope, request.headers.get("authorization"))
            most = settings.max_body if viewer.actor is None else settings.max_write_body
            async with asyncio.timeout(BODY_SECONDS):
                asked = await question(request, most, self.trusted)
        except TimeoutError:
            late = BadUserInput(f"The body did not arrive within {BODY_SECONDS} seconds, the longest time allowed.")
            return _response(refusal(late), media, 408)
        except QuestionError as error:
            status = 200 if media == JSON and isinstance(error, PersistedQueryNotSupported) else error.status
            return _response(refusal(error), media, status, _headers(error))
        try:
            with self.answering.queues.held.hold(client, _size(request, most)):
                asking = self.answering.answer(asked, viewer, client, writes=request.method == "POST")
                return await _until_gone(request, asking, media)
        except Unavailable as full:
            return _response(refusal(full), media, full.status, AGAIN)


def _size(request: Request, most: int) -> int:
    """Return the bytes of a body, or the most that it may have if nobody told."""
    length = request.headers.get("content-length", "")
    return int(length) if length.isascii() and length.isdecimal() else most


async def _until_gone(request: Request, asking: Coroutine[Any, Any, Encoded], media: str) -> Response | None:
    """Return the answer as a response. If the client disconnects first, end the statement and return None."""
    watch = Watch(request.receive)
    try:
        return _answer(await asking, media, takes_gzip(request.headers.get("accept-encoding")))
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


def _headers(error: QuestionError) -> dict[str, str]:
    if isinstance(error, Unavailable):
        return AGAIN
    return {"www-authenticate": "Bearer"} if isinstance(error, Unauthenticated) else {}


def _response(encoded: Encoded, media: str, status: int, headers: dict[str, str] | None = None) -> Response:
    """Make a response with the headers that every response has."""
    return Response(encoded.body, status, {**ALWAYS, **(headers or {})}, media_type=f"{media}; charset=utf-8")

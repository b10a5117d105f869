"""The endpoint /graphql, after the GraphQL over HTTP specification. In: ASGI requests. Out: ASGI responses.

It stands first among the app's routes and calls the engine directly.
"""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any

import orjson
import structlog
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import Receive, Scope, Send

from app.http.ide import ide_page
from app.http.negotiate import GRAPHQL, JSON, response_type, wants_page
from app.http.request import question
from app.settings import Settings
from app.viewers import Viewers
from graph.bolt.read import Reader
from graph.engine import Answer, Engine
from graph.errors import BadUserInput, PayloadTooLarge, QuestionError, Unauthenticated, Unavailable

log = structlog.get_logger("citygraph.http")

METHODS = ("GET", "POST")
BODY_SECONDS = 10
ALWAYS = {
    "cache-control": "private, no-store",
    "vary": "Accept, Authorization",
    "x-content-type-options": "nosniff",
}


@dataclass
class GraphQLEndpoint:
    """Answers questions over HTTP; `settings` bound what a request may hold and how many run at once."""

    engine: Engine
    reader: Reader
    viewers: Viewers
    settings: Settings
    under_way: int = field(default=0, init=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        response = await self._respond(request)
        if response is not None:
            await response(scope, receive, send)

    async def _respond(self, request: Request) -> Response | None:
        if request.method not in METHODS:
            refused = BadUserInput(f"{request.method} is not accepted here; accepted are GET and POST.")
            return _response(_refusal(refused), JSON, 405, {"allow": ", ".join(METHODS)})
        if request.method == "GET" and self.settings.local and wants_page(request.headers.get("accept")):
            return HTMLResponse(ide_page(), headers=ALWAYS)
        media = response_type(request.headers.get("accept"))
        if media is None:
            refused = BadUserInput(f"None of the accepted media types can be had; there are {GRAPHQL} and {JSON}.")
            return _response(_refusal(refused), JSON, 406)
        try:
            async with asyncio.timeout(BODY_SECONDS):
                asked = await question(request, self.settings.max_body)
            rights = self.viewers.rights(request.headers.get("authorization"))
        except TimeoutError:
            late = BadUserInput(f"The body did not arrive within {BODY_SECONDS} seconds.")
            return _response(_refusal(late), media, 408)
        except QuestionError as error:
            return _response(_refusal(error), media, error.status, _challenge(error))
        if self.under_way >= self.settings.max_in_flight:
            busy = Unavailable("Too many questions are under way. Try again in a moment.")
            return _response(_refusal(busy), media, busy.status, {"retry-after": "1"})
        self.under_way += 1
        try:
            return await self._until_gone(request, self.engine.ask(asked, rights, self.reader), media)
        finally:
            self.under_way -= 1

    async def _until_gone(self, request: Request, asking: Coroutine[Any, Any, Answer], media: str) -> Response | None:
        """Answer, unless the client goes away first: then the statement is ended and nothing is sent."""
        work = asyncio.ensure_future(asking)
        gone = asyncio.ensure_future(_gone(request.receive))
        try:
            await asyncio.wait({work, gone}, return_when=asyncio.FIRST_COMPLETED)
            if not work.done():
                return None
            return self._answer(work.result(), media)
        finally:
            work.cancel()
            gone.cancel()

    def _answer(self, answer: Answer, media: str) -> Response:
        body = orjson.dumps(answer.as_dict())
        if len(body) > self.settings.max_result:
            most = self.settings.max_result
            answer = _refusal(PayloadTooLarge(f"The answer has {len(body):,} bytes; at most {most:,} are allowed."))
            body = orjson.dumps(answer.as_dict())
        status = 200 if answer.status == 400 and media == JSON else answer.status
        if answer.status == Unavailable.status:
            return Response(body, status, {**ALWAYS, "retry-after": "1"}, media_type=_typed(media))
        return Response(body, status, ALWAYS, media_type=_typed(media))


async def _gone(receive: Receive) -> None:
    """Wait until the client has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass


def _refusal(error: QuestionError) -> Answer:
    return Answer(None, (error,), ran=False)


def _challenge(error: QuestionError) -> dict[str, str]:
    return {"www-authenticate": "Bearer"} if isinstance(error, Unauthenticated) else {}


def _response(answer: Answer, media: str, status: int, headers: dict[str, Any] | None = None) -> Response:
    """Write a response; a malformed request keeps its 400 whatever media type is accepted."""
    body = orjson.dumps(answer.as_dict())
    return Response(body, status, {**ALWAYS, **(headers or {})}, media_type=_typed(media))


def _typed(media: str) -> str:
    return f"{media}; charset=utf-8"

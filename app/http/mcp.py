"""`/mcp`: tools of assistants over streamable HTTP, without sessions. In: ASGI requests. Out: JSON.

Each request has the rights of its own Authorization header. The SDK is imported at the first request, so that a start does not
wait for it.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import Message, Receive, Scope, Send

from app.http.answering import Answering
from app.http.clients import Client
from app.http.events import refused
from app.http.figures import FigureRoutes
from app.http.graphql import BODY_SECONDS, until_gone
from app.http.headers import ALWAYS, Given
from app.http.request import MalformedRequest, UnsupportedType, check_length, whole_body
from app.http.viewing import Viewing
from app.start.trusted import Trusted
from graph.access.viewer import Viewer
from graph.errors import BadUserInput, Forbidden, PayloadTooLarge, QuestionError, Unavailable
from graph.question.document.read import Document, read
from graph.question.engine import Question

if TYPE_CHECKING:
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

    from app.mcp.tools import Asked

Result = TypeVar("Result")
PATH = "/mcp"
CALLER = "citygraph.caller"
"""Key of a scope under which the SDK carries who calls."""
MOST_ANSWER = 2_000_000
"""Most bytes of an answer of which a part is shown: to take a larger one apart would hold up other clients."""
MOST_EXACT = 2**53
"""Largest whole number of which every reader of JSON makes the same number."""
MOST_DEPTH = 100
"""Deepest nesting of a message: the SDK descends into it."""


@dataclass(frozen=True)
class ServerCaller:
    """Who calls a tool of this server: a viewer, in the turns of his client."""

    answering: Answering
    figures: FigureRoutes
    viewer: Viewer
    client: Client

    async def ask(self, asked: "Asked") -> dict[str, Any]:
        """Answer a question. A document that writes is refused, as it is by GET."""
        question = Question(asked.text, asked.variables, asked.operation)
        encoded = await self.answering.answer(question, self.viewer, self.client, writes=False)
        if encoded.size > MOST_ANSWER:
            raise PayloadTooLarge(
                f"The answer has {encoded.size:,} bytes; at most {MOST_ANSWER:,} are accepted. Ask for less."
            )
        answer: dict[str, Any] = orjson.loads(encoded.body)
        return answer

    async def read(self, text: str) -> Document:
        """Read a document within the limits of the server; one that is not trusted is refused if the server says so."""
        self.answering.trusted.admit(text)
        of = self.answering.engine.compiler
        return await self.in_turn(lambda: read(text, of.schema, of.limits.document, of.model))

    async def in_turn(self, work: Callable[[], Result]) -> Result:
        """Do work in the thread that reads documents."""
        return await self.answering.queues.turns(self.client).prepare(work)

    async def figure(self, kind: str, asked: Mapping[str, str]) -> bytes:
        """Draw a figure as PNG."""
        with self.answering.busy():
            return await self.figures.drawn(kind, asked, self.viewer, self.client, as_png=True)


@dataclass
class McpEndpoint:
    """Answers messages of the protocol, one for each request."""

    answering: Answering
    viewing: Viewing
    trusted: Trusted
    figures: FigureRoutes
    _manager: "asyncio.Task[StreamableHTTPSessionManager] | None" = field(default=None, init=False)
    _running: asyncio.Task[None] | None = field(default=None, init=False)

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        return [Route(PATH, self)]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            response = await self._respond(request)
        except TimeoutError:
            response = refused(
                BadUserInput(f"The body did not arrive within {BODY_SECONDS} seconds, the longest time allowed.")
            )
        except QuestionError as error:
            response = refused(error)
        await (response or Response(status_code=499))(scope, receive, send)

    async def _respond(self, request: Request) -> Response | None:
        if request.method != "POST":
            # A GET would open a stream for messages of the server, which sends none.
            return Response(status_code=405, headers={"allow": "POST", **ALWAYS})
        self._check_origin(request)
        if self.answering.draining:
            raise Unavailable("The server is about to stop. Ask again in a moment.")
        viewer, client = await self.viewing.viewer(request.scope, request.headers.get("authorization"))
        async with asyncio.timeout(BODY_SECONDS):
            body = await self._body(request)
        caller = ServerCaller(self.answering, self.figures, viewer, client)
        with self.answering.queues.held.hold(client, len(body)), self.answering.busy():
            return await until_gone(request.receive, self._answered(request.scope, body, caller))

    async def _body(self, request: Request) -> bytes:
        """Return a body that is JSON, not too large and not too deep."""
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            raise UnsupportedType("The content type of the body is not accepted; accepted is application/json.")
        check_length(Given(request.scope["headers"]), self.answering.settings.max_body)
        body = await whole_body(request.receive, self.answering.settings.max_body)
        try:
            message = orjson.loads(body)
        except orjson.JSONDecodeError as error:
            raise MalformedRequest("The body must be a message of JSON-RPC and is not valid JSON.") from error
        if not isinstance(message, dict) or _depth(message) > MOST_DEPTH:
            raise MalformedRequest(
                f"The body must be one message of JSON-RPC: an object, nested {MOST_DEPTH} deep at most."
            )
        return _with_id(message, body)

    def _check_origin(self, request: Request) -> None:
        """Refuse a request of a page that does not come from here: its browser, not its user, would choose what is asked."""
        origin = request.headers.get("origin")
        if origin is None:
            return
        given = urlsplit(origin.lower())
        public = urlsplit((self.answering.settings.public_url or "").lower())
        same = given.netloc == request.headers.get("host", "").lower()
        if given.scheme not in ("http", "https") or not (same or (given.scheme, given.netloc) == public[:2]):
            raise Forbidden(
                "The header Origin names another origin than this server; pages of others may not call tools here."
            )

    async def _answered(self, scope: Scope, body: bytes, caller: ServerCaller) -> Response:
        """Let the SDK answer, and collect what it sends."""
        manager = await self._ready()
        given: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]
        sent: list[Message] = []

        async def receive() -> Message:
            return given.pop() if given else await _never()

        async def send(message: Message) -> None:
            sent.append(message)

        await manager.handle_request({**scope, CALLER: caller}, receive, send)
        start, *parts = sent
        answered = Response(b"".join(each.get("body", b"") for each in parts), int(start["status"]))
        kept = {name: value for name, value in start["headers"] if name == b"content-type"}
        for name, value in {**{name.decode(): value.decode() for name, value in kept.items()}, **ALWAYS}.items():
            answered.headers[name] = value
        return answered

    async def _ready(self) -> "StreamableHTTPSessionManager":
        """Return what speaks the protocol; it is made at the first request, and by one of several that come at once."""
        if self._manager is None or (self._manager.done() and self._manager.exception()):
            self._manager = asyncio.create_task(self._made())
        return await asyncio.shield(self._manager)

    async def _made(self) -> "StreamableHTTPSessionManager":
        manager = await asyncio.to_thread(self._make)
        began = asyncio.Event()

        async def run() -> None:
            async with manager.run():
                began.set()
                await _never()

        self._running = asyncio.create_task(run())
        await began.wait()
        return manager

    def _make(self) -> "StreamableHTTPSessionManager":
        from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

        from app.mcp.catalogue import catalogue
        from app.mcp.server import Context, mcp_server

        def caller_of(context: Context) -> ServerCaller:
            assert context.request is not None, "every request comes over HTTP"
            caller: ServerCaller = context.request.scope[CALLER]
            return caller

        made = mcp_server(catalogue(self.trusted), caller_of)
        return StreamableHTTPSessionManager(made, stateless=True, json_response=True)

    async def close(self) -> None:
        """End what runs."""
        for task in (self._manager, self._running):
            if task is not None:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)


async def _never() -> Message:
    """Wait until this is cancelled."""
    never: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
    return await never


def _with_id(message: dict[str, Any], body: bytes) -> bytes:
    """Return a message whose id the SDK reads: of another kind of id it would say nothing, as if there were none."""
    if "id" not in message or "method" not in message:
        return body
    id_ = message["id"]
    if isinstance(id_, float) and id_.is_integer() and abs(id_) <= MOST_EXACT:
        return orjson.dumps({**message, "id": int(id_)})
    if isinstance(id_, bool) or not isinstance(id_, str | int):
        raise MalformedRequest("`id` of a request must be a text or a whole number.")
    return body


def _depth(value: Any) -> int:
    """Return how deep JSON is nested, without descending."""
    depth, level = 0, [value]
    while level and depth <= MOST_DEPTH:
        depth += 1
        level = [
            part
            for each in level
            if isinstance(each, dict | list)
            for part in (each.values() if isinstance(each, dict) else each)
        ]
    return depth

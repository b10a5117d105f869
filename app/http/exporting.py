"""What all exports over HTTP share. In: a request. Out: turns, the address under which it came, answers that may be 304.

Everybody gets what an anonymous viewer sees: the header Authorization is not read.
"""

import asyncio
import hashlib
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import BinaryIO, TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.http.answering import Answering
from app.http.clients import Client, Clients
from app.http.events import refused
from app.http.hosts import HERE, Hosts
from app.http.log import LOGGED
from app.http.places import Places
from app.http.turns import ANONYMOUS
from graph.errors import NotFound, QuestionError, Unavailable
from graph.export.publish import KeepsChanging
from graph.export.store import NoRoom
from graph.question.turns import Pace

Result = TypeVar("Result")
Endpoint = Callable[[Request], Awaitable[Response]]
PUBLIC = {
    "cache-control": "public, no-cache",
    "vary": "Accept, Accept-Encoding",
    "x-content-type-options": "nosniff",
    "access-control-allow-origin": "*",
}
"""Headers of exports: whoever keeps one asks each time whether it has changed. Pages of any origin may read them."""
EXPORTS = Client("exports of the server")
"""The client that files are made for. He is one among the others, and makes one file at a time."""
WAITS = 6
"""How many times as long as a question the making of a file waits for its turn."""
SENT, SENT_TO_ONE = 400, 100
"""Files that are sent at the same time, and those of one client."""
CHUNK = 128 * 1024
PIECE_SECONDS = 20.0
"""Longest time in which a client takes a piece of so many bytes. Who reads a little now and then would hold a place for days."""
HOST = re.compile(r"([a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?")
"""A header Host that can stand in an address. Which hosts are served is decided without a look at the port."""


@dataclass(frozen=True)
class Asking:
    """Places at the database for the checks of one request."""

    answering: Answering
    client: Client

    async def write(self, step: Callable[[], Result]) -> Result:
        """Write what he alone may have asked for, in his turn."""
        return await self.answering.queues.turns(self.client).prepare(step)

    def at_database(self) -> AbstractAsyncContextManager[object]:
        """Wait for a place."""
        return self.answering.queues.known.place(self.client, ANONYMOUS)


@dataclass(frozen=True)
class Making:
    """Turns in which files are made. They are waited for longer than a question waits, because much would be made in vain."""

    answering: Answering

    @asynccontextmanager
    async def at_database(self) -> AsyncIterator[None]:
        """Wait for a place."""
        async with AsyncExitStack() as stack:
            turns = self.answering.queues.turns(EXPORTS)
            await _patiently(lambda: stack.enter_async_context(turns.at_database(Pace())))
            yield

    async def work(self, step: Callable[[], Result]) -> Result:
        """Do a step in the thread in which documents are read."""
        return await _patiently(lambda: self.answering.queues.turns(EXPORTS).prepare(step))


async def _patiently(wait: Callable[[], Awaitable[Result]]) -> Result:
    """Wait for a turn, several times as long as a question does."""
    for _ in range(WAITS - 1):
        with suppress(Unavailable):
            return await wait()
    return await wait()


@dataclass(frozen=True)
class Shared:
    """What the endpoints of exports need of the server."""

    answering: Answering
    clients: Clients
    hosts: Hosts
    sending: Places

    def asking(self, request: Request) -> Asking:
        """Return the places of the client of a request."""
        return Asking(self.answering, self.clients.client(request.scope, None))

    def base(self, request: Request) -> str:
        """Return the public address of the server, without a last slash; raise NotFound if nobody can know it.

        A host that everybody may name is not taken: a cache would give one client the addresses that another one made up.
        """
        given = self.answering.settings.public_url
        if given:
            return given.rstrip("/")
        host = request.headers.get("host", "").lower()
        named = HOST.fullmatch(host)
        if named is None or (self.hosts.names is None and named[1].encode() not in HERE):
            raise NotFound("This server does not know its public address. Its operator can set CITYGRAPH_PUBLIC_URL.")
        return f"{request.url.scheme}://{host}"


def answered(
    path: str, shared: Shared, endpoint: Endpoint, failed: Callable[[QuestionError], Response] = refused
) -> Endpoint:
    """Turn errors into responses, count the request as under way, and keep ids out of the log of requests."""

    async def answer(request: Request) -> Response:
        request.scope[LOGGED] = path
        try:
            if shared.answering.draining:
                raise Unavailable("The server is about to stop. Ask again in a moment.")
            with shared.answering.busy():
                return await endpoint(request)
        except KeepsChanging:
            return failed(Unavailable("The facts are being written. Ask again in a moment."))
        except NoRoom:
            return failed(Unavailable("The server has no room to make this file now."))
        except QuestionError as error:
            return failed(error)

    return answer


@dataclass(frozen=True)
class Version:
    """What tells a version of a document from others: its tag, and when it last changed, if that is known."""

    tag: str
    modified: datetime | None = None

    def headers(self) -> dict[str, str]:
        """Return the headers that name the version."""
        named = {"etag": f'"{self.tag}"'}
        return named if self.modified is None else named | {"last-modified": http_date(self.modified)}

    def is_held(self, headers: Mapping[str, str]) -> bool:
        """Whether the client has this version already."""
        tags = headers.get("if-none-match")
        if tags is not None:
            return any(tag.strip().removeprefix("W/") in ("*", f'"{self.tag}"') for tag in tags.split(","))
        since = headers.get("if-modified-since")
        if since is None or self.modified is None:
            return False
        try:
            held = parsedate_to_datetime(since)
        except (ValueError, OverflowError):
            return False
        return self.modified <= (held if held.tzinfo else held.replace(tzinfo=UTC))


def http_date(moment: datetime) -> str:
    """Write a moment as HTTP does."""
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def tag_of(body: bytes) -> str:
    """Return the tag of a body."""
    return hashlib.blake2b(body, digest_size=16).hexdigest()


def document(
    request: Request, body: bytes, media: str, modified: datetime | None = None, more: Mapping[str, str] | None = None
) -> Response:
    """Return a document, or 304 if the client has it."""
    version = Version(tag_of(body + media.encode()), modified)
    headers = {**PUBLIC, **version.headers(), **(more or {})}
    if version.is_held(request.headers):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type=media)


class FileResponse(Response):
    """Sends an open file to its end and closes it. It has no connection to the database, however slowly it is read."""

    def __init__(
        self, file: BinaryIO, size: int, headers: Mapping[str, str], *, sent: AbstractAsyncContextManager[None]
    ) -> None:
        super().__init__(None, headers={**headers, "content-length": str(size)})
        self._file, self._sent = file, sent

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with self._file:
            try:
                async with self._sent:
                    # A client that is too slow gets no more, so uvicorn closes its connection.
                    with suppress(TimeoutError):
                        await self._send(scope, send)
            except Unavailable as busy:
                await refused(busy)(scope, receive, send)

    async def _send(self, scope: Scope, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        while scope["method"] != "HEAD" and (part := await asyncio.to_thread(self._file.read, CHUNK)):
            async with asyncio.timeout(PIECE_SECONDS):
                await send({"type": "http.response.body", "body": part, "more_body": True})
        await send({"type": "http.response.body", "body": b""})

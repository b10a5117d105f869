"""Asks portals over HTTP. In: a URL, parameters, where the body goes. Out: an Answer, or SourceFailed with what was seen.

Addresses are checked after the name is resolved, when the socket is made; redirects are followed by hand, each checked anew.
"""

import asyncio
import io
import socket
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, BinaryIO, cast
from urllib.parse import urldefrag, urljoin, urlsplit

from graph.addresses import Reach, literal, reach
from graph.load.records import SourceFailed
from graph.portals.limits import Asked, origin
from graph.portals.retry import AGAIN, BUSY, asked_pause, pause
from graph.portals.unpack import Unpacker

if TYPE_CHECKING:
    import aiohttp
    from aiohttp.abc import AbstractResolver, ResolveResult

# aiohttp is imported with the first request, because a start without feeds should not wait for it.

REDIRECTS = (301, 302, 303, 307, 308)
MOST_REDIRECTS = 5
UNCHANGED, OK, MULTIPLE = 304, 200, 300
CHUNK, SHOWN = 65_536, 200
CONNECT_SECONDS = 20.0
ALWAYS = ("text/plain", "octet-stream")
"""Content types that say nothing, so any body may have them."""
VALIDATORS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
AGENT = "citygraph feed"

Resolve = Callable[[str, int], list[Any]]
"""Like socket.getaddrinfo."""


class Forbidden(OSError):
    """Nothing is sent to this address."""


class Refused(SourceFailed):
    """The server answered with a status that is no success; `body` is the beginning of what it said."""

    def __init__(self, text: str, status: int, body: str) -> None:
        super().__init__(text)
        self.status, self.body = status, body


class _Again(Exception):
    """A failure after which the request is tried again."""

    def __init__(self, why: str, asked: float | None = None) -> None:
        super().__init__(why)
        self.asked = asked


@dataclass(frozen=True)
class Wanted:
    """What is acceptable: parts of content types, bytes after decompression, seconds; `known` validators of the last answer."""

    types: tuple[str, ...]
    most_bytes: int
    seconds: float
    accept: str = "*/*"
    known: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """An answer: its status, the URL that gave it, its headers with names in lower case."""

    status: int
    url: str
    headers: Mapping[str, str]

    @property
    def is_unchanged(self) -> bool:
        """Whether the server says that nothing has changed."""
        return self.status == UNCHANGED

    def validators(self, url: str) -> dict[str, str]:
        """Return what to send next time to the URL, so that the server can say that nothing has changed."""
        found = {name: self.headers[name] for name in VALIDATORS if name in self.headers}
        return {**found, "url": url} if found else {}


def getaddrinfo(host: str, port: int) -> list[Any]:
    """Resolve a name."""
    return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)


def address_problem(text: str, *, private: bool) -> str | None:
    """Say why nothing is asked of an address; None if it may be."""
    where = reach(text)
    if where is Reach.NEVER:
        return "the address is link-local, multicast, reserved, or gives metadata of a cloud, so nothing is asked there"
    if private or where is Reach.PUBLIC:
        return None
    return (
        f"the address is {'one of this machine' if where is Reach.THIS_MACHINE else 'private'}. It is allowed by "
        "`allow_private: true` in the feed together with the setting of the server"
    )


class _Resolver:
    """Resolves names with a function, in threads."""

    def __init__(self, resolve: Resolve) -> None:
        self._resolve = resolve

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> "list[ResolveResult]":
        from aiohttp.abc import ResolveResult

        infos = await asyncio.to_thread(self._resolve, host, port)
        wanted = [info for info in infos if family in (socket.AF_UNSPEC, info[0])]
        return [
            ResolveResult(hostname=host, host=at[0], port=port, family=of, proto=proto, flags=socket.AI_NUMERICHOST)
            for of, _, proto, _, at in wanted
        ]

    async def close(self) -> None:
        """Nothing is held."""


class Client:
    """Asks one portal, at most so many times a second. Use it as an async context manager."""

    def __init__(self, asked: Asked, resolve: Resolve = getaddrinfo) -> None:
        self.asked, self.limits = asked, asked.limits
        self._private = asked.limits.private and bool(asked.option("allow_private", False))
        self._resolve = resolve
        self._secret = asked.token.value() if asked.token else None
        self._next = 0.0
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> "Client":
        return self

    async def __aexit__(self, *raised: object) -> None:
        if self._session is not None:
            await self._session.close()

    async def get(self, url: str, sink: BinaryIO, wanted: Wanted, headers: Mapping[str, str] | None = None) -> Answer:
        """Ask for a URL; the body, decompressed, is written to `sink`. Failures that may pass are tried again."""
        for tried in range(self.limits.tries + 1):
            await self._pace()
            sink.seek(0)
            sink.truncate()
            try:
                return await self._in_time(url, sink, wanted, headers or {})
            except _Again as again:
                seconds = pause(tried, again.asked, self.limits)
                if tried == self.limits.tries:
                    raise self.failed(url, f"{again}; tried {tried + 1} times") from None
                if seconds > self.limits.longest_pause:
                    why = f"{again}; it asks to wait {seconds:.0f} seconds, which is too long here. Run the feed later"
                    raise self.failed(url, why) from None
                await asyncio.sleep(seconds)
        raise AssertionError("the loop above returns or raises")

    def failed(self, url: str, why: str) -> SourceFailed:
        """Make a SourceFailed that names the URL and does not show the token."""
        return SourceFailed(self.hidden(f"{url}: {why}."))

    def hidden(self, text: str) -> str:
        """Return a text without the token."""
        return text.replace(self._secret, "***") if self._secret else text

    async def _pace(self) -> None:
        """Wait until the next request may be made."""
        now = time.monotonic()
        at = max(self._next, now)
        self._next = at + 1 / self.limits.per_second
        await asyncio.sleep(at - now)

    async def _in_time(self, url: str, sink: BinaryIO, wanted: Wanted, headers: Mapping[str, str]) -> Answer:
        import aiohttp

        try:
            async with asyncio.timeout(wanted.seconds):
                return await self._once(url, sink, wanted, headers)
        except TimeoutError:
            raise _Again(f"no whole answer in {wanted.seconds:g} seconds") from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            cause = getattr(error, "os_error", error)
            if isinstance(cause, Forbidden):
                raise self.failed(url, str(cause)) from None
            raise _Again(_reason(error)) from None

    async def _once(self, url: str, sink: BinaryIO, wanted: Wanted, headers: Mapping[str, str]) -> Answer:
        """Follow redirects to an answer."""
        asked = url
        for _ in range(MOST_REDIRECTS + 1):
            problem = self._problem(url)
            if problem is not None:
                raise self.failed(
                    asked, problem if url == asked else f"the server redirects to {url[:SHOWN]}: {problem}"
                )
            async with self._request(url, wanted, headers) as response:
                target = response.headers.get("location") if response.status in REDIRECTS else None
                if target is None:
                    return await self._taken(url, response, sink, wanted)
            before, url = url, urldefrag(urljoin(url, target)).url
            if before.startswith("https:") and not url.startswith("https:"):
                raise self.failed(asked, f"the server redirects from https to {url[:SHOWN]}")
        raise self.failed(asked, f"more than {MOST_REDIRECTS} redirects, the last to {url[:SHOWN]}")

    def _problem(self, url: str) -> str | None:
        """Say why a URL is not asked for: it is not of the web, or its host is written as an address that is not allowed."""
        try:
            scheme, host, _ = origin(url)
        except ValueError:
            return "this is no URL"
        if scheme not in ("http", "https") or not host or urlsplit(url).username is not None:
            return "only http and https URLs without a user name are asked for"
        address = literal(host)
        return None if address is None else address_problem(address, private=self._private)

    @asynccontextmanager
    async def _request(
        self, url: str, wanted: Wanted, headers: Mapping[str, str]
    ) -> "AsyncIterator[aiohttp.ClientResponse]":
        sent = {"User-Agent": AGENT, "Accept": wanted.accept, "Accept-Encoding": "gzip, deflate", **headers}
        sent |= {VALIDATORS[name]: text for name, text in wanted.known.items() if name in VALIDATORS}
        token = self.asked.token
        if token is not None and self._secret is not None and origin(url) == origin(self.asked.url):
            sent[token.header] = token.prefix + self._secret
        async with self._opened().get(url, headers=sent, allow_redirects=False) as response:
            yield response

    def _opened(self) -> "aiohttp.ClientSession":
        if self._session is None:
            import aiohttp

            connector = aiohttp.TCPConnector(
                resolver=cast("AbstractResolver", _Resolver(self._resolve)),
                use_dns_cache=False,
                socket_factory=self._socket,
            )
            self._session = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                timeout=aiohttp.ClientTimeout(total=None, connect=CONNECT_SECONDS),
            )
        return self._session

    def _socket(self, info: Any) -> socket.socket:
        """Make the socket for an address. Every connection comes here, also those to an address that is written as a number."""
        family, type_, proto, _, address = info
        problem = address_problem(address[0], private=self._private)
        if problem is not None:
            raise Forbidden(problem)
        return socket.socket(family, type_, proto)

    async def _taken(self, url: str, response: "aiohttp.ClientResponse", sink: BinaryIO, wanted: Wanted) -> Answer:
        """Write the body of an answer, or say why it is none."""
        answer = Answer(response.status, url, {name.lower(): text for name, text in response.headers.items()})
        if answer.is_unchanged and not wanted.known.keys().isdisjoint(VALIDATORS):
            return answer
        if not OK <= response.status < MULTIPLE:
            raise await self._refused(answer, response)
        kind = answer.headers.get("content-type", "").lower()
        if kind and not any(part in kind for part in (*wanted.types, *ALWAYS)):
            seen = await _beginning(response)
            expected = " or ".join(wanted.types)
            raise self.failed(url, f"the answer is {kind}, expected is {expected}. It begins with: {seen}")
        await self._body(response, sink, wanted)
        return answer

    async def _refused(self, answer: Answer, response: "aiohttp.ClientResponse") -> Exception:
        seen = await _beginning(response)
        if answer.status in AGAIN:
            again = answer.headers.get("retry-after", "") if answer.status in BUSY else ""
            return _Again(f"status {answer.status}", asked_pause(again, datetime.now(UTC)))
        hint = " A token may be needed: token_env" if answer.status in (401, 403) and self._secret is None else ""
        return Refused(
            self.hidden(f"{answer.url}: status {answer.status}. The answer begins with: {seen}.{hint}"),
            answer.status,
            seen,
        )

    async def _body(self, response: "aiohttp.ClientResponse", sink: BinaryIO, wanted: Wanted) -> None:
        try:
            unpacker = Unpacker(response.headers.get("content-encoding", ""))
            written = 0
            async for chunk in response.content.iter_chunked(CHUNK):
                for piece in unpacker.pieces(chunk):
                    written += len(piece)
                    if written > wanted.most_bytes:
                        raise self.failed(str(response.url), f"the answer has more than {wanted.most_bytes:,} bytes")
                    sink.write(piece)
            unpacker.end()
        except ValueError as error:
            raise self.failed(str(response.url), str(error)) from None


async def _beginning(response: "aiohttp.ClientResponse") -> str:
    """Return the beginning of a body as printable text."""
    encoding = response.headers.get("content-encoding", "")
    raw = await response.content.read(SHOWN * 10)
    try:
        raw = b"".join(piece for _, piece in zip(range(4), Unpacker(encoding).pieces(raw), strict=False))
    except ValueError:
        return f"{len(raw)} bytes that cannot be decompressed"
    text = " ".join(raw.decode("utf-8", "replace").split())
    return repr("".join(c for c in text if c.isprintable())[:SHOWN]) if text else "nothing"


def _reason(error: Exception) -> str:
    """Say what went wrong with a connection."""
    import aiohttp

    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return "the name of the host cannot be resolved"
    if isinstance(error, aiohttp.ClientSSLError):
        return "no TLS connection with a valid certificate"
    if isinstance(error, aiohttp.ClientPayloadError):
        return "the answer ended before it was whole"
    cause = getattr(error, "os_error", error)
    return f"no connection, or it broke ({type(cause).__name__})"


def memory() -> BinaryIO:
    """Return a sink in memory."""
    return io.BytesIO()

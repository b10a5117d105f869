"""Posts to targets. In: a URL, headers, a body. Out: an Answer, whatever the target does.

A name is resolved once, and the address is checked when the socket to it is made. So a name that resolves to something else the
next moment gains nothing. TLS and the header Host use the name.
"""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from app.webhooks.target import address_problem

if TYPE_CHECKING:
    import aiohttp
    from aiohttp.abc import AbstractResolver, ResolveResult

# aiohttp is imported with the first post, because a start without webhooks should not wait for it.

CONNECT_SECONDS, WHOLE_SECONDS = 5.0, 15.0
"""Seconds for the name, the connection and TLS together, and for all until the status of the answer is there."""
KEPT_SECONDS = 2.0
"""Seconds for which a connection is kept for the next event. Receivers close idle ones only later."""
BUFFER = 4_096
"""Bytes of an answer that are taken from the network. Its body is not read."""
HEADER = 4_096
"""Bytes of a header of an answer."""
WELL, AILING = 32, 8
"""Posts at the same time: of webhooks whose last try succeeded, and of the others."""
OK, MULTIPLE, GONE, TOO_MANY, UNAVAILABLE = 200, 300, 410, 429, 503
LONGEST_PAUSE = 86_400.0
"""Most seconds that a target may ask to wait."""

Resolve = Callable[[str, int], list[Any]]
"""Like socket.getaddrinfo."""


@dataclass(frozen=True)
class Answer:
    """What came of a post: a status, or none and why there is none. `pause` are the seconds that the target asks to wait."""

    status: int | None
    why: str
    pause: float = 0.0

    @property
    def is_success(self) -> bool:
        """Whether the event was received."""
        return self.status is not None and OK <= self.status < MULTIPLE

    @property
    def is_gone(self) -> bool:
        """Whether the receiver wants no more events."""
        return self.status == GONE


class Forbidden(OSError):
    """Nothing is sent to this address."""


def getaddrinfo(host: str, port: int) -> list[Any]:
    """Resolve a name."""
    return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)


class Resolver:
    """Resolves names in threads of its own, because a name server that does not answer holds a thread for long."""

    def __init__(self, resolve: Resolve) -> None:
        self._resolve = resolve
        self._threads = ThreadPoolExecutor(WELL + AILING, "webhook names")

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> "list[ResolveResult]":
        """Return the addresses of a name."""
        from aiohttp.abc import ResolveResult

        infos = await asyncio.get_running_loop().run_in_executor(self._threads, self._resolve, host, port)
        wanted = [info for info in infos if family in (socket.AF_UNSPEC, info[0])]
        return [
            ResolveResult(hostname=host, host=at[0], port=port, family=of, proto=proto, flags=socket.AI_NUMERICHOST)
            for of, _, proto, _, at in wanted
        ]

    async def close(self) -> None:
        """Leave the threads to end by themselves."""
        self._threads.shutdown(wait=False, cancel_futures=True)


class Sender:
    """Sends to public addresses, and to private ones if they are allowed. Use it as an async context manager."""

    def __init__(
        self, *, private: bool = False, resolve: Resolve = getaddrinfo, trust: ssl.SSLContext | None = None
    ) -> None:
        self._private, self._resolve, self._trust = private, resolve, trust
        self._sessions: dict[str, aiohttp.ClientSession] = {}
        self._well, self._ailing = asyncio.Semaphore(WELL), asyncio.Semaphore(AILING)

    async def __aenter__(self) -> "Sender":
        self._resolver = Resolver(self._resolve)
        return self

    async def __aexit__(self, *raised: object) -> None:
        for session in self._sessions.values():
            await session.close()
        await self._resolver.close()

    def _session(self, *, plain: bool) -> "aiohttp.ClientSession":
        import aiohttp

        connector = aiohttp.TCPConnector(
            limit=0,
            resolver=cast("AbstractResolver", self._resolver),
            use_dns_cache=False,
            keepalive_timeout=KEPT_SECONDS,
            socket_factory=lambda info: self._socket(info, plain=plain),
            ssl=True if self._trust is None else self._trust,
        )
        return aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            read_bufsize=BUFFER,
            max_line_size=HEADER,
            max_field_size=HEADER,
            timeout=aiohttp.ClientTimeout(total=WHOLE_SECONDS, connect=CONNECT_SECONDS),
            skip_auto_headers=("User-Agent", "Accept-Encoding"),
        )

    def _socket(self, info: Any, *, plain: bool) -> socket.socket:
        """Make the socket for an address. Every connection comes here, also those to an address that is written as a number."""
        family, type_, proto, _, address = info
        problem = address_problem(address[0], plain=plain, private=self._private)
        if problem is not None:
            raise Forbidden(problem)
        return socket.socket(family, type_, proto)

    @asynccontextmanager
    async def place(self, *, failing: bool) -> AsyncIterator[bool]:
        """Hold one of the places for posts; yield whether it had to be waited for. Failing webhooks have places of their own."""
        places = self._ailing if failing else self._well
        waited = places.locked()
        async with places:
            yield waited

    async def post(self, url: str, headers: dict[str, str], body: bytes) -> Answer:
        """Post once. A redirect is not followed, and of the answer only the status counts."""
        # The import takes a tenth of a second; others are answered meanwhile.
        aiohttp = await asyncio.to_thread(import_module, "aiohttp")
        scheme = "http" if url.startswith("http:") else "https"
        if scheme not in self._sessions:
            self._sessions[scheme] = self._session(plain=scheme == "http")
        session = self._sessions[scheme]
        try:
            async with (
                asyncio.timeout(WHOLE_SECONDS + 1),
                session.post(url, data=body, headers=headers, allow_redirects=False) as response,
            ):
                return _answer(response)
        except TimeoutError:
            return Answer(None, "no answer in time")
        except (aiohttp.ClientError, OSError, ValueError) as error:
            return Answer(None, _reason(error))


def _answer(response: "aiohttp.ClientResponse") -> Answer:
    status = response.status
    again = response.headers.get("retry-after", "") if status in (TOO_MANY, UNAVAILABLE) else ""
    pause = min(float(again), LONGEST_PAUSE) if again.isdecimal() and again.isascii() else 0.0
    return Answer(status, f"status {status}", pause)


def _reason(error: Exception) -> str:
    """Say what went wrong, without anything that the target wrote."""
    import aiohttp

    cause = getattr(error, "os_error", error)
    if isinstance(cause, Forbidden):
        return str(cause)
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return "the name of the host cannot be resolved"
    if isinstance(error, aiohttp.ClientSSLError):
        return "no TLS connection with a valid certificate"
    return f"no connection ({type(cause).__name__})"

"""A small portal on 127.0.0.1 over a table that tests change while it is read, with faults on wish. In: a dialect, a Fault.

What it answers follows the published documentation of each kind; the heads of the files of dialects name it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

Rows = dict[int, str]
"""The table: for each id, in the order of ids, a text that may change."""
PAGE = 5


def table() -> Rows:
    """Twenty-five rows; ids leave room before, between and behind them."""
    return {number * 10: f"Besuch {number} in Łódź" for number in range(1, 26)}


@dataclass(frozen=True)
class Dialect:
    """A kind as it is served: its options for a URL, what it answers, and how a record is read back as id and text."""

    name: str
    options: Mapping[str, Any]
    answer: "Callable[[Portal, web.Request], web.Response]"
    back: Callable[[Mapping[str, Any]], tuple[int, str]]
    path: str = ""
    linked: bool = False
    single: bool = False


@dataclass(frozen=True)
class Fault:
    """What goes wrong. `change` alters the table when page number `at` is asked for, or any page; `wrap` alters answers."""

    name: str
    change: Callable[[Rows, int], None] | None = None
    at: int | None = None
    wrap: "Callable[[Portal, web.Request, web.Response], Awaitable[web.StreamResponse]] | None" = None
    stuck: bool = False
    shrinks: bool = False
    inner: bool = False


@dataclass
class Portal:
    """A running portal."""

    dialect: Dialect
    rows: Rows = field(default_factory=table)
    fault: Fault | None = None
    port: int = 0
    pages: int = 0
    asked: list[str] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)
    totals: int = 0

    @property
    def root(self) -> str:
        """The address by which the feed knows the portal."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def said(self) -> str:
        """The address that the portal writes into its links."""
        return "http://inner.example:8080" if self.fault and self.fault.inner else self.root

    @property
    def options(self) -> dict[str, Any]:
        """The options of a feed that reads this portal."""
        return {"url": self.root + self.dialect.path, "allow_private": True, **self.dialect.options}

    def window(self, offset: int, count: int, ids: list[int] | None = None) -> list[int]:
        """Return the ids of a page, and let the fault change the table before."""
        self.pages += 1
        fault = self.fault
        if fault and fault.change and fault.at in (None, self.pages):
            fault.change(self.rows, self.pages)
        everything = sorted(self.rows) if ids is None else [each for each in ids if each in self.rows]
        return everything[0 if fault and fault.stuck else offset :][:count]

    def total(self) -> int:
        """Return how many rows it says that it has."""
        self.totals += 1
        return len(self.rows) - (self.totals if self.fault and self.fault.shrinks else 0)

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request.path_qs)
        self.headers.append(request.headers)
        response = self.dialect.answer(self, request)
        wrap = self.fault.wrap if self.fault else None
        return response if wrap is None else await wrap(self, request, response)

    async def __aenter__(self) -> "Portal":
        application = web.Application()
        application.router.add_route("*", "/{path:.*}", self._handle)
        self._runner = web.AppRunner(application, handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *raised: object) -> None:
        await self._runner.cleanup()


def number(request: web.Request, name: str, default: int) -> int:
    """Return a parameter as a number."""
    return int(request.query.get(name, default))


# Faults ------------------------------------------------------------------------------------------------------------


def _put(at: int) -> Callable[[Rows, int], None]:
    return lambda rows, page: rows.update({at: "a new visit"})


def _gone(at: int) -> Callable[[Rows, int], None]:
    def gone(rows: Rows, page: int) -> None:
        rows.pop(at, None)

    return gone


def _always_gone(rows: Rows, page: int) -> None:
    rows.pop(min(rows), None)
    rows[max(rows) + 10] = f"a new visit of page {page}"


async def _busy(portal: Portal, request: web.Request, response: web.Response) -> web.StreamResponse:
    """Answer 429 to each second request."""
    return web.Response(status=429, headers={"Retry-After": "0"}) if len(portal.asked) % 2 else response


def _status(code: int, times: int = 10_000) -> Any:
    async def wrap(portal: Portal, request: web.Request, response: web.Response) -> web.StreamResponse:
        return web.Response(status=code, text="out of order") if len(portal.asked) <= times else response

    return wrap


def _cut(times: int = 10_000) -> Any:
    async def wrap(portal: Portal, request: web.Request, response: web.Response) -> web.StreamResponse:
        """Promise the whole body, and send half of it."""
        if len(portal.asked) > times or not response.body:
            return response
        body = bytes(response.body)  # type: ignore[arg-type]  # our dialects answer with bytes
        cut = web.StreamResponse(headers={"Content-Type": response.headers["Content-Type"]})
        cut.content_length = len(body)
        await cut.prepare(request)
        await cut.write(body[: len(body) // 2])
        if request.transport is not None:
            request.transport.close()
        return cut

    return wrap


async def _html(portal: Portal, request: web.Request, response: web.Response) -> web.StreamResponse:
    return web.Response(text="<html><body>Please log in</body></html>", content_type="text/html")


async def _broken(portal: Portal, request: web.Request, response: web.Response) -> web.StreamResponse:
    """Send half of the body as if it were whole."""
    body = bytes(response.body or b"")  # type: ignore[arg-type]  # our dialects answer with bytes
    half = body[: len(body) // 2]
    while half.endswith(b"\n"):
        half = half[:-1]
    return web.Response(body=half[:-1], headers={"Content-Type": response.headers["Content-Type"]})


async def _slow(portal: Portal, request: web.Request, response: web.Response) -> web.StreamResponse:
    await asyncio.sleep(3)
    return response


async def _astray(portal: Portal, request: web.Request, response: web.Response) -> web.StreamResponse:
    return web.Response(status=302, headers={"Location": "http://169.254.169.254/latest/meta-data/"})


FAULTS = (
    Fault("no fault"),
    Fault("a row comes before those that were read", _put(5), 3),
    Fault("a row comes behind all others", _put(1_000), 3),
    Fault("a row that was read goes", _gone(10), 3),
    Fault("a row that was not read goes", _gone(250), 3),
    Fault("a row that was read changes", lambda rows, page: rows.update({10: "another text"}), 3),
    Fault("rows come and go all the time", _always_gone),
    Fault("status 429 at each second request", wrap=_busy),
    Fault("status 500 once", wrap=_status(500, 1)),
    Fault("status 500 for ever", wrap=_status(500)),
    Fault("a body that ends too early, once", wrap=_cut(1)),
    Fault("a body that ends too early, for ever", wrap=_cut()),
    Fault("a page of HTML with status 200", wrap=_html),
    Fault("half a body, as if it were whole", wrap=_broken),
    Fault("the same page for each request", stuck=True),
    Fault("a total that shrinks", shrinks=True),
    Fault("a server that does not answer in time", wrap=_slow),
    Fault("a redirect to an address of cloud metadata", wrap=_astray),
    Fault("links with the inner host of the server", inner=True),
)

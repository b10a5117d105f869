"""The client of portals: which addresses it asks, what it takes, how long it waits, and that a token stays where it belongs."""

import asyncio
import gzip
import time
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web

from graph.addresses import Reach, reach
from graph.load.records import Known, SourceFailed
from graph.portals import fetch
from graph.portals.answers import ask_json
from graph.portals.fetch import Client, getaddrinfo
from graph.portals.limits import Asked, Limits, Token
from graph.portals.retry import asked_pause
from graph.portals.unpack import Unpacker
from tests.portals.reading import QUICK, reading, run
from tests.portals.server import Dialect, Portal

Answer = Callable[[Portal, web.Request], web.Response]


def portal(answer: Answer) -> Portal:
    return Portal(Dialect("one", {"kind": "json", "next": "next", "items": "rows"}, answer, lambda values: (0, "")))


def rows(portal: Portal, request: web.Request) -> web.Response:
    return web.json_response({"rows": [{"a": 1}]})


def asked(server: Portal, limits: Limits = QUICK, **more: Any) -> Asked:
    return Asked("json", server.root, {"allow_private": True}, limits, **more)


async def failure(given: Asked, url: str, **more: Any) -> str:
    """Ask, and return why it failed."""
    async with Client(given, **more) as client:
        with pytest.raises(SourceFailed) as caught:
            await ask_json(client, url)
        return str(caught.value)


def redirecting(times: int) -> Answer:
    def answer(portal: Portal, request: web.Request) -> web.Response:
        step = int(request.query.get("step", 0))
        if step < times:
            return web.Response(status=307, headers={"Location": f"/next?step={step + 1}"})
        return rows(portal, request)

    return answer


def test_five_redirects_are_followed_and_not_six() -> None:
    async def work() -> None:
        async with portal(redirecting(5)) as server:
            read = await reading(server.options)
            assert (read.outcome, len(server.asked)) == ("whole", 6)
        async with portal(redirecting(6)) as server:
            assert "more than 5 redirects" in await failure(asked(server), server.root)

    run(work)


def of_the_internet(text: str) -> Reach:
    """Take 127.0.0.1, where the server of the test is, for an address of the internet."""
    return Reach.PUBLIC if text == "127.0.0.1" else reach(text)


@pytest.mark.parametrize(
    "location",
    ["http://10.1.2.3/", "http://127.0.0.2/", "http://[::1]/", "http://192.168.1.1/x", "http://inside.test/", "file:///etc/passwd",
     "http://anna@example.org/", "//169.254.169.254/", "http://[::ffff:10.0.0.1]/"],
)  # fmt: skip
def test_a_redirect_into_a_private_network_is_not_followed(location: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither by number nor by a name that resolves to one: the socket is never made."""
    monkeypatch.setattr(fetch, "reach", of_the_internet)
    answer = web.Response

    async def work() -> None:
        async with portal(lambda p, r: answer(status=302, headers={"Location": location})) as server:
            given = Asked("json", server.root, {}, replace(QUICK, private=False))
            why = await failure(given, server.root, resolve=lambda host, port: getaddrinfo("10.0.0.7", port))
            assert "is allowed by `allow_private: true`" in why or "nothing is asked there" in why or "only http" in why
            assert len(server.asked) == 1

    run(work)


def test_private_addresses_need_the_feed_and_the_operator() -> None:
    async def work() -> None:
        async with portal(rows) as server:
            for option, setting in ((False, False), (True, False), (False, True)):
                given = Asked("json", server.root, {"allow_private": option}, replace(QUICK, private=setting))
                assert "one of this machine" in await failure(given, server.root)
                named = server.root.replace("127.0.0.1", "portal.test")
                given = replace(given, url=named)
                why = await failure(given, named, resolve=lambda host, port: getaddrinfo("127.0.0.1", port))
                assert "one of this machine" in why
            assert server.asked == []

    run(work)


def test_a_name_is_resolved_once_for_a_connection() -> None:
    """The second time it would resolve to another address, where nobody listens."""
    names: list[str] = []

    def resolve(host: str, port: int) -> list[Any]:
        names.append(host)
        return getaddrinfo("127.0.0.1" if len(names) == 1 else "127.0.0.9", port)

    async def work() -> None:
        async with portal(rows) as server:
            url = server.root.replace("127.0.0.1", "portal.test")
            async with Client(replace(asked(server), url=url), resolve) as client:
                assert (await ask_json(client, url)).value == {"rows": [{"a": 1}]}
            assert server.headers[0]["Host"] == f"portal.test:{server.port}"
            assert names == ["portal.test"]

    run(work)


def test_bytes_are_counted_after_decompression() -> None:
    """Fifty kilobytes of gzip that are fifty megabytes."""
    body = gzip.compress(b"[" + b" " * 50_000_000 + b"]")

    def answer(portal: Portal, request: web.Request) -> web.Response:
        return web.Response(body=body, headers={"Content-Encoding": "gzip", "Content-Type": "application/json"})

    async def work() -> None:
        async with portal(answer) as server:
            assert "more than 1,000,000 bytes" in await failure(
                asked(server, replace(QUICK, page_bytes=10**6)), server.root
            )
            assert len(server.asked) == 1

    run(work)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "raw", "identity", "members"])
@pytest.mark.parametrize("size", [1, 7, 100_000])
def test_bodies_are_decompressed_in_chunks_of_any_size(encoding: str, size: int) -> None:
    text = b"".join(b"%d besuche " % each for each in range(100_000))
    raw = zlib.compressobj(wbits=-15)
    packed = {
        "gzip": gzip.compress(text),
        "deflate": zlib.compress(text),
        "raw": raw.compress(text) + raw.flush(),
        "identity": text,
        "members": gzip.compress(text[:1_000]) + gzip.compress(text[1_000:]),
    }[encoding]
    name = {"raw": "deflate", "members": "gzip"}.get(encoding, encoding)
    packed, text = (packed, text) if size > 1 else (packed[:5_000], text)
    unpacker = Unpacker(name)
    pieces = [piece for at in range(0, len(packed), size) for piece in unpacker.pieces(packed[at : at + size])]
    assert text.startswith(b"".join(pieces))
    if size > 1:
        assert b"".join(pieces) == text
        unpacker.end()
    elif encoding not in ("identity", "members"):
        with pytest.raises(ValueError, match="before it was whole"):
            unpacker.end()


def test_an_unknown_encoding_and_a_body_that_is_none_fail() -> None:
    def answer(portal: Portal, request: web.Request) -> web.Response:
        encoding = "gzip" if "gzip" in request.path else "br"
        return web.Response(body=b"[1]", headers={"Content-Encoding": encoding, "Content-Type": "application/json"})

    async def work() -> None:
        async with portal(answer) as server:
            assert "accepted are gzip and deflate" in await failure(asked(server), server.root)
            assert "cannot be decompressed" in await failure(asked(server), f"{server.root}/gzip")

    run(work)


NOW = datetime(2026, 11, 29, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("7", 7.0), (" 0 ", 0.0), ("Sun, 29 Nov 2026 12:00:30 GMT", 30.0), ("Sunday, 29-Nov-26 12:00:30 GMT", 30.0),
     ("Sun, 29 Nov 2026 11:00:00 GMT", 0.0), ("Sun Nov 29 12:00:05 2026", 5.0), ("soon", None), ("", None), ("-5", None),
     ("1.5", None), ("Mon, 01 Jan 99999999999999999999 00:00:00 GMT", None)],
)  # fmt: skip
def test_retry_after_is_seconds_or_a_date(text: str, seconds: float | None) -> None:
    assert asked_pause(text, NOW) == seconds


def test_a_pause_is_kept_and_one_that_is_too_long_is_a_failure() -> None:
    def answer(portal: Portal, request: web.Request) -> web.Response:
        if len(portal.asked) == 1:
            return web.Response(status=503, headers={"Retry-After": "1"})
        return rows(portal, request)

    async def work() -> None:
        async with portal(answer) as server:
            begun = time.monotonic()
            async with Client(asked(server)) as client:
                await ask_json(client, server.root)
            assert 1.0 <= time.monotonic() - begun < 5
        later = web.Response
        async with portal(lambda p, r: later(status=429, headers={"Retry-After": "86400"})) as server:
            assert "it asks to wait 86400 seconds" in await failure(asked(server), server.root)
            assert len(server.asked) == 1

    run(work)


def test_requests_keep_their_distance() -> None:
    async def work() -> None:
        async with portal(rows) as server:
            begun = time.monotonic()
            async with Client(asked(server, replace(QUICK, per_second=20))) as client:
                await asyncio.gather(*(ask_json(client, server.root) for _ in range(7)))
            assert time.monotonic() - begun >= 6 / 20

    run(work)


def test_a_token_goes_to_its_origin_only_and_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_TOKEN", "sesame-1")
    token = Token("PORTAL_TOKEN", "Authorization", "Bearer ")

    async def work() -> None:
        async with portal(rows) as other:

            def answer(portal: Portal, request: web.Request) -> web.Response:
                if request.path == "/echo":
                    return web.Response(status=403, text=f"not for {request.headers['Authorization']}")
                return web.Response(status=302, headers={"Location": other.root})

            async with portal(answer) as server:
                async with Client(asked(server, token=token)) as client:
                    await ask_json(client, server.root)
                assert server.headers[0]["Authorization"] == "Bearer sesame-1"
                assert "Authorization" not in other.headers[0]
                why = await failure(asked(server, token=token), f"{server.root}/echo")
                assert "status 403" in why
                assert "***" in why
                assert "sesame" not in why

    run(work)


def test_a_token_that_is_not_set_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PORTAL_TOKEN", raising=False)
    options = {"kind": "json", "url": "https://data.example.org", "token_env": "PORTAL_TOKEN"}

    async def work() -> None:
        assert "PORTAL_TOKEN, which token_env names, is not set" in (await reading(options)).failure

    run(work)


def test_an_unasked_304_is_a_failure() -> None:
    """A server that says that nothing has changed, though no validator was sent."""
    nothing = web.Response

    async def work() -> None:
        async with portal(lambda p, r: nothing(status=304)) as server:
            options = {"kind": "csv", "url": server.root, "allow_private": True}
            for known in (Known(), Known(validators={"url": server.root})):
                assert "status 304" in (await reading(options, known=known)).failure

    run(work)


@pytest.mark.parametrize(
    ("body", "words"),
    [(b"", "no JSON"), (b'{"rows": [NaN]}', "NaN is no JSON"), (b"[" * 200_000, "no JSON"),
     (b'{"rows": 5}', "no list of objects"),
     (b'{"rows": [1e9999]}', "out of range"), (b"[]", "no list of objects"), (b'"text"', "no list"),
     (b'{"rows": "\xff"}', "no JSON"),
     (b'{"rows": [' + b"9" * 5_000 + b"]}", "no JSON")],
)  # fmt: skip
def test_a_body_that_is_not_what_was_expected_is_shown(body: bytes, words: str) -> None:
    def answer(portal: Portal, request: web.Request) -> web.Response:
        return web.Response(body=body, headers={"Content-Type": "application/json"})

    async def work() -> None:
        async with portal(answer) as server:
            read = await reading(server.options)
            assert words in read.failure
            assert server.root in read.failure
            assert len(read.failure) < 1_000

    run(work)

"""HTTP requests that are hostile by their form: heads, addresses, encodings. In: a random generator. Out: kinds."""

import asyncio
import gzip
import json
from contextlib import suppress
from random import Random
from urllib.parse import quote

from tests.kit.hostile.kind import Kind, raw
from tests.kit.hostile.peer import GONE, Peer, request

SMALL = json.dumps({"query": "{ cities(first: 1) { totalCount } }"}).encode()
MOST_LINE = 64_000


def get(query: str, head: str = "") -> bytes:
    """Write a GET to the endpoint."""
    return f"GET /graphql?{query} HTTP/1.1\r\nhost: x\r\n{head}\r\n".encode()


def _headed(name: str, value: str) -> bytes:
    return request(SMALL, f"{name}: {value}\r\n")


def _chunks(random: Random) -> bytes:
    """Write a body in chunks of one byte, each with an extension."""
    head = b"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n"
    blank = b"1;%x\r\n \r\n" % random.getrandbits(20)
    return head + blank * 20_000 + b"%x\r\n%s\r\n0\r\n\r\n" % (len(SMALL), SMALL)


def _bomb(random: Random) -> bytes:
    body = gzip.compress(SMALL + b" " * 5_000_000)
    return request(body, f"content-encoding: {random.choice(['gzip', 'br', 'deflate', 'x', 'gzip, gzip'])}\r\n")


def _garbage(random: Random) -> bytes:
    return random.choice(
        [
            b"\x16\x03\x01\x02\x00\x01\x00" * 2_000,
            b"POST " * 20_000,
            b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + random.randbytes(4_000),
            b"POST /graphql HTTP/9.9\r\n\r\n",
            b"POST /graphql HTTP/1.1\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nabcdef",
            b"POST /graphql HTTP/1.1\r\ncontent-length: -1\r\n\r\n",
            b"POST /graphql HTTP/1.1\r\ntransfer-encoding: chunked\r\ncontent-length: 3\r\n\r\nfffffffffffffffff\r\n",
            b"GET " + b"/" * 60_000 + b" HTTP/1.1\r\nhost: x\r\n\r\n",
            b"GET http://other/graphql HTTP/1.1\r\nhost: [::1]:x\r\n\r\n",
            random.randbytes(60_000),
        ]
    )


def _elsewhere(random: Random) -> bytes:
    path = random.choice(
        [
            "/graphql/",
            "/" + "a/" * 20_000,
            "/%00%ff" * 5_000,
            "/openapi.json",
            "/docs",
            "/..%2f" * 900,
            "/readyz?" + "a=b&" * 9_000,
            "//" * 9_000,
        ]
    )
    method = random.choice(["GET", "POST", "HEAD", "OPTIONS", "DELETE", "TRACE"])
    return f"{method} {path} HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n".encode()


async def _pipelined(peer: Peer, random: Random) -> None:
    """Send 100 requests on one connection before reading a response."""
    with suppress(*GONE):
        async with asyncio.timeout(10), peer.connection() as (reader, writer):
            writer.write(request(SMALL) * 100)
            for _ in range(100):
                await peer.response(reader)


async def _tiny(peer: Peer, random: Random) -> None:
    """Send the shortest request thousands of times in one piece, and wait for the first response."""
    with suppress(*GONE):
        async with asyncio.timeout(5), peer.connection() as (reader, writer):
            writer.write(b"GET /x HTTP/1.1\r\n\r\n" * 13_000)
            await peer.response(reader)


async def _behind(peer: Peer, random: Random) -> None:
    """Send a head of thousands of headers, without end, behind a request."""
    with suppress(*GONE):
        async with asyncio.timeout(5), peer.connection() as (reader, writer):
            writer.write(request(SMALL) + b"GET / HTTP/1.1\r\n" + b"a:\r\n" * 60_000)
            await peer.response(reader)


async def _cut_off(peer: Peer, random: Random) -> None:
    """End requests at a random byte."""
    whole = request(json.dumps({"query": "{ cities { totalCount } }" + " " * 20_000}).encode())
    for _ in range(20):
        await peer.vanish(whole[: random.randrange(len(whole))], 0)


REQUESTS: tuple[Kind, ...] = (
    raw(
        "a long address",
        "A GET with a question of 64 kB.",
        lambda r: get("query=%7B__typename%7D" + "%20" * 20_000 + f"&x={r.random()}"),
    ),
    raw(
        "many parameters",
        "A GET with thousands of parameters.",
        lambda r: get("query=%7B__typename%7D&" + "&".join(f"{n}={r.randrange(9)}" for n in range(7_000))),
    ),
    raw(
        "one parameter again and again",
        "A GET with one parameter, thousands of times.",
        lambda r: get("&".join(["query=%7B__typename%7D"] * 2_500)),
    ),
    raw(
        "variables in an address",
        "A GET with 60 kB of variables.",
        lambda r: get(
            "query=query(%24w%3ACityWhere)%7Bcities(where%3A%24w)%7BtotalCount%7D%7D&variables="
            + quote(json.dumps({"w": {"or": [{}] * 4_000}}))
        ),
    ),
    raw(
        "an address of nonsense",
        "A GET with percent signs that encode nothing.",
        lambda r: get("query=" + "%" * MOST_LINE),
    ),
    raw(
        "many headers",
        "Thousands of headers.",
        lambda r: request(SMALL, "".join(f"x-{n}: {r.randrange(9)}\r\n" for n in range(8_000))),
    ),
    raw("a long header", "A header of 120 kB.", lambda r: _headed("x-a", "a" * 120_000)),
    raw("a long token", "A token of 60 kB.", lambda r: _headed("authorization", f"Bearer {r.random()}" + "a" * 60_000)),
    raw(
        "many media ranges",
        "An Accept header with 12,000 media ranges.",
        lambda r: _headed("accept", ",".join(f"a/{n};q=0.{r.randrange(9)}" for n in range(11_000))),
    ),
    raw(
        "parameters of a media range",
        "An Accept header with 30,000 parameters.",
        lambda r: _headed("accept", f"a/{r.random()}" + ";q=x" * 30_000),
    ),
    raw(
        "many encodings",
        "An Accept-Encoding header with 20,000 encodings.",
        lambda r: _headed("accept-encoding", f"{r.random()}" + ",gzip;q=0" * 12_000),
    ),
    raw(
        "a long media type",
        "A Content-Type with thousands of parameters.",
        lambda r: request(SMALL).replace(b"application/json", b"application/json" + b"; charset=utf-8" * 7_000),
    ),
    raw(
        "many forwarded addresses",
        "An X-Forwarded-For header with 15,000 addresses.",
        lambda r: _headed("x-forwarded-for", ",".join(f"10.{r.randrange(255)}.1.{n % 255}" for n in range(9_000))),
    ),
    raw("chunks of one byte", "A body in 20,000 chunks of one byte.", _chunks),
    raw("compressed bodies", "A body of 5 kB that unpacks to 5 MB, in encodings that are known and not.", _bomb),
    raw("no HTTP", "Bytes that are no request.", _garbage),
    raw("other addresses", "Addresses and methods that do not exist.", _elsewhere),
    raw(
        "expectations",
        "A request that wants to be told to go on, and to change its protocol.",
        lambda r: request(
            SMALL,
            "expect: 100-continue\r\nconnection: upgrade, http2-settings\r\nupgrade: h2c\r\nhttp2-settings: AAMAAABkAAQAAP__\r\n",
        ),
    ),
    Kind("pipelined requests", "100 requests on one connection, sent before a response is read.", _pipelined),
    Kind("tiny requests", "13,000 requests of 19 bytes in one piece.", _tiny),
    Kind("a head behind a request", "A head of 60,000 headers without end, behind a request.", _behind),
    Kind("requests cut off", "Requests that end at a random byte.", _cut_off),
)

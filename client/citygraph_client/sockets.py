"""WebSockets for subscriptions. In: a Stream. Out: its events, until the connection ends; then the Stream knows why."""

import ssl
from collections.abc import AsyncGenerator, AsyncIterator, Generator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from websockets.asyncio.client import connect as aconnect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus
from websockets.sync.client import connect

from citygraph_client.errors import AnswerLost, Refused, TransportError
from citygraph_client.lost import connecting
from citygraph_client.streams import PROTOCOL, Stream

LARGEST = 64 * 1024 * 1024
"""Most bytes of a message that is read."""


def _options(stream: Stream, seconds: float, verify: Any) -> dict[str, Any]:
    options: dict[str, Any] = {
        "subprotocols": [PROTOCOL],
        "additional_headers": stream.core.headers,
        "open_timeout": seconds,
        "close_timeout": 2.0,
        "max_size": LARGEST,
    }
    if stream.url.startswith("wss:"):
        if isinstance(verify, ssl.SSLContext):
            options["ssl"] = verify
        elif verify is False:
            options["ssl"] = ssl._create_unverified_context()  # noqa: S323 - the caller asked for it
    return options


def listened(stream: Stream, seconds: float, verify: Any) -> Generator[Any, None, None]:
    """Yield the events of one connection."""
    with _ends(stream), connect(stream.url, **_options(stream, seconds, verify)) as socket:
        try:
            socket.send(stream.first())
            while not stream.over:
                events, reply = stream.take(socket.recv())
                if reply is not None:
                    socket.send(reply)
                yield from events
        finally:
            socket.close()  # else who stops listening would look like a fault


async def alistened(stream: Stream, seconds: float, verify: Any) -> AsyncGenerator[Any, None]:
    """Yield the events of one connection."""
    async with _aends(stream), aconnect(stream.url, **_options(stream, seconds, verify)) as socket:
        await socket.send(stream.first())
        while not stream.over:
            events, reply = stream.take(await socket.recv())
            if reply is not None:
                await socket.send(reply)
            for event in events:
                yield event


@contextmanager
def _ends(stream: Stream) -> Iterator[None]:
    """Tell the stream how its connection ended."""
    try:
        yield
    except ConnectionClosed as error:
        stream.closed(error.rcvd.code if error.rcvd else 1006, error.rcvd.reason if error.rcvd else "")
    except InvalidStatus as error:
        stream.refused(error.response.status_code)
    except InvalidHandshake as error:
        stream.failed(AnswerLost(f"The WebSocket could not be opened: {error}."))
    except Refused as error:
        if error.code != "UNAVAILABLE":
            raise
        stream.failed(error)
    except TransportError:
        raise
    except (OSError, TimeoutError) as error:
        stream.failed(connecting(error))


@asynccontextmanager
async def _aends(stream: Stream) -> AsyncIterator[None]:
    with _ends(stream):
        yield

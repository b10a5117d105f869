"""GraphQL over server-sent events: graphql-sse, distinct connections mode. In: answers. Out: events `next` and `complete`.

Each event of a subscription has its cursor as id, so that the EventSource of a browser goes on where it was.
"""

from collections.abc import AsyncIterator

from starlette.responses import Response

from app.http.answering import Encoded, refusal
from app.http.connected import Connected
from app.http.headers import AGAIN, ALWAYS
from app.http.negotiate import JSON, STREAM
from app.http.subscribing import Opened
from graph.errors import QuestionError, Unavailable, Writes

COMPLETE = b"event: complete\ndata:\n\n"
"""The end of an operation. Without an empty `data`, an EventSource would not tell its listeners."""
ALIVE = b":\n\n"
"""A comment, which every client ignores."""


def once(encoded: Encoded) -> Response:
    """Return the response to an operation that has one answer.

    Errors of a question are in the stream, as the protocol says. A client that is to come back, or sends a mutation by GET,
    learns it from the status.
    """
    error = next(iter(encoded.answer.errors), None)
    if not encoded.answer.ran and isinstance(error, Unavailable | Writes):
        again = AGAIN if isinstance(error, Unavailable) else {}
        return Response(encoded.body, error.status, {**ALWAYS, **again}, f"{JSON}; charset=utf-8")
    return Response(_next(encoded.body) + COMPLETE, headers=ALWAYS, media_type=STREAM)


async def followed(opened: Opened, connected: Connected) -> AsyncIterator[bytes]:
    """Yield the events of a subscription.

    If its viewer is no longer known, an error and `complete` follow. A stream that just ends is to be opened again.
    """
    yield ALIVE
    try:
        async for events in opened.events(connected):
            yield b"".join(b"id: " + cursor.encode() + b"\n" + _next(body) for cursor, body in events) or ALIVE
    except QuestionError as error:
        yield _next(refusal(error).body) + COMPLETE


def _next(body: bytes) -> bytes:
    return b"event: next\ndata: " + body + b"\n\n"

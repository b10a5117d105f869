"""What holds for every request and response. In: a request, what sends its response. Out: a refusal, or headers that all have."""

from functools import lru_cache

from starlette.types import Message, Receive, Scope, Send

from app.http.answering import refusal
from app.http.headers import AGAIN, ALWAYS, Raw, raw
from app.http.negotiate import JSON
from app.http.plain import plain
from graph.errors import BadUserInput, QuestionError, Unavailable

MOST_PARAMETERS = 500
"""Most parameters in an address: to read thousands would hold the event loop."""
UNREAD = "Your other connections have answers that you do not read. Read them, or close the connections."
POLICY = "default-src 'none'; frame-ancestors 'none'"
"""A browser loads nothing for a response that does not say otherwise."""


def has_many_parameters(scope: Scope) -> bool:
    """Whether the address of a request has more parameters than are read."""
    return int(scope["query_string"].count(b"&")) >= MOST_PARAMETERS


def with_headers(send: Send) -> Send:
    """Send with the headers that every response has, unless it has its own."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            own = [(name.lower(), value) for name, value in message.get("headers", ())]
            names = {name for name, _ in own}
            message = {**message, "headers": [*own, *(each for each in _defaults() if each[0] not in names)]}
        await send(message)

    return sent


async def refuse_parameters(scope: Scope, receive: Receive, send: Send) -> None:
    """Refuse a request with too many parameters."""
    error = BadUserInput(f"The address has more than {MOST_PARAMETERS} parameters, the most allowed.")
    await _refuse(error, scope, receive, send)


async def refuse_unread(scope: Scope, receive: Receive, send: Send) -> None:
    """Refuse a request of a client that does not read its answers."""
    await _refuse(Unavailable(UNREAD), scope, receive, send)


async def _refuse(error: QuestionError, scope: Scope, receive: Receive, send: Send) -> None:
    again = AGAIN if isinstance(error, Unavailable) else None
    await plain(refusal(error).body, JSON, error.status, again)(scope, receive, send)


@lru_cache(maxsize=1)
def _defaults() -> Raw:
    """Return the headers of a response that has none of its own."""
    return raw(ALWAYS | {"referrer-policy": "no-referrer", "content-security-policy": POLICY})

"""What can go wrong. In: answers that are none. Out: exceptions, which all derive from CitygraphError."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


class CitygraphError(Exception):
    """Anything that this package raises on purpose."""


class BadDocument(CitygraphError):
    """The document, path or argument does not fit what is asked of it; nothing was sent."""


class MissingExtra(CitygraphError, ImportError):
    """A package is needed that is not installed; the message says which extra brings it."""


# The server answered -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class OneError:
    """One error of an answer: what it says, its code (docs/errors.md of citygraph) and the path to the field."""

    message: str
    code: str | None = None
    path: tuple[str | int, ...] = ()

    def __str__(self) -> str:
        where = ".".join(map(str, self.path))
        return f"{self.message} [{self.code or 'no code'}{f' at {where}' if where else ''}]"


class GraphQLErrors(CitygraphError):
    """The server answered with errors.

    `errors` has each; `data` is what it could answer in spite of them, None if nothing; `status` is that of HTTP, None over
    WebSocket.
    """

    def __init__(self, errors: Sequence[OneError], data: Any = None, status: int | None = None) -> None:
        super().__init__("; ".join(map(str, errors)) or "The answer has errors without a message.")
        self.errors = tuple(errors)
        self.data = data
        self.status = status

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes, in the order of the errors."""
        return tuple(each.code for each in self.errors if each.code)


def errors_of(answer: Mapping[str, Any]) -> list[OneError]:
    """Read the errors of an answer; what is malformed is left out."""
    found = answer.get("errors")
    return [_error(each) for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []


def _error(given: Mapping[str, Any]) -> OneError:
    extensions, path = given.get("extensions"), given.get("path")
    code = extensions.get("code") if isinstance(extensions, Mapping) else None
    return OneError(str(given.get("message", "")), str(code) if code else None, tuple(path or ()))


# There is no answer ------------------------------------------------------------------------------------------------


class TransportError(CitygraphError):
    """There is no answer to the question. `sent` says whether the request may have reached the server."""

    sent = True


class ServerAway(TransportError):
    """Nobody answers at the address, or its name is unknown."""

    sent = False


class TlsFailed(ServerAway):
    """The connection is not secure: a certificate is not trusted, has expired or is of another name. It is not tried again."""


class AnswerLost(TransportError):
    """The connection broke before the answer was there."""


class AnswerTimedOut(AnswerLost):
    """The answer did not come within the client's `timeout`."""


class NotGraphQL(TransportError):
    """Something answered that is no citygraph: a page of a proxy, perhaps."""


class Refused(TransportError):
    """The server refused the request by its HTTP status. `code` is that of the error, if it told one."""

    def __init__(self, status: int, message: str, code: str | None = None, retry_after: float | None = None) -> None:
        super().__init__(f"{status}: {message}{f' [{code}]' if code else ''}")
        self.status = status
        self.message = message
        self.code = code
        self.retry_after = retry_after


class Unauthenticated(Refused):
    """401: the token is unknown, has expired or was revoked."""


class TooLarge(Refused):
    """413: the request or its answer is larger than the server allows."""


class Busy(Refused):
    """429, 502 or 503, again and again: the server has too much to do, stops or has no database. `retry_after` is in seconds."""


REFUSALS: Mapping[int, type[Refused]] = {401: Unauthenticated, 413: TooLarge, 429: Busy, 502: Busy, 503: Busy}


# Uploads and streams -----------------------------------------------------------------------------------------------


class StreamEnded(CitygraphError):
    """A subscription ended and cannot go on without losing events: its document has no `$after`, or selects no cursor."""

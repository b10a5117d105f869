"""Errors that a client is told about. Each class has one code and one HTTP status, and a row in docs/errors.md."""

import uuid
from typing import Any, ClassVar

LONGEST = 300
MOST_LOCATIONS = 10
"""Bounds of what one error shows: characters of its message, which may quote the client, and locations."""


class QuestionError(Exception):
    """Base of the errors that a client is told about. `code` and `status` belong to the class."""

    code: ClassVar[str] = "INTERNAL"
    status: ClassVar[int] = 500

    def __init__(self, message: str, *, path: tuple[str | int, ...] = (), locations: tuple[Any, ...] = ()) -> None:
        self.message = message if len(message) <= LONGEST else message[: LONGEST - 1] + "…"
        super().__init__(self.message)
        self.path = path
        self.locations = locations[:MOST_LOCATIONS]

    def as_dict(self) -> dict[str, Any]:
        """Return the error as GraphQL shows it."""
        shown: dict[str, Any] = {"message": self.message}
        if self.locations:
            shown["locations"] = [{"line": at.line, "column": at.column} for at in self.locations]
        if self.path:
            shown["path"] = list(self.path)
        shown["extensions"] = {"code": self.code}
        return shown


class ParseFailed(QuestionError):
    """The text is no GraphQL document."""

    code = "GRAPHQL_PARSE_FAILED"
    status = 400


class ValidationFailed(QuestionError):
    """The document does not fit the schema."""

    code = "GRAPHQL_VALIDATION_FAILED"
    status = 400


class BadUserInput(QuestionError):
    """An argument, a variable, a cursor or a range is wrong."""

    code = "BAD_USER_INPUT"
    status = 400


class Writes(BadUserInput):
    """The operation is a mutation, and came by a way on which none is accepted."""

    status = 405


class AsksDrafts(BadUserInput):
    """The operation asks for drafts or names that wait, and came by a way that only answers questions about facts."""


class Subscribes(BadUserInput):
    """The operation is a subscription, and came by a way on which one answer is sent."""

    status = 406


class QuestionTooExpensive(QuestionError):
    """The question is over a limit of cost or size."""

    code = "QUERY_TOO_EXPENSIVE"
    status = 400


class Unauthenticated(QuestionError):
    """The token is not known."""

    code = "UNAUTHENTICATED"
    status = 401


class Forbidden(QuestionError):
    """The operation is not allowed. It says nothing of facts."""

    code = "FORBIDDEN"
    status = 403


class Conflict(QuestionError):
    """The request contradicts an earlier one."""

    code = "CONFLICT"
    status = 409


class CursorTooOld(QuestionError):
    """What a cursor leads to is not kept any more."""

    code = "CURSOR_TOO_OLD"
    status = 410


class NotFound(QuestionError):
    """What an address names does not exist, or is hidden from the viewer."""

    code = "NOT_FOUND"
    status = 404


class PayloadTooLarge(QuestionError):
    """The request or its answer is too large."""

    code = "PAYLOAD_TOO_LARGE"
    status = 413


class TimedOut(QuestionError):
    """The question took too much time or memory."""

    code = "TIMEOUT"
    status = 504


class Unavailable(QuestionError):
    """The database cannot be reached, or the client asks too much at once."""

    code = "UNAVAILABLE"
    status = 503


class Internal(QuestionError):
    """A fault of ours. The log has the details under the id in the message."""

    def __init__(self, *, path: tuple[str | int, ...] = ()) -> None:
        self.mark = uuid.uuid4().hex[:12]
        super().__init__(f"Something went wrong on our side (error {self.mark}).", path=path)


class QuestionRefused(Exception):
    """Several errors that were found together, such as all errors of validation."""

    def __init__(self, errors: list[QuestionError]) -> None:
        super().__init__("; ".join(error.message for error in errors))
        self.errors = errors

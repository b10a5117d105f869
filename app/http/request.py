"""Requests as questions. In: a body or a query string. Out: a Question, or an error that says what is accepted."""

from typing import Any
from urllib.parse import parse_qsl

import orjson
from starlette.types import Receive, Scope

from app.http.headers import Given
from app.start.trusted import HASHED, DocumentNotTrusted, Trusted
from graph.errors import BadUserInput, PayloadTooLarge, QuestionError
from graph.question.engine import Question

MOST_DIGITS = 15


class MalformedRequest(BadUserInput):
    """The request is not a GraphQL request; its status is 400 with every media type."""


class UnsupportedType(QuestionError):
    """The body has a type that is not accepted."""

    code = "BAD_USER_INPUT"
    status = 415


class PersistedQueryNotSupported(QuestionError):
    """A client sends the hash of a document instead of its text, and no trusted document has this hash.

    Clients of Apollo's protocol know the message word for word, and send the text then.
    """

    code = "PERSISTED_QUERY_NOT_SUPPORTED"
    status = 400

    def __init__(self, message: str = "PersistedQueryNotSupported") -> None:
        super().__init__(message)


def of_query(scope: Scope, max_body: int, trusted: Trusted) -> Question:
    """Read the question of a GET request; `documentId` names a trusted document instead of a text.

    Raise PayloadTooLarge, MalformedRequest, DocumentNotTrusted or PersistedQueryNotSupported.
    """
    if len(scope["query_string"]) > max_body:
        raise PayloadTooLarge(f"The query string is larger than {max_body:,} bytes, the most allowed.")
    return checked(_from_query(scope), trusted)


def of_body(body: bytes, trusted: Trusted) -> Question:
    """Read the question of a POST request. Raise MalformedRequest, DocumentNotTrusted or PersistedQueryNotSupported."""
    return checked(_object(body, "The body"), trusted)


def check_head(given: Given, max_body: int) -> None:
    """Check the headers of a POST request before its body is read. Raise UnsupportedType or PayloadTooLarge."""
    content_type = given.get(b"content-type") or ""
    if content_type != "application/json":
        _check_type(content_type)
    check_length(given, max_body)


def _check_type(content_type: str) -> None:
    kind, _, parameters = content_type.partition(";")
    if kind.strip().lower() != "application/json":
        given = f"is {kind.strip()}" if kind.strip() else "is missing"
        raise UnsupportedType(f"The content type of the body {given}; accepted is application/json.")
    if "charset" in parameters.lower() and "utf-8" not in parameters.lower():
        raise UnsupportedType("The charset of the body is not accepted; accepted is utf-8.")


def check_length(given: Given, most: int) -> None:
    """Raise PayloadTooLarge if the headers say that the body has more than `most` bytes."""
    length = given.get(b"content-length") or "0"
    if length.isascii() and length.isdecimal() and (len(length) > MOST_DIGITS or int(length) > most):
        raise PayloadTooLarge(f"The body has {length[:MOST_DIGITS]} bytes or more; at most {most:,} are allowed.")


async def whole_body(receive: Receive, most: int) -> bytes:
    """Read a body; raise PayloadTooLarge if it has more than `most` bytes."""
    body, more = bytearray(), True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise MalformedRequest("The request ended before its body was complete.")
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > most:
            raise PayloadTooLarge(f"The body is larger than {most:,} bytes, the most allowed.")
    return bytes(body)


def _object(raw: bytes | str, what: str) -> dict[str, Any]:
    try:
        value = orjson.loads(raw)
    except (orjson.JSONDecodeError, UnicodeEncodeError) as error:
        raise MalformedRequest(f"{what} must be a JSON object and is not valid JSON.") from error
    if not isinstance(value, dict):
        raise MalformedRequest(f"{what} must be a JSON object.")
    return value


def _from_query(scope: Scope) -> dict[str, Any]:
    try:
        given = dict(parse_qsl(scope["query_string"].decode("ascii"), keep_blank_values=True, errors="strict"))
    except ValueError as error:
        raise MalformedRequest("The query string is not valid; accepted is percent-encoded UTF-8.") from error
    read: dict[str, Any] = {key: given[key] for key in ("query", "documentId", "operationName") if key in given}
    for key in ("variables", "extensions"):
        if given.get(key):
            read[key] = orjson.loads(given[key]) if given[key] == "null" else _object(given[key], f"`{key}`")
    return read


def checked(given: dict[str, Any], trusted: Trusted) -> Question:
    """Return the question of a request; raise QuestionError if it is not one or is not allowed."""
    variables, name = given.get("variables"), given.get("operationName")
    if variables is not None and not isinstance(variables, dict):
        raise MalformedRequest("`variables` must be an object.")
    if name is not None and not isinstance(name, str):
        raise MalformedRequest("`operationName` must be a text.")
    if given.get("extensions") is not None and not isinstance(given["extensions"], dict):
        raise MalformedRequest("`extensions` must be an object.")
    text = _persisted(given, trusted)
    if text is None:
        text = _text(given.get("query"), given.get("documentId"), trusted)
    return Question(text, variables or {}, name or None)


def _persisted(given: dict[str, Any], trusted: Trusted) -> str | None:
    """Return the trusted document with the hash in `extensions.persistedQuery`; None if the request names none or has a text."""
    named = (given.get("extensions") or {}).get("persistedQuery")
    if named is None or given.get("query") is not None or given.get("documentId") is not None:
        return None
    if not isinstance(named, dict) or not isinstance(named.get("sha256Hash"), str):
        raise MalformedRequest("`extensions.persistedQuery` must be an object with the text `sha256Hash`.")
    try:
        return trusted.text(HASHED + named["sha256Hash"].lower())
    except DocumentNotTrusted as error:
        raise PersistedQueryNotSupported from error


def _text(text: object, document_id: object, trusted: Trusted) -> str:
    if text is not None and not isinstance(text, str):
        raise MalformedRequest("`query` must be a text.")
    if document_id is not None and not isinstance(document_id, str):
        raise MalformedRequest("`documentId` must be a text.")
    if text and text.strip():
        if document_id is not None:
            raise MalformedRequest("Both `query` and `documentId` are given; send only one of them.")
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise MalformedRequest("`query` is not valid Unicode.") from error
        trusted.admit(text)
        return text
    if document_id is None:
        raise MalformedRequest(
            "`query` is missing. Send the text of a GraphQL document as `query`, or the id of a trusted one as `documentId`."
        )
    return trusted.text(document_id)

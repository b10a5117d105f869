"""A request as a question. In: the body or the query string. Out: a Question, or an error that says what is accepted."""

from typing import Any
from urllib.parse import parse_qsl

import orjson
from starlette.requests import ClientDisconnect, Request

from app.start.trusted import Trusted
from graph.errors import BadUserInput, PayloadTooLarge, QuestionError
from graph.question.engine import Question

MOST_DIGITS = 15


class MalformedRequest(BadUserInput):
    """The request is no GraphQL request; 400 whatever media type is accepted."""


class UnsupportedType(QuestionError):
    """The body has a type that is not accepted."""

    code = "BAD_USER_INPUT"
    status = 415


async def question(request: Request, max_body: int, trusted: Trusted) -> Question:
    """Read the question of a GET or POST request; its text is its own or that of a trusted document."""
    if request.method == "GET":
        if len(request.scope["query_string"]) > max_body:
            raise PayloadTooLarge(f"The query string is larger than {max_body:,} bytes, the most allowed.")
        return checked(_from_query(request), trusted)
    kind, _, parameters = request.headers.get("content-type", "").partition(";")
    if kind.strip().lower() != "application/json":
        raise UnsupportedType(f"The body is {kind.strip() or 'of no type'}; accepted is application/json.")
    if "charset" in parameters.lower() and "utf-8" not in parameters.lower():
        raise UnsupportedType("The body is not UTF-8; accepted is charset=utf-8.")
    return checked(_object(await _body(request, max_body), "The body"), trusted)


async def _body(request: Request, most: int) -> bytes:
    """Read a body, at most so many bytes of it."""
    length = request.headers.get("content-length", "0")
    if length.isascii() and length.isdecimal() and (len(length) > MOST_DIGITS or int(length) > most):
        raise PayloadTooLarge(f"The body has {length[:MOST_DIGITS]} bytes or more; at most {most:,} are allowed.")
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > most:
                raise PayloadTooLarge(f"The body is larger than {most:,} bytes, the most allowed.")
    except ClientDisconnect as gone:
        raise MalformedRequest("The request ended early.") from gone
    return bytes(body)


def _object(raw: bytes | str, what: str) -> dict[str, Any]:
    try:
        found = orjson.loads(raw)
    except (orjson.JSONDecodeError, UnicodeEncodeError) as error:
        raise MalformedRequest(f"{what} is no JSON.") from error
    if not isinstance(found, dict):
        raise MalformedRequest(f"{what} is not a JSON object.")
    return found


def _from_query(request: Request) -> dict[str, Any]:
    try:
        given = dict(parse_qsl(request.scope["query_string"].decode("ascii"), keep_blank_values=True, errors="strict"))
    except ValueError as error:
        raise MalformedRequest("The query string is not valid.") from error
    found: dict[str, Any] = {key: given[key] for key in ("query", "documentId", "operationName") if key in given}
    for key in ("variables", "extensions"):
        if given.get(key):
            found[key] = orjson.loads(given[key]) if given[key] == "null" else _object(given[key], key)
    return found


def checked(given: dict[str, Any], trusted: Trusted) -> Question:
    """Return the question of a request; raise MalformedRequest where it is none, DocumentNotTrusted where it may not be."""
    variables, name = given.get("variables"), given.get("operationName")
    if variables is not None and not isinstance(variables, dict):
        raise MalformedRequest("`variables` is not an object.")
    if name is not None and not isinstance(name, str):
        raise MalformedRequest("`operationName` is not a text.")
    if given.get("extensions") is not None and not isinstance(given["extensions"], dict):
        raise MalformedRequest("`extensions` is not an object.")
    return Question(_text(given.get("query"), given.get("documentId"), trusted), variables or {}, name or None)


def _text(text: object, document_id: object, trusted: Trusted) -> str:
    if text is not None and not isinstance(text, str):
        raise MalformedRequest("`query` is not a text.")
    if document_id is not None and not isinstance(document_id, str):
        raise MalformedRequest("`documentId` is not a text.")
    if text and text.strip():
        if document_id is not None:
            raise MalformedRequest("`query` and `documentId` are both there; send one of them.")
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise MalformedRequest("`query` is not valid Unicode.") from error
        trusted.admit(text)
        return text
    if document_id is None:
        raise MalformedRequest(
            "`query` is missing; it is the text of a GraphQL document. `documentId` asks for a trusted one."
        )
    return trusted.text(document_id)

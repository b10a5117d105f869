"""How tools ask. In: a document and its variables. Out: its answer with the sources of its facts, for one caller."""

from functools import partial
from typing import Any

from app.mcp.sourced import Sourced, sourced
from app.mcp.tools import Asked, Caller, Found, Json, ToolFailed
from graph.errors import Internal, QuestionError, QuestionRefused, TimedOut, Unavailable
from schema.derived.graphql.build import core, schema

NOT_AGAIN = {TimedOut.code, Unavailable.code, Internal.code}
"""Errors after which a question is not asked in its plain form: it would take as long again."""
MOST_ERRORS = 5
WITHOUT = "Sources are not listed: with them the question is over a limit. Ask for less, or for `sources { title url }` yourself."


async def ask(caller: Caller, asked: Asked) -> Found:
    """Ask, with sources for every fact if the limits allow that. Raise ToolFailed with the errors if there is no answer."""
    widened = await _widened(caller, asked.text)
    if widened is not None:
        answer = await caller.ask(Asked(widened.text, asked.variables, asked.operation))
        if "data" in answer or NOT_AGAIN & set(_codes(answer)):
            return await _found(caller, answer, widened)
    answer = await caller.ask(asked)
    return await _found(caller, answer, None)


async def _widened(caller: Caller, text: str) -> Sourced | None:
    """Return the document with sources; None if it is refused, which the answer then says."""
    try:
        document = await caller.read(text)
        return await caller.in_turn(partial(sourced, document, core(schema())))
    except (QuestionRefused, RecursionError):
        return None
    except QuestionError as error:
        if error.code in NOT_AGAIN:
            raise
        return None


async def _found(caller: Caller, answer: Json, widened: Sourced | None) -> Found:
    errors = tuple(_said(each) for each in answer.get("errors", ())[:MOST_ERRORS])
    if answer.get("data") is None and errors:
        raise ToolFailed("\n".join(errors))
    told = answer.get("extensions", {})
    notes = [told["synthetic"]["message"]] if "synthetic" in told else []
    notes += [str(hint["message"]) for hint in told.get("hints", ()) if "message" in hint]
    if widened is None:
        return Found(answer["data"], errors=errors, notes=(*notes, WITHOUT))
    data, facts = await caller.in_turn(partial(widened.parted, answer["data"]))
    return Found(data, facts, errors, tuple(notes))


def _codes(answer: Json) -> list[Any]:
    return [each.get("extensions", {}).get("code") for each in answer.get("errors", ())]


def _said(error: Json) -> str:
    code = error.get("extensions", {}).get("code", "ERROR")
    path = f" (at {'/'.join(map(str, error['path']))})" if error.get("path") else ""
    return f"{code}: {error['message']}{path}"

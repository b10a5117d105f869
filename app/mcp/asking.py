"""How tools ask. In: a document and its variables. Out: its answer and the facts in it; then their sources. For one caller."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Any

from app.mcp.sourced import SOURCES, Sourced, listed, sourced
from app.mcp.tools import Asked, Caller, Fact, Found, Json, Source, ToolFailed
from graph.errors import Internal, QuestionError, QuestionRefused, TimedOut, Unavailable
from schema.derived.graphql.build import core, schema

NOT_AGAIN = {TimedOut.code, Unavailable.code, Internal.code}
"""Errors after which a question is not asked in a plainer form: it would take as long again."""
MOST_ERRORS = 5
OF_FACTS = """query Sources($ids: [ID!]!) {
  nodes(ids: $ids, synthetic: true) { id ... on Fact { sources { title url confidence } } }
}"""
AT_ONCE, MOST_FACTS = 100, 600
"""Facts whose sources are asked for in one question, and for one answer."""
PLAIN = "Sources and made-up facts are not told: with them the question is over a limit. Ask for less at a time."
WITHOUT_RELATIONSHIPS = "Sources of relationships (`edges`) are not listed: with them the question is over a limit."
FAILED = "Sources could not be read: {}"
MANY = "Sources are listed for the first {:,} of {:,} facts; ask for fewer at a time."


async def ask(caller: Caller, asked: Asked) -> Found:
    """Ask, and learn what each fact is if the limits allow that. Raise ToolFailed with the errors if there is no answer."""
    for relationships, note in ((True, ()), (False, (WITHOUT_RELATIONSHIPS,))):
        widened = await _widened(caller, asked.text, relationships=relationships)
        if widened is None:
            break
        answer = await caller.ask(Asked(widened.text, asked.variables, asked.operation))
        if "data" in answer or NOT_AGAIN & set(_codes(answer)):
            return await _found(caller, answer, widened, note)
    return await _found(caller, await caller.ask(asked), None, (PLAIN,))


async def _widened(caller: Caller, text: str, *, relationships: bool) -> Sourced | None:
    """Return the document that asks for more; None if it is refused itself, which its answer says."""
    try:
        document = await caller.read(text)
        return await caller.in_turn(partial(sourced, document, core(schema()), relationships=relationships))
    except (QuestionRefused, RecursionError):
        return None
    except QuestionError as error:
        if error.code in NOT_AGAIN:
            raise
        return None


async def _found(caller: Caller, answer: Json, widened: Sourced | None, note: tuple[str, ...]) -> Found:
    errors = tuple(_said(each) for each in answer.get("errors", ())[:MOST_ERRORS])
    if answer.get("data") is None and errors:
        raise ToolFailed("\n".join(errors))
    told = answer.get("extensions", {})
    notes = [told["synthetic"]["message"]] if "synthetic" in told else []
    notes += [str(hint["message"]) for hint in told.get("hints", ()) if "message" in hint]
    if widened is None:
        return Found(answer["data"], (), errors, (*notes, *note))
    data, facts = await caller.in_turn(partial(widened.parted, answer["data"]))
    return Found(data, facts, errors, (*notes, *note))


async def with_sources(caller: Caller, facts: Iterable[Fact]) -> tuple[tuple[Fact, ...], tuple[str, ...]]:
    """Return facts with the sources that the caller sees, and what is to be said about those that have none."""
    every = tuple(facts)
    wanted = list(dict.fromkeys(each.id for each in every if each.id is not None))
    known: dict[str, tuple[Source, ...]] = {}
    notes = [MANY.format(MOST_FACTS, len(wanted))] if len(wanted) > MOST_FACTS else []
    for first in range(0, min(len(wanted), MOST_FACTS), AT_ONCE):
        answer = await caller.ask(Asked(OF_FACTS, {"ids": wanted[first : first + AT_ONCE]}))
        if answer.get("data") is None:
            notes.append(FAILED.format("; ".join(map(_said, answer["errors"][:1]))))
            break
        known |= {each["id"]: listed(each[SOURCES]) for each in answer["data"]["nodes"] if each and SOURCES in each}
    return tuple(replace(each, sources=known.get(each.id or "", each.sources)) for each in every), tuple(notes)


def _codes(answer: Json) -> list[Any]:
    return [each.get("extensions", {}).get("code") for each in answer.get("errors", ())]


def _said(error: Json) -> str:
    code = error.get("extensions", {}).get("code", "ERROR")
    path = f" (at {'/'.join(map(str, error['path']))})" if error.get("path") else ""
    return f"{code}: {error['message']}{path}"

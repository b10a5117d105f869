"""Questions for drafts and for names that wait. In: an operation whose root asks for these alone, a reader. Out: the data."""

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.access.viewer import Viewer
from graph.bolt.write import Unit, Writer
from graph.cypher import drafts as cypher
from graph.errors import BadUserInput, Forbidden
from graph.mutations import matches
from graph.mutations.drafts import OPEN
from graph.mutations.review import Desk, Review
from graph.mutations.shown import picked, shown
from graph.question.document.read import coerce
from graph.question.document.selection import Budget, Context, Selection, collect, defined
from graph.question.document.values import given
from graph.question.engine import Engine, Question
from schema.language.writes import DRAFT, MATCHES, MOST_SHOWN, SHOWN

MOST_FIELDS = 5
"""How often one document may ask for drafts or names: each draft is tried for each reader."""

LONGEST = 16
"""Most digits of a time in a cursor."""


@dataclass(frozen=True)
class _Page:
    """Which drafts are asked for."""

    state: str
    city: str | None
    first: int
    after: tuple[int, str] | None


def drafts_asked(engine: Engine, asked: Question, viewer: Viewer) -> tuple[Context, dict[str, Selection | None]]:
    """Read a document that asks for drafts or names. Raise QuestionError, or QuestionRefused if it is not valid."""
    if viewer.actor is None:
        raise Forbidden(
            "Drafts and matches are shown to who has a token or a key. Send `Authorization: Bearer <token>`."
        )
    compiler = engine.compiler
    ready = engine.ready(asked)
    variables = coerce(compiler.schema, ready.operation, asked.variables, compiler.limits.document)
    context = Context(ready.document, compiler.schema, variables, Budget(compiler.limits.document.fields))
    root = compiler.schema.query_type
    assert root is not None
    fields: dict[str, Selection | None] = {}
    for key, nodes in collect(context, root, [ready.operation.selection_set]).items():
        name = nodes[0].name.value
        fields[key] = None if name == "__typename" else defined(context, root.fields[name], key, nodes)
    if sum(each is not None for each in fields.values()) > MOST_FIELDS:
        raise BadUserInput(f"A document may ask for drafts or matches at most {MOST_FIELDS} times.")
    return context, fields


async def read_drafts(
    context: Context, fields: Mapping[str, Selection | None], desk: Desk, writer: Writer
) -> dict[str, Any]:
    """Answer the fields, each in a transaction that reads only."""
    data: dict[str, Any] = {}
    for key, selection in fields.items():
        if selection is None:
            data[key] = "Query"
            continue
        arguments = {name: given(read, context.variables) for name, read in selection.arguments.items()}
        data[key] = picked(await writer.unit(_work(desk, selection.name, arguments)), selection)
    return data


def _work(desk: Desk, name: str, arguments: Mapping[str, Any]) -> Any:
    if name == MATCHES:
        return matches.page(desk, arguments)
    return _one(desk, arguments["id"]) if name == DRAFT else _several(desk, _page(arguments))


def _one(desk: Desk, id_: str) -> Any:
    async def work(unit: Unit) -> dict[str, Any] | None:
        review = await desk.review(unit, id_)
        return None if review is None else shown(review)

    return work


def _several(desk: Desk, page: _Page) -> Any:
    async def work(unit: Unit) -> dict[str, Any]:
        everything, others = desk.viewer.edits.everywhere, desk.may_review and page.state == OPEN
        at, id_ = page.after or (None, None)
        values = {"state": page.state, "at": at, "id": id_, "reader": desk.reader}
        rights = desk.viewer.rights.parameters(synthetic=True)
        records = await unit.run(cypher.drafts(others=others, everything=everything), **values, **rights)
        reviews: list[Review] = []
        for record in records:
            review = await desk.review(unit, record["id"])
            if review is not None and _names(review, page.city):
                reviews.append(review)
            if len(reviews) > page.first:
                break
        return _connection(reviews, page)

    return work


def _names(review: Review, city: str | None) -> bool:
    """Whether a draft names a city, as far as the reader is shown what it holds."""
    whole = review.done is not None or review.draft.state != OPEN
    return city is None or (whole and city in review.draft.in_cities)


def _connection(reviews: Sequence[Review], page: _Page) -> dict[str, Any]:
    here = reviews[: page.first]
    cursors = [_cursor(each) for each in here]
    info = {
        "__typename": "PageInfo",
        "hasNextPage": len(reviews) > page.first,
        "hasPreviousPage": page.after is not None,
        "startCursor": cursors[0] if cursors else None,
        "endCursor": cursors[-1] if cursors else None,
    }
    return {"__typename": "DraftConnection", "nodes": [shown(each) for each in here], "pageInfo": info}


def _page(arguments: Mapping[str, Any]) -> _Page:
    first = arguments.get("first")
    first = SHOWN if first is None else first
    if not 1 <= first <= MOST_SHOWN:
        raise BadUserInput(f"`first` is {first}; accepted are 1 to {MOST_SHOWN}.")
    after = arguments.get("after")
    return _Page(
        arguments.get("state") or OPEN, arguments.get("city"), first, None if after is None else _opened(after)
    )


def _cursor(review: Review) -> str:
    text = f"{round(review.draft.created.timestamp() * 1000)} {review.draft.id}"
    return base64.urlsafe_b64encode(text.encode()).decode()


def _opened(cursor: str) -> tuple[int, str]:
    try:
        at, _, id_ = base64.urlsafe_b64decode(cursor).decode().partition(" ")
        if not at.isdecimal() or len(at) > LONGEST:
            raise ValueError(at)
        return int(at), id_
    except (binascii.Error, ValueError) as error:
        raise BadUserInput("`after` is no cursor. Take `endCursor` from an answer to the same question.") from error

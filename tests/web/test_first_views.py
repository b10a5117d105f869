"""What the pages ask when they are opened is what a start warms, to the statement: else a first view waits for a plan."""

import json

from playwright.sync_api import Page, Request

from app.start.trusted import page_documents
from app.start.warm import operations
from app.viewers.tokens import ANONYMOUS
from graph.question.engine import Engine, Question
from tests.conftest import Asker
from tests.web.addresses import LESSON, Address

OPENED = (
    Address("start", "/explore/start"),
    Address("cities", "/explore/city"),
    Address("city", "/explore/city?id=city/pe-lma-lima"),
    Address("exchanges", "/explore/exchanges"),
    Address("visit", "/explore/visit?id=visit/ca-08-toronto-2013-austin-10"),
    Address("clouds", "/explore/cloud"),
    Address("lessons", "/explore/lesson"),
    Address("lesson", f"/explore/lesson?id={LESSON}"),
    Address("practices", "/explore/practice"),
    Address("practice", "/explore/practice?id=practice/bus-rapid-transit"),
    Address("search", "/explore/search?q=curitiba"),
)


def statement(engine: Engine, text: str, variables: dict[str, object]) -> str | None:
    """Return what is sent to the database for a question; None if that is nothing, or is for networks alone."""
    (name,) = operations(text)
    found = engine.prepare(Question(text, variables, name), ANONYMOUS).compiled.statement
    return found.text if found else None


def test_the_statements_of_first_views_are_those_that_a_start_warms(page: Page, ask: Asker) -> None:
    texts = {known.id: known for known in page_documents()}
    opened = {id_: known.head.first for id_, known in texts.items() if known.head.first is not None}
    warmed = {statement(ask.engine, texts[id_].text, dict(first)) for id_, first in opened.items()}
    requests: list[Request] = []
    page.on("request", lambda request: requests.append(request) if request.url.endswith("/graphql") else None)
    for each in OPENED:
        each.open(page)
    asked = [json.loads(request.post_data or "{}") for request in requests]
    assert len(asked) > len(OPENED)
    cold = {
        each["documentId"]
        for each in asked
        # A further page of a list comes when the view is there.
        if not each["variables"].get("after")
        and statement(ask.engine, texts[each["documentId"]].text, each["variables"]) not in warmed
    }
    assert cold == set()
    assert set(opened) <= {each["documentId"] for each in asked} | {"explorer-cloud"}

"""The first page answers questions as tables, without a network; the editor beside it asks with a token."""

import json
from dataclasses import asdict
from typing import Any, Literal

import pytest
from playwright.sync_api import Page, expect

from app.cli.tables import parts
from schema.derived.reference.systems import SYSTEMS
from tests.kit.browser import NewPage, Seen, until
from tests.kit.paths import ROOT
from tests.web.conftest import TOKEN

ANSWERS = sorted((ROOT / "tests" / "language" / "documents").rglob("*.json"))
PHONE = 360
"""Pixels of a small phone."""
EDITOR = "document.querySelector('.graphiql-query-editor .CodeMirror')?.CodeMirror.getValue()"
RESULT = "(document.querySelector('.result-window .CodeMirror')?.CodeMirror.getValue() ?? '')"


def opened(page: Page, name: str) -> str:
    """Open a question of the first page with the keyboard; return the selector of its answer, when it is there."""
    page.goto("/questions")
    page.locator(f"#{name} > summary").press("Enter")
    expect(page.locator(f"#{name} .answer button")).to_be_visible()
    return f"#{name} .answer"


def cells(page: Page, answer: str) -> list[list[str]]:
    """Return the cells of the first table of an answer."""
    script = "(table) => [...table.rows].map((row) => [...row.cells].map((cell) => cell.innerText.trim()))"
    return [list(row) for row in page.locator(f"{answer} table").first.evaluate(script)]


def test_the_page_shows_the_systems_in_order_and_works_without_a_network(page: Page, seen: Seen) -> None:
    page.goto("/questions")
    assert page.locator("h2").all_inner_texts() == [system.heading for system in SYSTEMS] + ["More questions"]
    assert {*seen.paths()} >= {"/questions", "/web/page.js", "/web/tables.js", "/web/page.css"}


def test_a_question_is_answered_as_a_table_when_it_is_opened(page: Page) -> None:
    head, *rows = cells(page, opened(page, "years-of-bus-rapid-transit"))
    assert len(rows) > 0
    assert all(head)
    head, *rows = cells(page, opened(page, "ppp-from-london"))
    assert head[:2] == ["learnedBy.name", "learnedBy.country"]
    assert [row[0] for row in rows] == ["Lima"]


def test_a_source_is_a_link(page: Page) -> None:
    link = page.locator(f"{opened(page, 'who-says-so')} a").first
    assert (link.get_attribute("href") or "").startswith("https://nyc.streetsblog.org/2009/04/01/")
    assert [link.inner_text(), link.get_attribute("rel")] == ["nyc.streetsblog.org", "noreferrer noopener"]


def test_a_link_to_a_question_opens_it(page: Page) -> None:
    page.goto("/questions#council-as-of-2018")
    expect(page.locator("#council-as-of-2018 .answer table").first).to_contain_text("San Antonio")


def test_a_failed_question_says_why_and_can_be_asked_again(page: Page, seen: Seen) -> None:
    seen.expect("status of 401")
    seen.expect("ERR_INTERNET_DISCONNECTED")
    page.goto("/questions")
    page.locator("#token").fill("wrong")
    page.locator("#ppp-from-london > summary").click()
    alert = page.locator("#ppp-from-london [role=alert]")
    expect(alert).to_contain_text("(UNAUTHENTICATED)")
    page.locator("#token").fill("")
    page.context.set_offline(True)
    again = page.locator("#ppp-from-london .answer button")
    again.click()
    expect(alert).to_contain_text("The server does not answer")
    page.context.set_offline(False)
    again.click()
    expect(page.locator("#ppp-from-london .answer table").first).to_contain_text("Lima")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_fits_a_phone(new_page: NewPage, scheme: Literal["light", "dark"]) -> None:
    page = new_page(
        viewport={"width": PHONE, "height": 640}, device_scale_factor=2, is_mobile=True, color_scheme=scheme
    )
    opened(page, "years-from-lesson-to-use")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 23, 26)"}[scheme]


def test_the_editor_asks_with_the_token(page: Page) -> None:
    opened(page, "who-trusts-whom")
    page.goto(page.locator("#who-trusts-whom a[href^='/graphql']").get_attribute("href") or "")
    expect(page.locator(".graphiql-execute-button")).to_be_visible()
    assert "WhoTrustsWhom" in until(page, EDITOR)
    page.locator("#token").fill(TOKEN)
    page.locator(".graphiql-execute-button").click()
    answer: dict[str, Any] = json.loads(until(page, f"{RESULT}.startsWith('{{') && {RESULT}"))
    assert len(answer["data"]["people"]["nodes"]) == 60
    page.goto("/questions")
    expect(page.locator("#token")).to_have_value(TOKEN)


def test_the_page_makes_the_tables_that_the_terminal_shows(page: Page) -> None:
    page.goto("/questions")
    page.evaluate(
        "import('/web/tables.js').then(({parts}) => { window.made = (data) => parts(data).map((part) => ({...part, "
        "tables: part.tables.map((table) => ({...table, rows: table.rows.map(Object.fromEntries)}))})); })"
    )
    answered = [data for path in ANSWERS if (data := json.loads(path.read_text(encoding="utf-8")).get("data"))]
    assert len(answered) > 60
    for data in answered:
        expected = json.loads(json.dumps([asdict(part) for part in parts(data)]))
        assert page.evaluate("(data) => made(data)", data) == expected

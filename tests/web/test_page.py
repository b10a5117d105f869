"""The first page answers questions as tables, without a network; the editor beside it asks with a token."""

import json
from dataclasses import asdict
from typing import Any

import pytest

from app.cli.tables import parts
from schema.derived.reference.systems import SYSTEMS
from tests.kit.browser import Page
from tests.kit.paths import ROOT
from tests.web.conftest import TOKEN

ANSWERS = sorted((ROOT / "tests" / "language" / "documents").rglob("*.json"))
PHONE = 360
"""Pixels of a small phone."""


def opened(page: Page, base: str, name: str) -> str:
    """Open a question of the first page with the keyboard; return the selector of its answer, when it is there."""
    page.open(f"{base}/")
    page.run(f"document.querySelector('#{name} > summary').focus()")
    page.press("Enter")
    page.until(f"document.querySelector('#{name} .answer button')")
    return f"#{name} .answer"


def cells(page: Page, answer: str) -> list[list[str]]:
    """Return the cells of the first table of an answer."""
    script = (
        f"[...document.querySelector({json.dumps(answer + ' table')}).rows]"
        ".map((row) => [...row.cells].map((cell) => cell.innerText.trim()))"
    )
    return [list(row) for row in page.run(script)]


def test_the_page_shows_the_systems_in_order_and_works_without_a_network(page: Page, base: str) -> None:
    page.open(f"{base}/")
    headings = page.run("[...document.querySelectorAll('h2')].map((each) => each.innerText)")
    assert headings == [system.heading for system in SYSTEMS] + ["More questions"]
    assert {url.removeprefix(base) for url in page.requests} >= {"/", "/web/page.js", "/web/tables.js", "/web/page.css"}
    assert page.complaints == []


def test_a_question_is_answered_as_a_table_when_it_is_opened(page: Page, base: str) -> None:
    head, *rows = cells(page, opened(page, base, "years-of-bus-rapid-transit"))
    assert len(rows) > 0
    assert all(head)
    head, *rows = cells(page, opened(page, base, "ppp-from-london"))
    assert head[:2] == ["learnedBy.name", "learnedBy.country"]
    assert [row[0] for row in rows] == ["Lima"]
    assert "Content Security Policy" not in str(page.complaints)


def test_a_source_is_a_link(page: Page, base: str) -> None:
    answer = opened(page, base, "who-says-so")
    link = page.run(f"(({{href, innerText, rel}}) => [href, innerText, rel])(document.querySelector('{answer} a'))")
    assert link[0].startswith("https://nyc.streetsblog.org/2009/04/01/")
    assert link[1:] == ["nyc.streetsblog.org", "noreferrer noopener"]


def test_a_link_to_a_question_opens_it(page: Page, base: str) -> None:
    page.open(f"{base}/#council-as-of-2018")
    assert "San Antonio" in page.until("document.querySelector('#council-as-of-2018 .answer table')?.innerText")


def test_a_failed_question_says_why_and_can_be_asked_again(page: Page, base: str) -> None:
    page.open(f"{base}/")
    page.type("#token", "wrong")
    page.click("#ppp-from-london > summary")
    assert "(UNAUTHENTICATED)" in page.until("document.querySelector('#ppp-from-london [role=alert]')?.innerText")
    page.run(
        "document.querySelector('#token').value = ''; document.querySelector('#token').dispatchEvent(new Event('input'))"
    )
    offline = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    page.send("Network.emulateNetworkConditions", offline=True, **offline)
    page.click("#ppp-from-london .answer button")
    page.until(
        "document.querySelector('#ppp-from-london [role=alert]')?.innerText.startsWith('The server does not answer')"
    )
    page.send("Network.emulateNetworkConditions", offline=False, **offline)
    page.click("#ppp-from-london .answer button")
    assert "Lima" in page.until("document.querySelector('#ppp-from-london .answer table')?.innerText")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_fits_a_phone(page: Page, base: str, scheme: str) -> None:
    page.send("Emulation.setDeviceMetricsOverride", width=PHONE, height=640, deviceScaleFactor=2, mobile=True)
    page.send("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    opened(page, base, "years-from-lesson-to-use")
    assert page.run("document.documentElement.scrollWidth") <= PHONE
    ground = page.run("getComputedStyle(document.body).backgroundColor")
    assert ground == {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 23, 26)"}[scheme]


def test_the_editor_asks_with_the_token(page: Page, base: str) -> None:
    opened(page, base, "who-trusts-whom")
    link = page.run("document.querySelector('#who-trusts-whom a[href^=\"/graphql\"]').href")
    page.open(link)
    page.until("document.querySelector('.graphiql-execute-button')")
    assert "WhoTrustsWhom" in page.until(
        "document.querySelector('.graphiql-query-editor .CodeMirror')?.CodeMirror.getValue()"
    )
    page.type("#token", TOKEN)
    page.click(".graphiql-execute-button")
    shown = "document.querySelector('.result-window .CodeMirror')?.CodeMirror.getValue()"
    answer: dict[str, Any] = json.loads(page.until(f"({shown} ?? '').startsWith('{{') && {shown}"))
    assert len(answer["data"]["people"]["nodes"]) == 60
    page.open(f"{base}/")
    assert page.run("document.querySelector('#token').value") == TOKEN


def test_the_page_makes_the_tables_that_the_terminal_shows(page: Page, base: str) -> None:
    page.open(f"{base}/")
    page.run(
        "import('/web/tables.js').then(({parts}) => { window.made = (data) => parts(data).map((part) => ({...part, "
        "tables: part.tables.map((table) => ({...table, rows: table.rows.map(Object.fromEntries)}))})); })"
    )
    answered = [data for path in ANSWERS if (data := json.loads(path.read_text(encoding="utf-8")).get("data"))]
    assert len(answered) > 60
    for data in answered:
        expected = json.loads(json.dumps([asdict(part) for part in parts(data)]))
        assert page.run(f"made({json.dumps(data)})") == expected

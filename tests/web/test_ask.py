"""The gallery of questions: one click or key gives an answer as tables, its GraphQL and Cypher; the editor asks with a token."""

import json
from dataclasses import asdict
from typing import Any, Literal
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect

from app.cli.tables import parts
from app.start.trusted import TrustedDocument
from app.web.data import cypher
from schema.derived.reference.systems import SYSTEMS
from seeds import QUESTIONS
from tests.kit.browser import NewPage, Seen, until
from tests.kit.paths import ROOT
from tests.web.conftest import TOKEN

ANSWERS = sorted((ROOT / "tests" / "language" / "documents").rglob("*.json"))
PHONE = 320
"""Pixels of the smallest screen."""
EDITOR = "document.querySelector('.graphiql-query-editor .CodeMirror')?.CodeMirror.getValue()"
RESULT = "(document.querySelector('.result-window .CodeMirror')?.CodeMirror.getValue() ?? '')"
ASK = "/explore/ask"


def question(name: str) -> str:
    return f"#question-{name}"


def opened(page: Page, name: str) -> str:
    """Open a question with the keyboard; return the selector of its answer, when it is there."""
    page.goto(ASK)
    page.locator(f"{question(name)} > summary").press("Enter")
    expect(page.locator(f"{question(name)} .answer button")).to_be_visible()
    return f"{question(name)} .answer"


def cells(page: Page, answer: str) -> list[list[str]]:
    """Return the cells of the first table of an answer."""
    script = "(table) => [...table.rows].map((row) => [...row.cells].map((cell) => cell.innerText.trim()))"
    return [list(row) for row in page.locator(f"{answer} table").first.evaluate(script)]


def give_token(page: Page, token: str) -> None:
    if not page.locator("#token").is_visible():
        page.locator(".settings > summary").click()
    page.locator("#token").fill(token)


def test_the_page_shows_the_systems_in_order_and_works_without_a_network(page: Page, seen: Seen) -> None:
    page.goto(ASK)
    expect(page.locator("h2")).to_have_text([system.heading for system in SYSTEMS] + ["More questions"])
    assert {*seen.paths()} >= {ASK, "/web/questions.json", "/web/tables.js", "/web/explorer/views/ask.js"}


def test_every_trusted_document_is_there_once_with_its_cypher(page: Page, base: str) -> None:
    with urlopen(f"{base}/web/questions.json") as response:
        told = json.loads(response.read())["questions"]
    files = {path.stem: path for path in QUESTIONS.glob("*.graphql")}
    assert sorted(each["id"] for each in told) == sorted(files)
    for each in told:
        assert files[each["id"]].read_text(encoding="utf-8").endswith(each["graphql"] + "\n")
        twin = files[each["id"]].with_suffix(".cypher")
        assert each["cypher"] == (twin.read_text(encoding="utf-8") if twin.exists() else None)
    page.goto(ASK)
    expect(page.locator("details.question")).to_have_count(len(files))


def test_a_question_is_answered_as_a_table_when_it_is_opened(page: Page) -> None:
    head, *rows = cells(page, opened(page, "years-of-bus-rapid-transit"))
    assert len(rows) > 0
    assert all(head)
    head, *rows = cells(page, opened(page, "ppp-from-london"))
    assert head[:2] == ["learnedBy.name", "learnedBy.country"]
    assert [row[0] for row in rows] == ["Lima"]
    assert page.url.endswith("?id=ppp-from-london")


def test_a_source_is_a_link(page: Page) -> None:
    link = page.locator(f"{opened(page, 'who-says-so')} a").first
    assert (link.get_attribute("href") or "").startswith("https://nyc.streetsblog.org/2009/04/01/")
    assert [link.inner_text(), link.get_attribute("rel")] == ["nyc.streetsblog.org", "noreferrer noopener"]


def test_a_link_to_a_question_opens_it(page: Page) -> None:
    page.goto(f"{ASK}?id=council-as-of-2018")
    expect(page.locator(f"{question('council-as-of-2018')} .answer table").first).to_contain_text("San Antonio")
    page.goto(f"{ASK}?id=no-such-question")
    expect(page.get_by_text("There is no question no-such-question.")).to_be_visible()


def test_graphql_and_cypher_are_copied(new_page: NewPage) -> None:
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    opened(page, "who-visits-whom")
    for name, text in (
        ("GraphQL", "query WhoVisitsWhom {"),
        ("Cypher", (QUESTIONS / "who-visits-whom.cypher").read_text(encoding="utf-8").strip()),
    ):
        box = page.locator(f"{question('who-visits-whom')} details.text", has_text=name).first
        box.locator("summary").press("Enter")
        button = box.get_by_role("button", name=f"Copy the {name}")
        button.press("Enter")
        expect(box.get_by_role("status")).to_have_text("Copied.")
        assert text in page.evaluate("navigator.clipboard.readText()")


def test_a_question_without_cypher_says_why(page: Page) -> None:
    assert not (QUESTIONS / "twins-of-turin.cypher").exists()
    opened(page, "twins-of-turin")
    page.locator(f"{question('twins-of-turin')} summary", has_text="Cypher").click()
    said = page.locator(question("twins-of-turin")).get_by_text("No Cypher twin is kept for this question.")
    expect(said).to_be_visible()


def test_questions_are_found_by_their_words(page: Page) -> None:
    page.goto(ASK)
    page.get_by_label("Only questions with the words").fill("Seattle tours")
    found = page.locator("details.question:visible > summary")
    expect(found.first).to_be_visible()
    expect(page.locator("h2:visible")).not_to_have_count(len(SYSTEMS) + 1)
    assert page.url.endswith("?words=Seattle+tours")
    page.reload()
    expect(page.locator("h2:visible")).not_to_have_count(len(SYSTEMS) + 1)
    for told in found.locator("..").all_text_contents():
        assert "seattle" in told.lower()
        assert "tours" in told.lower()


def test_a_failed_question_says_why_and_can_be_asked_again(page: Page, seen: Seen) -> None:
    seen.expect("status of 401")
    seen.expect("ERR_INTERNET_DISCONNECTED")
    page.goto(ASK)
    give_token(page, "wrong")
    page.locator(f"{question('ppp-from-london')} > summary").click()
    alert = page.locator(f"{question('ppp-from-london')} [role=alert]")
    expect(alert).to_contain_text("(UNAUTHENTICATED)")
    give_token(page, "")
    page.context.set_offline(True)
    again = page.locator(f"{question('ppp-from-london')} .answer button")
    again.click()
    expect(alert).to_contain_text("The server does not answer")
    page.context.set_offline(False)
    again.click()
    expect(page.locator(f"{question('ppp-from-london')} .answer table").first).to_contain_text("Lima")


def test_an_answer_with_made_up_facts_says_so(new_page: NewPage) -> None:
    page = new_page(token=TOKEN)
    expect(page.locator(f"{opened(page, 'who-trusts-whom')} .made-up")).to_be_visible()


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
    page.goto(page.locator(f"{question('who-trusts-whom')} a[href^='/graphql']").get_attribute("href") or "")
    expect(page.locator(".graphiql-execute-button")).to_be_visible()
    assert "WhoTrustsWhom" in until(page, EDITOR)
    page.locator("#token").fill(TOKEN)
    page.locator(".graphiql-execute-button").click()
    answer: dict[str, Any] = json.loads(until(page, f"{RESULT}.startsWith('{{') && {RESULT}"))
    assert len(answer["data"]["people"]["nodes"]) == 60
    page.locator(".bar a").click()
    expect(page.locator("details.question").first).to_be_visible()
    expect(page.locator("#token")).to_have_value(TOKEN)


def test_a_document_of_another_folder_has_no_cypher_of_ours() -> None:
    text = (QUESTIONS / "who-visits-whom.graphql").read_text(encoding="utf-8")
    assert cypher(TrustedDocument("who-visits-whom", text)) is not None
    assert cypher(TrustedDocument("who-visits-whom", text.replace("first: 10", "first: 9"))) is None
    assert cypher(TrustedDocument("another", text)) is None


def test_the_page_makes_the_tables_that_the_terminal_shows(page: Page) -> None:
    page.goto(ASK)
    page.evaluate(
        "import('/web/tables.js').then(({parts}) => { window.made = (data) => parts(data).map((part) => ({...part, "
        "tables: part.tables.map((table) => ({...table, rows: table.rows.map(Object.fromEntries)}))})); })"
    )
    answered = [data for path in ANSWERS if (data := json.loads(path.read_text(encoding="utf-8")).get("data"))]
    assert len(answered) > 60
    for data in answered:
        expected = json.loads(json.dumps([asdict(part) for part in parts(data)]))
        assert page.evaluate("(data) => made(data)", data) == expected

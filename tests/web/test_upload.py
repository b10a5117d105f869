"""A file is read in the browser, its columns are mapped, tried and written; what is wrong stands beside its row and column."""

import csv
import io
import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page, Route, expect

from schema.language.writes import MOST_ROWS
from tests.kit.browser import NewPage
from tests.kit.random.documents import random_seed
from tests.kit.writer import BlockingWriter
from tests.web.conftest import TOKEN
from tests.web.recording import Api, chosen, cleaned
from tests.web.test_axe import findings

SOURCE = "Table of the page's test"
VISITS = """Visit title;Kind;Status;Date;Hosts;People
Upload one;Study tour;held;2019-05;Oslo;12
Upload two;MISSION;PLANNED;2031-06-01;"city/it-12-turin; Oslo";
Upload three;Holiday;PLANNED;2031;Oslo;3
Upload four;MISSION;PLANNED;June;Oslo;3
Upload five;MISSION;PLANNED;2031;Atlantis;3
"""
CHARACTERS = ("a", "é", "日", '"', ",", ";", "\t", "\n", "\r\n", " ", "")


TABLES: tuple[tuple[str, list[list[str]]], ...] = (
    ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
    ("a,b\n1,2", [["a", "b"], ["1", "2"]]),
    ("a\rb\r", [["a"], ["b"]]),
    ('"a ""b"" c",d', [['a "b" c', "d"]]),
    ('"one\r\ntwo",x\nlast,y', [["one\r\ntwo", "x"], ["last", "y"]]),
    ("\ufeffa;b\n1;2", [["a", "b"], ["1", "2"]]),
    ("a\tb\n1,5\t2", [["a", "b"], ["1,5", "2"]]),
    ('"a,b";c\n1;2', [["a,b", "c"], ["1", "2"]]),
    ("a,b\n\n,\n1,", [["a", "b"], ["", ""], ["1", ""]]),
    ("", []),
)
"""Texts, and the rows in them."""


@pytest.fixture
def api(base: str, seeded: BlockingWriter) -> Iterator[Api]:
    with cleaned(seeded):
        yield Api(base)


@pytest.fixture
def steward(new_page: NewPage, api: Api) -> Page:
    text = "mutation ($rows: [SourceInput!]!) { upsertSources(rows: $rows) { created } }"
    api(text, rows=[{"title": SOURCE, "confidence": "VERIFIED"}])
    page = new_page(token=TOKEN)
    page.goto("/explore/record?part=upload")
    page.locator("input[type=file]").wait_for()
    return page


def given(page: Page, text: str, name: str = "visits.csv", encoding: str = "utf-8") -> None:
    """Choose a file."""
    file: FilePayload = {"name": name, "mimeType": "text/csv", "buffer": text.encode(encoding)}
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Dry run").wait_for()


def for_all(page: Page) -> None:
    """State source and confidence of every row."""
    page.get_by_role("combobox", name="Sources").focus()
    chosen(page, SOURCE)
    page.get_by_label("Confidence").select_option("VERIFIED")


def titles(api: Api) -> set[str]:
    asked = '{ visits(first: 100, where: {title: {startsWith: "Upload "}}) { nodes { title } } }'
    return {node["title"] for node in api(asked)["visits"]["nodes"]}


def meanings(page: Page) -> dict[str, str]:
    """Return what each column means."""
    rows = page.locator("tr:has(select)")
    return {row.locator("th").inner_text(): row.locator("select").input_value() for row in rows.all()}


def parsed(page: Page, text: str, by: str | None = None) -> Any:
    """Parse a text as the page does."""
    script = "([text, by]) => import('/web/explorer/record/parse.js').then(({ parse }) => parse(text, by ?? undefined))"
    return page.evaluate(script, [text, by])


@pytest.fixture
def plain(page: Page) -> Page:
    """A page that imports modules."""
    page.goto("/explore/record")
    return page


def test_tables_are_read_by_rfc_4180(plain: Page) -> None:
    for text, expected in TABLES:
        told = parsed(plain, text)
        assert ([row["cells"] for row in told["rows"]], told["problems"]) == (expected, []), text


def test_broken_quotation_marks_are_told_with_their_line(plain: Page) -> None:
    assert [each["line"] for each in parsed(plain, 'a,b\n1,x"y\n3,4')["problems"]] == [2]
    assert [each["line"] for each in parsed(plain, 'a,b\n"1"x,2\n3,4')["problems"]] == [2]
    told = parsed(plain, 'a,b\n1,"2\n3,4')
    assert [each["line"] for each in told["problems"]] == [2]
    assert parsed(plain, 'a\n"x\ny"\nz')["rows"][2] == {"line": 4, "cells": ["z"]}


def test_random_tables_are_read_as_they_were_written(plain: Page) -> None:
    """What Python's csv module writes, the page reads back."""
    chance = random.Random(random_seed())
    for _ in range(40):
        width, by = chance.randint(2, 5), chance.choice(",;\t")
        rows = [["".join(chance.choices(CHARACTERS, k=4)) for _ in range(width)] for _ in range(chance.randint(1, 6))]
        file = io.StringIO()
        csv.writer(file, delimiter=by, lineterminator=chance.choice(["\n", "\r\n"])).writerows(rows)
        told = parsed(plain, file.getvalue(), by)
        assert ([row["cells"] for row in told["rows"]], told["problems"]) == (rows, []), file.getvalue()


def test_a_file_is_mapped_tried_and_written(steward: Page, api: Api) -> None:
    given(steward, VISITS)
    assert meanings(steward) == {
        "Visit title": "title",
        "Kind": "kind",
        "Status": "status",
        "Date": "since",
        "Hosts": "hosts",
        "People": "",
    }
    steward.locator("tr:has-text('People') select").select_option("delegates")
    for_all(steward)
    steward.get_by_role("button", name="Dry run").click()
    steward.locator(".what-if").wait_for()
    expect(steward.locator(".what-if")).to_be_focused()
    said = steward.locator(".what-if").inner_text()
    assert said.startswith("Of 5 rows, 2 rows can be written, and 3 rows would be refused.")
    assert titles(api) == set()
    assert findings(steward) == {}
    refused = steward.locator(".refused tbody").first
    assert refused.locator("th").all_inner_texts() == ["Line 4", "Line 5", "Line 6"]
    wrong = [row.locator("td:has(.wrong)").inner_text() for row in refused.locator("tr").all()]
    assert "STUDY_TOUR" in wrong[0].replace("\n", " ")
    assert wrong[0].startswith("Holiday")
    assert wrong[1].startswith("June")
    assert "No fact that you may see is called “Atlantis”" in wrong[2]
    steward.get_by_role("button", name="Write 2 rows").click()
    expect(steward.locator("[data-result=written]")).to_be_focused()
    # Two visits and three hosts.
    assert "5 facts new" in steward.locator("[data-result=written]").inner_text()
    assert titles(api) == {"Upload one", "Upload two"}
    one = api.one("visits", "kind status delegates since { text } hosts { nodes { id } }", title="Upload one")
    assert one == {
        "kind": "STUDY_TOUR",
        "status": "HELD",
        "delegates": 12,
        "since": {"text": "2019-05"},
        "hosts": {"nodes": [{"id": "city/no-12-oslo"}]},
    }
    # The dry run left no draft, neither one that waits nor one that is closed.
    for state in ("OPEN", "REFUSED", "ACCEPTED"):
        assert api(f"{{ drafts(state: {state}) {{ nodes {{ id }} }} }}")["drafts"]["nodes"] == []


def test_a_file_of_one_row_that_is_refused_says_so_and_no_more(steward: Page, api: Api) -> None:
    given(steward, "title\nUpload none")
    steward.get_by_text("visits.csv: 1 row and 1 column, with").wait_for()
    steward.get_by_role("button", name="Dry run").click()
    steward.locator(".what-if").wait_for()
    says = steward.locator(".what-if")
    parts = says.evaluate("(one) => [...one.parentNode.childNodes].map(({ nodeName }) => nodeName)")
    assert parts == ["P", "DIV"], "what it would do, and why not"


def test_rows_go_in_batches_and_can_be_cancelled(steward: Page, api: Api) -> None:
    """After the first batch is written the job is cancelled; pressed again, it writes the rest, and nothing twice."""

    def few(route: Route) -> None:
        told = route.fetch().json()
        assert told["most"] == MOST_ROWS
        route.fulfill(json=told | {"most": 20})

    steward.route("**/web/model.json", few)
    steward.reload()
    given(steward, "title,kind,status\n" + "".join(f"Upload {at},MISSION,PLANNED\n" for at in range(30)))
    for_all(steward)
    steward.get_by_role("button", name="Dry run").click()
    steward.locator(".what-if").wait_for()
    assert "30 rows can be written" in steward.locator(".what-if").inner_text()
    sent: list[int] = []

    def counted(route: Route) -> None:
        body = json.loads(route.request.post_data or "{}")
        if body["documentId"] == "explorer-upsert-visits":
            sent.append(len(body["variables"]["rows"]))
            if len(sent) == 1:
                steward.get_by_role("button", name="Cancel").dispatch_event("click")
        route.continue_()

    steward.route("**/graphql", counted)
    steward.get_by_role("button", name="Write 30 rows").click()
    steward.get_by_text("Until then").wait_for()
    assert sent == [20]
    assert len(titles(api)) == 20
    steward.get_by_role("button", name="Write 30 rows").click()
    steward.locator("[data-result=written]").wait_for()
    assert sent == [20, 20, 10]
    total = '{ visits(where: {title: {startsWith: "Upload "}}) { totalCount } }'
    assert api(total) == {"visits": {"totalCount": 30}}


def test_a_file_and_its_mapping_outlive_a_reload_and_become_drafts(steward: Page, api: Api) -> None:
    given(steward, "name\ttitle\nx\tUpload of Köln\n", name="old.tsv", encoding="windows-1252")
    assert "Windows-1252" in steward.get_by_role("status").filter(has_text="old.tsv").inner_text()
    for_all(steward)
    steward.get_by_label("Kind").select_option("MISSION")
    steward.get_by_label("Status").select_option("PLANNED")
    steward.reload()
    steward.get_by_role("button", name="Dry run").click()
    steward.locator(".what-if").wait_for()
    steward.get_by_role("button", name="Save as drafts instead").click()
    steward.locator("[data-result=drafts]").wait_for()
    assert titles(api) == set()
    asked = "{ drafts { nodes { rows changes { fields { field after } } } } }"
    (draft,) = api(asked)["drafts"]["nodes"]
    assert {"field": "title", "after": '"Upload of Köln"'} in draft["changes"][0]["fields"]

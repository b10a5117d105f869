"""Facts are recorded, corrected, related and deleted on the page; what is wrong stands beside its field, and nothing is lost."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.kit.browser import NewPage, Seen
from tests.kit.writer import BlockingWriter
from tests.web.conftest import TOKEN
from tests.web.recording import Api, chosen, cleaned, tab_to
from tests.web.test_axe import findings

SOURCE = {"title": "Minutes of the page's test", "confidence": "VERIFIED"}
VISIT = """id title kind status delegates since { text } note updatedAt sources { title } confidence
  visitors { nodes { id } } hosts { edges { arrived { text } stop node { id } } } topics { nodes { name } }"""
UPSERT = (
    "mutation ($rows: [VisitInput!]!) { upsertVisits(rows: $rows) { nodes { id updatedAt } problems { message } } }"
)
TITLE = "Seattle in Oslo, page"


@pytest.fixture
def api(base: str, seeded: BlockingWriter) -> Iterator[Api]:
    with cleaned(seeded):
        yield Api(base)


@pytest.fixture
def source(api: Api) -> str:
    text = "mutation ($rows: [SourceInput!]!) { upsertSources(rows: $rows) { nodes { id } } }"
    return str(api(text, rows=[SOURCE])["upsertSources"]["nodes"][0]["id"])


@pytest.fixture
def steward(new_page: NewPage) -> Page:
    return new_page(token=TOKEN)


@pytest.fixture
def visit(api: Api, source: str) -> dict[str, Any]:
    """A visit that is stored."""
    row = {
        "title": TITLE,
        "kind": "STUDY_TOUR",
        "status": "PLANNED",
        "since": "2031-05",
        "delegates": 20,
        "sources": [source],
        "confidence": "VERIFIED",
        "hosts": [{"to": "city/no-12-oslo", "arrived": "2031-05-02"}],
    }
    written = api(UPSERT, rows=[row])["upsertVisits"]
    assert written["problems"] == []
    return dict(written["nodes"][0])


def opened(page: Page, **args: str) -> None:
    """Open a part of the page and wait until it is there."""
    query = "&".join(f"{name}={value}" for name, value in args.items())
    page.goto(f"/explore/record?{query}")
    page.locator(".box[aria-busy]").wait_for(state="detached")


def filled(page: Page, *, source: str = SOURCE["title"]) -> None:
    """Fill in what a visit needs."""
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("Kind").select_option("STUDY_TOUR")
    page.get_by_label("Status").select_option("PLANNED")
    page.get_by_label("Confidence").select_option("VERIFIED")
    page.get_by_role("combobox", name="Sources").focus()
    chosen(page, source)


def test_a_visit_is_recorded_by_keyboard_alone(steward: Page, api: Api) -> None:
    steward.goto("/explore/record")
    steward.get_by_text("Record a visit").wait_for()
    tab_to(steward, "Record a visit")
    steward.keyboard.press("Enter")
    steward.get_by_role("heading", name="Record: Visit").wait_for()
    tab_to(steward, "Title")
    steward.keyboard.type(TITLE)
    tab_to(steward, "Kind")
    steward.keyboard.type("Study")
    tab_to(steward, "Status")
    steward.keyboard.type("Planned")
    tab_to(steward, "Since")
    steward.keyboard.type("2031-05")
    tab_to(steward, "Delegates")
    steward.keyboard.type("24")
    tab_to(steward, "Who")
    chosen(steward, "Seattle")
    tab_to(steward, "Who")
    chosen(steward, "Oslo")
    tab_to(steward, "Arrived")
    steward.keyboard.type("2031-05-02")
    tab_to(steward, "Topics")
    chosen(steward, "Public transport")
    tab_to(steward, "Sources")
    steward.keyboard.type("A source made inside")
    steward.locator("[role=option]").filter(has_text="New: A source made inside").wait_for()
    steward.keyboard.press("ArrowUp")
    steward.keyboard.press("Enter")
    steward.get_by_role("dialog").wait_for()
    assert findings(steward) == {}
    tab_to(steward, "Record the source")
    steward.keyboard.press("Enter")
    steward.get_by_role("button", name="Remove A source made inside").wait_for()
    tab_to(steward, "Confidence")
    steward.keyboard.type("Verified")
    tab_to(steward, "Record it")
    steward.keyboard.press("Enter")
    expect(steward.locator("[data-result=recorded]")).to_be_focused()
    assert "4 facts new" in steward.locator("[data-result=recorded]").inner_text()
    stored = api.one("visits", VISIT, title=TITLE)
    assert (stored["kind"], stored["status"], stored["delegates"]) == ("STUDY_TOUR", "PLANNED", 24)
    assert stored["since"] == {"text": "2031-05"}
    assert stored["visitors"]["nodes"] == [{"id": "city/us-wa-seattle"}]
    assert stored["hosts"]["edges"] == [
        {"arrived": {"text": "2031-05-02"}, "stop": None, "node": {"id": "city/no-12-oslo"}}
    ]
    assert stored["topics"]["nodes"] == [{"name": "Public transport"}]
    assert stored["sources"] == [{"title": "A source made inside"}]


def test_problems_stand_beside_their_fields_and_take_what_is_accepted(steward: Page, api: Api, source: str) -> None:
    opened(steward, of="Visit")
    steward.get_by_role("button", name="Record it").click()
    expect(steward.get_by_label("Title")).to_be_focused()
    for name in ("title", "kind", "status", "confidence"):
        field = steward.locator(f"[data-field={name}]").first
        assert field.locator(".wrong").inner_text() == "This must be given."
        assert field.locator("[aria-invalid=true]").count() == 1
    assert findings(steward) == {}
    filled(steward)
    steward.get_by_label("Since").fill("May 2031")
    steward.get_by_label("Delegates").fill("many")
    host = steward.locator("[data-field=hosts]")
    host.get_by_role("combobox", name="Who").fill("city/no-such-city")
    steward.get_by_role("button", name="Record it").click()
    expect(steward.get_by_label("Delegates")).to_be_focused()
    assert "whole number" in steward.locator("[data-field=delegates] .wrong").inner_text()
    assert "not chosen yet" in host.locator("[data-field=to] .wrong").inner_text()
    steward.get_by_label("Delegates").fill("12")
    host.get_by_role("combobox", name="Who").fill("")
    steward.get_by_role("button", name="Record it").click()
    expect(steward.get_by_label("Since")).to_be_focused()
    assert "May 2031" in steward.locator("[data-field=since] .wrong").first.inner_text()
    assert steward.get_by_label("Title").input_value() == TITLE
    assert steward.locator("[data-field=delegates] .wrong").count() == 0
    steward.get_by_label("Since").fill("2031-05")
    steward.get_by_role("button", name="Record it").click()
    steward.locator("[data-result=recorded]").wait_for()
    assert api.one("visits", VISIT, title=TITLE)["delegates"] == 12


def test_a_form_outlives_a_reload_and_a_retry_writes_once(steward: Page, api: Api, source: str, seen: Seen) -> None:
    """The answer to the first request is lost; the page is loaded again; the same form is sent again."""
    seen.expect("net::ERR_FAILED")
    opened(steward, of="Visit")
    filled(steward)
    steward.get_by_label("Since").fill("2031-06")
    sent: list[dict[str, Any]] = []

    def lost(route: Route) -> None:
        body = json.loads(route.request.post_data or "{}")
        if body["documentId"] == "explorer-upsert-visits":
            sent.append(body)
        if body["documentId"] == "explorer-upsert-visits" and len(sent) == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    steward.route("**/graphql", lost)
    steward.get_by_role("button", name="Record it").click()
    assert "does not answer" in steward.locator(".result [role=alert]").inner_text()
    steward.reload()
    steward.get_by_text("is in the form again").wait_for()
    assert steward.get_by_label("Title").input_value() == TITLE
    assert steward.locator("[data-field=sources] .chosen").inner_text().startswith(SOURCE["title"])
    steward.get_by_role("button", name="Record it").click()
    steward.locator("[data-result=recorded]").wait_for()
    assert sent[0] == sent[1]
    assert api.one("visits", VISIT, title=TITLE)["since"] == {"text": "2031-06"}
    opened(steward, of="Visit")
    assert steward.get_by_label("Title").input_value() == ""


def test_a_form_that_was_changed_after_a_lost_answer_is_not_written_twice(
    steward: Page, api: Api, source: str, seen: Seen
) -> None:
    seen.expect("net::ERR_FAILED")
    opened(steward, of="Visit")
    filled(steward)

    def lost(route: Route) -> None:
        route.fetch()
        route.abort()

    steward.route("**/graphql", lost)
    steward.get_by_role("button", name="Record it").click()
    steward.locator(".result [role=alert]").wait_for()
    steward.unroute("**/graphql")
    steward.get_by_label("Title").fill(f"{TITLE}, again")
    steward.get_by_role("button", name="Record it").click()
    steward.get_by_text("An earlier form was stored after all").wait_for()
    assert api.one("visits", "title", title=TITLE) == {"title": TITLE}
    assert api.one("visits", "title", title=f"{TITLE}, again") is None


def test_long_names_and_names_from_right_to_left_fit_a_phone(new_page: NewPage, api: Api) -> None:
    names = ["Long " + "name" * 49, "מפגש של ערים"]
    text = "mutation ($rows: [SourceInput!]!) { upsertSources(rows: $rows) { created } }"
    api(text, rows=[{"title": name, "confidence": "VERIFIED"} for name in names])
    page = new_page(token=TOKEN, viewport={"width": 320, "height": 640})
    opened(page, of="Visit")
    page.get_by_role("combobox", name="Sources").focus()
    for name in names:
        chosen(page, name[:8])
    assert page.locator("[data-field=sources] .chosen bdi").all_inner_texts() == names
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_a_token_that_is_not_accepted_loses_nothing(new_page: NewPage, api: Api, source: str, seen: Seen) -> None:
    seen.expect("status of 401")
    page = new_page()
    opened(page, of="Visit")
    assert "you need a token" in page.locator("[data-rights=none]").inner_text()
    filled(page)
    page.get_by_text("Token and data", exact=True).click()
    page.get_by_label("Token").fill("expired")
    page.get_by_role("button", name="Record it").click()
    alert = page.locator(".result [role=alert]")
    assert "Put a valid token" in alert.inner_text()
    page.get_by_label("Token").fill(TOKEN)
    page.get_by_role("button", name="Use it").click()
    page.get_by_text("is in the form again").wait_for()
    page.get_by_role("button", name="Record it").click()
    page.locator("[data-result=recorded]").wait_for()
    assert api.one("visits", VISIT, title=TITLE)["kind"] == "STUDY_TOUR"


def test_without_a_token_the_page_says_what_is_needed(page: Page, source: str, seen: Seen) -> None:
    seen.expect("status of 403")
    opened(page, of="Visit")
    filled(page)
    page.get_by_role("button", name="Record it").click()
    said = page.locator(".result [role=alert]").inner_text()
    assert "docs/access-keys.md" in said
    assert page.get_by_label("Title").input_value() == TITLE


def test_a_correction_sends_what_differs(steward: Page, api: Api, visit: dict[str, Any]) -> None:
    opened(steward, of="Visit", id=visit["id"])
    assert steward.get_by_label("Delegates").input_value() == "20"
    steward.locator(".recorded").get_by_role("link", name="Correct Hosts: Oslo").wait_for()
    steward.get_by_label("Delegates").fill("")
    steward.get_by_label("Note").fill("Two fell ill.")
    with steward.expect_request(lambda request: "explorer-upsert-visits" in (request.post_data or "")) as asked:
        steward.get_by_role("button", name="Record the correction").click()
    steward.locator("[data-result=recorded]").wait_for()
    (row,) = json.loads(asked.value.post_data or "")["variables"]["rows"]
    assert row == {
        "key": {"id": visit["id"]},
        "expectedUpdatedAt": visit["updatedAt"],
        "delegates": None,
        "note": "Two fell ill.",
    }
    stored = api.one("visits", VISIT, title=TITLE)
    assert (stored["delegates"], stored["note"], stored["since"]) == (None, "Two fell ill.", {"text": "2031-05"})


def test_what_somebody_else_changed_is_not_overwritten(steward: Page, api: Api, visit: dict[str, Any]) -> None:
    opened(steward, of="Visit", id=visit["id"])
    steward.get_by_label("Note").fill("Mine.")
    api(UPSERT, rows=[{"key": {"id": visit["id"]}, "delegates": 30}])
    steward.get_by_role("button", name="Record the correction").click()
    steward.get_by_text("Somebody else has changed it").wait_for()
    assert api.one("visits", VISIT, title=TITLE)["note"] is None
    steward.get_by_role("button", name="Take over what is stored now").click()
    expect(steward.get_by_label("Delegates")).to_have_value("30")
    expect(steward.get_by_label("Note")).to_have_value("Mine.")
    steward.get_by_role("button", name="Record the correction").click()
    steward.locator("[data-result=recorded]").wait_for()
    stored = api.one("visits", VISIT, title=TITLE)
    assert (stored["delegates"], stored["note"]) == (30, "Mine.")


def test_two_facts_are_related_and_the_relationship_corrected(steward: Page, api: Api, visit: dict[str, Any]) -> None:
    opened(steward, part="relate")
    steward.get_by_role("combobox", name="The one fact").focus()
    chosen(steward, TITLE)
    steward.get_by_role("combobox", name="The other fact").focus()
    chosen(steward, "Turin")
    steward.get_by_role("link", name="Hosted by").click()
    steward.get_by_role("heading", name="Record: Hosted by").wait_for()
    steward.get_by_label("Stop").fill("2")
    steward.get_by_role("combobox", name="Sources").focus()
    chosen(steward, SOURCE["title"])
    steward.get_by_label("Confidence").select_option("VERIFIED")
    steward.get_by_role("button", name="Record it").click()
    steward.locator("[data-result=recorded]").wait_for()
    args = {"of": "HostedBy", "from": visit["id"], "to": "city/it-12-turin"}
    opened(steward, **args)
    assert steward.get_by_label("Stop").input_value() == "2"
    steward.get_by_label("Stop").fill("3")
    steward.get_by_role("button", name="Record the correction").click()
    steward.locator("[data-result=recorded]").wait_for()
    stops = {edge["node"]["id"]: edge["stop"] for edge in api.one("visits", VISIT, title=TITLE)["hosts"]["edges"]}
    assert stops == {"city/no-12-oslo": None, "city/it-12-turin": 3}
    opened(steward, **args)
    steward.get_by_text("Delete it", exact=True).click()
    steward.get_by_role("button", name="Delete it for good").click()
    steward.get_by_text("Deleted:").wait_for()
    hosts = api.one("visits", VISIT, title=TITLE)["hosts"]["edges"]
    assert [edge["node"]["id"] for edge in hosts] == ["city/no-12-oslo"]


def test_a_draft_is_saved_changed_and_accepted(steward: Page, api: Api, source: str) -> None:
    opened(steward, of="Visit")
    filled(steward)
    steward.locator("[data-field=hosts]").get_by_role("combobox", name="Who").focus()
    chosen(steward, "Oslo")
    steward.get_by_role("button", name="Save as a draft").click()
    steward.locator("[data-result=draft]").wait_for()
    assert api.one("visits", VISIT, title=TITLE) is None
    steward.get_by_role("link", name="Look at the draft").click()
    difference = steward.locator(".difference table")
    difference.wait_for()
    assert findings(steward) == {}
    assert TITLE in difference.locator("ins").all_inner_texts()
    steward.get_by_role("link", name="Change it").click()
    expect(steward.get_by_label("Title")).to_have_value(TITLE)
    assert "Oslo" in steward.locator("[data-field=hosts] .chosen").inner_text()
    steward.get_by_label("Delegates").fill("7")
    steward.get_by_role("button", name="Change the draft").click()
    steward.get_by_role("link", name="Look at the draft").click()
    difference.filter(has_text="Delegates").wait_for()
    steward.get_by_role("button", name="Accept it").click()
    expect(steward.locator("[data-result=accepted]")).to_be_focused()
    stored = api.one("visits", VISIT, title=TITLE)
    assert (stored["delegates"], [edge["node"]["id"] for edge in stored["hosts"]["edges"]]) == (7, ["city/no-12-oslo"])


def test_a_draft_is_listed_and_refused_with_a_reason(steward: Page, api: Api, visit: dict[str, Any]) -> None:
    text = "mutation ($rows: [VisitInput!]!) { upsertVisits(rows: $rows, draft: {}) { draft { id } } }"
    id_ = api(text, rows=[{"key": {"id": visit["id"]}, "delegates": 99}])["upsertVisits"]["draft"]["id"]
    opened(steward, part="drafts")
    steward.locator("table").get_by_role("link", name="Visit").click()
    changes = steward.locator(".difference")
    changes.wait_for()
    assert changes.locator("del").all_inner_texts() == ["20"]
    assert changes.locator("ins").all_inner_texts() == ["99"]
    steward.get_by_label("Reason").fill("They were 20.")
    steward.get_by_role("button", name="Refuse or withdraw it").click()
    steward.locator("[data-result=refused]").wait_for()
    told = api("query ($id: ID!) { draft(id: $id) { state note } }", id=id_)["draft"]
    assert told == {"state": "REFUSED", "note": "They were 20."}
    assert api.one("visits", VISIT, title=TITLE)["delegates"] == 20

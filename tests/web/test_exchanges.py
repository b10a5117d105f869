"""Figure one in the explorer: picture, tables and numbers are the API's; by mouse and by keyboard a city leads to its visits."""

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.http.running import Running
from tests.kit.browser import NewPage
from tests.web.api import network
from tests.web.conftest import TOKEN

EXCHANGES = "/explore/exchanges"
SEATTLE = "city/us-wa-seattle"


@pytest.fixture(scope="module", autouse=True)
def _asked_before(server: Running) -> None:
    network(server)


def link(leg: Mapping[str, Any]) -> str:
    return f"{leg['visitor']['factId']} {leg['host']['factId']}"


def opened(page: Page, query: str = "") -> None:
    page.goto(f"{EXCHANGES}{query}")
    expect(page.locator(".picture svg")).to_be_visible()


def keys(page: Page, caption: str) -> dict[str, list[str]]:
    """Return the cells of each row of a table by its key."""
    script = "(rows) => rows.map((row) => [row.dataset.key, [...row.cells].map((cell) => cell.textContent.trim())])"
    rows = page.get_by_role("table", name=caption).locator("tbody tr")
    return {key: list(cells) for key, cells in rows.evaluate_all(script)}


def marks(page: Page, kind: str) -> list[str]:
    script = "(marks) => marks.map((mark) => mark.dataset.id)"
    return list(page.locator(f".picture svg [data-kind={kind}][data-id]").evaluate_all(script))


def numbers(page: Page) -> dict[str, str]:
    script = (
        "(items) => items.map((item) => [item.lastChild.textContent.trim(), item.querySelector('button').textContent])"
    )
    return dict(page.locator(".numbers li").evaluate_all(script))


def percent(share: float) -> str:
    return f"{round(share * 100, 1):g} %"


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("", {}),
        ("?from=2000&to=2010", {"fromYear": 2000, "toYear": 2010}),
        ("?picture=europe&subject=topic/mobility", {"subject": "topic/mobility"}),
    ],
)
def test_picture_tables_and_numbers_are_those_of_the_api(page: Page, server: Running, query: str, asked: Any) -> None:
    of = network(server, **asked)
    opened(page, query)
    assert numbers(page) == {
        "Visits": str(of["basedOn"]),
        "Cities": str(len(of["cities"])),
        "Links": str(len(of["legs"])),
        "Pairs that visited each other": str(of["mutual"]),
        "Share of pairs": percent(of["mutualOfPairs"]),
        "Share of links returned": percent(of["mutualOfArcs"]),
    }
    cities, legs = keys(page, "Cities"), keys(page, "Links, from visitor to host")
    assert sorted(marks(page, "place")) == sorted(cities)
    assert sorted(marks(page, "visits")) == sorted(legs)
    known = {each["city"]["factId"]: each for each in of["cities"]}
    for key, row in cities.items():
        assert [row[0], *map(int, row[2:])] == [
            known[key]["city"]["name"],
            *(known[key][name] for name in ("made", "hosted", "hosts", "guests")),
        ]
    assert {key: int(row[3]) for key, row in legs.items()}.items() <= {
        link(leg): leg["visits"] for leg in of["legs"]
    }.items()
    left = page.locator("details", has_text="Not in this picture").locator("li")
    expect(left).to_have_count(len(known) - len(cities) + len(of["legs"]) - len(legs))


def test_laid_out_every_link_is_drawn(page: Page, server: Running) -> None:
    opened(page)
    assert sorted(marks(page, "visits")) == sorted(map(link, network(server)["legs"]))


def test_a_city_leads_to_its_visits_by_mouse(page: Page, server: Running) -> None:
    of = next(each for each in network(server)["cities"] if each["city"]["factId"] == SEATTLE)
    opened(page)
    page.locator(f".picture [data-id='{SEATTLE}']").click()
    behind = page.locator(".behind")
    expect(behind.get_by_role("heading", level=2)).to_have_text("Seattle")
    expect(behind.locator("[data-visit]")).to_have_count(of["made"] + of["hosted"])
    expect(page.locator(f"tr[data-key='{SEATTLE}']")).to_have_class("selected")
    expect(behind.locator("dl button")).to_have_text(
        [str(of["made"]), str(of["hosted"]), str(of["hosts"]), str(of["guests"]), percent(of["share"])]
    )
    assert page.url.endswith(f"?of={SEATTLE}")
    first = behind.locator("[data-visit]").first
    expect(first.locator("details.sources")).to_be_visible()
    page.reload()
    expect(behind.locator("[data-visit]")).to_have_count(of["made"] + of["hosted"])
    expect(page.locator(f".picture [data-id='{SEATTLE}']")).to_have_class("selected")


def test_visits_are_read_page_by_page_until_all_are_there(page: Page, server: Running) -> None:
    of = next(each for each in network(server)["cities"] if each["city"]["factId"] == SEATTLE)
    every = of["made"] + of["hosted"]
    assert every > 4

    def two(route: Route) -> None:
        body = json.loads(route.request.post_data or "{}")
        if body["documentId"] == "explorer-visits":
            body["variables"]["first"] = 2
        route.continue_(post_data=json.dumps(body))

    page.route("**/graphql", two)
    opened(page)
    page.locator(f"tr[data-key='{SEATTLE}'] .chooser").press("Enter")
    behind = page.locator(".behind")
    expect(behind.locator("h3")).to_have_text(f"The latest 2 of {every} visits")
    more = behind.get_by_role("button", name="Show the next")
    for shown in range(4, every + 2, 2):
        more.press("Enter")
        expect(behind.locator("[data-visit]")).to_have_count(min(shown, every))
        expect(behind.locator(f"[data-visit]:nth-child({shown - 1}) > a").first).to_be_focused()
    expect(behind.locator("h3")).to_have_text(f"{every} visits")
    expect(more).to_have_count(0)
    ids = behind.locator("[data-visit]").evaluate_all("(all) => all.map((each) => each.dataset.visit)")
    assert len(set(ids)) == every


def test_a_link_leads_to_its_visits_by_keyboard_alone(page: Page, server: Running) -> None:
    most = max(network(server)["legs"], key=lambda leg: leg["visits"])
    opened(page)
    chooser = page.locator(f"tr[data-key='{link(most)}'] .chooser")
    chooser.press("Enter")
    behind = page.locator(".behind")
    expect(behind.locator("[data-visit]")).to_have_count(most["visits"])
    expect(page.locator("#live")).to_contain_text(f"{most['visits']} visit")
    title = behind.locator("[data-visit] > a").first
    said = title.inner_text()
    title.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(said)
    page.go_back()
    expect(behind.locator("[data-visit]")).to_have_count(most["visits"])


def test_enter_on_a_mark_opens_and_escape_leads_back(page: Page) -> None:
    opened(page)
    mark = page.locator(".picture svg [tabindex='0']")
    name = (mark.get_attribute("aria-label") or "").split(":")[0]
    mark.press("Enter")
    behind = page.locator(".behind")
    expect(behind).to_be_focused()
    expect(behind.get_by_role("heading", level=2)).to_have_text(name)
    expect(behind.locator("[data-visit]").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".picture svg [tabindex='0']")).to_be_focused()
    expect(behind).to_contain_text("Select a city or a link")
    assert "of=" not in page.url


@pytest.mark.parametrize("asked", [{"from": 2007, "to": 2017}, {"to": 2012, "subject": "topic/mobility"}])
def test_the_visits_of_every_city_are_as_many_as_the_api_counts(
    page: Page, server: Running, asked: dict[str, Any]
) -> None:
    names = {"from": "fromYear", "to": "toYear", "subject": "subject"}
    of = network(server, **{names[name]: value for name, value in asked.items()})
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    opened(page, f"?{query}")
    cities = sorted(of["cities"], key=lambda each: -(each["made"] + each["hosted"]))[:6]
    page.locator("details", has_text="Not in this picture").locator("summary").click()
    for each in cities:
        page.locator(f"[data-key='{each['city']['factId']}'] .chooser").click()
        expect(page.locator(".behind h2")).to_have_text(each["city"]["name"])
        expect(page.locator(".behind [data-visit]")).to_have_count(each["made"] + each["hosted"])


def test_years_and_topic_are_chosen_by_keyboard_and_stand_in_the_address(page: Page, server: Running) -> None:
    opened(page)
    page.get_by_label("From year").fill("2000")
    page.get_by_label("To year").fill("2020")
    about = page.get_by_label("About the topic or practice")
    about.fill("mobil")
    about.press("Enter")
    expect(page).to_have_url(re.compile(r"\?from=2000&subject=topic/mobility&to=2020$"))
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    of = network(server, fromYear=2000, toYear=2020, subject="topic/mobility")
    expect(page.locator(".numbers li button").first).to_have_text(str(of["basedOn"]))
    expect(about).to_have_value("Mobility (topic)")


def test_what_cannot_be_chosen_is_said_at_the_field(page: Page) -> None:
    opened(page)
    about = page.get_by_label("About the topic or practice")
    about.fill("no such thing")
    about.press("Enter")
    expect(page.get_by_role("alert")).to_have_text(
        "No topic or practice is called “no such thing”. Choose one of the list."
    )
    expect(about).to_be_focused()
    about.fill("")
    page.get_by_label("From year").fill("2020")
    page.get_by_label("To year").fill("2000")
    page.get_by_label("To year").press("Enter")
    expect(page.get_by_role("alert")).to_have_text("The first year is after the last.")


def test_nothing_is_said_to_be_nothing(page: Page) -> None:
    page.goto(f"{EXCHANGES}?from=1&to=2")
    expect(page.locator(".state.empty")).to_contain_text("No visit from 1 to 2 is recorded")
    page.get_by_role("button", name="Show all years and topics").press("Enter")
    expect(page.locator(".picture svg")).to_be_visible()


def test_a_number_opens_with_its_meaning_and_its_question(page: Page, server: Running) -> None:
    opened(page, "?from=2000")
    page.get_by_role("button", name="Share of pairs").press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("M / (M + A)")
    expect(dialog).to_contain_text("Wasserman")
    expect(dialog).to_contain_text(f"Visits that count (n){network(server, fromYear=2000)['basedOn']}")
    expect(dialog.locator("pre")).to_contain_text('"fromYear": 2000')
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_two_panes_say_how_they_differ(page: Page, server: Running) -> None:
    page.goto(f"{EXCHANGES}?from=2000&to=2010&2.view=exchanges&2.from=2011&2.to=2020")
    left, right = network(server, fromYear=2000, toYear=2010), network(server, fromYear=2011, toYear=2020)
    said = page.locator(".compared")
    expect(said).to_contain_text(
        f"Left: {left['basedOn']} visits from 2000 to 2010 between {len(left['cities'])} cities."
    )
    expect(said).to_contain_text(
        f"Right: {right['basedOn']} visits from 2011 to 2020 between {len(right['cities'])} cities."
    )
    one, other = ({each["city"]["factId"] for each in of["cities"]} for of in (left, right))
    expect(said).to_contain_text(f"{len(one & other)} cities are on both sides.")
    expect(said).to_contain_text(f"Only left, {len(one - other)} cities:")
    legs = [set(map(link, of["legs"])) for of in (left, right)]
    both = len(legs[0] & legs[1])
    expect(said).to_contain_text(f"on both sides, {len(legs[0]) - both} only left, {len(legs[1]) - both} only right.")


def test_made_up_visits_are_shown_where_asked_for_and_marked(new_page: NewPage, server: Running) -> None:
    real, every = network(server, TOKEN), network(server, TOKEN, synthetic=True)
    page = new_page(token=TOKEN)
    opened(page, "?synthetic=true")
    assert numbers(page)["Visits"] == str(every["basedOn"])
    if every != real:
        expect(page.locator(".picture svg")).to_contain_text("Synthetic: made up")

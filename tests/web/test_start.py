"""The first page of the explorer: `/` leads there, its numbers are those of the API, its figures are what the viewer may see."""

import json
import re

import pytest
from playwright.sync_api import Page, Route, expect

from seeds.counts import counted
from tests.http.running import Running
from tests.kit.browser import NewPage, Seen
from tests.web.api import network, told
from tests.web.conftest import TOKEN

START = "/explore/start"
NUMBERS = """() => [...document.querySelectorAll('main .real, main .small > p, main .cities li, main h2 + p')].map((each) => {
  const copy = each.cloneNode(true);
  for (const one of copy.querySelectorAll('.figure-number, a')) one.remove();
  return copy.textContent;
}).filter((text) => /\\d/.test(text))"""
"""What the page says with digits that no button opens; names of cities and clouds aside."""
ROSTERS = "{ rosters(synthetic: true, orderBy: [{name: ASC}]) { nodes { id name waves { totalCount } } } }"


@pytest.fixture(scope="module", autouse=True)
def _asked_before(server: Running) -> None:
    network(server)


def test_the_address_leads_to_the_first_page(page: Page) -> None:
    page.goto("/")
    expect(page).to_have_url(re.compile(re.escape(START) + "$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("How cities learn from each other")
    expect(page).to_have_title("How cities learn from each other – citygraph")


def test_its_numbers_are_those_of_the_data_and_of_the_api(page: Page, server: Running) -> None:
    counts = counted()
    page.goto(START)
    real = page.locator(".real")
    for number in (counts.rows, counts.real, counts.rows - counts.real):
        expect(real).to_contain_text(f"{number:,}")
    of = told(
        server,
        "{ exchangeNetwork(synthetic: false) { basedOn } "
        "lessons(synthetic: false) { totalCount } practices(synthetic: false) { totalCount } }",
    )
    visits, lessons, practices = (
        of["exchangeNetwork"]["basedOn"],
        *(of[each]["totalCount"] for each in ("lessons", "practices")),
    )
    expect(page.locator(".box")).to_contain_text(
        f"{visits} visits between cities, {lessons:,} lessons and {practices:,} practices"
    )
    for name, number, says in (
        (f"rows of facts: {counts.rows:,}", counts.rows, "files that come with citygraph"),
        (f"lessons: {lessons:,}", lessons, "query ExplorerStart"),
    ):
        page.get_by_role("button", name=f"{name}. What is this?", exact=True).press("Enter")
        expect(page.get_by_role("dialog")).to_contain_text(f"{number:,}")
        expect(page.get_by_role("dialog")).to_contain_text(says)
        page.keyboard.press("Escape")
    loose = page.evaluate(NUMBERS)
    assert loose == [], "each number opens"


def test_the_first_figure_leads_to_exchanges(page: Page, server: Running) -> None:
    page.goto(START)
    drawn = page.get_by_role("link", name="Open: Who visits whom").locator("svg")
    expect(drawn).to_be_attached()
    legs = network(server)["legs"]
    expect(drawn.locator("[data-kind=visits]")).to_have_count(len(legs))
    page.get_by_role("link", name="Who visits whom", exact=True).press("Enter")
    expect(page).to_have_url(re.compile("/explore/exchanges$"))


def test_cities_to_begin_with_are_those_with_most_lessons_and_visits(page: Page, server: Running) -> None:
    of = told(
        server,
        "{ lessons(synthetic: false) { aggregate { "
        "groupBy(by: [learnedBy], first: 4) { nodes { count key { learnedBy { id } } } } } } "
        "exchangeNetwork(synthetic: false) { hubs { city { factId } made hosted } } }",
    )
    page.goto(START)
    shown = page.locator(".cities li")
    for group in of["lessons"]["aggregate"]["groupBy"]["nodes"]:
        link = shown.filter(has=page.locator(f"a[href='/explore/city?id={group['key']['learnedBy']['id']}']"))
        expect(link).to_contain_text(f"{group['count']} lesson")
    for hub in of["exchangeNetwork"]["hubs"][:2]:
        link = shown.filter(has=page.locator(f"a[href='/explore/city?id={hub['city']['factId']}']"))
        expect(link).to_contain_text(f"{hub['made'] + hub['hosted']} visits")


def test_clouds_are_shown_to_who_may_see_them_and_are_marked(new_page: NewPage, server: Running) -> None:
    every = [each for each in told(server, ROSTERS, TOKEN)["rosters"]["nodes"] if each["waves"]["totalCount"]][:3]
    page = new_page(token=TOKEN)
    page.goto(START)
    expect(page.locator(".small h2")).to_have_text(["Who visits whom", *(each["name"] for each in every)])
    invented = [each for each in every if each["name"].startswith("Leaders of")]
    assert invented
    for each in invented:
        box = page.locator(".small").filter(has_text=each["name"])
        expect(box.locator(".made-up")).to_be_visible()
        link = box.locator(".thumbnail a")
        expect(link.locator("svg [data-kind=person]").first).to_be_attached()
        assert link.get_attribute("href") == f"/explore/cloud?roster={each['id']}&synthetic=true"
        expect(link.locator("svg")).to_contain_text("Synthetic: made up")


def test_who_may_not_see_a_cloud_gets_nothing_of_it(page: Page, seen: Seen, server: Running) -> None:
    shown = told(server, ROSTERS)["rosters"]["nodes"]
    hidden = [each for each in told(server, ROSTERS, TOKEN)["rosters"]["nodes"] if each not in shown]
    assert hidden
    page.goto(START)
    expect(page.locator(".small svg").first).to_be_attached()
    expect(page.locator(".small .loading")).to_have_count(0)
    received = [each.text() for each in seen.responses if "/graphql" in each.url or "/figures/" in each.url]
    assert len(received) >= 2
    for word in [each[key] for each in hidden for key in ("id", "name")]:
        assert not any(json.dumps(word)[1:-1] in text for text in received)


def test_without_clouds_the_page_says_why(page: Page) -> None:
    page.route("**/graphql", without_rosters)
    page.goto(START)
    expect(page.get_by_text("Networks of leaders are shown to those who may see them")).to_be_visible()


def without_rosters(route: Route) -> None:
    response = route.fetch()
    answer = response.json()
    answer["data"]["rosters"] = {"totalCount": 0, "nodes": []}
    route.fulfill(response=response, json=answer)

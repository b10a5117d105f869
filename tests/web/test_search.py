"""Search over everything by keyboard, and the pages that a hit leads to: any fact by its id, and a visit."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app import web
from app.start.trusted import head
from schema.derived.forms.documents import read_id, related_id
from schema.model import model
from tests.http.running import Running
from tests.kit.browser import NewPage, Seen
from tests.web.api import told
from tests.web.conftest import TOKEN

DOCUMENTS = Path(web.__file__).parent / "documents"
VISIT = "visit/ca-08-toronto-2013-austin-10"


def test_the_page_of_a_fact_asks_the_documents_of_its_concept(page: Page) -> None:
    page.goto("/explore/fact")
    every = model().concepts.values()
    script = "async (ids) => { const { documents } = await import('/web/explorer/views/fact.js'); return ids.map(documents); }"
    asked = page.evaluate(script, [f"{spec.prefix}/some-{spec.prefix}" for spec in every])
    assert asked == [[read_id(spec), related_id(spec)] for spec in every]


@pytest.mark.parametrize("name", ["search", "subjects", "visit", "visits"])
def test_a_document_tells_something_with_the_variables_of_its_header(server: Running, name: str) -> None:
    text = (DOCUMENTS / f"explorer-{name}.graphql").read_text(encoding="utf-8")
    data = told(server, text, synthetic=False, **head(text).variables)
    ids = [value for key, value in leaves(data) if key == "id"]
    assert ids


def leaves(value: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    """Yield each value of an answer with the name of its field."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from leaves(each, name)
    elif isinstance(value, list):
        for each in value:
            yield from leaves(each, key)
    elif value is not None:
        yield key, value


def test_the_box_asks_while_one_types_and_arrows_walk_the_hits(page: Page, server: Running) -> None:
    page.goto("/explore/search")
    expect(page.locator(".told")).to_contain_text("Type words")
    page.keyboard.press("/")
    page.keyboard.type("curitiba")
    found = told(server, '{ search(text: "curitiba", synthetic: false) { totalCount } }')["search"]["totalCount"]
    expect(page.locator(".told")).to_contain_text(f"{found} facts")
    expect(page.locator("#live")).to_contain_text(f"{found} facts found.")
    expect(page).to_have_url(re.compile(r"\?q=curitiba$"))
    expect(page.locator(".hits section").first.locator("h2")).to_contain_text("Cities")
    expect(page.locator(".hits a[data-id]")).to_have_count(found)
    hits = page.locator(".hits a[data-id]")
    page.keyboard.press("ArrowDown")
    expect(hits.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(hits.nth(1)).to_be_focused()
    page.keyboard.press("End")
    expect(hits.last).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(page.locator("#search")).to_be_focused()


CORRECTED = {
    "city?id=city/pe-lma-lima": "city",
    "practice?id=practice/bus-rapid-transit": "practice",
    "visit?id=visit/ca-08-toronto-2013-austin-10": "visit",
    "fact?id=organization/port-of-seattle": "organization",
}


def test_a_fact_leads_whoever_has_a_token_to_its_form(new_page: NewPage) -> None:
    steward, anonymous = new_page(token=TOKEN), new_page()
    for path, kind in CORRECTED.items():
        steward.goto(f"/explore/{path}")
        steward.get_by_role("link", name=f"Correct this {kind}").click()
        expect(steward.get_by_role("heading", level=1)).to_contain_text("Correct: ")
        anonymous.goto(f"/explore/{path}")
        expect(anonymous.locator("main [aria-busy=true], main[aria-busy]")).to_have_count(0)
        expect(
            anonymous.get_by_text("Who says so").or_(anonymous.get_by_text("Where this comes from")).first
        ).to_be_visible()
        expect(anonymous.get_by_text("Correct this")).to_have_count(0)


def test_each_side_is_searched_by_itself(page: Page) -> None:
    page.goto("/explore/city?id=city/pe-lma-lima&2.view=exchanges")
    box = page.get_by_role("searchbox", name="Search on this side")
    expect(box).to_have_count(1)
    second = page.locator(".pane").nth(1)
    second.locator("h1").focus()
    page.keyboard.press("/")
    expect(box).to_be_focused()
    page.keyboard.type("curitiba")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/city\?id=city/pe-lma-lima&2.view=search&2.q=curitiba$"))
    expect(second.locator("h1")).to_be_focused()
    expect(second.locator(".hits a[data-id]").first).to_be_visible()
    page.locator(".pane").first.locator("h1").focus()
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("bus")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=bus&2.view=search&2.q=curitiba$"))


def test_enter_opens_a_hit_and_back_returns_to_the_hits(page: Page) -> None:
    page.goto("/explore/start")
    page.keyboard.press("/")
    page.keyboard.type("bus rapid transit")
    page.keyboard.press("Enter")
    hit = page.locator(".hits a[data-id='programme/cooperation-bogota-jakarta']").or_(
        page.locator(".hits section", has_text="Programmes").locator("a").first
    )
    name = hit.first.inner_text()
    hit.first.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    page.go_back()
    expect(page.locator(".hits a[data-id]").first).to_be_visible()


def test_a_hit_leads_to_the_page_that_shows_it(page: Page) -> None:
    page.goto("/explore/search?q=bus")
    links = page.locator(".hits a[data-id]")
    expect(links.first).to_be_visible()
    pages = {"city": "city", "lesson": "lesson", "practice": "practice", "visit": "visit"}
    kinds = set()
    for id_, href in links.evaluate_all("(all) => all.map((each) => [each.dataset.id, each.getAttribute('href')])"):
        kind = id_.split("/")[0]
        kinds.add(kind)
        assert href == f"/explore/{pages.get(kind, 'fact')}?id={id_}"
    assert kinds >= {*pages, "programme", "source"}


def test_words_are_marked_and_made_up_facts_are_found_where_asked_for(new_page: NewPage, server: Running) -> None:
    page = new_page(token=TOKEN)
    page.goto("/explore/search?q=leaders of turin")
    expect(page.locator(".state.empty, .hits a").first).to_be_visible()
    expect(page.locator(".hits a[href*='roster=']")).to_have_count(0)
    page.goto("/explore/search?q=leaders of turin&synthetic=true")
    roster = page.locator(".hits section", has_text="Clouds of leaders").locator("li").first
    expect(roster.locator(".made-up")).to_be_visible()
    expect(roster.locator("mark")).to_have_text(["Leaders", "of", "Turin"])
    assert (roster.locator("a").get_attribute("href") or "").startswith("/explore/cloud?roster=roster/")


def test_nothing_found_says_so_and_more_hits_follow(page: Page, seen: Seen, server: Running) -> None:
    page.goto("/explore/search?q=qqqqzzzz")
    expect(page.locator(".state.empty")).to_contain_text("Nothing has all the words of “qqqqzzzz”")
    page.goto("/explore/search?q=san")
    links = page.locator(".hits a[data-id]")
    expect(links).to_have_count(60)
    seen.expect("ERR_INTERNET_DISCONNECTED")
    page.context.set_offline(True)
    page.get_by_role("button", name="Show more of").press("Enter")
    expect(page.locator(".hits [role=alert]")).to_contain_text("The server does not answer")
    page.context.set_offline(False)
    page.get_by_role("button", name="Show more of").press("Enter")
    total = told(server, '{ search(text: "san", synthetic: false) { totalCount } }')["search"]["totalCount"]
    expect(links).to_have_count(min(120, total))


@pytest.mark.parametrize(
    ("root", "name"),
    [
        ("topics", "name"),
        ("organizations", "name"),
        ("sources", "title"),
        ("objectives", "statement"),
        ("adoptions", "localName"),
    ],
)
def test_any_fact_is_shown_by_its_id(page: Page, server: Running, root: str, name: str) -> None:
    where = "" if root != "adoptions" else "where: {localName: {isNull: false}}, "
    (fact,) = told(
        server,
        f"{{ {root}({where}first: 1, synthetic: false) {{ nodes {{ id {name} confidence sources {{ title }} }} }} }}",
    )[root]["nodes"]
    page.goto(f"/explore/fact?id={fact['id']}")
    expect(page.get_by_role("heading", level=1)).to_contain_text(fact[name])
    expect(page.locator("code")).to_have_text(fact["id"])
    count = len(fact["sources"])
    said = "Source: none is stated." if count == 0 else "Source" if count == 1 else f"{count} sources"
    expect(page.locator(".sources").first).to_contain_text(said)


def test_a_fact_leads_to_what_it_is_related_to(page: Page, server: Running) -> None:
    query = """{ programmes(synthetic: false, first: 1, where: {editions: {count: {gte: 2}}, organizers: {count: {gte: 1}}}) {
      nodes { id editions(first: 20) { totalCount nodes { id title } } organizers { nodes { id name } } } } }"""
    (programme,) = told(server, query)["programmes"]["nodes"]
    page.goto(f"/explore/fact?id={programme['id']}")
    expect(page.get_by_role("heading", name=f"Editions ({programme['editions']['totalCount']})")).to_be_visible()
    for visit in programme["editions"]["nodes"]:
        expect(page.locator(f".box a[href='/explore/visit?id={visit['id']}']")).to_have_text(visit["title"])
    for organizer in programme["organizers"]["nodes"]:
        expect(page.locator(f".box a[href='/explore/fact?id={organizer['id']}']")).to_have_text(organizer["name"])


def test_a_fact_that_may_not_be_seen_is_as_one_that_is_not(page: Page, server: Running) -> None:
    rosters = "{ rosters(synthetic: true) { nodes { id } } }"
    shown = told(server, rosters)["rosters"]["nodes"]
    hidden = next(each["id"] for each in told(server, rosters, TOKEN)["rosters"]["nodes"] if each not in shown)
    said = []
    for id_ in (hidden, "roster/aaaaaaaaaaaaaaaa"):
        page.goto(f"/explore/fact?id={id_}&synthetic=true")
        expect(page.locator(".state.empty")).to_be_visible()
        said.append(page.locator("main").inner_text().replace(id_, ""))
    assert said[0] == said[1]


def test_a_visit_says_who_travelled_what_for_and_what_came_of_it(page: Page, server: Running) -> None:
    query = """query ($id: ID!) { visit(id: $id, synthetic: false) {
      title visitors { nodes { id name } } hosts { nodes { id name } } topics { nodes { name } }
      objectives { nodes { statement evaluations { nodes { judgement judge } } } } lessonsGained { nodes { statement } } } }"""
    visit = told(server, query, id=VISIT)["visit"]
    page.goto(f"/explore/visit?id={VISIT}")
    expect(page.get_by_role("heading", level=1)).to_have_text(visit["title"])
    for end in ("visitors", "hosts"):
        for place in visit[end]["nodes"]:
            expect(page.locator(f"dd a[href='/explore/city?id={place['id']}']")).to_have_text(place["name"])
    (objective,) = visit["objectives"]["nodes"]
    aims = page.locator(".box section", has_text="What it was for")
    expect(aims).to_contain_text(objective["statement"])
    (judged,) = objective["evaluations"]["nodes"]
    assert judged["judgement"] == "MET"
    expect(aims).to_contain_text(f"Met, as judged by {judged['judge']}")
    for lesson in visit["lessonsGained"]["nodes"]:
        expect(page.get_by_role("link", name=lesson["statement"])).to_be_visible()
    expect(page.locator("h2")).to_contain_text(["What it was for", "Lessons gained", "Who says so"])


def test_a_visit_that_is_not_there_says_so(page: Page) -> None:
    page.goto("/explore/visit?id=visit/no-such-visit")
    expect(page.locator(".state.empty")).to_contain_text("There is no visit of this id, or you may not see it.")

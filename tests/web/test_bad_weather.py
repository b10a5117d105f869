"""Pages on a bad day: a slow network, a server that is away or breaks off, a token that is over, hard names, no facts."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from graph.cypher.fragments import Fragment
from graph.facts.write import Stamp
from graph.figures.large import large
from tests.conftest import NOW, SECRET
from tests.figures.test_large import cloud_of
from tests.kit.browser import NewPage, Seen, beside, screenshot
from tests.kit.writer import BlockingWriter
from tests.web.addresses import ADDRESSES
from tests.web.conftest import TOKEN
from tests.web.test_fit import too_wide

BY_NAME = {on.name: on for on in ADDRESSES}
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 125_000, "uploadThroughput": 125_000}
"""400 ms, and 1 Mbit/s in bytes."""
START, EXCHANGES, LESSONS = "/explore/start", "/explore/exchanges", "/explore/lesson"
FORGET = Fragment("MATCH (n) WHERE n.id CONTAINS '/weather-' DETACH DELETE n")
FORGET_LOAD = Fragment("MATCH (n:_Load {file: 'weather.jsonl'}) DETACH DELETE n")
LONG = "Donaudampfschifffahrtsgesellschaftskapitaen" * 5
SPACED = "Office of the Deputy Commissioner " * 6
RIGHT_TO_LEFT = "مدينة الملك عبدالله الاقتصادية"
NAMES = (LONG[:200], SPACED[:200], RIGHT_TO_LEFT, "שלום, Haifa (1)", "<b>&amp;", "Ana")
ROSTER = "roster/weather-1"


def offline(page: Page, away: bool) -> None:
    page.context.set_offline(away)


def alert(page: Page) -> str:
    """Return what an alert says, once there is one."""
    shown = page.locator("main [role=alert]").first
    expect(shown).to_be_visible()
    return shown.inner_text()


def settled(page: Page) -> None:
    """Wait until every pane shows what it will show."""
    expect(page.locator("main .pane .box:not([aria-busy])").first).to_be_visible()
    expect(page.locator("main [aria-busy=true]")).to_have_count(0)


def test_a_slow_network_is_said_and_can_be_cancelled(page: Page) -> None:
    page.goto(START)
    settled(page)
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)
    page.locator("nav a[href='/explore/lesson']").click()
    expect(page.locator("main .loading [role=status]")).to_be_visible()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("button", name="Show it after all")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main .loading")).to_be_visible()
    settled(page)
    expect(page.locator("main .box a[href^='/explore/lesson?id=']").first).to_be_visible()


def test_a_first_look_over_a_slow_network_needs_few_round_trips(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)
    page.goto(START)
    settled(page)
    began = "performance.getEntriesByType('resource').filter((each) => each.name.includes('/web/')).map((each) => each.startTime)"
    waves: list[float] = []
    for at in sorted(page.evaluate(began)):
        if not waves or at - waves[-1] > SLOW["latency"] * 0.75:
            waves.append(at)
    assert len(waves) <= 4, f"files were asked for one after the other, at {waves} ms"


def test_a_picture_of_a_cloud_is_asked_for_once_before_the_module_that_shows_it_is_there(new_page: NewPage) -> None:
    page, held, figures = new_page(token=TOKEN), list[Route](), list[str]()
    page.route("**/views/cloud.js", lambda route: held.append(route))
    page.on("request", lambda request: figures.append(request.url) if "/figures/" in request.url else None)
    with page.expect_request(re.compile(r"/figures/cloud\.svg")):
        page.goto("/explore/cloud?city=city/us-wa-seattle&synthetic=true", wait_until="commit")
    for each in held:
        each.continue_()
    settled(page)
    expect(page.locator("main .drawing svg")).to_be_visible()
    assert (len(held), figures.count(figures[0])) == (1, 1)


def test_a_server_that_is_away_is_said_and_asked_again(page: Page, seen: Seen) -> None:
    seen.expect("ERR_INTERNET_DISCONNECTED")
    page.goto(LESSONS)
    settled(page)
    offline(page, True)
    page.locator("main .box a[href^='/explore/lesson?id=']").first.click()
    assert "The server does not answer" in alert(page)
    offline(page, False)
    page.get_by_role("button", name="Try again").first.click()
    settled(page)
    expect(page.locator("main [role=alert]")).to_have_count(0)
    expect(page.locator("main .drawing svg").first).to_be_visible()


def test_a_file_of_the_page_that_does_not_come_is_said_and_asked_again(page: Page, seen: Seen) -> None:
    seen.expect("ERR_FAILED")
    page.goto(START)
    settled(page)
    module, explained, texts = "**/views/exchanges.js", "**/web/measures.json", "**/web/documents/*"
    for path in (module, explained, texts):
        page.route(path, lambda route: route.abort())
    page.locator("nav a[href='/explore/exchanges']").click()
    for path in (module, explained):
        assert "The server does not answer" in alert(page)
        page.unroute(path)
        page.get_by_role("button", name="Try again").first.click()
        settled(page)
    expect(page.locator("main [role=alert]:not(:empty)")).to_have_count(0)
    page.locator(".figure-number").first.press("Enter")
    expect(page.get_by_label("GraphQL")).to_contain_text("The server does not answer")
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.get_by_role("button", name="Copy").press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("The browser does not allow it")


FAULTS = {
    "ends in the middle": (200, '{"data": {"less', "in the middle"),
    "is no JSON": (502, "<h1>Bad gateway</h1>", "in the middle"),
    "is busy": (503, '{"errors": [{"message": "Wait.", "extensions": {"code": "OVERLOADED"}}]}', "busy"),
    "took too long": (200, '{"errors": [{"message": "Late.", "extensions": {"code": "TIMEOUT"}}]}', "too long"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_an_answer_that_is_none_is_said_and_asked_again(page: Page, seen: Seen, fault: str) -> None:
    status, body, said = FAULTS[fault]
    if status >= 400:
        seen.expect(f"status of {status}")
    page.route("**/graphql", lambda route: answered(route, status, body))
    page.goto(LESSONS)
    assert said in alert(page)
    page.unroute("**/graphql")
    page.get_by_role("button", name="Try again").first.click()
    settled(page)
    expect(page.locator("main [role=alert]")).to_have_count(0)
    expect(page.locator("main .box a[href^='/explore/lesson?id=']").first).to_be_visible()


def answered(route: Route, status: int, body: str) -> None:
    route.fulfill(status=status, body=body, content_type="application/json")


def test_a_token_that_is_over_is_said_and_can_be_taken_away(new_page: NewPage, seen: Seen) -> None:
    seen.expect("status of 401")
    page = new_page(token="cg_0123456789ab_over")
    page.goto(LESSONS)
    said = alert(page)
    assert "Your token is not accepted" in said
    assert "expired" in said
    page.locator("summary", has_text="Token").click()
    page.get_by_label("Token").fill("")
    page.get_by_role("button", name="Use it").click()
    settled(page)
    expect(page.locator("main [role=alert]")).to_have_count(0)
    expect(page.locator("main .box a[href^='/explore/lesson?id=']").first).to_be_visible()


@pytest.fixture(scope="module")
def hard_names(seeded: BlockingWriter, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A cloud, an organization and a city's lesson whose names are long, or read from the right."""
    stated = {"marking": "CLEAR", "confidence": "SYNTHETIC"}
    people = [f"person/weather-{n}" for n, _ in enumerate(NAMES)]
    ties = zip(people, people[1:] + people[:1], strict=True)
    rows = [
        {"label": "Roster", "id": ROSTER, "name": LONG[:200], "rule": "Made up.", **stated},
        *(
            {"label": "Person", "id": id_, "name": name, "kind": "NAMED", "sector": "CIVIC", **stated}
            for id_, name in zip(people, NAMES, strict=True)
        ),
        *({"type": "LISTED_ON", "from": id_, "to": ROSTER, **stated} for id_ in people),
        *({"type": "TRUSTS", "from": one, "to": other, **stated} for one, other in ties),
        {"label": "Lesson", "id": "lesson/weather-1", "statement": RIGHT_TO_LEFT, "since": "2001", **stated},
        {"label": "Lesson", "id": "lesson/weather-2", "statement": LONG[:200], "since": "2001", **stated},
    ]  # fmt: skip
    path = tmp_path_factory.mktemp("weather") / "weather.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    with beside():
        (report,) = seeded.load([path], Stamp(SECRET, NOW))
    assert report.diff.problems == ()
    yield
    with beside():
        seeded.alone(FORGET)
        seeded.alone(FORGET_LOAD)


HARD = {
    "cloud": f"/explore/cloud?roster={ROSTER}&synthetic=true",
    "lesson-from-the-right": "/explore/lesson?id=lesson/weather-1&synthetic=true",
    "lesson-of-one-word": "/explore/lesson?id=lesson/weather-2&synthetic=true",
    "person-from-the-right": "/explore/fact?id=person/weather-2&synthetic=true",
    "person-of-one-word": "/explore/fact?id=person/weather-0&synthetic=true",
    "search-from-the-right": f"/explore/search?q={RIGHT_TO_LEFT}&synthetic=true",
}
# What is written from the right stands in an element or in marks of its own, so that it turns nothing around it.
TURNED = """(letters) => {
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  const loose = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.data.replaceAll(`\u2068${letters}\u2069`, '').includes(letters)) continue;
    const isolated = (each) => getComputedStyle(each).unicodeBidi !== 'normal';
    if (node.parentElement.closest('svg, script, style, option, textarea')) continue;
    if (node.data.trim() !== letters && !isolated(node.parentElement)) loose.push(node.data);
  }
  return loose;
}"""


@pytest.mark.parametrize("name", HARD)
def test_long_names_and_names_from_the_right_break_no_page(new_page: NewPage, hard_names: None, name: str) -> None:
    page = new_page(viewport={"width": 320, "height": 640})
    page.goto(HARD[name])
    settled(page)
    expect(page.locator("main h1").first).not_to_be_empty()
    expect(page.locator("main [role=alert]")).to_have_count(0)
    screenshot(page, f"hard-{name}")
    assert too_wide(page) == []
    assert page.evaluate(TURNED, RIGHT_TO_LEFT) == []
    if name == "cloud":
        told = page.locator("main .drawing").first.inner_text() + page.locator("main table").first.inner_text()
        assert [each for each in NAMES[2:] if each not in told] == []
        page.locator("main table .chooser", has_text=RIGHT_TO_LEFT).first.click()
        page.get_by_role("button", name="Without who is selected").click()
        expect(page.locator(".what-if table caption")).to_contain_text(RIGHT_TO_LEFT)
        assert page.evaluate(TURNED, RIGHT_TO_LEFT) == []


COUNT_LINES = """(() => {
  const { stroke, fill } = OffscreenCanvasRenderingContext2D.prototype;
  window.lines = 0;
  const filled = new Set();
  OffscreenCanvasRenderingContext2D.prototype.stroke = function (...given) {
    window.lines += 1;
    return stroke.apply(this, given);
  };
  OffscreenCanvasRenderingContext2D.prototype.fill = function (...given) {
    filled.add(this);
    document.documentElement.dataset.wavesDrawn = filled.size;
    return fill.apply(this, given);
  };
})()"""
"""Counts the lists of lines that are drawn, and the waves whose people are."""


def test_a_cloud_of_5000_people_is_drawn_and_its_waves_turn(new_page: NewPage, seen: Seen) -> None:
    """The data are made, and the server is not asked for them: tests/figures holds what it answers."""
    seen.expect("status of 413")
    many = large(cloud_of(5_000, 20_000))
    refused = '{"errors": [{"message": "Too many.", "extensions": {"code": "PAYLOAD_TOO_LARGE"}}]}'
    page = new_page(token=TOKEN)
    page.add_init_script(COUNT_LINES)
    page.route(re.compile(r"/figures/cloud\.svg"), lambda route: answered(route, 413, refused))
    page.route(re.compile(r"/figures/network\.json"), lambda route: answered(route, 200, many.decode()))
    page.goto("/explore/cloud?city=city/us-wa-seattle&synthetic=true")
    settled(page)
    expect(page.locator("canvas")).to_be_visible()
    about = page.locator("figure.picture .about").first
    before = about.inner_text()
    assert "5000 people" in before
    expect(page.locator("html")).to_have_attribute("data-waves-drawn", str(len(json.loads(many)["waves"])))
    lines = page.evaluate("window.lines")
    page.get_by_role("slider").press("ArrowLeft")
    expect(about).not_to_have_text(before)
    assert page.evaluate("window.lines") == lines, "a step of the slider copies what was drawn before"
    expect(page.locator("main table").first).to_contain_text("Person p0")
    page.locator("canvas").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#live")).to_have_text(re.compile(r"Person p\d+, tied to \d+ people"))
    screenshot(page, "cloud-5000")


def test_a_city_without_anything_says_so(page: Page) -> None:
    BY_NAME["city-without-anything"].open(page)
    text = page.locator("main").inner_text()
    assert "Nova Lima" in text
    assert "Nothing" in text or "No " in text
    assert "undefined" not in text
    assert "null" not in text

"""The journey of a lesson: picture, text and table say the same, and what no source says is said."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.kit.browser import NewPage
from tests.web.asking import asked
from tests.web.test_city import keys, shown

CHICAGO = "lesson/us-il-chicago-from-br-23-porto-alegre-participatory-budgeting"
JAKARTA = "lesson/id-04-jakarta-from-co-34-bogota-bus-rapid-transit"
LIMA = "lesson/pe-lma-lima-from-gb-eng-london-public-private-partnership"
MADE_UP = "lesson/us-tx-san-antonio-synthetic-from-us-wa-seattle-one-agreement"
STEPS = ["Where it was seen", "What was learned", "How it was used", "What came of it"]


@pytest.mark.parametrize("lesson", [CHICAGO, JAKARTA])
def test_picture_text_and_table_have_the_same_steps(page: Page, base: str, lesson: str) -> None:
    shown(page, f"lesson?id={lesson}")
    told = asked(base, "explorer-lesson", id=lesson)["lesson"]
    uses = [edge["node"] for edge in told["adoptions"]["edges"]]
    expected = [
        *[edge["node"]["id"] for edge in told["gainedOn"]["edges"]],
        lesson,
        *[use["id"] for use in uses],
        *[edge["node"]["id"] for use in uses for edge in use["outcomes"]["edges"]],
    ]
    assert len(expected) >= 3
    page.get_by_text("The picture as a table").click()
    assert keys(page.get_by_role("table", name="Steps of the journey")) == expected
    assert [mark.get_attribute("data-id") for mark in page.locator(".drawing [data-id]").all()] == expected
    assert [item.get_attribute("data-key") for item in page.locator("ol.journey [data-key]").all()] == expected
    assert page.locator("ol.journey > li > h3").all_inner_texts() == STEPS
    sources = {source["url"] for use in uses for source in use["sources"]}
    links = {link.get_attribute("href") for link in page.locator("ol.journey a.source").all()}
    assert sources <= links


def test_the_steps_go_from_left_to_right_and_on_a_phone_downwards(page: Page, new_page: NewPage) -> None:
    phone = new_page(viewport={"width": 320, "height": 640})
    for opened, across in ((page, True), (phone, False)):
        shown(opened, f"lesson?id={JAKARTA}")
        boxes = [mark.bounding_box() for mark in opened.locator(".drawing [data-id]").all()]
        places = [(box["x"], box["y"]) for box in boxes if box]
        visit, lesson, use, *outcomes = places if across else [(y, x) for x, y in places]
        assert visit[0] < lesson[0] < use[0] < min(along for along, _ in outcomes)
        assert opened.evaluate("document.documentElement.scrollWidth") <= opened.evaluate("innerWidth")


def test_a_step_is_chosen_by_keyboard_and_the_address_keeps_it(page: Page) -> None:
    shown(page, f"lesson?id={JAKARTA}")
    mark = page.locator(".drawing [data-id][tabindex='0']")
    mark.focus()
    mark.press("ArrowRight")
    focused = page.locator(".drawing [data-id]:focus")
    expect(focused).to_have_attribute("data-id", JAKARTA)
    focused.press("Enter")
    expect(page.locator("ol.journey .selected")).to_have_attribute("data-key", JAKARTA)
    expect(page).to_have_url(re.compile(f"selected={JAKARTA}"))
    page.reload()
    expect(page.locator("ol.journey .selected")).to_have_attribute("data-key", JAKARTA)


def test_the_years_to_the_use_are_those_of_the_api(page: Page, base: str) -> None:
    shown(page, f"lesson?id={CHICAGO}")
    lag = asked(base, "explorer-lesson", id=CHICAGO)["lesson"]["lagYears"]
    assert lag["earliest"] == lag["latest"] == 2009 - 2007, "the lesson is of 2007, its use of 2009"
    page.get_by_role("button", name="From the lesson to its use: 2 years").click()
    expect(page.get_by_role("dialog")).to_contain_text("Calendar years from the date of the lesson")


def test_what_no_source_says_is_said(page: Page) -> None:
    shown(page, f"lesson?id={LIMA}")
    expect(page.locator(".drawing [data-id]")).to_have_count(1)
    for text in (
        "No source says on which visit it was gained.",
        "No use that drew on the lesson is recorded.",
        "No outcome is recorded.",
    ):
        expect(page.locator(".drawing").get_by_role("img", name=text)).to_have_count(1)
    expect(page.locator("ol.journey .state.empty")).to_have_count(3)
    expect(page.locator("main")).to_contain_text("No source states a stage.")
    expect(page.locator(".stages .reached")).to_have_count(0)


def test_a_made_up_lesson_is_marked_also_in_what_is_saved(page: Page, new_page: NewPage, base: str) -> None:
    page.goto(f"/explore/lesson?id={MADE_UP}")
    expect(page.get_by_role("alert")).to_contain_text("or you may not see it")
    shown(page, f"lesson?id={MADE_UP}&synthetic=true")
    told = asked(base, "explorer-lesson", id=MADE_UP, synthetic=True)["lesson"]
    assert told["stage"] == "UTILISED"
    expect(page.locator(".stages .reached")).to_have_count(3)
    expect(page.locator(".stages [aria-current=step]")).to_contain_text(told["utilised"]["text"])
    expect(page.locator("p.statement .made-up")).to_have_count(1)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as SVG").click()
    text = saved.value.path().read_text(encoding="utf-8")
    assert "Synthetic: made up" in " ".join(re.sub(r"<[^>]*>", " ", text).split())
    with page.expect_download() as saved:
        page.get_by_role("button", name="PNG").click()
    assert saved.value.path().read_bytes().startswith(b"\x89PNG")


def test_lessons_to_choose_from(page: Page, base: str) -> None:
    shown(page, "lesson")
    total = asked(base, "explorer-lessons", first=1)["lessons"]["totalCount"]
    expect(page.locator("caption")).to_have_text(f"{total} lessons")
    page.get_by_role("button", name="Next page").click()
    expect(page.locator("caption")).to_have_text(f"{total} lessons, continued")
    page.get_by_label("Learned from").fill("London")
    page.get_by_label("City that learned").fill("Lima")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page).to_have_url(re.compile(r"/explore/lesson\?city=Lima&from=London$"))
    expect(page.locator("tbody tr")).to_have_count(1)
    page.get_by_label("Stage").select_option("INTERNALISED")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator(".state.empty")).to_contain_text("No lesson fits.")
    page.get_by_role("button", name="Show all").click()
    expect(page.locator("caption")).to_have_text(f"{total} lessons")


@pytest.mark.parametrize("name", ["W" * 200, "\u0645\u062f\u064a\u0646\u0629 " * 30, "<img src=x onerror=alert(1)>"])
def test_any_name_fits_a_phone_and_stays_text(new_page: NewPage, name: str) -> None:
    """The answer of the server is changed on its way: a name of 200 letters, one from right to left, and markup."""

    def renamed(route: Route) -> None:
        answer = route.fetch()
        told = answer.json()
        told["data"]["lesson"]["learnedBy"]["name"] = told["data"]["lesson"]["statement"] = name
        route.fulfill(response=answer, json=told)

    phone = new_page(viewport={"width": 320, "height": 640})
    phone.route("**/graphql", renamed)
    shown(phone, f"lesson?id={JAKARTA}")
    expect(phone.get_by_role("heading", level=1)).to_contain_text(name.strip()[:20])
    expect(phone.locator("p.statement")).to_have_text(name)
    assert phone.locator("main img").count() == 0
    assert phone.evaluate("document.documentElement.scrollWidth") <= 320
    for box in phone.locator(".drawing [data-id]").all():
        assert box.evaluate(
            "(mark) => { const wide = mark.querySelector('rect').getBBox().width; "
            "return [...mark.querySelectorAll('text')].every((text) => text.getBBox().width <= wide); }"
        ), "the text fits its box"

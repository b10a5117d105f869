"""The page of a city: what it learned and what came of it, its visits, councils, projects and cloud, and what is missing."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.kit.browser import NewPage
from tests.web.asking import asked
from tests.web.conftest import TOKEN

LOS_ANGELES, LIMA, PORTLAND, SAN_ANTONIO = (
    "city/us-ca-los-angeles", "city/pe-lma-lima", "city/us-or-portland", "city/us-tx-san-antonio",
)  # fmt: skip
BARE = "city/ca-08-london"
"""London in Canada: nothing is told of it but where it lies."""
SEATTLE = "city/us-wa-seattle"


def part(page: Page, heading: str) -> Locator:
    """Return the part of the page under a heading."""
    return page.locator("section.part").filter(has=page.get_by_role("heading", name=heading, exact=True, level=2))


def shown(page: Page, address: str) -> None:
    page.goto(f"/explore/{address}")
    expect(page.locator(".box[aria-busy]")).to_have_count(0)
    expect(page.locator(".loading")).to_have_count(0)


def keys(table: Locator) -> list[str | None]:
    return [row.get_attribute("data-key") for row in table.locator("tbody tr").all()]


def test_what_a_city_learned_and_what_came_of_it(page: Page, base: str) -> None:
    shown(page, f"city?id={LOS_ANGELES}")
    city = asked(base, "explorer-city-learning", id=LOS_ANGELES)["city"]
    lessons = city["lessons"]["nodes"]
    cards = part(page, "What Los Angeles learned").locator("ol.cards > li")
    assert len(lessons) >= 5
    expect(cards).to_have_count(len(lessons))
    for card, lesson in zip(cards.all(), lessons, strict=True):
        expect(card).to_contain_text(lesson["statement"])
        links = {link.get_attribute("href") for link in card.get_by_role("link").all()}
        cards_sources = {link.get_attribute("href") for link in card.locator("a.source").all()}
        assert f"/explore/lesson?id={lesson['id']}" in links
        assert {f"/explore/city?id={each['id']}" for each in lesson["from"]["nodes"]} <= links
        assert {each["url"] for each in lesson["sources"]} <= cards_sources
        for use in lesson["adoptions"]["nodes"]:
            expect(card).to_contain_text(use["localName"] or use["practice"]["name"])
    expect(page.get_by_role("heading", level=1)).to_have_text("Los Angeles")


def test_the_numbers_are_those_of_the_api_and_open(page: Page, base: str) -> None:
    shown(page, f"city?id={PORTLAND}")
    city = asked(base, "explorer-city", id=PORTLAND)["city"]
    said = {
        "lessons": "lessons learned",
        "lessonsGiven": "lessons given",
        "visitsMade": "visits made",
        "visitsHosted": "visits hosted",
    }
    for field, name in said.items():
        number = page.get_by_role("button", name=f"{name}: {city[field]['totalCount']}.")
        expect(number).to_have_text(str(city[field]["totalCount"]))
    number.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("query ExplorerCity")
    expect(dialog).to_contain_text(PORTLAND)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_each_mark_of_the_map_has_a_row_and_leads_to_the_visits_behind_it(page: Page, base: str) -> None:
    shown(page, f"city?id={PORTLAND}")
    visits = part(page, "Visits made and hosted")
    visits.get_by_text("The map as tables").click()
    for kind, caption in (("place", "Cities on the map"), ("visits", "Links on the map")):
        marks = [mark.get_attribute("data-id") for mark in visits.locator(f"svg [data-kind={kind}]").all()]
        assert len(marks) > 5
        assert sorted(map(str, marks)) == sorted(map(str, keys(visits.get_by_role("table", name=caption))))
    every = asked(base, "explorer-city-visits", id=PORTLAND, first=100)["visits"]["nodes"]
    link = visits.locator("svg [data-kind=visits]").first
    there, here = str(link.get_attribute("data-id")).split()
    behind = [
        each["title"]
        for each in every
        if each["status"] == "HELD"
        and there in {end["id"] for end in each["visitors"]["nodes"]}
        and here in {end["id"] for end in each["hosts"]["nodes"]}
    ]
    assert len(behind) == int(link.get_attribute("data-times") or 0) < len(every)
    link.press("Enter")
    rows = visits.locator(".visits tbody tr")
    expect(rows).to_have_count(len(behind))
    assert sorted(cell.inner_text() for cell in visits.locator(".visits tbody td:nth-child(4)").all()) == sorted(behind)
    expect(page).to_have_url(re.compile(r"selected=city/"))
    page.reload()
    expect(rows).to_have_count(len(behind))
    page.get_by_role("button", name="Show all visits").press("Enter")
    expect(rows).to_have_count(len(every))


def test_a_year_shows_its_visits_by_keyboard(page: Page, base: str) -> None:
    shown(page, f"city?id={PORTLAND}")
    every = asked(base, "explorer-city-visits", id=PORTLAND, first=100)["visits"]["nodes"]
    year = next(each["since"]["text"][:4] for each in every if each["since"])
    of_year = [each for each in every if (each["since"] or {}).get("text", "").startswith(year)]
    made = sum(PORTLAND in {end["id"] for end in each["visitors"]["nodes"]} for each in of_year)
    button = page.get_by_role("button", name=year, exact=True)
    expect(button.locator("..")).to_have_text(f"{year} made {made}, hosted {len(of_year) - made}")
    button.press("Enter")
    rows = page.locator(".visits tbody tr")
    expect(rows).to_have_count(len(of_year))
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page).to_have_url(re.compile(f"year={year}"))
    button.press("Enter")
    expect(rows).to_have_count(len(every))


def test_lima_learned_from_london_and_the_rest_is_not_known(page: Page) -> None:
    shown(page, f"city?id={LIMA}")
    learned = part(page, "What Lima learned")
    expect(learned).to_contain_text("From London, date not known.")
    expect(learned).to_contain_text("On which visit it was gained is not recorded.")
    expect(learned).to_contain_text("No use of it is recorded.")
    expect(part(page, "Visits made and hosted")).to_contain_text("No visit of Lima is recorded")
    learned.get_by_role("link", name="The journey of this lesson").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lima learned from London")


def test_a_city_without_anything_says_what_is_missing_and_how_to_add_it(page: Page) -> None:
    shown(page, f"city?id={BARE}")
    for heading in ("What London learned", "Visits made and hosted", "Councils", "Projects"):
        expect(part(page, heading).locator(".state.empty").first).to_contain_text("recorded")
        expect(part(page, heading).locator("a[href^='/explore/record']")).to_have_count(1)
    expect(part(page, "What others learned from London")).to_contain_text(
        "No lesson that another city took from London"
    )
    expect(part(page, "Cloud of trust")).to_contain_text("There is no cloud of London that you may see.")


def test_councils_and_projects(page: Page, base: str) -> None:
    shown(page, f"city?id={SAN_ANTONIO}")
    city = asked(base, "explorer-city", id=SAN_ANTONIO)["city"]
    for heading, field in (("Councils", "councils"), ("Projects", "projects")):
        names = [each["name"] for each in city[field]["nodes"]]
        assert names
        assert part(page, heading).get_by_role("heading", level=3).all_inner_texts() == names


def test_a_cloud_is_shown_to_who_may_see_it(page: Page, new_page: NewPage, base: str) -> None:
    address = f"city?id={SEATTLE}&synthetic=true"
    shown(page, address)
    expect(part(page, "Cloud of trust")).to_contain_text("that you may see")
    steward = new_page(token=TOKEN)
    shown(steward, address)
    cloud = asked(base, "explorer-city-cloud", TOKEN, id=SEATTLE, synthetic=True)["cloud"]
    numbers = part(steward, "Cloud of trust").locator(".figure-number")
    texts = [number.inner_text() for number in numbers.all()]
    assert texts[:2] == [str(cloud["on"]["people"]), str(cloud["on"]["ties"])]
    assert texts[3] == f"{cloud['density']:.3f}"
    expect(part(steward, "Cloud of trust").locator(".note")).to_have_text("These people and ties are made up.")
    link = part(steward, "Cloud of trust").get_by_role("link")
    expect(link).to_have_attribute("href", f"/explore/cloud?city={SEATTLE}&synthetic=true")
    link.click()
    for name, text in zip(("People", "Ties", "Response rate", "Density", "Shape"), texts, strict=True):
        expect(steward.get_by_role("button", name=f"{name}: {text}. What is this?")).to_have_text(text)


def test_a_city_that_nobody_knows_is_not_found(page: Page) -> None:
    page.goto("/explore/city?id=city/nowhere")
    expect(page.get_by_role("alert")).to_contain_text("There is no city city/nowhere, or you may not see it.")


def test_cities_to_choose_from(page: Page) -> None:
    shown(page, "city")
    page.get_by_label("Name contains").fill("Curitib")
    page.get_by_label("Name contains").press("Enter")
    expect(page).to_have_url(re.compile("name=Curitib"))
    expect(page.locator("tbody tr")).to_have_count(1)
    page.get_by_role("link", name="Curitiba").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Curitiba")

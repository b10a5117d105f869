"""The page of a practice: curve, map and tables show the same uses, and numbers are those of the API."""

import csv
import re
import unicodedata

from playwright.sync_api import Page, expect

from tests.web.asking import asked
from tests.web.test_city import keys, shown

BUSES, BUDGETS = "practice/bus-rapid-transit", "practice/participatory-budgeting"


def named(number: int, one: str, many: str) -> str:
    return one if number == 1 else many


def test_the_numbers_are_those_of_the_api(page: Page, base: str) -> None:
    shown(page, f"practice?id={BUDGETS}")
    told = asked(base, "explorer-practice", id=BUDGETS)["diffusion"]
    last = told["curve"][-1]
    in_use = {last["inUseFewest"], last["inUseMost"]}
    sourced = {link["adoption"]["factId"] for link in told["links"]}
    direct = {link["adoption"]["factId"] for link in told["links"] if not link["secondHand"]}
    expected = {
        named(told["cities"], "city with a dated use", "cities with a dated use"): told["cities"],
        named(min(in_use), "city uses it", "cities use it") if len(in_use) == 1 else "cities use it": (
            " to ".join(map(str, sorted(in_use)))
        ),
        named(len(told["stopped"]), "city stopped", "cities stopped"): len(told["stopped"]),
        named(told["basedOn"], "use", "uses"): told["basedOn"],
        named(len(direct), "use with a direct source", "uses with a direct source"): len(direct),
        named(len(sourced - direct), "use with a second-hand source", "uses with a second-hand source"): (
            len(sourced - direct)
        ),
        named(told["basedOn"] - len(sourced), "use of unknown source", "uses of unknown source"): (
            told["basedOn"] - len(sourced)
        ),
    }
    shown_ = {
        item.inner_text().split("\n")[1]: item.inner_text().split("\n")[0] for item in page.locator(".numbers li").all()
    }
    assert shown_ == {name: value if isinstance(value, str) else f"{value:,}" for name, value in expected.items()}
    page.get_by_role("button", name="cities with a dated use").first.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("query ExplorerPractice")
    expect(page.get_by_role("dialog")).to_contain_text(f"Uses that began{told['basedOn']}")


def test_the_numbers_of_uses_are_those_of_the_pictures(page: Page) -> None:
    shown(page, f"practice?id={BUSES}")
    tiles = (item.inner_text().split("\n") for item in page.locator(".numbers li").all())
    uses = {name.replace("use ", "uses "): value for value, name in tiles if name.startswith("use")}
    direct, second = (uses[f"uses with a {kind} source"] for kind in ("direct", "second-hand"))
    unknown = uses["uses of unknown source"]
    caption = f"{uses['uses']} adoptions, of which {direct} direct, {second} second-hand, and {unknown} whose source is not known"
    drawing = page.locator(".drawing").first
    assert caption in " ".join(drawing.locator("text").all_text_contents())
    assert f"Direct source ({direct})" in drawing.locator("text").all_text_contents()
    cells = (
        page.get_by_role("table", name="Uses of Bus rapid transit").locator("tbody td:nth-child(7)").all_inner_texts()
    )
    assert [str(cells.count(kind)) for kind in ("direct", "not known")] == [direct, unknown]


def test_curve_map_and_table_show_the_same_uses(page: Page, base: str) -> None:
    shown(page, f"practice?id={BUDGETS}")
    uses = asked(base, "explorer-practice-adoptions", id=BUDGETS, first=100)["adoptions"]["nodes"]
    rows = list(map(str, keys(page.get_by_role("table", name="Uses of Participatory budgeting"))))
    assert rows == [use["id"] for use in uses]
    drawn = [
        [str(mark.get_attribute("data-id")) for mark in box.locator("[data-id]").all()]
        for box in page.locator(".drawing").all()
    ]
    used = [use for use in uses if use["status"] != "PROPOSED"]
    dated = [use["id"] for use in used if use["since"] and use["since"]["earliest"][:4] == use["since"]["latest"][:4]]
    assert sorted(map(str, drawn[0])) == sorted(dated) != sorted(map(str, rows)), (
        "the curve has the uses whose year leaves no choice"
    )
    city = {use["id"]: use["city"]["id"] for use in used}
    cities = [city[id_] for id_ in drawn[1]]
    assert sorted(cities) == sorted(set(city.values())), "each city is one mark of the map"


def test_what_is_selected_in_one_is_selected_in_all(page: Page) -> None:
    shown(page, f"practice?id={BUDGETS}")
    mark = page.locator(".drawing").first.locator("[data-id][tabindex='0']")
    id_ = str(mark.get_attribute("data-id"))
    mark.press("Enter")
    expect(page.locator(f"tr[data-key='{id_}']")).to_have_class("selected")
    for box in page.locator(".drawing").all():
        expect(box.locator(".selected")).to_have_attribute("data-id", id_)
    expect(page).to_have_url(re.compile("selected=adoption/"))
    page.reload()
    expect(page.locator("tr.selected")).to_have_attribute("data-key", id_)
    page.locator("tr.selected .chooser").press("Enter")
    expect(page.locator("tr.selected")).to_have_count(0)


def test_the_table_is_sorted_and_saved_as_it_is_shown(page: Page) -> None:
    shown(page, f"practice?id={BUDGETS}")
    table = page.get_by_role("table", name="Uses of Participatory budgeting")
    table.get_by_role("button", name="City", exact=True).press("Enter")
    names = [cell.inner_text() for cell in table.locator("tbody th").all()]
    assert names == sorted(names, key=lambda name: unicodedata.normalize("NFKD", name).encode("ascii", "ignore"))
    with page.expect_download() as saved:
        page.locator(".table").filter(has=table).get_by_role("button", name="Save as CSV").click()
    with saved.value.path().open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    assert (head[0], [row[0] for row in rows]) == ("City", names)


def test_stated_sources_lead_to_their_lessons(page: Page, base: str) -> None:
    shown(page, f"practice?id={BUSES}")
    links = asked(base, "explorer-practice", id=BUSES)["diffusion"]["links"]
    rows = page.get_by_role("table", name=f"{len(links)} stated links: ").locator("tbody tr")
    expect(rows).to_have_count(len(links))
    for row, link in zip(rows.all(), links, strict=True):
        cells = row.locator("th, td").all_inner_texts()
        assert cells[:2] == [link["adopter"]["name"], link["source"]["name"]]
        if link["by"] == "LESSON":
            expect(row.locator("a[href^='/explore/lesson']")).to_have_attribute(
                "href", f"/explore/lesson?id={link['through']['factId']}"
            )


def test_practices_to_choose_from_those_with_most_uses_first(page: Page, base: str) -> None:
    shown(page, "practice")
    told = asked(base, "explorer-practices", first=25)["practices"]
    expect(page.locator("tbody tr")).to_have_count(25)
    uses = [int(cell) for cell in page.locator("tbody tr td:nth-child(3)").all_inner_texts()]
    assert uses == [each["adoptions"]["totalCount"] for each in told["nodes"]] == sorted(uses, reverse=True)
    page.get_by_role("link", name="Participatory budgeting", exact=True).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Participatory budgeting")


def test_a_practice_that_nobody_knows_is_not_found(page: Page) -> None:
    page.goto("/explore/practice?id=practice/nobody-has-this")
    expect(page.get_by_role("alert")).to_contain_text("There is no practice practice/nobody-has-this")

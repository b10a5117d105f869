"""The page of a cloud: its picture, waves, tables and what-ifs say what the API says, by mouse and by keyboard."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import pytest
from playwright.sync_api import Browser, Download, Page, Route, expect

from tests.http.running import Running
from tests.kit.browser import NewPage, Seen
from tests.web.conftest import TOKEN
from tests.web.test_axe import findings

PORTLAND = "/explore/cloud?city=city/us-or-portland&synthetic=true"
TURIN = "/explore/cloud?city=city/it-12-turin&synthetic=true"
WAYS = "(all) => all.map((each) => each.dataset.way)"
PEOPLE, TIES = "People of this cloud", "Ties of this picture"


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """A page of the steward."""
    return new_page(token=TOKEN)


def opened(page: Page, address: str) -> Page:
    """Open a page and wait until everything on it is shown."""
    page.goto(address)
    expect(page.locator("[aria-busy]")).to_have_count(0)
    return page


def rows(page: Page, caption: str) -> list[str]:
    """Return the keys of the rows of a table."""
    return [
        str(row.get_attribute("data-key")) for row in page.get_by_role("table", name=caption).locator("tbody tr").all()
    ]


def marks(page: Page, kind: str) -> list[str]:
    """Return the ids of the marks of a kind."""
    return list(
        page.locator(f".drawing [data-kind={kind}]").evaluate_all("(all) => all.map((each) => each.dataset.id)")
    )


def asked(server: Running, fields: str, **given: str) -> dict[str, Any]:
    """Return fields of the cloud of Portland, as the API has them for the steward."""
    arguments = "".join(f', {name}: "{value}"' for name, value in given.items())
    query = f'{{ cloud(city: "city/us-or-portland", synthetic: true{arguments}) {{ {fields} }} }}'
    return dict(server.ask(query, headers={"Authorization": f"Bearer {TOKEN}"}).json()["data"]["cloud"])


def test_every_mark_has_a_row_and_the_reverse(page: Page) -> None:
    opened(page, PORTLAND)
    assert sorted(marks(page, "person")) == sorted(rows(page, PEOPLE))
    assert sorted(marks(page, "tie")) == sorted(rows(page, TIES))
    assert len(marks(page, "tie")) > 100


def test_people_after_those_with_numbers_are_listed_all_the_same(page: Page) -> None:
    """The page asks for the numbers of the first 1,000 people. Here it is given those of all but two."""

    def shortened(route: Route) -> None:
        answer = route.fetch()
        body = answer.json()
        if json.loads(route.request.post_data or "{}").get("documentId") == "explorer-cloud":
            people = body["data"]["cloud"]["people"]
            dropped.extend(each["personId"] for each in people[-2:])
            del people[-2:]
        route.fulfill(response=answer, json=body)

    dropped: list[str] = []
    page.route("**/graphql", shortened)
    opened(page, PORTLAND)
    for id_ in set(dropped):
        row = page.get_by_role("table", name=PEOPLE).locator(f'tr[data-key="{id_}"]')
        assert row.locator("td").last.inner_text() == "yes"
    page.locator(f'.drawing [data-id="{dropped[0]}"]').focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("numbers of its first 1,000 people only")).to_be_visible()


def test_each_number_is_that_of_the_api_and_opens(page: Page, server: Running) -> None:
    opened(page, PORTLAND)
    found = asked(server, "density meanDegree on { people ties waveName caution } signature { rule }")
    for name, value in (("Mean degree", found["meanDegree"]), ("Density", found["density"])):
        button = page.get_by_role("button", name=re.compile(f"^{name}: "))
        assert float(button.inner_text()) == round(value, 3)
        button.press("Enter")
        dialog = page.get_by_role("dialog")
        expect(dialog).to_contain_text(found["on"]["waveName"])
        expect(dialog).to_contain_text("query ExplorerCloud(")
        expect(dialog).to_contain_text('"city": "city/us-or-portland"')
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
        expect(button).to_be_focused()
    assert int(page.get_by_role("button", name=re.compile("^People: ")).inner_text()) == found["on"]["people"]


def places(page: Page) -> dict[str, str]:
    """Return where the mark of each person who is listed stands: the geometry of its filled shape."""
    script = """(all) => Object.fromEntries(all.flatMap((each) => {
      const shape = [...each.children].find((part) => part.hasAttribute("fill") && part.getAttribute("fill") !== "none");
      const { d, cx, cy } = shape?.attributes ?? {};
      return shape ? [[each.dataset.id, d?.value ?? `${cx.value} ${cy.value}`]] : []; }))"""
    return dict(page.locator(".drawing [data-kind=person]").evaluate_all(script))


def stated(page: Page, selector: str) -> int:
    """Return how many ties were stated where these lines are: two if one line stands for both directions."""
    return sum(2 if way == "mutual" else 1 for way in page.locator(selector).evaluate_all(WAYS))


def test_people_stay_in_place_between_waves_and_the_changes_are_counted(page: Page, server: Running) -> None:
    opened(page, PORTLAND)
    later = places(page)
    slider = page.get_by_role("slider")
    slider.focus()
    page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(re.compile("wave=wave"))
    expect(page.locator(".drawing svg > title")).to_have_count(1)
    expect(page.locator(".drawing")).to_contain_text("wave 1")
    earlier = places(page)
    both = earlier.keys() & later.keys()
    assert len(both) > 80
    assert {id_ for id_ in both if earlier[id_] != later[id_]} == set()
    page.keyboard.press("ArrowRight")
    page.get_by_role("checkbox", name=re.compile("new, kept and lost")).check()
    expect(page.locator(".drawing [data-change=kept]").first).to_be_attached()
    change = asked(server, "changeSince { kept appeared ended unknown }")["changeSince"]
    said = f"{change['appeared']} new ties, {change['kept']} kept, {change['ended']} lost"
    expect(page.locator(".words")).to_contain_text(said)
    drawn = {kind: stated(page, f".drawing [data-change={kind}]") for kind in ("new", "kept", "lost")}
    assert drawn == {"new": change["appeared"], "kept": change["kept"], "lost": change["ended"]}
    assert places(page) == later


def test_an_address_gives_the_same_picture_again(page: Page) -> None:
    address = f"{PORTLAND}&changes=true&direction=UNION"
    first = opened(page, address).locator(".drawing").inner_html()
    assert "Kept: stated in both waves" in first
    page.reload()
    expect(page.locator("[aria-busy]")).to_have_count(0)
    assert page.locator(".drawing").inner_html() == first


def test_the_keyboard_walks_ties_selects_and_leaves(page: Page) -> None:
    opened(page, PORTLAND)
    first = page.locator(".drawing [tabindex='0'][data-id]")
    expect(first).to_have_count(1)
    first.focus()
    before = first.get_attribute("data-id")
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp", "End", "Home", "PageDown"):
        page.keyboard.press(key)
    focused = page.locator(".drawing :focus")
    expect(focused).to_have_count(1)
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    chosen = page.locator(".drawing .selected").get_attribute("data-id")
    assert chosen == before
    expect(page.locator(f"tr.selected[data-key='{chosen}'] .chooser")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".who h2")).to_be_focused()
    first.focus()
    page.keyboard.press("Escape")
    expect(page.locator(".drawing .selected")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Save as SVG")).to_be_focused()


def test_a_row_selects_its_mark_and_says_who_can_introduce(page: Page) -> None:
    opened(page, PORTLAND)
    table = page.get_by_role("table", name=PEOPLE)
    expect(table.get_by_role("columnheader", name="Named by")).to_have_attribute("aria-sort", "descending")
    told = [each.locator("th, td").all_inner_texts() for each in table.locator("tbody tr").all()]
    assert told == sorted(told, key=lambda cells: (not cells[2], -int(cells[2] or 0), cells[0]))
    row = table.locator("tbody tr").first
    row.get_by_role("button").click()
    chosen = row.get_attribute("data-key")
    expect(page.locator(".drawing .selected")).to_have_attribute("data-id", str(chosen))
    assert page.locator(".drawing .far").count() > 0
    ties = page.locator(".drawing [data-kind=tie]").evaluate_all("(all) => all.map(({ dataset }) => ({ ...dataset }))")
    leads = {(tie["from"], tie["to"]) for tie in ties}
    leads |= {
        (end, start)
        for start, end in leads
        if next(each for each in ties if each["id"] == f"{start} {end}")["way"] == "mutual"
    }
    near = {end for start, end in leads if start == chosen}
    other = min(end for start, end in leads if start in near and end not in near | {chosen})
    page.get_by_label(re.compile("Who can introduce")).select_option(value=other)
    expect(page.locator(".introduce [role=status]")).to_contain_text("2 steps")


def test_what_remains_without_elected_leaders_is_what_the_api_says(page: Page, server: Running) -> None:
    opened(page, PORTLAND)
    page.get_by_role("button", name="Without elected leaders").press("Enter")
    table = page.get_by_role("table", name="The cloud without the elected leaders")
    expect(table).to_be_visible()
    then = asked(server, "whatIf(withoutElected: true) { on { people } meanDegree }")["whatIf"]
    cells = {
        row.locator("th").inner_text(): row.locator("td").last.inner_text() for row in table.locator("tbody tr").all()
    }
    assert cells["People"] == str(then["on"]["people"])
    assert cells["Mean degree"] == f"{then['meanDegree']:.3f}".rstrip("0")


def boards(server: Running) -> list[tuple[str, str]]:
    """Return ids and names of two organizations that people of Portland's roster are members of, as the API has them."""
    of = 'members: {some: {on: {person: {rosters: {some: {city: {id: {eq: "city/us-or-portland"}}}}}}}}'
    query = f"{{ organizations(where: {{{of}}}, first: 2, orderBy: {{name: DESC}}, synthetic: true) {{ nodes {{ id name }} }} }}"
    found = server.ask(query, headers={"Authorization": f"Bearer {TOKEN}"}).json()["data"]["organizations"]["nodes"]
    return [(each["id"], each["name"]) for each in found]


def test_boards_are_added_by_keyboard_and_restored_from_the_address(page: Page, server: Running) -> None:
    ties = "ties(first: 1000) { one { personId } other { personId } }"
    (one, name), (other, also) = boards(server)
    then = f'whatIf(gatherings: ["{one}", "{other}"], withoutElected: true) {{ on {{ people ties }} {ties} }}'
    found = asked(server, f"on {{ people ties }} {ties} {then}")
    pairs = [
        {(tie["one"]["personId"], tie["other"]["personId"]) for tie in of["ties"]} for of in (found, found["whatIf"])
    ]
    new, lost = pairs[1] - pairs[0], pairs[0] - pairs[1]
    assert len(new) > 2
    assert len(lost) > 2
    opened(page, PORTLAND)
    page.get_by_text("A study tour, board or club is added").focus()
    page.keyboard.press("Enter")
    for said in (name, also):
        page.get_by_role("checkbox", name=re.compile(re.escape(said))).press("Space")
    page.get_by_role("button", name="Without elected leaders").press("Enter")
    table, status = page.get_by_role("table", name="New ties"), page.locator(".what-if > [role=status]")
    expect(status).to_contain_text(f"With {name} and {also}: {len(new)} new ties between")
    gone = found["on"]["people"] - found["whatIf"]["on"]["people"]
    expect(status).to_contain_text(f"{gone} people leave, and {len(lost)} ties go with them.")
    expect(table.locator("tbody tr")).to_have_count(len(new))
    expect(page.locator(".drawing .added line")).to_have_count(len({frozenset(pair) for pair in new}))
    expect(page.locator(".drawing [data-kind=person].gone")).to_have_count(gone)
    shown = [status.inner_text(), table.inner_text()]
    assert findings(page) == {}
    page.goto(page.url)
    expect(table).to_be_visible()
    assert [status.inner_text(), table.inner_text()] == shown
    expect(page.get_by_role("checkbox", name=re.compile(re.escape(name)))).to_be_checked()
    page.get_by_role("button", name="As it was").press("Enter")
    expect(table).to_have_count(0)
    expect(page.locator(".drawing .added, .drawing .gone")).to_have_count(0)
    assert "added" not in page.url
    assert "without" not in page.url


def test_two_cities_stand_side_by_side_at_one_address(page: Page) -> None:
    opened(page, PORTLAND)
    page.get_by_role("button", name="Show another beside it").click()
    second = page.locator(".pane").nth(1)
    second.get_by_role("link", name="All clouds").click()
    second.get_by_role("link", name=re.compile("Turin")).click()
    expect(page.locator(".compared")).to_contain_text("Leaders of Turin")
    assert "2.roster=roster" in page.url
    headings = page.locator(".pane h1").all_inner_texts()
    page.goto(page.url)
    expect(page.locator(".compared")).to_contain_text("do not compare it between them")
    assert page.locator(".pane h1").all_inner_texts() == headings
    sizes = page.locator(".drawing svg").evaluate_all("(all) => all.map((each) => each.viewBox.baseVal.width)")
    assert len(set(sizes)) == 1


def saved(page: Page, name: str) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name).first.click()
    download: Download = waiting.value
    return Path(download.path())


def test_what_is_shown_can_be_saved_and_opens_without_a_network(page: Page, chromium: Browser, tmp_path: Path) -> None:
    opened(page, PORTLAND)
    svg = saved(page, "Save as SVG").read_text(encoding="utf-8")
    assert "Synthetic: made up" in svg
    assert saved(page, "PNG").read_bytes().startswith(b"\x89PNG")
    table = list(csv.reader(io.StringIO(saved(page, "Save as CSV").read_text(encoding="utf-8"))))
    assert table[0][:2] == ["Name", "Group"]
    assert len(table) - 1 == len(rows(page, PEOPLE))
    kept = tmp_path / "cloud.html"
    kept.write_bytes(saved(page, "HTML page").read_bytes())
    offline = chromium.new_context(offline=True).new_page()
    offline.goto(kept.as_uri())
    expect(offline.locator("svg [data-kind=person]").first).to_be_visible()
    expect(offline.get_by_role("table", name=PEOPLE)).to_be_visible()
    assert "Saved on" in offline.locator("body").inner_text()
    assert offline.locator("button, script").count() == 0
    offline.context.close()


def test_the_network_is_saved_for_other_programs(page: Page, server: Running) -> None:
    opened(page, PORTLAND)
    found = asked(server, "on { people ties }")["on"]
    page.get_by_label("The network for other programs").select_option(label="GEXF (Gephi)")
    gexf = Xml.fromstring(saved(page, "Save the network").read_text(encoding="utf-8"))
    count = [sum(each.tag.endswith(f"}}{tag}") for each in gexf.iter()) for tag in ("node", "edge")]
    assert count == [found["people"], found["ties"]]
    page.get_by_label("The network for other programs").select_option(label="Excel")
    assert saved(page, "Save the network").read_bytes().startswith(b"PK")


def test_what_is_saved_has_the_what_if_with_its_lines_legend_and_words(page: Page, server: Running) -> None:
    (board, name), _ = boards(server)
    opened(page, f"{PORTLAND}&without=elected&added={board}")
    status = page.locator(".what-if > [role=status]")
    expect(status).to_contain_text(f"With {name}")
    lines, gone = (page.locator(f".drawing {each}").count() for each in (".added line", "[data-kind=person].gone"))
    said = re.search(r"([\d,]+ new ties? between [\d,]+ (?:people|person))", status.inner_text())
    assert said
    svg = saved(page, "Save as SVG").read_text(encoding="utf-8")
    marks = [each.attrib for each in Xml.fromstring(svg).iter() if each.get("data-kind")]
    assert len([each for each in marks if each.get("data-change") == "added"]) == lines > 0
    assert len([each for each in marks if each["data-kind"] == "person" and each.get("opacity")]) == gone > 0
    words = " ".join(" ".join(Xml.fromstring(svg).itertext()).split())
    assert f"New tie ({lines})" in words
    assert "What if without the elected leaders" in words
    assert said[1] in words
    assert "Synthetic: made up" in words
    with page.expect_request(re.compile(r"/figures/what-if\.png")):
        assert saved(page, "PNG").read_bytes().startswith(b"\x89PNG")
    html = saved(page, "HTML page").read_text(encoding="utf-8")
    assert f"New tie ({lines})" in html
    assert "New ties</caption>" in html
    page.get_by_role("button", name="As it was").click()
    assert "What if" not in saved(page, "Save as SVG").read_text(encoding="utf-8")


def test_a_cloud_too_large_for_svg_has_its_what_if_too(page: Page, server: Running, seen: Seen) -> None:
    """The picture is refused as it is for more than 1,500 people; everything else is the server's own answer."""
    (board, name), _ = boards(server)
    seen.expect("status of 413")
    refused = '{"errors": [{"message": "Too many.", "extensions": {"code": "PAYLOAD_TOO_LARGE"}}]}'
    page.route(
        re.compile(r"/figures/cloud\.svg"),
        lambda route: route.fulfill(status=413, content_type="application/json", body=refused),
    )
    then = f'whatIf(gatherings: ["{board}"], withoutElected: true) {{ on {{ people ties }} columns {{ personIds one other }} }}'
    found = asked(server, f"on {{ people ties }} columns {{ personIds one other }} {then}")
    arcs = [
        {(of["personIds"][a], of["personIds"][b]) for a, b in zip(of["one"], of["other"], strict=True)}
        for of in (found["columns"], found["whatIf"]["columns"])
    ]
    opened(page, f"{PORTLAND}&added={board}")
    expect(page.locator("canvas.many")).to_be_visible()
    page.get_by_role("button", name="Without elected leaders").press("Enter")
    gone, new = found["on"]["people"] - found["whatIf"]["on"]["people"], len(arcs[1] - arcs[0])
    status, about = page.locator(".what-if > [role=status]"), page.locator("figure .about").first
    expect(status).to_contain_text(f"{gone} people leave, and {len(arcs[0] - arcs[1])} ties go with them.")
    expect(status).to_contain_text(f"With {name}: {new} new ties between")
    expect(page.get_by_role("table", name="New ties").locator("tbody tr")).to_have_count(new)
    expect(about).to_contain_text(f"What if: {gone} people leave (faint), {new} new ties (thick dashed lines).")
    assert painted(page) > 50
    shape = page.get_by_role("table", name=re.compile("^The cloud without")).locator("tbody tr").first
    expect(shape.locator("td").last).to_have_text(str(found["whatIf"]["on"]["people"]))
    page.get_by_role("button", name="As it was").press("Enter")
    expect(about).not_to_contain_text("What if")
    assert painted(page) == 0


def painted(page: Page) -> int:
    """Return how many pixels of the canvas have the colour of new ties."""
    script = """(canvas) => { const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d");
      copy.drawImage(canvas, 0, 0);
      const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
      let count = 0;
      for (let at = 0; at < data.length; at += 4) count += data[at] === 11 && data[at + 1] === 107 && data[at + 2] === 87;
      return count; }"""
    return int(page.locator("canvas.many").evaluate(script))


def test_who_may_not_see_a_cloud_is_told_so(new_page: NewPage, seen: Seen) -> None:
    anonymous = new_page()
    seen.expect("404")
    anonymous.goto(PORTLAND)
    said = re.compile(r"Not found\s*There is no such network of leaders, or you may not see it\.\s*A token")
    expect(anonymous.get_by_role("alert")).to_have_text(said)
    anonymous.goto("/explore/cloud")
    expect(anonymous.locator("main")).to_contain_text("There is no cloud that you may see")


def test_a_server_of_trusted_documents_alone_shows_the_page(page: Page, server: Running) -> None:
    names = [json.loads(request.post_data or "{}").get("documentId") for request in requests_of(page)]
    assert set(names) >= {"explorer-rosters", "explorer-cloud"}
    assert None not in names


def requests_of(page: Page) -> list[Any]:
    found: list[Any] = []
    page.on("request", lambda request: found.append(request) if request.url.endswith("/graphql") else None)
    opened(page, PORTLAND)
    return found

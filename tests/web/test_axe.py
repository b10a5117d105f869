"""axe-core finds nothing wrong on any page, in light and in dark; what it does not look at, pictures and fields, has contrast."""

from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.kit.browser import NewPage, Seen, screenshot
from tests.web.addresses import ADDRESSES, Address, opened

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES: dict[str, Any] = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": TAGS}}
COLOURS = RULES | {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""What another scheme of colours may break; the rest is the same in both."""
SCHEMES: tuple[Literal["dark", "light"], ...] = ("dark", "light")
CONTRAST = Path(__file__).with_name("contrast.js")


def findings(page: Page, without: str | None = None, rules: dict[str, Any] = RULES) -> dict[str, list[str]]:
    """Return what is wrong: rules, and the elements that break each."""
    found = Axe().run(page, {"exclude": [[without]]} if without else None, rules).response
    assert len(found["passes"]) > (10 if rules is RULES else 0)
    return {each["id"]: [str(node["target"][-1]) for node in each["nodes"]] for each in found["violations"]}


def faint(page: Page) -> dict[str, Any]:
    """Return what has too little contrast, and how many texts, marks and frames were looked at."""
    judged: dict[str, Any] = page.evaluate(CONTRAST.read_text(encoding="utf-8"))
    return judged


@pytest.mark.parametrize("on", ADDRESSES, ids=lambda on: on.name)
def test_axe_finds_nothing(new_page: NewPage, seen: Seen, on: Address) -> None:
    page = opened(new_page, seen, on)
    foreign = on.foreign[0] if on.foreign else None
    assert findings(page, foreign) == {}
    screenshot(page, f"{on.name}-light")
    page.emulate_media(color_scheme="dark")
    assert findings(page, foreign, COLOURS) == {}
    screenshot(page, f"{on.name}-dark")
    assert not on.foreign or findings(page) != {}, "nothing is found in the part of another: it needs no exemption"
    for scheme in () if foreign else SCHEMES:  # afterwards, because it scrolls
        page.emulate_media(color_scheme=scheme)
        judged = faint(page)
        assert {scheme: judged["low"]} == {scheme: []}
        assert judged["seen"] > 2


def test_axe_would_find_something(page: Page) -> None:
    ADDRESSES[0].open(page)
    page.evaluate(
        "document.querySelector('main').append(document.createElement('img'), document.createElement('button'))"
    )
    assert {*findings(page)} >= {"image-alt", "button-name"}


PICTURE = """
<svg width="200" height="100" viewBox="0 0 200 100">
<rect width="200" height="100" fill="#ffffff"/><rect width="50" height="100" fill="#777777"/>
<text x="60" y="20" fill="#777777">4.48</text><text x="60" y="40" fill="#767676">4.54</text>
<text x="60" y="60" fill="#000000" opacity="0.3">2.1</text>
<text x="5" y="60" fill="#000000">4.69</text><text x="5" y="80" fill="#ffffff">4.48</text>
<text x="5" y="98" fill="#000000" stroke="#222222" style="paint-order: stroke">1.3</text>
<circle data-kind="person" data-id="light" cx="150" cy="20" r="8" fill="#eeeeee"/>
<circle data-kind="person" data-id="outlined" cx="150" cy="50" r="8" fill="#eeeeee" stroke="#000000"/>
<path data-kind="tie" data-id="pale" d="M100 90 H190" fill="none" stroke="#bbbbbb"/>
</svg>"""


def test_too_little_contrast_would_be_found(page: Page) -> None:
    ADDRESSES[0].open(page)
    before = faint(page)["seen"]
    # A style of the test itself is set through its element, as the policy of the page refuses it in markup.
    page.evaluate(
        "(picture) => { const box = document.createElement('div'); box.innerHTML = picture.replace(/ style=.[^'\"]*./, '');"
        "document.querySelector('main').append(box);"
        "[...box.querySelectorAll('text')].at(-1).style.setProperty('paint-order', 'stroke'); }",
        PICTURE,
    )
    judged = faint(page)
    assert [(what, value) for what, value, _ in judged["low"]] == [
        ("text  4.48", 4.48), ("text  2.1", 2.11), ("text  4.48", 4.48), ("text  1.3", 1.32),
        ("circle light ", 1.16), ("path pale ", 1.92),
    ]  # fmt: skip
    assert judged["seen"] == before + 9

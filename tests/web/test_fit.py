"""Every page fits a phone, a page at 200 %, and paper; what moves is still where the reader wants no motion."""

import pytest
from playwright.sync_api import Page

from tests.kit.browser import NewPage, Seen, screenshot
from tests.web.addresses import ADDRESSES, Address, opened

SIZES = {"320": (320, 640), "1280": (1_280, 800), "200-percent": (640, 400)}
"""Of windows, in pixels of CSS: one of 1,280 pixels has 640 of them at 200 %."""
WIDE = """() => [...document.querySelectorAll('body *')]
  .filter((each) => each.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map((each) => each.tagName + '.' + each.getAttribute('class')).slice(0, 8)"""
MOVES = """() => [...document.querySelectorAll('*')].filter((each) => {
  const { animationName, animationDuration, transitionDuration, scrollBehavior } = getComputedStyle(each);
  const moves = animationName !== 'none' && parseFloat(animationDuration) > 0.01;
  return moves || transitionDuration.split(',').some((one) => parseFloat(one) > 0.01) || scrollBehavior === 'smooth';
}).map((each) => each.tagName + '.' + each.getAttribute('class'))"""
PALE = """() => [...document.querySelectorAll('body *')].filter((each) => {
  if (each.closest('svg') || !each.checkVisibility() || !each.textContent.trim()) return false;
  const { color, backgroundColor } = getComputedStyle(each);
  const [letters, ground] = [color, backgroundColor].map((one) => one.match(/[\\d.]+/g).map(Number));
  const light = ([red, green, blue]) => (red + green + blue) / 3;
  return light(letters) > 140 || (ground[3] !== 0 && light(ground) < 140);
}).map((each) => each.tagName + '.' + each.getAttribute('class')).slice(0, 8)"""
"""Elements with light letters or on a dark ground."""
NOT_ON_PAPER = ("body > header", ".tools")


def too_wide(page: Page) -> list[str]:
    """Return what makes the page scroll sideways."""
    room, width = page.evaluate("[document.documentElement.clientWidth, document.documentElement.scrollWidth]")
    return [f"{width} > {room}", *page.evaluate(WIDE)] if width > room else []


@pytest.mark.parametrize("on", ADDRESSES, ids=lambda on: on.name)
def test_a_page_fits(new_page: NewPage, seen: Seen, on: Address) -> None:
    page = opened(new_page, seen, on, reduced_motion="reduce")
    assert on.foreign or page.evaluate(MOVES) == []
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        screenshot(page, f"{on.name}-{size}")
        assert {size: too_wide(page)} == {size: []}
    if not on.foreign:
        page.set_viewport_size({"width": 1_280, "height": 800})
        page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
        assert {"letters of twice the size": too_wide(page)} == {"letters of twice the size": []}
        page.evaluate("document.documentElement.style.removeProperty('font-size')")
        on_paper(page, on)


def on_paper(page: Page, on: Address) -> None:
    """Fail if paper does not get the content in black on white, or gets controls."""
    page.set_viewport_size({"width": 794, "height": 1_123})
    page.emulate_media(media="print", color_scheme="dark", reduced_motion="reduce")
    screenshot(page, f"{on.name}-print")
    assert page.locator("main h1").first.is_visible()
    assert [each for each in NOT_ON_PAPER for one in page.locator(each).all() if one.is_visible()] == []
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") in (
        "rgb(255, 255, 255)",
        "rgba(0, 0, 0, 0)",
    )
    assert page.evaluate(PALE) == [], "a reader with a dark screen gets dark letters on paper all the same"
    assert {"paper": too_wide(page)} == {"paper": []}


def test_what_moves_or_is_too_wide_would_be_found(page: Page) -> None:
    ADDRESSES[0].open(page)
    page.evaluate("document.querySelector('main').style.setProperty('transition', 'all 1s')")
    assert page.evaluate(MOVES) != []
    page.evaluate("document.querySelector('main').style.setProperty('width', '3000px')")
    assert "MAIN.null" in too_wide(page)

"""Every page fits a phone, a page at 200 %, and paper; what moves is still where the reader wants no motion."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.kit.browser import NewPage, screenshot
from tests.web.addresses import ADDRESSES, EXPLORER_ADDRESSES, Address
from tests.web.conftest import TOKEN

EVERY = pytest.mark.parametrize("on", ADDRESSES, ids=lambda on: on.name)
EXPLORER = pytest.mark.parametrize("on", EXPLORER_ADDRESSES, ids=lambda on: on.name)
SIZES: dict[str, dict[str, Any]] = {
    "320": {"viewport": {"width": 320, "height": 640}, "is_mobile": True},
    "1280": {"viewport": {"width": 1_280, "height": 800}},
    # A window of 1,280 pixels at 200 % has 640 pixels of CSS, each of which is two.
    "200-percent": {"viewport": {"width": 640, "height": 400}, "device_scale_factor": 2},
}
WIDE = """() => [...document.querySelectorAll('body *')]
  .filter((each) => each.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map((each) => each.tagName + '.' + each.getAttribute('class')).slice(0, 8)"""
MOVES = """() => [...document.querySelectorAll('*')].filter((each) => {
  const { animationName, animationDuration, transitionDuration, scrollBehavior } = getComputedStyle(each);
  const moves = animationName !== 'none' && parseFloat(animationDuration) > 0.01;
  return moves || transitionDuration.split(',').some((one) => parseFloat(one) > 0.01) || scrollBehavior === 'smooth';
}).map((each) => each.tagName + '.' + each.getAttribute('class'))"""
HIDDEN_ON_PAPER = ("body > header", "body > footer", ".tools", ".skip")


def fits(page: Page) -> None:
    """Fail if the page scrolls sideways."""
    room, width = page.evaluate("[document.documentElement.clientWidth, document.documentElement.scrollWidth]")
    assert width <= room, page.evaluate(WIDE)


@pytest.mark.parametrize("size", SIZES)
@EVERY
def test_no_page_scrolls_sideways(new_page: NewPage, on: Address, size: str) -> None:
    page = new_page(token=TOKEN if on.token else None, **SIZES[size])
    on.open(page)
    screenshot(page, f"{on.name}-{size}")
    fits(page)


@EXPLORER
def test_letters_of_twice_the_size_fit(new_page: NewPage, on: Address) -> None:
    page = new_page(token=TOKEN if on.token else None)
    on.open(page)
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
    fits(page)


@EXPLORER
def test_nothing_moves_where_the_reader_wants_no_motion(new_page: NewPage, on: Address) -> None:
    page = new_page(token=TOKEN if on.token else None, reduced_motion="reduce")
    on.open(page)
    assert page.evaluate(MOVES) == []


@EXPLORER
def test_paper_gets_the_content_and_no_controls(new_page: NewPage, on: Address) -> None:
    page = new_page(token=TOKEN if on.token else None, color_scheme="dark", viewport={"width": 794, "height": 1_123})
    on.open(page)
    page.emulate_media(media="print")
    screenshot(page, f"{on.name}-print")
    assert page.locator("main h1").first.is_visible()
    shown = [each for each in HIDDEN_ON_PAPER for one in page.locator(each).all() if one.is_visible()]
    assert shown == []
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") in (
        "rgb(255, 255, 255)",
        "rgba(0, 0, 0, 0)",
    )
    fits(page)


def test_what_moves_or_is_too_wide_would_be_found(page: Page) -> None:
    ADDRESSES[0].open(page)
    page.evaluate("document.querySelector('main').style.setProperty('transition', 'all 1s')")
    assert page.evaluate(MOVES) != []
    page.evaluate("document.querySelector('main').style.setProperty('width', '3000px')")
    with pytest.raises(AssertionError):
        fits(page)

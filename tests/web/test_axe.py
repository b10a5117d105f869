"""axe-core finds nothing wrong on any page, in light and in dark."""

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.kit.browser import NewPage, screenshot
from tests.web.addresses import ADDRESSES, Address
from tests.web.conftest import TOKEN

Scheme = Literal["light", "dark"]
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}


def findings(page: Page, without: str | None = None) -> dict[str, list[str]]:
    """Return what is wrong: rules, and the elements that break each."""
    found = Axe().run(page, {"exclude": [[without]]} if without else None, RULES).response
    assert len(found["passes"]) > 10
    return {each["id"]: [str(node["target"][-1]) for node in each["nodes"]] for each in found["violations"]}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("on", ADDRESSES, ids=lambda on: on.name)
def test_axe_finds_nothing(new_page: NewPage, on: Address, scheme: Scheme) -> None:
    page = new_page(token=TOKEN if on.token else None, color_scheme=scheme)
    on.open(page)
    screenshot(page, f"{on.name}-{scheme}")
    assert findings(page, on.foreign[0] if on.foreign else None) == {}
    assert not on.foreign or findings(page) != {}, "nothing is found in the part of another: it needs no exemption"


def test_axe_would_find_something(page: Page) -> None:
    ADDRESSES[0].open(page)
    page.evaluate(
        "document.querySelector('main').append(document.createElement('img'), document.createElement('button'))"
    )
    assert {*findings(page)} >= {"image-alt", "button-name"}

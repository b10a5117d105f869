"""A page that does what it must not fails its test: a request elsewhere, an error, a warning, what the policy refuses."""

import pytest
from playwright.sync_api import Browser

from tests.conftest import Asker
from tests.kit.browser import Seen, beside, opened_page

BAD = {
    "a request elsewhere": "fetch('http://127.0.0.1:9/').catch(() => {})",
    "an image elsewhere": "new Image().src = 'https://example.com/x.png'",
    "an error of the console": "console.error('bad')",
    "a warning": "console.warn('bad')",
    "an error that nobody catches": "setTimeout(() => { throw new Error('bad') })",
    "a promise that nobody catches": "Promise.reject(new Error('bad')); 0",
    "a script in the page": "document.head.append(Object.assign(document.createElement('script'), {text: '0'}))",
    "a style in the markup": "document.body.innerHTML = '<p style=\"color: red\">'",
    "a file that is not there": "fetch('/web/none.js')",
}


@pytest.mark.parametrize("script", BAD.values(), ids=BAD.keys())
def test_what_a_page_must_not_do_is_seen(chromium: Browser, base: str, script: str) -> None:
    seen = Seen(base)
    page = opened_page(chromium, seen)
    page.goto("/explore/start")
    seen.check()
    page.evaluate(script)
    page.wait_for_timeout(200)
    with pytest.raises(AssertionError):
        seen.check()
    page.context.close()


def test_what_was_expected_must_happen(chromium: Browser, base: str) -> None:
    seen = Seen(base)
    seen.expect("status of 404")
    page = opened_page(chromium, seen)
    page.goto("/explore/start")
    with pytest.raises(AssertionError):
        seen.check()
    page.evaluate("fetch('/web/none.js')")
    seen.check()
    page.context.close()


def test_a_page_of_a_viewer_has_a_token_and_another_has_none(chromium: Browser, base: str) -> None:
    pages = [opened_page(chromium, Seen(base), token) for token in ("one", None)]
    for page in pages:
        page.goto("/explore/start")
    assert [page.locator("#token").input_value() for page in pages] == ["one", ""]
    for page in pages:
        page.context.close()


def test_the_engine_can_be_asked_while_a_browser_is_open(chromium: Browser, ask: Asker) -> None:
    assert chromium.is_connected()
    with beside():
        assert ask("{ cities { totalCount } }").data

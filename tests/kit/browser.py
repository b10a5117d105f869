"""A headless Chromium without a network, driven by Playwright. In: a program. Out: pages, each watched for what it must not do.

Playwright is the library for this; the browser is the one of the machine, none is downloaded.
"""

import asyncio
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    expect,
    sync_playwright,
)

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "chrome")
OPTIONS = [
    "--disable-gpu",
    "--disable-quic",
    # The network is cut: no name is found, only the server of the tests is reached, by its address.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
PATIENCE = 60_000
"""Milliseconds that a page has for what a test waits for."""
HERE = ("data:", "blob:", "about:")
"""Addresses that are in the page itself."""


def program() -> str:
    """Return the path of a Chromium; fail the test if there is none."""
    found = os.environ.get("CITYGRAPH_CHROMIUM") or next(filter(None, map(shutil.which, PROGRAMS)), None)
    if found is None:
        pytest.fail("there is no Chromium: `apt-get install chromium`, or name one in CITYGRAPH_CHROMIUM")
    return found


@contextmanager
def browser(*more: str) -> Iterator[Browser]:
    """Start a Chromium, with more options. Tests share one in each process, because it takes a second to start."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program(), args=[*OPTIONS, *more], timeout=PATIENCE)
        try:
            yield opened
        finally:
            opened.close()


@dataclass
class Seen:
    """What pages did: the addresses that they asked for, the responses, and what the console says is wrong."""

    base: str
    requests: list[str] = field(default_factory=list)
    responses: list[Response] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        """Watch a context."""
        context.on("request", self._asked)
        context.on("response", self._answered)
        context.on("console", self._said)
        context.on("weberror", lambda error: self.complaints.append(f"error: {error.error}"))

    def _asked(self, request: Request) -> None:
        self.requests.append(request.url)

    def _answered(self, response: Response) -> None:
        self.responses.append(response)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning", "assert"):
            self.complaints.append(f"{message.type}: {message.text} ({message.location.get('url', '')})")

    def expect(self, pattern: str) -> None:
        """Say what the console will complain of. A test that expects a complaint fails without it."""
        self.expected.append(pattern)

    def paths(self) -> list[str]:
        """Return the paths that were asked for."""
        return [url.removeprefix(self.base) for url in self.requests if url.startswith(self.base)]

    def check(self) -> None:
        """Fail if a page asked for something elsewhere, or if its console complains of what the test did not expect."""
        elsewhere = [url for url in self.requests if not url.startswith((f"{self.base}/", *HERE))]
        assert elsewhere == [], f"asked elsewhere: {elsewhere}"
        surprises = [text for text in self.complaints if not any(re.search(each, text) for each in self.expected)]
        assert surprises == [], f"the console complains: {surprises}"
        missed = [each for each in self.expected if not any(re.search(each, text) for text in self.complaints)]
        assert missed == [], f"the console did not complain of {missed}"


NewPage = Callable[..., Page]


def opened_page(browser: Browser, seen: Seen, token: str | None = None, **options: Any) -> Page:
    """Open a page that shares nothing with the pages before, with the token of a viewer. Options are those of new_context."""
    context = browser.new_context(base_url=seen.base, **options)
    context.set_default_timeout(PATIENCE)
    seen.watch(context)
    if token is not None:
        context.add_init_script(
            f"if (location.protocol === 'http:') sessionStorage.setItem('citygraph.token', '{token}')"
        )
    return context.new_page()


@contextmanager
def beside() -> Iterator[None]:
    """Let asyncio run another loop in this block: Playwright marks its own as running, also while it waits for a call."""
    waiting = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    try:
        yield
    finally:
        asyncio._set_running_loop(waiting)


def until(page: Page, script: str) -> Any:
    """Wait until an expression gives something that counts as true; return it. wait_for_function needs a policy with eval."""
    end = time.monotonic() + PATIENCE / 1_000
    while not (value := page.evaluate(script)):
        assert time.monotonic() < end, f"{script} did not become true; the page:\n{page.locator('body').inner_text()}"
        page.wait_for_timeout(50)
    return value


def screenshot(page: Page, name: str, full: bool = True) -> None:
    """Write a picture of a page into the folder CITYGRAPH_SCREENSHOTS, if there is one."""
    if folder := os.environ.get("CITYGRAPH_SCREENSHOTS"):
        page.screenshot(path=Path(folder, f"{name}.png"), full_page=full)

"""What tests of the pages that write share: a steward's page, facts as the API tells them, and the keyboard."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
from playwright.sync_api import Page

from tests.conftest import NOW
from tests.kit.browser import PATIENCE, beside
from tests.kit.writer import BlockingWriter
from tests.web.conftest import TOKEN
from tests.writes.conftest import FORGET, FORGET_RELATIONSHIPS, FORGET_TIME

STEWARD = {"authorization": f"Bearer {TOKEN}", "accept": "application/graphql-response+json"}
MOST_TABS = 150
NAME_OF_FOCUS = """() => { const e = document.activeElement;
  const of = (ids) => (ids ?? '').split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
  const label = e.labels?.[0]?.textContent || of(e.getAttribute('aria-labelledby')) || e.textContent;
  return (e.getAttribute('aria-label') ?? label).trim(); }"""


@dataclass(frozen=True)
class Api:
    """The API of the server that pages ask, asked directly by its steward."""

    base: str

    def __call__(self, text: str, headers: dict[str, str] = STEWARD, **variables: Any) -> Any:
        body = {"query": text, "variables": variables}
        answer = httpx.post(f"{self.base}/graphql", json=body, headers=headers, timeout=PATIENCE / 1_000)
        told = answer.json()
        assert "errors" not in told, told
        return told["data"]

    def one(self, plural: str, selection: str, **eq: str) -> Any:
        """Return the one fact whose property has a value; None if there is none."""
        ((name, value),) = eq.items()
        found = self(f"{{ {plural}(where: {{{name}: {{eq: {json.dumps(value)}}}}}) {{ nodes {{ {selection} }} }} }}")
        nodes = found[plural]["nodes"]
        assert len(nodes) < 2
        return nodes[0] if nodes else None


@contextmanager
def cleaned(seeded: BlockingWriter) -> Iterator[None]:
    """Forget, after a test, everything that was written."""
    yield
    with beside():
        seeded.read(FORGET_RELATIONSHIPS, now=NOW)
        seeded.read(FORGET, now=NOW)
        seeded.read(FORGET_TIME)


def tab_to(page: Page, name: str, key: str = "Tab") -> None:
    """Press a key until the focus is at what is called so."""
    seen = []
    for _ in range(MOST_TABS):
        page.keyboard.press(key)
        seen.append(page.evaluate(NAME_OF_FOCUS))
        if seen[-1].startswith(name):
            return
    raise AssertionError(f"the focus never came to {name}: {seen}")


def chosen(page: Page, text: str) -> None:
    """Type a name into the combobox that has the focus, and choose what it finds first."""
    page.keyboard.type(text)
    page.locator("[role=option][aria-selected=true]").filter(has_text=text).wait_for()
    page.keyboard.press("Enter")

"""Five tasks of users, done with the keyboard alone from the first page, within bounds of steps and of time.

A step is a key that is pressed, or a text that is typed. What each took is a property of the test: `--junit-xml` writes it.
"""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.http.running import Running
from tests.kit.browser import NewPage
from tests.kit.writer import BlockingWriter
from tests.web.conftest import TOKEN
from tests.web.recording import NAME_OF_FOCUS, STEWARD, Api, chosen, cleaned

MOST_SECONDS = 240
"""Loose: the machine of the tests may be busy. Of an idle one, a task takes a few seconds."""


@dataclass
class Hand:
    """What presses keys, and counts them."""

    page: Page
    steps: int = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.steps += 1

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.steps += 1

    def choose(self, text: str) -> None:
        """Type a name into a field of facts and take the first that fits."""
        chosen(self.page, text)
        self.steps += 2

    def tab(self, to: str, key: str = "Tab", most: int = 60) -> None:
        """Press Tab until the focus is at what begins so."""
        seen = []
        for _ in range(most):
            self.press(key)
            seen.append(self.page.evaluate(NAME_OF_FOCUS))
            if re.match(to, seen[-1]):
                return
        raise AssertionError(f"the focus never came to {to}: {seen}")


Task = Callable[..., object]


@pytest.fixture
def hand(new_page: NewPage) -> Hand:
    """The steward at the first page, with made-up data shown."""
    page = new_page(token=TOKEN)
    page.goto("/explore/start?synthetic=true")
    expect(page.locator("[aria-busy]")).to_have_count(0)
    return Hand(page)


@contextmanager
def within(hand: Hand, most: int, record: Callable[[str, object], None]) -> Iterator[None]:
    """Hold a task to its bounds."""
    begun = time.monotonic()
    yield
    taken = time.monotonic() - begun
    record("steps", hand.steps)
    record("seconds", round(taken, 1))
    assert hand.steps <= most
    assert taken < MOST_SECONDS


def heading(page: Page, name: str) -> None:
    """Wait until a page is shown."""
    expect(page.locator(".pane h1").first).to_contain_text(name)
    expect(page.locator("[aria-busy]")).to_have_count(0)


def searched(hand: Hand, text: str) -> None:
    """Search, and open what is found first."""
    hand.press("/")
    hand.type(text)
    hand.press("Enter")
    heading(hand.page, f"Search: {text}")
    expect(hand.page.locator(".hits a").first).to_be_visible()
    hand.press("ArrowDown", "Enter")


def test_find_from_whom_seattle_learned(
    hand: Hand, server: Running, record_property: Callable[[str, object], None]
) -> None:
    query = '{ city(id: "city/us-wa-seattle", synthetic: true) { lessons(first: 100) { nodes { from { nodes { name } } } } } }'
    lessons = server.ask(query, headers=dict(STEWARD)).json()["data"]["city"]["lessons"]["nodes"]
    from_whom = {each["name"] for lesson in lessons for each in lesson["from"]["nodes"]}
    assert len(from_whom) > 1
    with within(hand, 10, record_property):
        searched(hand, "Seattle")
        heading(hand.page, "Seattle")
        told = (
            hand.page.locator("section").filter(has=hand.page.get_by_role("heading", name=re.compile("learned"))).first
        )
        for name in from_whom:
            expect(told).to_contain_text(name)


def opened_portland(hand: Hand) -> None:
    """Open the cloud of Portland from the start page."""
    hand.tab("Clouds")
    hand.press("Enter")
    heading(hand.page, "Clouds of trust")
    hand.tab("Leaders of Portland")
    hand.press("Enter")
    heading(hand.page, "Leaders of Portland")


def test_find_who_can_introduce_two_people(hand: Hand, record_property: Callable[[str, object], None]) -> None:
    page = hand.page
    with within(hand, 60, record_property):
        opened_portland(hand)
        hand.tab("Find a person")
        names = page.get_by_role("table", name="People of this cloud").locator("tbody th").all_inner_texts()
        hand.type(names[3])
        hand.press("Enter")
        expect(page.locator(".who h2")).to_contain_text(names[3])
        hand.tab("Who can introduce")
        hand.type(names[-1])
        answer = page.locator(".introduce [role=status]")
        expect(answer).to_have_text(re.compile("Through .*: [0-9]+ steps|tied already|No chain"))


def test_compare_two_clouds(hand: Hand, record_property: Callable[[str, object], None]) -> None:
    page = hand.page
    with within(hand, 60, record_property):
        opened_portland(hand)
        hand.tab("Show another beside it")
        hand.press("Enter")
        expect(page.locator(".pane")).to_have_count(2)
        expect(page.locator("[aria-busy]")).to_have_count(0)
        hand.tab("All clouds")
        hand.press("Enter")
        expect(page.locator(".pane h1").last).to_have_text("Clouds of trust")
        expect(page.locator("[aria-busy]")).to_have_count(0)
        hand.tab("Leaders of Turin")
        hand.press("Enter")
        expect(page.locator(".compared")).to_contain_text("Leaders of Turin")
        expect(page.locator(".compared")).to_contain_text("Leaders of Portland")


def test_follow_a_lesson_to_its_outcome(hand: Hand, record_property: Callable[[str, object], None]) -> None:
    page = hand.page
    with within(hand, 40, record_property):
        hand.tab("Lessons")
        hand.press("Enter")
        heading(page, "Lessons")
        hand.tab("What is known")
        hand.type("what came of it")
        hand.tab("Show")
        hand.press("Enter")
        expect(page).to_have_url(re.compile("known=outcome"))
        heading(page, "Lessons")
        first = page.locator("main table tbody a").first
        lesson = first.inner_text()
        hand.tab(re.escape(lesson[:40]))
        hand.press("Enter")
        expect(page.locator(".statement")).to_contain_text(lesson)
        expect(page.locator(".drawing [data-kind=outcome]").first).to_be_visible()


def test_record_a_visit(
    hand: Hand, base: str, seeded: BlockingWriter, record_property: Callable[[str, object], None]
) -> None:
    page, title, api = hand.page, "Seattle in Oslo, by keyboard", Api(base)
    with cleaned(seeded), within(hand, 110, record_property):
        hand.tab("Record")
        hand.press("Enter")
        heading(page, "Record")
        hand.tab("Record a visit")
        hand.press("Enter")
        heading(page, "Record: Visit")
        hand.tab("Title")
        hand.type(title)
        hand.tab("Kind")
        hand.type("Study")
        hand.tab("Status")
        hand.type("Planned")
        hand.tab("Since")
        hand.type("2031-05")
        hand.tab("Who")
        hand.choose("Seattle")
        hand.tab("Who")
        hand.choose("Oslo")
        hand.tab("Sources")
        hand.choose("Bus rapid")
        hand.tab("Confidence")
        hand.type("Verified")
        hand.tab("Record it")
        hand.press("Enter")
        expect(page.locator("[data-result=recorded]")).to_be_focused()
        found = api.one("visits", "title visitors { nodes { id } }", title=title)
        assert found["visitors"]["nodes"] == [{"id": "city/us-wa-seattle"}]

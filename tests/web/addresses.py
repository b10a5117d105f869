"""The addresses of pages that every page's promises are tested on. A new view adds its own here.

Each has a picture of real seeds, or says why it is empty.
"""

import re
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page, expect

from tests.kit.browser import NewPage, Seen
from tests.web.conftest import TOKEN


@dataclass(frozen=True)
class Address:
    """A page. `token` says that the steward looks;

    `foreign` is a part that is another's, with the reason why it is exempt. `complains` is what the console says of a question
    that is refused.
    """

    name: str
    path: str
    token: bool = False
    ready: str = "main .pane .box:not([aria-busy])"
    foreign: tuple[str, str] | None = None
    complains: str | None = None

    def open(self, page: Page) -> None:
        """Go to the page and wait until it shows what it will show, its small pictures too."""
        page.goto(self.path)
        expect(page.locator(self.ready).first).to_be_visible()
        expect(page.locator("[aria-busy=true], .state.loading")).to_have_count(0)
        assert self.name == "no-such-page" or "No such page" not in page.title()
        if page.locator("main").count():
            assert [found[0] for found in ONE_OF_MANY.finditer(page.evaluate(COUNTS))] == []


ONE_OF_MANY = re.compile(r"(?<![\d.,’'])1(?: (?:new|more|stated))?\s(" + "|".join(
    ("adoptions", "agencies", "cities", "columns", "facts", "journeys", "lessons", "links", "pairs", "people", "practices",
     "questions", "rows", "steps", "surveys", "ties", "uses", "visits", "waves", "years")
) + r")\b")  # fmt: skip
COUNTS = """[document.querySelector('main').innerText,
  ...[...document.querySelectorAll('main [aria-label]')].map((each) => each.ariaLabel),
  ...[...document.querySelectorAll('main .numbers li')].map((each) => each.innerText)].join(' . ')"""
"""A wrong plural, and the text of a page where it may be: between a number of a tile and its name is a line break."""
LESSON = "lesson/us-il-chicago-from-br-23-porto-alegre-participatory-budgeting"
SEATTLE, PORTLAND = "city=city/us-wa-seattle", "city=city/us-or-portland"
ADDRESSES = (
    Address("start", "/explore/start"),
    Address("no-such-page", "/explore/100%"),
    Address("city", "/explore/city?id=city/pe-lma-lima"),
    Address("city-of-a-member", "/explore/city?id=city/us-wa-seattle&synthetic=true", token=True),
    Address("city-without-anything", "/explore/city?id=city/br-15-nova-lima"),
    Address("exchanges", "/explore/exchanges?from=2000&to=2020"),
    Address("no-exchanges", "/explore/exchanges?from=1801&to=1802"),
    Address("visit", "/explore/visit?id=visit/ca-08-toronto-2013-austin-10"),
    Address("fact", "/explore/fact?id=organization/port-of-seattle"),
    Address("fact-not-there", "/explore/fact?id=organization/none"),
    Address("clouds", "/explore/cloud?synthetic=true", token=True),
    Address("clouds-of-nobody", "/explore/cloud"),
    Address("cloud", f"/explore/cloud?{SEATTLE}&synthetic=true", token=True),
    Address("cloud-changes", f"/explore/cloud?{SEATTLE}&changes=true&synthetic=true", token=True),
    Address(
        "two-clouds",
        f"/explore/cloud?{SEATTLE}&synthetic=true&2.view=cloud&2.{PORTLAND}&2.synthetic=true",
        token=True,
    ),
    Address("cloud-refused", f"/explore/cloud?{SEATTLE}&synthetic=true", complains="status of 404"),
    Address("lessons", "/explore/lesson"),
    Address("lesson", f"/explore/lesson?id={LESSON}"),
    Address("practices", "/explore/practice"),
    Address("practice", "/explore/practice?id=practice/bus-rapid-transit"),
    Address("search", "/explore/search?q=bus rapid"),
    Address("search-without-a-hit", "/explore/search?q=qqqq"),
    Address("ask", "/explore/ask"),
    Address("record", "/explore/record", token=True),
    Address("record-visit", "/explore/record?of=Visit", token=True),
    Address("record-drafts", "/explore/record?part=drafts", token=True),
    Address("record-upload", "/explore/record?part=upload", token=True),
    Address(
        "editor",
        "/graphql",
        ready=".graphiql-execute-button",
        foreign=("#graphiql", "GraphiQL is used as it is published, and its own markup has findings"),
    ),
)
EXPLORER = tuple(each for each in ADDRESSES if each.path.startswith("/explore/"))


def opened(new_page: NewPage, seen: Seen, on: Address, **options: Any) -> Page:
    """Open an address in a page of its own."""
    page = new_page(token=TOKEN if on.token else None, **options)
    if on.complains:
        seen.expect(on.complains)
    on.open(page)
    return page

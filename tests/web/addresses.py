"""The addresses of pages that every page's promises are tested on. A new view adds its own here.

Each has a picture of real seeds, or says why it is empty.
"""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect


@dataclass(frozen=True)
class Address:
    """A page. `token` says that the steward looks; `foreign` is a part that is another's, with the reason why it is exempt."""

    name: str
    path: str
    token: bool = False
    ready: str = "main .pane .box:not([aria-busy])"
    foreign: tuple[str, str] | None = None

    def open(self, page: Page) -> Locator:
        """Go to the page and wait until it shows what it will show."""
        page.goto(self.path)
        ready = page.locator(self.ready).first
        expect(ready).to_be_visible()
        expect(page.locator("[aria-busy=true]")).to_have_count(0)
        return ready


ADDRESSES = (
    Address("start", "/explore/start"),
    Address("no-such-page", "/explore/nothing"),
    Address("clouds", "/explore/cloud?synthetic=true", token=True),
    Address("cloud", "/explore/cloud?city=city/us-wa-seattle&synthetic=true", token=True),
    Address(
        "editor",
        "/graphql",
        ready=".graphiql-execute-button",
        foreign=("#graphiql", "GraphiQL is used as it is published, and its own markup has findings"),
    ),
)
EXPLORER = tuple(each for each in ADDRESSES if each.path.startswith("/explore/"))

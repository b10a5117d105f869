"""Nothing that a viewer may not see reaches the browser: hidden facts change no byte of any response to a page.

A page is opened once for each viewer, and what it asked is asked again in another world. A page asks the same in both, because
it knows nothing of a world but the answers.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Request

from graph.access.grants import Role
from graph.cypher.fragments import Fragment
from graph.facts.write import Stamp
from tests.access.test_keys import Desk
from tests.conftest import NOW, SECRET
from tests.kit.browser import Seen, beside, opened_page
from tests.kit.oracle.world import World
from tests.kit.writer import BlockingWriter
from tests.web.addresses import EXPLORER, Address
from tests.web.conftest import TOKEN
from tests.web.hidden import BOARD, SEATTLE, hidden_rows

FORGET = Fragment("MATCH (n) WHERE n.id CONTAINS '/hidden-web-' DETACH DELETE n")
FORGET_TIES = Fragment("MATCH ()-[r]->() WHERE r.id CONTAINS '/hidden-web-' DELETE r")
FORGET_LOAD = Fragment("MATCH (n) WHERE n:_Load AND n.file = 'hidden-web.jsonl' OR n:_Key OR n:_Grant DETACH DELETE n")
NOT_COMPARED = ("date",)
"""Headers that say when, and nothing else."""
WHAT_IF = Address(
    "cloud-what-if", f"/explore/cloud?city={SEATTLE}&synthetic=true&without=elected&added={BOARD}", token=True
)
"""The elected leaders leave and a board meets; its figure is saved too."""
SHOWN_TO_MEMBERS = ("city-of-a-member", "clouds", "cloud", "cloud-what-if")
"""Pages that show a member of Seattle what everybody may not see."""
SHOWN_TO_PORTLAND = ("city", "exchanges", "visit", "fact", "cloud", "cloud-what-if", "lesson", "practice", "search")
"""Pages that show facts of `tests/web/hidden.py` to who may see them: the steward of all cities."""
VIEWERS = {
    "everybody": [*SHOWN_TO_MEMBERS, "city", "exchanges", "visit", "fact", "lessons", "lesson", "practice", "search"],
    "a member": [*SHOWN_TO_MEMBERS, "exchanges"],
}
PAGES = {on.name: on for on in (*EXPLORER, WHAT_IF)}


@dataclass(frozen=True)
class Asked:
    """A request of a page, without its viewer."""

    method: str
    path: str
    body: str | None
    content_type: str | None


Got = tuple[int, tuple[tuple[str, str], ...], bytes]
Recording = dict[Asked, Got]


def asked(request: Request, base: str) -> Asked:
    headers = request.all_headers()
    return Asked(request.method, request.url.removeprefix(base), request.post_data, headers.get("content-type"))


def heads(headers: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, value) for name, value in headers.items() if name not in NOT_COMPARED))


def recorded(browser: Browser, base: str, on: Address, token: str | None) -> Recording:
    """Open a page and return what it asked and got."""
    seen = Seen(base)
    page = opened_page(browser, seen, token)
    on.open(page)
    page.wait_for_load_state("networkidle")
    if on is WHAT_IF and token is not None:
        with page.expect_download():
            page.get_by_role("button", name="Save as SVG").click()
    made = {
        asked(response.request, base): (response.status, heads(response.all_headers()), response.body())
        for response in seen.responses
    }
    page.context.close()
    return made


def again(base: str, requests: Recording, token: str | None) -> Recording:
    """Ask the same again, as a viewer."""
    made: Recording = {}
    with httpx.Client(base_url=base, timeout=120) as client:
        for each in requests:
            headers = {"accept": "application/graphql-response+json"} if each.body else {"accept": "*/*"}
            headers |= {"authorization": f"Bearer {token}"} if token else {}
            headers |= {"content-type": each.content_type} if each.content_type else {}
            got = client.request(each.method, each.path, content=each.body, headers=headers)
            made[each] = (got.status_code, heads(dict(got.headers)), got.content)
    return made


@pytest.fixture
def hide(seeded: BlockingWriter, world: World, tmp_path: Path) -> Iterator[Callable[[], None]]:
    """Add hidden facts when called; take them away in the end."""

    def add() -> None:
        path = tmp_path / "hidden-web.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in hidden_rows(world)))
        with beside():
            (report,) = seeded.load([path], Stamp(SECRET, NOW))
        assert report.diff.problems == ()
        assert report.diff.created > 80

    yield add
    with beside():
        for statement in (FORGET_TIES, FORGET, FORGET_LOAD):
            seeded.alone(statement)


@pytest.fixture
def member(seeded: BlockingWriter) -> str:
    """The key of a member of Seattle."""
    desk = Desk(seeded, datetime.now(UTC))
    with beside():
        desk.grant(Role.MEMBER, SEATTLE)
        return desk.issue()[1]


def bodies(recording: Recording) -> list[tuple[str, int, bytes]]:
    """Return what does not depend on how it was packed on the way."""
    return [(each.path, status, body) for each, (status, _, body) in recording.items()]


def test_what_is_hidden_reaches_no_browser(chromium: Browser, base: str, member: str, hide: Callable[[], None]) -> None:
    tokens = {"everybody": None, "a member": member}
    opened = {
        (name, viewer): recorded(chromium, base, PAGES[name], tokens[viewer])
        for viewer, names in VIEWERS.items()
        for name in names
    }
    before = {key: again(base, asked, tokens[key[1]]) for key, asked in opened.items()}
    unlike = [key for key, found in opened.items() if bodies(found) != bodies(before[key])]
    assert unlike == [], "a page gets other bytes than who asks the same"
    same = [name for name in SHOWN_TO_MEMBERS if bodies(opened[name, "everybody"]) == bodies(opened[name, "a member"])]
    assert same == [], "a page shows a member no more than everybody"
    shown = {name: opened.get((name, "a member"), opened[name, "everybody"]) for name in SHOWN_TO_PORTLAND}
    steward = {name: again(base, asked, TOKEN) for name, asked in shown.items()}
    hide()
    after = {key: again(base, asked, tokens[key[1]]) for key, asked in opened.items()}
    changed = [(key, each.path) for key in opened for each in opened[key] if after[key][each] != before[key][each]]
    assert changed == []
    kept = [name for name, asked in shown.items() if again(base, asked, TOKEN) == steward[name]]
    assert kept == [], "these pages do not show the hidden facts to who may see them, so they prove nothing"

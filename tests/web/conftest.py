"""A server in local mode over the seeded database, and pages of a browser that reaches nothing else."""

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from playwright.sync_api import Browser, Page

from app.http.api import Service
from app.start.boot import trusted
from app.start.settings import Profile, Settings
from app.viewers.tokens import Viewers
from graph.bolt.connect import Address
from graph.question.compile import Limits
from graph.question.engine import Engine
from tests.conftest import Asker
from tests.http.running import Running, started
from tests.kit.browser import NewPage, Seen, browser, opened_page

TOKEN = "the-token-of-the-tests"


@pytest.fixture(scope="package")
def server(ask: Asker, address: Address, new_engine: Callable[[Limits], Engine]) -> Iterator[Running]:
    """The server; nothing is warmed beside the tests."""
    settings = Settings(profile=Profile.LOCAL, host="127.0.0.1", port=0, statement_seconds=120, measure_seconds=120)
    engine = new_engine(settings.limits())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.start.warm.PAUSE", 3_600)
        service = Service(engine, address, Viewers(TOKEN, ask.audiences), settings, trusted(settings, engine))
        with started(service) as running:
            yield running


@pytest.fixture(scope="package")
def base(server: Running) -> str:
    return f"http://127.0.0.1:{server.port}"


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


@pytest.fixture
def seen(base: str) -> Iterator[Seen]:
    """What the pages of a test did. At its end they asked for nothing elsewhere, and no console complains unexpectedly."""
    watched = Seen(base)
    yield watched
    watched.check()


@pytest.fixture
def new_page(chromium: Browser, seen: Seen) -> Iterator[NewPage]:
    """Open a page that shares nothing with others: `new_page(token=TOKEN, color_scheme="dark")`."""
    before = list(chromium.contexts)
    yield partial(opened_page, chromium, seen)
    for context in chromium.contexts:
        if context not in before:
            context.close()


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """A page of an anonymous viewer."""
    return new_page()

"""A server in local mode over the seeded database, and a page of a browser that reaches nothing else."""

from collections.abc import Callable, Iterator

import pytest

from app.http.api import Service
from app.start.boot import trusted
from app.start.settings import Profile, Settings
from app.viewers.tokens import Viewers
from graph.bolt.connect import Address
from graph.question.compile import Limits
from graph.question.engine import Engine
from tests.conftest import Asker
from tests.http.running import Running, started
from tests.kit.browser import Page, browser

TOKEN = "the-token-of-the-tests"


@pytest.fixture(scope="package")
def server(ask: Asker, address: Address, new_engine: Callable[[Limits], Engine]) -> Iterator[Running]:
    """The server; nothing is warmed beside the tests."""
    settings = Settings(profile=Profile.LOCAL, host="127.0.0.1", port=0, statement_seconds=120)
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
def new_page() -> Iterator[Callable[[], Page]]:
    with browser() as opened:
        yield opened


@pytest.fixture
def page(new_page: Callable[[], Page], base: str) -> Iterator[Page]:
    """A page; at its end it has asked for nothing elsewhere, and nothing was refused by its security policy."""
    opened = new_page()
    yield opened
    elsewhere = [url for url in opened.requests if not url.startswith((f"{base}/", "data:", "blob:"))]
    assert elsewhere == []
    assert [text for text in opened.complaints if "Content Security Policy" in text] == []

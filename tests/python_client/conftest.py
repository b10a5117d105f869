"""A server over the seeded database, and both clients of it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

import pytest

from app.http.api import Service
from app.viewers.tokens import Viewers
from citygraph_client import Client, Retries
from tests.conftest import SECRET, Asker
from tests.events.conftest import log
from tests.http.conftest import TOKEN, make_service, nothing_is_warmed
from tests.http.running import Running, started
from tests.python_client.both import Awaited
from tests.python_client.proxy import Proxy, proxied

__all__ = ["log", "make_service", "nothing_is_warmed"]

QUICK = Retries(tries=8, first=0.02, longest=2.0)
KINDS: dict[str, Callable[..., Any]] = {"sync": Client, "async": Awaited}
Connect = Callable[..., Any]


@pytest.fixture(scope="package")
def service(make_service: Callable[..., Service], ask: Asker) -> Callable[..., Service]:
    """Make services of which the steward sees everything. Their cursors have one secret, as those of one database have."""
    return lambda **given: replace(make_service(**given), viewers=Viewers(TOKEN, ask.audiences), secret=SECRET)


@pytest.fixture(scope="package")
def server(service: Callable[..., Service]) -> Iterator[Running]:
    with started(service()) as running:
        yield running


@pytest.fixture
def proxy(server: Running) -> Iterator[Proxy]:
    with proxied(server.port) as made:
        yield made


@pytest.fixture(params=KINDS)
def connect(request: pytest.FixtureRequest) -> Iterator[Connect]:
    """Make clients of one kind, of a port; they are closed."""
    with ExitStack() as stack:

        def made(port: int, token: str | None = None, **given: Any) -> Any:
            client = KINDS[request.param](f"http://127.0.0.1:{port}", token, **{"retries": QUICK, **given})
            stack.callback(client.close)
            return client

        yield made


@pytest.fixture
def client(connect: Connect, server: Running) -> Any:
    """A client of the steward."""
    return connect(server.port, TOKEN)

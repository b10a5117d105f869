"""The web application over the seeded database, in process and on a port of its own, in local mode and hardened."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app.http.api import Service, web_app
from app.start.boot import trusted
from app.start.settings import Profile, Settings
from app.viewers.tokens import Viewers
from graph.bolt.connect import Address
from graph.question.cursor import Cursors
from graph.question.engine import Engine
from schema.derived.graphql.build import core, schema
from schema.model import model
from tests.conftest import SECRET, native
from tests.http.running import Running, started
from tests.kit.writer import BlockingWriter

TOKEN = "the-token-of-the-tests"


class Client:
    """A synchronous client of an application in process."""

    def __init__(self, app: FastAPI, runner: asyncio.Runner) -> None:
        self.app = app
        self._runner = runner
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=True)
        self._client = httpx.AsyncClient(transport=transport, base_url="http://localhost")

    def request(self, method: str, path: str, **given: Any) -> httpx.Response:
        return self._runner.run(self._client.request(method, path, **given))

    def ask(self, query: Any, *, accept: str = "application/graphql-response+json", **more: Any) -> httpx.Response:
        headers = {"accept": accept, **more.pop("headers", {})}
        return self.request("POST", "/graphql", json={"query": query, **more}, headers=headers)


@pytest.fixture(scope="session", autouse=True)
def nothing_is_warmed() -> Iterator[None]:
    """Keep servers from asking questions of their own, but where a test wants it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.start.warm.PAUSE", 3_600)
        patch.setattr("app.viewers.audiences.EVERY", 3_600)
        yield


@pytest.fixture(scope="session")
def make_service(seeded: BlockingWriter, address: Address) -> Callable[..., Service]:
    """Make a service with some settings."""

    def make(**given: Any) -> Service:
        settings = Settings(**{"profile": Profile.LOCAL, "host": "127.0.0.1", "port": 0, "synthetic": True, **given})
        engine = Engine(core(schema()), model(), settings.limits(), Cursors(SECRET), native())
        viewers = Viewers(TOKEN if settings.local else None, ("2:us-wa-seattle", "2:us-wa-seattle@report"))
        return Service(engine, address, viewers, settings, trusted(settings, engine))

    return make


@pytest.fixture(scope="session")
def make_client(make_service: Callable[..., Service], runner: asyncio.Runner) -> Iterator[Callable[..., Client]]:
    """Make a client of a server with some settings."""
    opened: list[Client] = []

    def make(**given: Any) -> Client:
        client = Client(web_app(make_service(**given)), runner)
        opened.append(client)
        return client

    yield make
    for client in opened:
        runner.run(_close(client))


async def _close(client: Client) -> None:
    async with client.app.router.lifespan_context(client.app):
        await client._client.aclose()


@pytest.fixture
def running(make_service: Callable[..., Service]) -> Iterator[Callable[..., Running]]:
    """Start servers on ports of their own, with some settings."""
    with ExitStack() as stack:
        yield lambda **given: stack.enter_context(started(make_service(**given)))


@pytest.fixture(scope="session")
def client(make_client: Callable[..., Client]) -> Client:
    return make_client()

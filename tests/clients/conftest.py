"""A server over the seeded database, as clients find it, and a workspace with the clients that Node runs."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from app.http.api import Service
from app.start.boot import trusted
from app.start.settings import Profile, Settings
from app.viewers.tokens import Viewers
from graph.bolt.connect import Address
from graph.question.cursor import Cursors
from graph.question.engine import Engine
from schema.derived.graphql.build import core, schema
from schema.model import model
from tests.clients.node import Workspace, workspace
from tests.conftest import SECRET, Asker, native
from tests.events.conftest import log
from tests.http.running import Running, started
from tests.kit.oracle.view import View, Viewer
from tests.kit.oracle.world import World

__all__ = ["log"]

TOKEN = "the-token-of-the-tests"


@pytest.fixture(scope="package")
def server(ask: Asker, address: Address) -> Iterator[Running]:
    """A server in local mode. It shows made-up facts, because the people of the seeds are; nothing is warmed."""
    settings = Settings(profile=Profile.LOCAL, host="127.0.0.1", port=0, statement_seconds=60, synthetic=True)
    engine = Engine(core(schema()), model(), settings.limits(), Cursors(SECRET), native())
    service = Service(engine, address, Viewers(TOKEN, ask.audiences), settings, trusted(settings, engine))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.start.warm.PAUSE", 3_600)
        with started(service) as running:
            yield running


@pytest.fixture(scope="package")
def url(server: Running) -> str:
    return f"http://127.0.0.1:{server.port}/graphql"


@pytest.fixture(scope="package")
def node(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return workspace(tmp_path_factory.mktemp("node"))


@dataclass(frozen=True)
class Rows:
    """What the rows say that are loaded, to somebody anonymous."""

    view: View

    def all(self, label: str) -> list[str]:
        """Return the ids of the facts of a label."""
        return [entry.fact.id for entry in self.view.all(label)]

    def related(self, id_: str, field: str) -> list[str]:
        """Return the ids of the facts that a field leads to."""
        fact = self.view.find(id_)
        assert fact is not None
        return [entry.fact.id for entry in self.view.related(fact, model().routes[fact.label][field])]


@pytest.fixture(scope="session")
def rows(world: World) -> Rows:
    return Rows(View(world, Viewer(), synthetic=True))

"""A server over the seeded database and published networks, which are taken out again."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from app.http.api import Service
from app.viewers.tokens import Viewers
from graph.cypher.fragments import Fragment
from graph.facts.write import Stamp
from tests.clouds.rosters import rows, write
from tests.conftest import SECRET
from tests.http.conftest import TOKEN, make_service, nothing_is_warmed
from tests.http.running import Running, started
from tests.kit.audiences import audiences_of
from tests.kit.oracle.world import World
from tests.kit.writer import BlockingWriter
from tests.measures.test_direction import ASSOCIATES

__all__ = ["make_service", "nothing_is_warmed"]
LATER = datetime(2026, 4, 1, tzinfo=UTC)
FORGET = Fragment("MATCH (n) WHERE n.recordedAt >= $q.at DETACH DELETE n")
FORGET_FILE = Fragment("MATCH (l:_Load {file: $q.file}) DETACH DELETE l")
NETWORKS = (
    rows("kite"),
    rows("karate"),
    rows("flo_marriage"),
    rows("flo_marriage", without=("Pucci",), called="flo15"),
    rows("ht_advice"),
    rows("ht_friends"),
    rows("ht_reports"),
    rows("ht_reports", turned=True, called="ht_chart"),
    rows("law_advice"),
    rows("law_friends"),
    rows("law_cowork", without=ASSOCIATES, called="law_partners"),
)


@pytest.fixture(scope="package")
def published(seeded: BlockingWriter, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BlockingWriter]:
    """The database with the published networks."""
    path = write(tmp_path_factory.mktemp("networks"), *NETWORKS)
    (report,) = seeded.load([path], Stamp(SECRET, LATER))
    assert not report.diff.problems, report.diff.problems[:3]
    yield seeded
    seeded.read(FORGET, at=LATER)
    seeded.read(FORGET_FILE, file=path.name)


Ask = Callable[..., dict[str, Any]]


@pytest.fixture(scope="package")
def all_seeing(published: BlockingWriter, world: World, make_service: Callable[..., Service]) -> Callable[..., Service]:
    """Make a service whose steward sees the networks of all cities; other tests may have taken audiences out of the database."""
    return lambda **given: replace(make_service(**given), viewers=Viewers(TOKEN, audiences_of(world)))


@pytest.fixture(scope="package")
def server(all_seeing: Callable[..., Service]) -> Iterator[Running]:
    """A server with one process that measures."""
    with started(all_seeing()) as running:
        yield running


@pytest.fixture(scope="package")
def ask(server: Running) -> Ask:
    """Ask a question as the steward, or as the viewer of a token, and return its whole answer."""

    def asked(query: str, token: str | None = TOKEN, **variables: Any) -> dict[str, Any]:
        headers = {"authorization": f"Bearer {token}"} if token else {}
        answer: dict[str, Any] = server.ask(query, variables=variables, headers=headers).json()
        return answer

    return asked

"""The seeded database with its log; what a test writes is deleted after it, but not from the log. Its ids contain `/log-`."""

import asyncio
from collections.abc import Iterator

import pytest

from graph.bolt.read import Reader, Sessions
from graph.cypher.fragments import Fragment
from tests.events.log import Log
from tests.http.conftest import make_client, make_service, nothing_is_warmed, running
from tests.kit.writer import BlockingWriter

__all__ = ["make_client", "make_service", "nothing_is_warmed", "running"]

FORGET = Fragment(
    "MATCH (n) WHERE n.id CONTAINS '/log-' OR n:_Audience AND n.audience CONTAINS 'us-or-portland' DETACH DELETE n"
)


@pytest.fixture
def log(seeded: BlockingWriter, sessions: Sessions, runner: asyncio.Runner) -> Iterator[Log]:
    yield Log(seeded, Reader(sessions, 60), runner)
    seeded.alone(FORGET)

"""Servers that keep answers, and facts that tests change. What a test writes has `/kept-` in its id and is deleted after it."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

import pytest

from app.http.answering import Encoded
from app.http.api import Service
from graph.answers.kept import BOUND, Answers
from graph.bolt.read import Reader, Sessions
from graph.cypher.fragments import Fragment
from tests.conftest import SECRET
from tests.events.log import CLEAR, SOURCE, STATED, Log
from tests.http.conftest import TOKEN, make_service, nothing_is_warmed
from tests.http.running import PATIENCE, Running, started
from tests.kit.writer import BlockingWriter

__all__ = ["make_service", "nothing_is_warmed"]

FORGET = Fragment("MATCH (n) WHERE n.id CONTAINS '/kept-' OR n:_Load AND n.file = 'kept.jsonl' DETACH DELETE n")
TOPIC, PRACTICE, UNDER = "topic/kept-0", "practice/kept-%d", "under/practice/kept-%d/topic/kept-0"
MOST = 8
"""Megabytes of answers."""
STEWARD = {"authorization": f"Bearer {TOKEN}"}


def practice(at: int, **more: Any) -> dict[str, Any]:
    """Return the row of a practice."""
    return {"label": "Practice", "id": PRACTICE % at, "name": f"Kept {at}", "summary": "0", **CLEAR, **STATED, **more}


def under(at: int, **more: Any) -> dict[str, Any]:
    """Return the row of the relationship from a practice to its topic."""
    return {"type": "UNDER", "from": PRACTICE % at, "to": TOPIC, "note": "0", **STATED, **more}


@pytest.fixture
def log(seeded: BlockingWriter, sessions: Sessions, runner: Any) -> Iterator[Log]:
    """Four practices of one topic. What this writes is written by another process, as a server sees it."""
    made = Log(seeded, Reader(sessions, 60), runner)
    topic = {"label": "Topic", "id": TOPIC, "name": "Kept topic", **STATED}
    made.put(topic, *(practice(at) for at in range(4)), *(under(at) for at in range(4)))
    yield made
    seeded.alone(FORGET)


@pytest.fixture
def running(make_service: Callable[..., Service]) -> Iterator[Callable[..., Running]]:
    """Start servers with some settings, which know the secret of the facts that tests write."""
    with ExitStack() as stack:
        yield lambda **given: stack.enter_context(started(replace(make_service(**given), secret=SECRET)))


@pytest.fixture
def server(running: Callable[..., Running], log: Log) -> Running:
    """A server that keeps answers, and has looked at the database."""
    return looked(running(answer_cache=MOST))


def looked(server: Running) -> Running:
    """Wait until a server serves what it keeps."""
    look_again(server)
    return server


def look_again(server: Running) -> None:
    """Wait for a look that began after now, while answers are in use."""
    answers = kept(server)
    begun = time.monotonic()
    while answers._sure_until < begun + BOUND:
        assert time.monotonic() < begun + PATIENCE, "the server does not look"
        server.ask("{ __typename }")
        time.sleep(0.01)


def kept(server: Running) -> Answers[Encoded]:
    """Return the answers that a server keeps."""
    answers = server.server.answering.answers
    assert answers is not None
    return answers


def ask(server: Running, query: str, *, steward: bool = False, **variables: Any) -> Any:
    """Ask a server; return the data."""
    answer = server.ask(query, variables=variables, headers=STEWARD if steward else {}).json()
    assert "errors" not in answer, answer
    return answer["data"]


def hits(server: Running, query: str, *, steward: bool = False, **variables: Any) -> int:
    """Ask, and tell how many answers came from what is kept."""
    before = kept(server).hits
    ask(server, query, steward=steward, **variables)
    return kept(server).hits - before


def upsert(at: int, **more: Any) -> str:
    """Write a mutation that changes a practice."""
    fields = " ".join(f'{name}: "{value}"' for name, value in more.items())
    row = f'key: {{id: "{PRACTICE % at}"}} {fields}'
    return f"mutation {{ upsertPractices(rows: [{{{row}}}]) {{ changed problems {{ message }} }} }}"


def relate(at: int, note: str) -> str:
    """Write a mutation that states the relationship of a practice to its topic."""
    row = f'from: "{PRACTICE % at}" to: "{TOPIC}" confidence: REPORTED sources: ["{SOURCE}"] note: "{note}"'
    return f"mutation {{ upsertUnder(rows: [{{{row}}}]) {{ created changed problems {{ message }} }} }}"

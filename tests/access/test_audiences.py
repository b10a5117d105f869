"""A running server learns of audiences that another process loads: its steward sees their facts, and nobody else does."""

import asyncio
import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.start.settings import Profile
from app.viewers.audiences import follow
from app.viewers.tokens import Viewers
from graph.bolt.read import Note, Reader, ignore
from graph.cypher.fragments import Fragment
from graph.errors import Unavailable
from graph.facts.diff import Diff
from graph.facts.write import Stamp
from tests.conftest import SECRET
from tests.http.conftest import TOKEN
from tests.http.running import Running
from tests.kit.writer import BlockingWriter

AUDIENCE = "3:pe-lma-lima"
FORGET = Fragment(
    "MATCH (n) WHERE n.id = 'visit/audience-1' OR n:_Load AND n.file = 'audience.jsonl' "
    "OR n:_Audience AND n.audience STARTS WITH '3:pe-lma-lima' DETACH DELETE n"
)
ROW = (
    '{"label": "Visit", "id": "visit/audience-1", "title": "V", "kind": "MISSION", "status": "HELD", '
    '"confidence": "SYNTHETIC", "marking": "RED", "holders": ["city/pe-lma-lima%s"]}\n'
)
SEEN = '{ visit(id: "visit/audience-1") { title } }'
STEWARD = {"authorization": f"Bearer {TOKEN}"}
SECONDS = 10


@pytest.fixture
def loads(seeded: BlockingWriter, tmp_path: Path) -> Iterator[Callable[[str], None]]:
    """Load a fact of an audience that no server knows; it is forgotten afterwards."""

    def red(suffix: str = "") -> None:
        path = tmp_path / "audience.jsonl"
        path.write_text(ROW % suffix)
        (report,) = seeded.load([path], Stamp(SECRET, datetime(2026, 2, 1, tzinfo=UTC)))
        assert report.diff == Diff(created=1)

    yield red
    seeded.unit(lambda unit: unit.run(FORGET))


def sees(server: Running, headers: dict[str, str]) -> bool:
    answer = server.ask(SEEN, headers=dict(headers))
    assert answer.status_code == 200
    return answer.json()["data"]["visit"] is not None


def state(server: Running) -> Any:
    return server.server.config.app.state  # type: ignore[union-attr]  # the application that the server was given


def test_the_steward_sees_what_was_loaded_since_the_start_and_anonymous_never_does(
    running: Callable[..., Running], loads: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.viewers.audiences.EVERY", 0.2)
    server = running()
    loads()
    server.until(lambda: sees(server, STEWARD), "the steward sees the fact", SECONDS)
    assert not sees(server, {})


def test_a_server_that_does_not_look_shows_that_the_test_proves_something(
    running: Callable[..., Running], loads: Callable[..., None]
) -> None:
    server = running()
    loads()
    assert not sees(server, STEWARD)


def test_the_steward_never_sees_what_is_for_reports(
    running: Callable[..., Running], loads: Callable[..., None], seeded: BlockingWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.viewers.audiences.EVERY", 0.1)
    server = running()
    viewers = state(server).graphql.app.viewing.viewers
    loads("@report")
    server.until(lambda: f"{AUDIENCE}@report" in viewers.audiences, "the audience is read", SECONDS)
    assert not sees(server, STEWARD)
    assert not sees(server, {})


def test_a_hardened_server_looks_too_because_keys_open_audiences(
    running: Callable[..., Running], loads: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.viewers.audiences.EVERY", 0.1)
    server = running(profile=Profile.HARDENED)
    viewers = state(server).graphql.app.viewing.viewers
    loads()
    server.until(lambda: AUDIENCE in viewers.audiences, "the audience is read", SECONDS)
    assert not sees(server, {})


def test_a_look_that_fails_is_logged_and_tried_again_and_loses_nothing(
    runner: asyncio.Runner, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("app.viewers.audiences.EVERY", 0.01)
    answers = [["2:a", "2:b"], Unavailable("away"), Unavailable("away"), [], ["2:c"]]
    viewers = Viewers("token", ("2:us-wa-seattle",))
    known = []

    class Failing(Reader):
        def __init__(self) -> None:
            pass

        async def value(self, text: str, parameters: dict[str, object], name: str, note: Note = ignore) -> object:
            known.append(viewers.audiences)
            if not answers:
                raise asyncio.CancelledError
            answer = answers.pop(0)
            if isinstance(answer, Exception):
                raise answer
            return answer

    with caplog.at_level(logging.WARNING), pytest.raises(asyncio.CancelledError):
        runner.run(follow(Failing(), viewers))
    ab = ("2:us-wa-seattle", "2:a", "2:b")
    assert known == [("2:us-wa-seattle",), ab, ab, ab, ab, (*ab, "2:c")]
    logged = [vars(record) for record in caplog.records if record.name == "app.viewers.audiences"]
    assert [(each["code"], each["again_in_seconds"]) for each in logged] == [
        ("UNAVAILABLE", 0.02),
        ("UNAVAILABLE", 0.04),
    ]


def test_the_looks_end_with_the_server(running: Callable[..., Running], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.viewers.audiences.EVERY", 0.01)
    server = running()
    task = state(server).following
    assert not task.done()
    server.server.should_exit = True
    server.thread.join(30)
    assert task.cancelled()

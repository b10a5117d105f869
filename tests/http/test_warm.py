"""Warming: the first user of a trusted document does not wait for a plan; what cannot be warmed is logged, no more."""

import asyncio
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from app.http.api import Service
from app.start.warm import Warming, shapes, warm
from app.viewers.stored import StoredKeys
from app.viewers.tokens import ANONYMOUS, Viewers
from graph.bolt.read import Note, Reader, ignore
from graph.cypher.fragments import Fragment
from seeds import QUESTIONS
from tests.conftest import Asker
from tests.http.conftest import TOKEN
from tests.http.running import Running
from tests.kit.writer import BlockingWriter

FORGET = Fragment("CALL db.clearQueryCaches()")
AFRESH = tuple(Fragment(f"CALL db.stats.{step}('QUERIES')") for step in ("stop", "clear", "collect"))
PLANNED = Fragment(
    "CALL db.stats.retrieve('QUERIES') YIELD data RETURN data.query AS query, data.invocations AS invocations"
)
ASKED = ("how-bus-rapid-transit-spread", "ppp-from-london", "where-seattle-went", "lighthouses-and-fellows")


@dataclass(frozen=True)
class Noting(Reader):
    """A reader that keeps the names of the operations that it reads for."""

    asked: list[str] = field(default_factory=list)

    async def value(self, text: str, parameters: dict[str, object], name: str, note: Note = ignore) -> object:
        self.asked.append(name)
        return await super().value(text, parameters, name, note)

    async def packed(self, text: str, parameters: dict[str, object], name: str, note: Note = ignore) -> bytes:
        self.asked.append(name)
        return await super().packed(text, parameters, name, note)


def planning(server: Running, database: BlockingWriter) -> list[int]:
    """Ask some trusted documents once, for both shapes of rights; return how long the database says it planned each."""
    for number, step in enumerate(AFRESH):
        answered = database.read(step)
        assert number == 0 or answered[0]["success"], answered
    for headers in ({}, {"authorization": f"Bearer {TOKEN}"}):
        for document_id in ASKED:
            assert server.ask("", documentId=document_id, headers=dict(headers)).status_code == 200
    known = [row["invocations"] for row in database.read(PLANNED) if row["query"].startswith("RETURN [")]
    return [each["elapsedCompileTimeInUs"] for invocations in known for each in invocations]


def test_the_first_question_to_a_warmed_server_is_not_planned(
    running: Callable[..., Running], seeded: BlockingWriter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ASKED:
        shutil.copy(QUESTIONS / f"{name}.graphql", tmp_path)
    seeded.alone(FORGET)
    cold = planning(running(trusted_dir=tmp_path), seeded)
    seeded.alone(FORGET)
    monkeypatch.setattr("app.start.warm.PAUSE", 0)
    server = running(trusted_dir=tmp_path)
    state = server.server.config.app.state  # type: ignore[union-attr]  # the application that the server was given
    server.until(state.warming.done, "every document is warm", 120)
    warmed = planning(server, seeded)
    assert len(cold) == len(warmed) == 2 * len(ASKED)
    assert sum(warmed) * 10 < sum(cold), (cold, warmed)


def test_a_server_answers_while_it_warms_and_stops_in_the_middle(
    running: Callable[..., Running], seeded: BlockingWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeded.alone(FORGET)
    monkeypatch.setattr("app.start.warm.PAUSE", 0)
    server = running()
    time.sleep(0.5)
    assert server.ask("{ cities { totalCount } }").status_code == 200
    assert not server.server.config.app.state.warming.done()  # type: ignore[union-attr]  # the application that it was given


def test_every_shape_of_rights_is_warmed_once(offline: Asker) -> None:
    assert shapes(Viewers(None, ("2:us-wa-seattle",))) == [ANONYMOUS]
    assert shapes(Viewers("token", ())) == [Viewers("token", ()).steward()]
    assert [rights.by_audience for rights in shapes(Viewers("token", ("2:us-wa-seattle",)))] == [False, True]
    with_keys = Viewers(None, ("2:us-wa-seattle",), StoredKeys(offline.reader))
    assert [rights.by_audience for rights in shapes(with_keys)] == [False, True]


def test_what_cannot_be_warmed_is_logged_and_the_others_are_warmed(
    make_service: Callable[..., Service],
    ask: Asker,
    runner: asyncio.Runner,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    (tmp_path / "a.graphql").write_text("query A($id: ID!) { city(id: $id) { name } }")
    (tmp_path / "b.graphql").write_text("query B { cities { totalCount } } query C { __typename }")
    service = make_service(trusted_dir=tmp_path)
    reader = Noting(ask.reader.sessions)
    monkeypatch.setattr("app.start.warm.PAUSE", 0)
    runner.run(warm(Warming(service.engine, reader), service.viewers, replace(service.trusted, pages=())))
    assert reader.asked == ["B", "B"]
    logged = [vars(record) for record in caplog.records if record.levelname == "WARNING"]
    assert {(each["document"], each["code"]) for each in logged} == {("a", "BAD_USER_INPUT")}


def test_what_pages_ask_first_is_warmed_for_both_shapes_and_within_its_time(
    make_service: Callable[..., Service],
    ask: Asker,
    runner: asyncio.Runner,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    service = make_service()
    trusted = replace(service.trusted, documents=())
    monkeypatch.setattr("app.start.warm.PAUSE", 0)
    monkeypatch.setattr("app.start.warm.PAGES_SECONDS", 300)

    def asked() -> list[str]:
        reader = Noting(ask.reader.sessions, 120)
        runner.run(warm(Warming(service.engine, reader), service.viewers, trusted))
        return reader.asked

    opened = asked()
    assert {"ExplorerStart", "ExplorerCity", "ExplorerLesson", "ExplorerSearch"} <= set(opened)
    assert set(map(opened.count, opened)) == {2}
    assert [each for each in opened if "Draft" in each or "Upsert" in each] == []
    assert [each.message for each in caplog.records if each.levelname == "WARNING"] == []
    monkeypatch.setattr("app.start.warm.PAGES_SECONDS", 0)
    assert asked() == []

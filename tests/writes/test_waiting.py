"""A write that waits for somebody else's lock: it succeeds when the lock is free, or says that it may be repeated."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from graph.cypher.facts import LOCK
from graph.cypher.fragments import Fragment
from graph.question.engine import Answer, Question
from graph.question.turns import AtOnce
from tests.writes.conftest import Mutate
from tests.writes.test_together import UPSERT
from tests.writes.test_upsert import SOURCE, visit

TITLED = Fragment("MATCH (v:Visit {title: $q.title}) RETURN v.id AS id")


async def locked(mutate: Mutate, seconds: float, work: Coroutine[Any, Any, Answer]) -> Answer:
    """Do work while a transaction of another program holds the lock, for so many seconds or until the work ends."""
    writer = mutate.writer.writer
    async with writer.driver.session(database=writer.database) as session, await session.begin_transaction() as foreign:
        await (await foreign.run(LOCK.text)).consume()
        working = asyncio.ensure_future(work)
        await asyncio.wait({working}, timeout=seconds)
        await foreign.rollback()
        return await working


def asked(mutate: Mutate, row: dict[str, Any]) -> Coroutine[Any, Any, Answer]:
    question = Question(UPSERT, {"rows": [row], "id": "waits-1"})
    return mutate.mutations.answer(question, mutate.steward, mutate.writer.writer, AtOnce())


@pytest.fixture
def row(mutate: Mutate) -> dict[str, Any]:
    return visit(mutate.upsert("Sources", SOURCE)["nodes"][0]["id"], title="Waits")


def test_a_write_waits_for_a_lock_that_somebody_else_holds(mutate: Mutate, row: dict[str, Any]) -> None:
    answer = mutate.runner.run(locked(mutate, 0.5, asked(mutate, row)))
    assert not answer.errors
    assert answer.data is not None
    assert answer.data["upsertVisits"]["created"] == 1


def test_a_write_that_waits_too_long_says_so_and_succeeds_when_it_is_repeated(
    mutate: Mutate, row: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as short:
        short.setattr("graph.mutations.failures.SECONDS", 0.5)
        answer = mutate.runner.run(locked(mutate, 60, asked(mutate, row)))
    (error,) = answer.errors
    assert error.code == "TIMEOUT"
    assert "Repeat it with the same `requestId`" in error.message
    assert answer.data == {"upsertVisits": None}
    assert mutate.writer.read(TITLED, title="Waits") == []
    first, again = (mutate.runner.run(asked(mutate, row)) for _ in range(2))
    assert not first.errors
    assert first.data == again.data
    assert len(mutate.writer.read(TITLED, title="Waits")) == 1


def test_who_waited_for_another_write_is_later_than_it(mutate: Mutate, row: dict[str, Any]) -> None:
    """The clock stands still: still each write has a time of its own, in the order of the log."""
    mutate.mutations.clock = lambda: mutate.clock.at
    text = "mutation ($rows: [VisitInput!]!) { upsertVisits(rows: $rows) { nodes { id updatedAt } } }"
    (first,) = mutate.data(text, {"rows": [row]})["upsertVisits"]["nodes"]
    change = {"key": {"id": first["id"]}, "note": "changed"}
    (second,) = mutate.data(text, {"rows": [change]})["upsertVisits"]["nodes"]
    assert second["updatedAt"] > first["updatedAt"]
    stale = {**change, "note": "lost", "expectedUpdatedAt": first["updatedAt"]}
    assert [problem["code"] for problem in mutate.upsert("Visits", stale)["problems"]] == ["CONFLICT"]

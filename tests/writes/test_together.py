"""Writers at the same time: one fact for one name, one answer for one request, no event lost."""

import asyncio
from typing import Any

from graph.cypher.fragments import Fragment
from graph.question.engine import Answer, Question
from graph.question.turns import AtOnce
from tests.writes.conftest import Mutate
from tests.writes.test_upsert import SOURCE, visit

UPSERT = """mutation ($rows: [VisitInput!]!, $id: ID) { upsertVisits(rows: $rows, requestId: $id) {
  created changed same problems { code } nodes { id } } }"""
EVENTS = Fragment(
    "MATCH (e:_Event) WHERE e.fact IN $q.ids RETURN e.seq AS seq, e.fact AS id, e.actor AS actor ORDER BY seq"
)
WRITERS = 8


def together(mutate: Mutate, *variables: dict[str, Any]) -> list[Answer]:
    """Run the same mutation with different variables at the same time."""

    async def every() -> list[Answer]:
        asked = [
            mutate.mutations.answer(Question(UPSERT, each), mutate.steward, mutate.writer.writer, AtOnce())
            for each in variables
        ]
        return list(await asyncio.gather(*asked))

    return mutate.runner.run(every())


def payloads(answers: list[Answer]) -> list[Any]:
    assert [answer.errors for answer in answers] == [()] * len(answers)
    return [(answer.data or {})["upsertVisits"] for answer in answers]


def test_writers_of_one_name_make_one_fact(mutate: Mutate) -> None:
    source = mutate.upsert("Sources", SOURCE)["nodes"][0]["id"]
    rows = [visit(source, key={"title": "Seattle in Oslo"}, note=f"writer {at}") for at in range(WRITERS)]
    done = payloads(together(mutate, *({"rows": [row]} for row in rows)))
    assert len({each["nodes"][0]["id"] for each in done}) == 1
    assert sum(each["created"] for each in done) == 1
    assert sum(each["changed"] for each in done) == WRITERS - 1


def test_one_request_sent_often_is_one_write(mutate: Mutate) -> None:
    source = mutate.upsert("Sources", SOURCE)["nodes"][0]["id"]
    done = payloads(together(mutate, *[{"rows": [visit(source)], "id": "r-1"}] * WRITERS))
    assert done == [done[0]] * WRITERS
    assert done[0]["created"] == 1


def test_every_write_is_in_the_log_once_with_its_writer(mutate: Mutate) -> None:
    source = mutate.upsert("Sources", SOURCE)["nodes"][0]["id"]
    done = payloads(together(mutate, *({"rows": [visit(source, title=f"V{at}")]} for at in range(WRITERS))))
    ids = [each["nodes"][0]["id"] for each in done]
    events = mutate.writer.read(EVENTS, ids=ids)
    assert sorted(event["id"] for event in events) == sorted(ids)
    assert {event["actor"] for event in events} == {"steward"}
    numbers = [event["seq"] for event in events]
    assert numbers == list(range(numbers[0], numbers[0] + WRITERS))

"""Every write appends to the log in its own transaction: what happened, in the order of the commits, without gaps or values."""

import asyncio
import random
from typing import Any

import pytest

from graph.bolt.write import Unit
from graph.cypher.fragments import Fragment
from tests.events.log import AMBER, LEARNED, LEARNED_ID, LESSON, PORTLAND, SEATTLE, SOURCE, STATED, Log, put_rows, stamp

WRITERS, TIMES = 8, 12
STATEMENT = Fragment("MATCH (n:Fact {id: 'lesson/log-1'}) RETURN n.statement AS statement")


def without(event: dict[str, Any]) -> dict[str, Any]:
    """Leave out the number, which depends on the tests before."""
    return {key: value for key, value in event.items() if key != "seq"}


def test_new_facts_are_logged_with_their_ends_and_their_access(log: Log) -> None:
    log.put(LESSON, LEARNED, actor="steward")
    node, relationship = log.stored()
    common = {"did": "CREATED", "actor": "steward", "level": 0, "audience": "0", "at": node["at"]}
    assert node["at"].to_native() == stamp().now
    assert without(node) == {**common, "of": "Lesson", "fact": "lesson/log-1"}
    ends = {"start": SEATTLE, "end": "lesson/log-1"}
    assert without(relationship) == {**common, "of": "LEARNED", "fact": LEARNED_ID, **ends}


def test_a_change_is_logged_with_the_names_of_its_fields_and_no_value(log: Log) -> None:
    log.put({**LESSON, "note": "before", "since": "2001"})
    log.put({**LESSON, "statement": "Secret text", "since": "2002-05"}, day=2)
    change = log.stored()[1]
    assert change["fields"] == ["note", "since", "statement"]
    assert (change["did"], change["fact"], change["seq"]) == ("CHANGED", "lesson/log-1", log.start.seq + 2)
    told = str(change)
    assert not [value for value in ("Secret", "2002", "before", "2001") if value in told.replace(str(change["at"]), "")]


def test_a_change_of_access_is_logged_with_both(log: Log) -> None:
    log.put(LESSON)
    log.put({**LESSON, **AMBER}, day=2)
    log.put({**LESSON, **AMBER, "holders": [PORTLAND, SEATTLE]}, day=3)
    log.put({**LESSON, **AMBER, "holders": [PORTLAND, SEATTLE], "confidence": "SYNTHETIC"}, day=4)
    _, raised, shared, made_up = log.stored()
    assert (raised["fields"], raised["kept"]) == (["marking"], ["holders"])
    assert [raised[key] for key in ("wasLevel", "wasAudience", "level", "audience")] == [0, "0", 2, "2:us-or-portland"]
    assert ("fields" not in shared, shared["kept"]) == (True, ["holders"])
    assert shared["audience"] == "2:us-or-portland+us-wa-seattle"
    assert (made_up["fields"], made_up["level"], made_up["audience"][0]) == (["confidence"], 6, "s")


def test_references_are_logged_by_the_ids_that_came_and_went(log: Log) -> None:
    other = {"label": "Source", "id": "source/log-1", "title": "S", "confidence": "VERIFIED"}
    log.put(LESSON, other)
    log.put({**LESSON, "sources": [SOURCE, "source/log-1"]}, day=2)
    log.put({**LESSON, "sources": ["source/log-1"]}, day=3)
    added, removed = log.stored()[2:]
    assert (added["fields"], added["refs"]) == (["sources"], ["sources source/log-1"])
    assert (removed["fields"], removed["refs"]) == (["sources"], [f"sources {SOURCE}"])


def test_a_unique_value_that_moves_is_a_change_of_both_facts(log: Log) -> None:
    city = {"label": "City", "name": "C", **STATED}
    one, two = {**city, "id": "city/log-1", "geonamesId": 10**12 + 71}, {**city, "id": "city/log-2"}
    log.put(one, two)
    log.put({**one, "geonamesId": None}, {**two, "geonamesId": 10**12 + 71}, day=2)
    assert [(event["fact"], event["fields"]) for event in log.stored()[2:]] == [
        ("city/log-1", ["geonamesId"]),
        ("city/log-2", ["geonamesId"]),
    ]


def test_what_stays_the_same_is_not_logged(log: Log) -> None:
    log.put(LESSON, LEARNED)
    log.put(LESSON, {**LEARNED, "since": "2001"}, day=2)
    log.put(LESSON, {**LEARNED, "since": "2001"}, day=3)
    assert [(event["did"], event["of"]) for event in log.stored()] == [
        ("CREATED", "Lesson"),
        ("CREATED", "LEARNED"),
        ("CHANGED", "LEARNED"),
    ]


def test_many_facts_of_one_label_are_logged_as_few_are(log: Log) -> None:
    """A hundred facts of a label get a statement of their own; created, changed and the same come in one batch."""
    many = [{**LESSON, "id": f"lesson/log-{n:03}"} for n in range(150)]
    log.put(*many[:100])
    log.put(*({**each, "note": "n"} for each in many[:50]), *many[50:], day=2)
    events = log.stored()[100:]
    assert [event["did"] for event in events] == ["CHANGED"] * 50 + ["CREATED"] * 50
    assert [event["fact"] for event in events] == [many[n]["id"] for n in (*range(50), *range(100, 150))]


def test_a_write_that_fails_leaves_no_event_and_no_gap(log: Log) -> None:
    async def fails(unit: Unit) -> None:
        assert (await put_rows(unit, LESSON, LEARNED)).created == 2
        raise RuntimeError("too late")

    with pytest.raises(RuntimeError, match="too late"):
        log.writer.unit(fails)
    assert log.stored() == []
    assert log.end() == log.start
    log.put(LESSON)
    assert [event["seq"] for event in log.stored()] == [log.start.seq + 1]


def test_concurrent_writers_leave_no_gap_and_keep_the_order_of_each_fact(log: Log) -> None:
    """Eight writers change one fact and create their own; each third transaction is aborted after it has appended."""
    log.put(LESSON)
    dice, done = random.Random(15), list[str]()

    async def work(unit: Unit, name: str, aborts: bool) -> None:
        own = {**LESSON, "id": f"lesson/log-{name}"}
        await put_rows(unit, {**LESSON, "statement": name}, own, actor=name)
        await asyncio.sleep(dice.random() / 100)
        if aborts:
            raise RuntimeError(name)

    async def writes(writer: int) -> None:
        for time in range(TIMES):
            name, aborts = f"{writer}-{time}", (writer + time) % 3 == 0
            try:
                await log.writer.writer.unit(lambda unit, name=name, aborts=aborts: work(unit, name, aborts))  # type: ignore[misc]  # mypy knows no type of such a default
                done.append(name)
            except RuntimeError:
                assert aborts

    async def all_write() -> None:
        await asyncio.gather(*(writes(writer) for writer in range(WRITERS)))

    log.runner.run(all_write())
    events = log.stored()
    assert len(done) == WRITERS * TIMES * 2 // 3
    assert [event["seq"] for event in events] == list(range(log.start.seq + 1, log.start.seq + 2 + 2 * len(done)))
    assert log.end().seq == events[-1]["seq"]
    created = [event["fact"] for event in events if event["did"] == "CREATED"]
    assert sorted(created) == sorted(["lesson/log-1", *(f"lesson/log-{name}" for name in done)])
    changes = [event["actor"] for event in events if event["did"] == "CHANGED"]
    assert sorted(changes) == sorted(done)
    assert log.writer.read(STATEMENT)[0]["statement"] == changes[-1]

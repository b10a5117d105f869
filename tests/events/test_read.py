"""A viewer reads the events that he may see at that moment. Expected events follow from the rules of docs/events.md, by hand."""

import pytest

from graph.access.rights import Rights
from graph.cypher.fragments import Fragment
from graph.errors import BadUserInput, NotFound
from graph.events import read as reading
from graph.events.cursor import Position, mark
from graph.events.read import Wanted, read, read_all, read_all_latest, read_latest, require_near
from tests.events.log import (
    AMBER,
    ANYONE,
    CLEAR,
    LEARNED,
    LEARNED_ID,
    LESSON,
    MEMBER,
    PORTLAND,
    SEATTLE,
    SOURCE,
    STATED,
    Log,
)  # fmt: skip

CREATED = ("CREATED", "lesson/log-1", ())
DELETED = ("DELETED", "lesson/log-1", ())
DELETE = Fragment("MATCH (n:Fact {id: 'lesson/log-1'}) DETACH DELETE n")


def changed(*fields: str) -> tuple[str, str, tuple[str, ...]]:
    return ("CHANGED", "lesson/log-1", fields)


def test_anybody_sees_clear_facts_and_no_actor(log: Log) -> None:
    log.put(LESSON, LEARNED, actor="key/secret")
    log.put({**LESSON, "note": "n"}, day=2)
    assert log.seen(ANYONE) == [CREATED, ("CREATED", LEARNED_ID, ()), changed("note")]
    node, relationship, change = log.events(ANYONE)
    assert len({node.id, relationship.id, change.id}) == 3
    assert [event.id for event in log.events(ANYONE, of="LEARNED")] == [relationship.id]
    assert {event.actor for event in log.events(ANYONE)} == {""}
    assert (node.start, node.end) == (None, None)
    assert relationship.shown() == {
        "id": relationship.id,
        "time": "2026-02-01T00:00:00.000Z",
        "kind": "CREATED",
        "type": "LEARNED",
        "fact": LEARNED_ID,
        "from": SEATTLE,
        "to": "lesson/log-1",
        "fields": [],
    }


def test_a_hidden_fact_leaves_no_trace(log: Log) -> None:
    log.put({**LESSON, **AMBER})
    log.put({**LESSON, **AMBER, "note": "n"}, day=2)
    assert log.seen(ANYONE) == []
    assert log.seen(Rights(1)) == []
    assert log.seen(Rights(1, ("2:us-wa-seattle",))) == []
    assert log.seen(MEMBER) == [CREATED, changed("note")]


def test_a_fact_that_becomes_hidden_looks_deleted_and_its_fields_are_not_told(log: Log) -> None:
    log.put(LESSON)
    log.put({**LESSON, "note": "n"}, day=2)
    log.put({**LESSON, **AMBER, "note": "m"}, day=3)
    log.put({**LESSON, **AMBER, "note": "o"}, day=4)
    assert log.seen(ANYONE) == [DELETED]
    assert log.seen(MEMBER) == [CREATED, changed("note"), changed("marking", "note"), changed("note")]


def test_a_fact_that_becomes_visible_looks_new(log: Log) -> None:
    log.put({**LESSON, **AMBER})
    log.put({**LESSON, **AMBER, "note": "n"}, day=2)
    log.put({**LESSON, "note": "m"}, day=3)
    log.put({**LESSON, "note": "o"}, day=4)
    assert log.seen(ANYONE) == [CREATED, changed("note")]


def test_a_fact_that_was_hidden_for_a_while_is_deleted_and_new(log: Log) -> None:
    log.put(LESSON)
    log.put({**LESSON, **AMBER}, day=2)
    log.put(LESSON, day=3)
    assert log.seen(ANYONE) == [CREATED, DELETED, CREATED]


def test_a_fact_that_is_gone_has_no_events_but_its_deletion(log: Log) -> None:
    log.put(LESSON, LEARNED)
    log.writer.alone(DELETE)
    assert log.seen(ANYONE) == []


@pytest.mark.parametrize("hidden", ["start", "end"])
def test_a_relationship_with_a_hidden_end_is_not_shown(log: Log, hidden: str) -> None:
    lesson = {**LESSON, **(AMBER if hidden == "start" else CLEAR)}
    adoption = {"label": "Adoption", "id": "adoption/log-1", "status": "RUNNING", **STATED}
    used = {"type": "DREW_ON", "from": "adoption/log-1", "to": "lesson/log-1", **CLEAR, **STATED}
    log.put(lesson, {**adoption, **(AMBER if hidden == "end" else CLEAR)}, used)
    log.put({**used, **AMBER}, day=2)
    log.put({**used, "since": "2001"}, day=3)
    visible = "adoption/log-1" if hidden == "start" else "lesson/log-1"
    assert log.seen(ANYONE) == [("CREATED", visible, ())]
    assert len(log.seen(MEMBER)) == 5


def test_a_relationship_that_becomes_hidden_looks_deleted(log: Log) -> None:
    log.put(LESSON, {**LEARNED, **CLEAR})
    log.put({**LEARNED, **AMBER}, day=2)
    assert log.seen(ANYONE) == [CREATED, ("DELETED", LEARNED_ID, ())]


def test_a_reference_is_named_only_to_whom_may_see_a_fact_that_came_or_went(log: Log) -> None:
    hidden = {"label": "Source", "id": "source/log-1", "title": "S", "confidence": "VERIFIED", **AMBER}
    log.put(LESSON, hidden)
    log.put({**LESSON, "sources": [SOURCE, "source/log-1"]}, day=2)
    log.put({**LESSON, "sources": [SOURCE], "note": "n"}, day=3)
    log.put({**LESSON, "sources": ["source/log-1"], "note": "n"}, day=4)
    assert log.seen(ANYONE) == [CREATED, changed("note"), changed("sources")]
    assert [fields for _, fact, fields in log.seen(MEMBER) if fact == "lesson/log-1"] == [
        (), ("sources",), ("note", "sources"), ("sources",),
    ]  # fmt: skip


def test_holders_are_no_field_of_a_viewer(log: Log) -> None:
    log.put({**LESSON, **AMBER})
    log.put({**LESSON, **AMBER, "holders": [PORTLAND, SEATTLE]}, day=2)
    assert log.seen(Rights(1, ("2:us-or-portland", "2:us-or-portland+us-wa-seattle"))) == [CREATED]


def test_made_up_facts_are_shown_to_whom_asks_for_them(log: Log) -> None:
    log.put({**LESSON, "confidence": "SYNTHETIC"})
    log.put(LESSON, day=2)
    log.put({**LESSON, "note": "n"}, day=3)
    assert log.seen(ANYONE) == [CREATED, changed("note")]
    every = log.events(ANYONE, synthetic=True)
    assert [(event.did, event.synthetic) for event in every] == [
        ("CREATED", True),
        ("CHANGED", False),
        ("CHANGED", False),
    ]
    log.put({**LESSON, **AMBER, "confidence": "SYNTHETIC"}, day=4)
    assert log.seen(ANYONE, synthetic=True)[-1] == DELETED
    assert log.events(ANYONE, synthetic=True)[-1].synthetic is False


def test_events_of_one_label_or_type(log: Log) -> None:
    log.put(LESSON, LEARNED)
    assert log.seen(ANYONE, of="LEARNED") == [("CREATED", LEARNED_ID, ())]
    assert log.seen(ANYONE, of="Lesson") == [CREATED]


def test_events_near_a_city(log: Log) -> None:
    far = {**LESSON, "id": "lesson/log-far"}
    log.put(LESSON, far, LEARNED)
    log.put({**far, "note": "n"}, {**LESSON, "note": "n"}, {**LEARNED, "since": "2001"}, day=2)
    near = [CREATED, ("CREATED", LEARNED_ID, ()), changed("note"), ("CHANGED", LEARNED_ID, ("since",))]
    assert log.seen(ANYONE, near=SEATTLE) == near
    assert log.seen(ANYONE, near=PORTLAND) == []
    log.put({**LESSON, **AMBER}, day=3)
    assert log.seen(ANYONE, near=SEATTLE) == [DELETED]


def test_a_hidden_fact_is_near_nothing_by_a_relationship_that_came_later(log: Log) -> None:
    """The viewer knows the fact from before, but not that it has to do with the city."""
    log.put(LESSON)
    log.put({**LESSON, **AMBER}, day=2)
    log.put(LEARNED, day=3)
    assert log.seen(ANYONE) == [DELETED]
    assert log.seen(ANYONE, near=SEATTLE) == []


def test_near_a_fact_that_is_hidden_or_absent_there_is_nothing(log: Log) -> None:
    log.put({**LESSON, **AMBER}, LEARNED)
    told = []
    for id_ in ("lesson/log-1", "lesson/log-9"):
        with pytest.raises(NotFound) as refused:
            log.runner.run(require_near(log.reader, ANYONE, Wanted(near=id_)))
        told.append(str(refused.value).replace(id_, "X"))
    assert told[0] == told[1]
    log.runner.run(require_near(log.reader, MEMBER, Wanted(near="lesson/log-1")))


def test_pages_go_on_where_the_last_one_ended(log: Log) -> None:
    many = [{**LESSON, "id": f"lesson/log-{n}", **(AMBER if n % 3 else CLEAR)} for n in range(100, 120)]
    log.put(*many)
    at, facts, fulls = log.start, list[str](), list[bool]()
    for _ in range(4):
        page = log.runner.run(read(log.reader, ANYONE, at, 3, Wanted()))
        at = page.position
        facts += [event.fact for event in page.events]
        fulls.append(page.full)
    assert facts == [f"lesson/log-{n}" for n in (102, 105, 108, 111, 114, 117)]
    assert fulls == [True, True, False, False]
    assert at == log.end()


def test_a_page_looks_at_few_events_at_a_time_and_goes_past_hidden_ones(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "SCAN", 4)
    monkeypatch.setattr(reading, "SCANS", 3)
    hidden = [{**LESSON, "id": f"lesson/log-{n}", **AMBER} for n in range(100, 130)]
    log.put(*hidden)
    log.put(LESSON, day=2)
    pages = [log.runner.run(read(log.reader, ANYONE, log.start, 5, Wanted()))]
    while pages[-1].position != log.end():
        pages.append(log.runner.run(read(log.reader, ANYONE, pages[-1].position, 5, Wanted())))
    assert [page.position.seq - log.start.seq for page in pages] == [12, 24, 31]
    assert [len(page.events) for page in pages] == [0, 0, 1]


def test_the_latest_events_come_newest_first(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "SCAN", 4)
    log.put(*({**LESSON, "id": f"lesson/log-{n}", **(AMBER if n % 2 else CLEAR)} for n in range(100, 120)))
    latest = log.runner.run(read_latest(log.reader, ANYONE, 5, Wanted()))
    assert [event.fact for event in latest] == [f"lesson/log-{n}" for n in range(118, 109, -2)]


def test_a_place_in_another_log_is_refused(log: Log) -> None:
    with pytest.raises(BadUserInput, match="another database"):
        log.runner.run(read(log.reader, ANYONE, Position(1, mark("another log")), 1, Wanted()))


def test_the_operator_sees_everything_with_actors(log: Log) -> None:
    log.put({**LESSON, **AMBER}, actor="key/1")
    log.put(
        {**LESSON, **AMBER, "holders": [SEATTLE]}, {**LESSON, "id": "lesson/log-2", "confidence": "SYNTHETIC"}, day=2
    )
    page = log.runner.run(read_all(log.reader, log.start, 10, synthetic=False))
    assert [(event.actor, event.did, event.fact, event.fields) for event in page.events] == [
        ("key/1", "CREATED", "lesson/log-1", ()),
        ("load", "CHANGED", "lesson/log-1", ("holders",)),
    ]
    assert page.position == log.end()
    latest = log.runner.run(read_all_latest(log.reader, 2, synthetic=True))
    assert [(event.fact, event.synthetic) for event in latest] == [("lesson/log-2", True), ("lesson/log-1", False)]

"""The checker itself: it accepts a right history, and names what is wrong in each wrong one. There is no database."""

from dataclasses import replace

import pytest

from tests.histories.checker import Broken, check
from tests.histories.history import Answer, Attempt, Event, Fields, Guard, History, Put, Shown, Write


def moment(number: int) -> str:
    return f"2031-01-01T00:00:00.{number:03}Z"


def shown(fact: str, at: int, **fields: str | int | None) -> Shown:
    return Shown(fact, f"id/{fact}", fields, moment(at))


def write(id_: str, puts: dict[str, Fields | None], *attempts: Attempt, guard: Guard | None = None) -> Write:
    writer = id_.partition("-")[0]
    return Write(id_, writer, "kind", tuple(Put(*each) for each in puts.items()), guard, attempts=list(attempts))


def answered(invoked: float, ended: float, *facts: Shown) -> Attempt:
    return Attempt(invoked, ended, Answer(True, facts, text=repr(facts), at=facts[0].updated if facts else ""))


def refused(invoked: float, ended: float) -> Attempt:
    return Attempt(invoked, ended, Answer(False, codes=("CONFLICT",), text="refused"))


def event(seq: int, at: int, actor: str, did: str, fact: str) -> Event:
    return Event(seq, moment(at), actor, did, f"id/{fact}")


def right() -> History:
    """Anna creates a and b in one write, Berta changes a and repeats it, Carl's guard is refused, Berta changes b."""
    create = write(
        "anna-1", {"a": {"note": "1", "size": 1}, "b": {"note": "1"}},
        Attempt(0, 1), answered(1, 2, shown("a", 1, note="1", size=1), shown("b", 1, note="1")),
    )  # fmt: skip
    change = write(
        "berta-1", {"a": {"note": "2"}},
        answered(3, 4, shown("a", 2, note="2", size=1)), answered(5, 6, shown("a", 2, note="2", size=1)),
    )  # fmt: skip
    stale = write("carl-1", {"a": {"note": "3"}}, refused(5, 6), guard=Guard("a", moment(1)))
    guarded = write(
        "berta-2", {"b": {"note": "4"}}, answered(7, 8, shown("b", 3, note="4")), guard=Guard("b", moment(1))
    )
    events = (
        event(11, 1, "anna", "CREATED", "a"),
        event(12, 1, "anna", "CREATED", "b"),
        event(13, 2, "berta", "CHANGED", "a"),
        event(14, 3, "berta", "CHANGED", "b"),
    )
    stored = (shown("a", 2, note="2", size=1), shown("b", 3, note="4"))
    return History((create, change, stale, guarded), stored, events, 10, 14)


def broken(history: History) -> set[Broken]:
    return {violation.broken for violation in check(history)}


def test_a_right_history_is_accepted() -> None:
    assert check(right()) == []


def test_a_write_that_nobody_acknowledged_may_be_stored_or_not() -> None:
    history = right()
    extra = write("carl-2", {"c": {"note": "5"}}, Attempt(9, 10))
    assert check(replace(history, writes=(*history.writes, extra))) == []
    events = (*history.events, event(15, 4, "carl", "CREATED", "c"))
    stored = (*history.stored, shown("c", 4, note="5"))
    assert check(replace(history, writes=(*history.writes, extra), events=events, stored=stored, head=15)) == []


def test_an_acknowledged_write_without_events_is_lost() -> None:
    history = right()
    cut = replace(history, events=history.events[:3], head=13, stored=(history.stored[0], shown("b", 1, note="1")))
    assert broken(cut) == {Broken.LOST}


@pytest.mark.parametrize("at", [0, 1])
def test_a_fact_that_is_not_stored_is_lost(at: int) -> None:
    history = right()
    assert broken(replace(history, stored=(history.stored[at],))) == {Broken.LOST}


@pytest.mark.parametrize("left", [shown("b", 3, note="1"), shown("b", 1, note="4")])
def test_a_fact_that_has_not_the_last_value_or_time_lost_a_write(left: Shown) -> None:
    history = right()
    assert broken(replace(history, stored=(history.stored[0], left))) == {Broken.LOST}


def test_a_write_that_is_done_again_is_there_twice() -> None:
    """Berta's first write is stored again under another time, before her second one."""
    history = right()
    again = event(14, 3, "berta", "CHANGED", "a")
    events = (*history.events[:3], again, event(15, 4, "berta", "CHANGED", "b"))
    *others, guarded = history.writes
    later = replace(guarded, attempts=[answered(7, 8, shown("b", 4, note="4"))])
    stored = (history.stored[0], shown("b", 4, note="4"))
    assert broken(replace(history, writes=(*others, later), events=events, stored=stored, head=15)) == {Broken.TWICE}


def test_two_facts_of_one_name_are_one_too_many() -> None:
    history = right()
    second = replace(history.stored[0], id="id/other")
    assert broken(replace(history, stored=(*history.stored, second))) == {Broken.TWICE}


def test_a_fact_that_nobody_wrote_is_one_too_many() -> None:
    history = right()
    assert broken(replace(history, stored=(*history.stored, shown("z", 1)))) == {Broken.TWICE}


def test_a_gap_in_the_log() -> None:
    history = right()
    jumped = (*history.events[:3], replace(history.events[3], seq=15))
    assert broken(replace(history, events=jumped, head=15)) == {Broken.GAP}


def test_a_number_that_is_there_twice() -> None:
    history = right()
    assert Broken.GAP in broken(replace(history, events=(*history.events, history.events[-1])))


def test_a_log_whose_end_is_not_its_last_event() -> None:
    assert broken(replace(right(), head=15)) == {Broken.GAP}


def test_times_that_go_back_along_the_log() -> None:
    """Berta's second write has the time of a moment before her first."""
    history = right()
    *others, guarded = history.writes
    changed = Shown("b", "id/b", {"note": "4"}, "2030")
    early = replace(guarded, guard=None, attempts=[answered(7, 8, changed)])
    events = (*history.events[:3], replace(history.events[3], at="2030"))
    stored = (history.stored[0], changed)
    assert broken(replace(history, writes=(*others, early), events=events, stored=stored)) == {Broken.ORDER}


def test_a_log_against_real_time() -> None:
    """Dora began and ended before anything else of the round was acknowledged, and is last in the log."""
    history = right()
    late = write("dora-1", {"d": {"note": "6"}}, answered(0, 2.5, shown("d", 4, note="6")))
    events = (*history.events, event(15, 4, "dora", "CREATED", "d"))
    stored = (*history.stored, shown("d", 4, note="6"))
    assert broken(replace(history, writes=(*history.writes, late), events=events, stored=stored, head=15)) == {
        Broken.ORDER
    }


def test_an_answer_from_another_moment() -> None:
    """Berta is told the note that Anna wrote."""
    history = right()
    create, change, *others = history.writes
    stale = replace(change, attempts=[answered(3, 4, shown("a", 2, note="1", size=1))])
    assert broken(replace(history, writes=(create, stale, *others))) == {Broken.ORDER}


def test_a_fact_that_is_created_twice_in_the_log() -> None:
    history = right()
    odd = (*history.events[:2], replace(history.events[2], did="CREATED"), history.events[3])
    assert broken(replace(history, events=odd)) == {Broken.ORDER}


def test_half_a_write() -> None:
    """Of Anna's two facts only the first is there, and Berta's guard on the second knows nothing."""
    history = right()
    create, change, stale, _ = history.writes
    half = replace(create, attempts=[answered(1, 2, shown("a", 1, note="1", size=1))])
    events = tuple(replace(each, seq=11 + at) for at, each in enumerate((history.events[0], history.events[2])))
    cut = replace(history, writes=(half, change, stale), events=events, stored=history.stored[:1], head=12)
    assert broken(cut) == {Broken.HALF}


def test_half_of_an_unacknowledged_write() -> None:
    history = right()
    extra = write("carl-2", {"c": {"note": "5"}, "d": {"note": "5"}}, Attempt(9, 10))
    events = (*history.events, event(15, 4, "carl", "CREATED", "c"))
    stored = (*history.stored, shown("c", 4, note="5"))
    cut = replace(history, writes=(*history.writes, extra), events=events, stored=stored, head=15)
    assert broken(cut) == {Broken.HALF}


def test_another_answer_for_the_same_request() -> None:
    history = right()
    create, change, *others = history.writes
    other = replace(change, attempts=[change.attempts[0], answered(5, 6, shown("a", 2, note="2", size=9))])
    assert broken(replace(history, writes=(create, other, *others))) == {Broken.ANSWER}


def test_a_refusal_after_the_request_was_stored() -> None:
    history = right()
    create, change, *others = history.writes
    other = replace(change, attempts=[change.attempts[0], refused(5, 6)])
    assert broken(replace(history, writes=(create, other, *others))) == {Broken.ANSWER}


def test_a_guard_that_was_ignored() -> None:
    """Berta's second write knew b of another time than it had."""
    history = right()
    *others, guarded = history.writes
    ignored = replace(guarded, guard=Guard("b", moment(0)))
    assert broken(replace(history, writes=(*others, ignored))) == {Broken.GUARD}


def test_a_refused_write_that_changed_something() -> None:
    history = right()
    events = (*history.events, event(15, 4, "carl", "CHANGED", "a"))
    assert broken(replace(history, events=events, head=15)) == {Broken.GUARD}


def test_a_wrong_write_that_is_stored() -> None:
    history = right()
    *others, guarded = history.writes
    assert broken(replace(history, writes=(*others, replace(guarded, is_wrong=True)))) == {Broken.GUARD}


def test_a_guard_that_refuses_without_reason() -> None:
    history = right()
    create, change, stale, guarded = history.writes
    fresh = replace(stale, guard=Guard("a", moment(2)))
    assert broken(replace(history, writes=(create, change, fresh, guarded))) == {Broken.GUARD}


def test_a_deleted_fact_is_gone() -> None:
    history = right()
    gone = write("carl-3", {"b": None}, answered(9, 10))
    events = (*history.events, event(15, 4, "carl", "DELETED", "b"))
    ended = replace(history, writes=(*history.writes, gone), events=events, stored=history.stored[:1], head=15)
    assert check(ended) == []
    assert broken(replace(ended, stored=history.stored)) == {Broken.TWICE}
    assert broken(replace(ended, events=history.events, head=14, stored=history.stored)) == {Broken.LOST}

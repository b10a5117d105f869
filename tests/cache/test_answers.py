"""What is kept, without a database: what outdates it, how long it is sure, and how much memory it takes."""

import asyncio
from contextlib import suppress

import pytest

from graph.answers.kept import BOUND, IN_USE, OVERHEAD, PART, Answers
from graph.bolt.changes import EVERYTHING, Changes

READS = frozenset({"City", "TWINNED"})


class Clock:
    """A clock that stands until it is told to go on."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def answers(clock: Clock) -> Answers[str]:
    made = Answers[str](Changes(), 100_000, clock)
    made.sure(clock.now)
    return made


def keep(answers: Answers[str], key: str = "q", value: str = "a") -> None:
    answers.keep(key, value, 100, READS, answers.changes.moment)


def test_an_answer_is_kept_until_what_it_reads_changes(answers: Answers[str]) -> None:
    keep(answers)
    answers.changes.changed({"Person"})
    assert answers.get("q") == "a"
    answers.changes.changed({"TWINNED"})
    assert (answers.get("q"), len(answers), answers.bytes) == (None, 0, 0)


def test_it_is_neither_served_nor_kept_while_a_commit_is_under_way(answers: Answers[str]) -> None:
    keep(answers)
    with answers.changes.committing() as hold:
        assert answers.get("q") == "a", "before the commit is sent nothing has changed"
        hold({"City"})
        assert answers.get("q") is None
        keep(answers)
        assert answers.get("q") is None
        keep(answers, "r")
        answers.keep("other", "b", 100, frozenset({"Person"}), answers.changes.moment)
        assert answers.get("other") == "b"
    assert (answers.get("q"), answers.get("r")) == (None, None)
    keep(answers)
    assert answers.get("q") == "a"


def test_what_began_before_the_end_of_a_commit_is_not_kept(answers: Answers[str]) -> None:
    began = answers.changes.moment
    with answers.changes.committing() as hold:
        hold({"City"})
        within = answers.changes.moment
    for moment in (began, within):
        answers.keep("q", "a", 100, READS, moment)
        assert answers.get("q") is None


def test_a_failed_commit_outdates_too_because_it_may_be_stored(answers: Answers[str]) -> None:
    keep(answers)
    with suppress(OSError), answers.changes.committing() as hold:
        hold({"City"})
        raise OSError
    assert answers.get("q") is None


def test_two_commits_at_once_end_with_the_second(answers: Answers[str]) -> None:
    with answers.changes.committing() as first:
        first({"City"})
        with answers.changes.committing() as second:
            second({"City"})
        keep(answers)
        assert answers.get("q") is None
    keep(answers)
    assert answers.get("q") == "a"


def test_everything_is_each_kind(answers: Answers[str]) -> None:
    keep(answers)
    answers.changes.changed((EVERYTHING,))
    assert answers.get("q") is None
    with answers.changes.committing() as hold:
        hold((EVERYTHING,))
        keep(answers)
        assert answers.get("q") is None


def test_nothing_is_served_longer_than_the_bound_after_the_last_look(answers: Answers[str], clock: Clock) -> None:
    keep(answers)
    clock.now += BOUND
    assert answers.get("q") == "a"
    clock.now += 0.001
    assert answers.get("q") is None
    answers.sure(clock.now)
    assert answers.get("q") == "a", "it was not outdated, only not sure"


def test_memory_is_bounded_and_the_least_used_goes_first(answers: Answers[str]) -> None:
    size = 100 + OVERHEAD
    most = 100_000 // size
    for at in range(most):
        keep(answers, str(at))
    assert (len(answers), answers.bytes) == (most, most * size)
    assert answers.get("0") == "a"
    keep(answers, "new")
    assert (len(answers), answers.get("0"), answers.get("1")) == (most, "a", None)
    keep(answers, "new", "b")
    assert (len(answers), answers.get("new"), answers.bytes) == (most, "b", most * size)
    answers.keep("large", "c", 100_000 // PART, READS, answers.changes.moment)
    assert answers.get("large") is None


def test_nobody_looks_while_nobody_asks(answers: Answers[str], clock: Clock) -> None:
    async def waits() -> bool:
        try:
            await asyncio.wait_for(answers.in_use(), 0.01)
        except TimeoutError:
            return True
        return False

    answers.get("q")
    assert not asyncio.run(waits())
    clock.now += IN_USE + 1
    assert asyncio.run(waits())
    answers.get("q")
    assert not asyncio.run(waits())


def test_hits_and_misses_are_counted(answers: Answers[str]) -> None:
    keep(answers)
    for key in ("q", "q", "r"):
        answers.get(key)
    assert (answers.hits, answers.misses) == (2, 1)

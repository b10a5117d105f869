"""Rows that come from no file: created, changed, the same, or refused with place, field and reason."""

import asyncio
from functools import partial
from typing import Any

import pytest

from graph.bolt.write import Unit
from graph.facts.diff import Diff, Loss
from graph.facts.rows import Problem
from schema.model import model
from tests.facts.door import CITY, LEARNED, LEARNED_ID, LESSON, OTHER, STATED, Door, put, rows, stamp

ALL = (CITY, OTHER, LESSON, LEARNED)


def test_new_rows_are_created(door: Door) -> None:
    assert door.put(*ALL) == Diff(created=4)
    assert set(door.stored()) == {"city/door-1", "city/door-2", "lesson/door-1", LEARNED_ID}


def test_the_same_rows_twice_are_only_the_same(door: Door) -> None:
    door.put(*ALL)
    before = door.stored()
    assert door.put(*ALL, day=2) == Diff(same=4)
    assert door.stored() == before


def test_changed_rows_are_counted_and_named(door: Door) -> None:
    door.put(*ALL)
    changed = {**LESSON, "statement": "M"}, {**LEARNED, "since": "2001"}
    diff = door.put(CITY, OTHER, *changed, {**LESSON, "id": "lesson/door-2"}, day=2)
    lost = (Loss("lesson/door-1", (), ("statement",)),)
    assert diff == Diff(created=1, changed=2, same=2, first_changed=("lesson/door-1", LEARNED_ID), lost=lost)
    stored = door.stored()
    assert stored["lesson/door-1"]["statement"] == "M"
    assert (stored["lesson/door-1"]["recordedAt"].day, stored["lesson/door-1"]["updatedAt"].day) == (1, 2)
    assert stored[LEARNED_ID]["since"] == "2001"


REFUSED: dict[str, tuple[dict[str, Any], Problem]] = {
    "by itself": (
        {**OTHER, "name": 7},
        Problem("rows[1]", "name", "7 is not accepted: input should be a valid string"),
    ),
    "stated twice": (CITY, Problem("rows[1]", "id", "city/door-1 is already stated at rows[0]")),
    "a need": (
        {**OTHER, "sources": ["source/door-9"]},
        Problem("rows[1]", "sources", "source/door-9 is not known", "NOT_FOUND"),
    ),
    "an end": ({**LEARNED, "to": "lesson/door-9"}, Problem("rows[1]", "to", "lesson/door-9 is not known", "NOT_FOUND")),
    "a unique value": (
        {**OTHER, "geonamesId": CITY["geonamesId"]},
        Problem("rows[1]", "geonamesId", f"city/door-1 has {CITY['geonamesId']} already", "CONFLICT"),
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_refused_row_says_where_which_field_and_why(door: Door, case: str) -> None:
    row, problem = REFUSED[case]
    assert door.put(CITY, row) == Diff(created=1, problems=(problem,))
    assert set(door.stored()) == {"city/door-1"}


def test_every_problem_of_a_row_is_said(door: Door) -> None:
    diff = door.put({"label": "City", "id": "city/door-1", "colour": "red", **STATED})
    assert [(problem.where, problem.field) for problem in diff.problems] == [("rows[0]", "name"), ("rows[0]", "colour")]
    assert diff.accepted == 0


def test_an_end_that_takes_one_names_the_first(door: Door) -> None:
    second = {**LEARNED, "from": "city/door-2"}
    reason = f"lesson/door-1 takes one learnedBy only; {LEARNED_ID} (%s) is there already"
    assert door.put(*ALL, second).problems == (Problem("rows[4]", "to", reason % "rows[3]", "CONFLICT"),)
    assert door.put(second).problems == (Problem("rows[0]", "to", reason % "in the database", "CONFLICT"),)


def test_a_relationship_with_an_id_of_its_own_stays_between_its_ends(door: Door) -> None:
    own = {"type": "TWINNED_WITH", "from": "city/door-1", "to": "city/door-2", "id": "twinned-with/door-1", **STATED}
    assert door.put(CITY, OTHER, own) == Diff(created=3)
    third = {**OTHER, "id": "city/door-3", "geonamesId": 10**12 + 3}
    moved = door.put(third, {**own, "to": "city/door-3"})
    reason = "twinned-with/door-1 already connects city/door-1 and city/door-2"
    assert moved == Diff(created=1, problems=(Problem("rows[1]", "id", reason, "CONFLICT"),))


def test_no_row_is_written_if_the_caller_raises(door: Door) -> None:
    async def all_or_none(unit: Unit) -> None:
        diff = await put(unit, rows(CITY, {**OTHER, "name": None}), model(), stamp())
        assert (diff.created, len(diff.problems)) == (1, 1)
        raise RuntimeError("one row is bad")

    with pytest.raises(RuntimeError, match="one row is bad"):
        door.writer.unit(all_or_none)
    assert door.stored() == {}


def test_writers_wait_for_each_other(door: Door) -> None:
    """Without the lock, both would find the end free and both would take it."""
    door.put(CITY, OTHER, LESSON)
    claims = [{**LEARNED, "from": city} for city in ("city/door-1", "city/door-2")]

    async def slowly(unit: Unit, claim: dict[str, Any]) -> Diff:
        diff = await put(unit, rows(claim), model(), stamp())
        await asyncio.sleep(0.2)
        return diff

    async def both() -> list[Diff]:
        work = [door.writer.writer.unit(partial(slowly, claim=claim)) for claim in claims]
        return await asyncio.gather(*work)

    diffs = door.writer.runner.run(both())
    assert sorted((diff.created, len(diff.problems)) for diff in diffs) == [(0, 1), (1, 0)]

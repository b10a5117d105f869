"""Numbers that the declaration does not allow are refused, and the message says which it allows."""

from pathlib import Path
from typing import Any

import pytest

from schema.language.kinds import Kind, Property
from schema.model import model
from tests.kit.writer import BlockingWriter
from tests.loading.rows import MADE, SOURCE, STATED, VISIT, line_of, load_one, properties, write_rows

PERSON = {"label": "Person", "id": "person/load-1", "name": "P", "kind": "NAMED", **STATED}
OTHER = {**PERSON, "id": "person/load-2"}
TRUSTS = {"type": "TRUSTS", "from": "person/load-1", "to": "person/load-2", "marking": "CLEAR", **STATED}
WAVE = {"label": "Wave", "id": "wave/load-1", "name": "W", "marking": "CLEAR", **STATED}
EFFORT = {"label": "Effort", "id": "effort/load-1", **STATED}
MONEY = {"amount": -1, "currency": "USD"}
REFUSED: dict[str, tuple[dict[str, Any], str, str]] = {
    "tie too strong": ({**TRUSTS, "strength": 99}, "strength", "99 is out of range; accepted is 1 to 5"),
    "tie too weak": ({**TRUSTS, "strength": 0}, "strength", "0 is out of range; accepted is 1 to 5"),
    "contacts": ({**TRUSTS, "frequency": -0.5}, "frequency", "-0.5 is out of range; accepted is 0 or more"),
    "evidence": (
        {"label": "Practice", "id": "practice/load-1", "name": "P", "evidenceLevel": 17, **STATED},
        "evidenceLevel",
        "17 is out of range; accepted is 1 to 5",
    ),
    "delegates": ({**VISIT, "id": "visit/load-2", "delegates": -5}, "delegates", "accepted is 0 or more"),
    "cost": ({**VISIT, "id": "visit/load-2", "costPerDelegate": MONEY}, "costPerDelegate", "accepted is 0 or more"),
    "age": (
        {"type": "JOINED", "from": "person/load-1", "to": "visit/load-1", "age": 200, **STATED},
        "age",
        "200 is out of range; accepted is 0 to 150",
    ),
    "hours": ({**EFFORT, "hours": -1}, "hours", "-1 is out of range; accepted is 0 or more"),
    "spent": ({**EFFORT, "spent": MONEY}, "spent", "accepted is 0 or more"),
    "people": ({**EFFORT, "people": -1}, "people", "accepted is 0 or more"),
    "stop": ({"type": "HOSTED_BY", **{k: v for k, v in MADE.items() if k != "type"}, "stop": 0}, "stop", "1 or more"),
    "more answers than invitations": (
        {**WAVE, "invited": 60, "answered": 61},
        "answered",
        "61 is more than invited, 60",
    ),
}


def declared() -> list[dict[str, Property]]:
    """Properties of every concept and relationship."""
    concepts = [spec.properties for spec in model().concepts.values()]
    return [*concepts, *(spec.properties for spec in model().relationships.values())]


@pytest.mark.parametrize("case", REFUSED)
def test_a_number_out_of_range_is_refused_and_the_range_is_said(
    writer_of_loads: BlockingWriter, tmp_path: Path, case: str
) -> None:
    row, field, reason = REFUSED[case]
    path = write_rows(tmp_path / "load-a.jsonl", SOURCE, VISIT, PERSON, OTHER, row)
    diff = load_one(writer_of_loads, path)
    assert diff.accepted == 4
    assert [(line_of(problem), problem.field) for problem in diff.problems] == [(5, field)]
    assert reason in diff.problems[0].reason


def test_the_ends_of_a_range_are_accepted(writer_of_loads: BlockingWriter, tmp_path: Path) -> None:
    rows = (
        {**WAVE, "invited": 60, "answered": 60},
        {**WAVE, "id": "wave/load-2", "invited": 0, "answered": 0},
        {**WAVE, "id": "wave/load-3", "answered": 3},
        {**EFFORT, "hours": 0, "people": 0, "spent": {"amount": 0, "currency": "USD"}},
        {**TRUSTS, "strength": 1},
        {**TRUSTS, "id": "trusts/load-2", "strength": 5},
    )
    diff = load_one(writer_of_loads, write_rows(tmp_path / "load-a.jsonl", SOURCE, PERSON, OTHER, *rows))
    assert diff.problems == ()
    assert properties(writer_of_loads, "effort/load-1")["spentAmount"] == 0


def test_what_was_paid_is_never_less_than_nothing() -> None:
    money = [prop for properties in declared() for prop in properties.values() if prop.kind is Kind.MONEY]
    assert money
    assert {prop.least for prop in money} == {0}


def test_a_number_is_bounded_by_another_one_of_the_same_fact() -> None:
    for each in declared():
        assert all(prop.within in each for prop in each.values() if prop.within)

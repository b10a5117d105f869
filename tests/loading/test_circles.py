"""No relationship leads from a fact to itself, and declared ones make no circle, in one file or over several loads."""

from pathlib import Path
from typing import Any

import pytest

from graph.cypher.fragments import Fragment
from graph.facts.check import Checked, check
from graph.facts.circles import refuse_circles
from graph.facts.rows import Row
from schema.model import model
from tests.kit.writer import BlockingWriter
from tests.loading.rows import SOURCE, STATED, line_of, load_one, write_rows

UNDERS = Fragment(
    "MATCH (a)-[r:UNDER]->(b) WHERE a.id STARTS WITH 'topic/load-' RETURN a.id AS a, b.id AS b ORDER BY a"
)


def topic(name: str) -> dict[str, Any]:
    return {"label": "Topic", "id": f"topic/load-{name}", "name": name, **STATED}


def under(low: str, high: str, **more: Any) -> dict[str, Any]:
    return {"type": "UNDER", "from": f"topic/load-{low}", "to": f"topic/load-{high}", **STATED, **more}


def refused(writer: BlockingWriter, path: Path, *rows: Any) -> list[tuple[int, str, str]]:
    diff = load_one(writer, write_rows(path, *rows))
    return [(line_of(problem), problem.field, problem.reason) for problem in diff.problems]


@pytest.mark.parametrize(
    ("type_", "id_"),
    [
        ("TWINNED_WITH", "city/us-wa-seattle"),
        ("PART_OF", "programme/a"),
        ("PART_OF", "organization/a"),
        ("UNDER", "topic/a"),
        ("TRUSTS", "person/a"),
        ("KNOWS", "person/a"),
        ("BUILDS_ON", "lesson/a"),
        ("RETURNED", "visit/a"),
    ],
)
def test_no_relationship_leads_to_itself(type_: str, id_: str) -> None:
    more = {"wave": "wave/a"} if type_ == "TRUSTS" else {}
    row = Row("rows[0]", {"type": type_, "from": id_, "to": id_, "marking": "CLEAR", "confidence": "SYNTHETIC", **more})
    checked = check([row], model())
    assert not checked.problems
    rest = refuse_circles(checked, {fact.of: {} for fact in checked.facts if fact.acyclic})
    assert [str(problem) for problem in rest.problems] == [f"rows[0] to: {type_} does not lead from {id_} to itself"]
    assert rest.facts == ()


def test_the_row_that_closes_a_circle_is_refused_and_the_circle_named(
    writer_of_loads: BlockingWriter, tmp_path: Path
) -> None:
    rows = [SOURCE, topic("a"), topic("b"), topic("c"), under("a", "b"), under("b", "c"), under("c", "a")]
    circle = "topic/load-c -> topic/load-a -> topic/load-b -> topic/load-c"
    assert refused(writer_of_loads, tmp_path / "load-a.jsonl", *rows) == [
        (7, "to", f"UNDER would lead in a circle: {circle}")
    ]
    assert writer_of_loads.read(UNDERS) == [
        {"a": "topic/load-a", "b": "topic/load-b"},
        {"a": "topic/load-b", "b": "topic/load-c"},
    ]


def test_a_circle_with_what_the_database_holds_is_refused(writer_of_loads: BlockingWriter, tmp_path: Path) -> None:
    rows = [SOURCE, *map(topic, "abcd"), under("a", "b"), under("b", "c"), under("b", "d")]
    assert refused(writer_of_loads, tmp_path / "load-a.jsonl", *rows) == []
    circle = "topic/load-c -> topic/load-a -> topic/load-b -> topic/load-c"
    more = [under("d", "c"), under("c", "a"), under("c", "a", id="under/load-x"), under("a", "b", note="again")]
    reason = f"UNDER would lead in a circle: {circle}"
    assert refused(writer_of_loads, tmp_path / "load-b.jsonl", *more) == [(2, "to", reason), (3, "to", reason)]
    assert len(writer_of_loads.read(UNDERS)) == 4


def test_two_ways_to_the_same_fact_are_no_circle(writer_of_loads: BlockingWriter, tmp_path: Path) -> None:
    ways = [under("a", "b"), under("a", "c"), under("b", "d"), under("c", "d"), under("a", "d")]
    assert refused(writer_of_loads, tmp_path / "load-a.jsonl", SOURCE, *map(topic, "abcd"), *ways) == []


def test_an_old_circle_keeps_no_new_row_out() -> None:
    """A former version stored circles; rows that are not part of one are taken."""
    rows = [under("x", "a"), under("y", "y2")]
    checked = check([Row(f"rows[{at}]", row) for at, row in enumerate(rows)], model())
    old = {"topic/load-a": {"topic/load-b": "1"}, "topic/load-b": {"topic/load-a": "2", "topic/load-b": "3"}}
    assert refuse_circles(checked, {"UNDER": old}) == Checked(checked.facts)


def test_many_rows_in_a_line_are_checked_in_time() -> None:
    rows = [Row(f"rows[{at}]", under(str(at), str(at + 1))) for at in range(5_000)]
    checked = check([*rows, Row("last", under("5000", "0"))], model())
    (problem,) = refuse_circles(checked, {"UNDER": {}}).problems
    assert (problem.where, problem.reason.count("->")) == ("last", 8)
    assert problem.reason.endswith(" -> ... -> topic/load-5000")

"""A relationship whose end is declared to-one is the only one there: a second one is refused and names the first."""

from pathlib import Path
from typing import Any

import pytest

from graph.cypher.fragments import Fragment
from graph.facts.check import check
from graph.load.files import read_file
from schema.model import model
from tests.kit.paths import SEEDS
from tests.kit.writer import BlockingWriter
from tests.loading.rows import SOURCE, STATED, line_of, load_one, write_rows

LESSON = {"label": "Lesson", "id": "lesson/load-1", "statement": "L", "marking": "CLEAR", **STATED}
LIMA = {"type": "LEARNED", "from": "city/pe-lma-lima", "to": "lesson/load-1", **STATED}
TURIN = {**LIMA, "from": "city/it-12-turin"}
OFFICE = {"label": "Office", "id": "office/load-1", "name": "O", **STATED}
HERE = {"type": "OFFICE_OF", "from": "office/load-1", "to": "city/pe-lma-lima", **STATED}
ENDS = Fragment("MATCH (n:Fact)-[r]-() WHERE n.id CONTAINS '/load-' RETURN r.id AS id ORDER BY id")


def ties(writer: BlockingWriter) -> list[str]:
    return [record["id"] for record in writer.read(ENDS)]


@pytest.mark.parametrize(
    ("node", "first", "second", "field", "named"),
    [
        (
            LESSON,
            LIMA,
            TURIN,
            "to",
            "lesson/load-1 takes one learnedBy only; learned/city/pe-lma-lima/lesson/load-1",
        ),
        (LESSON, LIMA, {**LIMA, "id": "learned/load-2"}, "to", "learned/city/pe-lma-lima/lesson/load-1"),
        (
            OFFICE,
            HERE,
            {**HERE, "to": "city/it-12-turin"},
            "from",
            "office/load-1 takes one body only; office-of/",
        ),
    ],
)
def test_a_second_one_in_the_file_is_refused_and_names_the_first(
    writer_of_loads: BlockingWriter, tmp_path: Path, node: Any, first: Any, second: Any, field: str, named: str
) -> None:
    diff = load_one(writer_of_loads, write_rows(tmp_path / "load-a.jsonl", SOURCE, node, first, second))
    assert [(line_of(problem), problem.field) for problem in diff.problems] == [(4, field)]
    assert named in diff.problems[0].reason
    assert "(load-a.jsonl:3) is there already" in diff.problems[0].reason
    assert len(ties(writer_of_loads)) == 1


def test_a_second_one_beside_that_of_the_database_is_refused(writer_of_loads: BlockingWriter, tmp_path: Path) -> None:
    load_one(writer_of_loads, write_rows(tmp_path / "load-a.jsonl", SOURCE, LESSON, LIMA))
    diff = load_one(writer_of_loads, write_rows(tmp_path / "load-b.jsonl", TURIN))
    assert (diff.accepted, [(line_of(problem), problem.field) for problem in diff.problems]) == (0, [(1, "to")])
    assert "learned/city/pe-lma-lima/lesson/load-1 (in the database) is there already" in diff.problems[0].reason
    assert ties(writer_of_loads) == ["learned/city/pe-lma-lima/lesson/load-1"]


def test_the_one_of_the_database_may_be_stated_again(writer_of_loads: BlockingWriter, tmp_path: Path) -> None:
    load_one(writer_of_loads, write_rows(tmp_path / "load-a.jsonl", SOURCE, LESSON, LIMA))
    again = load_one(writer_of_loads, write_rows(tmp_path / "load-b.jsonl", {**LIMA, "since": "2001"}))
    assert (again.changed, again.problems) == (1, ())


def test_a_row_that_is_bad_for_another_reason_is_no_first_one(writer_of_loads: BlockingWriter, tmp_path: Path) -> None:
    nowhere = {**LIMA, "from": "city/load-nowhere"}
    diff = load_one(writer_of_loads, write_rows(tmp_path / "load-a.jsonl", SOURCE, LESSON, nowhere, LIMA))
    assert [(line_of(problem), problem.field) for problem in diff.problems] == [(3, "from")]
    assert ties(writer_of_loads) == ["learned/city/pe-lma-lima/lesson/load-1"]


def test_ends_are_asked_for_once_for_each_file(
    writer_of_loads: BlockingWriter, tmp_path: Path, asked: list[str]
) -> None:
    lessons = [{**LESSON, "id": f"lesson/load-{n}"} for n in range(5)]
    learned = [{**LIMA, "to": lesson["id"]} for lesson in lessons]
    load_one(writer_of_loads, write_rows(tmp_path / "load-a.jsonl", SOURCE, OFFICE, HERE, *lessons, *learned))
    assert len([text for text in asked if "end.near" in text]) == 1
    asked.clear()
    load_one(writer_of_loads, write_rows(tmp_path / "load-b.jsonl", SOURCE))
    assert not [text for text in asked if "end.near" in text]


def test_every_end_that_is_declared_to_one_is_checked(tmp_path: Path) -> None:
    """From the declaration, over every file of the seeds: what a file checks is what the model says."""
    declared = {
        (near, route.field) for near, routes in model().routes.items() for route in routes.values() if route.one
    }
    seeds = SEEDS / "rows"
    seen = set()
    for path in sorted(seeds.glob("*.jsonl")):
        for fact in check(read_file(path).rows, model()).facts:
            for only in fact.only:
                concept = model().concept_of_id(only.near)
                assert concept is not None
                seen.add((concept.label, only.field))
    assert seen <= declared
    assert len(seen) > len(declared) // 2, declared - seen

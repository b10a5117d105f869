"""Ids of nodes have one slash, so that the ids which are made of two of them never meet; cities' fit into audiences."""

from pathlib import Path
from typing import Any

import pytest

from tests.kit.writer import BlockingWriter
from tests.loading.rows import MADE, SOURCE, STATED, VISIT, line_of, load_one, properties, write_rows

PERSON = {"label": "Person", "id": "person/load-1", "name": "P", "kind": "NAMED", **STATED}
ORGANIZATION = {"label": "Organization", "id": "organization/load-1", "name": "O", **STATED}
MEMBER = {"type": "MEMBER_OF", "from": "person/load-1", "to": "organization/load-1", "marking": "CLEAR", **STATED}
CITY = {"label": "City", "id": "city/load-1", "name": "C", **STATED}
FORM = "write a prefix, one slash and text without slashes and blanks"


def bad_of(writer: BlockingWriter, tmp_path: Path, *rows: Any) -> list[tuple[int, str, str]]:
    diff = load_one(writer, write_rows(tmp_path / "load-a.jsonl", *rows))
    assert diff.accepted == len(rows) - len({line_of(problem) for problem in diff.problems})
    return [(line_of(problem), problem.field, problem.reason) for problem in diff.problems]


def test_ids_made_of_different_ends_never_meet(writer_of_loads: BlockingWriter, tmp_path: Path) -> None:
    """From two files, for the second one met the first in the database, where both cost the whole file."""
    deep = {**ORGANIZATION, "id": "organization/load-1/organization/load-2"}
    people = [PERSON, {**PERSON, "id": "person/load-1/organization/load-1"}]
    groups = [ORGANIZATION, {**ORGANIZATION, "id": "organization/load-2"}, deep]
    first = {**MEMBER, "to": deep["id"]}
    second = {**MEMBER, "from": people[1]["id"], "to": "organization/load-2"}
    load_one(writer_of_loads, write_rows(tmp_path / "load-a.jsonl", SOURCE, *people, *groups, first))
    diff = load_one(writer_of_loads, write_rows(tmp_path / "load-b.jsonl", second, MEMBER))
    assert [(line_of(problem), problem.field) for problem in diff.problems] == [(1, "from")]
    assert diff.accepted == 1


@pytest.mark.parametrize(
    "given",
    ["person/load-1/2", "person/load-1/", "person//load-1", "person/", "person", "person/load 1", "Person/load-1"],
)
def test_an_id_of_a_node_has_one_slash(writer_of_loads: BlockingWriter, tmp_path: Path, given: str) -> None:
    bad = bad_of(writer_of_loads, tmp_path, SOURCE, {**PERSON, "id": given})
    assert bad == [(2, "id", f"{given!r} is not an id of a node; {FORM}")]


def test_what_names_a_node_has_one_slash(writer_of_loads: BlockingWriter, tmp_path: Path) -> None:
    rows = (
        {**PERSON, "sources": ["source/load-1/2"]},
        {**MEMBER, "from": "person/load-1/2"},
        {**MEMBER, "to": "organization/load-1/2"},
        {**VISIT, "marking": "AMBER", "holders": ["city/pe-lma-lima/2"]},
    )
    bad = bad_of(writer_of_loads, tmp_path, SOURCE, *rows)
    assert [(line, field) for line, field, _ in bad] == [(2, "sources.0"), (3, "from"), (4, "to"), (5, "holders.0")]
    assert all(FORM in reason for _, _, reason in bad)


@pytest.mark.parametrize("given", ["person/" + "x" * 494, 7, None])
def test_an_id_is_a_text_of_500_characters_at_most(writer_of_loads: BlockingWriter, tmp_path: Path, given: Any) -> None:
    ((line, field, _),) = bad_of(writer_of_loads, tmp_path, SOURCE, {**PERSON, "id": given})
    assert (line, field) == (2, "id")


@pytest.mark.parametrize("id_", ["made-by/visit/load-1/city/pe-lma-lima", "made-by/load-1"])
def test_an_id_of_a_relationship_may_have_more_slashes(
    writer_of_loads: BlockingWriter, tmp_path: Path, id_: str
) -> None:
    assert bad_of(writer_of_loads, tmp_path, SOURCE, VISIT, {**MADE, "id": id_}) == []


@pytest.mark.parametrize(
    ("given", "mark"),
    [("city/load-1+it-12-turin", "+"), ("city/load-1@report", "@report"), ("city/load-1@reports", "@report")],
)
def test_an_id_of_a_city_can_stand_in_an_audience(
    writer_of_loads: BlockingWriter, tmp_path: Path, given: str, mark: str
) -> None:
    reason = f"{given!r} contains {mark}, which has a meaning of its own in the holders of a fact"
    assert bad_of(writer_of_loads, tmp_path, SOURCE, {**CITY, "id": given}) == [(2, "id", reason)]


def test_ids_of_others_than_cities_may_hold_what_cities_may_not(
    writer_of_loads: BlockingWriter, tmp_path: Path
) -> None:
    rows = ({**PERSON, "id": "person/load-1+2"}, {**ORGANIZATION, "id": "organization/load-1@report"}, CITY)
    assert bad_of(writer_of_loads, tmp_path, SOURCE, *rows) == []
    assert properties(writer_of_loads, "person/load-1+2")["name"] == "P"

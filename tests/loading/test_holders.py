"""Who may see a loaded fact: holders are cities that are known, and whoever must not be found out is marked."""

from pathlib import Path
from typing import Any

import pytest

from graph.cypher.facts import READ_AUDIENCES
from graph.cypher.fragments import Fragment
from tests.kit.writer import BlockingWriter
from tests.loading.rows import MADE, SOURCE, STATED, VISIT, line_of, load_one, properties, write_rows

HELD = {**VISIT, "marking": "AMBER"}
CITY = {"label": "City", "id": "city/load-new", "name": "New", **STATED}
FORGET = Fragment("MATCH (a:_Audience) WHERE a.audience CONTAINS 'load-' OR a.audience CONTAINS '@' DELETE a")


def audiences(writer: BlockingWriter) -> set[str]:
    return set(writer.read(READ_AUDIENCES)[0]["audiences"])


@pytest.mark.parametrize(
    "holder", ["city/zz-nowhere", "city/zz-nowhere@report", "city/pe-lma-lima@else", "city/@report"]
)
@pytest.mark.parametrize("others", [[], ["city/us-wa-seattle"]])
def test_a_holder_that_is_not_known_is_refused_and_makes_no_audience(
    writer_of_loads: BlockingWriter, tmp_path: Path, holder: str, others: list[str]
) -> None:
    before = audiences(writer_of_loads)
    held = {"marking": "AMBER", "holders": [*others, holder]}
    path = write_rows(
        tmp_path / "load-a.jsonl", SOURCE, VISIT, {**VISIT, "id": "visit/load-2", **held}, {**MADE, **held}
    )
    diff = load_one(writer_of_loads, path)
    assert [(line_of(problem), problem.field) for problem in diff.problems] == [(3, "holders"), (4, "holders")]
    assert all(f"{holder.removesuffix('@report')} is not known" in problem.reason for problem in diff.problems)
    assert audiences(writer_of_loads) == before


@pytest.mark.parametrize(
    ("holder", "audience"),
    [
        ("city/us-wa-seattle", "2:us-wa-seattle"),
        ("city/us-wa-seattle@report", "2:us-wa-seattle@report"),
        ("city/load-new", "2:load-new"),
    ],
)
def test_a_holder_of_the_file_or_the_database_is_accepted_also_for_reports(
    writer_of_loads: BlockingWriter, tmp_path: Path, holder: str, audience: str
) -> None:
    path = write_rows(tmp_path / "load-a.jsonl", SOURCE, {**HELD, "holders": [holder]}, CITY)
    try:
        assert load_one(writer_of_loads, path).problems == ()
        assert properties(writer_of_loads, "visit/load-1")["audience"] == audience
        assert audience in audiences(writer_of_loads)
    finally:
        writer_of_loads.unit(lambda unit: unit.run(FORGET))


PSEUDONYM: dict[str, Any] = {"label": "Person", "id": "person/load-1", "name": "P-1", "kind": "PSEUDONYMOUS", **STATED}


@pytest.mark.parametrize("said", [{}, {"marking": None}])
def test_a_pseudonym_without_a_marking_is_refused(
    writer_of_loads: BlockingWriter, tmp_path: Path, said: dict[str, Any]
) -> None:
    diff = load_one(writer_of_loads, write_rows(tmp_path / "load-a.jsonl", SOURCE, {**PSEUDONYM, **said}))
    assert [(line_of(problem), problem.field) for problem in diff.problems] == [(2, "marking")]
    assert "PSEUDONYMOUS" in diff.problems[0].reason
    assert "CLEAR, for everybody" in diff.problems[0].reason


@pytest.mark.parametrize("said", [{"marking": "CLEAR"}, {"marking": "RED", "holders": ["city/us-wa-seattle"]}])
def test_a_pseudonym_with_a_marking_is_accepted(
    writer_of_loads: BlockingWriter, tmp_path: Path, said: dict[str, Any]
) -> None:
    named = {**PSEUDONYM, "id": "person/load-2", "kind": "NAMED"}
    diff = load_one(writer_of_loads, write_rows(tmp_path / "load-a.jsonl", SOURCE, {**PSEUDONYM, **said}, named))
    assert diff.problems == ()

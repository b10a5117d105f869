"""Which rows of a file fit what the database holds: every reason is true, and no row costs another one its place."""

from pathlib import Path
from typing import Any

import pytest

from graph.bolt.write import Unit, Writer
from graph.cypher.fragments import Fragment
from tests.loading.rows import MADE, SOURCE, STATED, VISIT, load_one, write_rows

TURIN = "city/it-12-turin"
OWN = {**MADE, "id": "made-by/load-1"}
CITIES = [{"label": "City", "id": f"city/load-{n}", "name": "C", "geonamesId": 10**12 + n, **STATED} for n in range(4)]
TWINS = {"type": "TWINNED_WITH", "from": "city/load-2", "to": "city/load-1", "id": "twinned-with/load-1", **STATED}


def reasons(report: Any) -> list[tuple[int, str, str]]:
    return [(bad.line, bad.field, bad.reason) for bad in report.bad]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement that a unit runs."""
    found: list[str] = []
    run = Unit.run

    def noting(unit: Unit, text: Fragment, **values: Any) -> Any:
        found.append(text.text)
        return run(unit, text, **values)

    monkeypatch.setattr(Unit, "run", noting)
    return found


def test_relationships_that_stand_between_others_are_bad_rows(writer_of_loads: Writer, tmp_path: Path) -> None:
    second = {**OWN, "id": "made-by/load-2", "to": TURIN}
    load_one(writer_of_loads, write_rows(tmp_path / "load-a.jsonl", SOURCE, VISIT, OWN, second, *CITIES, TWINS))
    moved = [{**OWN, "to": TURIN}, {**second, "to": MADE["to"]}, {**TWINS, "to": "city/load-3"}]
    good = {**VISIT, "id": "visit/load-2"}
    report = load_one(writer_of_loads, write_rows(tmp_path / "load-b.jsonl", *moved, good))
    assert (report.good, report.created) == (1, 1)
    assert reasons(report) == [
        (1, "id", "made-by/load-1 stands between visit/load-1 and city/pe-lma-lima already"),
        (2, "id", "made-by/load-2 stands between visit/load-1 and city/it-12-turin already"),
        (3, "id", "twinned-with/load-1 stands between city/load-1 and city/load-2 already"),
    ]


def test_relationships_that_stand_where_they_stood_are_good(writer_of_loads: Writer, tmp_path: Path) -> None:
    load_one(writer_of_loads, write_rows(tmp_path / "load-a.jsonl", SOURCE, VISIT, OWN, *CITIES, TWINS))
    turned = {**TWINS, "from": TWINS["to"], "to": TWINS["from"]}
    again = load_one(writer_of_loads, write_rows(tmp_path / "load-b.jsonl", {**OWN, "since": "2001"}, turned))
    assert (again.changed, again.created, again.bad) == (1, 0, ())


def test_ends_are_asked_for_once_a_type_and_only_for_ids_of_the_rows_own(
    writer_of_loads: Writer, tmp_path: Path, asked: list[str]
) -> None:
    more = [{**OWN, "id": f"made-by/load-{n}"} for n in range(5)]
    load_one(writer_of_loads, write_rows(tmp_path / "load-a.jsonl", SOURCE, VISIT, *more, *CITIES, TWINS))
    assert len([text for text in asked if "{key: " in text]) == 2
    asked.clear()
    made = {**MADE, "id": "made-by/visit/load-1/city/pe-lma-lima"}
    load_one(writer_of_loads, write_rows(tmp_path / "load-b.jsonl", made))
    assert not [text for text in asked if "{key: " in text]


def test_a_relationship_that_would_move_is_no_first_one(writer_of_loads: Writer, tmp_path: Path) -> None:
    lessons = [{"label": "Lesson", "id": f"lesson/load-{n}", "statement": "L", **STATED} for n in (1, 2)]
    learned = {"type": "LEARNED", "from": TURIN, "to": "lesson/load-1", "id": "learned/load-1", **STATED}
    load_one(writer_of_loads, write_rows(tmp_path / "load-a.jsonl", SOURCE, *lessons, learned))
    rows = {**learned, "to": "lesson/load-2"}, {**learned, "to": "lesson/load-2", "id": "learned/load-2"}
    report = load_one(writer_of_loads, write_rows(tmp_path / "load-b.jsonl", *rows))
    assert [(bad.line, bad.field) for bad in report.bad] == [(1, "id")]
    assert report.good == 1

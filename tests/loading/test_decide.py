"""Which rows of a file fit what the database holds: every reason is true, and no row costs another one its place."""

from pathlib import Path
from typing import Any

import pytest

from graph.cypher.facts import KNOWN_IDS
from tests.kit.writer import BlockingWriter
from tests.loading.rows import MADE, SOURCE, STATED, VISIT, line_of, load_one, properties, write_rows

TURIN = "city/it-12-turin"
OWN = {**MADE, "id": "made-by/load-1"}
TOPIC = {"label": "Topic", "id": "topic/load-a", "name": "A", **STATED}
BELOW = {**TOPIC, "id": "topic/load-b"}
UNDER = {"type": "UNDER", "from": "topic/load-b", "to": "topic/load-a", **STATED}
BADLY = {"sources": ["source/load-9"]}
CITIES = [{"label": "City", "id": f"city/load-{n}", "name": "C", "geonamesId": 10**12 + n, **STATED} for n in range(4)]
TWINS = {"type": "TWINNED_WITH", "from": "city/load-2", "to": "city/load-1", "id": "twinned-with/load-1", **STATED}
NUMBERS = [10**12 + n for n in range(4)]


def reasons(diff: Any) -> list[tuple[int, str, str]]:
    return [(line_of(problem), problem.field, problem.reason) for problem in diff.problems]


def numbers(writer: BlockingWriter, *cities: Any) -> list[Any]:
    return [properties(writer, city["id"]).get("geonamesId") for city in cities]


def numbered(city: Any, number: int | None) -> Any:
    return {**city, "geonamesId": number}


def test_relationships_that_stand_between_others_are_bad_rows(writer_of_loads: BlockingWriter, tmp_path: Path) -> None:
    second = {**OWN, "id": "made-by/load-2", "to": TURIN}
    load_one(writer_of_loads, write_rows(tmp_path / "load-a.jsonl", SOURCE, VISIT, OWN, second, *CITIES, TWINS))
    moved = [{**OWN, "to": TURIN}, {**second, "to": MADE["to"]}, {**TWINS, "to": "city/load-3"}]
    good = {**VISIT, "id": "visit/load-2"}
    diff = load_one(writer_of_loads, write_rows(tmp_path / "load-b.jsonl", *moved, good))
    assert (diff.accepted, diff.created) == (1, 1)
    assert reasons(diff) == [
        (1, "id", "made-by/load-1 already connects visit/load-1 and city/pe-lma-lima"),
        (2, "id", "made-by/load-2 already connects visit/load-1 and city/it-12-turin"),
        (3, "id", "twinned-with/load-1 already connects city/load-1 and city/load-2"),
    ]


def test_relationships_that_stand_where_they_stood_are_good(writer_of_loads: BlockingWriter, tmp_path: Path) -> None:
    load_one(writer_of_loads, write_rows(tmp_path / "load-a.jsonl", SOURCE, VISIT, OWN, *CITIES, TWINS))
    turned = {**TWINS, "from": TWINS["to"], "to": TWINS["from"]}
    again = load_one(writer_of_loads, write_rows(tmp_path / "load-b.jsonl", {**OWN, "since": "2001"}, turned))
    assert (again.changed, again.created, again.problems) == (1, 0, ())


def test_ends_are_asked_for_once_a_type_and_only_for_ids_of_the_rows_own(
    writer_of_loads: BlockingWriter, tmp_path: Path, asked: list[str]
) -> None:
    more = [{**OWN, "id": f"made-by/load-{n}"} for n in range(5)]
    load_one(writer_of_loads, write_rows(tmp_path / "load-a.jsonl", SOURCE, VISIT, *more, *CITIES, TWINS))
    assert len([text for text in asked if "{key: " in text]) == 2
    asked.clear()
    made = {**MADE, "id": "made-by/visit/load-1/city/pe-lma-lima"}
    load_one(writer_of_loads, write_rows(tmp_path / "load-b.jsonl", made))
    assert not [text for text in asked if "{key: " in text]


def test_an_id_of_a_rows_own_is_none_that_other_ends_make(writer_of_loads: BlockingWriter, tmp_path: Path) -> None:
    taken = {**MADE, "id": f"made-by/visit/load-1/{TURIN}"}
    diff = load_one(writer_of_loads, write_rows(tmp_path / "load-a.jsonl", SOURCE, VISIT, taken, {**MADE, "to": TURIN}))
    (problem,) = diff.problems
    assert (line_of(problem), problem.field, diff.accepted) == (3, "id", 3)
    assert problem.reason.endswith("an id of its own has no further slash")


def test_a_relationship_that_would_move_is_no_first_one(writer_of_loads: BlockingWriter, tmp_path: Path) -> None:
    lessons = [{"label": "Lesson", "id": f"lesson/load-{n}", "statement": "L", **STATED} for n in (1, 2)]
    learned = {"type": "LEARNED", "from": TURIN, "to": "lesson/load-1", "id": "learned/load-1", **STATED}
    load_one(writer_of_loads, write_rows(tmp_path / "load-a.jsonl", SOURCE, *lessons, learned))
    rows = {**learned, "to": "lesson/load-2"}, {**learned, "to": "lesson/load-2", "id": "learned/load-2"}
    diff = load_one(writer_of_loads, write_rows(tmp_path / "load-b.jsonl", *rows))
    assert [(line_of(problem), problem.field) for problem in diff.problems] == [(1, "id")]
    assert diff.accepted == 1


def test_an_end_of_the_database_is_known_where_this_file_states_it_badly(
    writer_of_loads: BlockingWriter, tmp_path: Path
) -> None:
    load_one(writer_of_loads, write_rows(tmp_path / "load-a.jsonl", SOURCE, TOPIC))
    diff = load_one(writer_of_loads, write_rows(tmp_path / "load-b.jsonl", {**TOPIC, **BADLY}, BELOW, UNDER))
    assert reasons(diff) == [(1, "sources", "source/load-9 is not known")]
    assert diff.accepted == 2


def test_an_end_that_is_nowhere_else_is_not_known_where_this_file_states_it_badly(
    writer_of_loads: BlockingWriter, tmp_path: Path
) -> None:
    rows = (SOURCE, {**TOPIC, **BADLY}, BELOW, UNDER)
    diff = load_one(writer_of_loads, write_rows(tmp_path / "load-a.jsonl", *rows))
    assert reasons(diff) == [
        (2, "sources", "source/load-9 is not known"),
        (4, "to", "topic/load-a is not known"),
    ]


def test_a_file_of_good_rows_asks_for_nothing_that_it_states(
    writer_of_loads: BlockingWriter, tmp_path: Path, asked: list[str]
) -> None:
    load_one(writer_of_loads, write_rows(tmp_path / "load-a.jsonl", SOURCE, TOPIC, BELOW, UNDER))
    assert asked
    assert KNOWN_IDS.text not in asked


def test_cities_exchange_a_unique_value(writer_of_loads: BlockingWriter, tmp_path: Path) -> None:
    one, two = CITIES[1:3]
    load_one(writer_of_loads, write_rows(tmp_path / "load-a.jsonl", SOURCE, one, two))
    rows = numbered(one, NUMBERS[2]), numbered(two, NUMBERS[1])
    diff = load_one(writer_of_loads, write_rows(tmp_path / "load-b.jsonl", *rows))
    assert (diff.accepted, diff.changed, diff.problems) == (2, 2, ())
    assert numbers(writer_of_loads, one, two) == [NUMBERS[2], NUMBERS[1]]


@pytest.mark.parametrize("number", [None, 10**12 + 9])
@pytest.mark.parametrize("first", [True, False])
def test_a_unique_value_that_is_given_up_is_free(
    writer_of_loads: BlockingWriter, tmp_path: Path, number: int | None, first: bool
) -> None:
    one, three = CITIES[1], numbered(CITIES[3], NUMBERS[1])
    load_one(writer_of_loads, write_rows(tmp_path / "load-a.jsonl", SOURCE, one))
    rows = [numbered(one, number), three]
    diff = load_one(writer_of_loads, write_rows(tmp_path / "load-b.jsonl", *(rows if first else rows[::-1])))
    assert (diff.created, diff.changed, diff.problems) == (1, 1, ())
    assert numbers(writer_of_loads, one, three) == [number, NUMBERS[1]]


def test_a_unique_value_is_kept_where_the_row_that_gives_it_up_is_bad(
    writer_of_loads: BlockingWriter, tmp_path: Path
) -> None:
    one, three = CITIES[1], numbered(CITIES[3], NUMBERS[1])
    load_one(writer_of_loads, write_rows(tmp_path / "load-a.jsonl", SOURCE, one))
    rows = {**numbered(one, None), **BADLY}, three
    diff = load_one(writer_of_loads, write_rows(tmp_path / "load-b.jsonl", *rows))
    assert {(line, field) for line, field, _ in reasons(diff)} == {(1, "sources"), (2, "geonamesId")}
    assert numbers(writer_of_loads, one) == [NUMBERS[1]]


def test_a_unique_value_is_kept_where_another_one_has_what_its_owner_wants(
    writer_of_loads: BlockingWriter, tmp_path: Path
) -> None:
    """One would take the value of a second city, which stays; so a third cannot have that of the first."""
    one, two, three = CITIES[1:]
    load_one(writer_of_loads, write_rows(tmp_path / "load-a.jsonl", SOURCE, one, two))
    rows = numbered(three, NUMBERS[1]), numbered(one, NUMBERS[2])
    diff = load_one(writer_of_loads, write_rows(tmp_path / "load-b.jsonl", *rows))
    assert {(line, reason) for line, _, reason in reasons(diff)} == {
        (1, f"city/load-1 has {NUMBERS[1]} already"),
        (2, f"city/load-2 has {NUMBERS[2]} already"),
    }


def test_the_owner_of_a_unique_value_that_states_it_again_keeps_it(
    writer_of_loads: BlockingWriter, tmp_path: Path
) -> None:
    one, three = CITIES[1], numbered(CITIES[3], NUMBERS[1])
    load_one(writer_of_loads, write_rows(tmp_path / "load-a.jsonl", SOURCE, one))
    diff = load_one(writer_of_loads, write_rows(tmp_path / "load-b.jsonl", three, {**one, "name": "D"}))
    assert (diff.changed, reasons(diff)) == (1, [(1, "geonamesId", f"city/load-1 has {NUMBERS[1]} already")])


def test_a_row_that_is_bad_for_another_reason_has_no_unique_value(
    writer_of_loads: BlockingWriter, tmp_path: Path
) -> None:
    rows = SOURCE, {**CITIES[1], **BADLY}, numbered(CITIES[3], NUMBERS[1])
    diff = load_one(writer_of_loads, write_rows(tmp_path / "load-a.jsonl", *rows))
    assert reasons(diff) == [(2, "sources", "source/load-9 is not known")]

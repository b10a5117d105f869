"""What is too large for an index of the database costs its own row only, and the message says how large it may be."""

from pathlib import Path
from typing import Any

import pytest

from graph.cypher.fragments import Fragment
from schema.derived.rows import MOST_INDEXED
from schema.language.kinds import Kind
from schema.model import model
from tests.kit.writer import BlockingWriter
from tests.loading.rows import MADE, SOURCE, STATED, VISIT, line_of, load_one, properties, write_rows

WIDE = "𝕏"
"""A character of four bytes."""
MOST_WIDE = MOST_INDEXED // 4
LONG_ID = f"person/load-{'x' * 488}"
PERSON = {"label": "Person", "id": "person/load-1", "name": "P", "kind": "NAMED", **STATED}
ADOPTION = {"label": "Adoption", "id": "adoption/load-1", "status": "RUNNING", **STATED}
COUNTRY = {"label": "Country", "id": "country/load-1", "name": "C", **STATED}
TOO_LARGE: dict[str, tuple[dict[str, Any], str, int]] = {
    "name": ({**PERSON, "name": "x" * 8160}, "name", 8160),
    "one byte": ({**PERSON, "name": "x" * 5001}, "name", 5001),
    "name of wide characters": ({**PERSON, "name": WIDE * 2200}, "name", 8800),
    "more characters than any text has": ({**PERSON, "name": "x" * 10_001}, "name", 10_001),
    "title": ({**VISIT, "title": "é" * 4100}, "title", 8200),
    "text that may be absent": ({**ADOPTION, "localName": "x" * 8200}, "localName", 8200),
    "unique text": ({**COUNTRY, "isoCode": "x" * 8200}, "isoCode", 8200),
}
FORGET = Fragment("MATCH (a:_Audience) WHERE a.audience CONTAINS 'load-' DELETE a")


@pytest.mark.parametrize("case", TOO_LARGE)
def test_a_text_that_no_index_takes_costs_its_own_row_only(
    writer_of_loads: BlockingWriter, tmp_path: Path, case: str
) -> None:
    row, field, size = TOO_LARGE[case]
    good = {**PERSON, "id": "person/load-2"}
    diff = load_one(writer_of_loads, write_rows(tmp_path / "load-a.jsonl", SOURCE, row, good))
    assert diff.accepted == 2
    assert [(line_of(problem), problem.field) for problem in diff.problems] == [(2, field)]
    assert (
        diff.problems[0].reason
        == f"has {size:,} bytes of UTF-8; at most 5,000 are accepted, because this text is indexed"
    )


@pytest.mark.parametrize("text", ["x" * MOST_INDEXED, "é" * (MOST_INDEXED // 2), WIDE * MOST_WIDE])
def test_the_largest_text_is_loaded_beside_the_largest_id(
    writer_of_loads: BlockingWriter, tmp_path: Path, text: str
) -> None:
    assert len(LONG_ID) == 500
    row = {**PERSON, "id": LONG_ID, "name": text}
    diff = load_one(writer_of_loads, write_rows(tmp_path / "load-a.jsonl", SOURCE, row))
    assert diff.problems == ()
    assert properties(writer_of_loads, LONG_ID)["name"] == text


def test_a_name_that_grows_too_long_when_it_is_folded_is_refused(
    writer_of_loads: BlockingWriter, tmp_path: Path
) -> None:
    """One sign of three bytes stands for four words; a name of 4,800 bytes has 53,000 when it is folded."""
    row = {**PERSON, "name": "\ufdfa" * 1_600}
    diff = load_one(writer_of_loads, write_rows(tmp_path / "load-a.jsonl", SOURCE, row))
    assert [(problem.field, problem.reason) for problem in diff.problems] == [
        ("name", "has more than 8,000 bytes when it is folded, too many for an index")
    ]


def test_the_largest_texts_that_no_index_orders_are_loaded(writer_of_loads: BlockingWriter, tmp_path: Path) -> None:
    """Words are cut where the index of words needs it, lists and notes are in none."""
    long = WIDE * 10_000
    rows = (
        {**PERSON, "note": long, "sources": ["source/load-1"] * 500},
        {"label": "Lesson", "id": "lesson/load-1", "statement": long, "marking": "CLEAR", **STATED},
        {"type": "LEARNED", "from": "city/it-12-turin", "to": "lesson/load-1", "note": long, **STATED},
    )
    assert load_one(writer_of_loads, write_rows(tmp_path / "load-a.jsonl", SOURCE, *rows)).problems == ()


def test_a_relationship_between_the_largest_ids_is_loaded(writer_of_loads: BlockingWriter, tmp_path: Path) -> None:
    other = f"person/load-{'y' * 488}"
    own = f"knows/load-{'y' * 489}"
    knows = {"type": "KNOWS", "from": LONG_ID, "to": other, "marking": "CLEAR", **STATED}
    rows = ({**PERSON, "id": LONG_ID}, {**PERSON, "id": other}, knows, {**knows, "id": own})
    diff = load_one(writer_of_loads, write_rows(tmp_path / "load-a.jsonl", SOURCE, *rows))
    assert (diff.accepted, diff.problems) == (5, ())


def test_a_holder_that_no_index_takes_costs_its_own_row_only(writer_of_loads: BlockingWriter, tmp_path: Path) -> None:
    held = {**VISIT, "marking": "AMBER", "holders": ["city/" + "x" * 9000]}
    diff = load_one(writer_of_loads, write_rows(tmp_path / "load-a.jsonl", SOURCE, held, PERSON))
    assert (diff.accepted, [line_of(problem) for problem in diff.problems]) == (2, [2])
    assert diff.problems[0].field == "holders"


def test_more_holders_than_an_index_takes_cost_their_own_row_only(
    writer_of_loads: BlockingWriter, tmp_path: Path
) -> None:
    cities = [{"label": "City", "id": f"city/load-{n:02}-{'x' * 470}", "name": "C", **STATED} for n in range(20)]
    held = {**VISIT, "marking": "AMBER", "holders": [city["id"] for city in cities]}
    few = {**held, "id": "visit/load-2", "holders": [city["id"] for city in cities[:10]]}
    try:
        diff = load_one(writer_of_loads, write_rows(tmp_path / "load-a.jsonl", SOURCE, *cities, held, few))
        assert (diff.accepted, [(line_of(problem), problem.field) for problem in diff.problems]) == (
            22,
            [(22, "holders")],
        )
        assert diff.problems[0].reason.startswith("the ids of 20 holders have 9,579 bytes of UTF-8 together")
    finally:
        writer_of_loads.unit(lambda unit: unit.run(FORGET))


def test_nothing_but_bounded_values_is_indexed() -> None:
    """A text is bounded where it is declared as sorted or unique; lists, addresses and choices would need it too."""
    bounded = {Kind.TEXT, Kind.INTEGER, Kind.BIG_INTEGER, Kind.NUMBER, Kind.WHEN, Kind.END}
    found = {
        prop.kind
        for label in model().concepts
        for prop in model().properties(label).values()
        if prop.sorted or prop.unique
    }
    assert Kind.TEXT in found
    assert found <= bounded


def test_a_file_of_20_000_rows_is_loaded(writer_of_loads: BlockingWriter, tmp_path: Path) -> None:
    """Each row as large as those that people load: with words that are searched, a date and a source."""
    visit = {**VISIT, "title": "A study tour to see how buses run " * 2, "since": "2014-05", "note": "n" * 200}
    rows = [{**visit, "id": f"visit/load-{n}"} for n in range(2, 10_001)]
    made = [{**MADE, "from": f"visit/load-{n}"} for n in range(2, 10_001)]
    diff = load_one(writer_of_loads, write_rows(tmp_path / "load-a.jsonl", SOURCE, VISIT, *rows, *made))
    assert (diff.created, diff.problems) == (20_000, ())

"""Loading a file: idempotent, whole or not at all, and every bad row is named while the others are loaded."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from graph.bolt.connect import DatabaseUnavailable
from graph.bolt.write import Unit
from graph.cypher.fragments import Fragment
from graph.facts.check import Checked
from graph.facts.diff import Diff
from graph.facts.migrate import WrongSecret
from graph.facts.put import put_checked
from graph.facts.rows import Problem
from graph.facts.write import Stamp
from graph.load.files import RowFile, UnreadableFile, read_file
from tests.conftest import SECRET
from tests.kit.paths import DOCS
from tests.kit.writer import BlockingWriter
from tests.loading.conftest import FORGET
from tests.loading.rows import (
    MADE,
    READ,
    SOURCE,
    STATED,
    VISIT,
    line_of,
    load_file,
    load_one,
    properties,
    stamp,
    write_rows,
)

SYNTHETIC = {"confidence": "SYNTHETIC"}
COUNT = Fragment(
    "MATCH (n) WHERE n.id CONTAINS '/load-' OR n:_Load AND n.file STARTS WITH 'load-' "
    "RETURN count(n) AS nodes, sum(COUNT { (n)-->() }) AS ties, max(n.updatedAt) AS updated"
)

WHOLE = Fragment(
    "MATCH (n) WHERE n.id CONTAINS '/load-' RETURN labels(n) AS of, properties(n) AS p, '' AS start, '' AS end "
    "UNION MATCH (a)-[r]->(b) WHERE r.id CONTAINS '/load-' "
    "RETURN type(r) AS of, properties(r) AS p, a.id AS start, b.id AS end"
)


def test_a_second_load_changes_nothing_and_says_so(writer_of_loads: BlockingWriter, tmp_path: Path) -> None:
    path = write_rows(tmp_path / "load-a.jsonl", SOURCE, VISIT, MADE)
    first = load_one(writer_of_loads, path)
    assert (first.accepted, first.created, first.changed, first.problems) == (3, 3, 0, ())
    before = writer_of_loads.read(COUNT)
    assert load_file(writer_of_loads, path, day=2).unchanged
    assert writer_of_loads.read(COUNT) == before


def test_a_changed_file_changes_only_the_changed_facts(writer_of_loads: BlockingWriter, tmp_path: Path) -> None:
    load_one(writer_of_loads, write_rows(tmp_path / "load-a.jsonl", SOURCE, VISIT, MADE))
    changed = {**VISIT, "title": "W", "delegates": 3}
    diff = load_one(writer_of_loads, write_rows(tmp_path / "load-a.jsonl", SOURCE, changed, MADE), day=2)
    assert (diff.accepted, diff.created, diff.changed, diff.first_changed) == (3, 0, 1, ("visit/load-1",))
    visit, source = properties(writer_of_loads, "visit/load-1"), properties(writer_of_loads, "source/load-1")
    assert (visit["title"], visit["delegates"]) == ("W", 3)
    assert visit["recordedAt"].day == 1
    assert visit["updatedAt"].day == 2
    assert source["updatedAt"].day == 1
    without = {key: value for key, value in VISIT.items() if key != "note"}
    load_one(writer_of_loads, write_rows(tmp_path / "load-a.jsonl", SOURCE, without, MADE), day=3)
    assert "delegates" not in properties(writer_of_loads, "visit/load-1")


BAD: dict[str, tuple[Any, str, str]] = {
    "no JSON": ('{"label": ', "(line)", "JSON"),
    "no object": ("[1]", "(line)", "object"),
    "neither": ({"id": "x/load-2"}, "(row)", "neither"),
    "unknown label": ({**VISIT, "label": "Journey"}, "label", "accepted are"),
    "label of another type": ({**VISIT, "label": 7}, "label", "unknown"),
    "wrong prefix": ({**VISIT, "id": "city/load-2"}, "id", "visit/"),
    "no id": ({key: value for key, value in VISIT.items() if key != "id"}, "id", "is missing"),
    "no kind": (
        {key: value for key, value in VISIT.items() if key != "kind"} | {"id": "visit/load-2"},
        "kind",
        "is missing; accepted are STUDY_TOUR, TECHNICAL_VISIT",
    ),
    "missing property": ({**VISIT, "id": "visit/load-2", "title": None}, "title", "string"),
    "unknown property": ({**VISIT, "id": "visit/load-2", "colour": "red"}, "colour", "delegates"),
    "unknown choice": ({**VISIT, "id": "visit/load-2", "kind": "HOLIDAY"}, "kind", "STUDY_TOUR"),
    "a number as a date": (
        {**VISIT, "id": "visit/load-2", "since": 2009},
        "since",
        "2009 is not a text; accepted are EDTF dates",
    ),
    "currency": (
        {**VISIT, "id": "visit/load-2", "costPerDelegate": {"amount": 1, "currency": "usd"}},
        "costPerDelegate.currency",
        "'usd' is not a currency; write the three capital letters of ISO 4217",
    ),
    "currency that is no text": (
        {**VISIT, "id": "visit/load-2", "costPerDelegate": {"amount": 1, "currency": 840}},
        "costPerDelegate.currency",
        "840 is not a currency",
    ),
    "no date": ({**VISIT, "id": "visit/load-2", "since": "last year"}, "since", "EDTF"),
    "number as text": ({**VISIT, "id": "visit/load-2", "delegates": "12"}, "delegates", "whole number"),
    "number too large": ({**VISIT, "id": "visit/load-2", "delegates": 2**31}, "delegates", "less than"),
    "money": (
        {**VISIT, "id": "visit/load-2", "costPerDelegate": {"amount": 1}},
        "costPerDelegate.currency",
        "is missing",
    ),
    "no source": ({**VISIT, "id": "visit/load-2", "sources": []}, "sources", "SYNTHETIC"),
    "unknown source": ({**VISIT, "id": "visit/load-2", "sources": ["source/load-9"]}, "sources", "source/load-9"),
    "holders of a clear fact": ({**VISIT, "id": "visit/load-2", "holders": ["city/a"]}, "marking", "no holders"),
    "amber without holders": ({**VISIT, "id": "visit/load-2", "marking": "AMBER"}, "marking", "holders"),
    "red with two holders": (
        {**VISIT, "id": "visit/load-2", "marking": "RED", "holders": ["city/a", "city/b"]},
        "marking",
        "one holder",
    ),
    "always clear": (
        {"label": "Topic", "id": "topic/load-2", "name": "T", "marking": "GREEN", **STATED},
        "marking",
        "always CLEAR",
    ),
    "a synthetic fact of a kind that everybody sees": (
        {"label": "Topic", "id": "topic/load-2", "name": "T", **SYNTHETIC},
        "confidence",
        "never SYNTHETIC",
    ),
    "a synthetic relationship of a kind that everybody sees": (
        {"type": "IN_COUNTRY", "from": "city/pe-lma-lima", "to": "country/us", **SYNTHETIC},
        "confidence",
        "IN_COUNTRY is never SYNTHETIC",
    ),
    "a period": ({**VISIT, "id": "visit/load-2", "since": "2016/2022"}, "since", "period"),
    "end before beginning": ({**VISIT, "id": "visit/load-2", "since": "2010", "until": "2000"}, "until", "before"),
    "unique value of another": (
        {"label": "Country", "id": "country/load-2", "name": "C", "isoCode": "US", **STATED},
        "isoCode",
        "country/us",
    ),
    "wrong reference": ({**VISIT, "id": "visit/load-2", "sources": ["visit/load-1"]}, "sources", "source/"),
    "wrong end": ({**MADE, "to": "topic/digital"}, "type", "no MADE_BY"),
    "unknown end": ({**MADE, "to": "city/load-nowhere"}, "to", "not known"),
    "unknown start": ({**MADE, "from": "visit/load-9"}, "from", "not known"),
    "twice": (VISIT, "id", "visit/load-1 is already stated at load-bad.jsonl:2"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_row_is_named_and_loses_nothing_else(writer_of_loads: BlockingWriter, tmp_path: Path, case: str) -> None:
    row, field, reason = BAD[case]
    path = write_rows(tmp_path / "load-bad.jsonl", SOURCE, VISIT, row, MADE)
    diff = load_one(writer_of_loads, path)
    assert diff.accepted == 3
    assert [(problem.where, problem.field) for problem in diff.problems] == [("load-bad.jsonl:3", field)]
    assert reason in diff.problems[0].reason


def test_a_file_with_a_bad_row_is_tried_again(writer_of_loads: BlockingWriter, tmp_path: Path) -> None:
    early = write_rows(tmp_path / "load-b.jsonl", VISIT, MADE)
    assert {problem.field for problem in load_one(writer_of_loads, early).problems} == {"sources", "from"}
    load_one(writer_of_loads, write_rows(tmp_path / "load-a.jsonl", SOURCE))
    again = load_one(writer_of_loads, early)
    assert (again.accepted, again.problems) == (2, ())


def test_rows_and_record_commit_together_or_not_at_all(
    writer_of_loads: BlockingWriter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_rows(tmp_path / "load-a.jsonl", SOURCE, VISIT, MADE)

    async def written_then_broken(unit: Unit, *given: Any) -> Any:
        await put_checked(unit, *given)
        raise RuntimeError("killed before the commit")

    with monkeypatch.context() as patched:
        patched.setattr("graph.load.run.put_checked", written_then_broken)
        with pytest.raises(RuntimeError):
            load_one(writer_of_loads, path)
    assert writer_of_loads.read(COUNT)[0]["nodes"] == 0
    assert load_one(writer_of_loads, path).created == 3


def test_stored_properties_are_as_the_model_page_says(writer_of_loads: BlockingWriter, tmp_path: Path) -> None:
    holders = ["city/us-wa-seattle", "city/it-12-turin"]
    row: dict[str, Any] = {**VISIT, "since": "[1989..1992]", "until": "1993", "marking": "AMBER", "holders": holders}
    row["costPerDelegate"] = {"amount": 5, "currency": "USD"}
    load_one(writer_of_loads, write_rows(tmp_path / "load-a.jsonl", SOURCE, row))
    stored = properties(writer_of_loads, "visit/load-1")
    assert stored["sinceDay"].iso_format() == "1989-01-01"
    assert stored["untilDay"].iso_format() == "1994-01-01"
    assert (stored["marking"], stored["level"]) == (2, 2)
    assert stored["audience"] == "2:it-12-turin+us-wa-seattle"
    load_one(writer_of_loads, write_rows(tmp_path / "load-a.jsonl", SOURCE, row | SYNTHETIC), day=2)
    stored = properties(writer_of_loads, "visit/load-1")
    assert (stored["marking"], stored["level"]) == (2, 6)
    assert stored["audience"] == "s2:it-12-turin+us-wa-seattle"
    assert (stored["costPerDelegateAmount"], stored["costPerDelegateCurrency"]) == (5, "USD")
    assert stored["key"] != stored["id"]
    assert set(writer_of_loads.read(READ, id="visit/load-1")[0]["labels"]) == {"Visit", "Fact"}


def test_a_file_that_cannot_be_read_is_said_clearly(writer_of_loads: BlockingWriter, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"nothing\.jsonl cannot be read"):
        load_one(writer_of_loads, tmp_path / "nothing.jsonl")
    with pytest.raises(UnreadableFile, match="cannot be read"):
        load_one(writer_of_loads, tmp_path)


def test_another_secret_is_refused(seeded: BlockingWriter) -> None:
    with pytest.raises(WrongSecret, match="CITYGRAPH_KEY_SECRET"):
        seeded.migrate(b"another secret of 32 bytes or so")
    assert seeded.migrate(SECRET) == 0


def test_another_model_makes_the_index_of_words_anew(seeded: BlockingWriter) -> None:
    """It keeps its name when labels or texts join it, so that it would else be left as it was."""

    def covered() -> list[dict[str, Any]]:
        return seeded.read(Fragment("SHOW FULLTEXT INDEXES YIELD name, labelsOrTypes, properties"))

    before = covered()
    seeded.alone(Fragment("DROP INDEX words"))
    seeded.alone(Fragment("CREATE FULLTEXT INDEX words FOR (x:City) ON EACH [x.nameWords]"))
    seeded.alone(Fragment("MATCH (m:_Meta {name: 'schema'}) SET m.value = 'of a former model'"))
    assert seeded.migrate(SECRET) > 0
    assert covered() == before
    assert seeded.migrate(SECRET) == 0


def test_a_bad_row_is_shown_with_file_line_field_and_reason() -> None:
    assert str(Problem("a.jsonl:3", "since", "is not a date")) == "a.jsonl:3 since: is not a date"


def test_what_the_database_refuses_is_said_by_its_code(seeded: BlockingWriter) -> None:
    with pytest.raises(DatabaseUnavailable, match="SyntaxError"):
        seeded.alone(Fragment("NOT CYPHER"))


def test_one_unique_value_in_two_rows_sets_the_second_aside(writer_of_loads: BlockingWriter, tmp_path: Path) -> None:
    first = {"label": "Country", "id": "country/load-1", "name": "A", "isoCode": "Q1", **STATED}
    second = {**first, "id": "country/load-2"}
    diff = load_one(writer_of_loads, write_rows(tmp_path / "load-a.jsonl", SOURCE, first, second))
    assert [(line_of(problem), problem.field) for problem in diff.problems] == [(3, "isoCode")]
    assert diff.accepted == 2


def test_a_relationship_that_stands_twice_is_told_of_ids_of_its_own(
    writer_of_loads: BlockingWriter, tmp_path: Path
) -> None:
    second = {**MADE, "since": "2001"}
    diff = load_one(writer_of_loads, write_rows(tmp_path / "load-a.jsonl", SOURCE, VISIT, MADE, second))
    assert [(line_of(problem), problem.field) for problem in diff.problems] == [(4, "id")]
    assert (
        "is already stated at load-a.jsonl:3; another MADE_BY between the same two facts needs an `id` of its own, made-by/"
        in (diff.problems[0].reason)
    )
    own = {**second, "id": "made-by/load-2"}
    diff = load_one(writer_of_loads, write_rows(tmp_path / "load-a.jsonl", SOURCE, VISIT, MADE, own, own))
    assert (diff.accepted, [problem.reason for problem in diff.problems]) == (
        4,
        ["made-by/load-2 is already stated at load-a.jsonl:4"],
    )


def test_the_first_facts_that_a_file_changed_are_named(writer_of_loads: BlockingWriter, tmp_path: Path) -> None:
    many = [{**VISIT, "id": f"visit/load-{n}"} for n in range(10, 20)]
    assert load_one(writer_of_loads, write_rows(tmp_path / "load-a.jsonl", SOURCE, *many)).first_changed == ()
    changed = [{**visit, "title": "W"} for visit in many]
    diff = load_one(writer_of_loads, write_rows(tmp_path / "load-a.jsonl", {**SOURCE, "title": "T"}, *changed))
    assert diff.changed == 11
    assert diff.first_changed == ("source/load-1", *(f"visit/load-{n}" for n in range(10, 14)))


def test_a_value_of_another_kind_is_not_shown_whole(writer_of_loads: BlockingWriter, tmp_path: Path) -> None:
    long = {**VISIT, "since": [1] * 10_000, "costPerDelegate": {"amount": 1, "currency": "x" * 10_000}}
    diff = load_one(writer_of_loads, write_rows(tmp_path / "load-a.jsonl", SOURCE, long))
    assert [problem.field for problem in diff.problems] == ["since", "costPerDelegate.currency"]
    assert all(len(problem.reason) < 500 for problem in diff.problems)


def test_facts_of_kinds_with_few_are_written_by_one_statement(
    writer_of_loads: BlockingWriter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: list[str]
) -> None:
    """A kind with many has its own, for that is faster for each row; what is stored is the same."""
    rows = (SOURCE, VISIT, {**VISIT, "id": "visit/load-2"}, MADE, {**MADE, "from": "visit/load-2"})
    stored = []
    for few, statements in ((100, 2), (2, 3), (1, 3)):
        monkeypatch.setattr("graph.facts.write.FEW", few)
        diff = load_one(writer_of_loads, write_rows(tmp_path / f"load-{few}.jsonl", *rows))
        assert (diff.created, len(written), len(set(written))) == (5, statements, statements)
        stored.append(sorted(writer_of_loads.read(WHOLE), key=lambda each: str(each["p"]["id"])))
        changed = {**VISIT, "title": f"W{few}"}
        diff = load_one(writer_of_loads, write_rows(tmp_path / "load-b.jsonl", changed, {**MADE, "note": "N"}))
        assert (diff.created, diff.changed) == (0, 2)
        writer_of_loads.unit(lambda unit: unit.run(FORGET))
        written.clear()
    assert [len(each) for each in stored] == [5, 5, 5]
    assert stored[0] == stored[1] == stored[2]


def test_files_before_one_that_cannot_be_read_stay_loaded(writer_of_loads: BlockingWriter, tmp_path: Path) -> None:
    path = write_rows(tmp_path / "load-a.jsonl", SOURCE, VISIT, MADE)
    with pytest.raises(UnreadableFile, match=r"nothing\.jsonl cannot be read"):
        writer_of_loads.load([path, tmp_path / "nothing.jsonl"], stamp())
    assert load_file(writer_of_loads, path).unchanged


def test_the_next_file_is_read_while_the_one_before_is_written(
    writer_of_loads: BlockingWriter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [
        write_rows(tmp_path / f"load-{name}.jsonl", {**SOURCE, "id": f"source/load-{name}", "sources": [], **SYNTHETIC})
        for name in "abc"
    ]
    read: list[str] = []
    seen: list[list[str]] = []

    def reading(path: Path) -> RowFile:
        read.append(path.name)
        return read_file(path)

    async def writing(unit: Unit, checked: Checked, of: Stamp) -> Diff:
        await asyncio.sleep(0.5)
        seen.append(list(read))
        return await put_checked(unit, checked, of)

    monkeypatch.setattr("graph.load.run.read_file", reading)
    monkeypatch.setattr("graph.load.run.put_checked", writing)
    assert [report.diff.created for report in writer_of_loads.load(paths, stamp())] == [1, 1, 1]
    names = [path.name for path in paths]
    assert seen == [names[:2], names, names]


def test_the_rows_that_the_page_shows_are_loaded(writer_of_loads: BlockingWriter, tmp_path: Path) -> None:
    shown = (DOCS / "loading.md").read_text(encoding="utf-8").split("```json\n")[1].split("```")[0]
    path = tmp_path / "load-page.jsonl"
    path.write_text(shown.replace("source/", "source/load-").replace("visit/", "visit/load-"), encoding="utf-8")
    diff = load_one(writer_of_loads, path)
    assert (diff.created, diff.problems) == (len(shown.splitlines()), ())

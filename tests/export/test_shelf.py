"""What is kept on disk: dates that only move on, room that is kept, and texts that no spreadsheet runs."""

import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph.export.datasets import datasets
from graph.export.licences import Terms
from graph.export.read import State
from graph.export.store import DRAFT, Entry, NoRoom, Shelf
from graph.export.table import cell, columns, harmless
from schema.model import model
from tests.export.kit import EVERY

VISIT = EVERY["Visit"]
THEN, LATER = datetime(2020, 1, 1, tzinfo=UTC), datetime(2021, 1, 1, tzinfo=UTC)
ENTRY = Entry("Visit", State("log", 3), "a" * 32, 2, THEN, (Terms("CC0", "x", 2),))


def keep(shelf: Shelf, entry: Entry, text: bytes = b"{}\n") -> Entry:
    with shelf.draft() as (file, path):
        file.write(text)
        file.close()
        return shelf.keep(VISIT, path, entry)


def test_what_is_kept_is_known_to_the_next_server(tmp_path: Path) -> None:
    kept = keep(Shelf(tmp_path, spare=0), ENTRY)
    assert Shelf(tmp_path, spare=0).known(VISIT) == kept == ENTRY
    (tmp_path / "Visit.json").write_bytes(b"[")
    assert Shelf(tmp_path, spare=0).known(VISIT) is None


def test_a_data_set_with_other_columns_is_made_again(tmp_path: Path) -> None:
    keep(Shelf(tmp_path, spare=0), ENTRY)
    assert Shelf(tmp_path, spare=0).known(replace(VISIT, properties=VISIT.properties[1:])) is None


def test_rows_that_are_gone_are_made_again(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, spare=0)
    shelf.path(keep(shelf, ENTRY), "jsonl").unlink()
    assert shelf.known(VISIT) is None


def test_a_date_stays_with_equal_rows_and_moves_on_with_others(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, spare=0)
    keep(shelf, ENTRY)
    assert keep(shelf, replace(ENTRY, modified=LATER)).modified == THEN, "only something hidden has changed"
    assert keep(shelf, replace(ENTRY, digest="b" * 32, modified=LATER)).modified == LATER
    gone = keep(Shelf(tmp_path, spare=0), replace(ENTRY, digest="c" * 32, modified=THEN)).modified
    assert gone is not None
    assert gone > LATER, "a fact has gone, so the others tell no date"
    assert [path.name for path in sorted(tmp_path.iterdir())] == [f"Visit-{'c' * 32}.jsonl", "Visit.json"]


def test_what_was_not_asked_for_longest_makes_room(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, room=25, spare=0)
    kept = keep(shelf, ENTRY, b"0123456789")
    for at, name in enumerate(("csv", "csv.gz", "parquet")):
        path = shelf.path(kept, name)
        path.write_bytes(b"0123456789")
        os.utime(path, (at, at))
    shelf.shrink()
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".json", ".jsonl", ".parquet"]


def test_a_disk_without_room_is_said(tmp_path: Path) -> None:
    with pytest.raises(NoRoom, match="MiB free"), Shelf(tmp_path, spare=2**60).draft():
        pass
    (tmp_path / "file").write_text("")
    with pytest.raises(NoRoom, match="CITYGRAPH_DATA_DIR"), Shelf(tmp_path / "file" / "x", spare=0).draft():
        pass


def test_drafts_of_a_killed_server_are_removed(tmp_path: Path) -> None:
    old, new = tmp_path / f"{DRAFT}old", tmp_path / f"{DRAFT}new"
    for path in (old, new):
        path.write_text("x")
    os.utime(old, (0, 0))
    with Shelf(tmp_path, spare=0).draft():
        assert (old.exists(), new.exists()) == (False, True)


# Tables ----------------------------------------------------------------------------------------------------------------


def test_names_of_columns_are_unique_and_the_first_ones_are_those_of_rows() -> None:
    for dataset in datasets(model()).values():
        names = [column.name for column in columns(dataset)]
        assert len(names) == len(set(names)), dataset.name
        assert tuple(names[: len(dataset.keys)]) == dataset.keys


def test_data_sets_come_after_those_that_they_refer_to() -> None:
    for dataset in EVERY.values():
        others = {prop.refers_to for prop in dataset.references} - {dataset.name, None}
        assert all(EVERY[str(other)].rank < dataset.rank for other in others), dataset.name
        if dataset.of_relationships:
            assert all(each.rank < dataset.rank for each in EVERY.values() if not each.of_relationships)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@a", "'@a"), ("\ta", "'\ta"), ("\ra", "'\ra"), ("'=1", "''=1"),
        ("''@", "'''@"), ("a=1", "a=1"), ("'a", "'a"), ("", ""), ("'", "'"), (" =1", " =1"),
    ],
)  # fmt: skip
def test_a_text_that_would_run_begins_with_a_quote(text: str, written: str) -> None:
    assert harmless(text) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""), (True, "true"), (False, "false"), (-5, "-5"), (0.1, "0.1"), (["a", "b"], "a|b"),
        (["a|b", "\\"], "a\\|b|\\\\"), (["=a"], "'=a"), ("é", "é"),
    ],
)  # fmt: skip
def test_a_cell_is_written_as_the_docs_say(value: object, written: str) -> None:
    assert cell(value) == written

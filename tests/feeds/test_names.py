"""A change of cities maps only the records again that name a city which means another fact now."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

import graph.load.names
import graph.load.spool
from graph.cypher.fragments import Fragment
from graph.load.feed import Counts, Outcome
from graph.load.held import Held
from graph.load.mapped import Mapped, OwnId
from graph.load.records import Record
from graph.load.removal import remove_feed
from tests.feeds.trips import CITIES, NAME, Stage, Trips, trip

SIX = [trip(1), trip(2), trip(3, host="Seattle"), trip(4, host="Seattle"), trip(5), trip(6, host="Bogota")]
NAMES = Fragment("MATCH (n:_FeedName) RETURN n.told AS told, n.means AS means ORDER BY n.told, n.means")
BEFORE = Fragment("MATCH (r:_FeedRow) REMOVE r.meant WITH count(*) AS some MATCH (f:_Feed) SET f.mapped = '1 1'")
"""Leaves what versions stored that knew no names."""


@dataclass
class Mapping(Trips):
    """The mapping of trips; it tells which records it mapped."""

    digest: str = "1"
    mapped: list[str] = field(default_factory=list)

    def rows(self, record: Record, key: str, own_id: OwnId) -> Mapped:
        self.mapped.append(key)
        return super().rows(record, key, own_id)


@pytest.fixture
def mapping(stage: Stage) -> Mapping:
    made = Mapping()
    stage.feed = replace(stage.feed, mapper=made)
    stage.table.rows = list(SIX)
    stage.table.etag = True
    assert stage.run().outcome is Outcome.DONE
    made.mapped.clear()
    return made


def means(stage: Stage, name: str, id_: str | None) -> None:
    """Let a name mean another fact, or wait."""
    stage.names.known = {key: value for key, value in (stage.names.known | {name: id_}).items() if value}
    stage.names.version += "+"


def hosts(stage: Stage) -> list[str]:
    return [hosts[0] for _, hosts in sorted(stage.facts().items())]


def names(stage: Stage) -> list[tuple[str, str]]:
    return [(each["told"].split('"')[3], each["means"]) for each in stage.writer.read(NAMES)]


def test_a_change_that_concerns_no_name_reads_and_maps_nothing(stage: Stage, mapping: Mapping) -> None:
    means(stage, "Lima", CITIES["Oslo"])
    assert stage.run().outcome is Outcome.UNCHANGED
    stage.table.etag = False
    assert stage.run().counts == Counts(records=6, same=6)
    assert mapping.mapped == []


def test_a_name_that_means_another_fact_maps_its_records_again(stage: Stage, mapping: Mapping) -> None:
    means(stage, "Seattle", CITIES["Bogota"])
    assert stage.run().counts == Counts(records=6, changed=2, same=4, created=2, removed=2)
    assert set(mapping.mapped) == {"3", "4"}
    assert hosts(stage) == [CITIES[name] for name in ("Oslo", "Oslo", "Bogota", "Bogota", "Oslo", "Bogota")]
    mapping.mapped.clear()
    means(stage, "Lima", CITIES["Oslo"])
    assert stage.run().outcome is Outcome.UNCHANGED
    assert names(stage) == [("Bogota", CITIES["Bogota"]), ("Oslo", CITIES["Oslo"]), ("Seattle", CITIES["Bogota"])]
    assert mapping.mapped == []


def test_a_name_that_is_doubtful_now_waits_and_its_facts_stay(stage: Stage, mapping: Mapping) -> None:
    before = stage.facts()
    means(stage, "Seattle", None)
    assert stage.run().counts.waiting == 2
    assert (set(mapping.mapped), stage.facts()) == ({"3", "4"}, before)
    means(stage, "Seattle", CITIES["Seattle"])
    assert stage.run().counts.waiting == 0
    assert stage.facts() == before


def test_a_run_that_is_killed_between_batches_leaves_no_record_behind(
    stage: Stage, mapping: Mapping, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graph.load.spool, "AT_ONCE", 1)
    means(stage, "Oslo", CITIES["Bogota"])
    batches = iter(range(2))
    working = stage.means

    class Killed(Exception):
        """The end of the run."""

    def room(records: int) -> None:
        if next(batches, None) is None:
            raise Killed

    monkeypatch.setattr(Stage, "means", property(lambda stage: replace(working, room=room)))
    with pytest.raises(Killed):
        stage.run()
    assert hosts(stage).count(CITIES["Oslo"]) == 1
    monkeypatch.undo()
    stage.run()
    assert CITIES["Oslo"] not in hosts(stage)
    assert names(stage)[1] == ("Oslo", CITIES["Bogota"])


@pytest.mark.parametrize("concerns", ["mapping", "name"])
def test_records_that_an_incomplete_run_did_not_read_are_mapped_later(
    stage: Stage, mapping: Mapping, concerns: str
) -> None:
    if concerns == "mapping":
        mapping.digest = "2"
    else:
        means(stage, "Oslo", CITIES["Bogota"])
    stage.table.rows, stage.table.incomplete = SIX[:3], "a page was missing"
    assert stage.run().outcome is Outcome.INCOMPLETE
    stage.table.rows, stage.table.incomplete = list(SIX), ""
    mapping.mapped.clear()
    stage.run()
    assert set(mapping.mapped) == ({"4", "5", "6"} if concerns == "mapping" else {"5"})


def test_what_was_stored_before_names_were_known_is_mapped_once(stage: Stage, mapping: Mapping) -> None:
    stage.writer.read(BEFORE)
    assert stage.run().counts == Counts(records=6, same=6)
    assert len(mapping.mapped) == 6
    means(stage, "Seattle", CITIES["Bogota"])
    assert stage.run().counts.changed == 2


def test_a_trial_stores_no_name_and_a_feed_takes_its_names_along(stage: Stage, mapping: Mapping) -> None:
    stage.table.rows.append(trip(7, host="Seattle"))
    before = names(stage)
    means(stage, "Seattle", CITIES["Bogota"])
    stage.trial()
    assert names(stage) == before
    stage.writer.runner.run(remove_feed(NAME, stage.means, facts=False))
    assert names(stage) == []


def test_names_that_no_record_has_any_more_are_deleted(
    stage: Stage, mapping: Mapping, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bogota is in one record alone, Seattle in two: of records that change their host, and of one that is gone."""
    monkeypatch.setattr(graph.load.names, "MOST_KNOWN", 1)
    monkeypatch.setattr(graph.load.names, "ROWS", 2)
    rows = stage.table.rows
    rows[5] = trip(6)
    stage.run(accept=True)
    assert names(stage) == [("Oslo", CITIES["Oslo"]), ("Seattle", CITIES["Seattle"])]
    del rows[2]
    stage.with_grace(0).run(accept=True)
    assert names(stage) == [("Oslo", CITIES["Oslo"]), ("Seattle", CITIES["Seattle"])]
    rows[2] = trip(4)
    stage.run(accept=True)
    assert names(stage) == [("Oslo", CITIES["Oslo"])]
    assert stage.run().outcome is Outcome.UNCHANGED
    rows.clear()
    stage.run(accept=True)
    assert names(stage) == []


def test_names_of_a_record_that_is_gone_stay_until_its_facts_go(stage: Stage, mapping: Mapping) -> None:
    del stage.table.rows[5]
    stage.with_grace(2).run(accept=True)
    assert ("Bogota", CITIES["Bogota"]) in names(stage)
    stage.now += timedelta(days=3)
    assert stage.run().outcome is Outcome.UNCHANGED
    assert ("Bogota", CITIES["Bogota"]) not in names(stage)


def test_records_are_looked_at_for_unused_names_only_if_one_lost_a_name(
    stage: Stage, mapping: Mapping, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def looked(lock: Held) -> int:
        raise AssertionError("records were looked at")

    monkeypatch.setattr("graph.load.feeding.forget_unused", looked)
    stage.table.rows[0] = trip(1, title="Another title")
    stage.table.rows.append(trip(7, host="Seattle"))
    assert stage.run(accept=True).counts == Counts(records=7, new=1, changed=1, same=5, created=2, updated=1)

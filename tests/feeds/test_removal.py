"""A removed feed is forgotten. Its facts stay, or go; added again it finds its own."""

from graph.load.feed import Counts
from graph.load.held import feeds
from graph.load.removal import remove_feed
from tests.feeds.trips import NAME, Stage, trip, wanted

TEN = [trip(no) for no in range(1, 11)]


def removed(stage: Stage, *, facts: bool) -> int:
    count, stay = stage.writer.runner.run(remove_feed(NAME, stage.means, facts=facts))
    assert stay == []
    assert stage.writer.runner.run(feeds(stage.writer.writer)) == []
    return count


def test_facts_stay_and_are_found_again(stage: Stage) -> None:
    stage.table.rows = list(TEN)
    stage.run()
    assert removed(stage, facts=False) == 0
    assert stage.facts() == wanted(TEN)
    again = Stage(stage.writer, stage.spools, stage.table)
    assert again.run().counts == Counts(records=10, new=10)
    assert again.facts() == wanted(TEN)


def test_facts_go_with_the_feed_and_its_source(stage: Stage) -> None:
    stage.table.rows = list(TEN)
    stage.run()
    assert removed(stage, facts=True) == 21
    assert stage.stored() == []
    again = Stage(stage.writer, stage.spools, stage.table)
    assert again.run().counts.created == 20

"""What was kept long enough is removed; who follows the log from before is told so, and nobody misses a deletion unnoticed."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from graph.cypher.fragments import Fragment
from graph.errors import CursorTooOld
from graph.events.cursor import Position
from graph.events.read import Wanted, read, read_all
from graph.events.tidy import Kept, Tidied, tidy
from tests.events.log import ANYONE, LEARNED, LESSON, Log
from tests.kit.writer import BlockingWriter

NOW = datetime(2026, 3, 1, tzinfo=UTC)
OLD = Fragment(
    "UNWIND [1, 40] AS days WITH days, $q.now - duration({days: days}) AS at "
    "CREATE (:_Request {key: 't-' + days, at: at, answer: '', digest: ''}) "
    "CREATE (:_Draft {id: 'draft/t-accepted-' + days, state: 'ACCEPTED', updatedAt: at}) "
    "CREATE (:_Draft {id: 'draft/t-open-' + days, state: 'OPEN', updatedAt: at}) "
    "CREATE (:_Tombstone {id: 'lesson/t-' + days, at: at})"
)
LEFT = Fragment(
    "MATCH (n) WHERE n.key STARTS WITH 't-' OR n.id STARTS WITH 'draft/t-' OR n:_Tombstone AND n.id STARTS WITH 'lesson/t-' "
    "RETURN coalesce(n.key, n.id) AS name ORDER BY name"
)
FORGET = Fragment(
    "MATCH (n) WHERE n.key STARTS WITH 't-' OR n.id STARTS WITH 'draft/t-' OR n:_Tombstone DETACH DELETE n "
    "WITH count(*) AS gone MATCH (s:_Sequence {name: 'log'}) REMOVE s.tidied"
)


@pytest.fixture
def old(seeded: BlockingWriter) -> Iterator[BlockingWriter]:
    seeded.read(FORGET)
    seeded.read(OLD, now=NOW)
    yield seeded
    seeded.read(FORGET)


def tidied(writer: BlockingWriter, *kept: int, now: datetime = NOW) -> Tidied:
    return writer.runner.run(tidy(writer.writer, Kept(*kept), now))


def left(writer: BlockingWriter) -> list[str]:
    return [each["name"] for each in writer.read(LEFT)]


def test_only_what_is_old_and_decided_is_removed(old: BlockingWriter) -> None:
    before = left(old)
    assert tidied(old, 0, 0, 0) == Tidied()
    assert left(old) == before
    assert tidied(old, 30, 30, 30) == Tidied(1, 1, 1)
    assert left(old) == ["draft/t-accepted-1", "draft/t-open-1", "draft/t-open-40", "lesson/t-1", "t-1"]
    assert tidied(old, 30, 30, 30) == Tidied()


def test_each_is_kept_for_its_own_time(old: BlockingWriter) -> None:
    assert tidied(old, 60, 30, 60) == Tidied(0, 1, 0)
    assert tidied(old, 60, 60, 30) == Tidied(0, 0, 1)
    assert tidied(old, 30, 60, 60) == Tidied(1, 0, 0)


def page(log: Log, after: Position, **more: Any) -> Any:
    return log.runner.run(read(log.reader, ANYONE, after, 100, Wanted()))


def test_a_cursor_from_before_the_removed_tombstones_is_refused(old: BlockingWriter, log: Log) -> None:
    start = log.start
    log.put(LESSON, day=1)
    log.put(LEARNED, day=2)
    between = log.end()
    log.put(LESSON | {"statement": "M"}, day=25)
    seen = page(log, start).events
    assert len(seen) == 3
    # The events of the first two days are older than ten days, the last one is not.
    assert tidied(old, 0, 0, 10).tombstones == 1
    with pytest.raises(CursorTooOld, match="after=now"):
        page(log, start)
    assert page(log, between).events == seen[2:]
    assert page(log, Position()).events == seen[2:]
    # The place of a webhook has no mark, and the operator sees the whole log.
    assert page(log, Position(start.seq)).events == seen
    whole = log.runner.run(read_all(log.reader, start, 100, synthetic=False))
    assert [each.fact for each in whole.events] == [each.fact for each in seen]


def test_the_mark_in_the_log_never_goes_back(old: BlockingWriter, log: Log) -> None:
    start = log.start
    log.put(LESSON, day=1)
    tidied(old, 0, 0, 10)
    tidied(old, 0, 0, 10, now=NOW - timedelta(days=300))
    tidied(old, 0, 0, 4_000)
    with pytest.raises(CursorTooOld):
        page(log, start)

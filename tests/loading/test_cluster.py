"""Loading into a cluster: leaders move and die, commits are not acknowledged; a file is loaded whole or not at all."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from graph.bolt.connect import Address, DatabaseUnavailable, check, open_async_driver
from graph.bolt.read import Reader, Sessions
from graph.bolt.write import UnitTooLarge
from graph.cypher.fragments import Fragment
from graph.cypher.system import PING
from tests.kit.cluster import BEGIN, COMMIT, RUN, Cluster, cluster_before
from tests.kit.writer import BlockingWriter, blocking_writer
from tests.loading.rows import MADE, SOURCE, VISIT, load_file, write_rows

LOADED = Fragment(
    "MATCH (n) WHERE n.id CONTAINS '/load-' OR n:_Load AND n.file STARTS WITH 'load-' RETURN count(n) AS n"
)
TOO_MUCH = Fragment(
    "UNWIND range(1, 30000000) AS i WITH collect('a text of some length ' + i) AS many RETURN size(many)"
)
NO_FACT = {**MADE, "to": "city/nowhere"}
ROWS = 3
"""Nodes that the file leaves: a source, a visit, and the record that the file is loaded."""


@pytest.fixture
def cluster(address: Address) -> Iterator[Cluster]:
    with cluster_before(address) as made:
        yield made


@pytest.fixture
def through(cluster: Cluster, writer_of_loads: BlockingWriter, runner: asyncio.Runner) -> Iterator[BlockingWriter]:
    """A writer that enters the cluster."""
    with blocking_writer(cluster.entry, runner) as opened:
        yield opened


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write_rows(tmp_path / "load-a.jsonl", SOURCE, VISIT, MADE)


def loaded(writer: BlockingWriter) -> int:
    count: int = writer.read(LOADED)[0]["n"]
    return count


def created(writer: BlockingWriter, path: Path) -> int:
    """Load a file and return how many facts the report says were created."""
    report = load_file(writer, path)
    assert not report.unchanged
    assert report.diff.accepted == report.diff.created
    return report.diff.created


def on(kind: int, number: int, action: Callable[[], None]) -> Callable[[int, int], None]:
    """Do something before a message of a write, once."""
    return lambda seen, count: action() if (seen, count) == (kind, number) else None


def test_a_leader_that_moves_after_the_first_transaction_is_followed(
    cluster: Cluster, through: BlockingWriter, writer_of_loads: BlockingWriter, path: Path
) -> None:
    cluster.before = on(BEGIN, 2, lambda: setattr(cluster, "leader", 1))
    assert created(through, path) == 3
    assert loaded(writer_of_loads) == ROWS
    assert cluster.counts["write"][:2] == [2, 1], "the old leader once more, because the table was read before"
    assert cluster.counts["refused"] == [1, 0, 0]


def test_a_leader_that_dies_in_the_middle_of_a_file_is_replaced(
    cluster: Cluster, through: BlockingWriter, writer_of_loads: BlockingWriter, path: Path
) -> None:
    def die() -> None:
        cluster.leader = 2
        cluster.kill(0)

    cluster.before = on(RUN, 5, die)
    assert created(through, path) == 3
    assert loaded(writer_of_loads) == ROWS
    assert cluster.counts["write"][2] >= 1


@pytest.mark.parametrize("named", [0, None], ids=["the table names one that is none", "the table names none"])
def test_a_leader_that_is_elected_after_three_seconds_is_waited_for(
    cluster: Cluster, through: BlockingWriter, writer_of_loads: BlockingWriter, path: Path, named: int | None
) -> None:
    cluster.leader, cluster.named, begun = None, named, time.monotonic()
    threading.Timer(3, lambda: setattr(cluster, "leader", 1)).start()
    assert created(through, path) == 3
    assert 3 <= time.monotonic() - begun < 12
    assert loaded(writer_of_loads) == ROWS


@pytest.mark.parametrize("named", [1, None], ids=["the table names one that is none", "the table names none"])
def test_without_a_leader_a_load_ends_within_its_limit_and_leaves_nothing(
    cluster: Cluster, through: BlockingWriter, writer_of_loads: BlockingWriter, path: Path, named: int | None
) -> None:
    def die() -> None:
        cluster.leader, cluster.named = None, named
        cluster.kill(0)

    impatient = BlockingWriter(through.runner, replace(through.writer, seconds=2.0))
    cluster.before = on(RUN, 5, die)
    begun = time.monotonic()
    with pytest.raises(
        DatabaseUnavailable, match=r"did not take the write in \d+ tries and \d+ s.*\. Has the cluster a leader"
    ):
        load_file(impatient, path)
    assert time.monotonic() - begun < 6
    assert loaded(writer_of_loads) == 0


def test_the_number_of_tries_is_limited_too(cluster: Cluster, through: BlockingWriter, path: Path) -> None:
    cluster.before = on(BEGIN, 1, lambda: setattr(cluster, "leader", None))
    few = BlockingWriter(through.runner, replace(through.writer, tries=3))
    with pytest.raises(DatabaseUnavailable, match="in 3 tries"):
        load_file(few, path)


@pytest.mark.parametrize("rows", [(SOURCE, VISIT, MADE), (SOURCE, VISIT, MADE, NO_FACT)], ids=["all good", "one bad"])
@pytest.mark.parametrize("stored", [True, False], ids=["committed", "not committed"])
def test_a_commit_without_acknowledgement_is_reported_as_what_it_did(
    cluster: Cluster,
    through: BlockingWriter,
    writer_of_loads: BlockingWriter,
    tmp_path: Path,
    stored: bool,
    rows: tuple[object, ...],
) -> None:
    path = write_rows(tmp_path / "load-a.jsonl", *rows)
    (cluster.unacknowledged if stored else cluster.undone).add(2)
    report = load_file(through, path)
    assert (report.unchanged, report.diff.accepted, report.diff.created, report.diff.changed) == (False, 3, 3, 0)
    assert len(report.diff.problems) == len(rows) - 3
    assert loaded(writer_of_loads) == ROWS
    assert cluster.seen[COMMIT] == 3
    assert load_file(writer_of_loads, path).unchanged is (len(rows) == 3)


def test_a_file_that_another_loader_stored_meanwhile_is_unchanged(
    cluster: Cluster, through: BlockingWriter, writer_of_loads: BlockingWriter, path: Path, address: Address
) -> None:
    def store_elsewhere() -> None:
        def work() -> None:
            with asyncio.Runner() as other, blocking_writer(address, other) as writer:
                load_file(writer, path, day=2)

        if cluster.seen[BEGIN] == 3:
            thread = threading.Thread(target=work)
            thread.start()
            thread.join(30)

    cluster.undone.add(2)
    cluster.before = on(BEGIN, 3, store_elsewhere)
    assert load_file(through, path).unchanged
    assert loaded(writer_of_loads) == ROWS


def test_a_refused_statement_is_not_tried_again(cluster: Cluster, through: BlockingWriter) -> None:
    begun = time.monotonic()
    with pytest.raises(
        DatabaseUnavailable, match=r"refused the statement \(Neo\.ClientError\.Statement\.SyntaxError\)"
    ):
        through.read(Fragment("RETURN"))
    assert time.monotonic() - begun < 3
    assert cluster.counts["write"] == [1, 0, 0]


def test_a_unit_that_needs_too_much_memory_is_not_tried_again(cluster: Cluster, through: BlockingWriter) -> None:
    with pytest.raises(UnitTooLarge):
        through.read(TOO_MUCH)
    assert sum(cluster.counts["write"]) == 1


def test_a_statement_outside_a_transaction_follows_the_leader_too(cluster: Cluster, through: BlockingWriter) -> None:
    through.read(PING)
    cluster.leader = 1
    through.alone(PING)
    assert cluster.counts["refused"] == [1, 0, 0]


def test_questions_go_to_readers_and_to_another_if_one_dies(cluster: Cluster, runner: asyncio.Runner) -> None:
    check(cluster.entry)
    assert cluster.counts["write"] == [0, 0, 0]

    async def ask(times: int) -> None:
        async with Sessions(open_async_driver(cluster.entry, 4), cluster.address.database) as sessions:
            reader = Reader(sessions)
            for _ in range(times):
                assert await reader.value(PING.text, {}, "test") == 1
            cluster.leader = None
            cluster.kill(2)
            await asyncio.sleep(0.2)
            assert await reader.value(PING.text, {}, "test") == 1

    runner.run(ask(8))
    assert cluster.counts["write"] == [0, 0, 0]
    assert cluster.counts["read"][0] == 0
    assert min(cluster.counts["read"][1:]) > 0
    assert sum(cluster.counts["read"]) == 1 + 8 + 1

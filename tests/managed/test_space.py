"""What keeps a full disk from breaking the data folder: the reserve, the refusal of loads, the words of the log, the way out."""

from collections.abc import Callable
from pathlib import Path

import pytest
from neo4j.exceptions import Neo4jError

from graph.bolt.codes import is_broken, is_gone, is_worth_another_try
from graph.managed import health, home, reset, space
from graph.managed.settings import ManagedServerError, ManagedSettings

MIB = 2**20


@pytest.fixture
def plain(tmp_path: Path) -> ManagedSettings:
    return ManagedSettings(tmp_path / "cache", tmp_path / "data")


@pytest.fixture
def made(plain: ManagedSettings) -> home.Home:
    return home.prepare(plain)


@pytest.fixture
def free(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    return lambda size: monkeypatch.setattr(space, "free", lambda _: size)


def test_the_reserve_is_made_with_plenty_given_back_when_short_and_kept_in_between(
    made: home.Home, free: Callable[[int], None]
) -> None:
    reserve = made.root / "reserve"
    for size, there in ((19 * MIB, False), (21 * MIB, True), (4 * MIB, True), (4 * MIB - 1, False), (20 * MIB, False)):
        free(size)
        space.tend(made)
        assert reserve.exists() is there, size
    free(21 * MIB)
    space.tend(made)
    assert reserve.stat().st_size == 8 * MIB


def test_a_load_needs_room_for_its_file_twice_and_for_what_is_only_in_the_logs(
    made: home.Home, free: Callable[[int], None]
) -> None:
    """2 MiB of rows three times, 1000 rows of 1600 bytes, 1 MiB of logs, and 6 MiB that stay."""
    logs = made.root / "data" / "transactions" / "neo4j"
    logs.mkdir(parents=True)
    (logs / "neostore.transaction.db.0").write_bytes(bytes(MIB))
    needed = 6 * MIB + 1_600_000 + MIB + 6 * MIB
    free(needed)
    space.require(made, "a.jsonl", 2 * MIB, 1_000)
    free(needed - 1)
    with pytest.raises(ManagedServerError) as caught:
        space.require(made, "a.jsonl", 2 * MIB, 1_000)
    assert str(caught.value) == (
        f"the disk is nearly full: 15 MiB are free for {made.root}, and a.jsonl needs about 15 MiB. Writing has stopped; "
        "what was reported as loaded stays, and questions are answered. Free some space, then run the command again."
    )


def test_a_load_under_way_ends_before_the_reserve_is_needed(made: home.Home, free: Callable[[int], None]) -> None:
    free(6 * MIB)
    assert space.nearly_full(made) is None
    free(6 * MIB - 1)
    assert str(space.nearly_full(made)).startswith("the disk is nearly full: 6 MiB are free")
    assert space.MARGIN > space.SHORT


@pytest.mark.parametrize(
    ("line", "trouble"),
    [
        ("ERROR [o.n.m.DatabaseHealth] [neo4j/0ecb0c12] Database panic: The database has", health.Trouble.PANIC),
        ("WARN Could not: The database has encountered a critical error, and needs to be restarted.", health.Trouble.PANIC),
        ("ERROR [o.n.d.d.DatabaseLifecycles] Failed to start DatabaseId{0ecb0c12[neo4j]}", health.Trouble.OFFLINE),
        ("specify 'internal.dbms.tx_log.fail_on_corrupted_log_files=false'. Failed to start DatabaseId{", health.Trouble.TORN),
        ("WARN [o.n.k.i.c.VmPauseMonitorComponent] Detected VM stop-the-world pause", None),
    ],
)  # fmt: skip
def test_the_log_tells_of_trouble_once_even_in_two_halves(
    made: home.Home, free: Callable[[int], None], line: str, trouble: health.Trouble | None
) -> None:
    free(100 * MIB)
    log = made.root / "logs" / "debug.log"
    log.write_text("Database panic: of an earlier run\n" + "x" * 300)
    watch = health.Watch(made)
    assert watch.trouble("bolt://127.0.0.1:1") is None
    with log.open("a") as file:
        file.write(line[:20])
    assert watch.trouble("bolt://127.0.0.1:1") is None
    with log.open("a") as file:
        file.write(line[20:] + "\n")
    assert watch.trouble("bolt://127.0.0.1:1") is trouble
    assert watch.trouble("bolt://127.0.0.1:1") is None


@pytest.mark.parametrize(
    "code",
    [
        "Neo.DatabaseError.Transaction.TransactionStartFailed",
        "Neo.DatabaseError.Transaction.TransactionLogError",
        "Neo.DatabaseError.Transaction.TransactionCommitFailed",
    ],
)
def test_a_database_in_panic_is_away_and_no_other_try_helps(code: str) -> None:
    error = Neo4jError._hydrate_neo4j(code=code, message="x")
    assert (is_broken(error), is_gone(error), is_worth_another_try(error)) == (True, True, False)


def test_a_fault_of_a_statement_is_none_of_the_database() -> None:
    error = Neo4jError._hydrate_neo4j(code="Neo.DatabaseError.Statement.ExecutionFailed", message="x")
    assert (is_broken(error), is_gone(error)) == (False, False)


def test_a_reset_moves_the_data_aside_and_names_what_was_loaded(plain: ManagedSettings, made: home.Home) -> None:
    reset.note(made, [Path("/rows/b.jsonl"), Path("/rows/a.jsonl")])
    reset.note(made, [Path("/rows/b.jsonl")])
    with (made.root / "loaded.jsonl").open("a") as noted:
        noted.write('"/rows/half')
    aside = reset.reset(plain)
    assert aside is not None
    assert aside.files == ("/rows/b.jsonl", "/rows/a.jsonl")
    assert (aside.folder / "loaded.jsonl").exists()
    assert not made.root.exists()
    assert reset.reset(plain) is None

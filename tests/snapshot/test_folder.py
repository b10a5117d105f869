"""What becomes of a folder: one in use is refused, a kill or a full disk leaves what was there, bad input is explained."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from graph.access.rights import Rights
from graph.bolt.connect import Address
from graph.snapshot import folder as folders
from graph.snapshot.problems import SnapshotFailed
from tests.cli.conftest import Run
from tests.cli.test_grants import FORGET
from tests.conftest import SECRET
from tests.kit.paths import ROOT
from tests.kit.writer import BlockingWriter
from tests.recovery.small_disk import small_disk
from tests.snapshot.kit import Snapshots, wishes


def taken(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_command_makes_refreshes_and_tells(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "taken"
    code, out, _ = run("snapshot", "make", str(folder), "--as", "analyst", "--as-of", "2015", "--no-database")
    assert code == 0, out
    assert f"{folder} has" in out
    assert "as analyst sees them, as of 2015" in out
    told = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert told["viewer"] == {"as": "analyst", "key": None, "synthetic": False, "pseudonymous": False}
    assert told["asOf"] == "2015"
    before = taken(folder)
    code, out, _ = run("snapshot", "refresh", str(folder))
    assert code == 0
    assert "Nothing that this viewer sees has changed since" in out
    assert taken(folder) == before
    code, out, _ = run("snapshot", "status", str(folder))
    assert code == 3
    assert "does not run" in out
    code, _, err = run("snapshot", "start", str(folder))
    assert code == 1
    assert "was made with --no-database" in err


TURNS = 20
"""Snapshots that are tried until Neo4j finds a statement over its time."""


def test_too_little_time_is_told_with_the_setting_that_gives_more(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CITYGRAPH_STATEMENT_SECONDS", "0.001")
    # Neo4j looks every two seconds for statements whose time is over, and may find none while a snapshot is read.
    for turn in range(TURNS):
        taken = tmp_path / f"taken {turn}"
        code, _, err = run("snapshot", "make", str(taken), "--no-database")
        if code:
            break
    assert code == 1
    assert "CITYGRAPH_STATEMENT_SECONDS gives more time. Nothing was written." in err
    assert not taken.exists()


@pytest.mark.parametrize("name", [".", "..", "/"])
def test_a_folder_is_not_replaced_under_its_user(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    code, _, err = run("snapshot", "make", name, "--no-database")
    assert (code, "which would be replaced; name a folder in it" in " ".join(err.split())) == (2, True), err


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("--as", "mayor"), 2, "'anonymous', 'analyst', 'steward'"),
        (("--as-of", "next year"), 2, "--as-of: "),
        (("--as-of", "1990/.."), 2, "has no last day"),
        (("--dump", "--no-database"), 2, "--dump needs the database"),
        (("--as", "steward", "--token", "x"), 2, "is not for a key"),
        (("--token", "x"), 1, "The token is not known here"),
    ],
)
def test_bad_arguments_say_what_is_accepted(
    run: Run, tmp_path: Path, arguments: tuple[str, ...], code: int, says: str
) -> None:
    given, _, err = run("snapshot", "make", str(tmp_path / "taken"), *arguments)
    assert (given, says in " ".join(err.split())) == (code, True), err
    assert not (tmp_path / "taken").exists()


@pytest.fixture
def granted(run: Run, seeded: BlockingWriter) -> Iterator[Run]:
    """Run commands; grants and keys are gone in the end."""
    yield run
    seeded.unit(lambda unit: unit.run(FORGET))


def test_a_key_gets_what_it_sees(granted: Run, tmp_path: Path) -> None:
    run = granted
    code, out, err = run("grant", "add", "snapshot-tester", "member", "city/it-12-turin")
    assert code == 0, out + err
    assert run("key", "issue", "snapshot-tester", "--file", str(tmp_path / "a.key"))[0] == 0
    token = (tmp_path / "a.key").read_text("utf-8").strip()
    code, out, err = run("snapshot", "make", str(tmp_path / "taken"), "--no-database", "--token", token)
    assert code == 0, err
    told = json.loads((tmp_path / "taken" / "manifest.json").read_text("utf-8"))
    assert told["viewer"]["as"] == "key"
    assert told["viewer"]["key"].startswith("key/")
    assert token not in (tmp_path / "taken" / "manifest.json").read_text("utf-8")
    code, _, err = run("snapshot", "refresh", str(tmp_path / "taken"))
    assert code == 1
    assert "is of an API key" in err


def test_other_folders_are_refused_and_stay(snapshots: Snapshots, tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "thesis.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    snapshots.make(tmp_path / "taken", wishes(Rights()))
    (tmp_path / "taken" / "analysis.ipynb").write_text("mine")
    before = taken(tmp_path)
    for name, says in (
        ("notes", "holds other files and no snapshot"),
        ("file", "is a file"),
        ("taken", "other files, such as analysis.ipynb"),
        ("file/in/it", "cannot be made, because .*/file is a file"),
    ):
        with pytest.raises(SnapshotFailed, match=says):
            snapshots.make(tmp_path / name, wishes(Rights()))
    assert taken(tmp_path) == before


def test_nothing_to_see_is_said(snapshots: Snapshots, tmp_path: Path) -> None:
    with pytest.raises(SnapshotFailed, match="There is nothing to take"):
        snapshots.make(tmp_path / "taken", wishes(Rights(-1)))
    assert list(tmp_path.iterdir()) == []


def test_two_processes_do_not_make_one_snapshot(snapshots: Snapshots, tmp_path: Path) -> None:
    folder = tmp_path / "taken"
    with folders.draft(folder) as draft:
        (draft / "manifest.json").write_text("of the first")
        with pytest.raises(SnapshotFailed, match="Another process makes this snapshot now"):
            snapshots.make(folder, wishes(Rights()))
    assert taken(folder) == {"manifest.json": b"of the first"}


def test_a_process_that_is_killed_leaves_what_was_there(snapshots: Snapshots, address: Address, tmp_path: Path) -> None:
    folder = tmp_path / "taken"
    snapshots.make(folder, wishes(Rights(), day=date(1900, 1, 1)))
    before = taken(folder)
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("NEO4J_", "CITYGRAPH_"))}
    environment |= {
        "NEO4J_URI": address.uri,
        "NEO4J_USERNAME": address.username,
        "NEO4J_PASSWORD": address.password,
        "CITYGRAPH_KEY_SECRET": SECRET.decode(),
        "CITYGRAPH_DATA_DIR": str(tmp_path / "data"),
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-c", "from app.cli import main; main()", "snapshot", "make", str(folder)]
    with subprocess.Popen([*command, "--no-database"], env=environment, stdout=subprocess.DEVNULL) as process:
        draft = folders.draft_of(folder)
        deadline = time.monotonic() + 60
        while not (draft / "csv" / "nodes").is_dir():
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.002)
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    assert taken(folder) == before
    assert draft.is_dir(), "it was killed half-way"
    snapshots.make(folder, wishes(Rights(), day=date(1900, 1, 1)))
    assert not draft.exists()
    assert {k: v for k, v in taken(folder).items() if k != "manifest.json"} == {
        k: v for k, v in before.items() if k != "manifest.json"
    }


def test_a_full_disk_leaves_what_was_there(snapshots: Snapshots, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 14) as disk:
        folder = disk.folder / "taken"
        snapshots.make(folder, wishes(Rights(), day=date(1900, 1, 1)))
        before = taken(folder)
        (disk.folder / "filler").write_bytes(bytes(disk.free() - 300_000))
        with pytest.raises(SnapshotFailed, match="disk is full"):
            snapshots.make(folder, wishes(Rights()))
        assert taken(folder) == before
        assert sorted(path.name for path in disk.folder.iterdir()) == ["filler", "taken"]
        disk.empty()
        snapshots.make(folder, wishes(Rights()))
        assert taken(folder) != before


def test_a_disk_that_fills_while_neo4j_imports_is_called_that(snapshots: Snapshots, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 24) as disk:
        folder = disk.folder / "taken"
        snapshots.make(folder, wishes(Rights(), day=date(1900, 1, 1)))
        before = taken(folder)
        with pytest.raises(SnapshotFailed, match="disk is full"):
            snapshots.make(folder, wishes(Rights(), database=True))
        assert taken(folder) == before
        assert [path.name for path in disk.folder.iterdir()] == ["taken"]


def test_what_was_moved_aside_comes_back(snapshots: Snapshots, tmp_path: Path) -> None:
    """On systems that cannot exchange two folders, a kill may come between two renames."""
    folder = tmp_path / "taken"
    snapshots.make(folder, wishes(Rights()))
    before = taken(folder)
    folder.rename(folders.former_of(folder))
    folders.restore(folder)
    assert taken(folder) == before
    shutil.copytree(folder, folders.former_of(folder))
    folders.restore(folder)
    assert not folders.former_of(folder).exists(), "the folder is there, so the other one is old"
    assert taken(folder) == before


def test_without_an_exchange_a_snapshot_is_replaced_too(
    snapshots: Snapshots, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "taken"
    snapshots.make(folder, wishes(Rights(), day=date(1900, 1, 1)))
    before = taken(folder)
    monkeypatch.setattr(folders, "_exchanged", lambda *_: False)
    snapshots.make(folder, wishes(Rights()))
    assert taken(folder) != before
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]

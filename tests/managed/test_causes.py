"""A server that fails says why: what its logs got since the start and the space on its disk name the cause."""

import errno
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from graph.managed import causes, home, lease
from graph.managed.files import why
from graph.managed.settings import ManagedServerError, ManagedSettings
from tests.kit.paths import ROOT

MIB = 2**20
FULL = "java.io.IOException: No space left on device\n"
FILES = "\t... 8 more\nCaused by: java.nio.file.FileSystemException: /x/neostore.id: Too many open files\n\tat java.base/X\n"
OTHER = (
    "ERROR Failed to start\n\tat a.B(C.java:1)\nCaused by: a.b.C: Wrong.\n\tat a.D\n"
    "Caused by: a.b.E: The store is newer.\n\tat a.F\n"
)


class Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.fixture
def plain(tmp_path: Path) -> ManagedSettings:
    return ManagedSettings(tmp_path / "cache", tmp_path / "data")


@pytest.fixture
def made(plain: ManagedSettings) -> home.Home:
    return home.prepare(plain)


def write(made: home.Home, name: str, text: str) -> None:
    with (made.root / "logs" / name).open("a") as log:
        log.write(text)


def free(patch: pytest.MonkeyPatch, size: int) -> None:
    patch.setattr("graph.managed.causes.shutil.disk_usage", lambda _: Usage(100 * MIB, 100 * MIB - size, size))


@pytest.mark.parametrize("log", ["neo4j.log", "debug.log", "console.log"])
def test_a_full_disk_is_called_that(made: home.Home, log: str, monkeypatch: pytest.MonkeyPatch) -> None:
    free(monkeypatch, 3 * MIB)
    causes.begin(made)
    assert causes.cause(made) is None
    write(made, log, FULL)
    assert causes.cause(made) == (
        f"the disk is full: 3 MiB are free for {made.root}. "
        "Free some space there, or set CITYGRAPH_DATA_DIR to a folder on another disk."
    )


def test_a_disk_without_space_is_full_whatever_the_logs_say(made: home.Home, monkeypatch: pytest.MonkeyPatch) -> None:
    free(monkeypatch, MIB - 1)
    assert str(causes.cause(made)).startswith("the disk is full: 1 MiB are free")


def test_too_many_open_files_are_told_with_the_limit(made: home.Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.managed.causes.resource.getrlimit", lambda _: (128, 256))
    write(made, "neo4j.log", FILES)
    assert causes.told(made).startswith("too many open files: a process may open 256 here. `ulimit -n 4096` raises")


def test_what_an_earlier_start_wrote_is_no_cause(made: home.Home) -> None:
    write(made, "neo4j.log", FULL + FILES)
    causes.begin(made)
    assert causes.cause(made) is None
    assert causes.told(made) == "its logs are empty"
    (made.root / "logs" / "neo4j.log").write_text(FILES)
    assert str(causes.cause(made)).startswith("too many open files"), "the log has been begun anew, and is shorter"


def test_any_other_cause_is_the_last_one_and_no_frame_is_shown(made: home.Home) -> None:
    write(made, "neo4j.log", OTHER)
    assert causes.told(made) == f"The store is newer. (more in {made.root}/logs/neo4j.log)"
    (made.root / "logs" / "neo4j.log").write_text(
        "INFO Starting...\n\tat a.B(C.java:1)\nERROR No cause.\n\t... 3 more\n"
    )
    assert causes.told(made) == "its last lines:\n  INFO Starting...\n  ERROR No cause."


@pytest.mark.parametrize(("ready", "size", "needed"), [(False, 27, 28), (True, 9, 10)])
def test_a_start_on_a_full_disk_ends_at_once(
    plain: ManagedSettings, monkeypatch: pytest.MonkeyPatch, ready: bool, size: int, needed: int
) -> None:
    made = home.prepare(plain)
    if ready:
        made.confirm_password()
    free(monkeypatch, size * MIB)
    monkeypatch.setattr("graph.managed.server.classpath", lambda _: [])
    monkeypatch.setattr("graph.managed.fetch.fetch", lambda *_: [])
    monkeypatch.setattr(lease, "_spawn", lambda *_: pytest.fail("a server is started"))
    with pytest.raises(
        ManagedServerError, match=rf"the disk is full: {size} MiB are free .*, and {needed} MiB are needed"
    ):
        lease.acquire(plain, lambda _: None, lambda *_: None)


def test_a_start_that_waits_ends_when_the_disk_is_full(made: home.Home) -> None:
    assert lease._look(made, 0) > 0
    write(made, "debug.log", FULL)
    with pytest.raises(ManagedServerError, match="the disk is full"):
        lease._look(made, 0)


def test_a_file_that_cannot_be_written_on_a_full_disk_says_so() -> None:
    assert why(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))) == "the disk is full (No space left on device)"
    assert why(OSError(errno.EACCES, os.strerror(errno.EACCES))) == "Permission denied"


def test_a_start_with_few_open_files_names_the_limit(settings: ManagedSettings) -> None:
    """A real start, with a limit at which Neo4j opens some of its files and then fails."""
    text = (
        "import sys\nfrom graph.bolt.connect import change_password, check\nfrom graph.managed.lease import acquire\n"
        "from graph.managed.settings import ManagedSettings\n"
        "acquire(ManagedSettings.from_json(sys.argv[1]), check, change_password)"
    )
    done = subprocess.run(
        [sys.executable, "-c", text, settings.to_json()],
        cwd=ROOT,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert "too many open files: a process may open 256 here." in done.stderr.splitlines()[-1]

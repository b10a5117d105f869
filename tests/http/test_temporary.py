"""Temporary files of a server: nothing stays of one that was killed, and one that runs keeps its own. No database."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.start.temporary import PREFIX, temporary_files
from tests.kit.paths import ROOT

HOLDS = """
import os, tempfile, time
from app.start.temporary import temporary_files
with temporary_files():
    worker = os.fork()
    if worker == 0:
        time.sleep(60)
    os.write(tempfile.mkstemp()[0], b"much")
    print(tempfile.gettempdir(), worker, flush=True)
    time.sleep(60)
"""


@contextmanager
def holder(folder: Path) -> Iterator[tuple[Path, int, int]]:
    """Run a server with a worker; give its folder and the process ids of both."""
    environment = os.environ | {"TMPDIR": str(folder), "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, "-c", HOLDS], stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        made, worker = process.stdout.readline().split()
        try:
            yield Path(made), process.pid, int(worker)
        finally:
            process.kill()


@pytest.fixture(autouse=True)
def _place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def test_what_a_killed_server_left_is_removed_when_no_worker_uses_it(tmp_path: Path) -> None:
    with holder(tmp_path) as (left, server, worker):
        assert list(left.iterdir())
        with temporary_files():
            assert list(left.iterdir()), "it runs"
        os.kill(server, signal.SIGKILL)
        os.waitid(os.P_PID, server, os.WEXITED | os.WNOWAIT)
        with temporary_files():
            assert list(left.iterdir()), "its worker runs"
        os.kill(worker, signal.SIGKILL)
        until_gone(worker)
        with temporary_files():
            assert not left.exists()


def until_gone(pid: int) -> None:
    """Wait until a process that is no child of this one has ended; somebody else buries it."""
    end = time.monotonic() + 10
    while time.monotonic() < end and Path(f"/proc/{pid}").exists():
        if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
            return
        time.sleep(0.01)


def test_the_folder_is_private_and_goes_at_the_end(tmp_path: Path) -> None:
    with temporary_files():
        with tempfile.NamedTemporaryFile() as file:
            made = Path(file.name).parent
        assert made.parent == tmp_path
        assert made.stat().st_mode & 0o777 == 0o700
        _, left = tempfile.mkstemp()
    assert not Path(left).exists()
    assert tempfile.gettempdir() == str(tmp_path)


def test_a_link_with_such_a_name_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "file").touch()
    (tmp_path / f"{PREFIX}link").symlink_to(tmp_path / "mine")
    with temporary_files():
        assert (tmp_path / "mine" / "file").exists()

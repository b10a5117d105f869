"""How the supervisor ends a server: one that nobody needs may write to its end, one in trouble may not."""

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.managed import control, state
from graph.managed.health import Trouble, Watch
from graph.managed.home import prepare
from graph.managed.settings import ManagedSettings
from graph.managed.supervisor import End, Supervisor
from tests.recovery.small_disk import small_disk

SERVER = """
import pathlib, signal, sys, time

def write_the_rest(*_):
    pathlib.Path(sys.argv[1]).touch()
    sys.exit()

signal.signal(signal.SIGTERM, write_the_rest)
print("ready", flush=True)
time.sleep(60)
"""
"""A server that writes when it is asked to stop, as Neo4j does."""
Live = Callable[[End | Trouble], bool]


@pytest.fixture
def wrote(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Live:
    """Let a server end for a reason; return whether it wrote while it ended."""

    def live(reason: End | Trouble) -> bool:
        written = tmp_path / "written"
        process = subprocess.Popen([sys.executable, "-c", SERVER, str(written)], stdout=subprocess.PIPE)
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        settings = ManagedSettings(cache=tmp_path / "cache", data=tmp_path / "data")
        supervisor = Supervisor(settings, prepare(settings))
        started: Any = (process, None)
        monkeypatch.setattr(supervisor, "_start", lambda *, mending: started)
        monkeypatch.setattr(supervisor, "_end_of", lambda *_: reason)
        assert supervisor._live(mending=False) is reason
        process.stdout.close()
        assert process.poll() is not None
        return written.exists()

    return live


def test_a_server_that_nobody_needs_is_asked_to_stop(wrote: Live) -> None:
    assert wrote(End.DONE)


@pytest.mark.parametrize("trouble", list(Trouble))
def test_a_server_in_trouble_writes_nothing_more(wrote: Live, trouble: Trouble) -> None:
    """What it writes after a failed append would leave a gap in its log of transactions."""
    assert not wrote(trouble)


def test_a_server_that_started_on_a_full_disk_is_known_as_soon_as_there_is_room(tmp_path: Path) -> None:
    """Without its address no other command finds it, and nobody ends it after its supervisor was killed."""
    with (
        small_disk(tmp_path / "data", 1) as disk,
        subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as process,
    ):
        settings = ManagedSettings(cache=tmp_path / "cache", data=disk.folder)
        home = prepare(settings)
        supervisor, supervised = Supervisor(settings, home), state.supervising(home)
        assert supervised.take()
        disk.fill()
        supervisor._tell(process, listening=True)
        assert not control.status(settings).uri
        disk.empty()
        asked = threading.Timer(1, supervisor.ask_to_stop)
        asked.start()
        assert supervisor._end_of(process, Watch(home)) is End.DONE
        asked.join()
        assert control.status(settings).uri.startswith("bolt://127.0.0.1:")
        assert control.status(settings).pid == process.pid
        supervised.release()
        process.kill()

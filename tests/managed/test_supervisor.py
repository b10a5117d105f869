"""How the supervisor ends a server: one that nobody needs may write to its end, one in trouble may not."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.managed.health import Trouble
from graph.managed.home import prepare
from graph.managed.settings import ManagedSettings
from graph.managed.supervisor import End, Supervisor

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

"""The steward's token is shown on a terminal, and never in a file that the output goes to."""

import os
import pty
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from app.start.secrets import TOKEN_FILE, local_token
from app.start.settings import Profile, Settings
from tests.kit.paths import ROOT

WELCOME = [sys.executable, "-m", "tests.cli.welcomed"]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(("CITYGRAPH_", "NEO4J_"))},
        "CITYGRAPH_DATA_DIR": str(tmp_path / "data"),
        "CITYGRAPH_PROFILE": "local",
    }


def token_in(folder: Path) -> str:
    token = local_token(Settings(profile=Profile.LOCAL, data_dir=folder))
    assert token
    return token


def on_a_terminal(environment: dict[str, str]) -> str:
    """Run with a pseudo-terminal as standard output and return what it shows."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(WELCOME, cwd=ROOT, env=environment, stdout=theirs) as process:
        os.close(theirs)
        shown = b""
        try:
            while part := os.read(ours, 4096):
                shown += part
        except OSError:
            pass  # Linux says so when the other side is closed
        finally:
            os.close(ours)
        assert process.wait(30) == 0
    return shown.decode()


def test_a_terminal_shows_the_token(environment: dict[str, str], tmp_path: Path) -> None:
    token = token_in(tmp_path / "data")
    assert f'{{"Authorization": "Bearer {token}"}}' in on_a_terminal(environment)


@pytest.mark.parametrize("more", [{}, {"FORCE_COLOR": "1"}, {"TTY_COMPATIBLE": "1"}], ids=["plain", "colours", "tty"])
def test_a_file_gets_the_name_of_the_private_file(
    environment: dict[str, str], tmp_path: Path, more: dict[str, str]
) -> None:
    token, log = token_in(tmp_path / "data"), tmp_path / "up.log"
    with log.open("wb") as file:
        subprocess.run(WELCOME, cwd=ROOT, env=environment | more, stdout=file, stderr=file, check=True)
    kept = tmp_path / "data" / TOKEN_FILE
    assert token not in log.read_text()
    assert str(kept) in log.read_text()
    assert kept.read_text() == token
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600

"""Secrets that a local server makes for itself: kept, private, and one for all who ask at once."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from app.start.secrets import kept_secret

ASKERS = 16


def test_those_who_ask_at_once_get_one_secret(tmp_path: Path) -> None:
    for round_ in range(10):
        folder = tmp_path / str(round_)
        with ThreadPoolExecutor(ASKERS) as askers:
            found = set(askers.map(lambda _, at=folder: kept_secret(at, "a.secret"), range(ASKERS)))
        assert len(found) == 1
        assert [path.name for path in folder.iterdir()] == ["a.secret"]


def test_a_secret_is_kept_and_nobody_else_can_read_it(tmp_path: Path) -> None:
    first = kept_secret(tmp_path / "data", "a.secret")
    assert len(first) >= 32
    assert kept_secret(tmp_path / "data", "a.secret") == first
    assert kept_secret(tmp_path / "data", "b.secret") != first
    assert stat.S_IMODE((tmp_path / "data" / "a.secret").stat().st_mode) == 0o600

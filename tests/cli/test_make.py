"""The Makefile: what a first `make up` leaves behind when it fails does not stop the next one; servers get time to install."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.kit.paths import ROOT
from tests.portals.test_real import LONG

WITHOUT_PIP = """#!/bin/sh
test "$1" = -c && exit 0
mkdir -p .venv/bin && touch .venv/bin/python
echo "ensurepip is not available" >&2
exit 1
"""
"""A Python as Debian has it without the package python3-venv: it begins an environment and cannot finish it."""


@pytest.mark.usefixtures("neo4j")  # who runs make is taken for one that starts a database
def test_an_environment_that_could_not_be_made_is_not_taken_for_one(tmp_path: Path) -> None:
    python = tmp_path / "python"
    python.write_text(WITHOUT_PIP, encoding="utf-8")
    python.chmod(0o700)
    shutil.copy(ROOT / "Makefile", tmp_path)
    given = ("make", f"PYTHON={python}", ".venv/bin/python")
    for _ in range(2):
        done = subprocess.run(given, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 2
        assert "ensurepip is not available" in done.stderr


def test_no_test_of_a_real_portal_is_ended_before_the_portal_may_be_installed() -> None:
    """Else pytest ends as a whole, and the servers that it started stay."""
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8").partition("\nportals:")[2].partition("\n\n")[0]
    given = re.search(r"-o faulthandler_timeout=(\d+)", recipe)
    assert given is not None
    assert int(given[1]) > LONG

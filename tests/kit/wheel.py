"""The wheel, as `pip` builds it. In: a folder with the sources. Out: a file, and the names of the files in it."""

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile


def pip(python: str | Path, *arguments: str | Path) -> None:
    """Run pip; fail with what it printed if it fails."""
    done = subprocess.run(
        [python, "-m", "pip", "--disable-pip-version-check", *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def build(source: Path, to: Path) -> Path:
    """Build the wheel of a folder with the tools of this environment."""
    pip(sys.executable, "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", to, source)
    (wheel,) = to.glob("*.whl")
    return wheel


def names(wheel: Path) -> set[str]:
    """Return the names of the files in a wheel."""
    with ZipFile(wheel) as opened:
        return set(opened.namelist())

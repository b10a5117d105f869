"""Tests of full disks mount small ones. If that is not permitted they are not run, and the run says so at its end."""

import functools
import subprocess
import tempfile

import pytest

from tests.recovery.small_disk import mount, unmount

FILE = "tests/recovery/test_full_disk.py"


@functools.cache
def may_mount() -> bool:
    """Return whether this user may mount a small disk; usually only root may."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            mount(folder, 1)
        except (OSError, subprocess.CalledProcessError):
            return False
        unmount(folder)
        return True


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the tests of full disks out if no disk can be mounted, and those without a short form if no soak is run."""
    disks = [item for item in items if item.nodeid.startswith(FILE)]
    long = [item for item in disks if item.name.endswith("[NOTSET]")]
    out = long if not disks or may_mount() else disks
    config.hook.pytest_deselected(items=out)
    items[:] = [item for item in items if item not in out]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly what was not tested."""
    if not may_mount():
        terminalreporter.section("FULL DISKS WERE NOT TESTED", red=True)
        terminalreporter.write_line(f"{FILE} mounts small disks, and this user may not: run it as root on Linux.")

"""The disk of the data folder. In: a home. Out: its free bytes, a reserve that is given back, a refusal of what does not fit."""

import contextlib
import os
import shutil

from graph.managed.home import Home
from graph.managed.settings import ManagedServerError

RESERVE = 8 * 2**20
"""Bytes that are kept for Neo4j: with them it finishes what it has begun when others fill the disk."""
SHORT = 4 * 2**20
"""With fewer free bytes the reserve is given back."""
MARGIN = 6 * 2**20
"""Free bytes that a load leaves. More than SHORT, so that writing stops before the reserve is needed."""
PER_BYTE = 3
PER_ROW = 1_600
"""Bytes on the disk for each byte and each row of a file: measured with the seeds and with rows of 370 bytes, logs
included. Of the bytes for each row, 600 are for its event."""


def free(home: Home) -> int:
    """Return the free bytes of the disk."""
    return shutil.disk_usage(home.root).free


def is_short(home: Home) -> bool:
    """Return whether the disk has so little space that the reserve is given back."""
    return free(home) < SHORT


def pending(home: Home) -> int:
    """Return the bytes of the logs of transactions; the store files may have to grow by as much."""
    logs = home.root / "data" / "transactions"
    with contextlib.suppress(OSError):
        return sum(path.stat().st_size for path in logs.rglob("*") if path.is_file())
    return 0


def give_back(home: Home) -> None:
    """Remove the reserve."""
    with contextlib.suppress(OSError):
        (home.root / "reserve").unlink(missing_ok=True)


def tend(home: Home) -> None:
    """Give the reserve back if the disk is short of space; make it if there is plenty."""
    reserve = home.root / "reserve"
    with contextlib.suppress(OSError):
        left = free(home)
        if left < SHORT:
            give_back(home)
        elif left > RESERVE + 2 * MARGIN and not reserve.exists():
            _fill(home)


def _fill(home: Home) -> None:
    handle = os.open(home.root / "reserve", os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        if hasattr(os, "posix_fallocate"):
            os.posix_fallocate(handle, 0, RESERVE)
        else:
            os.write(handle, bytes(RESERVE))
    except OSError:
        give_back(home)
    finally:
        os.close(handle)


def nearly_full(home: Home) -> str | None:
    """Say that the disk is nearly full if nothing more may be written."""
    left = free(home)
    return None if left >= MARGIN else _refusal(home, left, f"a load leaves {MARGIN >> 20} MiB")


def require(home: Home, file: str, size: int, rows: int) -> None:
    """Raise ManagedServerError if a file of so many bytes and rows does not fit on the disk."""
    needed = PER_BYTE * size + PER_ROW * rows + pending(home) + MARGIN
    left = free(home)
    if left < needed:
        raise ManagedServerError(_refusal(home, left, f"{file} needs about {needed / 2**20:,.0f} MiB"))


def _refusal(home: Home, left: int, why: str) -> str:
    return (
        f"the disk is nearly full: {left / 2**20:,.0f} MiB are free for {home.root}, and {why}. Writing has stopped; "
        "what was reported as loaded stays, and questions are answered. Free some space, then run the command again."
    )

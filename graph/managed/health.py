"""What debug.log says about the databases of a running server. In: a home. Out: the trouble that only a restart can end."""

import enum
import re
import shutil
import time

from graph.bolt.codes import is_broken
from graph.bolt.connect import Address, DatabaseUnavailable, check
from graph.managed import causes, space
from graph.managed.home import Home
from graph.managed.settings import USERNAME

_ASK_SECONDS = 2.0
_CARRIED = 200
"""Bytes that are read again, because a line may have been half written."""


class Trouble(enum.Enum):
    """Why the database answers nobody although the process runs; `value` is what the log says."""

    TORN = "fail_on_corrupted_log_files=false"
    """The log of transactions ends in the middle of one."""
    OFFLINE = "Failed to start DatabaseId"
    PANIC = r"Database panic:|has encountered a critical error, and needs to be restarted"


class Watch:
    """Reads what the log gets from now on. If the disk was short of space it also asks, because the log may have got nothing."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._path = home.root / "logs" / "debug.log"
        self._read = self._size()
        self._ask_at: float | None = None

    def trouble(self, uri: str) -> Trouble | None:
        """Return the trouble of which there is word since the last call. `uri` is the address of the server."""
        return self._logged() or self._answered(uri)

    def _answered(self, uri: str) -> Trouble | None:
        """Ask the database now and then, until it answers with enough space on the disk."""
        short = space.is_short(self._home)
        if self._ask_at is None:
            self._ask_at = time.monotonic() + _ASK_SECONDS if short else None
            return None
        if time.monotonic() < self._ask_at or not self._home.is_ready():
            return None
        try:
            check(Address(uri, USERNAME, self._home.password()))
        except DatabaseUnavailable as error:
            if isinstance(error.__cause__, Exception) and is_broken(error.__cause__):
                return Trouble.PANIC
        except OSError:
            pass
        else:
            if not short:
                self._ask_at = None
                return None
        self._ask_at = time.monotonic() + _ASK_SECONDS
        return None

    def _logged(self) -> Trouble | None:
        size = self._size()
        if size == self._read:
            return None
        # A log that is shorter than it was has been begun anew.
        begin = max(self._read - _CARRIED, 0) if size > self._read else 0
        try:
            with self._path.open("rb") as log:
                log.seek(begin)
                text = log.read().decode(errors="replace")
        except OSError:
            return None
        self._read = begin + len(text.encode())
        return next((trouble for trouble in Trouble if re.search(trouble.value, text)), None)

    def _size(self) -> int:
        try:
            return self._path.stat().st_size
        except OSError:
            return 0


def keep_logs(home: Home) -> None:
    """Copy the logs of transactions before a torn one is cut, if there is room; a copy of an earlier time is replaced."""
    logs, kept = home.root / "data" / "transactions", home.root / "transactions.kept"
    shutil.rmtree(kept, ignore_errors=True)
    if not logs.is_dir() or space.free(home) < 2 * space.pending(home) + causes.LEAST:
        return
    try:
        shutil.copytree(logs, kept)
    except OSError:
        shutil.rmtree(kept, ignore_errors=True)

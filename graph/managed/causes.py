"""Why a server fails. In: its logs and its disk. Out: the cause and what to do, or the last lines of the logs."""

import json
import re
import resource
import shutil
from pathlib import Path

from graph.managed import space
from graph.managed.files import write_private
from graph.managed.home import Home

LEAST_NEW = 28 * 2**20
"""Free bytes that a new database needs: an empty one takes 12 MiB. A load asks for the room that it needs itself."""
LEAST = 10 * 2**20
"""Free bytes that an existing database needs to start, besides what the logs of transactions may add to it."""
FULL = 2**20
"""With fewer free bytes a failure is one of the disk."""
WANTED_FILES = 4096
READ = 200_000
"""Most bytes of a log that are read."""
LOGS = ("neo4j.log", "debug.log", "console.log")
FRAME = re.compile(r"\s+(at \S|\.\.\. \d+ more)|\s*$")
CAUSED = re.compile(r"\s*Caused by: (?:[\w.$]+: )*(.+)")


def begin(home: Home) -> None:
    """Note how long the logs are before a start: what was written earlier is no cause of what happens now."""
    write_private(home.run / "logs.json", json.dumps({name: _size(_log(home, name)) for name in LOGS}))


def disk_full(home: Home, least: int | None = None) -> str | None:
    """Say that the disk is full if it has fewer free bytes than are needed: by default those of a start."""
    if least is None:
        least = LEAST + space.pending(home) if home.is_ready() else LEAST_NEW
    free = shutil.disk_usage(home.root).free
    return None if free >= least else _full(home, free, least)


def cause(home: Home) -> str | None:
    """Return the cause that the logs of this start or the disk give; None if they give none."""
    text = "\n".join(_since(home, name) for name in LOGS)
    if "No space left on device" in text or "Disk quota exceeded" in text:
        return _full(home, shutil.disk_usage(home.root).free, None)
    if "Too many open files" in text:
        return _too_many_files()
    return disk_full(home, FULL)


def told(home: Home) -> str:
    """Return the cause, else the last cause in neo4j.log, else the last lines of the logs without frames of stack traces."""
    known = cause(home)
    if known is not None:
        return known
    lines = _since(home, "neo4j.log").splitlines()
    last = next((match[1] for line in reversed(lines) if (match := CAUSED.match(line))), None)
    if last is not None:
        return f"{last} (more in {_log(home, 'neo4j.log')})"
    shown = [line for name in ("neo4j.log", "console.log") for line in _tail(_since(home, name))]
    return "\n".join(["its last lines:", *(f"  {line}" for line in shown)]) if shown else "its logs are empty"


def _tail(text: str) -> list[str]:
    return [line for line in text.splitlines() if not FRAME.match(line)][-8:]


def _full(home: Home, free: int, needed: int | None) -> str:
    wanted = "" if needed is None else f", and {needed / 2**20:,.0f} MiB are needed"
    return (
        f"the disk is full: {free / 2**20:,.0f} MiB are free for {home.root}{wanted}. "
        "Free some space there, or set CITYGRAPH_DATA_DIR to a folder on another disk."
    )


def _too_many_files() -> str:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    return (
        f"too many open files: a process may open {most:,} here. `ulimit -n {WANTED_FILES}` raises this limit for a shell; "
        "if that is refused, the administrator of the machine must raise the hard limit."
    )


def _since(home: Home, name: str) -> str:
    """Return what a log got since the start, its end if that is much."""
    try:
        begun = json.loads((home.run / "logs.json").read_text(encoding="utf-8"))[name]
    except (OSError, ValueError, KeyError):
        begun = 0
    path = _log(home, name)
    try:
        size = path.stat().st_size
        with path.open("rb") as log:
            # A log that is shorter than it was has been begun anew.
            log.seek(max(begun if begun <= size else 0, size - READ))
            return log.read().decode(errors="replace")
    except OSError:
        return ""


def _log(home: Home, name: str) -> Path:
    return home.root / "logs" / name


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0

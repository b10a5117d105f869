"""The way out of a data folder that cannot be recovered. In: settings. Out: an empty folder, the old one, and what was loaded."""

import contextlib
import json
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from graph.managed import state
from graph.managed.home import Home, home_of
from graph.managed.settings import ManagedServerError, ManagedSettings


@dataclass(frozen=True)
class Aside:
    """Where the old folder is now, and the files that had been loaded into it, in that order."""

    folder: Path
    files: tuple[str, ...]


def note(home: Home, files: Iterable[Path]) -> None:
    """Note which files are loaded. On a full disk they are not noted: a list is no reason to fail."""
    with contextlib.suppress(OSError):
        handle = os.open(_list(home), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8") as noted:
            noted.writelines(json.dumps(str(file.absolute())) + "\n" for file in files)


def reset(settings: ManagedSettings) -> Aside | None:
    """Move the folder of the server aside and return where; None if there is none. The next start makes an empty database."""
    home = home_of(settings)
    if not home.root.exists():
        return None
    if state.is_supervised(home):
        raise ManagedServerError("Neo4j runs or starts; end it with `citygraph db stop --force`, then try again.")
    files = _noted(home)
    aside = home.root.with_name(f"{home.root.name}-{time.strftime('%Y%m%d-%H%M%S')}")
    home.root.rename(aside)
    return Aside(aside, files)


def _noted(home: Home) -> tuple[str, ...]:
    try:
        lines = _list(home).read_text(encoding="utf-8").splitlines()
    except OSError:
        return ()
    files = []
    for line in lines:
        # The last line may be half of one.
        with contextlib.suppress(ValueError):
            files.append(str(json.loads(line)))
    return tuple(dict.fromkeys(files))


def _list(home: Home) -> Path:
    return home.root / "loaded.jsonl"

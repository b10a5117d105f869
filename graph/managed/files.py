"""Private files. In: a path and a text. Out: files of mode 0600 written atomically; the last lines of a file."""

import errno
import os
import tempfile
from pathlib import Path


def write_private(path: Path, text: str) -> None:
    """Write `text` to `path` with mode 0600, atomically: a reader sees the old file or the new one."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def make_private(folder: Path) -> Path:
    """Make a folder with mode 0700, or set that mode if the folder exists, and return it."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    return folder


def why(error: OSError) -> str:
    """Return the reason of an error in words; a full disk is called that."""
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    return f"the disk is full ({error.strerror})" if full else error.strerror or str(error)


def last_lines(path: Path, count: int = 8) -> list[str]:
    """Return the last lines of a text file; an empty list if it cannot be read."""
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-count:]
    except OSError:
        return []

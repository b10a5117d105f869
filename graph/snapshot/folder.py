"""The folder of a snapshot. In: a path. Out: a draft beside it that takes its place in one step, or an error that says why not.

A kill or a full disk leaves what was there. A draft that a killed process left is removed by the next one.
"""

import ctypes
import fcntl
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from graph.managed.files import why
from graph.snapshot.problems import SnapshotFailed

MANIFEST, SERVER, DUMP = "manifest.json", "neo4j", "neo4j.dump"
OWN = frozenset((MANIFEST, SERVER, DUMP, "csv", "parquet"))
"""What a snapshot has in its folder. A folder with anything else is not replaced."""
_AT_CWD, _EXCHANGE = -100, 2


def draft_of(folder: Path) -> Path:
    """Return where a snapshot is made before it takes its place."""
    return folder.with_name(f".{folder.name}.draft")


def former_of(folder: Path) -> Path:
    """Return where a snapshot that is being replaced is for a moment, on systems that cannot exchange two folders."""
    return folder.with_name(f".{folder.name}.former")


def require_usable(folder: Path) -> None:
    """Raise SnapshotFailed if the folder holds something else than a snapshot."""
    if folder.exists() and not folder.is_dir():
        raise SnapshotFailed(f"{folder} is a file. Name a folder; it is made if there is none.")
    if file := next((each for each in folder.parents if each.is_file()), None):
        raise SnapshotFailed(f"{folder} cannot be made, because {file} is a file. Name a folder that is in none.")
    try:
        names = {each.name for each in folder.iterdir()} if folder.exists() else set()
    except OSError as error:
        raise SnapshotFailed(f"{folder} cannot be read: {why(error)}.") from error
    if names and MANIFEST not in names:
        raise SnapshotFailed(
            f"{folder} holds other files and no snapshot. Name an empty folder, a new one, or one with a snapshot."
        )
    if foreign := sorted(names - OWN):
        raise SnapshotFailed(
            f"{folder} has a snapshot and other files, such as {foreign[0]}. They would be lost: move them away first."
        )


@contextmanager
def draft(folder: Path) -> Iterator[Path]:
    """Yield an empty folder; at the end of the block it takes the place of `folder`. If the block fails, it is removed.

    Raise SnapshotFailed if another process makes the same snapshot now, if the disk is full or nothing can be written.
    """
    path = draft_of(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        restore(folder)
        lock = _locked(path)
    except OSError as error:
        raise SnapshotFailed(f"{folder} cannot be made: {why(error)}.") from error
    try:
        _empty(path)
        yield path
        _put_in_place(path, folder)
    except OSError as error:
        raise SnapshotFailed(
            f"{folder} cannot be written: {why(error)}. What was there before is still there."
        ) from error
    finally:
        # After the exchange this is the former snapshot.
        shutil.rmtree(path, ignore_errors=True)
        os.close(lock)


def restore(folder: Path) -> None:
    """Put a snapshot back that a killed process had moved aside."""
    former = former_of(folder)
    if former.exists() and not folder.exists():
        former.rename(folder)
    shutil.rmtree(former, ignore_errors=True)


def _locked(path: Path) -> int:
    """Make the folder of a draft and lock it; the lock is released when this process ends."""
    while True:
        path.mkdir(mode=0o700, exist_ok=True)
        handle = os.open(path, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            raise SnapshotFailed(
                "Another process makes this snapshot now. Wait for it, or name another folder."
            ) from None
        with suppress(FileNotFoundError):
            # Another process may have put the folder in its place before this one locked it.
            if os.fstat(handle).st_ino == path.stat().st_ino:
                return handle
        os.close(handle)


def _empty(path: Path) -> None:
    for each in path.iterdir():
        if each.is_dir() and not each.is_symlink():
            shutil.rmtree(each)
        else:
            each.unlink()


def _put_in_place(path: Path, folder: Path) -> None:
    if not folder.exists():
        path.rename(folder)
        return
    if _exchanged(path, folder):
        return
    former = former_of(folder)
    folder.rename(former)
    path.rename(folder)
    shutil.rmtree(former, ignore_errors=True)


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; return False where the system cannot."""
    if sys.platform != "linux":
        return False
    try:
        exchange = ctypes.CDLL(None, use_errno=True).renameat2
    except AttributeError:
        return False
    done: int = exchange(_AT_CWD, os.fsencode(one.absolute()), _AT_CWD, os.fsencode(other.absolute()), _EXCHANGE)
    return done == 0

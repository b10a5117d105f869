"""Temporary files of a server. In: nothing. Out: a folder for them, which is removed, at the latest by the next server.

A process that is killed removes nothing, and a file that was being made may have gigabytes.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PREFIX = "citygraph-server-"
AS_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW


@contextmanager
def temporary_files() -> Iterator[None]:
    """Make the files of `tempfile` in a folder of this server until the end of the block; first remove what killed servers left.

    It is in the temporary folder of the system, for a disk that fills with such files must not be that of the database. It is
    locked as long as this process or a worker lives. Programs that remove what is old, such as systemd-tmpfiles, heed that too.
    """
    before, place = tempfile.tempdir, Path(tempfile.gettempdir())
    remove_left(place)
    folder, handle = None, None
    with suppress(OSError):
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=place))
        handle = os.open(folder, AS_FOLDER)
        fcntl.flock(handle, fcntl.LOCK_EX)
        # Another server that starts may have removed it before it was locked.
        if folder.exists():
            tempfile.tempdir = str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = before
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
        if handle is not None:
            os.close(handle)


def remove_left(place: Path) -> None:
    """Remove folders of this user that no process uses."""
    for folder in place.glob(f"{PREFIX}*"):
        with suppress(OSError):
            handle = os.open(folder, AS_FOLDER)
            try:
                if os.fstat(handle).st_uid == os.getuid():
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    shutil.rmtree(folder, ignore_errors=True)
            finally:
                os.close(handle)

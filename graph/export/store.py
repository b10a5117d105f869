"""What is published, on disk. In: a folder. Out: for each data set what is known of it, and its files, named by their content.

A file is made under a temporary name and renamed. Whoever reads one that is removed meanwhile reads it to its end.
"""

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import orjson

from graph.export.datasets import Dataset
from graph.export.formats import LINES
from graph.export.licences import Terms
from graph.export.read import State
from graph.export.table import columns

VERSION = "1"
"""Raised when equal rows make other files than before."""
ROOM = 2 * 2**30
"""Bytes that all files may take. Those that were not asked for longest are removed first; they are made again when needed."""
SPARE = 512 * 2**20
"""Bytes that stay free on the disk, which may be that of the database."""
DRAFT = ".draft-"
ABANDONED = 6 * 3600
"""Seconds after which nobody writes a file any more that was last written then."""


class ExportFailed(Exception):
    """Something cannot be exported now; the text says why and what to do."""


class NoRoom(ExportFailed):
    """The disk has no room for a file, or the folder cannot be written."""


@dataclass(frozen=True)
class Entry:
    """What is known of a data set at a place of the log: a digest of its rows, their number, and the terms of their sources.

    `modified` is when the rows last changed, as far as this folder knows. It is None if there never were any.
    """

    name: str
    state: State
    digest: str
    rows: int = 0
    modified: datetime | None = None
    terms: tuple[Terms, ...] = ()


@dataclass
class Shelf:
    """The folder of what is published for one kind of viewer."""

    folder: Path
    room: int = ROOM
    spare: int = SPARE
    _entries: dict[str, Entry] = field(default_factory=dict)

    def known(self, dataset: Dataset) -> Entry | None:
        """Return what is known of a data set whose rows are still there."""
        for entry in (self._entries.get(dataset.name), self._read(dataset)):
            # Another process may have replaced the rows since this one looked.
            if entry is not None and self.path(entry, LINES).exists():
                self._entries[dataset.name] = entry
                return entry
        return None

    def path(self, entry: Entry, ending: str) -> Path:
        """Return where a file of a data set is, if it is made; `ending` is such as `csv` or `csv.gz`."""
        return self.folder / f"{entry.name}-{entry.digest}.{ending}"

    def moved(self, entry: Entry, state: State) -> Entry:
        """Note that nothing of a data set has changed up to another place of the log. It is not written to the disk."""
        self._entries[entry.name] = moved = replace(entry, state=state)
        return moved

    def keep(self, dataset: Dataset, draft: Path, entry: Entry) -> Entry:
        """Publish the rows of a draft; remove the files of the rows before."""
        before = self._read(dataset) or self._entries.get(dataset.name)
        entry = replace(entry, modified=_modified(before, entry))
        try:
            draft.replace(self.path(entry, LINES))
            with self.draft() as (file, about):
                file.write(orjson.dumps([seal(dataset), entry]))
                file.close()
                about.replace(self._about(dataset))
        except OSError as error:
            raise NoRoom(_why(self.folder, error)) from error
        self._entries[dataset.name] = entry
        for old in self.folder.glob(f"{dataset.name}-*"):
            if not old.name.startswith(f"{dataset.name}-{entry.digest}."):
                old.unlink(missing_ok=True)
        self.shrink()
        return entry

    @contextmanager
    def draft(self) -> Iterator[tuple[BinaryIO, Path]]:
        """Open a file under a temporary name; it is removed unless it is renamed. Raise NoRoom."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._clear_drafts()
            if shutil.disk_usage(self.folder).free < self.spare:
                raise NoRoom(
                    f"The disk of {self.folder} has less than {self.spare // 2**20} MiB free. Make room on it."
                )
            handle, name = tempfile.mkstemp(prefix=DRAFT, dir=self.folder)
        except OSError as error:
            raise NoRoom(_why(self.folder, error)) from error
        path = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                yield file, path
        except OSError as error:
            raise NoRoom(_why(self.folder, error)) from error
        finally:
            path.unlink(missing_ok=True)

    def shrink(self) -> None:
        """Remove what was not asked for longest, until the rest fits."""
        files = []
        for path in self.folder.iterdir():
            with suppress(OSError):
                if not path.name.startswith(DRAFT) and path.suffix != ".json":
                    files.append((path.stat().st_mtime, path.stat().st_size, path))
        total = sum(size for _, size, _ in files)
        for _, size, path in sorted(files):
            if total <= self.room:
                break
            path.unlink(missing_ok=True)
            total -= size

    def _clear_drafts(self) -> None:
        """Remove what killed servers left. Another server may be making files in this folder now."""
        for path in self.folder.glob(f"{DRAFT}*"):
            with suppress(OSError):
                if path.stat().st_mtime < time.time() - ABANDONED:
                    path.unlink()

    def _about(self, dataset: Dataset) -> Path:
        return self.folder / f"{dataset.name}.json"

    def _read(self, dataset: Dataset) -> Entry | None:
        """Read what a former server knew; nothing if that cannot be used."""
        try:
            sealed, about = orjson.loads(self._about(dataset).read_bytes())
            if sealed != seal(dataset):
                return None
            about["state"], about["terms"] = State(**about["state"]), tuple(Terms(**each) for each in about["terms"])
            if about["modified"]:
                about["modified"] = datetime.fromisoformat(about["modified"])
            return Entry(**about)
        except (OSError, ValueError, TypeError, KeyError):
            return None


def _why(folder: Path, error: OSError) -> str:
    return f"Nothing can be written to {folder}: {error.strerror or error}. Make room, or set CITYGRAPH_DATA_DIR."


def _modified(before: Entry | None, now: Entry) -> datetime | None:
    """Return when the rows of an entry last changed.

    That is when the last of their facts did. If that was before the rows were other ones, a fact has gone since: it is now.
    """
    if before is None or before.modified is None:
        return now.modified
    if before.digest == now.digest:
        return before.modified
    if now.modified is not None and now.modified > before.modified:
        return now.modified
    return datetime.now(UTC).replace(microsecond=0)


def seal(dataset: Dataset) -> str:
    """Return a digest of what decides, beside the rows, how the files of a data set look."""
    about = repr((VERSION, [(each.name, each.kind.name) for each in columns(dataset)]))
    return hashlib.blake2b(about.encode(), digest_size=8).hexdigest()

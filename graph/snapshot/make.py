"""Making a snapshot. In: a reader, a viewer's wishes, a folder. Out: a folder with files, a manifest and a filled Neo4j.

All of it is made in a draft beside the folder, and takes its place in one step.
"""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from graph.bolt.read import Reader
from graph.export.datasets import datasets
from graph.export.read import Places
from graph.managed.settings import ManagedServerError, ManagedSettings
from graph.snapshot import database, manifest
from graph.snapshot.database import Step
from graph.snapshot.folder import draft, draft_of, require_usable
from graph.snapshot.manifest import Manifest
from graph.snapshot.problems import SnapshotFailed
from graph.snapshot.read import Copy, Read, Wanted, last_change
from schema.model import Model


@dataclass(frozen=True)
class Wishes:
    """What a snapshot is to have. `viewer` and `key` are for the manifest; `as_of` is the date as it was given."""

    wanted: Wanted
    viewer: str
    synthetic: bool = False
    as_of: str | None = None
    key: str | None = None
    with_database: bool = True
    with_dump: bool = False


@dataclass(frozen=True)
class Maker:
    """Makes snapshots of one database. `read` is told of data sets, `step` of what comes after them."""

    reader: Reader
    model: Model
    places: Places
    managed: ManagedSettings
    read: Read = lambda _: None
    step: Step = lambda _: None

    async def make(self, folder: Path, wishes: Wishes) -> Manifest:
        """Make a snapshot, in place of one that is there; return its manifest.

        Raise SnapshotFailed if the folder is in use or there is nothing to see, ManagedServerError if Neo4j fails.
        """
        made = await self._make(folder, wishes, None)
        if made is None:
            raise SnapshotFailed("a snapshot that is compared with none is made")
        return made

    async def refresh(self, folder: Path, wishes: Wishes, known: Manifest) -> Manifest | None:
        """Make a snapshot anew if its facts have changed; return its manifest, or None if they have not.

        A database that runs is stopped just before the new snapshot takes its place.
        """
        return await self._make(folder, wishes, known)

    async def _make(self, folder: Path, wishes: Wishes, known: Manifest | None) -> Manifest | None:
        require_usable(folder)
        if known is None:
            database.require_stopped(folder, self.managed)
        # A process that was killed may have left a server in its draft.
        database.stop(draft_of(folder), self.managed)
        try:
            with draft(folder) as made_in:
                found, copy = await self._read(made_in, wishes)
                if known is not None and found.same_but_date(known):
                    raise _Unchanged
                if wishes.with_database:
                    await self._fill(made_in, folder, wishes, copy)
                found.write(made_in)
                database.stop(folder, self.managed)
        except _Unchanged:
            return None
        except ManagedServerError as error:
            raise SnapshotFailed(f"{error}\nNothing was changed in {folder}.") from error
        return found

    async def _read(self, made_in: Path, wishes: Wishes) -> tuple[Manifest, Copy]:
        async with self.reader.chained() as chain:
            copy = Copy(chain, self.model, wishes.wanted, self.places, made_in)
            at = await copy.everything(self.read)
        rows = {name: each.rows for name, each in copy.counted.items()}
        if not any(rows.values()):
            raise SnapshotFailed(
                "There is nothing to take: the database has no fact that this viewer may see. Nothing was written."
            )
        self.step("checksums")
        found = Manifest(
            citygraph=version("citygraph"),
            made=datetime.now(UTC),
            viewer=wishes.viewer,
            key=wishes.key,
            synthetic=wishes.synthetic,
            pseudonymous=wishes.wanted.pseudonymous,
            as_of=wishes.as_of,
            log=manifest.mark(at.log),
            until=last_change(copy.counted.values()),
            counts=manifest.counts(rows, datasets(self.model)),
            licences=copy.terms(),
            files=manifest.files(made_in),
        )
        return found, copy

    async def _fill(self, made_in: Path, folder: Path, wishes: Wishes, copy: Copy) -> None:
        await asyncio.to_thread(database.fill, made_in, folder, self.managed, copy, self.step)
        if wishes.with_dump:
            self.step("dump")
            await asyncio.to_thread(database.dump, made_in, self.managed)


class _Unchanged(Exception):
    pass

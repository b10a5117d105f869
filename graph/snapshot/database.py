"""The Neo4j of a snapshot. In: a folder with CSV. Out: a database filled from it, with the model's constraints and indexes.

It has its own data, password and ports below the folder. It is read-only, and reaches neither files nor addresses.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from graph.bolt.connect import Address, DatabaseUnavailable, change_password, check
from graph.bolt.write import Unit, open_writer
from graph.cypher.snapshots import made_before_use
from graph.cypher.system import AWAIT_INDEXES
from graph.export.datasets import datasets
from graph.managed import admin, control, fetch, manifest
from graph.managed.causes import cause
from graph.managed.files import write_private
from graph.managed.home import home_of, prepare, write_conf
from graph.managed.lease import acquire
from graph.managed.server import free_port
from graph.managed.settings import ManagedServerError, ManagedSettings
from graph.snapshot.folder import DUMP, SERVER
from graph.snapshot.problems import SnapshotFailed
from graph.snapshot.read import Copy
from graph.snapshot.tables import CSV, NODES, SEPARATOR, TIES, file_name
from schema.model import FACT

DATABASE = "neo4j"
Step = Callable[[str], None]
"""Called with what is done next."""


@dataclass(frozen=True)
class Running:
    """Where the Neo4j of a snapshot is; `browser` is the address of Neo4j Browser, "" if it could not be fetched."""

    uri: str
    username: str
    password_file: Path
    browser: str


def settings_of(folder: Path, common: ManagedSettings) -> ManagedSettings:
    """Return the settings of a snapshot's server; jars and memory are those of `common`."""
    return replace(common, data=folder.absolute(), read_only=True, browser=True)


def is_there(folder: Path) -> bool:
    """Whether a snapshot has a database."""
    return (folder / SERVER / "imported").exists()


def address_file(folder: Path) -> Path:
    """Return the file with the address of the database for drivers; it is there from `start` to `stop`."""
    return folder / SERVER / "address"


def require_stopped(folder: Path, common: ManagedSettings) -> None:
    """Raise SnapshotFailed if the database of a snapshot runs."""
    known = control.status(settings_of(folder, common))
    if known.running or known.changing:
        raise SnapshotFailed(
            f"The database of the snapshot in {folder} runs. End it first: citygraph snapshot stop {folder}"
        )


def fill(made_in: Path, folder: Path, common: ManagedSettings, copy: Copy, step: Step) -> None:
    """Fill a new database from the CSV files of a draft, then make constraints and indexes. Raise ManagedServerError.

    Its password is that of the snapshot in `folder`, if there is one. `step` is called with what is done next.
    """
    step("Neo4j's import")
    settings = replace(common, data=made_in.absolute())
    if settings.neo4j_home is None:
        fetch.fetch(settings.jars)
    home = prepare(settings)
    former = home_of(settings_of(folder, common)).password_file
    if former.exists():
        write_private(home.pending_file, former.read_text(encoding="utf-8"))
    write_conf(home, settings, free_port())
    try:
        admin.run(settings, home, arguments(copy), made_in / CSV)
    except ManagedServerError as error:
        # The tool does not say that the disk is full.
        raise ManagedServerError(cause(home) or str(error)) from error
    (made_in / CSV / "import.report").unlink(missing_ok=True)
    home.imported_file.touch(mode=0o600)
    step("constraints and indexes")
    try:
        with acquire(settings, check, change_password) as lease:
            try:
                asyncio.run(_make_rules(Address(lease.uri, lease.username, lease.password), copy))
            except DatabaseUnavailable as error:
                raise ManagedServerError(cause(home) or str(error)) from error
    finally:
        control.stop(settings, force=True)


def dump(folder: Path, common: ManagedSettings) -> Path:
    """Write the stopped database of a snapshot into a file that `neo4j-admin database load` reads, and return its path."""
    settings = replace(common, data=folder.absolute())
    admin.run(settings, home_of(settings), ("database", "dump", DATABASE, f"--to-path={folder.absolute()}"), folder)
    return folder / DUMP


def start(folder: Path, common: ManagedSettings, progress: fetch.Progress = fetch.no_progress) -> Running:
    """Start the database of a snapshot, or find it running; it runs until `stop`. Raise ManagedServerError.

    Without the jars of Neo4j Browser it starts without it.
    """
    settings = settings_of(folder, common)
    if settings.neo4j_home is None:
        try:
            fetch.fetch(settings.jars, progress, [*manifest.load(), *manifest.load(manifest.BROWSER)])
        except ManagedServerError:
            settings = replace(settings, browser=False)
    with acquire(settings, check, change_password, progress) as lease:
        control.stay(settings)
        write_private(address_file(folder), lease.uri)
        return Running(lease.uri, lease.username, home_of(settings).password_file, control.status(settings).browser)


def stop(folder: Path, common: ManagedSettings) -> bool:
    """Stop the database of a snapshot; return whether it ran."""
    address_file(folder).unlink(missing_ok=True)
    return control.stop(settings_of(folder, common), force=True)


def status(folder: Path, common: ManagedSettings) -> control.Status:
    """Return whether the database of a snapshot runs, and where."""
    return control.status(settings_of(folder, common))


def arguments(copy: Copy) -> list[str]:
    """Return the arguments of the import."""
    given = []
    for name, dataset in datasets(copy.model).items():
        if not copy.counted[name].rows:
            continue
        file = file_name(dataset, CSV).removeprefix(f"{CSV}/")
        given.append(f"--{TIES}={name}={file}" if dataset.of_relationships else f"--{NODES}={FACT}:{name}={file}")
    if any(each.multiline for each in copy.counted.values()):
        # Format v2 guesses where a row ends at the end of each buffer of 4 MiB, and fails on valid files.
        given += ["--multiline-fields=true"]
    return [
        *("database", "import", "full", DATABASE, "--overwrite-destination=true"),
        f"--array-delimiter=U+{ord(SEPARATOR):04X}",
        *given,
    ]


async def _make_rules(address: Address, copy: Copy) -> None:
    labels = [name for name, each in copy.counted.items() if each.rows and name in copy.model.concepts]

    async def make(unit: Unit) -> None:
        for statement in made_before_use(copy.model, labels):
            await unit.run(statement)

    async with open_writer(address) as writer:
        await writer.unit(make)
        await writer.alone(AWAIT_INDEXES)

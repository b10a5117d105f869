"""`citygraph snapshot`. In: a folder, a viewer. Out: what the viewer may see, as files and as a Neo4j of its own."""

import asyncio
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from app.start.settings import Settings
    from graph.bolt.connect import Address
    from graph.bolt.read import Reader
    from graph.managed.settings import ManagedSettings
    from graph.snapshot.make import Wishes
    from graph.snapshot.manifest import Manifest

app = typer.Typer(
    help="Take a snapshot of what a viewer may see, and run Cypher on it.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)
KEY = "key"
"""What the manifest calls the viewer of an API key."""


class As(Enum):
    """Whose view a snapshot is."""

    ANONYMOUS = "anonymous"
    ANALYST = "analyst"
    STEWARD = "steward"


@app.command()
def make(
    folder: Annotated[Path, typer.Argument(help="Folder of the snapshot; it is made if there is none.")],
    *,
    viewer: Annotated[
        As | None,
        typer.Option(
            "--as", help="Whose view; `analyst` has no RED facts and no people without a name. Default: anonymous."
        ),
    ] = None,
    token: Annotated[
        str | None,
        typer.Option(envvar="CITYGRAPH_TOKEN", help="API key whose rights are taken, instead of the steward's."),
    ] = None,
    as_of: Annotated[str | None, typer.Option(help="A date, such as 2015: facts as they may have been on it.")] = None,
    synthetic: Annotated[bool, typer.Option("--synthetic", help="Take made-up facts too.")] = False,
    no_database: Annotated[bool, typer.Option("--no-database", help="Make the files only, no Neo4j.")] = False,
    dump: Annotated[bool, typer.Option("--dump", help="Write the database into the file neo4j.dump too.")] = False,
) -> None:
    """Take a snapshot into a folder: CSV, Parquet, a manifest, and a Neo4j with the same facts.

    A snapshot that is there is replaced, in one step at the end.
    """
    if dump and no_database:
        raise typer.BadParameter("--dump needs the database; leave --no-database away")
    if token and viewer not in (None, As.ANALYST):
        raise typer.BadParameter(f"--as {viewer.value} is not for a key, which has rights of its own; leave one away")
    folder = _whole(folder, replaced=True)
    asked = Asked(viewer, token, as_of, _day(as_of), synthetic)
    made = _made(folder, asked, parts=(not no_database, dump), known=None)
    if made is not None:
        _say(_summary(folder, made))
        if not no_database:
            _say(f"To run Cypher on it: citygraph snapshot start {folder}")


@app.command()
def refresh(
    folder: Annotated[Path, typer.Argument(help="Folder of the snapshot.")],
    *,
    token: Annotated[
        str | None,
        typer.Option(envvar="CITYGRAPH_TOKEN", help="API key whose rights are taken, instead of the steward's."),
    ] = None,
) -> None:
    """Bring a snapshot up to date. If nothing that its viewer sees has changed, it stays as it is.

    A database that runs is stopped while the new snapshot takes its place, and started again, also if that fails.
    """
    from app.cli.settings import local_settings
    from app.start.database import managed_settings
    from graph.snapshot import database, manifest
    from graph.snapshot.folder import DUMP, restore
    from graph.snapshot.problems import SnapshotFailed

    folder = _whole(folder, replaced=True)
    restore(folder)
    known = manifest.read(folder)
    if known.key is not None and not token:
        raise SnapshotFailed(
            f"The snapshot in {folder} is of an API key. Give a key of the same rights: --token or CITYGRAPH_TOKEN."
        )
    viewer = None if known.viewer == KEY else As(known.viewer)
    asked = Asked(viewer, token if known.key else None, known.as_of, _day(known.as_of), known.synthetic)
    managed = managed_settings(local_settings())
    ran = database.status(folder, managed).running
    try:
        made = _made(folder, asked, parts=(database.is_there(folder), (folder / DUMP).exists()), known=known)
        _say(_refreshed(folder, known, made))
    finally:
        # It was stopped for the new snapshot, which may have failed after that.
        restore(folder)
        if ran and not database.status(folder, managed).running:
            _started(folder, managed)


def _refreshed(folder: Path, known: "Manifest", made: "Manifest | None") -> str:
    if made is not None:
        return _summary(folder, made)
    return f"Nothing that this viewer sees has changed since {known.made:%Y-%m-%d %H:%M} UTC; {folder} stays as it is."


@app.command()
def start(folder: Annotated[Path, typer.Argument(help="Folder of the snapshot.")]) -> None:
    """Start the Neo4j of a snapshot, read-only, until `citygraph snapshot stop`."""
    from app.cli.settings import local_settings
    from app.start.database import managed_settings
    from graph.snapshot import database, manifest
    from graph.snapshot.folder import restore
    from graph.snapshot.problems import SnapshotFailed

    folder = _whole(folder)
    restore(folder)
    manifest.read(folder)
    if not database.is_there(folder):
        raise SnapshotFailed(
            f"The snapshot in {folder} has no database, because it was made with --no-database. Make it anew without."
        )
    _started(folder, managed_settings(local_settings()))


@app.command()
def stop(folder: Annotated[Path, typer.Argument(help="Folder of the snapshot.")]) -> None:
    """Stop the Neo4j of a snapshot."""
    from app.cli.settings import local_settings
    from app.start.database import managed_settings
    from graph.snapshot import database, manifest

    folder = _whole(folder)
    manifest.read(folder)
    ran = database.stop(folder, managed_settings(local_settings()))
    _say("The Neo4j of the snapshot has stopped." if ran else "The Neo4j of the snapshot was not running.")


@app.command()
def status(folder: Annotated[Path, typer.Argument(help="Folder of the snapshot.")]) -> None:
    """Say what a snapshot is of and whether its Neo4j runs; exit code 3 if it does not run."""
    from app.cli.settings import local_settings
    from app.start.database import managed_settings
    from graph.snapshot import database, manifest

    folder = _whole(folder)
    _say(_summary(folder, manifest.read(folder)))
    known = database.status(folder, managed_settings(local_settings()))
    if known.changing:
        _say("Its Neo4j is starting or stopping; ask again in a few seconds.")
    elif known.running:
        _say(f"Its Neo4j runs at {known.uri} (process {known.pid}); Neo4j Browser: {known.browser or 'not there'}")
    else:
        _say(f"Its Neo4j does not run; `citygraph snapshot start {folder}` starts it.")
    if not known.running:
        raise typer.Exit(3)


@dataclass(frozen=True)
class Asked:
    """What the options ask for. `viewer` is None for a key without --as, and for everybody."""

    viewer: As | None
    token: str | None
    as_of: str | None
    day: date | None
    synthetic: bool


def _made(folder: Path, asked: Asked, *, parts: tuple[bool, bool], known: "Manifest | None") -> "Manifest | None":
    """Make a snapshot, or refresh the known one; `parts` says whether it has a database and a dump."""
    from app.cli.settings import local_settings
    from app.cli.starting import started
    from graph.errors import TimedOut
    from graph.snapshot.problems import SnapshotFailed

    settings = local_settings()
    try:
        with started(settings) as address:
            return asyncio.run(_copied(address, settings, folder, asked, (parts, known)))
    except TimedOut as error:
        raise SnapshotFailed(
            f"Reading a part of the facts took more than {settings.statement_seconds:g} seconds, or more memory than Neo4j gives "
            "a statement. CITYGRAPH_STATEMENT_SECONDS gives more time. Nothing was written."
        ) from error


async def _copied(
    address: "Address",
    settings: "Settings",
    folder: Path,
    asked: Asked,
    more: "tuple[tuple[bool, bool], Manifest | None]",
) -> "Manifest | None":
    from app.cli.export import AtOnce
    from app.cli.progress import bar
    from app.start.database import managed_settings
    from graph.bolt.connect import open_async_driver
    from graph.bolt.read import Reader, Sessions
    from graph.export.datasets import datasets
    from graph.snapshot.make import Maker
    from schema.model import model

    (with_database, with_dump), known = more
    async with Sessions(open_async_driver(address, 2), address.database) as sessions:
        reader = Reader(sessions, settings.statement_seconds)
        wishes = await _wishes(reader, settings, asked)
        wishes = replace(wishes, with_database=with_database, with_dump=with_dump)
        with bar("Taking", len(datasets(model())) + 1 + 2 * with_database + with_dump) as advance:
            maker = Maker(reader, model(), AtOnce(), managed_settings(settings), advance, advance)
            if known is None:
                return await maker.make(folder, wishes)
            return await maker.refresh(folder, wishes, known)


async def _wishes(reader: "Reader", settings: "Settings", asked: Asked) -> "Wishes":
    """Find out the rights of the viewer."""
    from app.start.secrets import local_token
    from app.viewers.stored import StoredKeys
    from app.viewers.tokens import ANONYMOUS, STEWARD, Viewers
    from graph.cypher.facts import READ_AUDIENCES
    from graph.snapshot.make import Wishes
    from graph.snapshot.read import Wanted
    from graph.snapshot.views import of_analyst

    audiences = await reader.value(READ_AUDIENCES.text, {"q": {}}, "snapshot")
    viewers = Viewers(local_token(settings), tuple(audiences), StoredKeys(reader))
    key, rights = None, viewers.steward()
    if asked.token:
        viewer = await viewers.viewer(f"Bearer {asked.token}")
        rights, key = viewer.rights, None if viewer.actor == STEWARD else viewer.actor
    elif asked.viewer in (None, As.ANONYMOUS):
        rights = ANONYMOUS
    if asked.viewer is As.ANALYST:
        rights = of_analyst(rights)
    name = asked.viewer or (As.ANONYMOUS if not asked.token else As.STEWARD if key is None else None)
    return Wishes(
        Wanted(
            rights.with_synthetic() if asked.synthetic else rights,
            asked.day,
            pseudonymous=asked.viewer is not As.ANALYST,
        ),
        viewer=KEY if name is None else name.value,
        key=key,
        synthetic=asked.synthetic,
        as_of=asked.as_of,
    )


def _whole(folder: Path, *, replaced: bool = False) -> Path:
    """Return the whole path of a folder. One that is to be replaced must not be where the user is, who would be left nowhere."""
    whole = folder.expanduser().resolve()
    if replaced and Path.cwd().is_relative_to(whole):
        raise typer.BadParameter(f"you are in {whole}, which would be replaced; name a folder in it, or go elsewhere")
    return whole


def _day(as_of: str | None) -> date | None:
    """Return the day that a date means: its last one, as for `asOf` in questions."""
    from schema.language.edtf import parse

    if as_of is None:
        return None
    try:
        day = parse(as_of).latest
    except ValueError as error:
        raise typer.BadParameter(f"--as-of: {error}") from error
    if day is None:
        raise typer.BadParameter(f"--as-of: {as_of!r} has no last day; give a date such as 2015 or 2015-06-30")
    return day


def _started(folder: Path, managed: "ManagedSettings") -> None:
    from app.cli.starting import fetching
    from graph.snapshot import database

    with fetching() as fetched:
        running = database.start(folder, managed, fetched)
    _say(f"The Neo4j of the snapshot runs at {running.uri}, user {running.username}.")
    _say(f"Its password is in {running.password_file}")
    if running.browser:
        _say(f"Neo4j Browser: {running.browser}")
    else:
        _say("Neo4j Browser could not be downloaded; cypher-shell and drivers work without it.")
    _say(f"It is read-only, and runs until `citygraph snapshot stop {folder}`.")


def _summary(folder: Path, made: "Manifest") -> str:
    nodes, ties = (sum(counts.values()) for counts in made.counts.values())
    when = f", as of {made.as_of}" if made.as_of else ""
    who = "the API key" if made.key else made.viewer
    return (
        f"{folder} has {nodes:,} nodes and {ties:,} relationships as {who} sees them{when}, "
        f"taken {made.made:%Y-%m-%d %H:%M} UTC."
    )


def _say(text: str) -> None:
    from app.cli.progress import console

    console.print(text, highlight=False, soft_wrap=True, markup=False)

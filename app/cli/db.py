"""`citygraph db`: fetch, start, stop and inspect the managed server. In: settings. Out: what each command says it did."""

from datetime import date
from typing import Annotated

import typer

from app.cli.progress import console
from app.cli.starting import fetching
from app.start.database import managed_settings as settings_of
from app.start.settings import read_settings
from graph.bolt.connect import change_password, check
from graph.managed import control, fetch, java, lease, reset, server
from graph.managed.settings import ManagedSettings

app = typer.Typer(
    help="Fetch, start and stop the managed local Neo4j.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)


def managed_settings() -> ManagedSettings:
    """Return the settings of the managed server, from the environment."""
    return settings_of(read_settings())


def _say(text: str) -> None:
    console.print(text, highlight=False, soft_wrap=True, markup=False)


@app.command("fetch")
def fetch_jars() -> None:
    """Download Neo4j's jars into the cache folder and verify every one."""
    settings = managed_settings()
    with fetching("Verifying") as fetched:
        jars = fetch.fetch(settings.jars, fetched)
    _say(f"{len(jars)} jars are in {settings.jars}, all verified.")


@app.command()
def start() -> None:
    """Start the server, or keep it running, until `citygraph db stop`."""
    settings = managed_settings()
    with fetching() as fetched:
        held = lease.acquire(settings, check, change_password, fetched)
    with held:
        control.stay(settings)
        _say(f"Neo4j runs at {held.uri}, user {held.username}; the password is in {settings.home / 'password'}.")
        _say("It runs until `citygraph db stop`.")


@app.command()
def stop(
    force: Annotated[bool, typer.Option("--force", help="Stop it even while another process uses it.")] = False,
) -> None:
    """Stop the server."""
    _say("Neo4j has stopped." if control.stop(managed_settings(), force=force) else "Neo4j was not running.")


@app.command()
def status() -> None:
    """Say whether the server runs and where; exit code 3 if it does not run."""
    if warning := java.warning(server.java(), date.today()):
        _say(warning)
    known = control.status(managed_settings())
    if known.changing:
        _say("Neo4j is starting or stopping; ask again in a few seconds.")
        raise typer.Exit(3)
    if not known.running:
        _say("Neo4j does not run; `citygraph db start` starts it.")
        raise typer.Exit(3)
    used = "A citygraph process uses it." if known.in_use else "No citygraph process uses it now."
    until = "It runs until `citygraph db stop`." if known.stays else "It stops a few seconds after the last one ends."
    _say(f"Neo4j runs at {known.uri} (process {known.pid}). {used} {until}")


@app.command("reset")
def begin_anew() -> None:
    """Move the data of a database that cannot be recovered aside, and name the files to load again."""
    aside = reset.reset(managed_settings())
    if aside is None:
        _say("There is no data; `citygraph up` or `citygraph db start` begins with an empty database.")
        return
    _say(f"The data is now in {aside.folder}; the next start begins with an empty database.")
    if not aside.files:
        _say("No file had been loaded into it.")
        return
    _say("These files had been loaded into it, and are not in the new database:")
    for file in aside.files:
        _say(f"  {file}")
    _say("Load them again with `citygraph load FILE ...`, in this order; the seeds with `citygraph load --seeds`.")


@app.command()
def path(
    name: Annotated[str | None, typer.Argument(help="jars, data, logs or conf: prints this folder alone.")] = None,
) -> None:
    """Print the folders of the jars, the data, the logs and the configuration."""
    settings = managed_settings()
    folders = {"jars": settings.neo4j_home or settings.jars}
    folders |= {each: settings.home / each for each in ("data", "logs", "conf")}
    if name is None:
        for each, folder in folders.items():
            _say(f"{each}  {folder}")
    elif name in folders:
        _say(str(folders[name]))
    else:
        raise typer.BadParameter(f"{name!r} is no folder; accepted are {', '.join(folders)}")

"""The command line. In: arguments. Out: the work done, and words that a person can act on; exit code 1 where it failed."""

import sys
from importlib.metadata import version
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from app.cli import ask, db, load, schema, up
from app.start.settings import SettingsError
from graph.bolt.connect import DatabaseUnavailable
from graph.facts.migrate import WrongSecret
from graph.load.files import UnreadableFile
from graph.managed.settings import ManagedServerError

cli = typer.Typer(
    name="citygraph",
    help="A knowledge platform on Neo4j for how cities learn from each other.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
cli.command()(up.up)
cli.command()(up.serve)
cli.command()(ask.ask)
cli.command()(load.load)
cli.command()(load.migrate)
cli.command()(schema.schema)
cli.command()(up.token)
cli.add_typer(db.app, name="db")

EXPECTED = (SettingsError, DatabaseUnavailable, UnreadableFile, WrongSecret, ManagedServerError)
"""What may go wrong for a reason outside the program; the message says what to do."""


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"citygraph {version('citygraph')}")
        raise typer.Exit


@cli.callback()
def options(
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Take the options that stand before a command."""


def main() -> None:
    """Run the command line."""
    try:
        cli()
    except EXPECTED as error:
        Console(stderr=True).print(f"[red]citygraph:[/red] {escape(str(error))}", highlight=False, soft_wrap=True)
        sys.exit(1)

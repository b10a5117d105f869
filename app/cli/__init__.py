"""The command line. In: arguments. Out: what the command does; if it fails, a message that says what to do, and code 1."""

import sys
from importlib.metadata import version
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from app.cli import ask, db, load, migrate, schema, serve, token, up
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
cli.command()(serve.serve)
cli.command()(ask.ask)
cli.command()(load.load)
cli.command()(migrate.migrate)
cli.command()(schema.schema)
cli.command()(token.token)
cli.add_typer(db.app, name="db")

EXPECTED = (SettingsError, DatabaseUnavailable, UnreadableFile, WrongSecret, ManagedServerError)
"""Errors with a cause outside the program; their messages say what to do."""


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
    """Run the command line; an expected error ends it with its message and exit code 1."""
    try:
        cli()
    except EXPECTED as error:
        Console(stderr=True).print(f"[red]citygraph:[/red] {escape(str(error))}", highlight=False, soft_wrap=True)
        sys.exit(1)

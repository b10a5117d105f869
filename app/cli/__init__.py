"""The command line. In: arguments. Out: what the command does; if it fails, a message that says what to do, and code 1."""

import gc
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

if TYPE_CHECKING:
    from typer._click.core import Command, Context

COMMANDS = {
    "up": "Start everything: Neo4j, constraints and indexes, the seeds if the database is empty, and the server.",
    "serve": "Serve a database that has data already, with profile `hardened` unless CITYGRAPH_PROFILE says `local`.",
    "ask": "Answer a question: a text, a file, standard input, or a trusted document by its id.",
    "mcp": "Give an assistant tools that ask a running server, by the Model Context Protocol over standard input and output.",
    "cloud": "Measure the network of a city's leaders, or of several cities side by side.",
    "figure": "Draw a figure into a file: exchange, map, cloud, growth, what-if, diffusion or spread.",
    "network": "Write a network into a file for other programs: cloud or exchange.",
    "add": "Add a fact, such as a visit with its hosts and topics.",
    "edit": "Change fields of a fact, by its id.",
    "delete": "Take facts out of the database, by their ids.",
    "draft": "List, show, accept and refuse drafts, which are rows that somebody reviews before they are written.",
    "load": "Load files of rows. Rows with problems are listed, the others are loaded.",
    "roster": "Load the network of a roster from a graph file: people, a survey wave and their ties.",
    "mapping": "Draft and check the config files with which files of other formats are loaded.",
    "feed": "Add, run and remove feeds, which bring facts from portals and files.",
    "review": "Decide which facts the names of feeds mean, where no rule decides.",
    "export": "Write what everybody may see into files, with a catalogue.",
    "snapshot": "Take a snapshot of what a viewer may see, and run Cypher on it.",
    "log": "Print the event log: what was created and changed, when and by whom.",
    "tidy": "Remove answers of requests, decided drafts and tombstones that were kept long enough.",
    "migrate": "Make the constraints and indexes of the model.",
    "schema": "Print the GraphQL schema in the schema definition language.",
    "token": "Print the token of the local steward.",
    "grant": "Add, list and remove grants: who may see and write the facts of a city.",
    "key": "Issue, list and revoke API keys, with which programs ask and write.",
    "webhook": "Add, list and remove webhooks, to which events of the log are sent.",
    "db": "Fetch, start and stop the managed local Neo4j.",
}
"""Every command with the line that the help shows. The module of a command has its name."""
DATA_FRAMES = ("numpy", "pandas", "pyarrow")
"""What Neo4j's driver imports if it is installed, to make data frames of results. No command wants these, and it takes long."""


class Commands(TyperGroup):
    """The commands. The module of a command is imported when it is called, because all of them take more than a second."""

    def list_commands(self, ctx: "Context") -> list[str]:  # noqa: ARG002  # as click calls it
        """Return the names in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: "Context", cmd_name: str) -> "Command | None":
        """Return a command; before it is called, one that only has its line of help."""
        if cmd_name in COMMANDS and cmd_name not in self.commands:
            return TyperCommand(cmd_name, short_help=COMMANDS[cmd_name])
        return super().get_command(ctx, cmd_name)

    def resolve_command(self, ctx: "Context", args: list[str]) -> Any:
        """Import the command that is called."""
        if args[0] in COMMANDS:
            self.commands[args[0]] = imported(args[0])
        return super().resolve_command(ctx, args)


def imported(name: str) -> "Command":
    """Import the module of a command and return the command."""
    # The garbage collector finds nothing in modules, and takes a tenth of the time.
    gc.disable()
    try:
        with _hidden(DATA_FRAMES):
            module = import_module(f"app.cli.{name}")
    finally:
        gc.enable()
    group = getattr(module, "app", None)
    if group is None:
        group = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)
        group.command(name)(getattr(module, name))
    return get_command(group)


@contextmanager
def _hidden(names: Sequence[str]) -> Iterator[None]:
    """Let packages that are not imported yet look as if they were not installed, until the end of the block."""
    modules: dict[str, Any] = sys.modules
    hidden = [name for name in names if name not in modules]
    modules.update(dict.fromkeys(hidden))
    try:
        yield
    finally:
        for name in hidden:
            del modules[name]


cli = typer.Typer(
    name="citygraph",
    cls=Commands,
    help="A knowledge platform on Neo4j for how cities learn from each other.",
    no_args_is_help=True,
    # Frames around the help would take a third of its time.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
)


def _expected() -> tuple[type[Exception], ...]:
    """Return the errors with a cause outside the program; their messages say what to do."""
    from app.start.failures import WorkersFailed
    from app.start.settings import SettingsError
    from app.viewers.administration import Refused
    from graph.bolt.connect import DatabaseUnavailable
    from graph.errors import QuestionError
    from graph.export.store import ExportFailed
    from graph.facts.migrate import WrongSecret
    from graph.load.files import UnreadableFile
    from graph.load.held import FeedBusy
    from graph.load.records import SourceFailed
    from graph.managed.settings import ManagedServerError
    from graph.snapshot.problems import SnapshotFailed

    return (
        SettingsError,
        WorkersFailed,
        Refused,
        DatabaseUnavailable,
        UnreadableFile,
        FeedBusy,
        SourceFailed,
        WrongSecret,
        ManagedServerError,
        QuestionError,
        ExportFailed,
        SnapshotFailed,
    )


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
    except Exception as error:
        if not isinstance(error, _expected()):
            raise
        _tell(str(error))
        sys.exit(1)


def _tell(message: str) -> None:
    from rich.console import Console
    from rich.markup import escape

    Console(stderr=True).print(f"[red]citygraph:[/red] {escape(message)}", highlight=False, soft_wrap=True)

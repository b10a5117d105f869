"""Waiting for Neo4j. In: settings. Out: the address of the database, once it answers; meanwhile a terminal shows what happens.

What is shown goes to the error output, so an answer that goes to a file or another program stays as it is.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from app.start.database import Fetched, database
from app.start.settings import Settings
from graph.bolt.connect import Address

FETCHING = "Fetching Neo4j"
STARTING = "Starting Neo4j"


@contextmanager
def fetching(then: str = STARTING) -> Iterator[Fetched]:
    """Yield a function to call with files done, files in total and bytes.

    Show, until the end of the block, the bar of the download while there is one, and `then` before and after it. If the error
    output is no terminal, print one line when a download begins.
    """
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[size]}"))
    progress = Progress(*columns, TimeElapsedColumn(), console=console, transient=True, disable=not console.is_terminal)
    task = progress.add_task(then, total=None, size="")
    told = False

    def fetched(done: int, total: int, size: int) -> None:
        nonlocal told
        if not (told or console.is_terminal):
            console.print(FETCHING)
        told = True
        if done < total:
            mebibytes = f"{done} of {total} files, {size / 2**20:.0f} MiB"
            progress.update(task, description=FETCHING, completed=done, total=total, size=mebibytes)
        else:
            progress.update(task, description=then, total=None, size="")

    with progress:
        yield fetched


@contextmanager
def started(settings: Settings) -> Iterator[Address]:
    """Yield the address of the database; a managed server is started if needed and runs at least until the end of the block.

    Raise DatabaseUnavailable or ManagedServerError if there is no such database.
    """
    with ExitStack() as held:
        with fetching() as fetched:
            address = held.enter_context(database(settings, fetched))
        yield address

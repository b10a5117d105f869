"""What the commands for grants and keys share. In: work on the administration of a database. Out: its result, tables."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from datetime import datetime
from typing import TypeVar

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from app.cli.progress import console
from app.cli.settings import local_settings
from app.cli.starting import started
from app.start import boot
from app.start.database import unless_it_fails
from app.viewers.administration import Administration
from graph.bolt.write import open_writer
from schema.model import model

Made = TypeVar("Made")
WIDE = 500
"""Columns of a table that goes to no terminal."""
ALL = "all"


def administered(work: Callable[[Administration], Awaitable[Made]]) -> Made:
    """Do work on the database of the settings, which is prepared and started if needed."""
    settings = local_settings()
    with started(settings) as address:

        async def done() -> Made:
            await boot.prepare(address, settings)
            async with open_writer(address) as writer:
                return await unless_it_fails(settings, _of(work(Administration(writer, model()))))

        return asyncio.run(done())


async def _of(made: Awaitable[Made]) -> Made:
    return await made


def say(text: str) -> None:
    """Print a line as it is."""
    console.print(text, highlight=False, markup=False, soft_wrap=True)


def show(columns: Collection[str], rows: Collection[tuple[str, ...]], nothing: str) -> None:
    """Print a table, or a sentence if it has no rows."""
    if not rows:
        say(nothing)
        return
    table = Table()
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*map(escape, row))
    # A file or another program wants whole ids, however narrow the terminal is.
    (console if console.is_terminal else Console(width=WIDE)).print(table)


def listed(names: Collection[str] | None) -> str:
    """Write names of a scope; None stands for all."""
    return ALL if names is None else ", ".join(sorted(names)) or "none"


def day(moment: datetime) -> str:
    """Write the day of a moment, in UTC."""
    return moment.date().isoformat()


def chosen(given: list[str] | None) -> frozenset[str] | None:
    """Return the names given by an option that may be repeated; None, for all, if there is none."""
    return frozenset(given) if given else None

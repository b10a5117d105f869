"""`citygraph load`. In: files of rows. Out: facts in the database, and a report with the rows that were refused."""

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from app.cli.progress import bar, console, fetching
from app.cli.settings import local_settings
from app.start import boot
from app.start.database import database
from graph.load.run import FileReport


def load(
    files: Annotated[list[Path] | None, typer.Argument(help="Files of rows, one JSON object a line.")] = None,
    seeds: Annotated[bool, typer.Option("--seeds", help="Load the seeds that come with citygraph.")] = False,
) -> None:
    """Load files of rows. Rows with problems are listed, the others are loaded. To load a file again changes nothing."""
    paths = [*(boot.seed_files() if seeds else []), *(files or [])]
    if not paths:
        raise typer.BadParameter("name at least one file of rows, or --seeds")
    settings = local_settings()
    with fetching() as fetched, database(settings, fetched) as address:
        boot.prepare(address, settings)
        with bar("Loading", len(paths)) as advance:
            reports = boot.load_files(address, settings, paths, lambda report: advance(report.file))
    _tell(reports)
    if any(report.bad for report in reports):
        raise typer.Exit(1)


def _tell(reports: list[FileReport]) -> None:
    if all(report.unchanged for report in reports):
        console.print("Nothing was loaded: every file was loaded before and has not changed since.")
        return
    table = Table("file", "good rows", "created", "changed", "bad rows")
    for report in reports:
        counts = (report.good, report.created, report.changed, len({bad.line for bad in report.bad}))
        table.add_row(report.file, *(["unchanged", "", "", ""] if report.unchanged else [f"{n:,}" for n in counts]))
    console.print(table)
    for report in reports:
        _tell_changed(report)
    for report in reports:
        for bad in report.bad:
            console.print(f"[yellow]not loaded[/yellow] {escape(str(bad))}", highlight=False, soft_wrap=True)


def _tell_changed(report: FileReport) -> None:
    """List the first facts that the load changed, because another file may have stated them differently."""
    if report.changed:
        more = report.changed - len(report.some)
        named = ", ".join(report.some) + (f" and {more:,} more" if more else "")
        console.print(f"changed by {escape(report.file)}: {escape(named)}", highlight=False, soft_wrap=True)

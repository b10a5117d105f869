"""`citygraph load`. In: files of rows. Out: facts in the database, and a report with the rows that were refused."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from app.cli.administered import administered
from app.cli.outcome import steps, tell_report
from app.cli.progress import bar, console
from app.cli.settings import local_settings
from app.cli.starting import started
from app.feeds.administration import Wish
from app.start import boot
from app.start.feeds import feeds_of
from app.start.settings import Settings
from graph.bolt.connect import Address
from graph.load.feed import Outcome
from graph.load.files import check_readable
from graph.load.run import FileReport


def load(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Files of rows, one JSON object a line; with --mapping one of any kind.")
    ] = None,
    *,
    seeds: Annotated[bool, typer.Option("--seeds", help="Load the seeds that come with citygraph.")] = False,
    mapping: Annotated[
        Path | None, typer.Option(help="Config that says what the columns of the file state, see docs/mapping.md.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what would change, and write nothing.")] = False,
    accept: Annotated[
        bool, typer.Option("--accept", help="With --mapping: go on although more than a tenth would go or be renamed.")
    ] = False,
) -> None:
    """Load files of rows. Rows with problems are listed, the others are loaded. To load a file again changes nothing."""
    paths = [*(boot.seed_files() if seeds else []), *(files or [])]
    if not paths:
        raise typer.BadParameter("name at least one file of rows, or --seeds")
    for path in [*paths, *([mapping] if mapping else [])]:
        # A name that is mistyped is told before Neo4j is started.
        check_readable(path)
    settings = local_settings()
    if mapping is not None:
        if len(paths) > 1:
            raise typer.BadParameter("name one file with --mapping")
        _load_mapped(settings, mapping, paths[0], Wish(accept=accept, trial=dry_run))
        return
    reports: list[FileReport] = []
    try:
        with started(settings) as address:
            asyncio.run(_load(address, settings, paths, reports, dry_run=dry_run))
    finally:
        # Also when a later file could not be loaded: what is reported here stays.
        if reports:
            _tell(reports, dry_run=dry_run)
    if any(report.diff.problems for report in reports):
        raise typer.Exit(1)


def _load_mapped(settings: Settings, mapping: Path, file: Path, wish: Wish) -> None:
    """Load a file whose columns a config maps: a run of a feed."""
    with steps() as progress:
        work = administered(lambda of: feeds_of(of.writer, settings).load(mapping, file, wish, progress))
    tell_report(work, trial=wish.trial)
    if work.problems or work.outcome is Outcome.STOPPED:
        raise typer.Exit(1)


async def _load(
    address: Address, settings: Settings, paths: list[Path], reports: list[FileReport], *, dry_run: bool
) -> None:
    await boot.prepare(address, settings)
    with bar("Loading", len(paths)) as advance:

        def progress(report: FileReport) -> None:
            reports.append(report)
            advance(report.file)

        if dry_run:
            await boot.try_files(address, settings, paths, progress)
        else:
            await boot.load_files(address, settings, paths, progress)


def _tell(reports: list[FileReport], *, dry_run: bool) -> None:
    if dry_run:
        console.print("This is what a load would do. Nothing was written.")
    elif all(report.unchanged for report in reports):
        console.print("Nothing was loaded: every file was loaded before and has not changed since.")
        return
    table = Table("file", "good rows", "created", "changed", "bad rows")
    for report in reports:
        diff = report.diff
        counts = (diff.accepted, diff.created, diff.changed, len({problem.where for problem in diff.problems}))
        table.add_row(report.file, *(["unchanged", "", "", ""] if report.unchanged else [f"{n:,}" for n in counts]))
    console.print(table)
    for report in reports:
        _tell_changed(report)
    for report in reports:
        for problem in report.diff.problems:
            console.print(f"[yellow]not loaded[/yellow] {escape(str(problem))}", highlight=False, soft_wrap=True)
        if report.not_shown:
            console.print(f"and {report.not_shown:,} more problems in {escape(report.file)}", highlight=False)


def _tell_changed(report: FileReport) -> None:
    """List the first facts that the load changed, because another file may have stated them differently."""
    diff = report.diff
    if diff.changed:
        more = diff.changed - len(diff.first_changed)
        named = ", ".join(diff.first_changed) + (f" and {more:,} more" if more else "")
        console.print(f"changed by {escape(report.file)}: {escape(named)}", highlight=False, soft_wrap=True)
        for loss in diff.lost:
            console.print(f"  {escape(str(loss))}", highlight=False, soft_wrap=True)

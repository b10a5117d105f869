"""What came of a run of a feed, for people. In: steps and a report. Out: a progress bar, a table, problems."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields

from rich.markup import escape
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn

from app.cli.administered import say, show
from app.cli.progress import console
from graph.load.feed import Counts, Outcome
from graph.load.feeding import Report

SHOWN = 50
"""Problems that are printed."""


@contextmanager
def steps() -> Iterator["Steps"]:
    """Show how far a run is."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.completed:,.0f} records"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as progress:
        yield Steps(progress)


class Steps:
    """Shows a bar for each stage of a run."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._stage = "Waiting for the source"
        self._task = progress.add_task(self._stage, total=None)

    def __call__(self, stage: str, done: int, of: int | None) -> None:
        """Show that so much of a stage is done."""
        if stage != self._stage:
            # A bar keeps its total if the next one is not known.
            self._progress.remove_task(self._task)
            self._stage, self._task = stage, self._progress.add_task(stage, total=of)
        self._progress.update(self._task, completed=done, total=of)


def tell_report(report: Report, *, trial: bool) -> None:
    """Print what a run did, or a trial would do: how it ended comes last, where it is seen."""
    counts = report.counts
    shown = [each.name for each in fields(Counts)]
    show(tuple(shown), [tuple(f"{getattr(counts, name):,}" for name in shown)], "")
    for problem in report.problems[:SHOWN]:
        console.print(f"[yellow]not taken[/yellow] {escape(str(problem))}", highlight=False, soft_wrap=True)
    more = len(report.problems[SHOWN:]) + report.not_shown
    if more:
        say(f"and {more:,} more. `citygraph feed status {report.feed}` has the first {SHOWN * 2}.")
    if trial:
        say(f"This is what a run of {report.feed} would do. Nothing was written.")
    elif report.outcome is not Outcome.DONE:
        say(f"{report.feed}: {report.outcome.value}.")
    if report.why:
        say(report.why)

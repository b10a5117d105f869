"""`citygraph feed`: feeds of portals and files. In: configs and names. Out: stored feeds, their runs, reports."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from app.cli.administered import administered, day, say, show
from app.cli.outcome import steps, tell_report
from app.cli.settings import local_settings
from app.feeds.administration import Feeds, Wish
from app.start.feeds import feeds_of
from graph.load.feed import Outcome, Run, Stored
from graph.load.feeding import Report
from graph.load.origin import Origin

app = typer.Typer(
    help="Add, run and remove feeds, which bring facts from portals and files.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)

COLUMNS = ("feed", "schedule", "records", "last run", "outcome", "refused", "waiting")
RUNS = ("run", "begun", "seconds", "outcome", "records", "new", "changed", "gone", "removed", "refused", "waiting")
HOUR = 3_600_000
NAME = "Name of a feed, as `citygraph feed list` shows it."
Made = TypeVar("Made")


@app.command()
def add(
    config: Annotated[Path, typer.Argument(help="Config of the feed: a YAML file, see docs/portals.md.")],
) -> None:
    """Add a feed, or give it a new config. It is run when its schedule says so, or by `citygraph feed run`."""
    added, is_new = _done(lambda feeds: feeds.add(config))
    schedule = (
        "" if added.schedule is None else f" It is run every {_span(int(added.schedule.total_seconds() * 1000))}."
    )
    say(f"{'Added' if is_new else 'Changed'} feed {added.feed}.{schedule}")


@app.command("list")
def list_feeds() -> None:
    """List all feeds with their last runs."""
    show(COLUMNS, [_row(each) for each in _done(lambda feeds: feeds.feeds())], "There is no feed.")


@app.command()
def run(
    name: Annotated[str, typer.Argument(help=NAME)],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what the run would do, and write nothing.")] = False,
    accept: Annotated[
        bool, typer.Option("--accept", help="Go on although more than a tenth would go or be renamed.")
    ] = False,
) -> None:
    """Run a feed now: read its source, and write what is new, changed or gone there."""
    with steps() as progress:
        report = _done(lambda feeds: feeds.run(name, Wish(accept=accept, trial=dry_run), progress))
    _end(report, trial=dry_run)


@app.command()
def status(name: Annotated[str, typer.Argument(help=NAME)]) -> None:
    """Show how a feed stands: its config, its last run and the problems of that run."""
    stored = _done(lambda feeds: feeds.named(name))
    show(COLUMNS, [_row(stored)], "")
    if stored.licence:
        say(f"Licence as the source states it: {stored.licence}")
    last = stored.last
    if last and last.why:
        say(last.why)
    for problem in last.problems if last else ():
        say(f"  {problem}")
    say(f"\nConfig ({stored.file}):\n{stored.config.strip()}")


@app.command()
def log(
    name: Annotated[str, typer.Argument(help=NAME)],
    most: Annotated[int, typer.Option(min=1, max=100, help="Most runs.")] = 20,
) -> None:
    """List the last runs of a feed, the newest first."""
    show(RUNS, [_run_row(each) for each in _done(lambda feeds: feeds.runs(name, most))], "It was not run yet.")


@app.command()
def origin(fact: Annotated[str, typer.Argument(help="Id of a fact or relationship.")]) -> None:
    """Show which feed brought a fact, in which runs, and the sources that it cites."""
    found = _done(lambda feeds: feeds.origin(fact))
    if found.feed is None:
        say("No feed brought it, or it was stated by somebody else since.")
    elif found.key is None:
        say(f"It is the source of feed {found.feed}.")
    else:
        say(f"Feed {found.feed} brought it, with the record {found.key}.")
        say(f"First written by {_numbered(found.made, found)}, last by {_numbered(found.last, found)}.")
    for source in found.cited:
        say(f"Source: {source.title} ({source.id}), licence {source.licence or 'unknown'}")


def _numbered(number: int, of: Origin) -> str:
    """Name a run by its number, and when it began."""
    if not number:
        return "a run of a former version"
    began = next((f" of {_moment(each.begun)}" for each in of.runs if each.number == number), "")
    return f"run {number}{began}"


@app.command()
def remove(
    name: Annotated[str, typer.Argument(help=NAME)],
    facts: Annotated[bool, typer.Option("--facts", help="Take the facts that it brought away too.")] = False,
) -> None:
    """Remove a feed. Its facts stay, unless --facts is given."""
    removed, stay = _done(lambda feeds: feeds.remove(name, facts=facts))
    for problem in stay:
        say(f"  {problem}")
    if stay:
        say(f"{removed:,} facts are gone. The others stay, and so does the feed.")
        raise typer.Exit(1)
    say(f"Removed: feed {name}" + (f" and {removed:,} facts." if facts else ". The facts that it brought stay."))


def _done(work: Callable[[Feeds], Awaitable[Made]]) -> Made:
    settings = local_settings()
    return administered(lambda of: work(feeds_of(of.writer, settings)))


def _end(report: Report, *, trial: bool) -> None:
    tell_report(report, trial=trial)
    if report.problems or report.outcome is Outcome.STOPPED:
        raise typer.Exit(1)


def _row(feed: Stored) -> tuple[str, ...]:
    last, every = feed.last, feed.every
    outcome = "" if last is None else _outcome(last, running=feed.locked)
    counts = ("", "") if last is None else (f"{last.counts.refused:,}", f"{last.counts.waiting:,}")
    when = "" if last is None else day(last.begun)
    return (feed.name, "" if every is None else f"every {_span(every)}", f"{feed.rows:,}", when, outcome, *counts)


def _outcome(run: Run, *, running: bool = False) -> str:
    if run.outcome is Outcome.RUNNING:
        return "runs" if running else "was interrupted"
    return str(run.outcome.value)


def _run_row(run: Run) -> tuple[str, ...]:
    took = "" if run.ended is None else f"{(run.ended - run.begun).total_seconds():.0f}"
    counts = run.counts
    numbers = (
        counts.records, counts.new, counts.changed, counts.gone, counts.removed, counts.refused, counts.waiting,
    )  # fmt: skip
    return (str(run.number), _moment(run.begun), took, _outcome(run), *(f"{number:,}" for number in numbers))


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")


def _span(milliseconds: int) -> str:
    hours = milliseconds // HOUR
    names = {1: "hour", 24: "day", 168: "week"}
    return names.get(hours, f"{hours} hours")

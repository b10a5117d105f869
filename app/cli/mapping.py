"""`citygraph mapping`. In: a file of records, or a config. Out: a drafted config, or what is wrong with one."""

import os
from pathlib import Path
from typing import Annotated

import typer

from app.cli.progress import console
from app.cli.settings import local_settings
from app.start.settings import SettingsError

app = typer.Typer(
    help="Draft and check the config files with which files of other formats are loaded.", no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
)  # fmt: skip


@app.command("suggest")
def suggest(
    file: Annotated[Path, typer.Argument(help="A file of records: CSV, TSV, Excel, JSON, JSON Lines or Parquet.")],
    concept: Annotated[str, typer.Option("--concept", help="What a record is, such as Visit.")] = "",
    out: Annotated[Path | None, typer.Option("--out", help="Write the draft here, and not to standard output.")] = None,
) -> None:
    """Draft a config for a file. Lines with CHECK are guesses."""
    from graph.load.mapping.suggest import suggest as draft_of
    from schema.model import model

    if out and out.exists():
        raise typer.BadParameter(f"{out} exists; name a new file, so that nothing is lost", param_hint="--out")
    shown = os.path.relpath(file, out.parent) if out else str(file)
    draft = draft_of(file, Path(shown).as_posix(), model(), concept)
    if out is None:
        print(draft.text, end="")
        return
    try:
        out.write_text(draft.text, encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"{out} cannot be written: {error.strerror}.") from error
    console.print(
        f"{out} is a draft: {draft.good:,} of {draft.records:,} records give rows without a problem. Look at its lines "
        f"with CHECK, then run: citygraph mapping check {out}",
        highlight=False, markup=False, soft_wrap=True,
    )  # fmt: skip


@app.command("check")
def check(
    config: Annotated[Path, typer.Argument(help="A config of a feed.")],
    records: Annotated[int, typer.Option("--records", min=1, help="How many records of its file are mapped.")] = 1000,
) -> None:
    """Check a config, and the first records of its file, if it has one. Nothing is written."""
    from app.feeds.configs import read as read_config
    from graph.load.mapping.tried import tried
    from graph.portals.limits import Limits
    from schema.model import model

    read = read_config(config, model(), limits=Limits(private=local_settings().feed_private))
    if not read.is_file:
        console.print(f"{config} is right.", highlight=False, markup=False, soft_wrap=True)
        return
    outcome = tried(read, read.open().first(records))
    for line in (*map(str, outcome.missing), *map(str, outcome.problems)):
        console.print(line, highlight=False, markup=False, soft_wrap=True)
    more = outcome.bad - len(outcome.problems)
    if more > 0:
        console.print(f"and {more:,} more records with problems", highlight=False, markup=False)
    console.print(
        f"{outcome.good:,} of {outcome.good + outcome.bad:,} records give {outcome.rows:,} rows without a problem.",
        highlight=False, markup=False, soft_wrap=True,
    )  # fmt: skip
    if outcome.missing or outcome.bad:
        raise typer.Exit(1)

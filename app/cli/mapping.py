"""`citygraph mapping`: drafts of configs. In: a file. Out: YAML on standard output, or in a new file."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from app.cli.administered import say
from app.viewers.administration import Refused
from graph.load.mapping.suggest import suggest as draft_of
from schema.model import model

app = typer.Typer(
    help="Draft the config of a feed from a file.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)


@app.callback()
def mapping() -> None:
    """Draft the config of a feed from a file."""


@app.command()
def suggest(
    file: Annotated[Path, typer.Argument(help="A file of CSV, TSV, Excel, JSON, JSON Lines or Parquet.")],
    concept: Annotated[
        str | None, typer.Option(help="What a record is, such as Visit. By default it is guessed from the columns.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="New file for the draft. By default it is printed.")
    ] = None,
) -> None:
    """Draft a config from the first 1,000 records of a file. Each guess is a comment: read it before you load."""
    shown = str(file) if output is None else _beside(file, output)
    draft = draft_of(file, shown, model(), concept or "")
    if output is None:
        sys.stdout.write(draft.text)
        return
    try:
        with output.open("x", encoding="utf-8") as new:
            new.write(draft.text)
    except OSError as error:
        raise Refused(f"{output} cannot be written: {error.strerror}. Name a new file.") from error
    say(f"{output}: {draft.good:,} of {draft.records:,} records give rows without a problem. Read the comments first.")


def _beside(file: Path, output: Path) -> str:
    """Return the path of a file as a config names it: beside the config, else whole."""
    folder, path = output.absolute().parent, file.absolute()
    return str(path.relative_to(folder)) if path.is_relative_to(folder) else str(path)

"""Progress bars. In: the steps of long work. Out: bars on the terminal; plain lines if the output is no terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

console = Console()


@contextmanager
def bar(title: str, total: int) -> Iterator[Callable[[str], None]]:
    """Show a bar of `total` steps; yield a function to call with the name of each finished step."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[step]}"),
    )
    with Progress(*columns, console=console) as progress:
        task = progress.add_task(title, total=total, step="")

        def advance(step: str) -> None:
            progress.update(task, advance=1, step=step)

        yield advance


@contextmanager
def fetching() -> Iterator[Callable[[int, int, int], None]]:
    """Yield a function to call with files done, files in total and bytes; the first call shows the bar of a download."""
    columns = (TextColumn("Fetching Neo4j"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[size]}"))
    progress = Progress(*columns, console=console)
    task = progress.add_task("", total=None, size="")

    def fetched(done: int, total: int, size: int) -> None:
        progress.start()
        progress.update(task, completed=done, total=total, size=f"{size / 2**20:.0f} MiB")
        if done == total:
            progress.stop()

    try:
        yield fetched
    finally:
        # To stop what was not begun would print an empty line.
        if progress.live.is_started:
            progress.stop()

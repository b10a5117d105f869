"""`citygraph network`. In: a kind of network, arguments as in the address of an export. Out: a file for other programs."""

import asyncio
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.ask import As

if TYPE_CHECKING:
    from app.start.settings import Settings
    from graph.bolt.connect import Address
    from graph.export.graphs.jobs import File
    from graph.measures.worker import Done

# Everything else is imported where it is used, because the help should not wait for it.


def network(
    kind: Annotated[str, typer.Argument(help="Kind of network: cloud or exchange.")],
    arguments: Annotated[
        list[str] | None,
        typer.Argument(help="Arguments such as city=city/us-wa-seattle, as in the address /export/cloud.gexf?city=..."),
    ] = None,
    *,
    out: Annotated[Path, typer.Option("--out", "-o", help="File to write; its ending, such as .gexf, is the format.")],
    viewer: Annotated[As, typer.Option("--as", help="Viewer who sees the facts of the network.")] = As.STEWARD,
) -> None:
    """Write a network into a file for other programs: cloud or exchange.

    Of the facts that the viewer sees, made-up facts included unless synthetic=false is given. docs/analysts.md lists the formats.
    """
    from app.cli.settings import local_settings
    from app.start.settings import SettingsError
    from graph.errors import QuestionError
    from graph.export.graphs.asked import KINDS, ending_of
    from graph.export.graphs.formats import FORMATS
    from graph.export.graphs.jobs import File
    from graph.measures.figured import nothing

    if kind not in KINDS:
        raise SettingsError(f"{kind} is no kind of network; accepted are {' and '.join(KINDS)}.")
    ending = ending_of(out, FORMATS)
    if ending is None:
        raise SettingsError(f"{out}: the name of the file ends in one of {', '.join(f'.{each}' for each in FORMATS)}.")
    asked = {"synthetic": "true"}
    for each in arguments or []:
        name, equals, value = each.partition("=")
        if not equals:
            raise SettingsError(f"{each} is no argument; one looks like city=city/us-wa-seattle.")
        asked[name] = value
    try:
        with _draft(out) as draft:
            done = _written(local_settings(), kind, asked, File(ending, draft), steward=viewer is As.STEWARD)
            if done.data is None:
                raise SettingsError(nothing(asked, "export", "this viewer", synthetic=asked["synthetic"] == "true"))
            _put(draft, out)
    except QuestionError as error:
        raise SettingsError(error.message) from error
    print(f"Wrote {out}: {done.data:,} bytes.")


def _put(draft: Path, out: Path) -> None:
    from app.start.settings import SettingsError

    try:
        draft.replace(out)
    except OSError as error:
        raise SettingsError(f"{out} cannot be written: {error.strerror}.") from error


@contextmanager
def _draft(out: Path) -> Iterator[Path]:
    """Make a draft beside a file, so that what is there stays until the new file is whole; remove it if it is not."""
    from app.start.settings import SettingsError

    try:
        handle, name = tempfile.mkstemp(prefix=f".{out.name}-", suffix=".draft", dir=out.resolve().parent)
    except OSError as error:
        raise SettingsError(f"{out} cannot be written: {error.strerror}.") from error
    umask = os.umask(0)
    os.umask(umask)
    os.fchmod(handle, 0o666 & ~umask)
    os.close(handle)
    draft = Path(name)
    try:
        yield draft
    finally:
        draft.unlink(missing_ok=True)


def _written(settings: "Settings", kind: str, asked: dict[str, str], file: "File", *, steward: bool) -> "Done":
    from app.cli.figure import rights_of
    from app.cli.progress import fetching
    from app.start.database import database
    from graph.export.graphs.asked import NetworkFiles
    from graph.measures.clouds import Clouds
    from graph.measures.workers import Workers
    from schema.model import model

    async def work(address: "Address") -> "Done":
        workers = Workers(address, settings.measure_seconds)
        clouds = Clouds(model(), workers)
        files = NetworkFiles(clouds, await rights_of(settings, address, steward=steward), settings.synthetic)
        try:
            return await workers.do(files.job(kind, asked, file), clouds.began)
        finally:
            await workers.close()

    with fetching() as fetched, database(settings, fetched) as address:
        return asyncio.run(work(address))

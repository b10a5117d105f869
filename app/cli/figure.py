"""`citygraph figure`. In: a kind of figure, arguments as in the address of a figure. Out: an SVG or PNG file."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.ask import As

if TYPE_CHECKING:
    from app.start.settings import Settings
    from graph.access.rights import Rights
    from graph.bolt.connect import Address
    from graph.measures.worker import Done

# Everything else is imported where it is used, because the help should not wait for it.


def figure(
    kind: Annotated[
        str, typer.Argument(help="Kind of figure: exchange, map, cloud, growth, what-if, diffusion or spread.")
    ],
    arguments: Annotated[
        list[str] | None,
        typer.Argument(help="Arguments such as city=city/us-wa-seattle, as in the address /figures/cloud.svg?city=..."),
    ] = None,
    *,
    out: Annotated[Path, typer.Option("--out", "-o", help="File to write; its ending, .svg or .png, is the format.")],
    viewer: Annotated[As, typer.Option("--as", help="Viewer who sees the facts of the figure.")] = As.STEWARD,
) -> None:
    """Draw a figure into a file: exchange, map, cloud, growth, what-if, diffusion or spread.

    Of the facts that the viewer sees, made-up facts included unless synthetic=false is given. docs/figures.md shows each.
    """
    from app.cli.settings import local_settings
    from app.start.settings import SettingsError
    from graph.errors import QuestionError
    from graph.measures.figured import FORMATS, nothing

    suffix = out.suffix.removeprefix(".")
    if kind not in FORMATS:
        raise SettingsError(f"{kind} is no kind of figure; accepted are {', '.join(FORMATS)}.")
    if suffix not in FORMATS[kind]:
        endings = " or ".join(f".{each}" for each in FORMATS[kind])
        raise SettingsError(f"{out}: a figure of this kind ends in {endings}.")
    asked = {"synthetic": "true"}
    for each in arguments or []:
        name, equals, value = each.partition("=")
        if not equals:
            raise SettingsError(f"{each} is no argument; one looks like city=city/us-wa-seattle.")
        asked[name] = value
    try:
        done = _drawn(local_settings(), kind, asked, as_png=suffix == "png", steward=viewer is As.STEWARD)
    except QuestionError as error:
        raise SettingsError(error.message) from error
    if done.data is None:
        raise SettingsError(nothing(asked, "draw", "this viewer", synthetic=asked["synthetic"] == "true"))
    out.write_bytes(done.data)
    print(f"Wrote {out}: {len(done.data):,} bytes.")


def _drawn(settings: "Settings", kind: str, asked: dict[str, str], *, as_png: bool, steward: bool) -> "Done":
    from app.cli.progress import fetching
    from app.start.database import database
    from graph.measures.clouds import Clouds
    from graph.measures.figured import Figures
    from graph.measures.workers import Workers
    from schema.model import model

    async def work(address: "Address") -> "Done":
        workers = Workers(address, settings.measure_seconds)
        clouds = Clouds(model(), workers)
        rights = await rights_of(settings, address, steward=steward)
        try:
            return await workers.do(
                Figures(clouds, rights, settings.synthetic).job(kind, asked, as_png=as_png), clouds.began
            )
        finally:
            await workers.close()

    with fetching() as fetched, database(settings, fetched) as address:
        return asyncio.run(work(address))


async def rights_of(settings: "Settings", address: "Address", *, steward: bool) -> "Rights":
    """Return what the local steward sees, or what everybody sees."""
    from app.start.secrets import local_token
    from app.viewers.tokens import Viewers
    from graph.access.rights import Rights
    from graph.bolt.write import open_writer
    from graph.cypher.facts import READ_AUDIENCES

    if not steward:
        return Rights()
    async with open_writer(address) as writer:
        audiences = tuple((await writer.read(READ_AUDIENCES))[0]["audiences"])
    return Viewers(local_token(settings), audiences).local().rights

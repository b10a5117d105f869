"""`citygraph figure`. In: a kind of figure, arguments as in the address of a figure. Out: an SVG or PNG file."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.ask import As

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
    from app.cli.drawing import arguments_of, done_for, whole
    from app.start.settings import SettingsError
    from graph.measures.figured import FORMATS, Figures, nothing

    suffix = out.suffix.removeprefix(".")
    drawn = [each for each, formats in FORMATS.items() if "svg" in formats]
    if kind not in drawn:
        raise SettingsError(f"{kind} is no kind of figure; accepted are {', '.join(drawn)}.")
    if suffix not in FORMATS[kind]:
        endings = " or ".join(f".{each}" for each in FORMATS[kind])
        raise SettingsError(f"{out}: a figure of this kind ends in {endings}.")
    asked = arguments_of(arguments)
    with whole(out) as draft:
        done = done_for(
            lambda clouds, rights, synthetic: Figures(clouds, rights, synthetic).job(
                kind, asked, as_png=suffix == "png"
            ),
            steward=viewer is As.STEWARD,
        )
        if done.data is None:
            raise SettingsError(nothing(asked, "draw", "this viewer", synthetic=asked["synthetic"] == "true"))
        draft.write_bytes(done.data)
    print(f"Wrote {out}: {len(done.data):,} bytes.")

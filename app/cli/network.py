"""`citygraph network`. In: a kind of network, arguments as in the address of an export. Out: a file for other programs."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.ask import As

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
    from app.cli.drawing import arguments_of, done_for, whole
    from app.start.settings import SettingsError
    from graph.export.graphs.asked import KINDS, NetworkFiles, ending_of
    from graph.export.graphs.formats import FORMATS
    from graph.export.graphs.jobs import File
    from graph.measures.figured import nothing

    if kind not in KINDS:
        raise SettingsError(f"{kind} is no kind of network; accepted are {' and '.join(KINDS)}.")
    ending = ending_of(out, FORMATS)
    if ending is None:
        raise SettingsError(f"{out}: the name of the file ends in one of {', '.join(f'.{each}' for each in FORMATS)}.")
    asked = arguments_of(arguments)
    with whole(out) as draft:
        file = File(ending, draft)
        done = done_for(
            lambda clouds, rights, synthetic: NetworkFiles(clouds, rights, synthetic).job(kind, asked, file),
            steward=viewer is As.STEWARD,
        )
        if done.data is None:
            raise SettingsError(nothing(asked, "export", "this viewer", synthetic=asked["synthetic"] == "true"))
    print(f"Wrote {out}: {done.data:,} bytes.")

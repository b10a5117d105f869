"""`citygraph roster`. In: a graph file of any common format, and what it is of. Out: facts of a roster, or files of rows."""

import tempfile
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from graph.load.networks.rows import Asked, Row, Told
    from graph.load.networks.waves import Surveyed
    from schema.language.networks import Agreed, Layer

# Everything else is imported where it is used, because the help should not wait for it.


def roster(
    files: Annotated[
        list[Path],
        typer.Argument(help="A graph file, such as leaders.graphml, or a CSV file of people and one of ties."),
    ],
    *,
    city: Annotated[str, typer.Option(help="Id of the city, such as city/us-wa-seattle.")],
    name: Annotated[str, typer.Option(help="Name of the roster. The same name adds a wave to the same roster.")],
    source: Annotated[str, typer.Option(help="Id of the source of the facts, or the title of a new one.")],
    consent: Annotated[
        str, typer.Option(help="What the people agreed to: NAMED, or PSEUDONYM, which leaves their names out.")
    ],
    wave: Annotated[
        list[str] | None,
        typer.Option(
            help="Date of the wave, such as 2025-05. For a file of several waves NAME=DATE for each, nothing if it has dates."
        ),
    ] = None,
    layer: Annotated[str, typer.Option(help="Kind of tie that the wave asked for: TRUSTS or KNOWS.")] = "TRUSTS",
    rule: Annotated[str | None, typer.Option(help="The rule that says who is on the roster.")] = None,
    confidence: Annotated[str, typer.Option(help="How sure the facts are; SYNTHETIC if made up.")] = "VERIFIED",
    rows: Annotated[Path | None, typer.Option(help="Folder for files of rows; nothing is loaded then.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what would change, and write nothing.")] = False,
) -> None:
    """Load the network of a roster from a graph file: people, a survey wave and their ties.

    Formats: GEXF, GraphML, Pajek, UCINET DL, GML, JSON of graphology and networkx, CSV, Excel, and Network Canvas exports.
    """
    from app.cli.load import load
    from app.cli.settings import local_settings
    from app.start.database import key_secret
    from graph.load.networks.read import read_network
    from graph.load.networks.rows import Asked
    from graph.load.networks.waves import by_wave

    called = " and ".join(each.name for each in files)
    asked = Asked(
        _city(city),
        _said("name", name),
        rule or f"Everybody in {called}.",
        "",
        _layer(layer),
        _said("source", source),
        _confidence(confidence),
        _agreed(consent),
    )
    surveyed = by_wave(read_network(files), wave or (), called)
    made = _rows(surveyed, asked, key_secret(local_settings()))
    called = f"{name} {' '.join(each.date for each in surveyed)} {layer}"[:120]
    if rows is not None:
        print(f"Wrote {', '.join(str(each) for each in _written(made, rows, called))}")
        return
    with tempfile.TemporaryDirectory() as folder:
        load(_written(made, Path(folder), called), dry_run=dry_run)


def _city(given: str) -> str:
    from schema.domain.clouds import LEADERS
    from schema.model import model

    if model().prefixes.get(given.partition("/")[0]) != LEADERS.city:
        raise typer.BadParameter(f"--city: {given[:60]!r} is no id of a city; one looks like city/us-wa-seattle")
    return given


def _said(option: str, given: str) -> str:
    if not given.strip():
        raise typer.BadParameter(f"--{option} is empty")
    return given


def _confidence(given: str) -> str:
    from schema.domain.evidence import Confidence

    known = [each.name for each in Confidence]
    if given not in known:
        raise typer.BadParameter(f"--confidence: {given[:60]!r} is unknown; accepted are {', '.join(known)}")
    return given


def _rows(surveyed: "list[Surveyed]", asked: "Asked", secret: bytes) -> "list[Row]":
    """Make the rows of all waves, each row once, and tell what became of each wave."""
    import orjson

    from graph.load.networks.rows import Rows
    from schema.model import model

    order = {
        id_: at for at, id_ in enumerate(dict.fromkeys(id_ for each in surveyed for id_ in each.network.people), 1)
    }
    made: dict[bytes, Row] = {}
    for each in surveyed:
        making = Rows(each.network, replace(asked, wave=each.date), model(), secret, order=order)
        made |= {orjson.dumps(row): row for row in making.made()}
        _tell(each.date, making.told)
    return [*made.values()]


def _layer(given: str) -> "Layer":
    from schema.domain.clouds import LEADERS

    known = {each.name: each for each in LEADERS.layers if each.wave is not None}
    if given not in known:
        raise typer.BadParameter(f"--layer: {given[:60]!r} is unknown; accepted are {', '.join(known)}")
    return known[given]


def _agreed(given: str) -> "Agreed":
    from schema.domain.clouds import LEADERS

    known = {each.consent.name: each for each in LEADERS.agreed}
    if given not in known:
        raise typer.BadParameter(f"--consent: {given[:60]!r} is unknown; accepted are {', '.join(known)}")
    return known[given]


def _written(rows: "Iterable[Row]", folder: Path, name: str) -> list[Path]:
    """Write files of rows in the order in which they can be loaded, none with more rows than a load takes."""
    import orjson

    from graph.export.store import ExportFailed
    from graph.load.files import MOST_ROWS

    stem = "".join(each if each.isalnum() else "-" for each in name.lower())
    rest, written = iter(rows), list[Path]()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        while part := list(islice(rest, MOST_ROWS)):
            path = folder / f"roster-{stem}-{len(written) + 1:03}.jsonl"
            path.write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in part))
            written.append(path)
    except OSError as error:
        raise ExportFailed(f"{error.filename or folder} cannot be written: {error.strerror or error}.") from error
    return written


def _tell(wave: str, told: "Told") -> None:
    print(f"{wave}: {told.people:,} people, of whom {told.answered:,} named somebody, and {told.ties:,} ties")
    for why, ties in sorted(told.left_out.items()):
        print(f"left out: ties {why}, {ties:,} times")
    for value, times in told.unknown.most_common(10):
        print(f"not read: {value}, {times:,} times (no such property, or a value that it cannot have)")

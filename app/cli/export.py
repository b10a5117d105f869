"""`citygraph export`. In: a folder. Out: what everybody may see, as files of each data set, and a catalogue of them."""

import asyncio
import re
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from enum import Enum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

if TYPE_CHECKING:
    from app.start.settings import Settings
    from graph.bolt.connect import Address
    from graph.export.datasets import Dataset
    from graph.export.publish import Publisher
    from graph.export.store import Entry

Result = TypeVar("Result")


class Format(Enum):
    """Formats of the files."""

    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"


def export(
    folder: Annotated[Path, typer.Argument(help="Folder for the files; it is made if there is none.")],
    format_: Annotated[
        list[Format] | None, typer.Option("--format", help="A format; again for more. If absent, all of them.")
    ] = None,
    concept: Annotated[
        list[str] | None, typer.Option(help="A concept such as Visit, or a type such as HOSTED_BY; again for more.")
    ] = None,
    url: Annotated[
        str | None, typer.Option(help="Address at which the folder will be published. If absent, that of the folder.")
    ] = None,
) -> None:
    """Write what everybody may see into files, with a catalogue. Files of an earlier export are replaced one by one."""
    from app.cli.settings import local_settings
    from app.cli.starting import started

    wanted = _wanted(concept or [])
    _require_address(url)
    settings = local_settings()
    files = FolderAddresses(url.rstrip("/") if url else folder.expanduser().resolve().as_uri())
    formats = tuple(dict.fromkeys(each.value for each in format_ or Format))
    target = Target(folder.expanduser(), files, formats)
    with started(settings) as address:
        asyncio.run(_export(address, settings, wanted, target))


def _require_address(url: str | None) -> None:
    from app.start.settings import WEB_ADDRESS

    if url is not None and not re.fullmatch(WEB_ADDRESS, url):
        raise typer.BadParameter(f"--url: {url[:100]!r} is no address; one looks like https://data.example/citygraph")


def _wanted(names: list[str]) -> "list[Dataset]":
    from graph.export.datasets import datasets
    from schema.model import model

    known = datasets(model())
    unknown = [name for name in names if name not in known]
    if unknown:
        raise typer.BadParameter(f"{unknown[0]!r} is unknown; accepted are {', '.join(known)}")
    return [dataset for name, dataset in known.items() if not names or name in names]


@dataclass(frozen=True)
class FolderAddresses:
    """Where the files of a folder are. Those of JSON Lines begin with a number, in the order in which they can be loaded."""

    base: str
    entities: str = ""

    @property
    def catalogue(self) -> str:
        """Address of the catalogue."""
        return f"{self.base}/catalog.ttl"

    def dataset(self, dataset: "Dataset") -> str:
        """Return the address of a data set."""
        return f"{self.catalogue}#{dataset.name}"

    def distribution(self, dataset: "Dataset", format_: str) -> str:
        """Return the address that names a data set in one format."""
        return f"{self.catalogue}#{dataset.name}-{format_}"

    def file(self, dataset: "Dataset", format_: str) -> str:
        """Return the address of a file."""
        return f"{self.base}/{self.name(dataset, format_)}"

    def name(self, dataset: "Dataset", format_: str) -> str:
        """Return the name of a file."""
        order = f"{dataset.rank:02}-" if format_ == Format.JSONL.value else ""
        return f"{order}{dataset.name}.{format_}"


@dataclass(frozen=True)
class Target:
    """Where an export is written, and in which formats."""

    folder: Path
    addresses: FolderAddresses
    formats: tuple[str, ...]

    def write(self, name: str, content: "Callable[[Path], object]") -> None:
        """Let a file be written under a temporary name, then rename it. If the disk is full, the former file stays."""
        from graph.export.store import ExportFailed

        draft = self.folder / f".{name}.draft"
        try:
            content(draft)
            draft.replace(self.folder / name)
        except OSError as error:
            raise ExportFailed(
                f"{self.folder / name} cannot be written: {error.strerror or error}. What was there before is still there."
            ) from error
        finally:
            draft.unlink(missing_ok=True)


@dataclass(frozen=True)
class AtOnce:
    """Turns of one who is alone."""

    def at_database(self) -> AbstractAsyncContextManager[object]:
        """Wait for nothing."""
        return nullcontext()

    async def work(self, step: Callable[[], Result]) -> Result:
        """Do a step at once."""
        return step()


async def _export(address: "Address", settings: "Settings", wanted: "Sequence[Dataset]", target: Target) -> None:
    from app.cli.progress import bar, console
    from app.start.exports import exports_folder
    from graph.bolt.connect import open_async_driver
    from graph.bolt.read import Reader, Sessions
    from graph.export.publish import Publisher
    from graph.export.store import ExportFailed, Shelf
    from schema.model import model

    try:
        target.folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportFailed(f"{target.folder} cannot be made: {error.strerror}.") from error
    async with Sessions(open_async_driver(address, 2), address.database) as sessions:
        reader = Reader(sessions, settings.statement_seconds)
        publisher = Publisher(reader, model(), Shelf(exports_folder(settings)), AtOnce())
        with bar("Reading", len(wanted)) as advance:
            entries = await publisher.entries(wanted, AtOnce(), lambda entry: advance(entry.name))
        listed = [(dataset, entry) for dataset, entry in zip(wanted, entries, strict=True) if entry.rows]
        with bar("Writing", len(listed) * len(target.formats)) as advance:
            for dataset, entry in listed:
                for format_ in target.formats:
                    await _write(publisher, dataset, entry, format_, target)
                    advance(target.addresses.name(dataset, format_))
    _write_catalogue(listed, settings, target)
    facts = sum(entry.rows for _, entry in listed)
    console.print(f"Wrote {facts:,} public facts in {len(listed)} data sets to {target.folder}", soft_wrap=True)
    for dataset, entry in zip(wanted, entries, strict=True):
        left = [each for each in target.formats if (target.folder / target.addresses.name(dataset, each)).exists()]
        if left and not entry.rows:
            console.print(
                f"[yellow]{dataset.name} has no public facts now; its files are of an earlier export[/yellow]"
            )


async def _write(publisher: "Publisher", dataset: "Dataset", entry: "Entry", format_: str, target: Target) -> None:
    import shutil

    made = await publisher.made(dataset, entry, format_)
    target.write(target.addresses.name(dataset, format_), lambda draft: shutil.copyfile(made, draft))


def _write_catalogue(listed: "list[tuple[Dataset, Entry]]", settings: "Settings", target: Target) -> None:
    from graph.export.dcat import JSON_LD, TURTLE, Published, catalogue

    published = Published(listed, target.addresses, settings.publisher, target.formats)
    for ending, media in (("ttl", TURTLE), ("jsonld", JSON_LD)):
        target.write(f"catalog.{ending}", partial(Path.write_bytes, data=catalogue(published, media)))

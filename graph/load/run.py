"""Load, from files to facts. In: paths and a writer. Out: a report for each file: what was written, and every bad row."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from graph.bolt.write import Unit, UnitTooLarge, Writer
from graph.cypher import load as cypher
from graph.load.decide import decide
from graph.load.facts import Checked, check
from graph.load.files import BadRow, UnreadableFile, read_file
from graph.load.write import Stamp, write
from schema.model import Model

MOST_SHOWN = 10_000


@dataclass(frozen=True)
class FileReport:
    """What loading a file did; `some` names the first facts that it changed."""

    file: str
    unchanged: bool = False
    good: int = 0
    created: int = 0
    changed: int = 0
    some: tuple[str, ...] = ()
    bad: tuple[BadRow, ...] = field(default=())


Progress = Callable[[FileReport], None]


def load(paths: Iterable[Path], writer: Writer, model: Model, stamp: Stamp, progress: Progress) -> list[FileReport]:
    """Load files in the order given; a file that is loaded as it stands is left alone.

    Raise UnreadableFile or DatabaseUnavailable; files before that stay loaded.
    """
    loaded = _loaded(writer.read(cypher.RECORDS))
    reports = []
    for path in paths:
        file = read_file(path)
        report = FileReport(file.name, unchanged=True)
        if loaded.get(file.name) != file.digest:
            report = _load(check(file, model), writer, stamp)
        progress(report)
        reports.append(report)
    return reports


def _load(checked: Checked, writer: Writer, stamp: Stamp) -> FileReport:
    """Write the good rows of a file in one transaction; other loads wait."""

    def work(unit: Unit) -> FileReport:
        file = checked.file
        unit.run(cypher.LOCK, file=file.name)
        if _loaded(unit.run(cypher.RECORDS)).get(file.name) == file.digest:
            return FileReport(file.name, unchanged=True)
        whole = decide(unit, checked, stamp.key)
        done = write(unit, whole, stamp)
        shown = whole.bad[:MOST_SHOWN]
        return FileReport(file.name, False, len(whole.facts), done.created, done.changed, done.some, shown)

    try:
        return writer.unit(work)
    except UnitTooLarge as error:
        rows = len(checked.facts)
        raise UnreadableFile(
            f"{checked.file.name} has {rows:,} rows, too many for the memory of one transaction. Split it into smaller files."
        ) from error


def _loaded(records: Iterable[dict[str, object]]) -> dict[object, object]:
    """Digests of the files that are loaded without a bad row; with one, its reason may be gone by now."""
    return {record["file"]: record["digest"] for record in records if not record["bad"]}

"""Load, from files to facts. In: paths and a writer. Out: a report for each file: what was written, and every bad row."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from graph.bolt.write import Unit, UnitTooLarge, Writer
from graph.cypher import facts as cypher
from graph.facts.check import Checked, check
from graph.facts.decide import decide
from graph.facts.write import Stamp, write
from graph.load.files import BadRow, UnreadableFile, read_file
from schema.model import Model

MOST_SHOWN = 10_000
Made = TypeVar("Made")


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

    def prepared(path: Path) -> tuple[str, Checked | None]:
        file = read_file(path)
        return file.name, None if loaded.get(file.name) == file.digest else check(file, model)

    reports = []
    for name, checked in _ahead(prepared, paths):
        report = _load(checked, writer, stamp) if checked else FileReport(name, unchanged=True)
        progress(report)
        reports.append(report)
    return reports


def _ahead(make: Callable[[Path], Made], paths: Iterable[Path]) -> Iterator[Made]:
    """Make something of each path in order, of one while the database is busy with what was made of the path before."""
    with ThreadPoolExecutor(1) as worker:
        made: deque[Future[Made]] = deque()
        for path in paths:
            made.append(worker.submit(make, path))
            if len(made) > 1:
                yield made.popleft().result()
        while made:
            yield made.popleft().result()


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

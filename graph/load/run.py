"""Loading, step 2. In: paths and a writer. Out: facts in the database, and a report for each file.

What a file changes and the record that it is loaded commit in one transaction.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from graph.bolt.write import Unit, UnitTooLarge, Writer
from graph.cypher import loads as cypher
from graph.facts.check import Checked, check
from graph.facts.diff import Diff
from graph.facts.put import lock, preview_checked, put_checked
from graph.facts.rows import Problem
from graph.facts.write import Stamp
from graph.load.files import RowFile, UnreadableFile, read_file
from graph.load.garbage import seldom_collected
from schema.model import Model

MOST_SHOWN = 10_000
Made = TypeVar("Made")


@dataclass(frozen=True)
class FileReport:
    """What loading a file changed. `unchanged` says that the file was loaded before as it is and was not read again.

    `not_shown` counts the problems that are left out of the diff because there are too many.
    """

    file: str
    diff: Diff = field(default_factory=Diff)
    unchanged: bool = False
    not_shown: int = 0


Progress = Callable[[FileReport], None]
Room = Callable[[RowFile], None]
"""Called before a file is written and before it is committed; raises if the disk has no room for it."""


@dataclass(frozen=True)
class _Prepared:
    """A file that is read and checked; it is not checked if it was loaded before."""

    file: RowFile
    checked: Checked | None


async def load(
    paths: Iterable[Path],
    writer: Writer,
    model: Model,
    stamp: Stamp,
    progress: Progress,
    *,
    room: Room = lambda _: None,
) -> list[FileReport]:
    """Load files in the order given; a file that was loaded before and has not changed is left alone.

    Raise UnreadableFile, DatabaseUnavailable or what `room` raises; the files before stay loaded.
    """
    digests = _digests(await writer.read(cypher.RECORDS))

    def prepare(path: Path) -> _Prepared:
        file = read_file(path)
        return _Prepared(file, None if digests.get(file.name) == file.digest else _checked(file, model))

    reports = []
    with seldom_collected():
        async with aclosing(_one_ahead(prepare, paths)) as files:
            async for each in files:
                report = await _load(each, writer, stamp, room)
                progress(report)
                reports.append(report)
    return reports


async def preview_files(paths: Iterable[Path], writer: Writer, model: Model, stamp: Stamp, progress: Progress) -> None:
    """Tell what loading files one by one would change, and write nothing; raise as `load` does."""
    async with aclosing(
        _one_ahead(lambda path: _Prepared(file := read_file(path), _checked(file, model)), paths)
    ) as files:
        async for each in files:
            checked = each.checked or Checked(())
            diff = await writer.unit(partial(preview_checked, checked=checked, stamp=stamp))
            problems = sorted(diff.problems, key=_line)
            shown = replace(diff, problems=tuple(problems[:MOST_SHOWN]))
            progress(FileReport(each.file.name, shown, not_shown=len(problems[MOST_SHOWN:])))


def _checked(file: RowFile, model: Model) -> Checked:
    """Check the rows of a file; lines that are no rows are the first problems."""
    checked = check(file.rows, model)
    return replace(checked, problems=(*file.problems, *checked.problems))


async def _one_ahead(make: Callable[[Path], Made], paths: Iterable[Path]) -> AsyncGenerator[Made, None]:
    """Make something of each path in a thread, always one path ahead: the next is made while the last is used."""
    rest = iter(paths)
    ahead = _begin(make, rest)
    try:
        while ahead:
            made = await ahead
            ahead = _begin(make, rest)
            yield made
    finally:
        if ahead:
            await asyncio.gather(ahead, return_exceptions=True)


def _begin(make: Callable[[Path], Made], rest: Iterator[Path]) -> asyncio.Task[Made] | None:
    path = next(rest, None)
    return None if path is None else asyncio.create_task(asyncio.to_thread(make, path))


async def _load(prepared: _Prepared, writer: Writer, stamp: Stamp, room: Room) -> FileReport:
    """Write the good rows of a file in one transaction; other writers wait."""
    file, checked = prepared.file, prepared.checked
    if checked is None:
        return FileReport(file.name, unchanged=True)
    room(file)

    ended: list[FileReport] = []

    async def work(unit: Unit) -> FileReport:
        await lock(unit)
        if ended and await unit.run(cypher.RECORDED, file=file.name, digest=file.digest, now=stamp.now):
            # A try before this one was committed, and its acknowledgement was lost: what it changed is what was changed.
            return ended[-1]
        if _digests(await unit.run(cypher.RECORDS)).get(file.name) == file.digest:
            return FileReport(file.name, unchanged=True)
        diff = await put_checked(unit, checked, stamp)
        good, bad = diff.accepted, len(diff.problems)
        await unit.run(cypher.RECORD, file=file.name, digest=file.digest, good=good, bad=bad, now=stamp.now)
        problems = sorted(diff.problems, key=_line)
        shown = replace(diff, problems=tuple(problems[:MOST_SHOWN]))
        # The disk is written to at the commit only, and it may be fuller by now.
        room(file)
        ended.append(FileReport(file.name, shown, not_shown=len(problems[MOST_SHOWN:])))
        return ended[-1]

    try:
        return await writer.unit(work)
    except UnitTooLarge as error:
        raise UnreadableFile(
            f"{file.name} has {len(checked.facts):,} rows, too many for the memory of one transaction. "
            "Split it into smaller files."
        ) from error


def _line(problem: Problem) -> int:
    """Return the line of the file that a problem is in."""
    return int(problem.where.rpartition(":")[2])


def _digests(records: Iterable[dict[str, object]]) -> dict[object, object]:
    """Return the digests of the files that were loaded without a problem; what caused a problem may be fixed by now."""
    return {record["file"]: record["digest"] for record in records if not record["bad"]}

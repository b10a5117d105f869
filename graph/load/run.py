"""Load, from files to facts. In: paths and a writer. Out: a report for each file: what was written, and every bad row."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from graph.bolt.write import Unit, UnitTooLarge, Writer
from graph.cypher import load as cypher
from graph.load.ends import Owners, alone, owners
from graph.load.facts import Fact, RowRefused, bad_rows, fact
from graph.load.files import BadRow, Line, RowFile, UnreadableFile, read_file
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


@dataclass(frozen=True)
class Checked:
    """The rows of a file, checked one by one."""

    file: RowFile
    facts: tuple[Fact, ...]
    bad: tuple[BadRow, ...]


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


def check(file: RowFile, model: Model) -> Checked:
    """Check the rows of a file, each for itself and for ids used twice."""
    facts: dict[str, Fact] = {}
    bad = list(file.bad)
    for line in file.lines:
        try:
            found = fact(line, model)
            if found.id in facts:
                raise RowRefused(
                    ("id", f"{found.id} stands on line {facts[found.id].line} already{_hint(found, line)}")
                )
            facts[found.id] = found
        except RowRefused as refused:
            bad += bad_rows(file.name, line, refused)
    return Checked(file, tuple(facts.values()), tuple(bad))


def _hint(found: Fact, line: Line) -> str:
    """Say what tells two relationships between the same facts apart, where nothing in the row does."""
    if not found.start or line.row.get("id"):
        return ""
    return f"; another {found.of} between the same two facts takes an `id` of its own, {found.id.partition('/')[0]}/..."


def _load(checked: Checked, writer: Writer, stamp: Stamp) -> FileReport:
    """Write the good rows of a file in one transaction; other loads wait."""

    def work(unit: Unit) -> FileReport:
        file = checked.file
        unit.run(cypher.LOCK, file=file.name)
        if _loaded(unit.run(cypher.RECORDS)).get(file.name) == file.digest:
            return FileReport(file.name, unchanged=True)
        whole = resolve(once(checked, taken(unit, checked.facts)), known(unit, checked.facts))
        whole = single(whole, owners(unit, whole.facts))
        done = write(unit, file, whole.facts, len(whole.bad), stamp)
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


Values = dict[tuple[str, str, object], str]
"""Who has a value of a unique property, by label, property and value."""


def taken(unit: Unit, facts: Sequence[Fact]) -> Values:
    """Ask who in the database has the values of unique properties that these facts state."""
    wanted: dict[tuple[str, str], list[object]] = {}
    for each in facts:
        for name in each.unique:
            wanted.setdefault((each.of, name), []).append(each.properties[name])
    return {
        (label, name, record["value"]): str(record["id"])
        for (label, name), values in wanted.items()
        for record in unit.run(cypher.holders(label, name), values=values)
    }


def once(checked: Checked, values: Values) -> Checked:
    """Set aside the facts whose value of a unique property another fact has already."""
    seen, good, bad = dict(values), [], list(checked.bad)
    for each in checked.facts:
        clash = next((n for n in each.unique if seen.get((each.of, n, each.properties[n]), each.id) != each.id), None)
        if clash is None:
            seen |= {(each.of, name, each.properties[name]): each.id for name in each.unique}
            good.append(each)
        else:
            owner = seen[each.of, clash, each.properties[clash]]
            bad.append(BadRow(checked.file.name, each.line, clash, f"{each.properties[clash]!r} is that of {owner}"))
    return replace(checked, facts=tuple(good), bad=tuple(bad))


def known(unit: Unit, facts: Sequence[Fact]) -> set[str]:
    """Ask which of the facts that these need are in the database."""
    own = {fact.id for fact in facts}
    wanted = sorted({need.id for fact in facts for need in fact.needs} - own)
    return {str(record["id"]) for record in unit.run(cypher.KNOWN_IDS, ids=wanted)} if wanted else set()


def resolve(checked: Checked, there: set[str]) -> Checked:
    """Set aside the rows that need a fact which is neither in the file nor in the database."""
    nodes = {fact.id: fact for fact in checked.facts if not fact.start}
    while gone := [node for node in nodes.values() if not _complete(node, nodes, there)]:
        for lost in gone:
            del nodes[lost.id]
    good, bad = [], list(checked.bad)
    for each in checked.facts:
        missing = [need for need in each.needs if need.id not in nodes and need.id not in there]
        if missing:
            bad.append(BadRow(checked.file.name, each.line, missing[0].field, f"{missing[0].id} is not known"))
        else:
            good.append(each)
    return replace(checked, facts=tuple(good), bad=tuple(bad))


def single(checked: Checked, taken: Owners) -> Checked:
    """Set aside the relationships at whose end another one stands already that must be the only one."""
    good, bad = alone(checked.file.name, checked.facts, taken)
    return replace(checked, facts=tuple(good), bad=(*checked.bad, *bad))


def _complete(fact: Fact, nodes: dict[str, Fact], there: set[str]) -> bool:
    return all(need.id in nodes or need.id in there for need in fact.needs)

"""A config tried on records. In: a config and the first records of its file. Out: what came of them; nothing is written."""

from collections.abc import Sequence
from dataclasses import dataclass

from graph.facts.rows import Problem
from graph.load.mapping.columns import columns_of
from graph.load.mapping.config import Config
from graph.load.mapping.spots import Complaint
from graph.load.records import Record
from schema.language.ids import slug

MOST_SHOWN = 20


@dataclass(frozen=True)
class Outcome:
    """What came of records: how many are good and bad, the rows of the good ones, and a problem of each of the first bad ones.

    `missing` are the columns of the config that no record has.
    """

    good: int
    bad: int
    rows: int
    problems: tuple[Problem, ...]
    missing: tuple[Complaint, ...]


def tried(config: Config, records: Sequence[Record]) -> Outcome:
    """Map records with ids that stand for those that are made when it is loaded."""
    mapper, seen = config.mapper, dict[str, str]()
    problems: list[Problem] = []
    good = rows = 0
    for record in records:
        key = mapper.key(record)
        if isinstance(key, Problem):
            problems.append(key)
        elif key in seen:
            problems.append(Problem(record.where, "key", f"{key!r} is the key of {seen[key]} too", "CONFLICT"))
        else:
            seen[key] = record.where
            mapped = mapper.rows(record, key, _Ids(config).own_id)
            problems += mapped.problems[:1]
            good += not mapped.problems
            rows += 0 if mapped.problems else len(mapped.rows)
    readable = [record for record in records if not record.problem]
    names = {part for column in columns_of(readable) for part in (column.name, column.name.partition(".")[0])}
    missing = config.missing_columns(sorted(names)) if readable else ()
    return Outcome(good, len(records) - good, rows, tuple(problems[:MOST_SHOWN]), missing)


@dataclass(frozen=True)
class _Ids:
    """Ids that stand for those of a feed."""

    config: Config

    def own_id(self, label: str, handle: str, key: str) -> str:
        """Return an id with the prefix of its concept."""
        prefix = self.config.mapper.model.concepts[label].prefix
        return f"{prefix}/{slug(handle)}-{slug(key) or 'x'}"

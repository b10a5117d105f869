"""Records on their way into the database. In: records as mapped, and matches of their names. Out: facts, with their records."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.facts.check import read_fact, require_plain_id
from graph.facts.fact import Fact
from graph.facts.rows import Problem, Row, RowRefused
from graph.load.mapped import Mapped
from graph.load.spool import Spooled, encoded
from graph.matching.named import Match, Named
from schema.model import Model

WAITING = "WAITING"
"""The code of a problem that a person solves by naming the fact that is meant."""
UNSAID = ("rows", "from", "to")
"""What two records that state one fact may state otherwise: where it comes from, and which end they name first."""
OFFERED = 3
"""Candidates that a problem names."""


@dataclass
class Prepared:
    """A record: its rows, with a place of its own for each, its problems, and digests of what it says and of its names.

    `names` are the ids of what the names in it mean, without those that wait.
    """

    spooled: Spooled
    rows: list[Row]
    problems: list[Problem]
    digest: str
    named: str
    names: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Return the id of its row."""
        return self.spooled.id

    @property
    def place(self) -> str:
        """Return where a person finds it."""
        return self.spooled.record.where


@dataclass
class Statement:
    """A fact and the records that state it."""

    fact: Fact
    said: bytes
    by: list[Prepared] = field(default_factory=list)


def prepare(spooled: Spooled, mapped: Mapped, matches: Mapping[Named, Match], ids: Mapping[Named, str]) -> Prepared:
    """Put the ids of matched facts into the rows of a record; a row with a name that waits is left out.

    `ids` are those under which is stored what names mean.
    """
    ready, problems, place = list[Row](), list(mapped.problems), spooled.record.where
    names = tuple(sorted({ids[name] for row in mapped.rows for name in named_in(row) if name in ids}))
    for at, row in enumerate(mapped.rows):
        unsure = [name for name in named_in(row) if matches[name].id is None and not matches[name].left_out]
        if any(matches[name].left_out for name in named_in(row)):
            continue
        if unsure:
            problems += [Problem(place, name.label, _waits(name, matches[name]), WAITING) for name in unsure]
        else:
            values = {key: _with_ids(value, matches) for key, value in row.values.items()}
            ready.append(Row(f"{spooled.id} {at}", values))
    said = sorted(encoded(_sorted(row.values)) for row in ready)
    return Prepared(spooled, ready, list(dict.fromkeys(problems)), digest(said), names_digest(ready), names)


def statements(prepared: Iterable[Prepared], model: Model) -> dict[str, Statement]:
    """Return the facts that records state, by id. What is wrong with a row becomes a problem of its record."""
    stated: dict[str, Statement] = {}
    for each in prepared:
        for row in each.rows:
            try:
                fact = read_fact(row, model)
                require_plain_id(fact)
            except RowRefused as refused:
                each.problems += refused.at(each.place)
                continue
            said = encoded(_sorted({key: value for key, value in row.values.items() if key not in UNSAID}))
            known = stated.setdefault(fact.id, Statement(fact, said))
            if known.said == said:
                known.by.append(each)
            else:
                other = f"{fact.id} is stated otherwise at {known.by[0].place}"
                each.problems.append(Problem(each.place, "(row)", other, "CONFLICT"))
    return stated


def named_in(row: Row) -> Iterator[Named]:
    """Yield the names in a row that are to be matched."""
    for value in row.values.values():
        if isinstance(value, Named):
            yield value
        elif isinstance(value, list):
            yield from (each for each in value if isinstance(each, Named))


def names_digest(rows: Sequence[Row]) -> str:
    """Return a digest of what facts are called."""
    return digest(str(row.values[key]).encode() for row in rows for key in ("name", "title") if key in row.values)


def digest(parts: Iterable[bytes]) -> str:
    """Return a digest of texts in their order."""
    made = hashlib.blake2b(digest_size=16)
    for part in parts:
        made.update(len(part).to_bytes(8, "big") + part)
    return made.hexdigest()


def _with_ids(value: Any, matches: Mapping[Named, Match]) -> Any:
    if isinstance(value, Named):
        return matches[value].id
    return [_with_ids(each, matches) for each in value] if isinstance(value, list) else value


def _sorted(values: Mapping[str, Any]) -> dict[str, Any]:
    """Sort lists of texts: portals give the same key words in another order each day."""
    return {
        key: sorted(value) if isinstance(value, list) and all(isinstance(each, str) for each in value) else value
        for key, value in values.items()
    }


def _waits(name: Named, match: Match) -> str:
    among = ", ".join(f"{each.name} ({each.id})" for each in match.candidates[:OFFERED])
    why = match.why or (f"may be {among}" if among else "is not known here")
    return f"{name.name!r} {why}; `citygraph review` decides"

"""A spool: the records of one reading on disk, so that memory stays flat. In: records with keys. Out: what is new, changed, gone.

It is a SQLite file. It remembers how far a reading came, so that an interrupted one goes on.
"""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import orjson

from graph.facts.rows import Problem
from graph.load.records import Record

TAG = "\0"
"""Begins the one key of an object that stands for a value JSON has not."""
SETTINGS = "pragma journal_mode = wal; pragma synchronous = normal; pragma cache_size = -20000;"
TABLES = """
create table if not exists note (name text primary key, value text);
create table if not exists record (id text primary key, key text, place text, raw text, data blob);
create table if not exists problem (place text, field text, reason text, code text);
create table if not exists twice (id text, key text, place text);
create table if not exists stored (id text primary key, raw text, bad integer, gone text) without rowid;
create view if not exists missing as select stored.* from stored
  where not exists (select 1 from record where record.id = stored.id)
  and not exists (select 1 from twice where twice.id = stored.id);
create view if not exists every as
  select record.id, key, record.raw, place, data, stored.raw as was, bad, gone, record.rowid as number
  from record left join stored using (id) where not exists (select 1 from twice where twice.id = record.id);
create view if not exists unread as select stored.* from stored where not exists (select 1 from every where every.id = stored.id);
create view if not exists altered as select * from every where was <> raw;
create view if not exists work as select * from every where was is null or was <> raw or gone is not null or bad = 1;
"""
COMPARED = "select count(*), total(was is null), total(was <> raw) from every"
"""Records, those that are new, and those that say something else."""
COUNTS = {
    "gone": "select count(*) from missing where gone is null",
    "held": "select count(*) from stored where gone is null",
    "keyless": "select count(*) from problem where code <> 'CONFLICT'",
    "twice": "select count(distinct id) from twice",
}
SECOND_OF_TWO = (
    "insert into problem select t.place, 'key', t.key || ' is the key of ' || r.place || ' too, so neither is taken', 'CONFLICT' "
    "from twice t join record r using (id)"
)
FIRST_OF_TWO = (
    "insert into problem select r.place, 'key', r.key || ' is the key of ' || min(t.place) || ' too, so neither is taken', "
    "'CONFLICT' from twice t join record r using (id) group by r.id"
)
RECORDS = {
    "every": "select id, key, raw, place, data from every order by number",
    "altered": "select id, key, raw, place, data from altered order by number",
    "work": "select id, key, raw, place, data from work order by number",
}
STORED = {
    "missing": "select id, raw, bad, gone from missing",
    "unread": "select id, raw, bad, gone from unread",
}
AT_ONCE = 2_000


@dataclass(frozen=True)
class Spooled:
    """A record of the spool: the id of its row, its key, and the digest of what it says."""

    id: str
    key: str
    raw: str
    record: Record


@dataclass(frozen=True)
class StoredRow:
    """What is stored of a record that an earlier run took: its digest, whether it had a problem, since when it is gone.

    `names` are names in it that mean something else now.
    """

    id: str
    raw: str
    bad: bool
    gone: str | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tally:
    """How the records of a reading compare with what is stored.

    `held` are the stored records that are not gone; `gone` are those of them that are missing now. `keyless` records have no key,
    and the key of `twice` is the key of several.
    """

    records: int
    new: int
    changed: int
    gone: int
    held: int
    keyless: int
    twice: int


class Spool:
    """The records of one reading of a feed. `state` tells readings apart that must not be mixed."""

    def __init__(self, path: Path, feed: str, state: str) -> None:
        self._path, self._feed, self._state = path, feed, state
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._open()
        if self.note("state") != state:
            self.empty()

    def _open(self) -> None:
        self._file = sqlite3.connect(self._path, check_same_thread=False, isolation_level=None)
        self._file.executescript(SETTINGS + TABLES)

    def close(self) -> None:
        """Close the file; it stays for the next run."""
        self._file.close()

    def remove(self) -> None:
        """Close and remove the file."""
        self._file.close()
        for end in ("", "-wal", "-shm"):
            self._path.with_name(self._path.name + end).unlink(missing_ok=True)

    def empty(self) -> None:
        """Forget everything that was read."""
        self.remove()
        self._open()
        self.set_note("state", self._state)

    def note(self, name: str) -> str | None:
        """Return what was noted under a name."""
        found = self._file.execute("select value from note where name = ?", (name,)).fetchone()
        return None if found is None or found[0] is None else str(found[0])

    def set_note(self, name: str, value: str | None) -> None:
        """Note a text, or forget it."""
        self._file.execute("insert or replace into note values (?, ?)", (name, value))

    def row_id(self, key: str) -> str:
        """Return the id of the row of a key."""
        return hashlib.blake2b(f"{self._feed}\0{key}".encode(), digest_size=16).hexdigest()

    def add(self, records: Iterable[tuple[Record, str | Problem]], position: str | None) -> None:
        """Add records with their keys, and note where to go on; a record without a key gives its problem instead."""
        self._file.execute("begin")
        try:
            for record, key in records:
                if isinstance(key, Problem):
                    self._file.execute("insert into problem values (?, ?, ?, ?)", _columns(key))
                else:
                    self._add(record, key)
            self.set_note("position", position)
            self._file.execute("commit")
        except BaseException:
            self._file.execute("rollback")
            raise

    def _add(self, record: Record, key: str) -> None:
        data = encoded(record.values)
        row = (self.row_id(key), key, record.where, hashlib.blake2b(data, digest_size=16).hexdigest(), data)
        if not self._file.execute("insert or ignore into record values (?, ?, ?, ?, ?)", row).rowcount:
            self._file.execute("insert into twice values (?, ?, ?)", row[:3])

    def settle(self) -> None:
        """Note the problems of records whose key is not theirs alone: nobody knows which of them is meant."""
        for text in (FIRST_OF_TWO, SECOND_OF_TWO):
            self._file.execute(text)

    def know(self, rows: Sequence[StoredRow]) -> None:
        """Take a page of what is stored. A record with a problem, or with such a name, is work."""
        self._file.execute("begin")
        columns = ((row.id, row.raw, row.bad or bool(row.names), row.gone) for row in rows)
        self._file.executemany("insert into stored values (?, ?, ?, ?)", columns)
        self._file.execute("commit")

    def tally(self) -> Tally:
        """Compare the records with what is stored."""
        records, new, changed = map(int, self._file.execute(COMPARED).fetchone())
        return Tally(records, new, changed, **{name: self._count(text) for name, text in COUNTS.items()})

    def _count(self, text: str) -> int:
        return int(self._file.execute(text).fetchone()[0])

    def problems(self, most: int) -> list[Problem]:
        """Return the problems of records without a key of their own."""
        found = self._file.execute("select * from problem limit ?", (most,)).fetchall()
        return [Problem(*each) for each in found]

    def count_problems(self) -> int:
        """Return how many records have no key of their own."""
        return self._count("select count(*) from problem")

    def work(self, *, everything: bool) -> Iterator[list[Spooled]]:
        """Yield, in the order of reading, the records that are new, changed, gone before or bad before; or all."""
        yield from self._records("every" if everything else "work")

    def count_work(self, *, everything: bool) -> int:
        """Return how many records `work` yields."""
        return self._count("select count(*) from every" if everything else "select count(*) from work")

    def changed(self) -> Iterator[list[Spooled]]:
        """Yield the records that are stored and say something else now."""
        yield from self._records("altered")

    def _records(self, of: str) -> Iterator[list[Spooled]]:
        found = self._file.execute(RECORDS[of])
        while rows := found.fetchmany(AT_ONCE):
            yield [Spooled(id_, key, raw, Record(place, decoded(data))) for id_, key, raw, place, data in rows]

    def missing(self) -> Iterator[list[StoredRow]]:
        """Yield the stored rows whose records are not here any more."""
        yield from self._stored("missing")

    def unread(self) -> Iterator[list[StoredRow]]:
        """Yield the stored rows whose records are not here, or share their key with others."""
        yield from self._stored("unread")

    def _stored(self, of: str) -> Iterator[list[StoredRow]]:
        found = self._file.execute(STORED[of])
        while rows := found.fetchmany(AT_ONCE):
            yield [StoredRow(id_, raw, bool(bad), gone) for id_, raw, bad, gone in rows]


def _columns(problem: Problem) -> tuple[str, str, str, str]:
    return problem.where, problem.field, problem.reason, problem.code


def encoded(values: Any) -> bytes:
    """Write values as JSON with sorted keys. What JSON has not becomes an object with a tag."""
    try:
        return orjson.dumps(values, _tagged, orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATETIME)
    except TypeError:
        # A whole number of more than 64 bits, or a float that is none: slower, and as exact.
        return json.dumps(values, default=_tagged, sort_keys=True, ensure_ascii=False).encode()


def _tagged(value: Any) -> dict[str, Any]:
    if isinstance(value, Decimal):
        return {TAG + "decimal": str(value)}
    if isinstance(value, datetime):
        return {TAG + "time": value.isoformat()}
    if isinstance(value, date):
        return {TAG + "day": value.isoformat()}
    if isinstance(value, bytes):
        return {TAG + "bytes": value.hex()}
    return {TAG + "text": str(value)}


_READ: dict[str, Callable[[str], Any]] = {
    "decimal": Decimal,
    "time": datetime.fromisoformat,
    "day": date.fromisoformat,
    "bytes": bytes.fromhex,
    "text": str,
}


def decoded(data: bytes) -> dict[str, Any]:
    """Read what `encoded` wrote."""
    if TAG.encode() not in data and b"\\u0000" not in data:
        try:
            found: dict[str, Any] = orjson.loads(data)
        except orjson.JSONDecodeError:
            found = json.loads(data)
        return found
    tagged: dict[str, Any] = json.loads(data, object_hook=_untagged)
    return tagged


def _untagged(value: dict[str, Any]) -> Any:
    if len(value) == 1:
        ((name, text),) = value.items()
        if name.startswith(TAG) and name[1:] in _READ:
            return _READ[name[1:]](text)
    return value

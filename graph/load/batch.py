"""One batch of a run. In: records of the spool. Out: their facts are written, and those that they state no longer are deleted.

All of a batch commits together: facts, tombstones, and what is stored of the records.
"""

import asyncio
import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from graph.access.rights import Rights
from graph.bolt.write import Unit, Writer
from graph.cypher import feeds as cypher
from graph.facts.check import Checked, check
from graph.facts.delete import delete
from graph.facts.diff import Diff
from graph.facts.fact import Fact
from graph.facts.put import lock_at, preview_checked, put_checked
from graph.facts.rows import Problem, Row
from graph.facts.upsert import Writing
from graph.facts.wanted import WantedRemoval
from graph.facts.write import Stamp
from graph.load.feed import Counts, Feed
from graph.load.held import Held
from graph.load.mapped import OwnId
from graph.load.owners import owners
from graph.load.records import SourceFailed
from graph.load.spool import Spooled, encoded
from graph.matching.named import Match, Matcher, Named
from schema.language.kinds import Marking, level
from schema.model import Model

SEES_ALL = Rights(level(Marking.RED, synthetic=True))
WAITING = "WAITING"
"""The code of a problem that a person solves by naming the fact that is meant."""


@dataclass(frozen=True)
class Means:
    """What a run works with. `stamp` gives the secret of the keys and the actor, `clock` the time of each write."""

    writer: Writer = field(repr=False)
    model: Model = field(repr=False)
    matcher: Matcher = field(repr=False)
    stamp: Stamp = field(repr=False)
    clock: Callable[[], datetime] = field(repr=False)


@dataclass(frozen=True)
class Done:
    """What a batch did: counts, and the problems of its records."""

    counts: Counts
    problems: tuple[Problem, ...] = ()


@dataclass
class _Prepared:
    """A record on its way: its rows, with a place of its own for each, and its problems."""

    spooled: Spooled
    rows: list[Row]
    problems: list[Problem]
    digest: str
    named: str


@dataclass(frozen=True)
class Batch:
    """Writes batches of one run. A `trial` reads only, and needs no lock."""

    feed: Feed
    means: Means
    held: Held | None

    @property
    def is_trial(self) -> bool:
        """Whether nothing is written."""
        return self.held is None

    def own_id(self) -> OwnId:
        """Return what makes ids: without the secret nobody can tell them, because an id is not confidential by itself."""
        prefixes, key, feed = self.means.model.concepts, self.means.stamp.key, self.feed.name

        def made(label: str, handle: str, of: str) -> str:
            return f"{prefixes[label].prefix}/{feed}-{key(f'{feed} {handle} {of}')[:20]}"

        return made

    async def write(self, records: Sequence[Spooled]) -> Done:
        """Write the facts of records."""
        prepared, checked = await self._prepared(records)
        if self.held is None:
            return await self.means.writer.unit(lambda unit: self._put(unit, prepared, checked, None))
        lock = self.held

        async def work(unit: Unit) -> Done:
            now = await lock_at(unit, self.means.clock)
            await lock.hold(unit)
            return await self._put(unit, prepared, checked, now)

        return await self.means.writer.unit(work)

    def source_id(self) -> str:
        """Return the id of the source that the facts of the feed cite."""
        return str(self.feed.source_row(self.own_id()).values["id"])

    async def put_source(self) -> None:
        """Write the source that the facts of the feed cite, unless somebody has changed it here."""
        row, lock = self.feed.source_row(self.own_id()), self._lock()
        owner = {str(row.values["id"]): f"{self.feed.name}/source"}

        async def work(unit: Unit) -> Diff:
            stamp = replace(self.means.stamp, owners=owner, now=await lock_at(unit, self.means.clock))
            await lock.hold(unit)
            found = await owners(unit, owner, self.means.model, stamp)
            if any(found[id_] != owner[id_] for id_ in found):
                return Diff()
            return await put_checked(unit, check([row], self.means.model), stamp)

        diff = await self.means.writer.unit(work)
        if diff.problems:
            raise SourceFailed(f"The source of feed {self.feed.name} is refused: {diff.problems[0]}")

    async def renamed(self, records: Sequence[Spooled]) -> int:
        """Count the records whose facts have another name or title than they had."""
        stored = await self.means.writer.read(cypher.ROWS_OF, ids=[each.id for each in records])
        before = {row["id"]: row["named"] for row in stored}
        own_id, mapper = self.own_id(), self.feed.mapper

        def count() -> int:
            rows = ((each.id, mapper.rows(each.record, each.key, own_id).rows) for each in records)
            return sum(1 for id_, some in rows if some and before.get(id_) not in (None, _digest(_names(some))))

        return await asyncio.to_thread(count)

    async def mark_gone(self, ids: Sequence[str], now: str) -> None:
        """Note since when records are gone."""
        lock = self._lock()

        async def work(unit: Unit) -> None:
            await lock.hold(unit)
            await unit.run(cypher.MARK_GONE, ids=ids, now=now)

        await self.means.writer.unit(work)

    async def bury(self, rows: Sequence[Mapping[str, Any]]) -> tuple[int, list[Problem]]:
        """Delete the facts of stored rows, and the rows; return how many facts, and why others stay.

        A fact that others changed stays without a problem: it is theirs now.
        """
        facts = {id_: row["id"] for row in rows for id_ in row["facts"]}
        keys, lock = {row["id"]: row["key"] for row in rows}, self._lock()

        async def work(unit: Unit) -> tuple[int, list[Problem]]:
            stamp = replace(self.means.stamp, now=await lock_at(unit, self.means.clock))
            await lock.hold(unit)
            removed, stay = await self.removed(unit, facts, stamp)
            kept = {facts[problem.where] for problem in stay}
            await unit.run(cypher.FORGET_ROWS, ids=[id_ for id_ in keys if id_ not in kept])
            await unit.run(cypher.MARK_BAD, ids=sorted(kept))
            return removed, [replace(each, where=keys[facts[each.where]]) for each in stay]

        return await self.means.writer.unit(work)

    def _lock(self) -> Held:
        if self.held is None:
            raise AssertionError("a trial writes nothing")
        return self.held

    async def _prepared(self, records: Sequence[Spooled]) -> tuple[list[_Prepared], Checked]:
        """Map records, match the names in them, and check their rows."""
        own_id, mapper = self.own_id(), self.feed.mapper
        mapped = await asyncio.to_thread(lambda: [mapper.rows(each.record, each.key, own_id) for each in records])
        names = list(dict.fromkeys(name for each in mapped for row in each.rows for name in named_in(row)))
        matches = await self.means.matcher.match(self.feed.name, names) if names else {}

        def prepare() -> tuple[list[_Prepared], Checked]:
            prepared = [
                _prepare(spooled, each.rows, each.problems, matches)
                for spooled, each in zip(records, mapped, strict=True)
            ]
            return prepared, check((row for each in prepared for row in each.rows), self.means.model)

        return await asyncio.to_thread(prepare)

    async def _put(self, unit: Unit, prepared: Sequence[_Prepared], checked: Checked, now: datetime | None) -> Done:
        before = {row["id"]: row for row in await unit.run(cypher.ROWS_OF, ids=[each.spooled.id for each in prepared])}
        wrong = {problem.where for problem in checked.problems}
        same = [each for each in prepared if _is_same(each, before.get(each.spooled.id), wrong)]
        rest = [each for each in prepared if not _is_same(each, before.get(each.spooled.id), wrong)]
        places = {row.where: each for each in rest for row in each.rows}
        facts = [fact for fact in checked.facts if fact.where in places]
        brought = {fact.id: places[fact.where].spooled.id for fact in facts}
        others = await self._others(unit, facts, before, brought)
        problems = (*(each for each in checked.problems if each.where in places), *others.values())
        kept = Checked(tuple(fact for fact in facts if fact.id not in others), tuple(problems))
        stamp = replace(self.means.stamp, owners=brought, now=now or self.means.stamp.now)
        if now is None:
            diff = await preview_checked(unit, kept, stamp, {self.source_id()})
        else:
            diff = await put_checked(unit, kept, stamp)
        return await self._noted(unit, _Written(rest, same, kept.facts, diff, before), stamp)

    async def _others(
        self, unit: Unit, facts: Iterable[Fact], before: Mapping[str, Any], brought: Mapping[str, str]
    ) -> dict[str, Problem]:
        """Return the problems of facts that exist already and that their record did not bring: they stay as they are."""
        old = {id_ for row in before.values() for id_ in row["facts"]}
        own = f"/{self.feed.name}-"
        asked = [fact for fact in facts if fact.id in old or own not in fact.id]
        found = await owners(unit, (fact.id for fact in asked), self.means.model, self.means.stamp)
        return {
            fact.id: Problem(fact.where, "(row)", _stays(fact.id, found[fact.id]), "CONFLICT")
            for fact in asked
            if fact.id in found and found[fact.id] != brought[fact.id]
        }

    async def _noted(self, unit: Unit, written: "_Written", stamp: Stamp) -> Done:
        """Delete what records state no longer, store what they brought, and count."""
        brought, problems = written.brought(), written.problems()
        left = {
            id_: each
            for each in written.rest
            if each.spooled.id not in problems
            for id_ in written.facts_before(each)
            if id_ not in brought[each.spooled.id]
        }
        removed, stay = await self.removed(unit, {id_: each.spooled.id for id_, each in left.items()}, stamp)
        for problem in stay:
            each = left.pop(problem.where)
            problems.setdefault(each.spooled.id, []).append(replace(problem, where=each.spooled.record.where))
        if not self.is_trial:
            rows = [
                _row(
                    each,
                    (brought[each.spooled.id] | written.facts_before(each)) - left.keys(),
                    each.spooled.id in problems,
                )
                for each in written.rest
            ]
            await unit.run(cypher.PUT_ROWS, rows=rows, name=self.feed.name)
            seen = [{"id": each.spooled.id, "raw": each.spooled.raw} for each in written.same]
            await unit.run(cypher.SET_RAW, rows=seen)
        return written.done(problems, removed)

    async def removed(self, unit: Unit, facts: Mapping[str, str], stamp: Stamp) -> tuple[int, list[Problem]]:
        """Delete facts, if the record that brought them still owns them; return how many, and why others stay.

        The place of a problem is the id of the fact.
        """
        found = await owners(unit, facts, self.means.model, self.means.stamp) if facts else {}
        ours = [id_ for id_, owner in found.items() if owner == facts[id_]]
        if not ours:
            return 0, []
        links = [id_ for id_ in ours if not self.means.model.concept_of_id(id_)]
        wanted = [WantedRemoval(id_, id_) for id_ in (*links, *(id_ for id_ in ours if id_ not in set(links)))]
        by = Writing(SEES_ALL, lambda of, holders: True, stamp, b"", trial=self.is_trial)  # noqa: ARG005
        done = await delete(unit, wanted, self.means.model, by)
        stay = [replace(each, field="(gone)") for each in done.diff.problems]
        return len(wanted) - len({each.where for each in stay}), stay


@dataclass(frozen=True)
class _Written:
    """What became of the records of a batch: `before` is what was stored of them."""

    rest: Sequence[_Prepared]
    same: Sequence[_Prepared]
    facts: Sequence[Fact]
    diff: Diff
    before: Mapping[str, Mapping[str, Any]]

    def brought(self) -> dict[str, set[str]]:
        """Return the ids of the facts that each record states and that are stored now, by the id of its row."""
        refused = {problem.where for problem in self.diff.problems}
        records = {row.where: each.spooled.id for each in self.rest for row in each.rows}
        brought: dict[str, set[str]] = {each.spooled.id: set() for each in self.rest}
        for fact in self.facts:
            if fact.where not in refused:
                brought[records[fact.where]].add(fact.id)
        return brought

    def facts_before(self, of: _Prepared) -> set[str]:
        """Return the ids of the facts that a record brought before."""
        return set(self.before.get(of.spooled.id, {}).get("facts", ()))

    def problems(self) -> dict[str, list[Problem]]:
        """Return the problems of each record, by the id of its row; their places are those of the records."""
        records = {row.where: each for each in self.rest for row in each.rows}
        found = {each.spooled.id: list(each.problems) for each in self.rest if each.problems}
        for problem in self.diff.problems:
            each = records[problem.where]
            found.setdefault(each.spooled.id, []).append(replace(problem, where=each.spooled.record.where))
        return found

    def done(self, problems: Mapping[str, Sequence[Problem]], removed: int) -> Done:
        """Count what was done."""
        new = sum(1 for each in self.rest if each.spooled.id not in self.before)
        bad = {id_ for id_, some in problems.items() if any(each.code != WAITING for each in some)}
        waiting = {id_ for id_, some in problems.items() if any(each.code == WAITING for each in some)}
        changed = sum(
            1
            for each in self.rest
            if each.spooled.id in self.before and self.before[each.spooled.id]["digest"] != each.digest
        )
        counts = Counts(
            records=len(self.rest) + len(self.same),
            new=new,
            changed=changed,
            same=len(self.same) + len(self.rest) - new - changed,
            refused=len(bad),
            waiting=len(waiting),
            created=self.diff.created,
            updated=self.diff.changed,
            removed=removed,
        )
        return Done(counts, tuple(each for some in problems.values() for each in some))


def _prepare(
    spooled: Spooled, rows: Sequence[Row], problems: Sequence[Problem], matches: Mapping[Named, Match]
) -> _Prepared:
    """Put the ids of matched facts into the rows of a record; a row with a name that waits is left out."""
    ready, more = list[Row](), list(problems)
    for at, row in enumerate(rows):
        unsure = [name for name in named_in(row) if matches[name].id is None]
        if unsure:
            more += [Problem(spooled.record.where, name.label, _waits(name, matches[name]), WAITING) for name in unsure]
        else:
            values = {key: _with_ids(value, matches) for key, value in row.values.items()}
            ready.append(Row(f"{spooled.id} {at}", values))
    said = sorted(encoded(_sorted(row.values)) for row in ready)
    return _Prepared(spooled, ready, list(dict.fromkeys(more)), _digest(said), _digest(_names(ready)))


def _row(of: _Prepared, facts: set[str], bad: bool) -> dict[str, Any]:
    """Return what is stored of a record."""
    spooled = of.spooled
    told = {"id": spooled.id, "key": spooled.key, "raw": spooled.raw, "digest": of.digest, "named": of.named}
    return told | {"facts": sorted(facts), "bad": bad}


def _is_same(of: _Prepared, before: Mapping[str, Any] | None, wrong: Collection[str]) -> bool:
    """Whether a record says what it said before, and nothing was or is wrong with it."""
    clean = not of.problems and not any(row.where in wrong for row in of.rows)
    return clean and before is not None and not before["bad"] and before["digest"] == of.digest


def named_in(row: Row) -> Iterator[Named]:
    """Yield the names in a row that are to be matched."""
    for value in row.values.values():
        if isinstance(value, Named):
            yield value
        elif isinstance(value, list):
            yield from (each for each in value if isinstance(each, Named))


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


def _names(rows: Iterable[Row]) -> list[bytes]:
    """Return what facts are called."""
    return [str(row.values.get(key)).encode() for row in rows for key in ("name", "title") if key in row.values]


def _digest(parts: Iterable[bytes]) -> str:
    made = hashlib.blake2b(digest_size=16)
    for part in parts:
        made.update(len(part).to_bytes(8, "big") + part)
    return made.hexdigest()


def _stays(id_: str, owner: str | None) -> str:
    who = "another record of a feed" if owner else "another source, or was changed here since the feed brought it"
    return f"{id_} was stated by {who}; it stays as it is"


def _waits(name: Named, match: Match) -> str:
    among = ", ".join(f"{each.name} ({each.id})" for each in match.candidates[:3])
    why = match.why or (f"may be {among}" if among else "is not known here")
    return f"{name.name!r} {why}; `citygraph review` decides"

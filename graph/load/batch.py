"""One batch of a run. In: records of the spool. Out: their facts are written, and those that they state no longer are deleted.

All of a batch commits together: facts, tombstones, and what is stored of the records.
"""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from graph.bolt.write import Unit
from graph.cypher import feeds as cypher
from graph.facts.check import Checked, check
from graph.facts.diff import Diff
from graph.facts.put import preview_checked, put_checked
from graph.facts.rows import Problem
from graph.load.feed import Counts, Feed
from graph.load.graves import Graves, Means
from graph.load.held import Held
from graph.load.mapped import OwnId
from graph.load.names import Meaning, Names
from graph.load.owners import Owners
from graph.load.prepared import WAITING, Prepared, Statement, named_in, names_digest, prepare, statements
from graph.load.records import SourceFailed
from graph.load.spool import Spooled

SOURCE = "source"
"""The record that owns the source which the facts of a feed cite."""


@dataclass(frozen=True)
class Done:
    """What a batch did: counts, and the problems of its records."""

    counts: Counts
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Batch:
    """Writes batches of the run of a number. A `trial` reads only, and needs no lock."""

    feed: Feed
    means: Means
    held: Held | None
    names: Names
    run: int = 0

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

    async def put_source(self) -> None:
        """Write the source that the facts of the feed cite, unless somebody has changed it here."""
        row, lock = self.feed.source_row(self.own_id()), self.graves.lock()
        id_ = str(row.values["id"])

        async def work(unit: Unit) -> Diff:
            owners = await self.means.begun(unit, lock)
            stamp = replace(owners.stamp, owners={id_: owners.of(SOURCE)})
            found = await owners.find([id_])
            if id_ in found and found[id_] != owners.of(SOURCE):
                return Diff()
            return await put_checked(unit, check([row], self.means.model), stamp)

        diff = await self.means.writer.unit(work)
        if diff.problems:
            raise SourceFailed(f"The source of feed {self.feed.name} is refused: {diff.problems[0]}")

    async def write(self, records: Sequence[Spooled]) -> Done:
        """Write the facts of records."""
        prepared, stated, meanings = await self._prepared(records)

        async def work(unit: Unit) -> Done:
            owners = self._reading(unit) if self.held is None else await self.means.begun(unit, self.held)
            done = await _Putting(self, owners, prepared, stated).put()
            if not self.is_trial:
                await self.names.put(unit, meanings)
            return done

        done = await self.means.writer.unit(work)
        self.names.wrote(meanings)
        return done

    async def renamed(self, records: Sequence[Spooled]) -> int:
        """Count the records whose facts have another name or title than they had."""
        stored = await self.means.writer.read(cypher.ROWS_OF, ids=[each.id for each in records])
        before = {row["id"]: row["named"] for row in stored}
        own_id, mapper = self.own_id(), self.feed.mapper

        def count() -> int:
            rows = ((each.id, mapper.rows(each.record, each.key, own_id).rows) for each in records)
            return sum(1 for id_, some in rows if some and before.get(id_) not in (None, names_digest(some)))

        return await asyncio.to_thread(count)

    @property
    def graves(self) -> Graves:
        """Return what takes facts away."""
        return Graves(self.feed.name, self.means, self.held)

    def _reading(self, unit: Unit) -> Owners:
        return Owners(unit, self.feed.name, self.means.model, self.means.stamp)

    async def _prepared(
        self, records: Sequence[Spooled]
    ) -> tuple[list[Prepared], dict[str, Statement], dict[str, Meaning]]:
        """Map records, match the names in them, and check their rows. Return also what the names mean, by id."""
        own_id, mapper = self.own_id(), self.feed.mapper
        mapped = await asyncio.to_thread(lambda: [mapper.rows(each.record, each.key, own_id) for each in records])
        names = list(dict.fromkeys(name for each in mapped for row in each.rows for name in named_in(row)))
        feed = None if self.is_trial else self.feed.name
        matches = await self.means.matcher.match(feed, names) if names else {}
        meanings = self.names.of(matches)
        ids = {each.named: id_ for id_, each in meanings.items()}

        def work() -> tuple[list[Prepared], dict[str, Statement], dict[str, Meaning]]:
            prepared = [prepare(spooled, each, matches, ids) for spooled, each in zip(records, mapped, strict=True)]
            return prepared, statements(prepared, self.means.model), meanings

        return await asyncio.to_thread(work)


@dataclass
class _Putting:
    """A batch in its transaction."""

    batch: Batch
    owners: Owners
    prepared: Sequence[Prepared]
    stated: Mapping[str, Statement]
    before: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    problems: dict[str, list[Problem]] = field(default_factory=dict)

    async def put(self) -> Done:
        """Write what is not as it was, and count."""
        unit, ids = self.owners.unit, [each.id for each in self.prepared]
        self.before = {row["id"]: row for row in await unit.run(cypher.ROWS_OF, ids=ids)}
        rest = [each for each in self.prepared if not self._is_same(each)]
        for each in rest:
            if each.problems:
                self.problems[each.id] = list(each.problems)
        todo = {each.id for each in rest}
        facts = {id_: one for id_, one in self.stated.items() if any(each.id in todo for each in one.by)}
        found = await self.owners.find(facts)
        for id_, owner in found.items():
            if not self.owners.is_ours(owner):
                self._refuse(facts.pop(id_), Problem("", "(row)", _stays(id_, owner), "CONFLICT"))
        diff = await self._written(facts, found)
        removed = await self._noted(rest, facts, found)
        return self._done(rest, diff, removed)

    def _is_same(self, of: Prepared) -> bool:
        """Whether a record says what it said before, and nothing was or is wrong with it."""
        before = self.before.get(of.id)
        return not of.problems and before is not None and not before["bad"] and before["digest"] == of.digest

    def _refuse(self, one: Statement, problem: Problem) -> None:
        for each in one.by:
            self.problems.setdefault(each.id, []).append(replace(problem, where=each.place))

    async def _written(self, facts: dict[str, Statement], found: Mapping[str, str | None]) -> Diff:
        """Write facts; those that are refused are taken out of `facts`."""
        owner = {id_: found.get(id_) or self.owners.of(one.by[0].id) for id_, one in facts.items()}
        stamp = replace(self.owners.stamp, owners=owner)
        checked = Checked(tuple(one.fact for one in facts.values()))
        if self.batch.is_trial:
            source = str(self.batch.feed.source_row(self.batch.own_id()).values["id"])
            diff = await preview_checked(self.owners.unit, checked, stamp, {source})
        else:
            diff = await put_checked(self.owners.unit, checked, stamp)
        ones = {one.fact.where: (id_, one) for id_, one in facts.items()}
        for problem in diff.problems:
            id_, one = ones[problem.where]
            facts.pop(id_, None)
            self._refuse(one, problem)
        return diff

    async def _noted(
        self, rest: Sequence[Prepared], facts: Mapping[str, Statement], found: Mapping[str, str | None]
    ) -> int:
        """Delete what records state no longer, and store what they state; return how many facts were deleted."""
        states: dict[str, set[str]] = {each.id: set() for each in self.prepared}
        for id_, one in facts.items():
            for each in one.by:
                states[each.id].add(id_)
        clean = [each for each in rest if each.id not in self.problems]
        leaving = [(id_, each.id) for each in clean for id_ in self._old(each) if id_ not in states[each.id]]
        removed, stay = await self.batch.graves.removed(self.owners, leaving)
        places = {each.id: each.place for each in rest}
        for id_, row in leaving:
            if id_ in stay:
                self.problems.setdefault(row, []).append(replace(stay[id_], where=places[row]))
        if not self.batch.is_trial:
            await self._claim(facts, found)
            left = {pair for pair in leaving if pair[0] not in stay}
            names = self.batch.names
            names.dropped = names.dropped or any(self._loses_a_name(each) for each in self.prepared)
            rows = [self._row(each, states[each.id] | self._old(each), left) for each in rest]
            moved = self._moved({each.id for each in rest})
            if rows:
                await self.owners.unit.run(cypher.PUT_ROWS, rows=rows, name=self.batch.feed.name)
            if moved:
                await self.owners.unit.run(cypher.SET_RAW, rows=moved)
        return removed

    def _loses_a_name(self, of: Prepared) -> bool:
        return not set(self.before.get(of.id, {}).get("meant") or ()) <= set(of.names)

    def _moved(self, new: Collection[str]) -> list[dict[str, Any]]:
        """Return how the records are written now that say what they said: another text, or other names of the same facts."""
        moved = []
        for each in self.prepared:
            before = dict(self.before.get(each.id, {}))
            now = {"id": each.id, "raw": each.spooled.raw, "meant": list(each.names)}
            if each.id not in new and before | now | {"gone": None} != before:
                moved.append(now)
        return moved

    async def _claim(self, facts: Mapping[str, Statement], found: Mapping[str, str | None]) -> None:
        """Note the records that state a fact which another one owns."""
        owner = {id_: found.get(id_) or self.owners.of(one.by[0].id) for id_, one in facts.items()}
        claims = [(id_, each.id) for id_, one in facts.items() for each in one.by]
        await self.owners.claim(pair for pair in claims if self.owners.of(pair[1]) != owner[pair[0]])

    def _old(self, of: Prepared) -> set[str]:
        """Return the ids of the facts that a record stated before."""
        return set(self.before.get(of.id, {}).get("facts", ()))

    def _row(self, of: Prepared, facts: set[str], left: Collection[tuple[str, str]]) -> dict[str, Any]:
        """Return what is stored of a record."""
        spooled = of.spooled
        told: dict[str, Any] = {
            "id": of.id,
            "key": spooled.key,
            "raw": spooled.raw,
            "digest": of.digest,
            "named": of.named,
        }
        before = self.before.get(of.id, {})
        is_same = before.get("digest") == of.digest
        told |= {"made": before.get("made") or self.batch.run, "run": before.get("run") if is_same else self.batch.run}
        kept = sorted(id_ for id_ in facts if (id_, of.id) not in left)
        return told | {"facts": kept, "meant": list(of.names), "bad": of.id in self.problems}

    def _done(self, rest: Sequence[Prepared], diff: Diff, removed: int) -> Done:
        """Count what was done."""
        new = sum(1 for each in rest if each.id not in self.before)
        known = [each for each in rest if each.id in self.before]
        changed = sum(1 for each in known if self.before[each.id]["digest"] != each.digest)
        some = {each.id: self.problems[each.id] for each in rest if each.id in self.problems}
        counts = Counts(
            records=len(self.prepared),
            new=new,
            changed=changed,
            same=len(self.prepared) - new - changed,
            refused=sum(1 for problems in some.values() if any(each.code != WAITING for each in problems)),
            waiting=sum(1 for problems in some.values() if any(each.code == WAITING for each in problems)),
            created=diff.created,
            updated=diff.changed,
            removed=removed,
        )
        return Done(counts, tuple(each for problems in some.values() for each in problems))


def _stays(id_: str, owner: str | None) -> str:
    who = "another feed" if owner else "another source, or was changed here since the feed brought it"
    return f"{id_} was stated by {who}; it stays as it is"

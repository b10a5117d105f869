"""Writing facts, step 3. In: what was decided. Out: facts in the database, and a Diff of what that changed."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby, islice

from graph.bolt.write import Batch, Unit
from graph.cypher import facts as cypher
from graph.events.append import append
from graph.events.event import Logged
from graph.facts.decide import Decided
from graph.facts.diff import SHOWN, Diff, losses
from graph.facts.fact import Fact
from graph.facts.logged import logged
from graph.facts.values import Owners
from schema.language.kinds import SYNTHETIC

BATCH = 5_000
FEW = 100
"""From this number of facts on, a label or type gets a statement of its own, which the database must plan first."""

AT_ONCE = 1_000
"""Up to this number of facts, nodes and relationships are sent together."""


@dataclass(frozen=True)
class Stamp:
    """What the writer adds to every fact: the secret of its keys, and the time. `actor` is the id of who writes.

    `owners` says which record of a feed brings a fact, by id. It is stored with the fact until somebody else writes the fact.
    """

    secret: bytes
    now: datetime
    actor: str = "load"
    owners: Mapping[str, str] = field(default_factory=dict, hash=False)

    def key(self, id_: str) -> str:
        """Return the keyed digest of an id, by which a second write finds the fact."""
        return hashlib.blake2b(id_.encode(), key=self.secret, digest_size=16).hexdigest()


def now() -> datetime:
    """Return the time in milliseconds, the precision in which it is shown and asked for."""
    exact = datetime.now(UTC)
    return exact.replace(microsecond=exact.microsecond // 1000 * 1000)


def at_millisecond(count: int) -> datetime:
    """Return the time so many milliseconds after 1970."""
    return datetime.fromtimestamp(count // 1000, UTC).replace(microsecond=count % 1000 * 1000)


async def write(unit: Unit, decided: Decided, stamp: Stamp) -> Diff:
    """Write facts and append to the event log; a fact whose digest is stored already is left alone."""
    await _free(unit, decided.freed)
    audiences = {fact.properties["audience"].removeprefix(SYNTHETIC) for fact in decided.facts}
    confidential = {audience for audience in audiences if ":" in audience}
    if confidential:
        await unit.tell(cypher.REGISTER_AUDIENCES, audiences=sorted(confidential))
    diff, events = Diff(problems=decided.problems), list[Logged]()
    for some in _at_once(decided.facts):
        written = await unit.write_all([_batch(of, batch, stamp) for of, batch in some])
        for (_, batch), done in zip(some, written, strict=True):
            created, changed, first = len(done.created), len(done.changed), done.changed[:SHOWN]
            same = len(batch) - created - changed
            diff += Diff(created, changed, same, tuple(each.id for each in first), lost=losses(first))
            events += logged(batch, done, _references(batch), decided.freed)
    await append(unit, events, stamp.now, stamp.actor)
    return diff


def _at_once(facts: Sequence[Fact]) -> Iterator[list[tuple[str | None, list[Fact]]]]:
    """Yield the batches that are sent together: all of few facts, else one, so that the rows of many need not be kept at once."""
    every = list(batches(facts))
    yield from ([every] if every and len(facts) <= AT_ONCE else ([each] for each in every))


def _batch(of: str | None, batch: Sequence[Fact], stamp: Stamp) -> Batch:
    text = cypher.write_relationships(of) if batch[0].start else cypher.write_nodes(of)
    return text, [sent(fact, stamp) for fact in batch], {"now": stamp.now, "references": _references(batch)}


def _references(batch: Sequence[Fact]) -> list[str]:
    return sorted({name for fact in batch for name in fact.references})


async def _free(unit: Unit, freed: Owners) -> None:
    """Remove unique values from their owners, so that other facts can be written with these values first."""
    ids: dict[tuple[str, str], list[str]] = {}
    for (label, name, _), owner in freed.items():
        ids.setdefault((label, name), []).append(owner)
    unit.touched.update(label for label, _ in ids)
    for (label, name), owners in ids.items():
        await unit.tell(cypher.free_values(label, name), ids=owners)


def batches(facts: Sequence[Fact]) -> Iterator[tuple[str | None, list[Fact]]]:
    """Group facts by label or type, nodes first; labels or types with few facts share a batch, which is named None.

    Each batch is sorted by id, so that two writers take locks in the same order.
    """
    sizes = Counter((bool(fact.start), fact.of) for fact in facts)

    def group(fact: Fact) -> tuple[bool, str]:
        kind = (bool(fact.start), fact.of)
        return kind if sizes[kind] >= FEW else (kind[0], "")

    for (_, of), members in groupby(sorted(facts, key=lambda fact: (*group(fact), fact.id)), key=group):
        rest = iter(members)
        while batch := list(islice(rest, BATCH)):
            yield of or None, batch


def sent(fact: Fact, stamp: Stamp) -> dict[str, object]:
    """Return what is sent of a fact. The time is sent once beside all rows, because it is slow to send."""
    owner = {"_feed": stamp.owners[fact.id]} if fact.id in stamp.owners else {}
    row: dict[str, object] = {"of": fact.of, "properties": {**fact.properties, "key": stamp.key(fact.id), **owner}}
    return {**row, "start": fact.start, "end": fact.end} if fact.start else row

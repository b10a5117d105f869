"""Load, step 4. In: the good facts of a file. Out: what was created and changed; one transaction with its `_Load` record."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, islice

from graph.bolt.write import Unit, Written
from graph.cypher import facts as cypher
from graph.facts.check import Fact
from graph.facts.decide import Decided, Values

BATCH = 5_000
FEW = 100
"""Facts of a label or type from which on a statement of its own, which the database must plan, is worth its price."""
SHOWN = 5
"""How many of the facts that a file changed are named."""


@dataclass(frozen=True)
class Stamp:
    """What the writer adds to every fact: the secret of its keys, and the time."""

    secret: bytes
    now: datetime

    def key(self, id_: str) -> str:
        """Return the keyed digest of a natural key, by which a second load finds the fact."""
        return hashlib.blake2b(id_.encode(), key=self.secret, digest_size=16).hexdigest()


def write(unit: Unit, decided: Decided, stamp: Stamp) -> Written:
    """Write the facts of a file and the record that it is loaded."""
    file, facts, total = decided.file, decided.facts, Written(0, 0)
    _free(unit, decided.freed)
    registered = sorted({f.properties["audience"] for f in facts if ":" in f.properties["audience"]})
    if registered:
        unit.run(cypher.AUDIENCES, audiences=registered)
    for of, batch in _batches(facts):
        text = cypher.relationships(of) if batch[0].start else cypher.nodes(of)
        done = unit.write(text, [_row(fact, stamp) for fact in batch], now=stamp.now, shown=SHOWN)
        some = (*total.some, *done.some)[:SHOWN]
        total = Written(total.created + done.created, total.changed + done.changed, some)
    unit.run(cypher.RECORD, file=file.name, digest=file.digest, good=len(facts), bad=len(decided.bad), now=stamp.now)
    return total


def _free(unit: Unit, freed: Values) -> None:
    """Take values from facts that are about to be written without them, so that others can be written with them first."""
    ids: dict[tuple[str, str], list[str]] = {}
    for (label, name, _), owner in freed.items():
        ids.setdefault((label, name), []).append(owner)
    for (label, name), found in ids.items():
        unit.run(cypher.free(label, name), ids=found)


def _batches(facts: Sequence[Fact]) -> Iterator[tuple[str | None, list[Fact]]]:
    """Group facts by label or type, nodes first, those with few facts together as None.

    Each batch is sorted, so that two writers meet in one order.
    """
    sizes = Counter((bool(fact.start), fact.of) for fact in facts)

    def group(fact: Fact) -> tuple[bool, str]:
        kind = (bool(fact.start), fact.of)
        return kind if sizes[kind] >= FEW else (kind[0], "")

    for (_, of), found in groupby(sorted(facts, key=lambda fact: (*group(fact), fact.id)), key=group):
        rest = iter(found)
        while batch := list(islice(rest, BATCH)):
            yield of or None, batch


def _row(fact: Fact, stamp: Stamp) -> dict[str, object]:
    """Make what is sent of a fact; the time, which is the same for all and slow to send, goes beside the rows."""
    row: dict[str, object] = {"of": fact.of, "properties": {**fact.properties, "key": stamp.key(fact.id)}}
    return {**row, "start": fact.start, "end": fact.end} if fact.start else row

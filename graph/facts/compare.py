"""What a write would change. In: what was decided. Out: the Diff that `write` would return; nothing is written."""

from collections.abc import Sequence

from graph.bolt.write import Unit
from graph.cypher import facts as cypher
from graph.facts.decide import Decided
from graph.facts.diff import SHOWN, Diff
from graph.facts.fact import Fact
from graph.facts.write import Stamp, batches


async def compare(unit: Unit, decided: Decided, stamp: Stamp) -> Diff:
    """Return the Diff that `write` would return, and write nothing."""
    diff = Diff(problems=decided.problems)
    for _, batch in batches(decided.facts):
        digests = await _digests(unit, batch, stamp)
        there = [fact for fact in batch if fact.id in digests]
        changed = [fact.id for fact in there if fact.properties["_digest"] != digests[fact.id]]
        diff += Diff(len(batch) - len(there), len(changed), len(there) - len(changed), tuple(changed[:SHOWN]))
    return diff


async def _digests(unit: Unit, facts: Sequence[Fact], stamp: Stamp) -> dict[str, str]:
    """Return the stored digests of facts that are all nodes or all relationships, by id."""
    ids = {stamp.key(fact.id): fact.id for fact in facts}
    if not facts[0].start:
        return {ids[record["key"]]: record["digest"] for record in await unit.run(cypher.NODE_DIGESTS, keys=list(ids))}
    keys: dict[str, list[str]] = {}
    for key, fact in zip(ids, facts, strict=True):
        keys.setdefault(fact.of, []).append(key)
    return {
        ids[record["key"]]: record["digest"]
        for type_, each in keys.items()
        for record in await unit.run(cypher.relationship_digests(type_), keys=each)
    }

"""What a write would change. In: what was decided. Out: the Diff that `write` would return; nothing is written."""

from collections.abc import Sequence

from graph.bolt.write import Changed, Unit
from graph.cypher import facts as cypher
from graph.facts.decide import Decided
from graph.facts.diff import SHOWN, Diff, losses
from graph.facts.fact import Fact
from graph.facts.write import Stamp, batches, sent


async def compare(unit: Unit, decided: Decided, stamp: Stamp) -> Diff:
    """Return the Diff that `write` would return, and write nothing."""
    diff = Diff(problems=decided.problems)
    for _, batch in batches(decided.facts):
        digests = await _digests(unit, batch, stamp)
        there = [fact for fact in batch if fact.id in digests]
        changed = [fact for fact in there if fact.properties["_digest"] != digests[fact.id]]
        ids = tuple(fact.id for fact in changed[:SHOWN])
        lost = losses(await _changes(unit, changed[:SHOWN], decided, stamp))
        diff += Diff(len(batch) - len(there), len(changed), len(there) - len(changed), ids, lost=lost)
    return diff


async def _changes(unit: Unit, facts: Sequence[Fact], decided: Decided, stamp: Stamp) -> list[Changed]:
    """Return what would be lost of facts that are all nodes or all relationships.

    `write` takes unique values from their owners first, so that they do not count as altered there.
    """
    freed = {(owner, name) for (_, name, _), owner in decided.freed.items()}
    changes: dict[str, Changed] = {}
    for of in dict.fromkeys(fact.of if fact.start else "" for fact in facts):
        text = cypher.relationship_changes(of) if of else cypher.NODE_CHANGES
        rows = [sent(fact, stamp) for fact in facts if not of or fact.of == of]
        done = await unit.write(text, rows)
        for each in done.changed:
            kept = tuple(name for name in each.altered if (each.id, name) not in freed)
            gone = tuple(name for name in each.gone if (each.id, name) not in freed)
            changes[each.id] = Changed(each.id, gone, kept)
    return [changes[fact.id] for fact in facts]


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

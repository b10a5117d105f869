"""Which record of which feed owns which facts. In: a transaction and ids. Out: owners, claims of others, who gets what.

Several records of a feed may state one fact, such as the host of several visits. One owns it, the others have a claim.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from graph.bolt.write import Unit
from graph.cypher import feeds as cypher
from graph.facts.write import Stamp
from schema.model import Model

Leaving = Sequence[tuple[str, str]]
"""Ids of facts, each with the id of a record that states it no longer."""


@dataclass(frozen=True)
class Owners:
    """Owners of facts, in one transaction."""

    unit: Unit = field(repr=False)
    feed: str
    model: Model = field(repr=False)
    stamp: Stamp = field(repr=False)

    def of(self, row: str) -> str:
        """Return how a record is named as an owner."""
        return f"{self.feed}/{row}"

    def is_ours(self, owner: str | None) -> bool:
        """Whether an owner is a record of this feed."""
        return owner is not None and owner.startswith(f"{self.feed}/")

    def _kinds(self, ids: Iterable[str]) -> tuple[list[str], dict[str, list[str]]]:
        """Tell ids of nodes from those of relationships, by type."""
        types = {spec.prefix: spec.type for spec in self.model.relationships.values()}
        nodes, links = list[str](), dict[str, list[str]]()
        for id_ in ids:
            prefix = id_.partition("/")[0]
            if prefix in types and not self.model.concept_of_id(id_):
                links.setdefault(types[prefix], []).append(id_)
            else:
                nodes.append(id_)
        return nodes, links

    async def find(self, ids: Iterable[str]) -> dict[str, str | None]:
        """Return the owners of the facts that exist; None for a fact that no feed brought, or that others changed."""
        nodes, links = self._kinds(ids)
        key = self.stamp.key
        found = await self.unit.run(cypher.OWNERS_OF_NODES, keys=list(map(key, nodes))) if nodes else []
        for type_, some in sorted(links.items()):
            found += await self.unit.run(cypher.owners_of_relationships(type_), keys=list(map(key, some)))
        return {record["id"]: record["feed"] for record in found}

    async def claim(self, claims: Iterable[tuple[str, str]]) -> None:
        """Note that records state facts that others own."""
        rows = [{"id": claim_id(fact, row), "fact": fact, "row": row} for fact, row in claims]
        if rows:
            await self.unit.run(cypher.CLAIM, rows=rows)

    async def leave(self, leaving: Leaving, *, trial: bool) -> list[str]:
        """Let records leave facts; return the facts that nobody of the feed states any more and that are still its own.

        A fact that another record claims is given to it.
        """
        if not leaving:
            return []
        rows: dict[str, set[str]] = {}
        for fact, row in leaving:
            rows.setdefault(fact, set()).add(row)
        owners = await self.find(rows)
        claims: dict[str, set[str]] = {}
        for record in await self.unit.run(cypher.CLAIMS, facts=list(rows)):
            claims.setdefault(record["fact"], set()).add(record["row"])
        lost, given = list[str](), dict[str, str]()
        for fact, gone in rows.items():
            owner, left = owners.get(fact), sorted(claims.get(fact, set()) - gone)
            if self.is_ours(owner) and str(owner).partition("/")[2] in gone:
                if left:
                    given[fact] = left[0]
                else:
                    lost.append(fact)
        if not trial:
            done = [claim_id(*pair) for pair in (*leaving, *given.items())]
            await self.unit.run(cypher.FORGET_CLAIMS, ids=done)
            await self._give(given)
        return lost

    async def _give(self, given: Mapping[str, str]) -> None:
        nodes, links = self._kinds(given)

        def rows(ids: Iterable[str]) -> list[dict[str, str]]:
            return [{"key": self.stamp.key(id_), "owner": self.of(given[id_])} for id_ in ids]

        if nodes:
            await self.unit.run(cypher.OWN_NODES, rows=rows(nodes))
        for type_, some in sorted(links.items()):
            await self.unit.run(cypher.own_relationships(type_), rows=rows(some))


def claim_id(fact: str, row: str) -> str:
    """Return the id of the claim of a record on a fact."""
    return f"{row} {fact}"

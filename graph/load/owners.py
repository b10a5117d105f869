"""Which feed brought which facts. In: a transaction and ids. Out: the facts that exist, each with its feed."""

from collections.abc import Iterable

from graph.bolt.write import Unit
from graph.cypher import feeds as cypher
from graph.facts.write import Stamp
from schema.model import Model


async def owners(unit: Unit, ids: Iterable[str], model: Model, stamp: Stamp) -> dict[str, str | None]:
    """Return the feeds of the facts with these ids that exist; None for a fact that no feed brought, or that others changed."""
    types = {spec.prefix: spec.type for spec in model.relationships.values()}
    nodes, links = list[str](), dict[str, list[str]]()
    for id_ in ids:
        prefix = id_.partition("/")[0]
        if prefix in types and not model.concept_of_id(id_):
            links.setdefault(types[prefix], []).append(stamp.key(id_))
        else:
            nodes.append(stamp.key(id_))
    found = await unit.run(cypher.OWNERS_OF_NODES, keys=nodes) if nodes else []
    for type_, keys in sorted(links.items()):
        found += await unit.run(cypher.owners_of_relationships(type_), keys=keys)
    return {record["id"]: record["feed"] for record in found}

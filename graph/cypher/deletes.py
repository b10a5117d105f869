"""Deleting facts as Cypher. In: ids and keys. Out: Fragments that read what hangs on facts, delete, and leave tombstones.

A tombstone has no values: the id, the label or type, the ends of a relationship, and who could see the fact.
"""

from graph.cypher.fragments import EMPTY, Fragment, clause, name
from graph.cypher.visible import admitted
from schema.model import FACT


def _admitted(variable: str) -> Fragment:
    return admitted(name(variable), by_audience=True, synthetic=True)


def relationships_of() -> Fragment:
    """Read all relationships of these nodes, sorted by id. `seen` says whether the writer may see one, with its other end."""
    return clause(
        "UNWIND $q.ids AS id MATCH (n:{fact} {{id: id}})-[r]-(m) "
        "RETURN id AS node, r.id AS id, r.key AS key, type(r) AS type, r.level AS level, r.audience AS audience, "
        "startNode(r).id AS start, endNode(r).id AS end, coalesce({r} AND {m}, false) AS seen ORDER BY id",
        fact=name(FACT),
        r=_admitted("r"),
        m=_admitted("m"),
    )


def referring(prop: str, *, is_list: bool, of_relationships: bool) -> Fragment:
    """Read the first visible facts whose property refers to one of these ids, without the facts in `$q.without`."""
    return clause(
        "MATCH {facts} WHERE {refers} AND NOT x.id IN $q.without AND {x}{ends} "
        "UNWIND [id IN $q.ids WHERE {same}] AS id WITH id, x.id AS fact ORDER BY fact "
        "RETURN id, collect(fact)[..$q.most] AS facts",
        facts=Fragment("(a)-[x]->(b)") if of_relationships else clause("(x:{fact})", fact=name(FACT)),
        refers=clause("any(one IN x.{prop} WHERE one IN $q.ids)" if is_list else "x.{prop} IN $q.ids", prop=name(prop)),
        same=clause("id IN x.{prop}" if is_list else "id = x.{prop}", prop=name(prop)),
        x=_admitted("x"),
        ends=clause(" AND {a} AND {b}", a=_admitted("a"), b=_admitted("b")) if of_relationships else EMPTY,
    )


def held(*, of_relationships: bool) -> Fragment:
    """Read the first visible facts that these audiences are of, without the facts in `$q.without`."""
    return clause(
        "MATCH {facts} WHERE x.audience IN $q.held AND NOT x.id IN $q.without AND {x}{ends} "
        "WITH x.audience AS audience, x.id AS fact ORDER BY fact "
        "RETURN audience, collect(fact)[..$q.most] AS facts",
        facts=Fragment("(a)-[x]->(b)") if of_relationships else clause("(x:{fact})", fact=name(FACT)),
        x=_admitted("x"),
        ends=clause(" AND {a} AND {b}", a=_admitted("a"), b=_admitted("b")) if of_relationships else EMPTY,
    )


def delete_relationships(type_: str) -> Fragment:
    """Delete the relationships of a type with these keys."""
    return clause(
        "UNWIND $q.keys AS key MATCH ()-[r:{type} {{key: key}}]->() USING INDEX r:{type}(key) DELETE r",
        type=name(type_),
    )


DELETE_NODES = clause("UNWIND $q.ids AS id MATCH (n:{fact} {{id: id}}) DELETE n", fact=name(FACT))
"""Delete the nodes with these ids, whose relationships are deleted already."""

BURY = Fragment("UNWIND $q.rows AS row MERGE (t:_Tombstone {id: row.id}) SET t = row, t.at = $q.now")
"""Leave tombstones. One from before, of a fact with the same id, is replaced."""

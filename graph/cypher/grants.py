"""Grants and API keys as Cypher. In: nothing, or a label. Out: Fragments that read and write `_Grant` and `_Key` nodes."""

from graph.cypher.fragments import Fragment, clause, name

READ_KEY = Fragment(
    "OPTIONAL MATCH (k:_Key {id: $q.id}) OPTIONAL MATCH (g:_Grant {actor: k.owner}) WITH k, g ORDER BY g.id "
    "WITH k, collect(properties(g)) AS grants RETURN {key: properties(k), grants: grants} AS stored"
)
"""A key with the grants of its owner, in one record; both are empty if there is no such key."""

KEYS = Fragment("MATCH (k:_Key) RETURN properties(k) AS stored ORDER BY k.owner, k.issued, k.id")
GRANTS = Fragment("MATCH (g:_Grant) RETURN properties(g) AS stored ORDER BY g.actor, g.since, g.id")
GRANTS_OF = Fragment("MATCH (g:_Grant {actor: $q.actor}) RETURN properties(g) AS stored ORDER BY g.id")

ADD_GRANT = Fragment(
    "MERGE (g:_Grant {id: $q.stored.id}) ON CREATE SET g = $q.stored "
    "WITH g, g.concepts AS before SET g.concepts = $q.stored.concepts RETURN properties(g) AS stored, before"
)
"""Store a grant. One with this id keeps its beginning and gets the new concepts; `before` are those that it had."""

REMOVE_GRANT = Fragment("MATCH (g:_Grant {id: $q.id}) WITH g, properties(g) AS stored DETACH DELETE g RETURN stored")

ADD_KEY = Fragment("MERGE (k:_Key {id: $q.stored.id}) ON CREATE SET k = $q.stored")

REVOKE_KEY = Fragment(
    "MATCH (k:_Key {id: $q.id}) SET k.revoked = coalesce(k.revoked, $q.now) RETURN properties(k) AS stored"
)
"""Revoke a key; one that is revoked keeps the time at which it was."""


def names(label: str, prop: str) -> Fragment:
    """Read the ids and a property of all nodes of a label."""
    return clause(
        "MATCH (n:{label}) RETURN n.id AS id, n.{prop} AS text ORDER BY id", label=name(label), prop=name(prop)
    )

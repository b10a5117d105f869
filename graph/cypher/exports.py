"""What exports read. In: labels, types, places in an order. Out: Fragments that return pages of what a viewer sees.

A page begins after a key, so that to read the last page costs as much as to read the first one.
"""

from graph.cypher.fragments import EMPTY, Fragment, clause, name
from graph.cypher.visible import admitted
from schema.model import FACT

STATE = Fragment(
    "OPTIONAL MATCH (s:_Sequence {name: 'log'}) RETURN {log: coalesce(s.log, ''), seq: coalesce(s.value, 0)} AS state"
)
"""The id of the event log and the number of its last event. Every write of a fact appends to it."""

TOUCHED = Fragment(
    "MATCH (e:_Event) WHERE e.seq > $q.after AND e.seq <= $q.until RETURN collect(DISTINCT e.of) AS touched"
)
"""The labels and types of which facts were written between two numbers of the log."""


def _seen(variable: str, by_audience: bool) -> Fragment:
    return admitted(name(variable), by_audience=by_audience)


def nodes_after(*, by_audience: bool) -> Fragment:
    """Read the first visible nodes after an id and before another, in the order of their ids.

    The ids of a concept begin alike. So one statement reads the nodes of any concept, and it is planned once.
    """
    return clause(
        "MATCH (n:{fact}) USING INDEX n:{fact}(id) WHERE n.id > $q.after AND n.id < $q.before AND {n} "
        "WITH n ORDER BY n.id LIMIT $q.first RETURN collect({{key: n.id, properties: properties(n)}}) AS page",
        fact=name(FACT),
        n=_seen("n", by_audience),
    )


def relationships_after(type_: str, *, by_audience: bool) -> Fragment:
    """Read the first relationships of a type after a key that are visible with both their ends, in the order of their keys.

    A relationship has an index by its key only.
    """
    return clause(
        "MATCH (a:{fact})-[r:{type}]->(b:{fact}) USING INDEX r:{type}(key) WHERE r.key > $q.after AND {r} AND {a} AND {b} "
        "WITH a, r, b ORDER BY r.key LIMIT $q.first "
        "RETURN collect({{key: r.key, start: a.id, end: b.id, properties: properties(r)}}) AS page",
        type=name(type_),
        fact=name(FACT),
        r=_seen("r", by_audience),
        a=_seen("a", by_audience),
        b=_seen("b", by_audience),
    )


def some_relationships(*, by_audience: bool) -> Fragment:
    """Read some relationships of the type `$q.type` that are visible with both their ends, in no order.

    One statement reads any type, and it is planned once. It cannot read in pages, because no index is used.
    """
    return clause(
        "MATCH (a:{fact})-[r:$($q.type)]->(b:{fact}) WHERE {r} AND {a} AND {b} WITH a, r, b LIMIT $q.first "
        "RETURN collect({{key: r.key, start: a.id, end: b.id, properties: properties(r)}}) AS page",
        fact=name(FACT),
        r=_seen("r", by_audience),
        a=_seen("a", by_audience),
        b=_seen("b", by_audience),
    )


def visible_ids(*, by_audience: bool) -> Fragment:
    """Read which of these ids are of visible nodes."""
    return clause(
        "UNWIND $q.ids AS id MATCH (n:{fact} {{id: id}}) WHERE {n} RETURN collect(n.id) AS ids",
        fact=name(FACT),
        n=_seen("n", by_audience),
    )


def visible_values(prop: str, *, by_audience: bool) -> Fragment:
    """Read a property of the visible ones among the nodes with these ids; null where it is absent."""
    return clause(
        "UNWIND $q.ids AS id MATCH (n:{fact} {{id: id}}) WHERE {n} RETURN collect({{id: n.id, value: n.{prop}}}) AS values",
        fact=name(FACT),
        n=_seen("n", by_audience),
        prop=name(prop),
    )


def _entities(label: str | None, by_id: bool, by_audience: bool) -> Fragment:
    return clause(
        "MATCH (n:{label}) WHERE {ids}{n} ",
        label=name(label or FACT),
        ids=Fragment("n.id IN $q.ids AND ") if by_id else EMPTY,
        n=_seen("n", by_audience),
    )


def entities(label: str | None, *, by_id: bool, by_audience: bool) -> Fragment:
    """Read visible nodes by label or ids, each with the relationships that start there and are visible with their end."""
    return clause(
        "{entities}WITH n ORDER BY n.id SKIP $q.offset LIMIT $q.first "
        "CALL (n) {{ MATCH (n)-[r]->(m:{fact}) WHERE {r} AND {m} WITH r, m ORDER BY r.id "
        "RETURN collect({{type: type(r), end: m.id, properties: properties(r)}}) AS related }} "
        "WITH n, related ORDER BY n.id RETURN collect({{properties: properties(n), related: related}}) AS entities",
        entities=_entities(label, by_id, by_audience),
        fact=name(FACT),
        r=_seen("r", by_audience),
        m=_seen("m", by_audience),
    )


def entity_count(label: str | None, *, by_id: bool, by_audience: bool) -> Fragment:
    """Count visible nodes by label or ids."""
    return clause("{entities}RETURN count(n) AS count", entities=_entities(label, by_id, by_audience))


def labels_of_entities(*, by_audience: bool) -> Fragment:
    """Read the labels of which there are visible nodes, among these labels."""
    return clause(
        "UNWIND $q.labels AS label CALL (label) {{ MATCH (n:{fact}) WHERE label IN labels(n) AND {n} RETURN n LIMIT 1 }} "
        "RETURN collect(label) AS labels",
        fact=name(FACT),
        n=_seen("n", by_audience),
    )

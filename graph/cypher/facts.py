"""Loading as Cypher. In: labels and types. Out: Fragments that write batches of rows and leave unchanged facts alone."""

from graph.cypher.fragments import Fragment, clause, name
from schema.model import FACT

_UPDATE = (
    "WITH {x}, row, {x}.recordedAt AS recorded WHERE {x}._digest <> row.properties._digest "
    "SET {x} = row.properties SET {x}.recordedAt = recorded, {x}.updatedAt = $q.now "
    "RETURN count(*) AS changed, collect({x}.id)[..$q.shown] AS some"
)


def nodes(label: str | None) -> Fragment:
    """Write nodes of a label, or each of its own: a fact is matched by its key and changed only if its digest differs."""
    return clause(
        "UNWIND $q.rows AS row MERGE (n:{fact} {{key: row.properties.key}}) "
        "ON CREATE SET n = row.properties, n:{label}, n.recordedAt = $q.now " + _UPDATE,
        label=_each(label),
        fact=name(FACT),
        x=name("n"),
    )


def relationships(type_: str | None) -> Fragment:
    """Write relationships of a type, or each of its own, between facts that are there."""
    return clause(
        "UNWIND $q.rows AS row MATCH (a:{fact} {{id: row.start}}) MATCH (b:{fact} {{id: row.end}}) "
        "MERGE (a)-[r:{type} {{key: row.properties.key}}]->(b) ON CREATE SET r = row.properties, r.recordedAt = $q.now "
        + _UPDATE,
        fact=name(FACT),
        type=_each(type_),
        x=name("r"),
    )


def _each(of: str | None) -> Fragment:
    """Name a label or type in the statement, or take that of each row: one statement for all, and dearer for each row."""
    return name(of) if of else Fragment("$(row.of)")


KNOWN_IDS = clause(
    "UNWIND $q.ids AS id MATCH (n:{fact} {{id: id}}) RETURN n.id AS id, [l IN labels(n) WHERE l <> 'Fact'][0] AS label",
    fact=name(FACT),
)
"""Which of these ids are in the database, and their labels."""


def holders(label: str, prop: str) -> Fragment:
    """Ask which nodes of a label have these values of a unique property."""
    return clause(
        "UNWIND $q.values AS value MATCH (n:{label} {{{prop}: value}}) RETURN value, n.id AS id",
        label=name(label),
        prop=name(prop),
    )


def free(label: str, prop: str) -> Fragment:
    """Take a unique property from nodes of a label, and their digest, so that they are written anew in any case."""
    return clause(
        "UNWIND $q.ids AS id MATCH (n:{label} {{id: id}}) REMOVE n.{prop} SET n._digest = ''",
        label=name(label),
        prop=name(prop),
    )


ENDS = clause(
    "UNWIND $q.ends AS end MATCH (n:{fact} {{id: end.near}})-[r]-(m) USING INDEX n:{fact}(id) "
    "WHERE type(r) = end.type AND (startNode(r) = n) = end.forward "
    "RETURN end.type AS type, end.forward AS forward, end.near AS near, r.id AS relationship, m.id AS far ORDER BY relationship",
    fact=name(FACT),
)
"""Which relationships of a type begin (`forward`) or end at these facts, the first by id first.

One statement for all types, for planning one for each takes longer than reading. The index is named, for a database that
holds no relationships yet would begin with these.
"""


def between(type_: str) -> Fragment:
    """Ask between which facts the relationships of a type with these keys stand."""
    return clause(
        "UNWIND $q.keys AS key MATCH (a)-[r:{type} {{key: key}}]->(b) USING INDEX r:{type}(key) "
        "RETURN r.id AS id, a.id AS start, b.id AS end",
        type=name(type_),
    )


AUDIENCES = Fragment("UNWIND $q.audiences AS a MERGE (:_Audience {audience: a})")
"""Register audiences."""

READ_AUDIENCES = Fragment(
    "MATCH (a:_Audience) WITH a.audience AS audience ORDER BY audience RETURN collect(audience) AS audiences"
)
"""All registered audiences, in one record."""

LOCK = Fragment("MERGE (m:_Meta {name: 'load'}) SET m.value = $q.file")
"""Make other loads wait until this transaction ends."""

RECORD = Fragment(
    "MERGE (l:_Load {file: $q.file}) SET l.digest = $q.digest, l.good = $q.good, l.bad = $q.bad, l.at = $q.now"
)
"""Record that a file is loaded; in the same transaction as its rows."""

RECORDS = Fragment("MATCH (l:_Load) RETURN l.file AS file, l.digest AS digest, l.bad AS bad")
"""What is loaded."""

META = Fragment("MATCH (m:_Meta) RETURN m.name AS name, m.value AS value")
"""What the system noted of this database."""

SET_META = Fragment("MERGE (m:_Meta {name: $q.name}) SET m.value = $q.value")
"""Note something of this database."""

AWAIT_INDEXES = Fragment("CALL db.awaitIndexes(300)")
"""Wait until every index is filled."""

PING = Fragment("RETURN 1 AS one")
"""The smallest question."""

CHANGE_PASSWORD = Fragment("ALTER CURRENT USER SET PASSWORD FROM $old TO $new")
"""Replace the password of the user who is logged in."""

ANY_FACT = clause("MATCH (n:{fact}) RETURN n.id AS id LIMIT 1", fact=name(FACT))
"""Whether there is any fact at all."""

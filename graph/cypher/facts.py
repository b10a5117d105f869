"""Reading and writing facts as Cypher. In: labels, types and properties. Out: Fragments that take batches as parameters."""

from functools import cache

from graph.cypher.fragments import Fragment, clause, join, name, number, word
from graph.cypher.visible import admitted
from schema.domain.evidence import Confidence
from schema.language.kinds import Marking, level
from schema.model import FACT

LOCK = Fragment("MERGE (m:_Meta {name: 'load'}) SET m.value = 'locked'")
"""Lock one node, so that other writers wait until this transaction ends."""

LOCKED = clause("{lock} WITH m OPTIONAL MATCH (s:_Sequence {{name: 'log'}}) WITH s.at AS last", lock=LOCK)
"""Lock as LOCK does. Then go on with the time of the last write."""

LOCK_AND_LAST = clause("{locked} RETURN last", locked=LOCKED)
"""Lock as LOCK does, and read the time of the last write."""

_GONE = "[key IN keys({x}) WHERE row.properties[key] IS NULL]"
_ALTERED = "[key IN keys({x}) WHERE row.properties[key] <> {x}[key]]"
_CHANGED = (
    "WITH {x}, row, " + _GONE + " AS gone, " + _ALTERED + " AS altered WHERE {x}._digest <> row.properties._digest "
    "RETURN collect({{id: {x}.id, gone: gone, altered: altered}}) AS changed"
)
_NOW = "coalesce(row.now, $q.now)"
"""Rows of several writes have times of their own."""
_UPDATE = (
    "WITH {x}, row, {x}._digest IS NULL AS new WHERE new OR {x}._digest <> row.properties._digest "
    "WITH {x}, row, new, {x}.recordedAt AS recorded, CASE WHEN new THEN null ELSE {{id: {x}.id, gone: " + _GONE + ", "
    "altered: " + _ALTERED + ", added: [key IN keys(row.properties) WHERE {x}[key] IS NULL], level: {x}.level, "
    "audience: {x}.audience, referred: [key IN $q.references | {x}[key]]}} END AS change "
    "SET {x} = row.properties "
    "SET {x}.recordedAt = recorded, {x}.updatedAt = " + _NOW + " "
    "RETURN collect(change) AS changed, collect(CASE WHEN new THEN row.properties.id END) AS created"
)


@cache
def write_nodes(label: str | None) -> Fragment:
    """Create or update nodes of one label; without a label, each row names its own.

    A node is matched by its key and changed only if its digest differs. A node without digest is new: the statement made it.
    """
    return clause(
        "UNWIND $q.rows AS row MERGE (n:{fact} {{key: row.properties.key}}) "
        "ON CREATE SET n:{label}, n.recordedAt = " + _NOW + " " + _UPDATE,
        label=_label_or_type(label),
        fact=name(FACT),
        x=name("n"),
    )


@cache
def write_relationships(type_: str | None) -> Fragment:
    """Create or update relationships of one type between existing nodes; without a type, each row names its own."""
    return clause(
        "UNWIND $q.rows AS row MATCH (a:{fact} {{id: row.start}}) MATCH (b:{fact} {{id: row.end}}) "
        "MERGE (a)-[r:{type} {{key: row.properties.key}}]->(b) ON CREATE SET r.recordedAt = " + _NOW + " " + _UPDATE,
        fact=name(FACT),
        type=_label_or_type(type_),
        x=name("r"),
    )


def _label_or_type(of: str | None) -> Fragment:
    """Name one label or type, or read it from each row: one statement for all of them, at a higher price for each row."""
    return name(of) if of else Fragment("$(row.of)")


NODE_CHANGES = clause(
    "UNWIND $q.rows AS row MATCH (n:{fact} {{key: row.properties.key}}) " + _CHANGED,
    fact=name(FACT),
    x=name("n"),
)
"""What `write_nodes` would change of the nodes that are stored already."""


def relationship_changes(type_: str) -> Fragment:
    """Read what `write_relationships` would change of the relationships of a type that are stored already."""
    return clause(
        "UNWIND $q.rows AS row MATCH ()-[r:{type} {{key: row.properties.key}}]->() USING INDEX r:{type}(key) "
        + _CHANGED,
        type=name(type_),
        x=name("r"),
    )


NODE_DIGESTS = clause(
    "UNWIND $q.keys AS key MATCH (n:{fact} {{key: key}}) RETURN key, n._digest AS digest", fact=name(FACT)
)
"""The digests of the nodes that have these keys."""


def relationship_digests(type_: str) -> Fragment:
    """Read the digests of the relationships of a type that have these keys."""
    return clause(
        "UNWIND $q.keys AS key MATCH ()-[r:{type} {{key: key}}]->() USING INDEX r:{type}(key) "
        "RETURN key, r._digest AS digest",
        type=name(type_),
    )


KNOWN_IDS = clause("UNWIND $q.ids AS id MATCH (n:{fact} {{id: id}}) RETURN n.id AS id", fact=name(FACT))
"""Which of these ids are in the database."""


@cache
def value_owners(label: str, prop: str) -> Fragment:
    """Read which nodes of a label have these values of a unique property."""
    return clause(
        "UNWIND $q.values AS value MATCH (n:{label} {{{prop}: value}}) RETURN value, n.id AS id",
        label=name(label),
        prop=name(prop),
    )


def free_values(label: str, prop: str) -> Fragment:
    """Remove a unique property from nodes of a label, and their digest, so that the next write changes them."""
    return clause(
        "UNWIND $q.ids AS id MATCH (n:{label} {{id: id}}) REMOVE n.{prop} SET n._digest = ''",
        label=name(label),
        prop=name(prop),
    )


@cache
def relationships_at_ends(*, only_visible: bool) -> Fragment:
    """Read which relationships of a type start (`forward`) or end at these nodes, sorted by id.

    It is one statement for all types, because planning one for each type takes longer than reading. The index is named,
    because a database without relationships would otherwise start from them.
    """
    tests = [admitted(name(each), by_audience=True, synthetic=True) for each in ("r", "m")] if only_visible else []
    return clause(
        "UNWIND $q.ends AS end MATCH (n:{fact} {{id: end.near}})-[r]-(m) USING INDEX n:{fact}(id) "
        "WHERE type(r) = end.type AND (startNode(r) = n) = end.forward {visible}"
        "RETURN end.type AS type, end.forward AS forward, end.near AS near, r.id AS relationship, m.id AS far "
        "ORDER BY relationship",
        fact=name(FACT),
        visible=join("", [clause("AND {test} ", test=test) for test in tests]),
    )


def relationship_ends(type_: str) -> Fragment:
    """Read between which nodes the relationships of a type with these keys are."""
    return clause(
        "UNWIND $q.keys AS key MATCH (a)-[r:{type} {{key: key}}]->(b) USING INDEX r:{type}(key) "
        "RETURN r.id AS id, a.id AS start, b.id AS end",
        type=name(type_),
    )


def set_levels() -> tuple[Fragment, Fragment]:
    """Give the facts that a former version wrote their level, and the synthetic ones among them their audience.

    The first statement is for nodes, the second for relationships.
    """
    fact = name(FACT)
    return _set_levels(clause("(x:{fact})", fact=fact)), _set_levels(clause("(:{fact})-[x]->()", fact=fact))


def _set_levels(pattern: Fragment) -> Fragment:
    return clause(
        "MATCH {pattern} WHERE x.level IS NULL CALL (x) {{ "
        "WITH x, x.confidence = {synthetic} AS made SET x.level = x.marking + CASE WHEN made THEN {more} ELSE 0 END, "
        "x.audience = CASE WHEN made THEN 's' ELSE '' END + x.audience }} IN TRANSACTIONS OF 10000 ROWS",
        pattern=pattern,
        synthetic=word(Confidence.SYNTHETIC),
        more=number(level(Marking.CLEAR, synthetic=True)),
    )


def set_updated() -> tuple[Fragment, Fragment]:
    """Give the facts that a former version wrote, and that never changed, the time of their last change.

    The first statement is for nodes, the second for relationships.
    """
    nodes, relationships = _facts(of_relationships=False), _facts(of_relationships=True)
    return _set_updated(nodes), _set_updated(relationships)


def _set_updated(facts: Fragment) -> Fragment:
    return clause(
        "MATCH {facts} WHERE x.updatedAt IS NULL CALL (x) {{ SET x.updatedAt = x.recordedAt }} "
        "IN TRANSACTIONS OF 10000 ROWS",
        facts=facts,
    )


def dates_without(date: str, column: str, *, of_relationships: bool) -> Fragment:
    """Read the texts of a date whose facts lack a stored day."""
    return clause(
        "MATCH {facts} WHERE x.{date} IS NOT NULL AND x.{column} IS NULL RETURN DISTINCT x.{date} AS text",
        facts=_facts(of_relationships=of_relationships),
        date=name(date),
        column=name(column),
    )


def set_days(date: str, column: str, *, of_relationships: bool) -> Fragment:
    """Give facts a stored day of a date: `days` maps the texts of the date to days."""
    return clause(
        "MATCH {facts} WHERE x.{date} IN keys($q.days) AND x.{column} IS NULL CALL (x) {{ "
        "SET x.{column} = $q.days[x.{date}] }} IN TRANSACTIONS OF 10000 ROWS",
        facts=_facts(of_relationships=of_relationships),
        date=name(date),
        column=name(column),
    )


def _facts(*, of_relationships: bool) -> Fragment:
    return clause("(:{fact})-[x]->()" if of_relationships else "(x:{fact})", fact=name(FACT))


REGISTER_AUDIENCES = Fragment("UNWIND $q.audiences AS a MERGE (:_Audience {audience: a})")
"""Remember audiences, so that a server knows which there are."""

READ_AUDIENCES = Fragment(
    "MATCH (a:_Audience) WITH a.audience AS audience ORDER BY audience RETURN collect(audience) AS audiences"
)
"""All registered audiences, in one record."""

ANY_FACT = clause("MATCH (n:{fact}) RETURN n.id AS id LIMIT 1", fact=name(FACT))
"""One fact, if there is any."""

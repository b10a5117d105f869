"""Names that waited for a person, as Cypher. In: nothing. Out: Fragments that read and write `_Match` nodes.

A node is `WAITING` or `DECIDED`. It tells what sources tell of the name, which feeds ask, and what was decided by whom.
"""

from graph.cypher.fragments import Fragment, clause, join, name

READ = Fragment("UNWIND $q.keys AS key MATCH (m:_Match {key: key}) RETURN properties(m) AS stored")

WAIT = Fragment(
    "UNWIND $q.rows AS row MERGE (m:_Match {key: row.key}) "
    "ON CREATE SET m += row.told, m.since = $q.now, m.state = 'WAITING', m.feeds = [] "
    "SET m += row.found, m.feeds = CASE WHEN $q.feed IN m.feeds THEN m.feeds ELSE m.feeds + $q.feed END"
)
"""Store names that wait, with what was found. A name that is decided on stays so."""

REOPEN = Fragment(
    "UNWIND $q.rows AS row MATCH (m:_Match {key: row.key}) WHERE m.means = row.means "
    "SET m.state = 'WAITING' REMOVE m.means, m.by, m.decided"
)
"""Let names wait again, unless something else was decided meanwhile."""

SETTLE = Fragment("UNWIND $q.keys AS key MATCH (m:_Match {key: key}) WHERE m.state = 'WAITING' DELETE m")
"""Forget names that need no person any more."""

LIST = Fragment(
    "MATCH (m:_Match {state: $q.state}) WHERE m.label IN $q.labels AND ($q.feed IS NULL OR $q.feed IN m.feeds) "
    "AND (NOT $q.offered OR m.candidates <> '[]') "
    "AND ($q.since IS NULL OR m.since > $q.since OR m.since = $q.since AND m.key > $q.key) "
    "RETURN properties(m) AS stored ORDER BY m.since, m.key LIMIT $q.most"
)
"""Names after a position, the oldest first."""

DECIDE = Fragment(
    "MATCH (m:_Match {key: $q.key}) SET m.by = m.by WITH m WHERE m.state = 'WAITING' "
    "SET m.state = 'DECIDED', m.means = $q.means, m.by = $q.by, m.decided = $q.now RETURN m.key AS key"
)
"""Decide on a name that waits. The first SET locks it, before its state is read."""
UNDO = Fragment(
    "MATCH (m:_Match {key: $q.key}) SET m.state = 'WAITING' REMOVE m.means, m.by, m.decided RETURN m.key AS key"
)

FORGET_FEED = Fragment(
    "MATCH (m:_Match) WHERE $q.feed IN m.feeds SET m.feeds = [each IN m.feeds WHERE each <> $q.feed] "
    "WITH m WHERE m.feeds = [] AND m.state = 'WAITING' DELETE m"
)
"""Forget that a feed asks. Decisions are kept, because it may come back."""

MARK = Fragment("MERGE (m:_Meta {name: 'matching'}) SET m.value = $q.mark")
"""Note that a decision was made or undone, by a mark that no other decision has."""


def standing(labels: list[str], types: list[str]) -> Fragment:
    """Read what decides how names match: the mark of the last decision, and how many facts there are and when one changed."""
    parts = [clause("MATCH (x:{of})", of=name(each)) for each in labels]
    parts += [clause("MATCH ()-[x:{of}]->()", of=name(each)) for each in types]
    counted = [
        clause("{part} RETURN count(x) AS many, toString(max(x.updatedAt)) AS last", part=part) for part in parts
    ]
    return clause(
        "OPTIONAL MATCH (m:_Meta {{name: 'matching'}}) WITH m.value AS mark "
        "CALL () {{ {counted} }} RETURN mark, collect([many, last]) AS facts",
        counted=join(" UNION ALL ", counted),
    )

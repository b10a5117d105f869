"""What is removed when it is old, as Cypher. In: times. Out: Fragments that remove answers, decided drafts and tombstones.

Each removes at most `$q.most` nodes and returns how many, so that no transaction becomes large.
"""

from graph.cypher.fragments import Fragment

REQUESTS = Fragment("MATCH (r:_Request) WHERE r.at < $q.before WITH r LIMIT $q.most DELETE r RETURN count(*) AS count")
DRAFTS = Fragment(
    "MATCH (d:_Draft) WHERE d.state <> 'OPEN' AND d.updatedAt < $q.before WITH d LIMIT $q.most DELETE d "
    "RETURN count(*) AS count"
)
TOMBSTONES = Fragment(
    "MATCH (t:_Tombstone) WHERE t.at < $q.before WITH t LIMIT $q.most DELETE t RETURN count(*) AS count"
)

TIDIED = Fragment(
    "MATCH (s:_Sequence {name: 'log'}) "
    "CALL () { MATCH (e:_Event) WHERE e.seq > 0 AND e.at < $q.before RETURN e.seq AS seq ORDER BY e.seq DESC LIMIT 1 } "
    "SET s.tidied = CASE WHEN seq > coalesce(s.tidied, 0) THEN seq ELSE s.tidied END"
)
"""Note the last event of a time, before the tombstones of that time are removed. Cursors before it are refused from then on."""

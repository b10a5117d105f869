"""Webhooks as Cypher. In: nothing. Out: Fragments that read and write `_Webhook` and `_DeadLetter` nodes.

The server that has the lease of a webhook delivers it. The lease is measured by the clock of the database. A webhook with another
`round` was placed anew meanwhile, so what was sent before does not move it.
"""

from graph.cypher.fragments import Fragment

WEBHOOKS = Fragment(
    "MATCH (w:_Webhook) RETURN properties(w) AS stored, COUNT { MATCH (:_DeadLetter {webhook: w.id}) } AS dead "
    "ORDER BY w.owner, w.since, w.id"
)
COUNT = Fragment("MATCH (w:_Webhook) RETURN count(w) AS count")

ADD = Fragment(
    "OPTIONAL MATCH (s:_Sequence {name: 'log'}) WITH coalesce(s.value, 0) AS head "
    "MERGE (w:_Webhook {id: $q.stored.id}) ON CREATE SET w = $q.stored, w.after = head RETURN properties(w) AS stored"
)
"""Store a webhook that begins at the end of the log. To store it again does nothing."""

REMOVE = Fragment("MATCH (w:_Webhook {id: $q.id}) WITH w, properties(w) AS stored DETACH DELETE w RETURN stored")
REMOVE_LETTERS = Fragment("MATCH (d:_DeadLetter {webhook: $q.id}) DELETE d")

RESUME = Fragment(
    "MATCH (w:_Webhook {id: $q.id}) SET w.after = coalesce($q.after, w.after), w.round = w.round + 1, w.state = 'ACTIVE' "
    "REMOVE w.why, w.failing, w.attempts, w.next RETURN properties(w) AS stored"
)
"""Let a webhook go on at once, after another place of the log if one is given."""

ROTATE = Fragment(
    "MATCH (w:_Webhook {id: $q.id}) SET w.salt = w.salt WITH w WHERE w.salt IN [$q.before, $q.salt] "
    "SET w.salt = $q.salt, w.former = $q.former, w.expires = $q.expires RETURN properties(w) AS stored"
)
"""Give a webhook another salt, unless somebody else has done so meanwhile. To do it again changes nothing. The first SET locks
the webhook before its salt is read."""

LETTERS = Fragment(
    "MATCH (d:_DeadLetter) WHERE $q.webhook IS NULL OR d.webhook = $q.webhook "
    "RETURN properties(d) AS stored ORDER BY d.webhook, d.seq"
)
RETRY = Fragment(
    "MATCH (d:_DeadLetter {webhook: $q.webhook}) WHERE $q.messages IS NULL OR d.message IN $q.messages "
    "SET d.wanted = true RETURN properties(d) AS stored ORDER BY d.seq"
)

LOOK = Fragment(
    "MATCH (w:_Webhook {state: 'ACTIVE'}) RETURN w.id AS id, w.round AS round, "
    "coalesce(w.lease = $q.me, false) AS mine, coalesce(w.until - timestamp(), 0) AS left, "
    "COUNT { MATCH (d:_DeadLetter {webhook: w.id}) WHERE d.wanted } AS wanted"
)
"""The active webhooks: whether the lease is one's own, its milliseconds that are left, and how many letters are wanted again."""

TAKE = Fragment(
    "MATCH (w:_Webhook) WHERE w.id IN $q.ids SET w.claim = $q.me "
    "WITH w WHERE w.lease = $q.me OR coalesce(w.until, 0) <= timestamp() "
    "SET w.lease = $q.me, w.until = timestamp() + $q.lease RETURN w.id AS id"
)
"""Take leases, or renew them. The first SET locks a webhook until the transaction ends, before its lease is read."""

RELEASE = Fragment("MATCH (w:_Webhook {lease: $q.me}) REMOVE w.lease, w.until")

STANDING = Fragment(
    "MATCH (w:_Webhook {id: $q.id, lease: $q.me, state: 'ACTIVE'}) WHERE w.until > timestamp() "
    "OPTIONAL MATCH (g:_Grant {actor: w.owner}) WITH w, g ORDER BY g.id WITH w, collect(properties(g)) AS grants "
    "CALL (w) { OPTIONAL MATCH (d:_DeadLetter {webhook: w.id}) WHERE d.wanted "
    "RETURN properties(d) AS letter ORDER BY d.seq LIMIT 1 } RETURN properties(w) AS stored, grants, letter"
)
"""A webhook whose lease is one's own, with the grants of its owner and the first dead letter that is wanted again."""

_MINE = "MATCH (w:_Webhook {id: $q.id, lease: $q.me, round: $q.round}) "

DELIVERED = Fragment(_MINE + "SET w.after = $q.seq REMOVE w.failing, w.attempts, w.next, w.why")
FAILED = Fragment(_MINE + "SET w.failing = $q.message, w.attempts = $q.attempts, w.next = $q.next, w.why = $q.why")
DISABLED = Fragment(_MINE + "SET w.state = 'DISABLED', w.why = $q.why REMOVE w.failing, w.attempts, w.next")

BURIED = Fragment(
    _MINE + "SET w.after = $q.letter.seq, w.why = $q.letter.why REMOVE w.failing, w.attempts, w.next "
    "MERGE (d:_DeadLetter {id: $q.letter.id}) SET d = $q.letter"
)
TRIM = Fragment("MATCH (d:_DeadLetter {webhook: $q.id}) WITH d ORDER BY d.seq DESC SKIP $q.most DELETE d")
"""Delete the oldest dead letters of a webhook beyond the most that are kept."""

LETTER_DONE = Fragment("MATCH (d:_DeadLetter {id: $q.id}) DELETE d")
LETTER_FAILED = Fragment(
    "MATCH (d:_DeadLetter {id: $q.id}) SET d.attempts = $q.attempts, d.why = $q.why REMOVE d.wanted"
)

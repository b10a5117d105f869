"""Feeds as Cypher. In: types. Out: Fragments for `_Feed`, `_FeedRow`, `_FeedClaim` and `_FeedRun` nodes, and owners of facts.

A run writes only while it holds the lock of its feed, by the clock of the database. A fact that a feed brought names in `_feed`
the record that owns it, until somebody else writes the fact. Other records that state it have a `_FeedClaim` on it.
"""

from graph.cypher.fragments import Fragment, clause, name
from schema.model import FACT

ADD = Fragment(
    "MERGE (f:_Feed {name: $q.name}) ON CREATE SET f.since = $q.now "
    "SET f.config = $q.config, f.folder = $q.folder, f.file = $q.file, f.every = $q.every RETURN properties(f) AS stored"
)
"""Store a feed, or its new configuration."""

FEEDS = Fragment(
    "MATCH (f:_Feed) OPTIONAL MATCH (r:_FeedRun {feed: f.name, number: f.runs}) "
    "RETURN properties(f) AS stored, coalesce(f.lockUntil, 0) > timestamp() AS locked, properties(r) AS run, "
    "COUNT { MATCH (:_FeedRow {feed: f.name}) } AS rows ORDER BY f.name"
)
"""All feeds, each with its last run."""

TAKE_DUE = Fragment(
    "MATCH (f:_Feed) WHERE f.every IS NOT NULL AND coalesce(f.next, 0) <= timestamp() "
    "AND coalesce(f.lockUntil, 0) <= timestamp() WITH f ORDER BY coalesce(f.next, 0), f.name LIMIT 1 "
    "SET f.claim = 'schedule' WITH f WHERE coalesce(f.next, 0) <= timestamp() "
    "SET f.next = timestamp() + $q.after RETURN f.name AS name"
)
"""Take the feed with a schedule that is due for longest and that nobody runs. The first SET locks it for one server."""

MINE = "MATCH (f:_Feed {name: $q.name}) SET f.claim = $q.me WITH f WHERE f.lock = $q.me "
"""The feed if its lock is one's own. The first SET locks the node before the lock is read, as in LOCK: what another transaction
does with the lock meanwhile is seen."""

LOCK = Fragment(
    "MATCH (f:_Feed {name: $q.name}) SET f.claim = $q.me WITH f WHERE coalesce(f.lockUntil, 0) <= timestamp() OR f.lock = $q.me "
    "SET f.lock = $q.me, f.lockUntil = timestamp() + $q.lease RETURN properties(f) AS stored"
)
"""Take the lock of a feed if it is free, or renew it. The first SET locks the node before the lock is read."""

HOLD = Fragment(MINE + "SET f.lockUntil = timestamp() + $q.lease RETURN f.name AS name")
"""Renew one's own lock; no record if another run has it."""

RELEASE = Fragment(MINE + "REMOVE f.lock, f.lockUntil, f.claim")

BEGIN_RUN = Fragment(
    MINE + "SET f.runs = coalesce(f.runs, 0) + 1 "
    "CREATE (r:_FeedRun {feed: f.name, number: f.runs}) SET r += $q.run RETURN r.number AS number"
)
LEARN = Fragment(MINE + "SET f += $q.feed")
END_RUN = Fragment(
    MINE + "SET f += $q.feed "
    "SET f.next = CASE WHEN f.every IS NULL THEN null ELSE timestamp() + coalesce($q.after, f.every) END "
    "WITH f MATCH (r:_FeedRun {feed: f.name, number: $q.number}) SET r += $q.run"
)
"""Note how a run ended, what the next one needs to know, and when a schedule runs it."""

COUNT_ROWS = Fragment("MATCH (r:_FeedRow {feed: $q.name}) RETURN count(r) AS rows")
FORGET_RUNS = Fragment("MATCH (r:_FeedRun {feed: $q.name}) WHERE r.number <= $q.upto DELETE r")
RUNS = Fragment("MATCH (r:_FeedRun {feed: $q.name}) RETURN properties(r) AS run ORDER BY r.number DESC LIMIT $q.most")

_ROWS = "MATCH (r:_FeedRow {feed: $q.name}) WHERE r.id > $q.after WITH r ORDER BY r.id LIMIT $q.most "
_LISTED = (
    "RETURN collect(r.id + ' ' + coalesce(r.raw, '')) AS rows, collect(CASE WHEN r.bad OR r.gone IS NOT NULL OR size(meant) > 0 "
    "THEN {id: r.id, bad: r.bad, gone: r.gone, meant: meant} END) AS others"
)
ROWS = Fragment(_ROWS + "WITH r, [] AS meant " + _LISTED)
"""A page of what is stored of the records of a feed, in one record: their ids and digests, and what is special about some."""
ROWS_AND_NAMES = Fragment(_ROWS + "WITH r, [id IN coalesce(r.meant, []) WHERE id IN $q.meant] AS meant " + _LISTED)
"""Such a page; special are also records with some of these names."""

ROWS_OF = Fragment(
    "UNWIND $q.ids AS id MATCH (r:_FeedRow {id: id}) "
    "RETURN id, r.key AS key, r.raw AS raw, r.digest AS digest, r.named AS named, r.facts AS facts, r.meant AS meant, "
    "r.bad AS bad, r.gone AS gone, r.made AS made, r.run AS run"
)
PUT_ROWS = Fragment("UNWIND $q.rows AS row MERGE (r:_FeedRow {id: row.id}) SET r = row, r.feed = $q.name")
SET_RAW = Fragment(
    "UNWIND $q.rows AS row MATCH (r:_FeedRow {id: row.id}) SET r.raw = row.raw, r.meant = row.meant REMOVE r.gone"
)
"""Note that records are there, as they are now."""

NAMES = Fragment(
    "MATCH (n:_FeedName {feed: $q.name}) WHERE n.id > $q.after "
    "RETURN n.id AS id, n.told AS told, n.means AS means ORDER BY n.id LIMIT $q.most"
)
"""A page of the names in the records of a feed, with what they meant."""

PUT_NAMES = Fragment(
    "UNWIND $q.rows AS row MERGE (n:_FeedName {id: row.id}) SET n.feed = $q.name, n.told = row.told, n.means = row.means"
)
NAME_IDS = Fragment(
    "MATCH (n:_FeedName {feed: $q.name}) WHERE n.id > $q.after WITH n ORDER BY n.id LIMIT $q.most RETURN collect(n.id) AS ids"
)
"""A page of the ids of the names of a feed, in one record."""
MEANT = Fragment(
    "MATCH (r:_FeedRow {feed: $q.name}) WHERE r.id > $q.after WITH r ORDER BY r.id LIMIT $q.most "
    "WITH max(r.id) AS last, collect(r.meant) AS lists "
    "RETURN last, COLLECT { UNWIND lists AS list UNWIND list AS id RETURN DISTINCT id } AS ids"
)
"""The names that a page of records holds, in one record, with the last of the page."""
FORGET_NAMES = Fragment("UNWIND $q.ids AS id MATCH (n:_FeedName {id: id}) DELETE n")

MARK_GONE = Fragment("UNWIND $q.ids AS id MATCH (r:_FeedRow {id: id}) SET r.gone = coalesce(r.gone, $q.now)")
GONE = Fragment(
    "MATCH (r:_FeedRow {feed: $q.name}) WHERE r.id > $q.after AND r.gone <= $q.before "
    "RETURN r.id AS id, r.key AS key, r.facts AS facts ORDER BY r.id LIMIT $q.most"
)
"""A page of the records that are gone for longer than the grace."""

MARK_BAD = Fragment("UNWIND $q.ids AS id MATCH (r:_FeedRow {id: id}) SET r.bad = true")
FORGET_ROWS = Fragment("UNWIND $q.ids AS id MATCH (r:_FeedRow {id: id}) DELETE r")
REMOVE = Fragment("MATCH (f:_Feed {name: $q.name}) DELETE f")
REMOVE_ROWS = Fragment("MATCH (r:_FeedRow {feed: $q.name}) WITH r LIMIT 10000 DELETE r RETURN count(*) AS count")
REMOVE_NAMES = Fragment("MATCH (n:_FeedName {feed: $q.name}) WITH n LIMIT 10000 DELETE n RETURN count(*) AS count")
REMOVE_RUNS = Fragment("MATCH (r:_FeedRun {feed: $q.name}) WITH r LIMIT 1000 DELETE r RETURN count(*) AS count")

CLAIM = Fragment("UNWIND $q.rows AS row MERGE (c:_FeedClaim {id: row.id}) SET c.fact = row.fact, c.row = row.row")
CLAIMS = Fragment("UNWIND $q.facts AS fact MATCH (c:_FeedClaim {fact: fact}) RETURN c.fact AS fact, c.row AS row")
FORGET_CLAIMS = Fragment("UNWIND $q.ids AS id MATCH (c:_FeedClaim {id: id}) DELETE c")

OWNERS_OF_NODES = clause(
    "UNWIND $q.keys AS key MATCH (n:{fact} {{key: key}}) RETURN n.id AS id, n._feed AS feed", fact=name(FACT)
)
"""Which of these nodes exist, and the feed of each."""


def owners_of_relationships(type_: str) -> Fragment:
    """Read which relationships of a type exist, and the feed of each."""
    return clause(
        "UNWIND $q.keys AS key MATCH ()-[r:{type} {{key: key}}]->() USING INDEX r:{type}(key) "
        "RETURN r.id AS id, r._feed AS feed",
        type=name(type_),
    )


OWN_NODES = clause("UNWIND $q.rows AS row MATCH (n:{fact} {{key: row.key}}) SET n._feed = row.owner", fact=name(FACT))
"""Give nodes to other records."""


def own_relationships(type_: str) -> Fragment:
    """Give relationships of a type to other records."""
    return clause(
        "UNWIND $q.rows AS row MATCH ()-[r:{type} {{key: row.key}}]->() USING INDEX r:{type}(key) SET r._feed = row.owner",
        type=name(type_),
    )


def origin(type_: str | None) -> Fragment:
    """Read which record brought a fact, and the sources that it cites; `type_` is that of a relationship."""
    of = clause("()-[n:{type} {{key: $q.key}}]->() USING INDEX n:{type}(key)", type=name(type_)) if type_ else None
    return clause(
        "MATCH {of} RETURN n._feed AS owner, COLLECT {{ UNWIND coalesce(n.sources, []) AS id MATCH (s:{fact} {{id: id}}) "
        "RETURN properties(s) }} AS sources",
        of=of or clause("(n:{fact} {{key: $q.key}})", fact=name(FACT)),
        fact=name(FACT),
    )


RUNS_NUMBERED = Fragment(
    "UNWIND $q.numbers AS number MATCH (r:_FeedRun {feed: $q.name, number: number}) RETURN properties(r) AS run"
)

OWNED = clause("MATCH (n:{fact}) WHERE n._feed = $q.owner RETURN n.id AS id", fact=name(FACT))
"""The nodes that a record owns; it looks at all nodes."""

"""The event log as Cypher. In: which events are asked for. Out: Fragments that append to the log and read it for one viewer.

A viewer sees an event by what he may see now: the fact, and both ends of a relationship, pass the predicate of `visible.py`.
"""

from graph.cypher.fragments import EMPTY, Fragment, clause, name
from graph.cypher.visible import admitted, synthetic
from schema.model import FACT

_SEQUENCE = "MERGE (s:_Sequence {name: 'log'}) ON CREATE SET s.log = randomUUID(), s.value = 0 "

TICK = Fragment(_SEQUENCE + "SET s.at = $q.now")
"""Note the time of a write that the log does not tell of, so that the next write is later."""

APPEND = Fragment(
    _SEQUENCE + "SET s.at = $q.now WITH s SET s.value = s.value + size($q.rows) WITH s.value - size($q.rows) AS before "
    "UNWIND range(1, size($q.rows)) AS n CREATE (e:_Event) SET e = $q.rows[n - 1], e.seq = before + n, "
    "e.at = coalesce($q.rows[n - 1].at, $q.now), e.actor = coalesce($q.rows[n - 1].actor, $q.actor)"
)
"""Append events with consecutive numbers. Time and actor are sent once, unless events of several writes have their own.

The first SET locks the sequence until the transaction ends, before its value is read.
"""

HEAD = Fragment(
    "OPTIONAL MATCH (s:_Sequence {name: 'log'}) RETURN {log: coalesce(s.log, ''), seq: coalesce(s.value, 0), "
    "tidied: coalesce(s.tidied, 0)} AS head"
)
"""The id of the log, the number of its last event, and that of the last one whose tombstones are gone; 0 if there is none."""

TURN = Fragment(_SEQUENCE + "SET s.turns = coalesce(s.turns, 0) + 1")
"""Begin a log, if there is none, and note a change of facts that it does not tell of, as that of a migration.

The log's own id tells it from the log of another database.
"""

STATE = Fragment(
    "OPTIONAL MATCH (s:_Sequence {name: 'log'}) "
    "RETURN {log: coalesce(s.log, ''), seq: coalesce(s.value, 0), turns: coalesce(s.turns, 0)} AS state"
)
"""The state of the facts: if it is the same as before, nothing has changed."""

TOUCHED = Fragment(
    "CALL () { MATCH (e:_Event) WHERE e.seq > $q.after AND e.seq <= $head.seq WITH e LIMIT $q.most "
    "RETURN count(e) AS count, collect(DISTINCT e.of) AS of } RETURN {state: $head, count: count, of: of} AS touched"
)
"""The labels and types of the events after a place up to the state `$head`, of at most `$q.most` events."""

_SHOWN = "seq: e.seq, at: e.at, of: e.of, fact: e.fact, start: e.start, end: e.end"


def events_for(*, by_audience: bool, synthetic: bool, of: bool, near: bool, latest: bool) -> Fragment:
    """Read the events that a viewer may see, among the `$q.scan` events after `$q.after`, at most `$q.first` of them.

    `of` asks for one label or type, `near` for what is within one relationship of a fact. `latest` reads from the last event
    before `$q.after` back to older ones.
    """
    return clause(
        "WITH $head.log AS log, $head.seq AS head {bounds} "
        "CALL (low, high) {{ MATCH (e:_Event) WHERE e.seq > low AND e.seq <= high{of} "
        "WITH e, {{level: e.wasLevel, audience: e.wasAudience}} AS was "
        "WITH e, coalesce({was}, false) AS before, coalesce({e}, false) AS later WHERE before OR later "
        "WITH e, before AND NOT later AS lost, later AND NOT before AS gained "
        "{near}{now}WHERE ends AND (lost OR stands) "
        "{fields}WHERE lost OR gained OR e.did <> 'CHANGED' OR size(fields) > 0 "
        "WITH e, lost, gained, fields, {{level: CASE WHEN lost THEN e.wasLevel ELSE e.level END}} AS shown "
        "ORDER BY e.seq{down} LIMIT $q.first "
        "RETURN collect({{" + _SHOWN + ", fields: fields, "
        "did: CASE WHEN lost THEN 'DELETED' WHEN gained THEN 'CREATED' ELSE e.did END, synthetic: {synthetic}}}) AS events }} "
        "RETURN {{log: log, low: low, high: high, events: events, tidied: $head.tidied}} AS page",
        bounds=_BACK if latest else _KEPT,
        of=Fragment(" AND e.of = $q.of") if of else EMPTY,
        was=_sees("was", by_audience, synthetic),
        e=_sees("e", by_audience, synthetic),
        near=_near(by_audience, synthetic) if near else EMPTY,
        now=_now(by_audience, synthetic),
        fields=_fields(by_audience, synthetic),
        down=Fragment(" DESC") if latest else EMPTY,
        synthetic=made_up("shown"),
    )


_ON = Fragment(
    "WITH log, $q.after AS low, CASE WHEN $q.after + $q.scan < head THEN $q.after + $q.scan ELSE head END AS high"
)
_KEPT = Fragment(
    "WITH log, head, CASE WHEN $q.after = 0 THEN $head.tidied ELSE $q.after END AS low "
    "WITH log, low, CASE WHEN low + $q.scan < head THEN low + $q.scan ELSE head END AS high"
)
"""From the beginning, the events are read whose tombstones are kept: without them some events cannot be shown to all who saw
the facts."""
_BACK = Fragment(
    "WITH log, CASE WHEN $q.after < head THEN $q.after ELSE head END AS high WITH log, high - $q.scan AS low, high"
)


def made_up(variable: str) -> Fragment:
    """Test that a level is that of a synthetic fact."""
    return synthetic(name(variable))


def _sees(variable: str, by_audience: bool, synthetic: bool) -> Fragment:
    return admitted(name(variable), by_audience=by_audience, synthetic=synthetic)


def _now(by_audience: bool, synthetic: bool) -> Fragment:
    """Find out whether the viewer sees the fact now, and both its ends. The ids of hidden ends would tell of them.

    A deleted end is seen by those who saw it last.
    """
    return clause(
        "CALL (e) {{ OPTIONAL MATCH (n:{fact} {{id: e.fact}}) WHERE e.start IS NULL AND {n} "
        "OPTIONAL MATCH (a:{fact} {{id: e.start}}) WHERE {a} OPTIONAL MATCH (b:{fact} {{id: e.end}}) WHERE {b} "
        "OPTIONAL MATCH (a)-[r]->(b) WHERE r.id = e.fact AND {r} "
        "RETURN n IS NOT NULL OR r IS NOT NULL AS stands, e.start IS NULL OR "
        "(a IS NOT NULL OR {start}) AND (b IS NOT NULL OR {end}) AS ends }} "
        "WITH e, lost, gained, stands, ends ",
        fact=name(FACT),
        n=_sees("n", by_audience, synthetic),
        a=_sees("a", by_audience, synthetic),
        b=_sees("b", by_audience, synthetic),
        r=_sees("r", by_audience, synthetic),
        start=_buried("start", by_audience, synthetic),
        end=_buried("end", by_audience, synthetic),
    )


def _buried(end: str, by_audience: bool, synthetic: bool) -> Fragment:
    """Test that an end of a relationship was deleted, and that the viewer saw it until then."""
    return clause(
        "(NOT EXISTS {{ (:{fact} {{id: e.{end}}}) }} AND EXISTS {{ MATCH (t:_Tombstone {{id: e.{end}}}) WHERE {t} }})",
        fact=name(FACT),
        end=name(end),
        t=_sees("t", by_audience, synthetic),
    )


def _fields(by_audience: bool, synthetic: bool) -> Fragment:
    """Name the changed fields. A reference is named only if the viewer sees one of the facts that were added or removed."""
    return clause(
        "CALL (e) {{ UNWIND coalesce(e.refs, []) AS ref WITH split(ref, ' ') AS ref "
        "MATCH (t:{fact} {{id: ref[1]}}) WHERE {t} RETURN collect(DISTINCT ref[0]) AS seen }} "
        "WITH e, lost, gained, CASE WHEN lost OR gained THEN [] ELSE [field IN coalesce(e.fields, []) WHERE field IN seen "
        "OR none(ref IN coalesce(e.refs, []) WHERE split(ref, ' ')[0] = field)] END AS fields ",
        fact=name(FACT),
        t=_sees("t", by_audience, synthetic),
    )


def _near(by_audience: bool, synthetic: bool) -> Fragment:
    """Keep the events of a fact, of its relationships, and of the facts that these lead to.

    A fact that became hidden is still near if the relationship to it is older: the viewer saw both then.
    """
    return clause(
        "WHERE $q.near IN [e.fact, e.start, e.end] OR e.start IS NULL AND EXISTS {{ "
        "MATCH (x:{fact} {{id: e.fact}})-[y]-(:{fact} {{id: $q.near}}) "
        "WHERE {y} AND (NOT lost OR coalesce(y.updatedAt, y.recordedAt) < e.at) }} "
        "OR lost AND (EXISTS {{ MATCH (y:_Tombstone {{start: e.fact}}) WHERE y.end = $q.near AND y.at >= e.at AND {y} }} "
        "OR EXISTS {{ MATCH (y:_Tombstone {{end: e.fact}}) WHERE y.start = $q.near AND y.at >= e.at AND {y} }}) "
        "WITH e, lost, gained ",
        fact=name(FACT),
        y=_sees("y", by_audience, synthetic),
    )


def sees_fact(*, by_audience: bool, synthetic: bool) -> Fragment:
    """Return whether the viewer sees the fact whose id is `$q.near`."""
    return clause(
        "RETURN EXISTS {{ MATCH (n:{fact} {{id: $q.near}}) WHERE {n} }} AS seen",
        fact=name(FACT),
        n=_sees("n", by_audience, synthetic),
    )


def all_events(*, synthetic: bool, latest: bool) -> Fragment:
    """Read events as the operator of the database sees them: all of them, with actors."""
    return clause(
        "WITH $head.log AS log, $head.seq AS head {bounds} "
        "CALL (low, high) {{ MATCH (e:_Event) WHERE e.seq > low AND e.seq <= high "
        "WITH e, {{level: coalesce(e.level, e.wasLevel)}} AS shown WITH e, {synthetic} AS made {real}"
        "ORDER BY e.seq{down} LIMIT $q.first RETURN collect({{" + _SHOWN + ", did: e.did, actor: e.actor, "
        "fields: coalesce(e.fields, []) + coalesce(e.kept, []), synthetic: made}}) AS events }} "
        "RETURN {{log: log, low: low, high: high, events: events}} AS page",
        bounds=_BACK if latest else _ON,
        synthetic=made_up("shown"),
        real=EMPTY if synthetic else Fragment("WHERE NOT made "),
        down=Fragment(" DESC") if latest else EMPTY,
    )

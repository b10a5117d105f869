"""Rosters over the generated graph: the first people are listed, and answered in its wave. In: a writer. Out: nothing."""

from functools import partial

from bench.network import NOW
from graph.bolt.write import Unit, Writer
from graph.cypher.fragments import Fragment, clause

WAVE = "wave/x"
"""The wave in which the ties of trust of the generated graph were stated."""
LARGE, SMALL, PAGE, SLIDER = "roster/bench-large", "roster/bench-small", "roster/bench-page", "roster/bench-slider"
BATCH = 20_000

_FACT = Fragment(
    "key: id, marking: 0, level: 0, audience: '0', confidence: 'UNVERIFIED', _digest: 'x', "
    "recordedAt: $q.now, updatedAt: $q.now"
)
_ROSTER = clause(
    "MERGE (r:Fact {{id: $q.id}}) WITH r, r.id AS id SET r:Roster, r += {{name: 'Bench', rule: 'All.', {fact}}} "
    "MERGE (w:Fact {{id: $q.wave}}) WITH r, w, w.id AS id "
    "SET w:Wave, w += {{name: 'Wave', since: '2026', sinceDay: date('2026-01-01'), {fact}}} "
    "WITH r, w, 'of-roster/' + r.id AS id CREATE (w)-[:OF_ROSTER {{id: id, {fact}}}]->(r)",
    fact=_FACT,
)
_LISTED = clause(
    "MATCH (r:Fact {{id: $q.id}}) MATCH (w:Fact {{id: $q.wave}}) UNWIND $q.people AS at "
    "MATCH (p:Fact {{id: 'person/' + toString(at)}}) "
    "WITH r, w, p, 'listed-on/' + r.id + '/' + p.id AS id CREATE (p)-[:LISTED_ON {{id: id, {fact}}}]->(r) "
    "WITH w, p, 'answered/' + id AS id CREATE (p)-[:ANSWERED {{id: id, consent: 'NAMED', {fact}}}]->(w)",
    fact=_FACT,
)

_LATER = clause(
    "MATCH (r:Fact {{id: $q.id}}) MERGE (w:Fact {{id: $q.wave + '-later'}}) WITH r, w, w.id AS id "
    "SET w:Wave, w += {{name: 'Later wave', since: '2027', sinceDay: date('2027-01-01'), {fact}}} "
    "WITH r, w, 'of-roster/later-' + r.id AS id CREATE (w)-[:OF_ROSTER {{id: id, {fact}}}]->(r) "
    "WITH r, w MATCH (p:Person)-[:LISTED_ON]->(r) WITH w, p, 'answered/later-' + r.id + '/' + p.id AS id "
    "CREATE (p)-[:ANSWERED {{id: id, consent: 'NAMED', {fact}}}]->(w)",
    fact=_FACT,
)
_SAID_AGAIN = Fragment(
    "MATCH (:Fact {id: $q.id})<-[:LISTED_ON]-(p:Person)-[t:TRUSTS {wave: $q.wave}]->(o:Person)-[:LISTED_ON]->(:Fact {id: $q.id}) "
    "WHERE right(p.id, 1) <> right(o.id, 1) "
    "CREATE (p)-[again:TRUSTS]->(o) "
    "SET again = t {.*, id: t.id + '-later', key: t.id + '-later', wave: $q.wave + '-later'}"
)

_WRITTEN = clause(
    "MERGE (s:_Sequence {{name: 'log'}}) SET s.value = coalesce(s.value, 0) + 1 "
    "WITH 'source/bench-' + toString(s.value) AS id CREATE (:Fact:Source {{id: id, title: 'Bench', {fact}}})",
    fact=_FACT,
)


async def enrol(writer: Writer, roster: str, people: int) -> None:
    """Write a roster of the first people of the generated graph."""
    await writer.unit(partial(_unit, text=_ROSTER, roster=roster, people=[]))
    for first in range(0, people, BATCH):
        numbers = list(range(first, min(first + BATCH, people)))
        await writer.unit(partial(_unit, text=_LISTED, roster=roster, people=numbers))


async def ask_again(writer: Writer, roster: str) -> None:
    """Write a second wave of a roster, in which most of the ties of the first are said again."""
    for text in (_LATER, _SAID_AGAIN):
        await writer.unit(partial(_unit, text=text, roster=roster, people=[]))


async def _unit(unit: Unit, text: Fragment, roster: str, people: list[int]) -> None:
    await unit.run(text, id=roster, wave=WAVE, people=people, now=NOW)


async def write(writer: Writer) -> None:
    """Write a fact, so that nothing that was read before is kept."""
    await writer.unit(partial(_unit, text=_WRITTEN, roster=LARGE, people=[]))

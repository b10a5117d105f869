"""Drafts as Cypher. In: ids, readers. Out: Fragments that read and store `_Draft` nodes."""

from graph.cypher.fragments import EMPTY, Fragment, clause, name
from graph.cypher.visible import admitted
from schema.model import FACT

READ = Fragment("MATCH (d:_Draft {id: $q.id}) RETURN properties(d) AS stored")

OPEN_OF = Fragment("MATCH (d:_Draft {state: 'OPEN'}) WHERE d.author = $q.author RETURN count(d) AS count")
"""How many open drafts an author has."""

SAVE = Fragment("MERGE (d:_Draft {id: $q.stored.id}) SET d = $q.stored")


def drafts(*, others: bool, everything: bool) -> Fragment:
    """Read the ids of the drafts of a state that a reader may be shown, after a position, the oldest first.

    His own, those that he decided on and, with `others`, open drafts of others whose nodes he may see. The operator of the
    database sees `everything`.
    """
    visible = clause(
        " OR d.state = 'OPEN' AND size(d.facts) = COUNT {{ UNWIND d.facts AS id MATCH (n:{fact} {{id: id}}) WHERE {n} }}",
        fact=name(FACT),
        n=admitted(name("n"), by_audience=True, synthetic=True),
    )
    whose = clause(
        " AND (d.author = $q.reader OR d.decidedBy = $q.reader{visible})", visible=visible if others else EMPTY
    )
    return clause(
        "MATCH (d:_Draft {{state: $q.state}}) WITH d, d.createdAt.epochMillis AS at "
        "WHERE ($q.at IS NULL OR at > $q.at OR at = $q.at AND d.id > $q.id){whose} RETURN d.id AS id ORDER BY at, d.id",
        whose=EMPTY if everything else whose,
    )

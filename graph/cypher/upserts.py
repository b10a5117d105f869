"""Reading the facts that a writer means, as far as he may see them. In: labels, types, properties. Out: Fragments."""

from functools import cache

from graph.cypher.facts import LOCKED
from graph.cypher.fragments import Fragment, clause, join, name
from graph.cypher.visible import admitted
from schema.language.kinds import Kind, Property
from schema.model import FACT


def _visible(*variables: str) -> Fragment:
    """Test that the writer may see facts, synthetic ones too."""
    return join(" AND ", (admitted(name(each), by_audience=True, synthetic=True) for each in variables))


def _stored(variable: str) -> Fragment:
    """Read what is stored of a fact. Date-times take long to read: the last change is a number, and the first is left out."""
    return clause("{x} {{.*, recordedAt: null, updatedAt: {x}.updatedAt.epochMillis}}", x=name(variable))


@cache
def begin_write() -> Fragment:
    """Lock, so that other writers wait. Then read, in one record, what writes need: earlier answers, and facts.

    `last` is the time of the last write in milliseconds, `requests` are those with the keys `$q.requests`, `nodes` those with
    the ids `$q.keys`, and `ids` those of `$q.named` that have a node, as far as the writer may see them.
    """
    return clause(
        "{lock} CALL () {{ UNWIND $q.requests AS key MATCH (r:_Request {{key: key}}) "
        "RETURN collect(r {{.key, .digest, .answer}}) AS requests }} "
        "CALL () {{ UNWIND $q.keys AS id MATCH (n:{fact} {{id: id}}) WHERE {visible} RETURN collect({stored}) AS nodes }} "
        "CALL () {{ UNWIND $q.named AS id MATCH (n:{fact} {{id: id}}) WHERE {visible} RETURN collect(n.id) AS ids }} "
        "RETURN last.epochMillis AS last, requests, nodes, ids",
        lock=LOCKED,
        fact=name(FACT),
        stored=_stored("n"),
        visible=_visible("n"),
    )


@cache
def visible_nodes() -> Fragment:
    """Read the nodes with these ids that the writer may see."""
    return clause(
        "UNWIND $q.ids AS id MATCH (n:{fact} {{id: id}}) WHERE {visible} RETURN {stored} AS stored",
        fact=name(FACT),
        stored=_stored("n"),
        visible=_visible("n"),
    )


@cache
def visible_ids() -> Fragment:
    """Read which of these ids belong to nodes that the writer may see."""
    return clause(
        "UNWIND $q.ids AS id MATCH (n:{fact} {{id: id}}) WHERE {visible} RETURN n.id AS id",
        fact=name(FACT),
        visible=_visible("n"),
    )


@cache
def nodes_with(label: str, prop: str) -> Fragment:
    """Read the nodes of a label that have one of these values of a property and that the writer may see, sorted by id."""
    return clause(
        "MATCH (n:{label}) WHERE n.{prop} IN $q.values AND {visible} "
        "RETURN n.{prop} AS value, {stored} AS stored ORDER BY n.id",
        label=name(label),
        stored=_stored("n"),
        prop=name(prop),
        visible=_visible("n"),
    )


@cache
def relationships_between(type_: str, *, undirected: bool) -> Fragment:
    """Read the relationships of a type between pairs of nodes that the writer may see, sorted by id."""
    return clause(
        "UNWIND $q.pairs AS pair MATCH (a:{fact} {{id: pair[0]}})-[r:{type}]{arrow}(b:{fact} {{id: pair[1]}}) "
        "USING INDEX a:{fact}(id) WHERE {visible} "
        "RETURN a.id AS start, b.id AS end, {stored} AS stored ORDER BY r.id",
        fact=name(FACT),
        stored=_stored("r"),
        type=name(type_),
        arrow=Fragment("-" if undirected else "->"),
        visible=_visible("a", "b", "r"),
    )


@cache
def relationships_with_ids(type_: str) -> Fragment:
    """Read the relationships of a type that have these keys and that the writer may see, with their ends."""
    return clause(
        "UNWIND $q.keys AS key MATCH (a)-[r:{type} {{key: key}}]->(b) USING INDEX r:{type}(key) WHERE {visible} "
        "RETURN a.id AS start, b.id AS end, {stored} AS stored",
        type=name(type_),
        stored=_stored("r"),
        visible=_visible("a", "b", "r"),
    )


KEEP_REQUEST = Fragment("CREATE (:_Request {key: $q.key, digest: $q.digest, answer: $q.answer, at: $q.now})")
"""Remember a request with its answer."""


@cache
def near_ids() -> Fragment:
    """Read the first ids of nodes that begin with a text and that the writer may see."""
    return clause(
        "MATCH (n:{fact}) WHERE n.id STARTS WITH $q.start AND {visible} RETURN n.id AS id ORDER BY n.id LIMIT 5000",
        fact=name(FACT),
        visible=_visible("n"),
    )


@cache
def names_from(label: str, prop: Property) -> Fragment:
    """Read the first nodes of a label with a folded name that begins with a text, and that the writer may see."""
    return clause(
        "MATCH (n:{label}) WHERE n.{words} {test} $q.start AND {visible} "
        "RETURN n.id AS id, n.{words} AS words ORDER BY n.id LIMIT 5000",
        label=name(label),
        words=name(prop.words),
        # Names in a list are stored one after the other, each as a line of its own.
        test=Fragment("CONTAINS" if prop.kind is Kind.TEXTS else "STARTS WITH"),
        visible=_visible("n"),
    )

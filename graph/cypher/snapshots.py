"""What snapshots read. In: labels, types, places in an order, a day. Out: Fragments that return pages of what a viewer sees.

Whether a fact can end is a parameter, so that one statement reads any label.
"""

from collections.abc import Collection

from graph.cypher.ddl import statement
from graph.cypher.fragments import Fragment, clause, join, name, param
from graph.cypher.visible import admitted, begun, not_ended
from schema.derived.constraints import FullText, Rule, Unique, rules
from schema.language.days import SINCE_LAST, UNTIL_FIRST
from schema.model import FACT, Model

KEY = "key"
"""The column with the keyed digest of an id."""
LEFT_OUT = (KEY, "_digest")
"""Columns that the platform needs for itself. The digest covers what a viewer may not see."""


DAYS = ("sinceDay", "untilDay", "lastConfirmedDay", SINCE_LAST, UNTIL_FIRST)
MOMENTS = ("recordedAt", "updatedAt")


def _properties(variable: str) -> Fragment:
    """Return the stored properties, moments as milliseconds since 1970 and the days that every fact may have as texts.

    The driver takes longer to make an object of a moment than to read all else of a fact. These columns hold nothing else than
    days and moments, so that no value makes the statement fail.
    """
    days = [clause("{day}: toString({x}.{day})", day=name(day), x=name(variable)) for day in DAYS]
    moments = [clause("{at}: {x}.{at}.epochMillis", at=name(at), x=name(variable)) for at in MOMENTS]
    left = [clause("{each}: null", each=name(each)) for each in LEFT_OUT]
    return clause("{x} {{.*, {parts}}}", x=name(variable), parts=join(", ", [*days, *moments, *left]))


def nodes(*, by_audience: bool, dated: bool) -> Fragment:
    """Read the first nodes of V(G, v) after an id and before another, in the order of their ids.

    With `dated` they were so on `$q.day`; `$q.lasting` says whether nodes of this label can end.
    """
    tests = [admitted(name("n"), by_audience=by_audience)]
    if dated:
        going_on = clause("(NOT $q.lasting OR {going_on})", going_on=not_ended(name("n"), param("day")))
        tests += [begun(name("n"), param("day")), going_on]
    return clause(
        "MATCH (n:{fact}) USING INDEX n:{fact}(id) WHERE n.id > $q.after AND n.id < $q.before AND {seen} "
        "WITH n ORDER BY n.id LIMIT $q.first RETURN collect({{key: n.id, properties: {properties}}}) AS page",
        fact=name(FACT),
        seen=join(" AND ", tests),
        properties=_properties("n"),
    )


TYPES = clause(
    "MATCH (:{fact})-[r]->(:{fact}) WITH type(r) AS type, count(*) AS number ORDER BY type "
    "RETURN collect([type, number]) AS numbers",
    fact=name(FACT),
)
"""How many relationships of each type there are, hidden ones too. It decides how they are read, and nothing else."""


def ties_after(type_: str, *, by_audience: bool, dated: bool) -> Fragment:
    """Read the first relationships of a type after a key that are visible with both their ends, in the order of their keys.

    With `dated` they were so on `$q.day`; `$q.endings` are the types and pairs of labels of which relationships can end. What
    the ends were on that day is not tested: the reader knows which nodes it has read.
    """
    return clause(
        "MATCH (a:{fact})-[r:{type}]->(b:{fact}) USING INDEX r:{type}(key) WHERE r.key > $q.after AND {seen} "
        "WITH a, r, b ORDER BY r.key LIMIT $q.first "
        "RETURN collect({{key: r.key, start: a.id, end: b.id, properties: {properties}}}) AS page",
        fact=name(FACT),
        properties=_properties("r"),
        type=name(type_),
        seen=_seen(by_audience=by_audience, dated=dated),
    )


def ties_of(*, by_audience: bool, dated: bool) -> Fragment:
    """Read all relationships of the types `$q.types` that are visible with both their ends, in no order; else as `ties_after`.

    To plan a statement for a type takes longer than to look at all relationships once for many types.
    """
    return clause(
        "MATCH (a:{fact})-[r]->(b:{fact}) WHERE type(r) IN $q.types AND {seen} "
        "RETURN collect({{type: type(r), key: r.key, start: a.id, end: b.id, properties: {properties}}}) AS page",
        fact=name(FACT),
        properties=_properties("r"),
        seen=_seen(by_audience=by_audience, dated=dated),
    )


def _seen(*, by_audience: bool, dated: bool) -> Fragment:
    tests = [admitted(name(each), by_audience=by_audience) for each in ("r", "a", "b")]
    if dated:
        going_on = clause(
            "({going_on} OR NOT any(each IN $q.endings WHERE each[0] = type(r) AND each[1] IN labels(a) "
            "AND each[2] IN labels(b)))",
            going_on=not_ended(name("r"), param("day")),
        )
        tests += [begun(name("r"), param("day")), going_on]
    return join(" AND ", tests)


def made_before_use(model: Model, labels: Collection[str]) -> list[Fragment]:
    """Write the statements that make the constraints and indexes of these labels, and of what all facts share."""
    return [statement(rule) for rule in rules(model) if _is_useful(rule, {FACT, *labels})]


def _is_useful(rule: Rule, labels: Collection[str]) -> bool:
    if isinstance(rule, FullText):
        return True
    if isinstance(rule, Unique):
        return rule.of in labels and rule.prop != KEY
    return rule.label in labels

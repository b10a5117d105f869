"""Operators of filters as Cypher. In: an operator, a stored value and an operand. Out: Fragments.

Every expression is total: it never converts, parses or divides a stored value, so it cannot fail on a hidden fact.
"""

from graph.cypher.fragments import Fragment, clause

OPERATORS = {
    "eq": "{a} = {b}",
    "ne": "{a} <> {b}",
    "in": "{a} IN coalesce({b}, [])",
    "notIn": "{a} IS NOT NULL AND NOT {a} IN {b}",
    "lt": "{a} < {b}",
    "lte": "{a} <= {b}",
    "gt": "{a} > {b}",
    "gte": "{a} >= {b}",
    "contains": "{a} CONTAINS {b}",
    "startsWith": "{a} STARTS WITH {b}",
    "endsWith": "{a} ENDS WITH {b}",
    "has": "{b} IN {a}",
}

ORDERED = {"lt": "NOT ({same} OR {beyond})", "lte": "NOT {beyond}", "gt": "{beyond}", "gte": "({same} OR {beyond})"}
"""Comparisons by order where `beyond` says that a text comes after another."""


def compared(operator: str, stored: Fragment, operand: Fragment) -> Fragment:
    """Compare a stored value with an operand."""
    return clause(OPERATORS[operator], a=stored, b=operand)


def compared_by_code_points(operator: str, stored: Fragment, operand: Fragment) -> Fragment:
    """Compare a stored text with an operand in the order of code points.

    Neo4j compares in the order of UTF-16 if no index serves. `operand` is a map: the `text`, and the beginnings of texts
    that UTF-16 puts on its wrong side, `before` and `behind`. `+ ''` keeps an index from comparing, so that all texts are
    compared in one order and corrected alike.
    """
    beyond = clause(
        "(({t} + '' > {v}.text AND none(x IN {v}.before WHERE {t} STARTS WITH x[0] AND {t} + '' >= x[1])) "
        "OR any(x IN {v}.behind WHERE {t} STARTS WITH x[0] AND {t} + '' >= x[1] AND {t} + '' < x[2]))",
        t=stored,
        v=operand,
    )
    return clause(ORDERED[operator], same=clause("{t} = {v}.text", t=stored, v=operand), beyond=beyond)

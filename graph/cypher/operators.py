"""Operators of filters as Cypher. In: an operator, a stored value and an operand. Out: Fragments.

Every expression is total: it never converts, parses or divides a stored value, so it cannot fail on a hidden fact.
"""

from graph.cypher.fragments import Fragment, clause
from schema.language.operators import Operator

OPERATORS = {
    Operator.EQ: "{a} = {b}",
    Operator.NE: "{a} <> {b}",
    Operator.IN: "{a} IN coalesce({b}, [])",
    Operator.NOT_IN: "{a} IS NOT NULL AND NOT {a} IN {b}",
    Operator.LT: "{a} < {b}",
    Operator.LTE: "{a} <= {b}",
    Operator.GT: "{a} > {b}",
    Operator.GTE: "{a} >= {b}",
    Operator.CONTAINS: "{a} CONTAINS {b}",
    Operator.STARTS_WITH: "{a} STARTS WITH {b}",
    Operator.ENDS_WITH: "{a} ENDS WITH {b}",
    Operator.HAS: "{b} IN {a}",
    Operator.HAS_PREFIX: "any(x IN {a} WHERE x STARTS WITH {b})",
    Operator.IS: "{a} CONTAINS {b}",
    Operator.SEARCH: "all(w IN {b} WHERE {a} CONTAINS w)",
    Operator.BEFORE: "{a} < {b}",
    Operator.AFTER: "{a} > {b}",
    Operator.IS_NULL: "({a} IS NULL) = {b}",
}

BY_CODE_POINTS = {
    Operator.LT: "NOT ({same} OR {beyond})",
    Operator.LTE: "NOT {beyond}",
    Operator.GT: "{beyond}",
    Operator.GTE: "({same} OR {beyond})",
}
"""Comparisons by order, if `beyond` says that one text comes after another."""


def compared(operator: Operator, stored: Fragment, operand: Fragment) -> Fragment:
    """Compare a stored value with an operand."""
    return clause(OPERATORS[operator], a=stored, b=operand)


def compared_by_code_points(operator: Operator, stored: Fragment, operand: Fragment) -> Fragment:
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
    return clause(BY_CODE_POINTS[operator], same=clause("{t} = {v}.text", t=stored, v=operand), beyond=beyond)

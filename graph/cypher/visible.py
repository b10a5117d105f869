"""The one predicate of access and dates, over a variable. In: the name of a variable. Out: Fragments, conjuncts of a WHERE.

Whatever reads facts for a viewer uses these: questions, and later events, measures, exports and upserts.
"""

from graph.access.rights import AUDIENCES, OPEN
from graph.cypher.fragments import Fragment, clause, param


def admitted(variable: Fragment, *, by_audience: bool) -> Fragment:
    """Test that the viewer may see a node or relationship.

    The marking is the cheap test and comes first. `by_audience` says whether the viewer has audiences. A relationship is
    visible only if both its ends are visible too: test them as well.
    """
    if not by_audience:
        return clause("{v}.marking <= {open}", v=variable, open=param(OPEN))
    return clause(
        "({v}.marking <= {open} OR {v}.audience IN {audiences})",
        v=variable,
        open=param(OPEN),
        audiences=param(AUDIENCES),
    )


def begun(variable: Fragment, day: Fragment) -> Fragment:
    """Test that a fact had begun on a day. A fact without `since` counts as begun."""
    return clause("({v}.sinceDay IS NULL OR {v}.sinceDay <= {day})", v=variable, day=day)


def not_ended(variable: Fragment, day: Fragment) -> Fragment:
    """Test that a fact had not ended on a day. `untilDay` is the first day on which the fact no longer holds."""
    return clause("({v}.untilDay IS NULL OR {v}.untilDay > {day})", v=variable, day=day)

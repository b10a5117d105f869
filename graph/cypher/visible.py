"""The one predicate of access and dates, over a variable. In: the name of a variable. Out: Fragments, conjuncts of a WHERE.

Whatever reads facts for a viewer uses these: questions, and later events, measures, exports and upserts.
"""

from graph.access.rights import AUDIENCES, AUDIENCES_ALL, OPEN, OPEN_ALL
from graph.cypher.fragments import Fragment, clause, number, param
from schema.language.kinds import Marking, level


def admitted(variable: Fragment, *, by_audience: bool, synthetic: bool = False) -> Fragment:
    """Test that the viewer may see a node or relationship.

    The level is the cheap test and comes first. `by_audience` says whether the viewer has audiences. `synthetic` says whether
    synthetic facts are seen too. A relationship is visible only if both its ends are visible too: test them as well.
    """
    if synthetic:
        return _tested(variable, OPEN_ALL, AUDIENCES_ALL)
    if not by_audience:
        return clause("{v}.level <= {open}", v=variable, open=param(OPEN))
    return _tested(variable, OPEN, AUDIENCES)


def _tested(variable: Fragment, open_: str, audiences: str) -> Fragment:
    return clause(
        "({v}.level <= {open} OR {v}.audience IN {audiences})",
        v=variable,
        open=param(open_),
        audiences=param(audiences),
    )


def synthetic(variable: Fragment) -> Fragment:
    """Test that a visible node or relationship is synthetic."""
    return clause("{v}.level >= {least}", v=variable, least=number(level(Marking.CLEAR, synthetic=True)))


def begun(variable: Fragment, day: Fragment) -> Fragment:
    """Test that a fact had begun on a day. A fact without `since` counts as begun."""
    return clause("({v}.sinceDay IS NULL OR {v}.sinceDay <= {day})", v=variable, day=day)


def not_ended(variable: Fragment, day: Fragment) -> Fragment:
    """Test that a fact had not ended on a day. `untilDay` is the first day on which the fact no longer holds."""
    return clause("({v}.untilDay IS NULL OR {v}.untilDay > {day})", v=variable, day=day)


def certainly_begun(variable: Fragment, day: Fragment) -> Fragment:
    """Test that a fact had begun on a day, whatever day its `since` means."""
    return clause("{v}.sinceLastDay <= {day}", v=variable, day=day)


def certainly_going_on(variable: Fragment, day: Fragment) -> Fragment:
    """Test that a state held on a day, if it had begun: it ended then or later, or was seen then or later."""
    return clause("({v}.untilFirstDay >= {day} OR {v}.lastConfirmedDay >= {day})", v=variable, day=day)


def undated(variable: Fragment) -> Fragment:
    """Test that a fact states no time."""
    return clause("({v}.since IS NULL AND {v}.until IS NULL AND {v}.lastConfirmed IS NULL)", v=variable)

"""What measures of learning read. In: labels, types, columns. Out: Fragments: all that one viewer sees of them, by id.

One statement reads several such parts. A relationship is read only with both its ends. If the viewer sees synthetic facts,
the last column has the ids of what the row makes synthetic: of the node, or of both ends.
"""

from collections.abc import Sequence

from graph.cypher.fragments import EMPTY, Fragment, clause, join, name, number
from graph.cypher.visible import admitted
from graph.cypher.visible import synthetic as made_up

STARTS = Fragment("a.id IN $q.ids AND ")
ENDS = Fragment("b.id IN $q.ids AND ")
THEMSELVES = Fragment("n.id IN $q.ids AND ")
"""Tests that leave only relationships from or to the facts with ids `$q.ids`, or only these facts."""


def nodes(
    label: str, columns: Sequence[str], *, by_audience: bool, synthetic: bool, only: Fragment = EMPTY
) -> Fragment:
    """Read visible nodes in the order of their ids, each as a list: its id, then the columns."""
    n = name("n")
    return clause(
        "MATCH (n:{label}) WHERE {only}{seen} WITH n ORDER BY n.id RETURN collect([n.id{columns}{synthetic}]) AS rows",
        label=name(label),
        only=only,
        seen=admitted(n, by_audience=by_audience, synthetic=synthetic),
        columns=_columns(n, columns),
        synthetic=_made_up(n, synthetic),
    )


def named(columns: Sequence[str], *, by_audience: bool, synthetic: bool) -> Fragment:
    """Read visible facts with ids `$q.ids`, each as a list: its id, and the first of the columns that it has."""
    n = name("n")
    return clause(
        "MATCH (n:Fact) WHERE n.id IN $q.ids AND {seen} RETURN collect([n.id, coalesce(null{columns}){synthetic}]) AS rows",
        seen=admitted(n, by_audience=by_audience, synthetic=synthetic),
        columns=_columns(n, columns),
        synthetic=_made_up(n, synthetic),
    )


def relationships(
    type_: str,
    ends: tuple[Sequence[str], Sequence[str]],
    columns: Sequence[str],
    *,
    by_audience: bool,
    synthetic: bool,
    only: Fragment = EMPTY,
) -> Fragment:
    """Read visible relationships of a type between visible nodes of these labels, by the ids of start, end and relationship.

    Each is a list: the ids of its ends, then the columns.
    """
    a, r, b = (name(variable) for variable in "arb")
    return clause(
        "MATCH (a:{start})-[r:{type}]->(b:{end}) WHERE {only}{seen} WITH a, r, b ORDER BY a.id, b.id, r.id "
        "RETURN collect([a.id, b.id{columns}{synthetic}]) AS rows",
        start=_labels(ends[0]),
        type=name(type_),
        end=_labels(ends[1]),
        only=only,
        seen=join(" AND ", (admitted(each, by_audience=by_audience, synthetic=synthetic) for each in (r, a, b))),
        columns=_columns(r, columns),
        synthetic=_made_up(r, synthetic, a, b),
    )


def together(parts: Sequence[Fragment]) -> Fragment:
    """Read several parts in one statement, which returns their rows as one list."""
    calls = [
        clause("CALL () {{ {part} }} WITH {before}rows AS p{at}", part=part, before=_before(at), at=number(at))
        for at, part in enumerate(parts)
    ]
    rows = join(", ", (clause("p{at}", at=number(at)) for at in range(len(parts))))
    return clause("{calls} RETURN [{rows}] AS parts", calls=join(" ", calls), rows=rows)


def _before(at: int) -> Fragment:
    return join("", (clause("p{at}, ", at=number(earlier)) for earlier in range(at)))


def _columns(variable: Fragment, columns: Sequence[str]) -> Fragment:
    return join("", (clause(", {v}.{column}", v=variable, column=name(column)) for column in columns))


def _made_up(variable: Fragment, synthetic: bool, *nodes: Fragment) -> Fragment:
    """Write the last column, if synthetic facts are seen."""
    if not synthetic:
        return EMPTY
    ids = join(", ", (clause("{n}.id", n=each) for each in nodes or (variable,)))
    return clause(", CASE WHEN {test} THEN [{ids}] ELSE [] END", test=made_up(variable), ids=ids)


def _labels(labels: Sequence[str]) -> Fragment:
    return join("|", (name(label) for label in labels))

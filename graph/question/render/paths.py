"""Paths between two facts. In: a Way. Out: a Fragment: its length, its nodes and its ties, or null where there is none."""

from graph.cypher.fragments import Fragment, clause, join, name, number
from graph.question.plan.columns import OfTie, Way
from graph.question.plan.nodes import TRUE, Param, Seat
from graph.question.render.predicates import node, tie, value
from graph.question.render.rows import Rows, returned
from schema.language.words import MOST_HOPS
from schema.model import FACT

_OF_TIE = {"type": "type({r})", "start": "startNode({r}).id", "end": "endNode({r}).id"}


def way(renderer: Rows, of: Way) -> Fragment:
    """Write a path. What may not be seen is left out while the path is searched; of several, the first by ids is taken."""
    step, here = of.step, name(f"w{of.step.site}")
    shown = clause(
        "[length({w}), COLLECT {{ UNWIND nodes({w}) AS {n} {nodes} }}, "
        "COLLECT {{ UNWIND relationships({w}) AS {r} {ties} }}]",
        w=here,
        n=node(step),
        r=tie(step),
        nodes=returned([of.nodes], step, renderer.row(of.nodes, step), [node(step)]),
        ties=returned([of.ties], step, renderer.row(of.ties, step), [tie(step)]),
    )
    return clause(
        "head(COLLECT {{ {start} {end} "
        "MATCH {w} = ALL SHORTEST ({a}) (()-[{r}:{types}]-({n}){where}){{0,{most}}} ({b}) WHERE length({w}) <= {hops} "
        "WITH {w} ORDER BY [x IN nodes({w}) | x.id], [x IN relationships({w}) | x.id] LIMIT 1 "
        "{row} }})",
        start=_end(renderer, of.start, of.ends[0]),
        end=_end(renderer, of.end, of.ends[1]),
        w=here,
        a=node(of.start),
        b=node(of.end),
        r=tie(step),
        n=node(step),
        types=join("|", [name(type_) for type_ in dict.fromkeys(spec.type for spec in step.through)]),
        where=renderer.predicates.where(step, TRUE),
        hops=value(of.hops),
        row=returned([of.nodes, of.ties], of.start, shown, [here]),
        most=number(MOST_HOPS),
    )


def _end(renderer: Rows, seat: Seat, id_: Param) -> Fragment:
    return clause(
        "MATCH ({n}:{fact} {{id: {id}}}){where}",
        n=node(seat),
        fact=name(FACT),
        id=value(id_),
        where=renderer.predicates.where(seat, TRUE),
    )


def of_tie(column: OfTie, seat: Seat) -> Fragment:
    """Write what a tie of a path says of itself."""
    return clause(_OF_TIE[column.what], r=tie(seat))

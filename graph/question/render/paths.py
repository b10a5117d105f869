"""Shortest paths. In: a ShortestPath. Out: a Fragment for its length, nodes and relationships; null if there is no path."""

from graph.cypher.fragments import Fragment, clause, join, name, number
from graph.question.plan.columns import RelationshipPart, ShortestPath
from graph.question.plan.nodes import TRUE, Param, Site
from graph.question.render.rows import Rows, returned
from graph.question.render.sites import node, relationship, value
from schema.language.words import MOST_HOPS
from schema.model import FACT

_OF_TIE = {"type": "type({r})", "start": "startNode({r}).id", "end": "endNode({r}).id"}


def way(renderer: Rows, of: ShortestPath) -> Fragment:
    """Write a shortest path. Hidden facts are excluded while it is searched. Of equally short paths the first by ids is taken."""
    step, here = of.step, name(f"w{of.step.number}")
    shown = clause(
        "[length({w}), COLLECT {{ UNWIND nodes({w}) AS {n} {nodes} }}, "
        "COLLECT {{ UNWIND relationships({w}) AS {r} {relationships} }}]",
        w=here,
        n=node(step),
        r=relationship(step),
        nodes=returned([of.nodes], step, renderer.row(of.nodes, step), [node(step)]),
        relationships=returned([of.relationships], step, renderer.row(of.relationships, step), [relationship(step)]),
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
        r=relationship(step),
        n=node(step),
        types=join("|", [name(type_) for type_ in dict.fromkeys(spec.type for spec in step.through)]),
        where=renderer.predicates.where(step, TRUE),
        hops=value(of.hops),
        row=returned([of.nodes, of.relationships], of.start, shown, [here]),
        most=number(MOST_HOPS),
    )


def _end(renderer: Rows, site: Site, id_: Param) -> Fragment:
    return clause(
        "MATCH ({n}:{fact} {{id: {id}}}){where}",
        n=node(site),
        fact=name(FACT),
        id=value(id_),
        where=renderer.predicates.where(site, TRUE),
    )


def of_relationship(column: RelationshipPart, site: Site) -> Fragment:
    """Write the type of a path's relationship, or the id of one of its ends."""
    return clause(_OF_TIE[column.what], r=relationship(site))

"""Pairs: other facts of the same label that some chains lead to and others do not. In: chains of fields. Out: facts by id."""

from graph.computed.field import MOST, BoundSite, Computation, Needs, Sites, chain, exists, path, visible
from graph.cypher.fragments import Fragment, clause, join, number
from schema.language.computed import Pairs
from schema.model import Model


class PairsComputation(Computation[Pairs]):
    """Finds the facts at the end of `by`, and tests the other chains against each."""

    def needs(self, model: Model, owner: str) -> Needs:
        """Number `by`, then every other chain."""
        of = self.declared
        chains = [("by", of.by), *(("also", each) for each in of.also), *(("never", each) for each in of.never)]
        return tuple((name, chain(model, owner, fields)) for name, fields in chains)

    def cypher(self, sites: Sites) -> Fragment:
        """Write a list of facts."""
        here, by = sites.here.node, sites.chain("by")
        far = by[-1].node

        def leads(other: tuple[BoundSite, ...]) -> Fragment:
            return exists(here, other, clause("{n} = {far}", n=other[-1].node, far=far))

        tests = [
            *visible(by),
            clause("{far} <> {near}", far=far, near=here),
            *(leads(also) for also in sites.named("also")),
            *(clause("NOT {leads}", leads=leads(never)) for never in sites.named("never")),
        ]
        return clause(
            "COLLECT {{ MATCH {match} WHERE {where} WITH DISTINCT {n} ORDER BY {n}.id LIMIT {most} {row} }}",
            match=path(here, by),
            where=join(" AND ", tests),
            n=far,
            most=number(MOST),
            row=sites.row,
        )

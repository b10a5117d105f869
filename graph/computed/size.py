"""Size: how many members something has on a day. In: chains to members and to stated sizes. Out: certain and possible."""

from math import ceil
from typing import Any

from graph.computed.field import Computation, Needs, Sites, chain, conjunction, path, visible
from graph.cypher.fragments import Fragment, clause, join, name
from schema.language.computed import Size
from schema.model import Model


class SizeComputation(Computation[Size]):
    """Counts members in the statement, and compares with the stated size while the answer is shaped."""

    def needs(self, model: Model, owner: str) -> Needs:
        """Number the members, twice because they are counted twice, and the stated sizes."""
        members, stated = (chain(model, owner, fields) for fields in (self.declared.members, self.declared.stated))
        return (("certain", members), ("possible", members), ("stated", stated))

    def cypher(self, sites: Sites) -> Fragment:
        """Write the number of certain members, that of possible ones, and the latest stated size."""
        here, last = sites.here.node, sites.end("stated")
        certain = [part for site in sites.chain("certain") for part in site.certain()]
        column = clause("{n}.{c}", n=last.node, c=name(self.declared.value))
        stated = [*visible(sites.chain("stated")), last.begun(), clause("{c} IS NOT NULL", c=column)]
        latest = clause(
            "head(COLLECT {{ MATCH {match} WHERE {where} WITH DISTINCT {n} "
            "ORDER BY {n}.sinceLastDay DESC, {column} DESC LIMIT 1 RETURN {column} }})",
            match=path(here, sites.chain("stated")),
            where=join(" AND ", stated),
            n=last.node,
            column=column,
        )
        counts = [_count(sites, "certain", certain), _count(sites, "possible", [])]
        return clause("[{all}]", all=join(", ", [*counts, latest]))

    def value(self, stored: list[Any]) -> dict[str, Any]:
        """Compare: as many as a source states are certain, whoever they are."""
        certain, possible, stated = stored
        least = max(certain, ceil(stated or 0))
        return {"certain": least, "possible": max(possible, least)}


def _count(sites: Sites, role: str, also: list[Fragment]) -> Fragment:
    """Count the facts at the end of a chain, each once."""
    members = sites.chain(role)
    return clause(
        "COUNT {{ MATCH {match} WHERE {where} RETURN DISTINCT {n} }}",
        match=path(sites.here.node, members),
        where=conjunction([*visible(members), *also]),
        n=members[-1].node,
    )

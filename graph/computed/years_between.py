"""YearsBetween: calendar years from some facts to others. In: chains to dates and to stated years. Out: the fewest and the most.

Dates may be uncertain. Most of them name a year alone, so the difference of two years is all that they tell.
"""

from datetime import date
from typing import Any

from graph.computed.field import MOST, BoundSite, Computation, Needs, Sites, chain, path, visible
from graph.cypher.fragments import Fragment, clause, join, name, number
from schema.language.computed import YearsBetween
from schema.language.edtf import parse
from schema.model import Model


class YearsBetweenComputation(Computation[YearsBetween]):
    """Reads dates as texts and counts the years while the answer is shaped."""

    def needs(self, model: Model, owner: str) -> Needs:
        """Number the chains that leave the fact itself."""
        of = self.declared
        chains = (("earlier", of.earlier), ("later", of.later), ("stated", of.stated))
        return tuple((name, chain(model, owner, fields)) for name, fields in chains if fields)

    def cypher(self, sites: Sites) -> Fragment:
        """Write the earlier dates, the later dates, and the years that texts state."""
        lists = [
            *(_dates(sites, role) for role in ("earlier", "later")),
            _values(sites.here.node, sites.chain("stated"), self.declared.years),
        ]
        return clause("[{lists}]", lists=join(", ", lists))

    def value(self, stored: list[list[Any]]) -> dict[str, Any] | None:
        """Count the years between every two dates; without dates, take the years that texts state."""
        earlier, later, stated = stored
        if earlier and later:
            fewest = [_years(parse(one).latest, parse(other).earliest) for one in earlier for other in later]
            most = [_years(parse(one).earliest, parse(other).latest) for one in earlier for other in later]
            return {
                "earliest": None if None in fewest else min(fewest),
                "latest": None if None in most else max(most),
                "stated": False,
            }
        return {"earliest": min(stated), "latest": max(stated), "stated": True} if stated else None


def _dates(sites: Sites, role: str) -> Fragment:
    """Write the dates on which facts began: those at the end of a chain, or of the fact itself."""
    here = sites.here.node
    chains = sites.named(role)
    if chains:
        return _values(here, chains[0], "since")
    return clause("[d IN [{n}.since] WHERE d IS NOT NULL]", n=here)


def _values(here: Fragment, sites: tuple[BoundSite, ...], prop: str) -> Fragment:
    """Collect one property of the facts that a chain leads to."""
    last, column = sites[-1].node, name(prop)
    return clause(
        "COLLECT {{ MATCH {match} WHERE {where} WITH DISTINCT {n} ORDER BY {n}.id LIMIT {most} RETURN {n}.{c} }}",
        match=path(here, sites),
        where=join(" AND ", [*visible(sites), clause("{n}.{c} IS NOT NULL", n=last, c=column)]),
        n=last,
        c=column,
        most=number(MOST),
    )


def _years(earlier: date | None, later: date | None) -> Any:
    """Count calendar years between two days; None if one is open."""
    return None if earlier is None or later is None else later.year - earlier.year

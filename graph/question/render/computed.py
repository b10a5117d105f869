"""Computed fields. In: their columns. Out: Fragments, written by graph/computed over the sites of the plan."""

from dataclasses import dataclass

from graph.computed import computation
from graph.computed.field import Sites
from graph.cypher.fragments import EMPTY, Fragment, clause, name
from graph.cypher.visible import certainly_begun
from graph.question.plan.columns import Computed
from graph.question.plan.nodes import Site
from graph.question.render import sites
from graph.question.render.predicates import Predicates
from graph.question.render.rows import Rows, returned
from schema.model import FACT


@dataclass(frozen=True)
class PlannedSite:
    """A site of the plan with its guard and date. It implements `graph.computed.field.BoundSite`."""

    site: Site
    predicates: Predicates

    @property
    def node(self) -> Fragment:
        """Name the variable of the node."""
        return sites.node(self.site)

    @property
    def relationship(self) -> Fragment:
        """Name the variable of the relationship that leads to the node."""
        return sites.relationship(self.site)

    def variable(self, stem: str) -> Fragment:
        """Name a further variable that no other site uses."""
        return name(f"{stem}{self.site.number}")

    def visible(self) -> list[Fragment]:
        """Write the access and date predicates, and a label test if the site is found by an id."""
        tested = [sites.labelled(self.site)] if self.site.held else []
        return [*tested, *self.predicates.visible(self.site)]

    def certain(self) -> list[Fragment]:
        """Write the predicates by which the relationship and the node certainly hold on the date."""
        return self.predicates.certain(self.site)

    def begun(self) -> Fragment:
        """Test that the node had certainly begun on the date."""
        return certainly_begun(self.node, self.predicates.day(self.site))

    def match(self, start: Fragment) -> Fragment:
        """Write the pattern from a node to this site, or from what holds its id."""
        held = self.site.held
        if held is None:
            return self.predicates.match(self.site, start)
        return clause(
            "({n}:{fact} {{id: {start}.{column}}})",
            n=self.node,
            fact=name(FACT),
            start=start,
            column=name(held.column),
        )


def field(rows: Rows, column: Computed, here: Site) -> Fragment:
    """Write a computed field of the node or relationship at a site."""
    chains = tuple((role, tuple(PlannedSite(site, rows.predicates) for site in chain)) for role, chain in column.chains)
    row = EMPTY
    if column.row is not None:
        row = returned([column.row], column.end, rows.row(column.row, column.end), [sites.node(column.end)])
    return computation(column.declared).cypher(Sites(PlannedSite(here, rows.predicates), chains, row))

"""Rows as seen by the modules that render lists, paths and computed fields: the protocol Rows, and how rows are returned."""

from collections.abc import Sequence
from typing import Protocol

from graph.computed import computation
from graph.cypher.fragments import Fragment, clause, join, name
from graph.question.plan.columns import Aggregate, Column, Computed, Row
from graph.question.plan.nodes import Site
from graph.question.plan.walk import columns
from graph.question.render.predicates import Predicates


class Rows(Protocol):
    """Writes rows and the patterns that lead to their nodes."""

    @property
    def predicates(self) -> Predicates:
        """The predicates of the plan."""

    def row(self, row: Row, site: Site) -> Fragment:
        """Write a row as a list."""

    def match(self, site: Site, near: Site | None) -> Fragment:
        """Write the pattern that leads to a site."""


def returned(rows: Sequence[Row], site: Site, written: Fragment, kept: Sequence[Fragment]) -> Fragment:
    """Write the RETURN of a row.

    If the row aggregates at any depth, the variables that it uses (`kept`) are projected beside it. Neo4j takes an expression
    with an aggregate inside as an aggregation, and refuses variables in it that are no grouping keys.
    """
    if not any(_aggregates(column) for row in rows for column in columns(row)):
        return clause("RETURN {row}", row=written)
    shown = name(f"s{site.number}")
    return clause("WITH {kept}, {row} AS {shown} RETURN {shown}", kept=join(", ", kept), row=written, shown=shown)


def _aggregates(column: Column) -> bool:
    """Whether the expression of a column aggregates."""
    if isinstance(column, Computed):
        return computation(column.declared).aggregates
    return isinstance(column, Aggregate)

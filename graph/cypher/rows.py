"""What the renderer of lists and paths knows of the renderer of rows. In: nothing. Out: the protocol Rows."""

from typing import Protocol

from graph.cypher.fragments import Fragment
from graph.cypher.predicates import Predicates
from graph.plan.columns import Row
from graph.plan.nodes import Seat


class Rows(Protocol):
    """Writes rows and the patterns that lead to their nodes."""

    @property
    def predicates(self) -> Predicates:
        """The predicates of the plan."""

    def row(self, row: Row, seat: Seat) -> Fragment:
        """Write a row as a list."""

    def match(self, seat: Seat, near: Seat | None) -> Fragment:
        """Write the pattern that leads to a seat."""

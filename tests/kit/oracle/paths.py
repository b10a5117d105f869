"""The shortest way between two facts. In: a View, two ids, types of relationships. Out: the facts on the way, or None."""

from collections import deque

from graphql import GraphQLError

from schema.model import model
from tests.kit.oracle.view import Entry, View
from tests.kit.oracle.world import Fact

MOST_HOPS = 6
Way = list[Entry]
"""The facts on a way, each but the first with the relationship that leads to it."""


def shortest_path(view: View, ends: tuple[str, str], through: list[str], max_hops: int | None) -> Way | None:
    """Paths: over types of relationships in whichever direction they point; None if there is no way, or no such end.

    Ways are tried in this order: the shorter first, then by the ids of their facts, then of their relationships. So the
    first that arrives is the one to show, and a fact that a way has reached need not be reached again.
    """
    hops = MOST_HOPS if max_hops is None else max_hops
    if not through or not 1 <= hops <= MOST_HOPS:
        raise GraphQLError(f"through has 1 type or more; maxHops is 1 to {MOST_HOPS}")
    start, end = view.find(ends[0]), view.find(ends[1])
    if start is None or end is None:
        return None
    ways: deque[Way] = deque([[Entry(start)]])
    reached = {start.id}
    while ways:
        way = ways.popleft()
        last = way[-1].fact
        if last is end:
            return way
        if len(way) > hops:
            continue
        for entry in _steps(view, last, through):
            if entry.fact.id not in reached:
                reached.add(entry.fact.id)
                ways.append([*way, entry])
    return None


def _steps(view: View, fact: Fact, through: list[str]) -> list[Entry]:
    """List the visible facts one relationship away, sorted by ids."""
    declarations = [spec.name for spec in model().relationships.values() if spec.type in through]
    return view.visible([pair for name in declarations for pair in view.world.met(fact, name)])

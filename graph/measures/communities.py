"""Groups that are tied more within than between. In: a Network and a seed. Out: communities of the union, and their modularity.

Source: V. Traag, L. Waltman and N. van Eck, From Louvain to Leiden, 2019. By igraph, whose default optimizes something else.
"""

import random
from dataclasses import dataclass

import igraph
from igraph import GraphBase

from graph.measures.network import Network, Rule, once, under

TRIES = 10
"""Runs with different seeds, of which the best is taken."""
GAIN = 1e-12
"""Smallest gain of modularity for which a run goes on; less is error of the sums."""


@dataclass(frozen=True)
class Communities:
    """The community of each person, numbered by size and first person, and the modularity Q of all, -0.5 to 1."""

    of: tuple[int, ...]
    modularity: float


def communities(given: Network, seed: int = 0, tries: int = TRIES) -> Communities | None:
    """Return the communities with the largest modularity of several seeded runs; None if there are no ties."""
    union = under(given, Rule.UNION)
    if not union.ties:
        return None
    runs = [_run(union, seed + at) for at in range(tries)]
    return max(runs, key=lambda each: round(each.modularity, 12))


@once
def _run(union: Network, seed: int) -> Communities:
    """Run Leiden until an iteration gains nothing. igraph 1.0.0 does so itself with -1 iterations, but not always ends."""
    igraph.set_random_number_generator(random.Random(seed))
    found, quality = _iteration(union.graph, None)
    gain = 1.0
    while gain > GAIN:
        before = quality
        found, quality = _iteration(union.graph, found)
        gain = quality - before
    groups: dict[int, list[int]] = {}
    for at, number in enumerate(found):
        groups.setdefault(number, []).append(at)
    members = sorted(groups.values(), key=lambda each: (-len(each), each))
    of = [0] * union.size
    for number, people in enumerate(members):
        for at in people:
            of[at] = number
    return Communities(tuple(of), float(union.graph.modularity(of)))


def _iteration(graph: igraph.Graph, begin: list[int] | None) -> tuple[list[int], float]:
    """Return the community of each person after one iteration of Leiden, and the modularity.

    The base class gives both as numbers: `Graph.community_leiden` makes objects of them and computes the modularity again.
    """
    found: tuple[list[int], float] = GraphBase.community_leiden(
        graph, normalize_resolution=True, initial_membership=begin, n_iterations=1
    )
    return found

"""People between others who are not tied. In: a Network. Out: Burt's constraint and effective size for each person, in order.

Source: R. Burt, Structural Holes, 1992. A tie counts once each way, so that two people who named each other are tied twice as
strongly as two of whom one named the other.
"""

import math
from collections import defaultdict

from graph.measures.network import Network


def constraint(given: Network) -> list[float | None]:
    """Return how far each person's ties lead to people who are tied to each other; None for who has no ties. By igraph."""
    return [None if math.isnan(each) else float(each) for each in given.graph.constraint()]


def effective_size(given: Network) -> list[float | None]:
    """Return the number of each person's neighbours less their redundancy; None for who has no ties.

    Own code: networkx gives other numbers if it is asked for everybody at once in a network that is partly mutual.
    """
    tied: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for start, end in given.ties:
        tied[start][end] += 1
        tied[end][start] += 1
    return [_effective(at, tied) if at in tied else None for at in range(given.size)]


def _effective(ego: int, tied: dict[int, dict[int, int]]) -> float:
    near = tied[ego]
    all_of_it = sum(near.values())
    redundant = 0.0
    for one in near:
        strongest = max(tied[one].values())
        redundant += sum(
            near[other] / all_of_it * tied[one].get(other, 0) / strongest for other in near if other != one
        )
    return len(near) - redundant

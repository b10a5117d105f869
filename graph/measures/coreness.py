"""How near each person is to one centre. In: a Network. Out: a number for each person, and how well they explain the ties.

Sources: S. Borgatti and M. Everett, Models of core/periphery structures, 1999, the continuous model; J. Boyd and others,
Computing continuous core/periphery structures with MINRES/SVD, 2010. Own code: no library has it.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from graph.measures.network import Network, Rule, once, under

ROUNDS, STILL = 10_000, 1e-12
"""Most rounds over all people, and the change of a number below which the search ends."""
NOTHING = 1e-9
"""The largest number that counts as 0."""


@dataclass(frozen=True)
class Coreness:
    """A number c of each person, the largest 1, and the correlation of the ties of the union with the products c_i c_j."""

    of: tuple[float, ...]
    fit: float


@once
def coreness(given: Network) -> Coreness | None:
    """Return the numbers whose products are nearest to the ties of pairs, by least squares (MINRES); None if all pairs are alike.

    The largest correlation itself would be no good criterion: numbers that are all nearly alike may reach it. If several parts
    explain the ties equally well, the centre is in one of them.
    """
    union = under(given, Rule.UNION)
    pairs = union.size * (union.size - 1) // 2
    if not 0 < len(union.ties) < pairs:
        return None
    near = union.graph.get_adjlist()
    hub = max(range(union.size), key=lambda at: len(near[at]))
    if len(near[hub]) == len(union.ties) > 1:
        # No numbers are the best for a star: the nearer to 0 all others are beside the hub, the better.
        return Coreness(tuple(float(at == hub) for at in range(union.size)), 1.0)
    c = [float(len(each)) for each in near]
    scale = math.sqrt(2 * len(union.ties)) / sum(c)
    c = [each * scale for each in c]
    for _ in range(ROUNDS):
        if _moved(c, near) < STILL:
            break
    top = max(c)
    shown = tuple(each / top for each in c)
    if sum(each > NOTHING for each in shown) == 2:
        # Of two people only the product counts, so neither is nearer.
        shown = tuple(float(each > NOTHING) for each in shown)
    return Coreness(shown, _fit(shown, union, pairs))


def _moved(c: list[float], near: Sequence[Sequence[int]]) -> float:
    """Set each number to the best while the others stay; return the largest change."""
    squares, most = sum(each**2 for each in c), 0.0
    for at, neighbours in enumerate(near):
        rest = squares - c[at] ** 2
        best = sum(c[other] for other in neighbours) / rest if rest > 0 else 0.0
        most = max(most, abs(best - c[at]))
        squares, c[at] = rest + best**2, best
    return most


def _fit(c: Sequence[float], union: Network, pairs: int) -> float:
    """Return the correlation over pairs, by sums of powers."""
    first, second, fourth = (sum(each**power for each in c) for power in (1, 2, 4))
    products, squares = (first**2 - second) / 2, (second**2 - fourth) / 2
    tied, ties = sum(c[a] * c[b] for a, b in union.ties), len(union.ties)
    spread = (pairs * ties - ties**2) * (pairs * squares - products**2)
    return (pairs * tied - ties * products) / math.sqrt(spread) if spread > 0 else 0.0

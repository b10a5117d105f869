"""Krackhardt's four measures of an informal organization. In: a Network with direction. Out: four numbers, each 0 to 1.

All four are 1 only for a tree whose ties lead from the top down. Source: D. Krackhardt, Graph theoretical dimensions of informal
organizations, 1994; the forms of UCINET. Own code: no library has them.
"""

from collections import Counter
from dataclasses import dataclass

from graph.measures.network import Network

Reach = list[int]
"""For each person the people whom he reaches, or who reach him, himself too, as the bits of a number."""


@dataclass(frozen=True)
class Krackhardt:
    """Connectedness, hierarchy, efficiency and least upper boundedness; None where there is nothing to divide by."""

    connectedness: float | None
    hierarchy: float | None
    efficiency: float | None
    least_upper_bounds: float | None


def krackhardt(given: Network) -> Krackhardt:
    """Return the four measures."""
    components = [sorted(each) for each in given.graph.connected_components(mode="weak")]
    reach, by = _reach(given, "out"), _reach(given, "in")
    return Krackhardt(
        connectedness(given), _hierarchy(reach, by), _efficiency(given, components), _upper_bounds(by, components)
    )


def connectedness(given: Network) -> float | None:
    """Return the share of pairs of people that are in one weak component."""
    pairs = given.size * (given.size - 1)
    sizes = given.graph.connected_components(mode="weak").sizes()
    return sum(size * (size - 1) for size in sizes) / pairs if pairs else None


def _hierarchy(reach: Reach, by: Reach) -> float | None:
    """Return the share of pairs with a path that have none back."""
    either = sum((reach[at] | by[at]).bit_count() - 1 for at in range(len(reach)))
    both = sum((reach[at] & by[at]).bit_count() - 1 for at in range(len(reach)))
    return 1 - both / either if either else None


def _efficiency(given: Network, components: list[list[int]]) -> float | None:
    """Return 1 less the share of ties beyond those that hold each component together."""
    most = sum(len(each) * (len(each) - 1) - (len(each) - 1) for each in components)
    spare = len(given.ties) - sum(len(each) - 1 for each in components)
    return 1 - spare / most if most else None


def _upper_bounds(by: Reach, components: list[list[int]]) -> float | None:
    """Return the share of pairs of a component that have a least upper bound: one above both, below all others above both."""
    without = most = 0
    for people in components:
        most += (len(people) - 1) * (len(people) - 2) // 2
        # Many are below the same people: what holds for one of them holds for all.
        alike = list(Counter(by[at] for at in people).items())
        for at, (one, count) in enumerate(alike):
            without += 0 if _is_bounded(by, one) else count * (count - 1) // 2
            without += count * sum(many for other, many in alike[at + 1 :] if not _is_bounded(by, one & other))
    return 1 - without / most if most else None


def _is_bounded(by: Reach, above: int) -> bool:
    """Whether one of the people above a pair is reached by all of them."""
    rest = above
    while rest:
        lowest = (rest & -rest).bit_length() - 1
        if above & ~by[lowest] == 0:
            return True
        # Whoever is below this one may be the least; those above him are not.
        rest &= ~(1 << lowest)
    return False


def _reach(given: Network, mode: str) -> Reach:
    """Return whom each person reaches, or with `in` who reaches each; people who reach each other have the same."""
    reach = [0] * given.size
    for people in given.graph.connected_components(mode="strong"):
        bits = sum(1 << other for other in given.graph.subcomponent(people[0], mode=mode))
        for at in people:
            reach[at] = bits
    return reach

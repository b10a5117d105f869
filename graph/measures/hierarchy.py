"""Krackhardt's four measures of an informal organization. In: a Network with direction. Out: four numbers, each 0 to 1.

All four are 1 only for a tree whose ties lead from the top down. Source: D. Krackhardt, Graph theoretical dimensions of informal
organizations, 1994; the forms of UCINET. Own code: no library has them.
"""

from dataclasses import dataclass

from graph.measures.network import Network

Reach = list[int]
"""For each person the people whom he reaches, himself too, as the bits of a number."""


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
    reach = _reach(given)
    return Krackhardt(
        connectedness(given), _hierarchy(reach), _efficiency(given, components), _upper_bounds(reach, components)
    )


def connectedness(given: Network) -> float | None:
    """Return the share of pairs of people that are in one weak component."""
    pairs = given.size * (given.size - 1)
    sizes = given.graph.connected_components(mode="weak").sizes()
    return sum(size * (size - 1) for size in sizes) / pairs if pairs else None


def _hierarchy(reach: Reach) -> float | None:
    """Return the share of pairs with a path that have none back."""
    by = _reached_by(reach)
    either = sum((reach[at] | by[at]).bit_count() - 1 for at in range(len(reach)))
    both = sum((reach[at] & by[at]).bit_count() - 1 for at in range(len(reach)))
    return 1 - both / either if either else None


def _efficiency(given: Network, components: list[list[int]]) -> float | None:
    """Return 1 less the share of ties beyond those that hold each component together."""
    most = sum(len(each) * (len(each) - 1) - (len(each) - 1) for each in components)
    spare = len(given.ties) - sum(len(each) - 1 for each in components)
    return 1 - spare / most if most else None


def _upper_bounds(reach: Reach, components: list[list[int]]) -> float | None:
    """Return the share of pairs of a component that have a least upper bound: one above both, below all others above both."""
    by, without, most = _reached_by(reach), 0, 0
    for people in components:
        most += (len(people) - 1) * (len(people) - 2) // 2
        for at, one in enumerate(people):
            without += sum(not _is_bounded(by, by[one] & by[other]) for other in people[at + 1 :])
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


def _reach(given: Network) -> Reach:
    mode = "out"
    return [sum(1 << other for other in given.graph.subcomponent(at, mode=mode)) for at in range(given.size)]


def _reached_by(reach: Reach) -> Reach:
    by = [0] * len(reach)
    for at, bits in enumerate(reach):
        while bits:
            low = bits & -bits
            by[low.bit_length() - 1] |= 1 << at
            bits ^= low
    return by

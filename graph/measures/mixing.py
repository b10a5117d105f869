"""Whether ties stay within groups. In: a Network and the group of each person. Out: the E-I index and assortativity.

People without a group and their ties are left out, and counted.
"""

import math
import random
import sys
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count, islice

from graph.measures.network import Network

Groups = Sequence[str | None]
"""The group of each person, in the order of the people."""


@dataclass(frozen=True)
class Mixing:
    """Ties between groups and within them. `index` is (external - internal) / all, -1 (silos) to 1 (only ties between groups).

    Source: D. Krackhardt and R. Stern, Informal networks and organizational crises, 1988. It depends on the sizes of groups.
    """

    external: int
    internal: int
    index: float | None
    left_out: int


def e_i_index(given: Network, groups: Groups) -> Mixing:
    """Count the ties as they are stated, without strength."""
    known = [(groups[start], groups[end]) for start, end in given.ties if groups[start] and groups[end]]
    internal = sum(start == end for start, end in known)
    external = len(known) - internal
    index = (external - internal) / len(known) if known else None
    return Mixing(external, internal, index, len(given.ties) - len(known))


PERMUTATIONS, MOST_STEPS = 1_000, 5_000_000
"""Random orders of the groups, and the most ties that are looked at in all of them together."""
LEAST_PERMUTATIONS = 100
MOST_DEALT, LEAST_TOGETHER = 2_000_000, 16
"""Groups of people that are in memory, over all orders that are counted together; the fewest of these orders."""
LANE = "I"
"""The type of an array in which the number of a group, or a count of ties, takes less than all bits."""


@dataclass(frozen=True)
class ByChance:
    """The E-I index if the groups are dealt to the people at random: its mean, and how often it is as far from it as given.

    The given order counts as one of them: (as far + 1) / (permutations + 1).
    """

    mean: float
    p_value: float
    permutations: int


def e_i_by_chance(given: Network, groups: Groups, seed: int = 0) -> ByChance | None:
    """Deal the groups to the people at random many times (the test of UCINET). None if the index is not defined."""
    people = [at for at, group in enumerate(groups) if group]
    place = {at: number for number, at in enumerate(people)}
    ties = [(place[a], place[b]) for a, b in given.ties if a in place and b in place]
    if not ties:
        return None
    number = {group: at for at, group in enumerate(dict.fromkeys(groups[at] for at in people))}
    dealt = [number[groups[at]] for at in people]
    own = sum(dealt[a] != dealt[b] for a, b in ties)
    rounds = max(LEAST_PERMUTATIONS, min(PERMUTATIONS, MOST_STEPS // len(ties)))
    found, together = list[int](), max(LEAST_TOGETHER, MOST_DEALT // len(people))
    orders = _shuffled(dealt, random.Random(seed))
    while len(found) < rounds:
        found += _external(ties, list(islice(orders, min(together, rounds - len(found)))))
    mean = sum(found) / rounds
    as_far = sum(abs(each - mean) >= abs(own - mean) - 1e-9 for each in found)
    return ByChance(2 * mean / len(ties) - 1, (as_far + 1) / (rounds + 1), rounds)


def _shuffled(dealt: list[int], chance: random.Random) -> Iterator["array[int]"]:
    """Yield random orders for ever, each one of the order before: as `chance.shuffle` gives them, in a third of its time."""
    drawn = chance.getrandbits
    places = [(at, (at + 1).bit_length()) for at in range(len(dealt) - 1, 0, -1)]
    while True:
        for at, bits in places:
            other = drawn(bits)
            while other > at:
                other = drawn(bits)
            dealt[at], dealt[other] = dealt[other], dealt[at]
        yield array(LANE, dealt)


def _external(ties: Iterable[tuple[int, int]], orders: Sequence["array[int]"]) -> list[int]:
    """Count the ties between two groups in each of several orders.

    The groups of a person in all orders are the digits of one long number, so that each tie is looked at once.
    """
    people, dealt = len(orders[0]), array(LANE)
    for each in orders:
        dealt += each
    groups = [int.from_bytes(dealt[at::people].tobytes(), sys.byteorder) for at in range(people)]
    ones = int.from_bytes(array(LANE, [1] * len(orders)).tobytes(), sys.byteorder)
    digit = 8 * dealt.itemsize - 1
    full, differ, counts = ones * ((1 << digit) - 1), ones << digit, 0
    for a, b in ties:
        counts += (((groups[a] ^ groups[b]) + full) & differ) >> digit
    return array(LANE, counts.to_bytes(dealt.itemsize * len(orders), sys.byteorder)).tolist()


def rescaled(given: Network, groups: Groups) -> float | None:
    """Return the E-I index between its smallest and largest value for groups of these sizes and so many ties, -1 to 1."""
    mixing, sizes = e_i_index(given, groups), Counter(group for group in groups if group)
    ties, n = mixing.external + mixing.internal, sum(sizes.values())
    each = 1 if given.directed else 2
    within = sum(size * (size - 1) for size in sizes.values()) // each
    between = n * (n - 1) // each - within
    least, most = ties - min(ties, within), min(ties, between)
    return 2 * (mixing.external - least) / (most - least) - 1 if most > least else None


def assortativity(given: Network, groups: Groups) -> float | None:
    """Return Newman's coefficient for groups (2003), -1 to 1; None if all ties are within one group. By igraph."""
    number: dict[str | None, int] = defaultdict(count().__next__)
    types, graph = list(map(number.__getitem__, groups)), given.graph
    if None in number or "" in number:
        known = [at for at, group in enumerate(groups) if group]
        types, graph = [types[at] for at in known], graph.induced_subgraph(known)
    value = graph.assortativity_nominal(types, directed=given.directed)
    return None if math.isnan(value) else float(value)

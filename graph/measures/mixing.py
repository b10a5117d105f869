"""Whether ties stay within groups. In: a Network and the group of each person. Out: the E-I index and assortativity.

People without a group and their ties are left out, and counted.
"""

import math
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from operator import ne

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


@dataclass(frozen=True)
class ByChance:
    """The E-I index if the groups are dealt to the people at random: its mean, and how often it is as far from it as given."""

    mean: float
    p_value: float


def e_i_by_chance(given: Network, groups: Groups, seed: int = 0) -> ByChance | None:
    """Deal the groups to the people at random many times (the test of UCINET). None if the index is not defined."""
    people = [at for at, group in enumerate(groups) if group]
    place = {at: number for number, at in enumerate(people)}
    ties = [(place[a], place[b]) for a, b in given.ties if a in place and b in place]
    dealt = [groups[at] for at in people]
    if not ties:
        return None
    chance, found = random.Random(seed), list[int]()
    starts, ends = [a for a, _ in ties], [b for _, b in ties]

    def external() -> int:
        return sum(map(ne, map(dealt.__getitem__, starts), map(dealt.__getitem__, ends)))

    own = external()
    count = max(LEAST_PERMUTATIONS, min(PERMUTATIONS, MOST_STEPS // len(ties)))
    for _ in range(count):
        chance.shuffle(dealt)
        found.append(external())
    mean = sum(found) / count
    as_far = sum(abs(each - mean) >= abs(own - mean) - 1e-9 for each in found)
    return ByChance(2 * mean / len(ties) - 1, (as_far + 1) / (count + 1))


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
    known = [at for at, group in enumerate(groups) if group]
    number = {group: at for at, group in enumerate(sorted({group for group in groups if group}))}
    graph = given.graph if len(known) == given.size else given.graph.induced_subgraph(known)
    types = [number[group] for group in groups if group]
    value = graph.assortativity_nominal(types, directed=given.directed)
    return None if math.isnan(value) else float(value)

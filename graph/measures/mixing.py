"""Whether ties stay within groups. In: a Network and the group of each person. Out: the E-I index and assortativity.

People without a group and their ties are left out, and counted.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

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


def assortativity(given: Network, groups: Groups) -> float | None:
    """Return Newman's coefficient for groups (2003), -1 to 1; None if all ties are within one group. By igraph."""
    people = [at for at, group in enumerate(groups) if group]
    number = {group: at for at, group in enumerate(sorted(Counter(groups[at] for at in people)))}
    graph = given.graph.induced_subgraph(people)
    value = graph.assortativity_nominal([number[groups[at]] for at in people], directed=given.directed)
    return None if math.isnan(value) else float(value)

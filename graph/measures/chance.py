"""What chance alone would give. In: a Network and a seed. Out: random networks like it, and what is beyond them."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

import igraph

from graph.measures.cohesion import mean_clustering
from graph.measures.communities import communities
from graph.measures.distance import distances
from graph.measures.network import Network, Rule, Ties, once, under

SWAPS = 10
"""Tries to swap the ends of two ties, for each tie, in a random network with the same numbers of ties of people."""
TRIES = 3
"""Runs of the search for communities, here and in each random network."""
REFERENCES = 8
"""Random networks with which one is compared."""
KEPT_TIES = 10_000
"""Ties of a network up to which random ones like it are kept."""


@dataclass(frozen=True)
class Beyond:
    """A value, its mean over random networks, and the smallest and largest of these."""

    value: float
    by_chance: float
    least: float
    most: float

    @property
    def excess(self) -> float:
        """Return what is beyond the mean of chance."""
        return self.value - self.by_chance


def rewired(given: Network, seed: int, count: int = REFERENCES) -> Iterator[Network]:
    """Yield random networks in which everybody has as many ties as in the union (Maslov and Sneppen 2002). By igraph."""
    union = under(given, Rule.UNION)
    make = _once_rewired if len(union.ties) <= KEPT_TIES else _rewired
    for at in range(count):
        yield make(union, seed + at)


def _rewired(union: Network, seed: int) -> Network:
    igraph.set_random_number_generator(random.Random(seed))
    graph = union.graph.copy()
    graph.rewire(n=SWAPS * len(union.ties))
    ties = sorted((min(edge), max(edge)) for edge in graph.get_edgelist())
    return Network(union.people, Ties.of(ties), directed=False)


@once
def _once_rewired(union: Network, seed: int) -> Network:
    return _rewired(union, seed)


def modularity_beyond_chance(given: Network, seed: int = 0) -> Beyond | None:
    """Return the modularity of communities beside that of random networks, which have communities by chance too.

    Both are the best of equally many runs. The random networks are the same for all seeds: `least` and `most` say how far
    chance goes apart, the seeds how far the search does.
    """
    found = communities(given, seed, TRIES)
    if found is None:
        return None
    others = _modularity_by_chance(under(given, Rule.UNION))
    return Beyond(found.modularity, sum(others) / len(others), min(others), max(others))


@once
def _modularity_by_chance(union: Network) -> list[float]:
    found = [communities(each, 0, TRIES) for each in rewired(union, 0)]
    return [each.modularity for each in found if each]


def small_world(given: Network, seed: int = 0) -> float | None:
    """Return sigma (Humphries and Gurney 2008): clustering beside chance, by mean distance beside chance; above 1 is small.

    Clustering is the mean of people's; distances are means over the pairs with a path. None if a part of it is not defined.
    """
    clustering, distance = _both(given)
    others = [_both(each) for each in rewired(given, seed)]
    by_chance = [sum(each[part] or 0.0 for each in others) / len(others) for part in (0, 1)]
    if not clustering or not distance or not by_chance[0] or not by_chance[1]:
        return None
    return (clustering / by_chance[0]) / (distance / by_chance[1])


def _both(given: Network) -> tuple[float | None, float | None]:
    union = under(given, Rule.UNION)
    return mean_clustering(union), distances(union).mean

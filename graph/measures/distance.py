"""How far people are from each other. In: a Network, with direction or without. Out: numbers over pairs of people."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import igraph

from graph.measures.network import Network


@dataclass(frozen=True)
class Distances:
    """Shortest paths: their mean length and the longest, over the ordered pairs with a path; the numbers of pairs."""

    mean: float | None
    longest: int | None
    reached: int
    not_reached: int


def distances(given: Network) -> Distances:
    """Measure the shortest paths between all people (Wasserman and Faust 1994). Pairs without a path are counted apart."""
    counts = _lengths(given.graph)
    reached, pairs = sum(counts.values()), given.size * (given.size - 1)
    if not reached:
        return Distances(None, None, 0, pairs)
    mean = sum(steps * count for steps, count in counts.items()) / reached
    return Distances(mean, max(counts), reached, pairs - reached)


def global_efficiency(given: Network) -> float | None:
    """Return the mean of 1 / distance over ordered pairs, 0 to 1; without a path it is 0 (Latora and Marchiori 2001)."""
    return efficiency(given.graph)


def local_efficiency(given: Network) -> float | None:
    """Return the mean over people of the efficiency among their neighbours, 0 to 1 (Latora and Marchiori 2001).

    People with fewer than two neighbours count as 0.
    """
    if not given.size:
        return None
    around = (efficiency(given.graph.induced_subgraph(set(given.graph.neighbors(at)))) for at in range(given.size))
    return sum(each or 0.0 for each in around) / given.size


def efficiency(graph: igraph.Graph) -> float | None:
    """Return the mean of 1 / distance over ordered pairs of a graph; None for fewer than two people."""
    size: int = graph.vcount()
    if size < 2:
        return None
    return sum(count / steps for steps, count in _lengths(graph).items()) / (size * (size - 1))


def _lengths(graph: igraph.Graph) -> dict[int, int]:
    """Return how many ordered pairs have a shortest path of so many steps. By igraph."""
    each = 1 if graph.is_directed() else 2
    return {int(steps): each * int(count) for steps, _, count in graph.path_length_hist().bins() if count}


def group_betweenness(given: Network, people: Collection[int]) -> float | None:
    """Return the share of shortest paths between two others that go through a group, 0 to 1, in the mean over the pairs.

    Pairs without a path count as 0. Source: M. Everett and S. Borgatti, The centrality of groups and classes, 1999. Own
    code: igraph does not have it. The paths through the group are all paths less those that avoid it.
    """
    others = [at for at in range(given.size) if at not in people]
    if not people or len(others) < 2:
        return None
    near = given.graph.get_adjlist(mode="out")
    total = 0.0
    for start in others:
        every, avoiding = _paths(near, start, frozenset()), _paths(near, start, frozenset(people))
        for end in others:
            if end != start and end in every:
                steps, count = every[end]
                around, fewer = avoiding.get(end, (0, 0))
                total += 1 - (fewer / count if around == steps else 0)
    return total / (len(others) * (len(others) - 1))


def _paths(near: Sequence[Sequence[int]], start: int, closed: Collection[int]) -> dict[int, tuple[int, int]]:
    """Return, for each person who is reached without those closed, the steps and the number of shortest paths."""
    found, front = {start: (0, 1)}, [start]
    steps = 0
    while front:
        steps += 1
        following: dict[int, int] = {}
        for at in front:
            for end in near[at]:
                if end not in found and end not in closed:
                    following[end] = following.get(end, 0) + found[at][1]
        found |= {end: (steps, count) for end, count in following.items()}
        front = list(following)
    return found

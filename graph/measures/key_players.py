"""Who holds a network together, who reaches it fastest. In: a Network. Out: sets of people with their measures.
Source: S. Borgatti, Identifying sets of key players in a social network, 2006. Both are of the union.
Own code: no library has them.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from itertools import combinations
from math import comb

import igraph

from graph.measures.distance import efficiency
from graph.measures.network import Network, Rule, Ties, under

EXACT = 20_000
"""Sets of people up to which every one is tried; beyond, people are chosen one after the other."""


@dataclass(frozen=True)
class Players:
    """People, as numbers, and their measure; `exact` if all sets of so many were tried."""

    people: tuple[int, ...]
    value: float
    exact: bool


def fragmentation(given: Network, removed: Collection[int] = ()) -> float | None:
    """Return the share of pairs of the people who remain that no path joins, 0 to 1."""
    rest = _graph_without(given, removed)
    pairs = rest.vcount() * (rest.vcount() - 1)
    sizes = rest.connected_components(mode="weak").sizes()
    return 1 - sum(size * (size - 1) for size in sizes) / pairs if pairs else None


def distance_fragmentation(given: Network, removed: Collection[int] = ()) -> float | None:
    """Return 1 less the mean of 1 / distance over the pairs of the people who remain, 0 to 1."""
    found = efficiency(_graph_without(under(given, Rule.UNION), removed))
    return None if found is None else 1 - found


def reach(given: Network, people: Collection[int]) -> float | None:
    """Return the mean over all people of 1 / distance to the nearest of a set; its own count as 1."""
    union = under(given, Rule.UNION)
    if not people or not union.size:
        return None
    nearest = [min(column) for column in zip(*union.graph.distances(source=sorted(people)), strict=True)]
    return sum(1 / each if each else 1.0 for each in nearest) / union.size


def breakers(given: Network, count: int, *, by_distance: bool = False) -> Players:
    """Return the people without whom most pairs would have no path, or with distances, would be farthest from each other."""
    measure = distance_fragmentation if by_distance else fragmentation
    return _best(given, count, lambda people: measure(given, people) or 0.0)


def spreaders(given: Network, count: int) -> Players:
    """Return the people who are nearest to all."""
    return _best(given, count, lambda people: reach(given, people) or 0.0)


def without(given: Network, removed: Collection[int]) -> Network:
    """Return the network of the others."""
    if not removed:
        return given
    left = [at for at in range(given.size) if at not in removed]
    number = {at: new for new, at in enumerate(left)}
    ties = [(number[a], number[b]) for a, b in given.ties if a in number and b in number]
    return Network(tuple(given.people[at] for at in left), Ties.of(ties), given.directed)


def _graph_without(given: Network, removed: Collection[int]) -> igraph.Graph:
    graph = given.graph
    if removed:
        graph = graph.copy()
        graph.delete_vertices(list(removed))
    return graph


def _best(given: Network, count: int, measure: Callable[[tuple[int, ...]], float]) -> Players:
    if comb(given.size, count) <= EXACT:
        best = _first(combinations(range(given.size), count), measure)
        return Players(best, measure(best), exact=True)
    chosen: tuple[int, ...] = ()
    for _ in range(count):
        others = (at for at in range(given.size) if at not in chosen)
        chosen = _first(((*chosen, at) for at in others), measure)
    return Players(tuple(sorted(chosen)), measure(chosen), exact=False)


def _first(sets: Iterable[tuple[int, ...]], measure: Callable[[tuple[int, ...]], float]) -> tuple[int, ...]:
    """Return the first set with the largest measure; sums of fractions may differ in the last digit."""
    return max(sets, key=lambda people: round(measure(people), 12))

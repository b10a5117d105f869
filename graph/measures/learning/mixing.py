"""Whether cities visit their like. In: an Exchange and the group of each city. Out: Mixing: who visits whom by group.

Groups are sizes, or incomes of countries, or continents. Legs of cities without a group are left out, and counted.
"""

import math
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.measures.learning.basis import Basis, basis
from graph.measures.learning.exchange import Exchange

SHUFFLES = 999
"""Random exchanges of groups between cities, with which the index is compared."""


@dataclass(frozen=True)
class Beside:
    """The E-I index beside what it is if groups are dealt to the cities at random: the mean, and the share of random values

    that are at most as high (0 to 1). A small share: cities keep to their like more than chance would have it.
    """

    mean: float
    at_most: float
    shuffles: int


@dataclass(frozen=True)
class Mixing:
    """Counts from the group of the visitor (row) to the group of the host (column), in the order of `groups`.

    `index` is (external - internal) / all, -1 to 1 (D. Krackhardt and R. Stern, 1988). `assortativity` is Newman's coefficient
    for groups (2003), directed, at most 1; by igraph. Both depend on the sizes of groups. None where not defined.
    """

    groups: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    internal: int
    external: int
    index: float | None
    assortativity: float | None
    by_chance: Beside | None
    basis: Basis


def mixing(
    of: Exchange,
    groups: Mapping[str, str | None],
    *,
    seed: int = 0,
    shuffles: int = SHUFFLES,
    without: str = "of a city without a group",
) -> Mixing:
    """Return how groups mix, by journeys; a city that `groups` does not name has none, and `without` says why."""
    arcs = {(leg.visitor, leg.host): leg.visits for leg in of.legs}
    known = {pair: count for pair, count in arcs.items() if groups.get(pair[0]) and groups.get(pair[1])}
    cities = sorted({city for pair in known for city in pair})
    names = sorted({str(groups[city]) for city in cities})
    number = {name: at for at, name in enumerate(names)}
    group = {city: number[str(groups[city])] for city in cities}
    cells = Counter[tuple[int, int]]()
    for (visitor, host), count in known.items():
        cells[group[visitor], group[host]] += count
    every, internal = sum(known.values()), sum(cells[at, at] for at in range(len(names)))
    missing = Counter({without: sum(arcs.values()) - every})
    return Mixing(
        tuple(names),
        tuple(tuple(cells[row, column] for column in range(len(names))) for row in range(len(names))),
        internal,
        every - internal,
        _index(internal, every),
        _assortativity(known, cities, group),
        _by_chance(known, [group[city] for city in cities], cities, seed=seed, shuffles=shuffles),
        basis(every, missing),
    )


def _index(internal: int, every: int) -> float | None:
    return (every - 2 * internal) / every if every else None


def _assortativity(
    arcs: Mapping[tuple[str, str], int], cities: Sequence[str], group: Mapping[str, int]
) -> float | None:
    import igraph  # here, because it takes long

    number = {city: at for at, city in enumerate(cities)}
    edges = [(number[visitor], number[host]) for (visitor, host), count in sorted(arcs.items()) for _ in range(count)]
    graph = igraph.Graph(len(cities), edges, directed=True)
    value = graph.assortativity_nominal([group[city] for city in cities], directed=True) if edges else math.nan
    return None if math.isnan(value) else float(value)


def _by_chance(
    arcs: Mapping[tuple[str, str], int], groups: Sequence[int], cities: Sequence[str], *, seed: int, shuffles: int
) -> Beside | None:
    """Deal the groups to the cities at random, so that each city keeps its journeys and each group its size."""
    if len(set(groups)) < 2 or not shuffles:
        return None
    number = {city: at for at, city in enumerate(cities)}
    legs = [(number[visitor], number[host], count) for (visitor, host), count in sorted(arcs.items())]
    chance = random.Random(seed)
    every, dealt, found = sum(arcs.values()), list(groups), list[int]()
    for _ in range(shuffles):
        chance.shuffle(dealt)
        found.append(sum(count for visitor, host, count in legs if dealt[visitor] == dealt[host]))
    here = sum(count for visitor, host, count in legs if groups[visitor] == groups[host])
    as_low = sum(internal >= here for internal in found)
    return Beside(sum((every - 2 * each) / every for each in found) / shuffles, (as_low + 1) / (shuffles + 1), shuffles)

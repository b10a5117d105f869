"""The shape of a cloud of trust in one word. In: a Network, thresholds and seeds. Out: a signature and the values that decided.

The thresholds are ours: nobody has published any. They were chosen on synthetic networks.
"""

import enum
from dataclasses import dataclass

from graph.measures.chance import TRIES, Beyond, modularity_beyond_chance
from graph.measures.communities import communities
from graph.measures.core import core
from graph.measures.network import Network, Rule, under

SEEDS = 5
"""Seeds whose values are compared."""
SMALLEST = 3
"""People of the smallest community that counts."""


class Shape(enum.Enum):
    """The shapes. None is better than another."""

    SINGLE_TIGHT_CLUSTER = "One cluster with nearly everybody in it."
    CLUSTER_OF_LOOSE_TIES = "Several clusters with few ties between them."
    MIXED = "Neither of the two."


@dataclass(frozen=True)
class Thresholds:
    """What decides. A tight cluster has the first three, loose ties have the last two."""

    largest_share: float = 0.9
    most_excess: float = 0.05
    least_fit: float = 0.4
    least_excess: float = 0.2
    least_communities: int = 4


@dataclass(frozen=True)
class Values:
    """What a shape is decided by: of the union, for one seed."""

    largest_share: float
    modularity: Beyond
    core_fit: float | None
    communities: int


@dataclass(frozen=True)
class Signature:
    """The shape of the first seed, the values of each seed, and whether all seeds give the same shape."""

    shape: Shape
    values: tuple[Values, ...]
    thresholds: Thresholds
    stable: bool


def signature(given: Network, thresholds: Thresholds | None = None, seeds: int = SEEDS) -> Signature | None:
    """Return the signature; None if there are no ties."""
    limits = thresholds or Thresholds()
    every = [_values(given, 1_000 * seed) for seed in range(seeds)]
    known = tuple(each for each in every if each is not None)
    if not known:
        return None
    shapes = [shape(each, limits) for each in known]
    return Signature(shapes[0], known, limits, len(set(shapes)) == 1)


def shape(values: Values, limits: Thresholds) -> Shape:
    """Apply the rule to values."""
    excess = values.modularity.excess
    if (
        values.largest_share >= limits.largest_share
        and excess < limits.most_excess
        and (values.core_fit or 0.0) >= limits.least_fit
    ):
        return Shape.SINGLE_TIGHT_CLUSTER
    if excess >= limits.least_excess and values.communities >= limits.least_communities:
        return Shape.CLUSTER_OF_LOOSE_TIES
    return Shape.MIXED


def _values(given: Network, seed: int) -> Values | None:
    union = under(given, Rule.UNION)
    modularity, found = modularity_beyond_chance(union, seed), communities(union, seed, TRIES)
    if modularity is None or found is None:
        return None
    best = core(union, seed=seed)
    sizes = [found.of.count(number) for number in set(found.of)]
    return Values(
        max(union.graph.connected_components().sizes()) / union.size,
        modularity,
        best.fit if best else None,
        sum(size >= SMALLEST for size in sizes),
    )

"""Where each person stands. In: a Network. Out: a number for each person, in order; None where a measure is not defined.

All are igraph's, of the network by its own rule of direction, without strengths; the eigenvector is of the union.
"""

import math
import random
import warnings
from collections import Counter
from typing import Any

import igraph

from graph.measures.network import Network, Rule, under

NOTHING = 1e-12
"""Largest score that is an error of the sums."""


def named_by(given: Network) -> list[int]:
    """Return by how many each person is named; without direction, the ties that he has."""
    found: list[int] = given.graph.degree(mode="in")
    return found


def names(given: Network) -> list[int]:
    """Return how many each person names; without direction, the ties that he has."""
    found: list[int] = given.graph.degree(mode="out")
    return found


def betweenness(given: Network) -> list[float | None]:
    """Return the share of shortest paths between others on which a person is, 0 to 1 (Freeman 1977)."""
    pairs = (given.size - 1) * (given.size - 2) / (1 if given.directed else 2)
    scores = given.graph.betweenness(directed=given.directed)
    return [each / pairs if pairs > 0 else None for each in scores]


def closeness(given: Network) -> list[float | None]:
    """Return 1 / the mean distance to those whom a person reaches, 0 to 1 (Freeman 1979); None for who reaches nobody.

    It is measured within a person's component. Compare people of different components by harmonic closeness.
    """
    return [_defined(each) for each in given.graph.closeness(mode="out", normalized=True)]


def harmonic(given: Network) -> list[float | None]:
    """Return the mean of 1 / distance to all others, 0 to 1; who is not reached counts as 0 (Rochat 2009)."""
    scores = given.graph.harmonic_centrality(mode="out", normalized=True)
    return [_defined(each) if given.size > 1 else None for each in scores]


def eigenvector(given: Network) -> list[float | None]:
    """Return how far a person's neighbours are central themselves, 0 to 1 (Bonacich 1972), in the largest part of the union.

    None for everybody else: in other parts the numbers mean nothing.
    """
    union = under(given, Rule.UNION)
    if not union.ties:
        return [None] * given.size
    outside = _outside(union)
    scores: list[float | None] = _eigenvector(union.graph)
    if all(abs(scores[at] or 0.0) < NOTHING for at in outside):
        # Then it is the vector of the largest part, and a copy of that part is saved.
        for at in outside:
            scores[at] = None
        return scores
    part = union.graph.copy()
    part.delete_vertices(outside)
    inside, without = iter(_eigenvector(part)), set(outside)
    return [None if at in without else next(inside) for at in range(given.size)]


def _eigenvector(graph: igraph.Graph) -> list[Any]:
    # It starts with numbers that igraph draws, so without a seed its last digits differ from time to time.
    igraph.set_random_number_generator(random.Random(0))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # that the graph has several parts
        return list(graph.eigenvector_centrality(scale=True))


def _outside(union: Network) -> list[int]:
    """Return the people who are not in the largest component, of equal ones that with the first person."""
    if union.graph.is_connected():
        return []
    membership = union.graph.connected_components().membership
    ((largest, _),) = Counter(membership).most_common(1)  # of equal ones the first that is met
    return [at for at, number in enumerate(membership) if number != largest]


def page_rank(given: Network) -> list[float]:
    """Return the share of a walk along ties that is at a person, with a jump in 15 of 100 steps (Brin and Page 1998)."""
    return list(given.graph.pagerank(directed=given.directed, damping=0.85)) if given.size else []


def _defined(value: float) -> float | None:
    return None if math.isnan(value) else value

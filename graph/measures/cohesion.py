"""How tightly a network is knit. In: a Network. Out: numbers; None where a measure is not defined."""

import math
from dataclasses import dataclass

from graph.measures.network import Network, Rule, under

TRIADS = (
    "003", "012", "102", "021D", "021U", "021C", "111D", "111U", "030T", "030C", "201", "120D", "120U", "120C", "210", "300",
)  # fmt: skip
"""Types of triads in the order of a census, by the number of mutual, asymmetric and null pairs (Holland and Leinhardt 1970)."""


@dataclass(frozen=True)
class Dyads:
    """Pairs of people: tied both ways, tied one way, not tied."""

    mutual: int
    asymmetric: int
    null: int


def density(given: Network) -> float | None:
    """Return the share of possible ties that are there, 0 to 1 (Wasserman and Faust 1994). It falls with the number of people."""
    possible = given.size * (given.size - 1) / (1 if given.directed else 2)
    return len(given.ties) / possible if possible else None


def mean_degree(given: Network) -> float | None:
    """Return the ties of a person in the mean: those that he states, or without direction those that he has."""
    return len(given.ties) * (1 if given.directed else 2) / given.size if given.size else None


def dyads(given: Network) -> Dyads:
    """Count the pairs by their ties (Holland and Leinhardt 1970). By igraph."""
    mutual = given.graph.dyad_census()[0] if given.directed else len(given.ties)
    asymmetric = len(given.ties) - 2 * mutual if given.directed else 0
    return Dyads(mutual, asymmetric, given.size * (given.size - 1) // 2 - mutual - asymmetric)


def reciprocity_of_arcs(given: Network) -> float | None:
    """Return the share of ties that are returned, 0 to 1 (Wasserman and Faust 1994)."""
    pairs = dyads(given)
    arcs = 2 * pairs.mutual + pairs.asymmetric
    return 2 * pairs.mutual / arcs if arcs else None


def reciprocity_of_dyads(given: Network) -> float | None:
    """Return the share of tied pairs that are tied both ways, 0 to 1 (Wasserman and Faust 1994)."""
    pairs = dyads(given)
    tied = pairs.mutual + pairs.asymmetric
    return pairs.mutual / tied if tied else None


def triads(given: Network) -> dict[str, int]:
    """Count the triples of people by type, in the order of TRIADS (Holland and Leinhardt 1970). By igraph; needs direction."""
    return dict(zip(TRIADS, given.graph.triad_census(), strict=True))


def transitivity(given: Network) -> float | None:
    """Return the share of connected triples that are closed, 0 to 1 (Newman 2003), of the union. By igraph."""
    return _defined(under(given, Rule.UNION).graph.transitivity_undirected(mode="nan"))


def mean_clustering(given: Network) -> float | None:
    """Return the mean share of a person's neighbours who are tied, 0 to 1 (Watts and Strogatz 1998), of the union. By igraph.

    People with fewer than two neighbours count as 0.
    """
    union = under(given, Rule.UNION)
    return _defined(union.graph.transitivity_avglocal_undirected(mode="zero")) if given.size else None


def degree_assortativity(given: Network) -> float | None:
    """Return the correlation of the degrees at both ends of a tie, -1 to 1 (Newman 2003), of the union. By igraph."""
    union = under(given, Rule.UNION)
    return _defined(union.graph.assortativity_degree(directed=False)) if union.ties else None


def _defined(value: float) -> float | None:
    return None if math.isnan(value) else value

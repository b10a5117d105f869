"""Measures of ours that igraph computes, against igraph's own calls. In: a network. Out: seconds of both for each.

Both have the graphs: that of the network as stated, and the union. What takes the square of the people is measured in a part.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from igraph import Graph

from graph.measures import centrality, cohesion, communities, core, distance, gaps, holes, mixing
from graph.measures.cloud import Cloud
from graph.measures.key_players import without
from graph.measures.network import Network

ROUNDS, PART = 3, 4_000
"""Rounds of each, and the people of the part."""


@dataclass(frozen=True)
class Wrapped:
    """The shortest time of one measure on both sides, in seconds, of so many people."""

    name: str
    people: int
    ours: float
    igraph: float


@dataclass(frozen=True)
class _Pair:
    """A measure of ours of a network, and the call of igraph on the graph of the same network."""

    name: str
    ours: Callable[[Network], Any]
    igraph: Callable[[Graph], Any]


STATED = (
    _Pair("degree", centrality.named_by, lambda of: of.degree(mode="in")),
    _Pair("PageRank", centrality.page_rank, lambda of: of.pagerank(directed=True, damping=0.85)),
    _Pair("constraint", holes.constraint, lambda of: of.constraint()),
    _Pair("triad census", cohesion.triads, lambda of: of.triad_census()),
    _Pair("dyads", cohesion.dyads, lambda of: of.dyad_census()),
)
UNION = (
    _Pair("transitivity", cohesion.transitivity, lambda of: of.transitivity_undirected()),
    _Pair("mean clustering", cohesion.mean_clustering, lambda of: of.transitivity_avglocal_undirected(mode="zero")),
    _Pair("degree assortativity", cohesion.degree_assortativity, lambda of: of.assortativity_degree(directed=False)),
    _Pair("core numbers", core.core_numbers, lambda of: of.coreness()),
    _Pair("cut points", gaps.cut_points, lambda of: of.articulation_points()),
    _Pair("bridges", gaps.bridges, lambda of: of.bridges()),
    _Pair("eigenvector", centrality.eigenvector, lambda of: of.eigenvector_centrality(scale=True)),
)
STATED_OF_PART = (
    _Pair("betweenness", centrality.betweenness, lambda of: of.betweenness(directed=True)),
    _Pair("closeness", centrality.closeness, lambda of: of.closeness(mode="out", normalized=True)),
    _Pair("harmonic", centrality.harmonic, lambda of: of.harmonic_centrality(mode="out", normalized=True)),
    _Pair("distances", distance.distances, lambda of: of.path_length_hist(directed=True)),
)


def compared(cloud: Cloud) -> list[Wrapped]:
    """Measure all, ours and igraph's in turn."""
    part = replace(cloud, values={}, stated=without(cloud.stated, range(PART, cloud.stated.size)))
    sector = cloud.groups("SECTOR")
    number = {group: at for at, group in enumerate(sorted({each for each in sector if each}))}
    by_sector = _Pair(
        "assortativity by sector",
        lambda of: mixing.assortativity(of, sector),
        lambda of: of.assortativity_nominal([number[each] for each in sector if each], directed=True),
    )
    leiden = _Pair(
        "communities, one run",
        lambda of: communities.communities(of, tries=1),
        lambda of: of.community_leiden(objective_function="modularity"),
    )
    return [
        *(_both(each, cloud.stated) for each in (*STATED, by_sector)),
        *(_both(each, cloud.union) for each in UNION),
        *(_both(each, part.stated) for each in STATED_OF_PART),
        _both(leiden, part.union),
    ]


def _both(pair: _Pair, of: Network) -> Wrapped:
    graph, ours, igraph = of.graph, list[float](), list[float]()
    for _ in range(ROUNDS):
        of.kept.clear()
        ours.append(_seconds(lambda: pair.ours(of)))
        igraph.append(_seconds(lambda: pair.igraph(graph)))
    return Wrapped(pair.name, of.size, min(ours), min(igraph))


def _seconds(work: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun

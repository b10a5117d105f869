"""Networks that networkx brings along and the extremes, measured here and by networkx; and values that are published of them."""

import math
from collections.abc import Callable
from functools import cache
from itertools import combinations
from typing import Any

import networkx as nx
import pytest

from graph.measures import (
    centrality,
    centralization,
    cohesion,
    communities,
    core,
    distance,
    gaps,
    hierarchy,
    holes,
    mixing,
)
from graph.measures.network import Network, Rule, network, under

Graph = Any


def _doubled(of: Graph) -> Graph:
    """Return a network in which every tie is stated twice and one person names himself."""
    made = nx.MultiDiGraph(of)
    made.add_edges_from(list(made.edges()))
    first = next(iter(made))
    made.add_edge(first, first)
    return made


GRAPHS: dict[str, Callable[[], Graph]] = {
    "kite": nx.krackhardt_kite_graph,
    "florentine": nx.florentine_families_graph,
    "karate": nx.karate_club_graph,
    "miserables": nx.les_miserables_graph,
    "women": lambda: nx.bipartite.projected_graph(
        nx.davis_southern_women_graph(), nx.davis_southern_women_graph().graph["top"]
    ),
    "nobody": nx.Graph,
    "one": lambda: nx.empty_graph(1),
    "two strangers": lambda: nx.empty_graph(2),
    "two friends": lambda: nx.path_graph(2),
    "three in a row": lambda: nx.path_graph(3),
    "path": lambda: nx.path_graph(7),
    "star": lambda: nx.star_graph(6),
    "complete": lambda: nx.complete_graph(6),
    "ring": lambda: nx.cycle_graph(8),
    "wheel": lambda: nx.wheel_graph(7),
    "grid": lambda: nx.grid_2d_graph(3, 4),
    "petersen": nx.petersen_graph,
    "two cliques": lambda: nx.barbell_graph(5, 1),
    "parts and an isolate": lambda: nx.disjoint_union_all([nx.path_graph(3), nx.complete_graph(4), nx.empty_graph(1)]),
    "one names the other": lambda: nx.DiGraph([(0, 1)]),
    "both name each other": lambda: nx.DiGraph([(0, 1), (1, 0)]),
    "all are named by one": lambda: nx.DiGraph(nx.star_graph(4).edges()),
    "directed ring": lambda: nx.cycle_graph(5, create_using=nx.DiGraph),
    "tree of bosses": lambda: nx.bfs_tree(nx.balanced_tree(2, 3), 0),
    "tournament": lambda: nx.DiGraph((a, b) for a in range(6) for b in range(a + 1, 6)),
    "directed at random": lambda: nx.gnp_random_graph(25, 0.12, seed=4, directed=True),
    "said twice": lambda: _doubled(nx.gnp_random_graph(12, 0.25, seed=2, directed=True)),
}


@cache
def both(of: str) -> tuple[Network, Graph]:
    """Return a network as it is stated, and the same for networkx: without loops and doubles, its nodes in our order."""
    given = GRAPHS[of]()
    label = {node: f"{at:03} {node}" for at, node in enumerate(given)}
    ties = [(label[a], label[b]) for a, b in given.edges()]
    made, _ = network(label.values(), ties, directed=given.is_directed())
    plain: Graph = nx.DiGraph() if given.is_directed() else nx.Graph()
    plain.add_nodes_from(sorted(label.values()))
    plain.add_edges_from((a, b) for a, b in ties if a != b)
    return made, plain


def listed(values: dict[str, Any]) -> list[Any]:
    return [values[each] for each in sorted(values)]


def same(found: Any, expected: Any) -> bool:
    """Whether both are near; what is not defined is None here, and nan or absent there."""
    if isinstance(expected, list):
        return len(found) == len(expected) and all(map(same, found, expected))
    if expected is None or (isinstance(expected, float) and math.isnan(expected)):
        return found is None
    return found is not None and bool(found == pytest.approx(expected, abs=1e-6))


def reached(of: Graph) -> dict[str, dict[str, int]]:
    """Return the steps from each person to each whom he reaches."""
    return {
        one: {other: steps for other, steps in far.items() if steps}
        for one, far in nx.all_pairs_shortest_path_length(of)
    }


def _closeness(of: Graph) -> list[float | None]:
    """Return Freeman's closeness among those whom a person reaches."""
    return [len(far) / sum(far.values()) if far else None for _, far in sorted(reached(of).items())]


def _harmonic(of: Graph) -> list[float | None]:
    n = len(of)
    return [
        sum(1 / steps for steps in far.values()) / (n - 1) if n > 1 else None for _, far in sorted(reached(of).items())
    ]


def _page_rank(of: Graph) -> list[float]:
    """Return it by its definition: networkx needs scipy for it."""
    of, n = of.to_directed(), len(of)
    ranks: dict[str, float] = dict.fromkeys(of, 1 / n if n else 0.0)
    for _ in range(400):
        lost = sum(rank for each, rank in ranks.items() if not of.out_degree(each))
        ranks = {
            each: 0.15 / n + 0.85 * (lost / n + sum(ranks[one] / of.out_degree(one) for one in of.predecessors(each)))
            for each in of
        }
    return listed(ranks)


def _constraint(of: Graph) -> list[float | None]:
    """Return Burt's formula as it is written: networkx needs scipy for it."""
    near = {each: set(of.to_undirected()[each]) for each in of}
    tied = {(a, b): of.has_edge(a, b) + of.has_edge(b, a) for a in of for b in near[a]}
    own = {each: sum(tied[each, other] for other in near[each]) for each in of}

    def share(one: str, other: str) -> float:
        return float(tied.get((one, other), 0) / own[one])

    return [
        sum((share(i, j) + sum(share(i, q) * share(q, j) for q in near[i] - {j})) ** 2 for j in near[i])
        if near[i]
        else None
        for i in sorted(of)
    ]


def _betweenness(of: Graph) -> list[float | None]:
    return listed(nx.betweenness_centrality(of)) if len(of) > 2 else [None] * len(of)


STATED: dict[str, tuple[Callable[[Network], Any], Callable[[Graph], Any]]] = {
    "density": (cohesion.density, lambda of: nx.density(of) if len(of) > 1 else None),
    "in-degree": (centrality.named_by, lambda of: [d for _, d in (of.in_degree if of.is_directed() else of.degree)]),
    "out-degree": (centrality.names, lambda of: [d for _, d in (of.out_degree if of.is_directed() else of.degree)]),
    "betweenness": (centrality.betweenness, _betweenness),
    "closeness": (centrality.closeness, _closeness),
    "harmonic": (centrality.harmonic, _harmonic),
    "PageRank": (centrality.page_rank, _page_rank),
    "constraint": (holes.constraint, _constraint),
    "global efficiency": (
        distance.global_efficiency,
        lambda of: sum(_harmonic(of)) / len(of) if len(of) > 1 else None,  # type: ignore[arg-type]  # no None then
    ),
    "triads": (
        lambda of: list(cohesion.triads(of).values()) if of.directed else [],
        lambda of: [nx.triadic_census(of)[each] for each in cohesion.TRIADS] if of.is_directed() else [],
    ),
    "mean distance": (
        lambda of: distance.distances(of).mean,
        lambda of: _mean([steps for far in reached(of).values() for steps in far.values()]),
    ),
    "diameter": (
        lambda of: distance.distances(of).longest,
        lambda of: max((steps for far in reached(of).values() for steps in far.values()), default=None),
    ),
    "reciprocity": (
        lambda of: cohesion.reciprocity_of_arcs(of) if of.directed else None,
        lambda of: nx.overall_reciprocity(of) if of.is_directed() and of.size() else None,
    ),
}
"""Measures of a network as it is stated: ours and networkx's."""


def _mean(values: list[int]) -> float | None:
    return sum(values) / len(values) if values else None


def _eigenvector(of: Graph) -> list[float | None]:
    part: set[str] = max(
        nx.connected_components(of), key=lambda each: (len(each), -sorted(of).index(min(each))), default=set()
    )
    if len(part) < 2:
        return [None] * len(of)
    scores = dict.fromkeys(part, 1.0)
    for _ in range(3_000):  # Powers of A + I, because those of A alone swing in a network of two sides.
        scores = {each: scores[each] + sum(scores[other] for other in of[each]) for each in part}
        top = max(scores.values())
        scores = {each: score / top for each, score in scores.items()}
    return [scores.get(each) for each in sorted(of)]


UNION: dict[str, tuple[Callable[[Network], Any], Callable[[Graph], Any]]] = {
    "transitivity": (
        cohesion.transitivity,
        lambda of: nx.transitivity(of) if any(d > 1 for _, d in of.degree) else None,
    ),
    "mean clustering": (cohesion.mean_clustering, lambda of: nx.average_clustering(of) if len(of) else None),
    "local efficiency": (distance.local_efficiency, lambda of: nx.local_efficiency(of) if len(of) else None),
    "core numbers": (core.core_numbers, lambda of: listed(nx.core_number(of))),
    "cut points": (gaps.cut_points, lambda of: sorted(map(sorted(of).index, nx.articulation_points(of)))),
    "bridges": (
        gaps.bridges,
        lambda of: sorted(tuple(sorted(map(sorted(of).index, tie))) for tie in nx.bridges(of)),
    ),
    "eigenvector": (centrality.eigenvector, _eigenvector),
    "effective size": (holes.effective_size, lambda of: [nx.effective_size(of, [each])[each] for each in sorted(of)]),
    "Adamic and Adar": (
        lambda of: sorted(round(each.adamic_adar, 6) for each in gaps.missing_ties(of)),
        lambda of: sorted(round(score, 6) for _, _, score in nx.adamic_adar_index(of) if score),
    ),
    "degree assortativity": (
        cohesion.degree_assortativity,
        lambda of: nx.degree_assortativity_coefficient(of) if len({d for _, d in of.degree if d}) > 1 else None,
    ),
}
"""Measures of the union."""


@pytest.mark.filterwarnings("ignore:invalid value:RuntimeWarning")
@pytest.mark.parametrize("of", GRAPHS)
def test_measures_are_those_of_networkx(of: str) -> None:
    made, plain = both(of)
    differ = [name for name, (ours, theirs) in STATED.items() if not same(ours(made), theirs(plain))]
    union, without_direction = under(made, Rule.UNION), plain.to_undirected()
    differ += [name for name, (ours, theirs) in UNION.items() if not same(ours(union), theirs(without_direction))]
    assert not differ


KNOWN = {
    "star": ((1, 1, 1), None),
    "ring": ((0, 0, 0), None),
    "complete": ((0, 0, 0), None),
    "two strangers": ((None, None, None), None),
    "tree of bosses": (None, (1, 1, 1, 1)),
    "all are named by one": ((1, 1, 1), (1, 1, 1, 1)),
    "tournament": ((0, 0, 0), (1, 1, 0.6, 1)),
    "directed ring": ((0, 0, 0), (1, 0, 0.9375, 1)),
    "both name each other": ((None, None, None), (1, 0, 0, None)),
    "one names the other": ((None, None, None), (1, 1, 1, None)),
}
"""By definition: centralization of degree, betweenness and closeness; Krackhardt's four, of networks with direction.

Of two people, each tie beyond the first is all that can be beyond; no pair needs a bound, because one of it is above the other.
"""


@pytest.mark.parametrize("of", KNOWN)
def test_extremes_are_what_definitions_say(of: str) -> None:
    made, _ = both(of)
    central, informal = KNOWN[of]
    if central is not None:
        found = (
            centralization.degree_centralization(made),
            centralization.betweenness_centralization(made),
            centralization.closeness_centralization(made),
        )
        assert same(list(found), list(central)), found
    if informal is not None:
        four = hierarchy.krackhardt(made)
        shown = [four.connectedness, four.hierarchy, four.efficiency, four.least_upper_bounds]
        assert same(shown, list(informal)), shown


@pytest.mark.parametrize("of", ["kite", "florentine", "karate", "women", "grid", "parts and an isolate"])
def test_groups_and_communities_are_those_of_networkx(of: str) -> None:
    made, plain = both(of)
    people = sorted(plain)
    for group in ([0], [0, 3], [1, 2, 5]):
        assert same(distance.group_betweenness(made, group), _through(plain, [people[at] for at in group])), group
    found = communities.communities(made)
    assert found is not None
    groups = [{people[at] for at, number in enumerate(found.of) if number == each} for each in set(found.of)]
    assert found.modularity == pytest.approx(nx.community.modularity(plain, groups))
    assert found.modularity >= nx.community.modularity(plain, nx.community.louvain_communities(plain, seed=1)) - 1e-9
    index = mixing.e_i_index(made, [str(number) for number in found.of])
    assert (index.internal, index.external) == (
        sum(plain.subgraph(group).size() for group in groups),
        plain.size() - sum(plain.subgraph(group).size() for group in groups),
    )


def _through(of: Graph, group: list[str]) -> float:
    """Count the shortest paths through a group: networkx' own measure is wrong for some groups of three."""
    shares = []
    for pair in combinations(sorted(set(of) - set(group)), 2):
        paths = list(nx.all_shortest_paths(of, *pair)) if nx.has_path(of, *pair) else [[]]
        shares.append(sum(bool({*path} & {*group}) for path in paths) / len(paths))
    return sum(shares) / len(shares)


def test_what_les_miserables_are_known_for() -> None:
    """77 characters and 254 pairs; Valjean is tied to 36 and is on 57% of the shortest paths (Knuth 1993)."""
    made, _ = both("miserables")
    who = next(at for at, name in enumerate(made.people) if name.endswith("Valjean"))
    betweenness = centrality.betweenness(made)
    assert (made.size, len(made.ties), centrality.named_by(made)[who]) == (77, 254, 36)
    assert same(betweenness[who], 0.569989)
    assert max(each or 0 for each in betweenness) == betweenness[who]

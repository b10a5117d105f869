"""How far a network depends on a few people. In: a Network. Out: Freeman's centralization, 0 (equal) to 1 (a star).

Source: L. Freeman, Centrality in social networks: conceptual clarification, 1979; the forms for undirected networks, so the union
is measured. Own code: no library has all three.
"""

from collections.abc import Sequence

from graph.measures.network import Network, Rule, under


def degree_centralization(given: Network) -> float | None:
    """Return the centralization of the number of ties of a person."""
    n = given.size
    return _share(under(given, Rule.UNION).graph.degree(), (n - 1) * (n - 2)) if n > 2 else None


def betweenness_centralization(given: Network) -> float | None:
    """Return the centralization of betweenness."""
    n = given.size
    if n < 3:
        return None
    pairs = (n - 1) * (n - 2) / 2
    scores = [each / pairs for each in under(given, Rule.UNION).graph.betweenness(directed=False)]
    return _share(scores, n - 1)


def closeness_centralization(given: Network) -> float | None:
    """Return the centralization of closeness; None if not everybody reaches everybody."""
    n, graph = given.size, under(given, Rule.UNION).graph
    if n < 3 or not graph.is_connected():
        return None
    return _share(graph.closeness(normalized=True), (n - 1) * (n - 2) / (2 * n - 3))


def _share(scores: Sequence[float], most: float) -> float:
    top = max(scores)
    return sum(top - each for each in scores) / most

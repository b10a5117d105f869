"""A run of the search for communities ends, also where igraph moves people for ever without a gain."""

import random
from types import SimpleNamespace
from typing import Any

import igraph
import pytest

from graph.measures import communities as communities_of
from graph.measures.communities import communities
from graph.measures.network import Network, network
from tests.kit.random.documents import random_seed


def two_pairs() -> Network:
    return network("abcd", [("a", "b"), ("c", "d")], directed=False)[0]


def test_a_run_ends_when_an_iteration_gains_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a graph whose communities get other numbers in each iteration."""
    asked = list[int]()

    def restless(_: igraph.Graph, n_iterations: int, initial_membership: list[int] | None, **__: Any) -> Any:
        asked.append(n_iterations)
        assert len(asked) < 10, "it does not end"
        return [1 - each for each in initial_membership or [1, 1, 0, 0]], 0.5

    monkeypatch.setattr(communities_of, "GraphBase", SimpleNamespace(community_leiden=restless))
    found = communities(two_pairs(), tries=1)
    assert found is not None
    assert (found.of, found.modularity) == ((0, 0, 1, 1), 0.5)
    assert asked == [1, 1]


def test_many_small_networks_in_parts() -> None:
    """Each community is connected, and each run ends; of igraph's own, one in some ten thousand did not."""
    dice = random.Random(random_seed())
    for _ in range(1_000):
        people = [str(number) for number in range(dice.randint(4, 20))]
        ties = [dice.sample(people, 2) for _ in range(dice.randint(1, 3 * len(people)))]
        given, _ = network(people, [(one, other) for one, other in ties], directed=False)
        found = communities(given, dice.randrange(1_000), tries=3)
        assert found is not None
        for group in set(found.of):
            within = given.graph.induced_subgraph([at for at, of in enumerate(found.of) if of == group])
            assert within.is_connected()
        assert found.modularity >= 0

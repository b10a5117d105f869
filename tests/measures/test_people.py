"""Measures of people in published networks, and shapes of made ones."""

import math
import random
from itertools import combinations, pairwise

import pytest

from graph.measures import centrality, chance
from graph.measures.network import Network, network
from graph.measures.signature import Shape, signature
from tests.measures.published import people, published
from tests.measures.test_published import florentine, near

BETWEENNESS = {
    "kite": {
        "Heather": 0.3889,
        "Fernando": 0.2315,
        "Garth": 0.2315,
        "Ike": 8 / 36,
        "Diane": 3.6667 / 36,
        "Andre": 0.8333 / 36,
    },
    "flo_marriage": {"Medici": 0.5220, "Guadagni": 0.2546, "Albizzi": 0.2125, "Salviati": 0.1429, "Strozzi": 0.1026},
    "karate": {"001": 0.4376, "034": 0.3041},
    "ht_advice": {"018": 0.2340, "021": 0.1582},
    "ht_friends": {"017": 0.3538},
}


def by_name(of: str, given: Network, values: list[float | None]) -> dict[str, float | None]:
    called = {row["id"]: row.get("name") or row["id"] for row in people(of)}
    return dict(zip((called[id_] for id_ in given.people), values, strict=True))


@pytest.mark.parametrize("of", BETWEENNESS)
def test_betweenness(of: str) -> None:
    given = florentine() if of == "flo_marriage" else published(of)
    found = by_name(of, given, centrality.betweenness(given))
    assert all(near(found[who], value) for who, value in BETWEENNESS[of].items()), found


def test_an_isolate_changes_betweenness() -> None:
    found = by_name("flo_marriage", published("flo_marriage"), centrality.betweenness(published("flo_marriage")))
    assert near(found["Medici"], 0.4524)


def test_closeness() -> None:
    found = by_name("kite", published("kite"), centrality.closeness(published("kite")))
    assert [near(found[who], 0.6429) for who in ("Fernando", "Garth")] == [True, True]
    assert [near(found[who], 0.6) for who in ("Diane", "Heather")] == [True, True]
    assert near(max(each or 0 for each in centrality.harmonic(published("karate"))), 23.25 / 33)


def test_degrees() -> None:
    assert max(centrality.named_by(published("ht_advice"))) == 18
    assert centrality.named_by(published("ht_advice"))[1] == 18
    assert centrality.named_by(published("ht_friends"))[1] == 10
    assert centrality.named_by(published("karate"))[33] == 17


def test_eigenvector_is_of_the_largest_part_only() -> None:
    given, _ = network("abcde", [("a", "b"), ("b", "c"), ("d", "e")])
    assert [each is None for each in centrality.eigenvector(given)] == [False, False, False, True, True]


def test_random_networks_keep_the_number_of_ties_of_everybody() -> None:
    for other in chance.rewired(published("karate"), 7, 3):
        assert other.graph.degree() == published("karate").graph.degree()
        assert len(set(other.ties)) == 78
    assert [*chance.rewired(published("karate"), 7, 2)] == [*chance.rewired(published("karate"), 7, 2)]


def planted(sizes: list[int], within: float, between: float, seed: int) -> Network:
    draw = random.Random(seed)
    block = [at for at, size in enumerate(sizes) for _ in range(size)]
    ids = [f"person/{at:03}" for at in range(len(block))]
    ties = [
        (ids[one], ids[other])
        for one in range(len(block))
        for other in range(one)
        if draw.random() < (within if block[one] == block[other] else between)
    ]
    made, _ = network(ids, ties, directed=False)
    return made


def test_the_shapes_of_made_networks() -> None:
    loose = signature(planted([22, 20, 18, 17, 16, 14, 13], 0.27, 0.007, 1), seeds=2)
    assert loose is not None
    assert (loose.shape, loose.stable) == (Shape.CLUSTER_OF_LOOSE_TIES, True)
    draw = random.Random(2)
    ids = [f"person/{at:03}" for at in range(80)]
    odds = {2: 0.68, 1: 0.30, 0: 0.075}
    ties = [(ids[a], ids[b]) for a in range(80) for b in range(a) if draw.random() < odds[(a < 24) + (b < 24)]]
    tight = signature(network(ids, ties, directed=False)[0], seeds=2)
    assert tight is not None
    assert (tight.shape, tight.stable) == (Shape.SINGLE_TIGHT_CLUSTER, True)


def test_eigenvector_is_of_the_largest_part_even_if_a_smaller_one_is_denser() -> None:
    """The clique has the larger eigenvalue, so the vector of the whole network would be of it alone."""
    path, clique = [f"a{at}" for at in range(7)], [f"b{at}" for at in range(5)]
    ties = [*pairwise(path), *combinations(clique, 2)]
    found = centrality.eigenvector(network([*path, *clique], ties)[0])
    alone = centrality.eigenvector(network(path, pairwise(path))[0])
    assert found == [*map(pytest.approx, alone), *[None] * 5]
    assert alone == pytest.approx([math.sin(math.pi * (at + 1) / 8) for at in range(7)])
    assert centrality.eigenvector(network("abcd", [("a", "b"), ("c", "d")])[0]) == [
        pytest.approx(1),
        pytest.approx(1),
        None,
        None,
    ]

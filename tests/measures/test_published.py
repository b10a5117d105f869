"""Values of published networks, to four decimals; docs/measures.md names their sources."""

import pytest

from graph.measures import centralization, cohesion, distance, hierarchy, holes, mixing
from graph.measures.network import Network, Rule, under
from tests.measures.published import column, people, published, turned

COHESION = {
    ("karate", "density"): 0.1390,
    ("karate", "transitivity"): 0.2557,
    ("karate", "mean_clustering"): 0.5706,
    ("kite", "transitivity"): 0.5789,
    ("kite", "mean_clustering"): 0.5200,
    ("ht_advice", "density"): 0.4524,
    ("ht_advice", "reciprocity_of_arcs"): 0.4737,
    ("ht_advice", "reciprocity_of_dyads"): 0.3103,
    ("ht_friends", "density"): 0.2429,
    ("ht_friends", "reciprocity_of_arcs"): 0.4510,
    ("law_advice", "density"): 0.1795,
    ("law_advice", "reciprocity_of_arcs"): 0.3924,
    ("law_friends", "density"): 0.1157,
    ("law_friends", "reciprocity_of_arcs"): 0.6122,
    ("flo_marriage", "density"): 0.1667,
}
DYADS = {"ht_advice": (45, 100, 65), "ht_friends": (23, 56, 131)}
TRIADS = {
    "ht_advice": "74 153 90 160 86 49 59 101 190 2 72 62 78 17 107 30",
    "ht_friends": "376 366 143 114 34 35 39 101 23 0 20 16 25 9 23 6",
}
DISTANCES = {"karate": (2.4082, 5), "kite": (1.9778, 4)}
EFFICIENCY = {"karate": (0.4920, 0.6451), "kite": (0.6463, 0.6189)}
KRACKHARDT = {
    "ht_advice": (1, 0, 0.575, 1),
    "ht_friends": (1, 0.1818, 0.795, 1),
    "law_advice": (None, 0.1592, 0.8322, 0.9983),
    "law_friends": (0.9441, None, None, None),
}
CENTRALIZATION = {"kite": (0.3333, 0.2963, 0.2704), "flo": (0.2747, 0.4368, 0.3225)}
E_I = {
    ("ht_advice", "dept"): 0.5158,
    ("ht_advice", "level"): -0.0947,
    ("ht_friends", "dept"): 0.2549,
    ("ht_friends", "level"): -0.4902,
    ("ht_reports", "dept"): -0.6,
    ("law_advice", "office"): -0.5695,
    ("law_advice", "practice"): -0.4821,
    ("law_advice", "status"): -0.3251,
    ("law_advice", "gender"): -0.4058,
    ("law_friends", "office"): -0.7148,
    ("law_friends", "practice"): -0.2209,
    ("law_friends", "status"): -0.5617,
    ("law_friends", "gender"): -0.4226,
}


def florentine() -> Network:
    return published("flo_marriage", without=("Pucci",))


def near(value: float | None, expected: float) -> bool:
    return value is not None and abs(value - expected) <= 0.00005


@pytest.mark.parametrize(("of", "measure"), COHESION)
def test_cohesion(of: str, measure: str) -> None:
    assert near(getattr(cohesion, measure)(published(of)), COHESION[of, measure])


@pytest.mark.parametrize("of", DYADS)
def test_dyads_and_triads(of: str) -> None:
    counted = cohesion.dyads(published(of))
    assert (counted.mutual, counted.asymmetric, counted.null) == DYADS[of]
    assert [*cohesion.triads(published(of)).values()] == [int(each) for each in TRIADS[of].split()]


@pytest.mark.parametrize("of", DISTANCES)
def test_distances(of: str) -> None:
    measured = distance.distances(published(of))
    assert near(measured.mean, DISTANCES[of][0])
    assert (measured.longest, measured.not_reached) == (DISTANCES[of][1], 0)
    assert near(distance.global_efficiency(published(of)), EFFICIENCY[of][0])
    assert near(distance.local_efficiency(published(of)), EFFICIENCY[of][1])


def test_florentine_families() -> None:
    assert near(cohesion.density(florentine()), 0.1905)
    assert near(cohesion.transitivity(florentine()), 0.1915)
    measured = distance.distances(florentine())
    assert near(measured.mean, 2.4857)
    assert measured.longest == 5
    assert near(distance.global_efficiency(florentine()), 0.5002)


@pytest.mark.parametrize("of", KRACKHARDT)
def test_krackhardt(of: str) -> None:
    found = hierarchy.krackhardt(published(of))
    four = (found.connectedness, found.hierarchy, found.efficiency, found.least_upper_bounds)
    assert [near(value, want) for value, want in zip(four, KRACKHARDT[of], strict=True) if want is not None].count(
        False
    ) == 0, four


def test_all_four_are_one_only_from_the_top_down() -> None:
    down = hierarchy.krackhardt(turned(published("ht_reports")))
    assert down == hierarchy.Krackhardt(1, 1, 1, 1)
    assert near(hierarchy.krackhardt(published("ht_reports")).least_upper_bounds, 0.0842)


@pytest.mark.parametrize("of", CENTRALIZATION)
def test_centralization(of: str) -> None:
    given = florentine() if of == "flo" else published(of)
    measures = (
        centralization.degree_centralization,
        centralization.betweenness_centralization,
        centralization.closeness_centralization,
    )
    for measure, expected in zip(measures, CENTRALIZATION[of], strict=True):
        assert near(measure(given), expected), measure


@pytest.mark.parametrize(("of", "groups"), E_I)
def test_e_i_index(of: str, groups: str) -> None:
    assert near(mixing.e_i_index(published(of), column(of, groups)).index, E_I[of, groups])


CONSTRAINT = {
    "kite": {
        "Heather": 0.4311,
        "Fernando": 0.4451,
        "Diane": 0.4702,
        "Ike": 0.5,
        "Andre": 0.5412,
        "Carol": 0.6641,
        "Jane": 1.0,
    },
    "flo": {"Medici": 0.2099, "Guadagni": 0.25, "Albizzi": 0.3333, "Strozzi": 0.4583, "Peruzzi": 0.6559},
    "karate": {"001": 0.1554, "034": 0.1564, "033": 0.2492, "003": 0.1852},
}
SIZE = {
    "kite": {"Diane": 3.3333, "Fernando": 3.0, "Heather": 2.3333, "Andre": 2.0, "Carol": 1.0},
    "flo": {"Medici": 5.6667, "Guadagni": 4.0, "Strozzi": 3.0},
    "karate": {"001": 13.75, "034": 15.2353, "033": 9.8333, "003": 7.8},
}


@pytest.mark.parametrize("of", CONSTRAINT)
def test_structural_holes(of: str) -> None:
    name = "flo_marriage" if of == "flo" else of
    given = florentine() if of == "flo" else published(name)
    called = {row["id"]: row.get("name") or row["id"] for row in people(name)}
    ordered = [called[id_] for id_ in given.people]
    constraint = dict(zip(ordered, holes.constraint(given), strict=True))
    size = dict(zip(ordered, holes.effective_size(given), strict=True))
    assert all(near(constraint[who], value) for who, value in CONSTRAINT[of].items()), constraint
    assert all(near(size[who], value) for who, value in SIZE[of].items()), size


def test_the_same_through_the_union() -> None:
    """Measures of undirected networks read arcs as their union."""
    both = under(published("law_advice"), Rule.UNION)
    assert cohesion.transitivity(published("law_advice")) == cohesion.transitivity(both)

"""Cores, key players, gaps and communities of published networks."""

from itertools import combinations

import pytest

from graph.measures import communities, core, gaps, key_players
from graph.measures.core import Between
from graph.measures.network import Network, network
from tests.measures.published import people, published
from tests.measures.test_published import florentine, near


def names(given: Network, of: str, numbers: tuple[int, ...] | list[int]) -> set[str]:
    called = {row["id"]: row.get("name") or row["id"].lstrip("0") for row in people(of)}
    return {called[given.people[at]] for at in numbers}


CORES = {
    ("kite", Between.IGNORED): (0.6000, "Andre Beverley Diane Fernando Garth"),
    ("kite", Between.TIED): (0.3273, ""),
    ("kite", Between.NOT_TIED): (0.5092, ""),
    ("flo_marriage", Between.IGNORED): (0.4226, "Medici Ridolfi Tornabuoni"),
    ("flo_marriage", Between.TIED): (0.3299, "Guadagni Medici Strozzi"),
    ("flo_marriage", Between.NOT_TIED): (0.4030, "Bischeri Castellani Peruzzi Strozzi"),
}


def given_of(name: str) -> Network:
    return florentine() if name == "flo_marriage" else published(name)


@pytest.mark.parametrize(("of", "between"), CORES)
def test_core_and_periphery(of: str, between: Between) -> None:
    found = core.core(given_of(of), between)
    assert found is not None
    assert near(found.fit, CORES[of, between][0])
    if expected := CORES[of, between][1]:
        assert names(given_of(of), of, found.people) == set(expected.split())


def test_the_core_of_a_star_is_its_hub() -> None:
    """The ideal pattern of Borgatti and Everett (1999) in which the periphery is tied to the core alone."""
    for leaves in (2, 9, 20):
        star, _ = network(
            map(str, range(10, 11 + leaves)), (("10", str(11 + at)) for at in range(leaves)), directed=False
        )
        assert core.core(star, Between.TIED) == core.Core((0,), 1.0, leaves < 15)
    clique, _ = network("abcd", combinations("abc", 2), directed=False)
    assert core.core(clique, Between.NOT_TIED) == core.Core((0, 1, 2), 1.0, True)


def test_no_core_without_a_correlation() -> None:
    """In a square, core and periphery of two people each have as many ties, whoever they are."""
    square, _ = network("abcd", zip("abcd", "bcda", strict=True), directed=False)
    assert core.core(square) is None
    assert core.core(square, Between.TIED) is not None


def test_core_numbers() -> None:
    karate = core.core_numbers(published("karate"))
    assert [karate.count(k) for k in (4, 3, 2, 1)] == [10, 12, 11, 1]
    assert max(core.core_numbers(published("law_advice"))) == 14


@pytest.mark.parametrize("of", ["kite", "flo_marriage"])
def test_the_search_finds_what_trying_all_finds(of: str, monkeypatch: pytest.MonkeyPatch) -> None:
    exact = core.core(given_of(of))
    monkeypatch.setattr(core, "EXACT", 3)
    found = core.core(given_of(of))
    assert exact is not None
    assert found is not None
    assert (found.exact, round(found.fit, 9)) == (False, round(exact.fit, 9))


BREAKERS = {
    ("kite", 1): ("Heather", 0.3889),
    ("kite", 2): ("Fernando Garth", 0.5357),
    ("kite", 3): (None, 0.5714),
    ("flo_marriage", 1): ("Medici", 0.3846),
    ("flo_marriage", 2): ("Guadagni Medici", 0.7051),
    ("flo_marriage", 3): ("Guadagni Medici Strozzi", 0.8636),
    ("karate", 1): ("1", 0.3163),
    ("karate", 2): ("1 2", 0.4234),
    ("karate", 3): ("1 33 34", 0.5699),
}
SPREADERS = {
    ("kite", 1): ("Diane", 0.8083),
    ("karate", 1): ("34", 0.7132),
    ("karate", 2): ("1 34", 0.9559),
    ("karate", 3): (None, 0.9853),
}


@pytest.mark.parametrize(("of", "count"), BREAKERS)
def test_breakers(of: str, count: int) -> None:
    found = key_players.breakers(given_of(of), count)
    who, value = BREAKERS[of, count]
    assert near(found.value, value)
    assert who is None or names(given_of(of), of, found.people) == set(who.split())


@pytest.mark.parametrize(("of", "count"), SPREADERS)
def test_spreaders(of: str, count: int) -> None:
    found = key_players.spreaders(given_of(of), count)
    who, value = SPREADERS[of, count]
    assert near(found.value, value)
    assert who is None or names(given_of(of), of, found.people) == set(who.split())


def test_distance_fragmentation() -> None:
    assert near(key_players.distance_fragmentation(published("kite")), 0.3537)
    heather = published("kite").people.index("008")
    assert near(key_players.distance_fragmentation(published("kite"), [heather]), 0.4861)
    assert near(key_players.distance_fragmentation(florentine()), 0.4998)


def test_weak_spots() -> None:
    kite, flo = published("kite"), florentine()
    assert names(kite, "kite", gaps.cut_points(kite)) == {"Heather", "Ike"}
    assert [names(kite, "kite", list(each)) for each in gaps.bridges(kite)] == [{"Heather", "Ike"}, {"Ike", "Jane"}]
    assert names(flo, "flo_marriage", gaps.cut_points(flo)) == {"Albizzi", "Guadagni", "Medici", "Salviati"}
    assert len(gaps.bridges(flo)) == 5


def test_missing_ties() -> None:
    first, second = gaps.missing_ties(florentine())[:2]
    assert names(florentine(), "flo_marriage", [first.one, first.other]) == {"Guadagni", "Medici"}
    assert (near(first.adamic_adar, 1.8205), near(first.resource_allocation, 0.6667)) == (True, True)
    assert names(florentine(), "flo_marriage", [second.one, second.other]) == {"Bischeri", "Castellani"}
    assert near(second.adamic_adar, 1.6316)
    karate = gaps.missing_ties(published("karate"))
    assert near(karate[0].adamic_adar, 4.7194)
    assert near(next(each for each in karate if (each.one, each.other) == (0, 33)).adamic_adar, 2.7110)


def test_communities() -> None:
    found = communities.communities(published("karate"))
    assert found is not None
    assert near(found.modularity, 0.4198)
    assert communities.communities(published("karate")) == found

"""Values of published networks, asked through GraphQL, to four decimals. Their sources are in docs/measures.md."""

from typing import Any

import pytest

from tests.clouds.conftest import Ask
from tests.clouds.rosters import person, roster
from tests.measures.test_published import TRIADS

WHOLE = """
on { people ties } density meanDegree dyads { mutual asymmetric null } reciprocity { arcs dyads } triads { count }
transitivity meanClustering distances { mean diameter } globalEfficiency localEfficiency
components { count sizes } krackhardt { connectedness hierarchy efficiency leastUpperBounds }
centralization { degree betweenness closeness } degreeAssortativity fragmentation { pairs distance }
communities { modularity } kCores { k size }
ignored: core { fit people { name } } tied: core(between: TIED) { fit people { name } }
notTied: core(between: NOT_TIED) { fit people { name } }
cutPoints { name } bridges { one { name } other { name } }
"""
PLAYERS = """
one: breakers { value people { name } } two: breakers(count: 2) { value people { name } }
three: breakers(count: 3) { value people { name } }
oneFar: breakers(byDistance: true) { value } twoFar: breakers(count: 2, byDistance: true) { value }
threeFar: breakers(count: 3, byDistance: true) { value }
spreadOne: spreaders { value people { name } } spreadTwo: spreaders(count: 2) { value people { name } }
spreadThree: spreaders(count: 3) { value }
missing: missingTies(first: 2) { one { name } other { name } adamicAdar resourceAllocation }
people(first: 200) { name inDegree betweenness closeness constraint effectiveSize coreNumber }
"""
MIXED = "agency: mixing(by: AGENCY) { index external internal } level: mixing(by: AGE_BAND) { index }"

VALUES: dict[tuple[str, str], dict[str, Any]] = {
    ("kite", "UNION"): {
        "on.people": 10, "on.ties": 18, "transitivity": 0.5789, "meanClustering": 0.52, "distances.mean": 1.9778,
        "distances.diameter": 4, "globalEfficiency": 0.6463, "localEfficiency": 0.6189,
        "centralization.degree": 0.3333, "centralization.betweenness": 0.2963, "centralization.closeness": 0.2704,
        "fragmentation.distance": 0.3537, "ignored.fit": 0.6, "tied.fit": 0.3273, "notTied.fit": 0.5092,
        "one.value": 0.3889, "two.value": 0.5357, "three.value": 0.5714,
        "oneFar.value": 0.4861, "twoFar.value": 0.6071, "threeFar.value": 0.6746,
        "spreadOne.value": 0.8083, "spreadTwo.value": 1.0,
    },
    ("karate", "UNION"): {
        "density": 0.1390, "transitivity": 0.2557, "meanClustering": 0.5706, "distances.mean": 2.4082,
        "distances.diameter": 5, "degreeAssortativity": -0.4756, "communities.modularity": 0.4198,
        "globalEfficiency": 0.4920, "localEfficiency": 0.6451, "fragmentation.distance": 0.5080,
        "one.value": 0.3163, "two.value": 0.4234, "three.value": 0.5699,
        "oneFar.value": 0.6415, "twoFar.value": 0.6844, "threeFar.value": 0.7968,
        "spreadOne.value": 0.7132, "spreadTwo.value": 0.9559, "spreadThree.value": 0.9853,
        "missing.0.adamicAdar": 4.7194, "missing.0.resourceAllocation": 1.5667, "missing.1.adamicAdar": 2.7110,
    },
    ("flo_marriage", "UNION"): {"on.people": 16, "density": 0.1667},
    ("flo15", "UNION"): {
        "on.people": 15, "on.ties": 20, "density": 0.1905, "transitivity": 0.1915, "distances.mean": 2.4857,
        "distances.diameter": 5, "centralization.degree": 0.2747, "centralization.betweenness": 0.4368,
        "centralization.closeness": 0.3225, "globalEfficiency": 0.5002, "fragmentation.distance": 0.4998,
        "one.value": 0.3846, "two.value": 0.7051, "three.value": 0.8636,
        "oneFar.value": 0.6738, "twoFar.value": 0.8024, "threeFar.value": 0.8889,
        "ignored.fit": 0.4226, "tied.fit": 0.3299, "notTied.fit": 0.4030,
        "missing.0.adamicAdar": 1.8205, "missing.0.resourceAllocation": 0.6667, "missing.1.adamicAdar": 1.6316,
    },
    ("ht_advice", "DIRECTED"): {
        "on.ties": 190, "density": 0.4524, "reciprocity.arcs": 0.4737, "reciprocity.dyads": 0.3103,
        "dyads.mutual": 45, "dyads.asymmetric": 100, "dyads.null": 65,
        "krackhardt.connectedness": 1, "krackhardt.hierarchy": 0, "krackhardt.efficiency": 0.575,
        "krackhardt.leastUpperBounds": 1, "agency.index": 0.5158, "agency.external": 144, "agency.internal": 46,
        "level.index": -0.0947,
    },
    ("ht_friends", "DIRECTED"): {
        "on.ties": 102, "density": 0.2429, "reciprocity.arcs": 0.4510, "dyads.mutual": 23, "dyads.asymmetric": 56,
        "dyads.null": 131, "krackhardt.connectedness": 1, "krackhardt.hierarchy": 0.1818,
        "krackhardt.efficiency": 0.795, "krackhardt.leastUpperBounds": 1, "agency.index": 0.2549,
        "level.index": -0.4902,
    },
    ("ht_reports", "DIRECTED"): {
        "on.ties": 20, "krackhardt.leastUpperBounds": 0.0842, "agency.index": -0.6, "agency.external": 4,
        "agency.internal": 16,
    },
    ("ht_chart", "DIRECTED"): {
        "krackhardt.connectedness": 1, "krackhardt.hierarchy": 1, "krackhardt.efficiency": 1,
        "krackhardt.leastUpperBounds": 1,
    },
    ("law_advice", "DIRECTED"): {
        "on.ties": 892, "density": 0.1795, "reciprocity.arcs": 0.3924, "agency.index": -0.5695, "level.index": -0.3251,
        "krackhardt.hierarchy": 0.1592, "krackhardt.efficiency": 0.8322, "krackhardt.leastUpperBounds": 0.9983,
        "kCores.0.k": 14,
    },
    ("law_friends", "DIRECTED"): {
        "on.ties": 575, "density": 0.1157, "reciprocity.arcs": 0.6122, "agency.index": -0.7148,
        "level.index": -0.5617, "components.count": 3, "krackhardt.connectedness": 0.9441,
    },
    ("law_partners", "MUTUAL"): {
        "on.people": 36, "on.ties": 115, "density": 0.1825, "transitivity": 0.3888,
    },
}  # fmt: skip
SMALL = ("kite", "karate", "flo15")
"""The networks whose key players are asked for."""
PEOPLE: dict[str, dict[str, dict[str, float]]] = {
    "kite": {
        "Diane": {"inDegree": 6, "betweenness": 0.1019, "closeness": 0.6, "constraint": 0.4702, "effectiveSize": 3.3333},
        "Fernando": {"betweenness": 0.2315, "closeness": 0.6429, "constraint": 0.4451, "effectiveSize": 3, "coreNumber": 3},
        "Heather": {"betweenness": 0.3889, "closeness": 0.6, "constraint": 0.4311, "effectiveSize": 2.3333, "coreNumber": 2},
        "Jane": {"betweenness": 0, "constraint": 1, "effectiveSize": 1, "coreNumber": 1},
    },
    "flo15": {
        "Medici": {"inDegree": 6, "betweenness": 0.5220, "constraint": 0.2099, "effectiveSize": 5.6667},
        "Guadagni": {"betweenness": 0.2546, "constraint": 0.25, "effectiveSize": 4},
        "Strozzi": {"betweenness": 0.1026, "constraint": 0.4583, "effectiveSize": 3},
    },
    "karate": {
        "1": {"inDegree": 16, "betweenness": 0.4376, "constraint": 0.1554, "effectiveSize": 13.75, "coreNumber": 4},
        "34": {"inDegree": 17, "betweenness": 0.3041, "constraint": 0.1564, "effectiveSize": 15.2353},
    },
}  # fmt: skip
NAMED = {
    ("flo15", "ignored"): "Medici Ridolfi Tornabuoni",
    ("flo15", "tied"): "Guadagni Medici Strozzi",
    ("flo15", "notTied"): "Bischeri Castellani Peruzzi Strozzi",
    ("flo15", "two"): "Guadagni Medici",
    ("kite", "ignored"): "Andre Beverley Diane Fernando Garth",
    ("kite", "one"): "Heather",
    ("kite", "spreadOne"): "Diane",
    ("kite", "spreadTwo"): "Diane Ike",
}


@pytest.fixture(scope="module")
def answers(ask: Ask) -> dict[tuple[str, str], dict[str, Any]]:
    """The answer for each network."""
    given = {}
    for of, direction in VALUES:
        wanted = WHOLE + (PLAYERS if of in SMALL else "") + (MIXED if direction == "DIRECTED" else "")
        answer = ask(f'{{ cloud(roster: "{roster(of)}", direction: {direction}) {{ {wanted} }} }}')
        assert "errors" not in answer, answer["errors"]
        given[of, direction] = answer["data"]["cloud"]
    return given


def at(answer: Any, path: str) -> Any:
    for step in path.split("."):
        answer = answer[int(step)] if isinstance(answer, list) else answer[step]
    return answer


@pytest.mark.parametrize("of", VALUES, ids="-".join)
def test_measures_of_networks(answers: dict[tuple[str, str], dict[str, Any]], of: tuple[str, str]) -> None:
    found = {path: at(answers[of], path) for path in VALUES[of]}
    assert {path: round(value, 4) for path, value in found.items()} == VALUES[of]


@pytest.mark.parametrize("of", PEOPLE)
def test_measures_of_people(answers: dict[tuple[str, str], dict[str, Any]], of: str) -> None:
    by_name = {each["name"]: each for each in answers[of, "UNION"]["people"]}
    for name, expected in PEOPLE[of].items():
        assert {measure: round(by_name[name][measure], 4) for measure in expected} == expected


@pytest.mark.parametrize("named", NAMED, ids="-".join)
def test_who_is_named(answers: dict[tuple[str, str], dict[str, Any]], named: tuple[str, str]) -> None:
    of, field = named
    assert [each["name"] for each in answers[of, "UNION"][field]["people"]] == NAMED[named].split()


def test_triads_cut_points_and_bridges(answers: dict[tuple[str, str], dict[str, Any]]) -> None:
    for of, counts in TRIADS.items():
        assert " ".join(str(each["count"]) for each in answers[of, "DIRECTED"]["triads"]) == counts
    florence = answers["flo15", "UNION"]
    assert [each["name"] for each in florence["cutPoints"]] == ["Albizzi", "Guadagni", "Medici", "Salviati"]
    assert len(florence["bridges"]) == 5
    cores = {each["k"]: each["size"] for each in answers["karate", "UNION"]["kCores"]}
    assert cores == {4: 10, 3: 12, 2: 11, 1: 1}


def test_an_isolate_counts(ask: Ask) -> None:
    """Pucci married nobody: with him Medici is on fewer of the paths between others."""
    asked = '{ a: cloud(roster: "%s", direction: UNION) { ...B } b: cloud(roster: "%s", direction: UNION) { ...B } } '
    fragment = "fragment B on Cloud { topBroker { person { name } share } }"
    data = ask(asked % (roster("flo_marriage"), roster("flo15")) + fragment)["data"]
    assert [round(data[key]["topBroker"]["share"], 4) for key in "ab"] == [0.4524, 0.5220]


def test_the_loss_of_a_leader(ask: Ask) -> None:
    """Florence without Medici, and the betweenness of a group."""
    medici = person("flo15", "009")
    rest = ask(
        f'{{ cloud(roster: "{roster("flo15")}") {{ whatIf(without: ["{medici}"]) {{ fragmentation {{ pairs }} }} }} }}'
    )
    assert round(rest["data"]["cloud"]["whatIf"]["fragmentation"]["pairs"], 4) == 0.3846
    leaders = [person("karate", "001"), person("karate", "034")]
    asked = 'query($p: [ID!]) { cloud(roster: "%s", direction: UNION) { groupBetweenness(people: $p) } }' % roster(
        "karate"
    )
    assert round(ask(asked, p=leaders)["data"]["cloud"]["groupBetweenness"], 4) == 0.6846

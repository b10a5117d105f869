"""Measures of small random networks beside their definitions, written out in plain loops; nothing here is fast."""

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, pairwise, permutations, product
from statistics import correlation

import networkx as nx
import pytest

from graph.measures import brokers, core, coreness, distance, gaps, growth, hierarchy, key_players, layers, mixing
from graph.measures.cloud import Cloud, Wave
from graph.measures.network import Network, Rule, network, under
from tests.kit.random.documents import random_seed
from tests.measures.test_by_chance import said
from tests.measures.test_registry import PEOPLE, made
from tests.measures.test_second_opinion import same

GROUPS = ["x", "y", None, "x", "z", "y", "x", "y"]


def drawn(directed: bool, count: int = 25, people: str = PEOPLE) -> Iterator[Network]:
    """Yield networks from nearly empty to nearly full, in parts or not, with loops and doubles in what is given."""
    dice = random.Random(random_seed())
    for _ in range(count):
        ties = [(dice.choice(people), dice.choice(people)) for _ in range(dice.randint(0, 30))]
        yield network(people, ties + [(b, a) for a, b in ties if dice.random() < 0.4], directed=directed)[0]


def plain(of: Network) -> nx.Graph:
    made: nx.Graph = nx.DiGraph() if of.directed else nx.Graph()
    made.add_nodes_from(range(of.size))
    made.add_edges_from(of.ties)
    return made


def ordered(of: Network) -> set[tuple[int, int]]:
    """Return each tie as it leads; without direction both ways."""
    return set(of.ties) if of.directed else {arc for a, b in of.ties for arc in ((a, b), (b, a))}


def test_krackhardts_four() -> None:
    for of in drawn(directed=True):
        reach = {at: set(nx.descendants(plain(of), at)) | {at} for at in range(of.size)}
        pairs = list(combinations(range(of.size), 2))
        parts = [sorted(each) for each in nx.weakly_connected_components(plain(of))]
        one_way = [(b in reach[a]) + (a in reach[b]) for a, b in pairs]
        joined = [pair for part in parts for pair in combinations(part, 2)]
        spare = len(of.ties) - sum(len(part) - 1 for part in parts)
        least = 0
        for a, b in joined:
            above = [each for each in range(of.size) if {a, b} <= reach[each]]
            least += not any(all(low in reach[each] for each in above) for low in above)
        most, bounds = (
            sum((len(each) - 1) ** 2 for each in parts),
            sum((len(each) - 1) * (len(each) - 2) // 2 for each in parts),
        )
        expected = [
            len(joined) / len(pairs),
            1 - one_way.count(2) / (len(pairs) - one_way.count(0)) if any(one_way) else None,
            1 - spare / most if most else None,
            1 - least / bounds if bounds else None,
        ]
        found = hierarchy.krackhardt(of)
        shown = [found.connectedness, found.hierarchy, found.efficiency, found.least_upper_bounds]
        assert same(shown, expected), (of, shown, expected)


@pytest.mark.parametrize("directed", [True, False])
def test_brokers(directed: bool) -> None:
    for of in drawn(directed):
        arcs, found = ordered(of), brokers.roles(of, GROUPS)
        for broker in range(of.size):
            own = GROUPS[broker]
            counts = dict.fromkeys(("coordinator", "itinerant", "representative", "gatekeeper", "liaison"), 0)
            for start, end in permutations(set(range(of.size)) - {broker}, 2):
                kinds = GROUPS[start], own, GROUPS[end]
                if {(start, broker), (broker, end)} <= arcs and (start, end) not in arcs and all(kinds):
                    counts["coordinator"] += kinds[0] == own == kinds[2]
                    counts["itinerant"] += kinds[0] == kinds[2] != own
                    counts["representative"] += kinds[0] == own != kinds[2]
                    counts["gatekeeper"] += kinds[0] != own == kinds[2]
                    counts["liaison"] += len(set(kinds)) == 3
            assert vars(found[broker]) == counts


@pytest.mark.parametrize("directed", [True, False])
def test_introductions_are_through_who_is_named_by_both(directed: bool) -> None:
    for of in drawn(directed):
        arcs, either = ordered(of), {frozenset(tie) for tie in of.ties}
        expected = {}
        for a, b in combinations(range(of.size), 2):
            through = [each for each in range(of.size) if {(a, each), (b, each)} <= arcs]
            if through and GROUPS[a] and GROUPS[b] and GROUPS[a] != GROUPS[b] and {a, b} not in either:
                expected[a, b] = through
        found = gaps.introductions(of, GROUPS)
        assert {(each.one, each.other): list(each.common) for each in found} == expected
        scores = [each.adamic_adar for each in found]
        assert scores == sorted(scores, reverse=True) or same(scores, sorted(scores, reverse=True))


def test_weak_spots() -> None:
    for of in drawn(directed=False):
        expected = []
        for tie in sorted(tuple(sorted(each)) for each in nx.bridges(plain(of))):
            without = plain(of)
            without.remove_edge(*tie)
            sides = [sorted(nx.node_connected_component(without, end)) for end in tie]
            smaller = min(sides, key=lambda each: (len(each), each))
            if len(smaller) > 1:
                expected.append((tie, tuple(smaller)))
        assert gaps.held_by_one_tie(of) == expected
        closed = {}
        for clique in map(set, nx.find_cliques(plain(of))):
            out = sum((a in clique) != (b in clique) for a, b in of.ties)
            if len(clique) >= 4 and out < len(clique) * (len(clique) - 1) // 2:
                closed[tuple(sorted(clique))] = out
        assert dict(gaps.closed_cliques(of)) == closed


@pytest.mark.parametrize("count", [1, 2, 3])
def test_key_players(count: int) -> None:
    for of in drawn(directed=False, count=6):
        sets = list(combinations(range(of.size), count))
        joined, near, nearest = [], [], []
        for each in sets:
            rest = plain(of)
            rest.remove_nodes_from(each)
            pairs = rest.order() * (rest.order() - 1)
            joined.append(
                1 - sum(len(far) - 1 for far in dict(nx.all_pairs_shortest_path_length(rest)).values()) / pairs
            )
            near.append(1 - nx.global_efficiency(rest))
            steps = nx.multi_source_dijkstra_path_length(plain(of), set(each))
            nearest.append(sum(1 / far if far else 1 for far in steps.values()) / of.size)
        assert same(key_players.breakers(of, count).value, max(joined))
        assert same(key_players.breakers(of, count, by_distance=True).value, max(near))
        assert same(key_players.spreaders(of, count).value, max(nearest))


def test_paths_through_a_group_with_direction() -> None:
    for of in drawn(directed=True):
        group, shares = [1, 4], []
        for a, b in permutations(set(range(of.size)) - set(group), 2):
            paths = list(nx.all_shortest_paths(plain(of), a, b)) if nx.has_path(plain(of), a, b) else [[]]
            shares.append(sum(bool(set(group) & set(path)) for path in paths) / len(paths))
        assert same(distance.group_betweenness(of, group), sum(shares) / len(shares))


@pytest.mark.parametrize("directed", [True, False])
def test_the_index_of_mixing(directed: bool) -> None:
    """Its range is that of all networks of five people with as many ties; Newman's coefficient is by the matrix of shares."""
    groups = ["x", "x", "x", "y", "y"]
    possible = list((permutations if directed else combinations)(range(5), 2))
    for of in drawn(directed, 15, PEOPLE[:5]):
        every = []
        if len(of.ties) in {1, 2, 3, 4, 9}:
            every = [
                sum(1 if groups[a] != groups[b] else -1 for a, b in ties)
                for ties in combinations(possible, len(of.ties))
            ]
        own = sum(1 if groups[a] != groups[b] else -1 for a, b in of.ties)
        if every:
            least, most = min(every), max(every)
            expected = 2 * (own - least) / (most - least) - 1 if most > least else None
            assert same(mixing.rescaled(of, groups), expected)
        arcs = ordered(of)
        share = {
            (g, h): sum((groups[a], groups[b]) == (g, h) for a, b in arcs) / max(len(arcs), 1)
            for g in "xy"
            for h in "xy"
        }
        alike = share["x", "x"] + share["y", "y"]
        chance = sum((share[g, "x"] + share[g, "y"]) * (share["x", g] + share["y", g]) for g in "xy")
        assert same(mixing.assortativity(of, groups), (alike - chance) / (1 - chance) if arcs and chance < 1 else None)


@pytest.mark.parametrize("between", core.Between)
def test_the_best_core_of_all(between: core.Between) -> None:
    pairs = list(combinations(range(8), 2))
    for of in drawn(directed=False, count=6):
        best = []
        for size in range(1, 8):
            for people in combinations(range(8), size):
                told = [(pair in set(of.ties), said(len(set(pair) & set(people)), between)) for pair in pairs]
                here, ideal = zip(*[(float(tied), float(is_)) for tied, is_ in told if is_ is not None], strict=True)
                if len(set(here)) == len(set(ideal)) == 2:
                    best.append(correlation(here, ideal))
        found = core.core(of, between)
        assert found is None if not best else found is not None and same(found.fit, max(best))


def test_no_persons_nearness_to_a_centre_can_be_bettered() -> None:
    """It is the least squares: of the products beside the ties, with the one factor that suits them all best."""
    for of in drawn(directed=False, count=12):
        found, ties = coreness.coreness(of), set(of.ties)
        if found is None or sum(found.of) == 1:
            continue
        products = {(a, b): found.of[a] * found.of[b] for a, b in combinations(range(8), 2)}
        scale = sum(products[tie] for tie in of.ties) / sum(each**2 for each in products.values())
        c = [each * scale**0.5 for each in found.of]

        def missed(c: list[float], ties: set[tuple[int, int]] = ties) -> float:
            return sum(((pair in ties) - c[pair[0]] * c[pair[1]]) ** 2 for pair in combinations(range(8), 2))

        for at, step in product(range(8), (-0.01, 0.01)):
            assert missed(c) <= missed([each + step * (at == number) for number, each in enumerate(c)]) + 1e-9


@pytest.mark.parametrize("others", ["bc", "bcdefgh"])
def test_a_star_has_one_person_in_its_centre(others: str) -> None:
    of, _ = network(PEOPLE, [("a", each) for each in others], directed=False)
    assert coreness.coreness(of) == coreness.Coreness((1.0, *[0.0] * 7), 1.0)
    pair, _ = network(PEOPLE, [("a", "b")], directed=False)
    assert coreness.coreness(pair) == coreness.Coreness((1.0, 1.0, *[0.0] * 6), 1.0)


def of_wave(ties: Network, wave: str, answered: set[str]) -> Cloud:
    whole = made("no ties")
    members = tuple(each._replace(answered=each.id in answered) for each in whole.members if each.id in ties.people)
    basis = replace(whole.basis, wave=Wave(wave, None, wave, None, None))
    return replace(whole, stated=ties, members=members, basis=basis)


def test_layers_and_waves() -> None:
    given, dice = list(drawn(directed=True, count=20)), random.Random(2)
    for one, other in pairwise(given):
        here, there = (made("no ties") for _ in range(2))
        found = layers.overlap(replace(here, stated=one), replace(there, stated=other))
        tied = [
            [int(pair in set(under(each, Rule.UNION).ties)) for pair in combinations(range(8), 2)]
            for each in (one, other)
        ]
        assert found["both"] == sum(map(min, *tied))
        assert found["neither"] == 28 - sum(map(max, *tied))
        varied = all(len(set(each)) == 2 for each in tied)
        assert same(found["correlation"], correlation(*tied) if varied else None)
        earlier, later = ({each for each in PEOPLE if dice.random() < 0.7} for _ in range(2))
        told = growth.change(of_wave(one, "2020", earlier), of_wave(other, "2021", later))
        before, after = ({(of.people[a], of.people[b]) for a, b in of.ties} for of in (one, other))
        assert told["kept"] == len(before & after)
        assert told["appeared"] == sum(start in earlier for start, _ in after - before)
        assert told["ended"] == sum(start in later for start, _ in before - after)
        known = told["kept"] + told["appeared"] + told["ended"]
        assert told["stability"] == (told["kept"] / known if known else None)
        assert told["unknown"] == len(before ^ after) - told["appeared"] - told["ended"]


@pytest.mark.parametrize("directed", [True, False])
def test_ties_that_nobody_states_are_known_without_answers(directed: bool) -> None:
    """Who works or sits on a board with whom does not hang on a survey, nor on whose id comes first."""
    here, there = (
        network(people, ties, directed=directed)[0]
        for people, ties in (("abcde", [("a", "b"), ("c", "d")]), ("abcdf", [("a", "b"), ("a", "d"), ("b", "f")]))
    )
    for answered in (set[str](), {"a"}, {"d"}, set("abcdef")):
        waves = [of_wave(here, "2020", answered), of_wave(there, "2021", answered)]
        told = growth.change(*(replace(each, basis=replace(each.basis, surveyed=False)) for each in waves))
        found = [told[each] for each in ("kept", "appeared", "ended", "unknown", "stability")]
        assert found == [1, 1, 1, 1, 1 / 3], "f was not listed before"

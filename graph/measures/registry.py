"""The function of each declared measure. In: a Cloud and arguments. Out: plain values, as GraphQL shows them.

A test holds that every measure of `schema/domain/measures` is here, and nothing else.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from graph.measures import (
    brokers,
    centrality,
    centralization,
    cohesion,
    communities,
    core,
    coreness,
    distance,
    gaps,
    hierarchy,
    holes,
    key_players,
    mixing,
)
from graph.measures.chance import modularity_beyond_chance, small_world
from graph.measures.cloud import Cloud
from graph.measures.signature import Thresholds, signature
from schema.domain import measures

Asked = Mapping[str, Any]
Measuring = Callable[[Cloud, Asked], Any]
MOST_CLIQUES = 100
NOTE = "The thresholds were chosen on synthetic networks. No shape is better than another."


def completed(of_person: bool, name: str, given: Asked) -> dict[str, Any]:
    """Return the arguments of a measure, with the declared defaults of those that are absent or null."""
    declared = next(each for each in (measures.PERSON if of_person else measures.NETWORK) if each.name == name)
    found = {each.name: given.get(each.name) for each in declared.asked}
    return {each.name: each.default if found[each.name] is None else found[each.name] for each in declared.asked}


def _person(of: Cloud, at: int) -> dict[str, Any]:
    member = of.members[at]
    return {"personId": member.id, "name": member.name}


def _people(of: Cloud, numbers: Any) -> list[dict[str, Any]]:
    return [_person(of, at) for at in numbers]


def _tie(of: Cloud, tie: tuple[int, int]) -> dict[str, Any]:
    return {"one": _person(of, tie[0]), "other": _person(of, tie[1])}


def _dyads(of: Cloud, _: Asked) -> Any:
    return asdict(cohesion.dyads(of.network))


def _reciprocity(of: Cloud, _: Asked) -> Any:
    return {"arcs": cohesion.reciprocity_of_arcs(of.network), "dyads": cohesion.reciprocity_of_dyads(of.network)}


def _triads(of: Cloud, _: Asked) -> Any:
    return (
        [{"type": type_, "count": count} for type_, count in cohesion.triads(of.stated).items()]
        if of.stated.directed
        else []
    )


def _distances(of: Cloud, _: Asked) -> Any:
    found = distance.distances(of.network)
    return {"mean": found.mean, "diameter": found.longest, "reached": found.reached, "notReached": found.not_reached}


def _components(of: Cloud, _: Asked) -> Any:
    sizes = sorted(of.plain.graph.connected_components().sizes(), reverse=True)
    share = sizes[0] / of.plain.size if sizes else None
    isolates = sum(size == 1 for size in sizes)
    return {"count": len(sizes), "sizes": sizes, "largestShare": share, "isolates": isolates}


def _krackhardt(of: Cloud, _: Asked) -> Any:
    if not of.stated.directed:
        return None
    found = hierarchy.krackhardt(of.stated)
    shown = {"connectedness": found.connectedness, "hierarchy": found.hierarchy, "efficiency": found.efficiency}
    return shown | {"leastUpperBounds": found.least_upper_bounds}


def _centralization(of: Cloud, _: Asked) -> Any:
    return {
        "degree": centralization.degree_centralization(of.plain),
        "betweenness": centralization.betweenness_centralization(of.plain),
        "closeness": centralization.closeness_centralization(of.plain),
    }


def _fragmentation(of: Cloud, _: Asked) -> Any:
    return {"pairs": key_players.fragmentation(of.plain), "distance": key_players.distance_fragmentation(of.plain)}


def _communities(of: Cloud, _: Asked) -> Any:
    found, beyond = communities.communities(of.plain), modularity_beyond_chance(of.plain)
    if found is None or beyond is None:
        return None
    by_chance = beyond.by_chance
    members: dict[int, list[int]] = {}
    for at, number in enumerate(found.of):
        members.setdefault(number, []).append(at)
    groups = [
        {"number": number, "size": len(people), "people": _people(of, people)}
        for number, people in sorted(members.items())
    ]
    shown = {"modularity": found.modularity, "byChance": by_chance, "excess": found.modularity - by_chance}
    return shown | {"groups": groups}


def _core(of: Cloud, asked: Asked) -> Any:
    found = core.core(of.plain, core.Between[asked["between"]])
    return None if found is None else {"fit": found.fit, "exact": found.exact, "people": _people(of, found.people)}


def _coreness(of: Cloud, _: Asked) -> Any:
    found = coreness.coreness(of.plain)
    return None if found is None else found.fit


def _k_cores(of: Cloud, _: Asked) -> Any:
    counts = Counter(core.core_numbers(of.plain))
    return [{"k": k, "size": counts[k]} for k in sorted(counts, reverse=True)]


def _mixing(of: Cloud, asked: Asked) -> Any:
    groups, network = of.groups(asked["by"]), of.network
    found, chance = mixing.e_i_index(network, groups), mixing.e_i_by_chance(network, groups)
    return {
        "external": found.external,
        "internal": found.internal,
        "leftOut": found.left_out,
        "index": found.index,
        "byChance": chance.mean if chance else None,
        "pValue": chance.p_value if chance else None,
        "permutations": chance.permutations if chance else None,
        "rescaled": mixing.rescaled(network, groups),
        "assortativity": mixing.assortativity(network, groups) if found.index is not None else None,
        "groups": _groups(of, groups),
    }


def _groups(of: Cloud, groups: mixing.Groups) -> list[dict[str, Any]]:
    sizes, internal, external = Counter(group for group in groups if group), Counter[str](), Counter[str]()
    for one, other in ((groups[a], groups[b]) for a, b in of.network.ties):
        if one and other:
            for each in {one, other}:
                (internal if one == other else external)[each] += 1
    return [
        {"group": group, "size": sizes[group], "internal": internal[group], "external": external[group]}
        for group in sorted(sizes)
    ]


def _signature(of: Cloud, _: Asked) -> Any:
    unknown = of.unknown()
    found = signature(key_players.without(of.union, unknown))
    if found is None:
        return None
    values = [
        {
            "largestShare": each.largest_share,
            "modularity": each.modularity.value,
            "byChance": each.modularity.by_chance,
            "excess": each.modularity.excess,
            "coreFit": each.core_fit,
            "communities": each.communities,
        }
        for each in found.values
    ]
    shown = {"shape": found.shape.name, "stable": found.stable, "rule": _rule(found.thresholds), "note": NOTE}
    return shown | {"leftOut": len(unknown), "values": values}


def _rule(limits: Thresholds) -> str:
    return (
        f"A single tight cluster: the largest part has {limits.largest_share:.0%} of the people or more, modularity is "
        f"less than {limits.most_excess} above chance, and a core fits with {limits.least_fit} or more. A cluster of loose "
        f"ties: modularity is {limits.least_excess} or more above chance, and there are {limits.least_communities} communities "
        "of 3 or more. "
        "Mixed: neither."
    )


def _cut_points(of: Cloud, _: Asked) -> Any:
    return _people(of, gaps.cut_points(of.plain))


def _bridges(of: Cloud, _: Asked) -> Any:
    return [_tie(of, tie) for tie in gaps.bridges(of.plain)]


def _held(of: Cloud, _: Asked) -> Any:
    return [{"tie": _tie(of, tie), "people": _people(of, people)} for tie, people in gaps.held_by_one_tie(of.plain)]


def _players(of: Cloud, found: key_players.Players) -> Any:
    return {"people": _people(of, found.people), "value": found.value, "exact": found.exact}


def _breakers(of: Cloud, asked: Asked) -> Any:
    count = int(asked["count"])
    if of.plain.size - count < 2:  # nobody remains, or one person: there is no pair
        return None
    return _players(of, key_players.breakers(of.plain, count, by_distance=bool(asked["byDistance"])))


def _spreaders(of: Cloud, asked: Asked) -> Any:
    count = int(asked["count"])
    return None if of.plain.size < count else _players(of, key_players.spreaders(of.plain, count))


def _group_betweenness(of: Cloud, asked: Asked) -> Any:
    return distance.group_betweenness(of.network, of.numbers(asked["people"]))


def _missing(of: Cloud, found: list[gaps.Missing], asked: Asked) -> Any:
    return [
        {
            "one": _person(of, each.one),
            "other": _person(of, each.other),
            "through": _people(of, each.common),
            "adamicAdar": each.adamic_adar,
            "resourceAllocation": each.resource_allocation,
        }
        for each in found[: int(asked["first"])]
    ]


def _missing_ties(of: Cloud, asked: Asked) -> Any:
    groups = None if asked["across"] is None else of.groups(asked["across"])
    return _missing(of, gaps.missing_ties(of.plain, groups), asked)


def _introductions(of: Cloud, asked: Asked) -> Any:
    return _missing(of, gaps.introductions(of.stated, of.groups(asked["by"])), asked)


def _top_broker(of: Cloud, _: Asked) -> Any:
    scores = [each or 0.0 for each in centrality.betweenness(of.network)]
    if not scores or max(scores) <= 0:
        return None
    at = max(range(len(scores)), key=lambda each: (round(scores[each], 12), -each))
    return {"person": _person(of, at), "share": scores[at]}


def _closed_cliques(of: Cloud, _: Asked) -> Any:
    found = gaps.closed_cliques(of.plain)[:MOST_CLIQUES]
    return [{"people": _people(of, people), "external": out} for people, out in found]


def _brokerage(of: Cloud, asked: Asked) -> Any:
    return [asdict(each) for each in brokers.roles(of.stated, of.groups(asked["by"]))]


def _coreness_of_people(of: Cloud, _: Asked) -> Any:
    found = coreness.coreness(of.plain)
    return [None] * of.plain.size if found is None else list(found.of)


def _community(of: Cloud, _: Asked) -> Any:
    found = communities.communities(of.plain)
    return [None] * of.plain.size if found is None else list(found.of)


def _is_cut_point(of: Cloud, _: Asked) -> Any:
    cut = set(gaps.cut_points(of.plain))
    return [at in cut for at in range(of.plain.size)]


NETWORK: Mapping[str, Measuring] = {
    "density": lambda of, _: cohesion.density(of.network),
    "meanDegree": lambda of, _: cohesion.mean_degree(of.network),
    "dyads": _dyads,
    "reciprocity": _reciprocity,
    "triads": _triads,
    "transitivity": lambda of, _: cohesion.transitivity(of.plain),
    "meanClustering": lambda of, _: cohesion.mean_clustering(of.plain),
    "distances": _distances,
    "globalEfficiency": lambda of, _: distance.global_efficiency(of.network),
    "localEfficiency": lambda of, _: distance.local_efficiency(of.plain),
    "components": _components,
    "krackhardt": _krackhardt,
    "centralization": _centralization,
    "degreeAssortativity": lambda of, _: cohesion.degree_assortativity(of.plain),
    "fragmentation": _fragmentation,
    "smallWorld": lambda of, _: small_world(of.plain),
    "communities": _communities,
    "core": _core,
    "coreness": _coreness,
    "kCores": _k_cores,
    "mixing": _mixing,
    "signature": _signature,
    "cutPoints": _cut_points,
    "bridges": _bridges,
    "heldByOneTie": _held,
    "breakers": _breakers,
    "spreaders": _spreaders,
    "groupBetweenness": _group_betweenness,
    "missingTies": _missing_ties,
    "introductions": _introductions,
    "topBroker": _top_broker,
    "closedCliques": _closed_cliques,
}
"""Measures of the whole network."""

PERSON: Mapping[str, Measuring] = {
    "inDegree": lambda of, _: centrality.named_by(of.network),
    "outDegree": lambda of, _: centrality.names(of.network),
    "betweenness": lambda of, _: centrality.betweenness(of.network),
    "closeness": lambda of, _: centrality.closeness(of.network),
    "harmonic": lambda of, _: centrality.harmonic(of.network),
    "eigenvector": lambda of, _: centrality.eigenvector(of.plain),
    "pageRank": lambda of, _: centrality.page_rank(of.network),
    "constraint": lambda of, _: holes.constraint(of.network),
    "effectiveSize": lambda of, _: holes.effective_size(of.network),
    "brokerage": _brokerage,
    "coreNumber": lambda of, _: core.core_numbers(of.plain),
    "coreness": _coreness_of_people,
    "community": _community,
    "isCutPoint": _is_cut_point,
}
"""Measures of each person: a list in the order of the people."""

"""Where a network is weak, and which ties are missing. In: a Network. Out: people, ties and pairs, all of the union."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from graph.measures.mixing import Groups
from graph.measures.network import Network, Rule, under


@dataclass(frozen=True)
class Missing:
    """Two people who are not tied: the people whom both are tied to, and the score of Adamic and Adar (2003)."""

    one: int
    other: int
    common: tuple[int, ...]
    adamic_adar: float
    resource_allocation: float


def cut_points(given: Network) -> list[int]:
    """Return the people without whom a part would fall apart. By igraph."""
    return sorted(under(given, Rule.UNION).graph.articulation_points())


def bridges(given: Network) -> list[tuple[int, int]]:
    """Return the ties without which a part would fall apart. By igraph."""
    union = under(given, Rule.UNION)
    return sorted(union.ties[at] for at in union.graph.bridges())


def missing_ties(given: Network, groups: Groups | None = None) -> list[Missing]:
    """Return the pairs that are not tied and have common neighbours, the highest score of Adamic and Adar first.

    With groups only pairs of two groups: plain scores suggest ties within groups, which are tied well already.
    """
    near = [set(each) for each in under(given, Rule.UNION).graph.get_adjlist()]
    found = [
        _scored(one, other, near)
        for one, other in _pairs_at_distance_two(near)
        if groups is None or (groups[one] and groups[other] and groups[one] != groups[other])
    ]
    return sorted(found, key=lambda each: (-round(each.adamic_adar, 12), each.one, each.other))


def _pairs_at_distance_two(near: Sequence[set[int]]) -> set[tuple[int, int]]:
    return {
        (one, other)
        for one, direct in enumerate(near)
        for between in direct
        for other in near[between]
        if one < other and other not in direct
    }


def _scored(one: int, other: int, near: Sequence[set[int]]) -> Missing:
    common = tuple(sorted(near[one] & near[other]))
    adamic_adar = sum(1 / math.log(len(near[each])) for each in common)
    return Missing(one, other, common, adamic_adar, sum(1 / len(near[each]) for each in common))

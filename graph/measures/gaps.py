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


def held_by_one_tie(given: Network) -> list[tuple[tuple[int, int], tuple[int, ...]]]:
    """Return each bridge with the people on its smaller side, if they are two or more; of equal sides that of the first id."""
    union, held = under(given, Rule.UNION), list[tuple[tuple[int, int], tuple[int, ...]]]()
    for tie in bridges(given):
        graph = union.graph.copy()
        graph.delete_edges([tie])
        sides = sorted((sorted(graph.subcomponent(end)) for end in tie), key=lambda side: (len(side), side))
        if len(sides[0]) > 1:
            held.append((tie, tuple(sides[0])))
    return held


def closed_cliques(given: Network, least: int = 4) -> list[tuple[tuple[int, ...], int]]:
    """Return maximal cliques of the union with fewer ties out than in, and their ties out; the largest first. By igraph."""
    union = under(given, Rule.UNION)
    degree = union.graph.degree()
    found = [tuple(sorted(each)) for each in union.graph.maximal_cliques(min=least)]
    cliques = [(each, sum(degree[at] for at in each) - len(each) * (len(each) - 1)) for each in found]
    closed = [(each, out) for each, out in cliques if out < len(each) * (len(each) - 1) // 2]
    return sorted(closed, key=lambda each: (-len(each[0]), each[0]))


def introductions(given: Network, groups: Groups) -> list[Missing]:
    """Return pairs of two groups that are not tied, and people whom both named; the highest score first.

    The scores are of the union; only the people whom both named count.
    """
    named = [set(each) for each in given.graph.get_adjlist(mode="out")]
    return _missing(given, groups, named)


def missing_ties(given: Network, groups: Groups | None = None) -> list[Missing]:
    """Return the pairs that are not tied and have common neighbours, the highest score of Adamic and Adar first.

    With groups only pairs of two groups: plain scores suggest ties within groups, which are tied well already.
    """
    return _missing(given, groups, [set(each) for each in under(given, Rule.UNION).graph.get_adjlist()])


def _missing(given: Network, groups: Groups | None, named: Sequence[set[int]]) -> list[Missing]:
    """Return the pairs that are not tied in the union and whom both have among their `named`; only these are common."""
    near = [set(each) for each in under(given, Rule.UNION).graph.get_adjlist()]
    logs = [1 / math.log(len(each)) if len(each) > 1 else 0.0 for each in near]
    shares = [1 / len(each) if each else 0.0 for each in near]
    found = []
    for one, direct in enumerate(near):
        if groups and not groups[one]:
            continue
        for other in set().union(*(near[at] for at in named[one])) - direct:
            if other <= one or (groups and (not groups[other] or groups[other] == groups[one])):
                continue
            if common := named[one] & named[other]:
                through = tuple(sorted(common))
                scores = sum(logs[at] for at in through), sum(shares[at] for at in through)
                found.append(Missing(one, other, through, *scores))
    return sorted(found, key=lambda each: (-round(each.adamic_adar, 12), each.one, each.other))

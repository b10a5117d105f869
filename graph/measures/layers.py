"""Two layers of ties between the same people, such as trust beside boards. In: two networks. Out: how far they agree."""

import math
from typing import Any

from graph.measures.cloud import Cloud


def overlap(here: Cloud, there: Cloud) -> dict[str, Any]:
    """Return how many pairs are tied in both, one or none of two networks, as the type `LayerOverlap`; direction is dropped.

    Jaccard is both / either. The correlation is phi of the two over all pairs (S. Wasserman and K. Faust, 1994).
    """
    people = set(here.stated.people) & set(there.stated.people)
    one, other = (_pairs(each, people) for each in (here, there))
    both, pairs = len(one & other), len(people) * (len(people) - 1) // 2
    spread = len(one) * (pairs - len(one)) * len(other) * (pairs - len(other))
    return {
        "both": both,
        "onlyHere": len(one) - both,
        "onlyThere": len(other) - both,
        "neither": pairs - len(one | other),
        "jaccard": both / len(one | other) if one | other else None,
        "correlation": (pairs * both - len(one) * len(other)) / math.sqrt(spread) if spread else None,
    }


def _pairs(of: Cloud, people: set[str]) -> set[tuple[str, str]]:
    ids = of.union.people
    return {(ids[a], ids[b]) for a, b in of.union.ties if ids[a] in people and ids[b] in people}

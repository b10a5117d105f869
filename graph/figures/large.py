"""A cloud that is too large for SVG, as data. In: a Cloud, a seed. Out: JSON with places, ties and changes by wave.

By Fruchterman and Reingold, Graph drawing by force-directed placement, 1991, in igraph on a grid. Everybody stays in place.
"""

import math
import random
from collections.abc import Sequence
from typing import Any

import orjson

from graph.figures.caption import sentences
from graph.figures.growth import Change, compared
from graph.figures.people import Cloud, Wave, Way

ROUNDS = 150
"""Steps of the layout; more change little for 5,000 people."""
WAYS = list(Way)
CHANGES = list(Change)
Pair = tuple[int, int]


def large(given: Cloud, *, seed: int = 0) -> bytes:
    """Return title, words for `ways` and `changes`, `people` with places, and `waves` with ties by numbers of people."""
    number = {person.id: at for at, person in enumerate(given.people)}
    pairs = [(number[a], number[b]) for a, b in given.pairs]
    points = _points([person.community for person in given.people], pairs, seed)
    said = {
        "title": given.title,
        "groupIs": given.group_is,
        "rule": given.rule,
        "synthetic": given.synthetic,
        "ways": [each.name.lower() for each in WAYS],
        "changes": [each.name.lower() for each in CHANGES],
        "people": [
            {
                "id": person.id,
                "label": person.label,
                "group": person.group,
                "community": person.community,
                "x": x,
                "y": y,
            }
            for person, (x, y) in zip(given.people, points, strict=True)
        ],
        "waves": [_wave(given, at, wave, number) for at, wave in enumerate(given.waves)],
    }
    return orjson.dumps(said)


def _wave(given: Cloud, at: int, wave: Wave, number: dict[str, int]) -> dict[str, Any]:
    facts = given.facts(wave.name, wave.replies, wave.invited)
    return {
        "name": wave.name,
        "caption": sentences(facts),
        "absent": [number[each.id] for each in given.people if not wave.lists(each.id)],
        "cutPoints": [number[id_] for id_ in wave.cut_points],
        "ties": [[number[tie.start], number[tie.end], WAYS.index(tie.way)] for tie in wave.ties],
        "changes": _changes(given, at, number) if at else None,
    }


def _changes(given: Cloud, at: int, number: dict[str, int]) -> list[list[int]]:
    found = compared(given, at - 1, at).changes
    return [[number[start], number[end], CHANGES.index(change)] for (start, end), change in found.items()]


def _points(communities: Sequence[int | None], pairs: Sequence[Pair], seed: int) -> list[tuple[float, float]]:
    """Lay out people from a start in which each community stands together."""
    import igraph

    if not communities:
        return []
    chance = random.Random(seed)  # noqa: S311  for a picture
    known = sorted({each for each in communities if each is not None})
    middle = {
        each: (math.cos(math.tau * at / 17) * 30, math.sin(math.tau * at / 17) * 30) for at, each in enumerate(known)
    }
    begin = []
    for each in communities:
        (x, y), wide = (middle[each], 1.0) if each is not None else ((-40.0, -40.0), 80.0)
        begin.append((x + wide * chance.random(), y + wide * chance.random()))
    igraph.set_random_number_generator(chance)
    laid = igraph.Graph(len(begin), list(pairs)).layout_fruchterman_reingold(seed=begin, niter=ROUNDS, grid=True)
    igraph.set_random_number_generator(random)
    return [(round(x, 2), round(y, 2)) for x, y in laid.coords]
